import { sql } from 'kysely';
import { type CaseFile, migrate, openCaseFile } from '../src/casefile/database/database.ts';
import { addDocumentVersion } from '../src/casefile/documents.ts';
import { fileCooperation } from '../src/casefile/filing.ts';
import { nearestTo, putSheet, searchLibrary } from '../src/casefile/results/library.ts';
import { HOUR_MS } from '../src/domain/dates/durations.ts';
import { LANGUAGES, type Language } from '../src/domain/language.ts';
import { planOf } from '../src/domain/programme/planOf.ts';
import type { Programme } from '../src/domain/programme/programme.ts';
import type { LibraryQuestion } from '../src/domain/results/library.ts';
import { throwawayPostgres } from '../src/postgres-server/throwaway.ts';

/** How fast the library answers over ten thousand sheets. */

export const LIBRARY = { sheets: 10_000, words: 1_500, questions: 400 };

export type LibrarySpeed = { what: string; medianMs: number; p95Ms: number };

const COUNTRIES =
  'AG AR BB BO BR BS BZ CA CL CO CR DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT US UY VC'.split(
    ' ',
  );
/** The commonest first. What follows them is made of their pieces, as rare as it comes. */
const WORDS: Record<Language, string> = {
  es: 'de la que el en los las un por con para una del al como más entre sobre trabajo ministerio capacitación empleo sesión cooperación institución experiencia programa servicios jóvenes inspección formación personas trabajadores políticas sindical diálogo social empresas normas registro salario seguridad salud migrantes género igualdad informalidad fiscalización negociación colectiva intermediación orientación certificación competencias aprendizaje',
  en: 'the of and to in for is on that with by as are from at this work ministry training employment session cooperation institution experience programme services youth inspection education people workers policies union dialogue social enterprises standards register wage safety health migrants gender equality informality enforcement bargaining collective intermediation guidance certification skills apprenticeship',
  pt: 'de a que o em os as um por com para uma do ao como mais entre sobre trabalho ministério capacitação emprego sessão cooperação instituição experiência programa serviços jovens inspeção formação pessoas trabalhadores políticas sindical diálogo social empresas normas registro salário segurança saúde migrantes gênero igualdade informalidade fiscalização negociação coletiva intermediação orientação certificação competências aprendizagem',
  fr: 'de la que le en les des un par avec pour une du au comme plus entre sur travail ministère formation emploi séance coopération institution expérience programme services jeunes inspection éducation personnes travailleurs politiques syndical dialogue social entreprises normes registre salaire sécurité santé migrants genre égalité informalité contrôle négociation collective intermédiation orientation certification compétences apprentissage',
};
const RARE = 12_000;

/** The same numbers each time. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Draw = { word: () => string; rare: () => string; telling: () => string };

/** Words as texts have them: the nth is a nth as common as the first. */
function drawn(language: Language, random: () => number): Draw {
  const known = WORDS[language].split(' ');
  const pieces = known.slice(18).flatMap((word) => [word.slice(0, 4), word.slice(-4)]);
  const piece = (n: number) => pieces[n % pieces.length] ?? '';
  const nth = (n: number) =>
    known[n] ?? `${piece(n)}${piece(Math.floor(n / pieces.length) + n)}${piece(n * 7)}`;
  const count = known.length + RARE;
  const most = Math.log(count + 1);
  return {
    word: () => nth(Math.min(count - 1, Math.floor(Math.exp(random() * most)) - 1)),
    rare: () => nth(known.length + Math.floor(random() * RARE)),
    telling: () => nth(18 + Math.floor(random() * (known.length - 18))),
  };
}

const text = (words: number, draw: Draw): string =>
  Array.from({ length: Math.ceil(words / 60) }, () => Array.from({ length: 60 }, draw.word).join(' ')).join(
    '.\n',
  );

