import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { PersonRow } from '../../src/casefile/database/schema.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { addCommunication } from '../../src/casefile/mails/communications.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { type Searcher, search } from '../../src/casefile/search.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { excerptOf, markedText, searchedWords } from '../../src/domain/search.ts';
import { testCaseFile } from '../support/database.ts';
import { changedSource } from '../support/programme.ts';

const AT = '2021-07-20T12:00:00.000Z';
const [ID, OTHER] = ['14-per-chl', 'otra'];

describe('search', () => {
  let db: CaseFile;
  let drop: () => Promise<void>;
  const file = async (id: string) => {
    const checked = checkProgrammeFile(
      changedSource((given) => {
        given.id = id;
      }),
    );
    if ('mistakes' in checked) throw new Error('mistaken');
    await fileCooperation(db, checked.programme, planOf(checked.programme), AT);
  };
  const question = (cooperation: string, number: number, text: string, answer: string | null = null) => ({
    ...{ cooperation, number, fromParty: 'per-mtpe', by: 'per-mtpe-1', toParty: 'chl-mtps', session: null },
    ...{ text, askedAt: AT, answer, answeredBy: null, answeredAt: null },
  });
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
    await file(ID);
    await file(OTHER);
    for (const id of [ID, OTHER]) {
      await db
        .insertInto('question')
        .values(question(id, 1, '¿Cómo se financia la FORMACIÓN sindical?', 'Con un fondo público.'))
        .execute();
      await db
        .insertInto('document')
        .values({
          cooperation: id,
          id: 'doc-1',
          title: 'Ley 21.327',
          kind: 'shared',
          party: 'chl-mtps',
          createdAt: AT,
        })
        .execute();
      await db
        .insertInto('documentVersion')
        .values({
          ...{
            cooperation: id,
            document: 'doc-1',
            version: 1,
            sha256: 'a',
            size: 1,
            mediaType: 'text/plain',
          },
          ...{ fileName: 'modernización.txt', by: 'chl-mtps-2', at: AT, changes: null },
        })
        .execute();
    }
    await db
      .updateTable('session')
      .set({ minutes: 'Se acordó un glosario.', recordedAt: AT })
      .where('number', '=', 1)
      .where('cooperation', '=', ID)
      .execute();
    await db
      .updateTable('meeting')
      .set({ minutes: 'El glosario va aparte.' })
      .where('cooperation', '=', ID)
      .execute();
    const people = await everyoneOf(db, ID);
    const one = (id: string) => people.filter((person) => person.id === id);
    await addCommunication(
      db,
      {
        ...{ cooperation: ID, kind: 'written', by: 'oas-1', party: 'oas', subject: 'Pasajes', answers: null },
        ...{ addressed: { to: 'person', person: 'chl-mtps-2' }, text: 'Aviso reservado.', shared: false },
      },
      one('chl-mtps-2'),
      AT,
    );
  });
  afterAll(() => drop());

  const found = async (query: string, reader: Searcher = 'all') =>
    (await search(db, query, reader)).hits.map(
      ({ kind, cooperation, ref }) => `${kind} ${cooperation} ${ref}`,
    );
  const as = async (id: string): Promise<Searcher> =>
    (await everyoneOf(db, ID)).filter((person) => person.id === id);

  it('finds beginnings of words, without accents and capitals, wherever they stand', async () => {
    const reader = await as('per-mtpe-1');
    expect(await found('financia formacion', reader)).toEqual([`question ${ID} 1`]);
    expect(await found('FÓNDO', reader)).toEqual([`question ${ID} 1`]);
    expect(await found('modernizacion', reader)).toEqual([`document ${ID} doc-1`]);
    expect(await found('21.327', reader)).toEqual([`document ${ID} doc-1`]);
    expect(await found('glosario', reader)).toEqual([`minutes ${ID} 1`, `minutes ${ID} 0`]);
    expect(await found('camacho', reader)).toEqual([`person ${ID} oas-1`]);
    expect(await found('escuelas chile', reader)).toContain(`cooperation ${ID} ${ID}`);
    expect(await found('pérou', reader)).toEqual([`cooperation ${ID} ${ID}`]);
    expect(await found('inanciar', reader)).toEqual([]);
    expect(await found('x', reader)).toEqual([]);
    expect(await found("' | & ! :* (", reader)).toEqual([]);
  });

  it('finds in all cooperations for whoever sees them, and in one’s own else', async () => {
    expect(await found('financia')).toEqual([`question ${ID} 1`, `question ${OTHER} 1`]);
    expect(await found('financia', await as('chl-mtps-1'))).toEqual([`question ${ID} 1`]);
    expect(await found('financia', [])).toEqual([]);
    const guest = (await everyoneOf(db, ID)).find(({ id }) => id === 'chl-mtps-1');
    expect(await found('financia', [{ ...guest, role: 'guest', session: 1 } as PersonRow])).toEqual([]);
  });

  it('does not tell the name of a file that was withheld', async () => {
    const withhold = (withheld: string | null) =>
      sql`update document_version set withheld = ${withheld}::jsonb where cooperation = ${ID}`.execute(db);
    const reader = await as('per-mtpe-1');
    await withhold('{"by":null,"at":"2021-07-20T12:00:00.000Z"}');
    expect(await found('modernizacion', reader)).toEqual([]);
    expect(JSON.stringify(await search(db, 'ley', reader))).not.toContain('modernización');
    await withhold(null);
    expect(await found('modernizacion', reader)).toEqual([`document ${ID} doc-1`]);
  });

  it('finds communications for those who may read them', async () => {
    const mine = [`communication ${ID} 1`];
    expect(await found('reservado')).toEqual(mine);
    for (const [person, hits] of [
      ['chl-mtps-2', mine],
      ['oas-1', mine],
      ['per-mtpe-1', []],
    ] as const)
      expect(await found('reservado', await as(person))).toEqual(hits);
  });

  it('splits and plains words as the database does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 2, maxLength: 40 }), async (text) => {
        const words = searchedWords(text);
        if (words.length === 0 || text.includes('\0')) return;
        const query = words.map((word) => `${word}:*`).join(' & ');
        const { rows } = await sql<{ has: boolean }>`
          select words_in(${text}) @@ to_tsquery('simple', ${query}) as has`.execute(db);
        expect(rows).toEqual([{ has: true }]);
      }),
      { numRuns: 200 },
    );
  });

  it('reads an index, not all there is', async () => {
    await db
      .insertInto('question')
      .values(Array.from({ length: 3000 }, (_, n) => question(OTHER, n + 2, `Pregunta ${n} de relleno`)))
      .execute();
    await sql`analyze question`.execute(db);
    const indexesReadBy = (given: { seqscan: 'on' | 'off' }) =>
      db.transaction().execute(async (tx) => {
        await sql`set local enable_seqscan = ${sql.raw(given.seqscan)}`.execute(tx);
        await search(tx, 'financia', 'all');
        const { rows } = await sql<{ name: string }>`
          select relname as name from pg_class
          where relname like '%\\_words' and pg_stat_get_xact_numscans(oid) > 0 order by 1`.execute(tx);
        return rows.map(({ name }) => name);
      });
    expect(await indexesReadBy({ seqscan: 'on' })).toContain('question_words');
    // Of a small table all is read in one go, unless that is forbidden: then it shows that there is an index for it.
    expect(await indexesReadBy({ seqscan: 'off' })).toEqual([
      ...['communication_words', 'cooperation_words', 'document_version_words', 'document_words'],
      ...['meeting_words', 'person_words', 'question_words', 'session_words'],
    ]);
  });
});

describe('what was found', () => {
  it('is shown around the first word, marked', () => {
    const text = `${'uno dos tres '.repeat(20)}la Formación sindical ${'y más '.repeat(50)}`;
    const excerpt = excerptOf(text, ['forma']);
    expect(excerpt).toMatch(/^… .*la Formación sindical.* …$/);
    expect(excerpt.length).toBeLessThan(220);
    expect(markedText('La Formación, formal', ['forma'])).toEqual([
      { text: 'La ', found: false },
      { text: 'Formación', found: true },
      { text: ', ', found: false },
      { text: 'formal', found: true },
    ]);
    expect(excerptOf('corto', ['x'])).toBe('corto');
  });
});
