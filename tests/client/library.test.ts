import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { nearestTo, searchLibrary, sheetFile } from '../../src/casefile/results/library.ts';
import { fillLibrary, renewLibrary } from '../../src/client/library.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import type { LibraryQuestion } from '../../src/domain/results/library.ts';
import { testCaseFile } from '../support/database.ts';
import { published } from '../support/library.ts';

describe('the library', () => {
  let db: CaseFile;
  let drop: () => Promise<void>;
  const documents = memoryStore();
  const fill = () => fillLibrary({ caseFile: db, documents });
  const withField = (...rows: string[]) => [
    'Tema, palabras clave y contacto',
    ...rows,
    'Contacto',
    'unidad@mtpe.example',
  ];
  beforeAll(async () => {
    ({ caseFile: db, drop } = await testCaseFile());
    const objectives = { introduction: 'Los objetivos:', items: [{ text: 'Conocer la experiencia.' }] };
    const title = 'Cooperación bilateral';
    const sheet = (given: Parameters<typeof published>[2]) =>
      published(db, documents, { objectives, title, ...given });
    await sheet({
      ...{ id: 'es-1', language: 'es', subject: 'Inspección del trabajo', countries: ['PE', 'CL'] },
      at: '2021-11-05T15:00:00.000Z',
      paragraphs: [
        'Contexto y propósito',
        'La capacitación de los inspectores jóvenes comenzó con un diagnóstico de las políticas vigentes.',
        'Se fiscalizó la informalidad en las regiones mineras.',
        ...withField('Tema', 'Fiscalización laboral', 'Palabras clave', 'minería, informalidad; Inspección'),
      ],
    });
    await sheet({
      ...{ id: 'es-2', language: 'es', subject: 'Empleo juvenil', countries: ['PY', 'CR'] },
      at: '2022-03-05T15:00:00.000Z',
      paragraphs: [
        'Las capacitaciones se dictan en línea a cada joven inscrito.',
        ...withField('Tema', 'Empleo juvenil', 'Palabras clave', 'De tres a seis'),
      ],
    });
    await sheet({
      ...{ id: 'en-1', language: 'en', subject: 'Labour inspection', countries: ['BB', 'JM'] },
      paragraphs: ['Inspectors were trained in new policies on unions and collective bargaining.'],
    });
    await sheet({
      ...{ id: 'pt-1', language: 'pt', subject: 'Formação profissional', countries: ['BR', 'UY'] },
      paragraphs: ['As pensões e as inspeções sindicais dos trabalhadores em níveis possíveis.'],
    });
    await sheet({
      ...{ id: 'fr-1', language: 'fr', subject: 'Égalité au travail', countries: ['HT', 'CA'] },
      paragraphs: ['L’emploi des travailleuses qualifiées suit la négociation et l’œuvre régionale.'],
    });
    expect(await fill()).toBe(5);
  });
  afterAll(() => drop());

  const ask = (asked: LibraryQuestion) => searchLibrary(db, asked);
  const found = async (q: string, more: LibraryQuestion = {}) =>
    (await ask({ q, ...more })).sheets.map(({ cooperation }) => cooperation);
  const passage = async (q: string) =>
    (await ask({ q })).sheets.map((one) =>
      one.passage.map(({ text, found: hit }) => (hit ? `[${text}]` : text)).join(''),
    );

  it('finds with and without accents and capitals, in any form of the word, in each language', async () => {
    for (const q of ['capacitacion', 'CAPACITACIÓN', 'capacitaciones', 'capacitación'])
      expect((await found(q)).sort(), q).toEqual(['es-1', 'es-2']);
    for (const q of ['joven', 'jóvenes', 'jovenes'])
      expect((await found(q)).sort(), q).toEqual(['es-1', 'es-2']);
    for (const q of ['politica', 'políticas', 'region minera', 'inspector'])
      expect(await found(q), q).toContain('es-1');
    for (const q of ['policy', 'union', 'training inspector', 'bargained'])
      expect(await found(q), q).toContain('en-1');
    for (const q of [
      'formacao',
      'formações',
      'pensão',
      'PENSAO',
      'inspeção',
      'inspecao',
      'nível',
      'possivel',
      'sindical',
    ])
      expect(await found(q), q).toEqual(['pt-1']);
    for (const q of ['egalite', 'qualifié', 'qualifiee', 'négociations', 'emplois', 'régionaux'])
      expect(await found(q), q).toEqual(['fr-1']);
    expect(await found('capacitación submarina')).toEqual([]);
  });

  it('finds by theme, keywords and countries, as by the text, and what has it in its theme first', async () => {
    expect(await found('fiscalizacion')).toEqual(['es-1']);
    expect(await found('Pérou')).toEqual(['es-1']);
    expect(await found('brazil')).toEqual(['pt-1']);
    expect(await found('empleo')).toEqual(['es-2']);
    expect((await ask({ q: 'capacitación' })).sheets.map(({ themes }) => themes)).toContainEqual([
      ...['Fiscalización laboral', 'minería', 'informalidad', 'Inspección'],
    ]);
  });

  it('takes the guidance of the sheet for no keyword, and the programme’s subject where no theme is written', async () => {
    const all = (await ask({})).sheets;
    expect(all.find(({ cooperation }) => cooperation === 'es-2')?.themes).toEqual(['Empleo juvenil']);
    expect(all.find(({ cooperation }) => cooperation === 'fr-1')?.themes).toEqual(['Égalité au travail']);
  });

  it('shows the passage that has the words, marked as it is written', async () => {
    expect(await passage('política capacitar')).toEqual([
      'La [capacitación] de los inspectores jóvenes comenzó con un diagnóstico de las [políticas] vigentes.',
    ]);
    expect(await passage('policies')).toEqual([
      'Inspectors were trained in new [policies] on unions and collective bargaining.',
    ]);
  });

  it('counts by country, theme and year, and narrows down by each', async () => {
    const all = await ask({});
    expect(all).toMatchObject({ total: 5, page: 1, pages: 1 });
    expect(all.sheets[0]?.cooperation).toBe('es-2');
    expect(all.years).toEqual([
      { year: 2022, sheets: 1 },
      { year: 2021, sheets: 4 },
    ]);
    expect(all.countries).toContainEqual({ country: 'CL', sheets: 1 });
    expect(all.countries).toHaveLength(10);
    expect(all.themes).toContainEqual({
      theme: 'fiscalizacion laboral',
      name: 'Fiscalización laboral',
      sheets: 1,
    });
    expect(await found('', { country: 'cl' })).toEqual(['es-1']);
    expect(await found('', { theme: 'Fiscalización  LABORAL' })).toEqual(['es-1']);
    expect(await found('', { year: '2022' })).toEqual(['es-2']);
    expect(await found('capacitación', { year: '2022' })).toEqual(['es-2']);
    expect(await found('capacitación', { country: 'CL', year: '2022' })).toEqual([]);
  });

  it('takes whatever is asked for text', async () => {
    for (const q of [
      "' | & ! :* (",
      "');drop table library_sheet;--",
      '\\',
      '"',
      '%',
      'a:*',
      '\0',
      '\ud800',
      '<->',
      '🙂',
    ])
      expect((await ask({ q })).sheets, JSON.stringify(q)).toEqual([]);
    expect(await found('capacitación & !jóvenes | (joven:*')).toHaveLength(2);
    expect(await found('x'.repeat(5_000))).toEqual([]);
    expect(await found('de la y los')).toEqual([]);
    expect((await ask({ theme: "'", country: 'zz', year: '9999', page: '9999' })).total).toBe(0);
    expect((await ask({})).total).toBe(5);
  });

  it('finds what is nearest to a request, and says by which words', async () => {
    const near = await nearestTo(
      db,
      'El ministerio desea fiscalizar la informalidad minera y capacitar a sus inspectores en las regiones.',
    );
    expect(near[0]).toMatchObject({ cooperation: 'es-1' });
    expect(near[0]?.shared).toEqual(expect.arrayContaining(['informalidad', 'regiones']));
    expect(near.map(({ cooperation }) => cooperation)).not.toContain('fr-1');
    expect(await nearestTo(db, 'Astronomía y navegación de cometas')).toEqual([]);
    expect(await nearestTo(db, "' | & \0 \ud800")).toEqual([]);
  });

  it('has no sheet that is withheld, and has it again when it is released', async () => {
    const withheld = (value: string | null) =>
      sql`update document_version set withheld = ${value}::jsonb where cooperation = 'es-1' and document = 'sheet'`.execute(
        db,
      );
    await withheld('{"at": "2021-12-01T00:00:00.000Z", "by": null, "change": 1}');
    expect(await found('capacitación')).toEqual(['es-2']);
    expect((await ask({})).countries.map(({ country }) => country)).not.toContain('CL');
    expect(await nearestTo(db, 'fiscalizar la informalidad minera en las regiones')).toEqual([]);
    expect(await sheetFile(db, 'es-1')).toBeUndefined();
    await withheld(null);
    expect(await found('fiscalizacion')).toEqual(['es-1']);
    expect(await sheetFile(db, 'es-1')).toMatchObject({ fileName: 'ficha.docx' });
  });

  it('has the version that was published last alone, and counts its words once', async () => {
    await published(db, documents, {
      ...{ id: 'es-2', language: 'es', subject: 'Empleo juvenil', at: '2022-04-05T15:00:00.000Z' },
      paragraphs: ['Intermediación para buzos.'],
    });
    expect(await fill()).toBe(1);
    expect(await fill()).toBe(0);
    expect(await found('capacitaciones')).toEqual(['es-1']);
    expect(await found('buzo')).toEqual(['es-2']);
    const counted = async () =>
      (
        await sql<{
          word: string;
          sheets: number;
        }>`select word, sheets from library_word where language = 'es'
          and word in ('capacit', 'buz') order by word`.execute(db)
      ).rows;
    const once = [
      { word: 'buz', sheets: 1 },
      { word: 'capacit', sheets: 1 },
    ];
    expect(await counted()).toEqual(once);
    expect(await renewLibrary({ caseFile: db })).toBe(5);
    expect(await fill()).toBe(5);
    expect(await counted()).toEqual(once);
  });

  it('finds by its theme what cannot be read', async () => {
    await published(db, documents, {
      ...{ id: 'es-3', language: 'es', subject: 'Apicultura' },
      file: { bytes: Buffer.from('%PDF-1.7 nothing'), mediaType: 'application/pdf', fileName: 'ficha.pdf' },
    });
    expect(await fill()).toBe(1);
    expect((await ask({ q: 'apicultura' })).sheets).toMatchObject([{ read: false, passage: [] }]);
  });
});
