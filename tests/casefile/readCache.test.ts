import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { cachedRead } from '../../src/casefile/database/readCache.ts';
import { throwawayPostgres } from '../../src/postgres-server/throwaway.ts';

describe('what is kept of the case file', () => {
  // A server of its own: whoever writes to another database ends transactions of the same server.
  let server: Awaited<ReturnType<typeof throwawayPostgres>>;
  let db: CaseFile;
  beforeAll(async () => {
    server = await throwawayPostgres();
    db = openCaseFile(server.url);
    await sql`create table note (text text not null)`.execute(db);
  });
  afterAll(async () => {
    await db.destroy();
    await server.stop();
  });

  const note = (text: string, on = db) => sql`insert into note (text) values (${text})`.execute(on);
  const notes = async (on = db) => (await sql<{ text: string }>`select text from note`.execute(on)).rows;
  const texts = async (key: string) => (await cachedRead(db, key, () => notes())).map(({ text }) => text);

  it('is read once while nobody writes, also by many at once', async () => {
    const read = vi.fn(async () => 1);
    await Promise.all(Array.from({ length: 20 }, () => cachedRead(db, 'once', read)));
    await cachedRead(db, 'once', read);
    expect(read).toHaveBeenCalledOnce();
    await cachedRead(db, 'another', read);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('is read anew as soon as something is inserted, updated or deleted', async () => {
    expect(await texts('notes')).toEqual([]);
    await note('one');
    expect(await texts('notes')).toEqual(['one']);
    await sql`update note set text = 'two'`.execute(db);
    expect(await texts('notes')).toEqual(['two']);
    await sql`delete from note`.execute(db);
    expect(await texts('notes')).toEqual([]);
  });

  it('does not change when a transaction is undone, and does when one ends', async () => {
    const undone = db.transaction().execute(async (tx) => {
      await note('undone', tx);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await texts('transactions')).toEqual([]);
    await db.transaction().execute(async (tx) => {
      await note('first', tx);
      // What a transaction wrote itself it reads at once.
      expect(await cachedRead(tx, 'transactions', () => notes(tx))).toHaveLength(1);
      await note('second', tx);
      expect(await cachedRead(tx, 'transactions', () => notes(tx))).toHaveLength(2);
    });
    expect(await texts('transactions')).toEqual(['first', 'second']);
  });

  it('never shows less than what was written before it was asked for', async () => {
    const writing = Array.from({ length: 30 }, async (_, n) => {
      await note(`${n}`);
      expect(await texts('racing')).toContain(`${n}`);
    });
    await Promise.all(writing);
  });

  it('is not a failure: that one is told, and the next reads again', async () => {
    const broken = async (): Promise<string> => {
      throw new Error('broken');
    };
    await expect(cachedRead(db, 'failing', broken)).rejects.toThrow('broken');
    expect(await cachedRead(db, 'failing', async () => 'mended')).toBe('mended');
  });

  it('cannot be changed by one who reads it under the eyes of another', async () => {
    const given = await cachedRead(db, 'shared', async () => ({ people: [{ name: 'Ana' }] }));
    expect(() => given.people.push({ name: 'Eva' })).toThrow(TypeError);
  });
});