/** A case file with so many published sheets, half of them in Spanish. */
async function libraryOf(db: CaseFile, programme: Programme, random: () => number): Promise<void> {
  const at = '2021-11-05T15:00:00.000Z';
  await fileCooperation(db, programme, planOf(programme), at);
  await addDocumentVersion(
    db,
    {
      ...{
        cooperation: programme.id,
        document: 'sheet',
        title: 'Ficha',
        kind: 'sheet',
        party: 'oas',
        by: 'oas-1',
      },
      ...{ sha256: 'a'.repeat(64), size: 40_000, mediaType: 'application/pdf', fileName: 'ficha.pdf' },
    },
    at,
  );
  const copies = sql`generate_series(1, ${LIBRARY.sheets - 1}) n`;
  await sql`insert into cooperation (id, programme, plan, language, call_number, call_year, filed_at)
    select 'bench-' || n,
    jsonb_build_object('institutions', programme->'institutions'), '{}',  language, call_number, call_year, filed_at
    from cooperation, ${copies}`.execute(db);
  await sql`insert into document (cooperation, id, title, kind, party, created_at)
    select 'bench-' || n, id, title, kind, party, created_at from document, ${copies}`.execute(db);
  await sql`insert into document_version (cooperation, document, version, sha256, size, media_type, file_name, by, at)
    select 'bench-' || n, document, version, sha256, size, media_type, file_name, by, at
    from document_version, ${copies}`.execute(db);
  const draws = Object.fromEntries(LANGUAGES.map((one) => [one, drawn(one, random)])) as Record<
    Language,
    Draw
  >;
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (let n = 0; n < LIBRARY.sheets; n++) {
    const language = n % 2 === 0 ? 'es' : one(LANGUAGES);
    const draw = draws[language];
    const year = 2006 + Math.floor((n / LIBRARY.sheets) * 20);
    await putSheet(db, {
      ...{ cooperation: n === 0 ? programme.id : `bench-${n}`, version: 1, sha256: 'a'.repeat(64), language },
      ...{ callNumber: year - 2005, callYear: year, publishedAt: `${year}-11-05T15:00:00.000Z` },
      subject: `${draw.telling()} ${draw.telling()}`,
      countries: [one(COUNTRIES), one(COUNTRIES)],
      themeNames: [`${draw.telling()} ${draw.telling()}`, draw.telling(), draw.telling(), draw.rare()],
      ...{ read: true, text: text(LIBRARY.words, draw), about: text(60, draw) },
    });
  }
  // As the server does by itself some time after much was written.
  await sql`vacuum analyze library_sheet`.execute(db);
  await sql`vacuum analyze library_word`.execute(db);
}

/** @param programme what the sheets are of, and what the nearest are looked for of */
export async function librarySpeeds(programme: Programme): Promise<LibrarySpeed[]> {
  const server = await throwawayPostgres();
  const db = openCaseFile(server.url, { statementMs: HOUR_MS, answerMs: HOUR_MS });
  try {
    await migrate(db);
    const random = chance(7);
    await libraryOf(db, programme, random);
    process.stderr.write('its questions\n');
    const es = drawn('es', random);
    const en = drawn('en', random);
    const speeds: LibrarySpeed[] = [];
    const measured = async (what: string, ask: () => Promise<unknown>) => {
      const took: number[] = [];
      for (let n = 0; n < LIBRARY.questions; n++) {
        const began = performance.now();
        await ask();
        took.push(performance.now() - began);
      }
      took.sort((a, b) => a - b);
      const at = (share: number) => took[Math.floor(took.length * share)] ?? Number.NaN;
      speeds.push({ what, medianMs: at(0.5), p95Ms: at(0.95) });
    };
    const search = (asked: () => LibraryQuestion) => () => searchLibrary(db, asked());
    await measured(
      'two words of a theme',
      search(() => ({ q: `${es.telling()} ${es.telling()}` })),
    );
    await measured(
      'one word of a theme, in English',
      search(() => ({ q: en.telling() })),
    );
    await measured(
      'three words, one of them rare',
      search(() => ({ q: `${es.telling()} ${es.telling()} ${es.rare()}` })),
    );
    await measured(
      'a word, a country and a year',
      search(() => ({ q: es.telling(), country: 'PE', year: '2015' })),
    );
    await measured(
      'a word, the fifteenth page',
      search(() => ({ q: es.telling(), page: '15' })),
    );
    await measured(
      'all sheets, the newest first',
      search(() => ({})),
    );
    const contents = programme.sessions.map((one) => one.contents).join('\n');
    await measured('the nearest to a programme of four pages', () =>
      nearestTo(
        db,
        `${contents}\n${programme.objectives.items.map((one) => one.text).join('\n')} ${text(600, es)}`,
      ),
    );
    return speeds;
  } finally {
    await db.destroy();
    await server.stop();
  }
}

/** What stands in docs/performance.md of it. */
export const librarySection = (speeds: readonly LibrarySpeed[]): string => `## The library

${LIBRARY.sheets.toLocaleString('en')} made sheets of ${LIBRARY.words.toLocaleString('en')} words, half of them in Spanish, in an embedded case file; a word is as common as words are, and most
of what is asked for is in most of the sheets. ${LIBRARY.questions} questions of each kind, one after another, from the question to the answer with
its counts and passages, without the page around it. The aim is a p95 of 50 ms.

| asked | median | p95 |
|---|---|---|
${speeds.map(({ what, medianMs, p95Ms }) => `| ${what} | ${medianMs.toFixed(0)} ms | ${p95Ms.toFixed(0)} ms |`).join('\n')}
`;
