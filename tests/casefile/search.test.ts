import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { PersonRow } from '../../src/casefile/database/schema.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import { addCommunication } from '../../src/casefile/mails/communications.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { putSheet } from '../../src/casefile/results/library.ts';
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
        .values(question(id, 1, '¿Cómo se costea la FORMACIÓN sindical?', 'Con un fondo público.'))
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
      .set({
        ...{ minutes: 'Se acordó un glosario.', recordedAt: AT },
        outputs: JSON.stringify(['Tabla comparativa', 'Hoja de\nruta']),
      })
      .where('number', '=', 1)
      .where('cooperation', '=', ID)
      .execute();
    await db
      .updateTable('meeting')
      .set({ minutes: 'El glosario va aparte.' })
      .where('cooperation', '=', ID)
      .execute();
    const commitment = {
      ...{ cooperation: ID, origin: 'session' as const, session: 1, party: 'per-mtpe', person: null },
      ...{ due: '2021-09-30', firstDue: '2021-09-30', enteredAt: AT },
    };
    await db
      .insertInto('commitment')
      .values([
        { ...commitment, number: 1, what: 'Enviar el manual de inspección', text: 'Se envió en agosto.' },
        { ...commitment, number: 2, what: 'Traducir el manual', withdrawnAt: AT },
      ])
      .execute();
    await putSheet(db, {
      ...{ cooperation: ID, version: 1, sha256: 'b', language: 'es', subject: 'Escuelas', about: '' },
      ...{ callNumber: 14, callYear: 2021, countries: ['PE', 'CL'], themeNames: [], read: true },
      ...{ text: 'La experiencia muestra una gobernanza tripartita.', publishedAt: AT },
    });
    await db
      .insertInto('document')
      .values({ cooperation: ID, id: 'sheet', title: 'Ficha', kind: 'sheet', party: 'oas', createdAt: AT })
      .execute();
    await db
      .insertInto('documentVersion')
      .values({
        ...{ cooperation: ID, document: 'sheet', version: 1, sha256: 'b', size: 1, mediaType: 'text/plain' },
        ...{ fileName: 'ficha.docx', by: 'oas-1', at: AT, changes: null },
      })
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
    expect(await found('costea formacion', reader)).toEqual([`question ${ID} 1`]);
    expect(await found('FÓNDO', reader)).toEqual([`question ${ID} 1`]);
    expect(await found('modernizacion', reader)).toEqual([`document ${ID} doc-1`]);
    expect(await found('21.327', reader)).toEqual([`document ${ID} doc-1`]);
    expect(await found('glosario', reader)).toEqual([`minutes ${ID} 1`, `minutes ${ID} 0`]);
    expect(await found('camacho', reader)).toEqual([`person ${ID} oas-1`]);
    expect(await found('escuelas chile', reader)).toContain(`cooperation ${ID} ${ID}`);
    expect(await found('pérou', reader)).toEqual([`cooperation ${ID} ${ID}`]);
    expect(await found('ostear', reader)).toEqual([]);
    expect(await found('x', reader)).toEqual([]);
    expect(await found("' | & ! :* (", reader)).toEqual([]);
  });

  it('finds what a programme says, what sessions are of and left, commitments, and what a published sheet says', async () => {
    const reader = await as('per-mtpe-1');
    const cooperation = `cooperation ${ID} ${ID}`;
    const { programme } = await db
      .selectFrom('cooperation')
      .select('programme')
      .where('id', '=', ID)
      .executeTakeFirstOrThrow();
    // The last words of each, of which some stand after a line end.
    const last = (text = '') => searchedWords(text.slice(-60)).slice(1).join(' ');
    for (const text of [...programme.description, ...programme.objectives.items.map((one) => one.text)])
      expect(await found(last(text), reader), text).toContain(cooperation);
    expect(await found(last(programme.contents.introduction), reader)).toContain(cooperation);
    for (const [n, { contents }] of programme.sessions.entries())
      expect(await found(last(contents), reader), contents).toContain(`minutes ${ID} ${n + 1}`);
    expect(await found('comparativa', reader)).toEqual([`minutes ${ID} 1`]);
    expect(await found('ruta', reader)).toEqual([`minutes ${ID} 1`]);
    expect(await found('manual', reader)).toEqual([`commitment ${ID} 1`]);
    expect(await found('envio agosto', reader)).toEqual([`commitment ${ID} 1`]);
    expect(await found('gobernanza', reader)).toEqual([`document ${ID} sheet`]);
    const [hit] = (await search(db, 'gobernanza', reader)).hits;
    expect(hit?.text).toContain('gobernanza tripartita');
    // Of a sheet that was withheld nothing is found any more.
    const withhold = (withheld: string | null) =>
      sql`update document_version set withheld = ${withheld}::jsonb where document = 'sheet'`.execute(db);
    await withhold('{"by":null,"at":"2021-07-20T12:00:00.000Z"}');
    expect(await found('gobernanza', reader)).toEqual([]);
    expect(JSON.stringify(await search(db, 'ficha', reader))).not.toContain('gobernanza');
    await withhold(null);
  });

  it('finds in all cooperations for whoever sees them, and in one’s own else', async () => {
    expect(await found('costea')).toEqual([`question ${ID} 1`, `question ${OTHER} 1`]);
    expect(await found('costea', await as('chl-mtps-1'))).toEqual([`question ${ID} 1`]);
    expect(await found('costea', [])).toEqual([]);
    const guest = (await everyoneOf(db, ID)).find(({ id }) => id === 'chl-mtps-1');
    expect(await found('costea', [{ ...guest, role: 'guest', session: 1 } as PersonRow])).toEqual([]);
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
        await search(tx, 'costea', 'all');
        const { rows } = await sql<{ name: string }>`
          select relname as name from pg_class
          where relname like '%\\_words' and pg_stat_get_xact_numscans(oid) > 0 order by 1`.execute(tx);
        return rows.map(({ name }) => name);
      });
    expect(await indexesReadBy({ seqscan: 'on' })).toContain('question_words');
    // Of a small table all is read in one go, unless that is forbidden: then it shows that there is an index for it.
    expect(await indexesReadBy({ seqscan: 'off' })).toEqual([
      ...['commitment_words', 'communication_words', 'cooperation_words', 'document_version_words'],
      ...['document_words', 'library_sheet_text_words', 'meeting_words', 'person_words'],
      ...['question_words', 'session_words'],
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
