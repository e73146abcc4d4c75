import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CaseFile, openCaseFile } from '../../src/casefile/database/database.ts';
import { hasBegun, watchingEffects } from '../../src/casefile/database/effects.ts';
import { DatabaseUnavailable } from '../../src/casefile/database/pool.ts';
import { type TestCaseFile, testCaseFile } from '../support/database.ts';
import { type Line, lineTo } from '../support/line.ts';

/** A database that is away, hangs or is cut off: each is told soon, and with what may have been done. */

let there: TestCaseFile;
let line: Line;
let db: CaseFile;
beforeEach(async () => {
  there = await testCaseFile();
  await sql`create table note (text text primary key)`.execute(there.caseFile);
  line = await lineTo(there.url);
  db = openCaseFile(line.url, { connections: 2, connectMs: 500, statementMs: 1_000, answerMs: 1_500 });
});
afterEach(async () => {
  await db.destroy();
  await line.close();
  await there.drop();
});

const note = (text: string, on = db) => sql`insert into note (text) values (${text})`.execute(on);
const notes = async (): Promise<string[]> =>
  (await sql<{ text: string }>`select text from note order by text`.execute(there.caseFile)).rows.map(
    ({ text }) => text,
  );

/** What became of a request: how it ended, and whether it may have changed something. */
async function outcome(work: () => Promise<unknown>): Promise<string> {
  return watchingEffects(async () => {
    const how = await work().then(
      () => 'done',
      (error: unknown) => (error instanceof DatabaseUnavailable ? 'unavailable' : String(error)),
    );
    return `${how}, ${hasBegun() ? 'may be recorded' : 'nothing recorded'}`;
  });
}

describe('a line that is cut', () => {
  it('while nothing is asked is replaced', async () => {
    await note('before');
    line.cut();
    await expect.poll(() => note(`after ${performance.now()}`).then(() => 'done', String)).toBe('done');
  });

  it('in the middle of a transaction undoes it', async () => {
    const cut = outcome(() =>
      db.transaction().execute(async (tx) => {
        await note('undone', tx);
        line.cut();
        // The process hears of it while it asks nothing.
        await new Promise((resolve) => setTimeout(resolve, 50));
        await note('never', tx);
      }),
    );
    expect(await cut).toBe('unavailable, nothing recorded');
    expect(await notes()).toEqual([]);
    await note('next');
    expect(await notes()).toEqual(['next']);
  });

  it('by the server is the same', async () => {
    const ended = outcome(() =>
      db.transaction().execute(async (tx) => {
        const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
        await note('undone', tx);
        await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(there.caseFile);
        await note('never', tx);
      }),
    );
    expect(await ended).toBe('unavailable, nothing recorded');
    expect(await notes()).toEqual([]);
    await note('next');
  });
});

describe('a line that goes dead', () => {
  it.each([
    ['before anything is sent', async () => line.goDead()],
    [
      'before anything is sent on a connection of before',
      async () => {
        await sql`select 1`.execute(db);
        line.goDead();
      },
    ],
  ])('%s holds nobody up', async (_, before) => {
    await before();
    const began = performance.now();
    expect(await outcome(() => sql`select 1`.execute(db))).toBe('unavailable, nothing recorded');
    expect(performance.now() - began).toBeLessThan(3_000);
    line.mend();
    await note('next');
  });

  it('while a transaction is ended leaves it open what became of it', async () => {
    const ended = outcome(() =>
      db.transaction().execute(async (tx) => {
        await note('kept', tx);
        line.goDead();
      }),
    );
    expect(await ended).toBe('unavailable, may be recorded');
    expect(await notes()).toEqual(['kept']);
  });

  it('while a single statement is sent does, too', async () => {
    await sql`select 1`.execute(db);
    line.goDead();
    expect(await outcome(() => note('kept'))).toBe('unavailable, may be recorded');
    expect(await notes()).toEqual(['kept']);
  });
});

describe('a server', () => {
  it('that takes no connection has recorded nothing', async () => {
    line.refuse();
    expect(await outcome(() => note('never'))).toBe('unavailable, nothing recorded');
    line.mend();
    await note('next');
    expect(await notes()).toEqual(['next']);
  });

  it('that went away after something was recorded is not said to have recorded nothing', async () => {
    const midway = outcome(async () => {
      await note('first');
      line.refuse();
      await note('second');
    });
    expect(await midway).toBe('unavailable, may be recorded');
  });

  it('that is read-only has recorded nothing', async () => {
    const readOnly = outcome(() =>
      db.transaction().execute(async (tx) => {
        await sql`set transaction read only`.execute(tx);
        await note('never', tx);
      }),
    );
    expect(await readOnly).toBe('unavailable, nothing recorded');
  });

  it('that takes too long over a statement is told to end it', async () => {
    expect(await outcome(() => sql`select pg_sleep(20)`.execute(db))).toBe('unavailable, nothing recorded');
    expect(await outcome(() => sql`select 1`.execute(db))).toBe('done, nothing recorded');
  });

  it('all of whose connections are in use is waited for, and not for long', async () => {
    let free: () => void = () => {};
    const until = new Promise<void>((resolve) => {
      free = resolve;
    });
    const held = [1, 2].map(() => db.transaction().execute(() => until));
    expect(await outcome(() => note('never'))).toBe('unavailable, nothing recorded');
    free();
    await Promise.all(held);
    expect(await outcome(() => note('next'))).toBe('done, may be recorded');
  });

  it('whose refusal is about what was asked is not unavailable', async () => {
    await note('one');
    expect(await outcome(() => note('one'))).toMatch(/duplicate key.*, nothing recorded/);
  });
});

it('what no text of PostgreSQL can hold is found nowhere, and is no failure', async () => {
  await note('a');
  const { rows } = await sql`select text from note where text = ${'a\0'}`.execute(db);
  expect(rows).toEqual([]);
});
