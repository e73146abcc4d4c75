import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { type PublishedProgramme, renderProgramme } from '../../src/publications/programme.ts';
import { onPaper } from '../../src/publications/word.ts';
import { asFiled, peruChile } from './fixtures/versions.ts';
import { HOSTILE, hostileVersion } from './hostile.ts';
import { type ReadPdf, readDocx, readPdf, squeezed } from './reading.ts';

const folded = (text: string): string =>
  squeezed(text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[–—]/gu, '-')).toLowerCase();

/** Running header and footer stand between the pages' texts. */
const withoutRunning = (text: string): string =>
  text
    .replaceAll(/Página \d+ de \d+/g, '')
    .replaceAll(
      /Diálogo social y relaciones laborales: Escuelas de Formación Sindical\s+14-per-chl · Versión 1/g,
      '',
    );

/** The sentences of the programme that Perú and Chile agreed, without bullets, numbers and final colons. */
const seedSentences = (): string[] =>
  readFileSync(new URL('./fixtures/programa-peru-chile-2021.txt', import.meta.url), 'utf8')
    .split('\n')
    .flatMap((row) => row.split(/(?<=\.)\s+(?=[A-Z])/u))
    .map((sentence) =>
      sentence
        .trim()
        .replace(/^(·|\d\.|[iv]+\))\s*/u, '')
        .replace(/:$/u, '')
        .trim(),
    )
    .filter((sentence) => sentence !== '');

/** Where the print differs from the document on purpose. */
const DELIBERATE: Record<string, string> = {
  // A programme has versions, so the version has a number, and its date a year.
  '(Versión: 9 de julio)': '(Versión 1: 9 de julio de 2021)',
  // The bracket was never closed.
  'TERCERA SESION (primera quincena de octubre: Reunión técnica para trabajar en la justificación del proyecto.':
    'TERCERA SESION (primera quincena de octubre): Reunión técnica para trabajar en la justificación del proyecto.',
};

describe('the programme of Perú and Chile', () => {
  let published: PublishedProgramme;
  let pdf: ReadPdf;
  let docx: Awaited<ReturnType<typeof readDocx>>;
  beforeAll(async () => {
    published = await renderProgramme(asFiled(peruChile()));
    [pdf, docx] = await Promise.all([readPdf(published.pdf), readDocx(published.docx)]);
  });

  it('says every sentence of the document that was agreed, in its order, in PDF and Word', () => {
    const sentences = seedSentences();
    expect(sentences.length).toBeGreaterThan(45);
    for (const text of [folded(withoutRunning(pdf.text)), folded(docx.text)]) {
      let position = 0;
      for (const sentence of sentences) {
        const wanted = folded(DELIBERATE[sentence] ?? sentence);
        const found = text.indexOf(wanted, position);
        expect(
          found,
          `"${sentence}" after "${text.slice(Math.max(0, position - 60), position)}"`,
        ).toBeGreaterThanOrEqual(position);
        position = found + wanted.length;
      }
    }
  });

  it('adds to it only what the document lacks: hours, guests by name, and the place for signatures', () => {
    const hours = 'de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)';
    const added = [
      `Horario: ${hours}`,
      `, ${hours}`,
      'Personas invitadas (MTPE del Perú):',
      'Gerentes regionales de trabajo y promoción del empleo',
      'Aliados sociolaborales representativos',
      ...['Aprobación y firmas', 'Institución', 'Nombre y cargo', 'Aprobado en el sitio', 'Firma y fecha'],
      ...['MTPE del Perú', 'MTPS de Chile'],
    ];
    const agreed = seedSentences().map((sentence) => DELIBERATE[sentence] ?? sentence);
    let rest = folded(docx.text);
    for (const text of [...agreed, ...added]) rest = rest.replace(folded(text), '|');
    expect(rest).toMatch(/^[|:]+$/);
  });

  it('has the structure of a Word document: title, headings, numbered and bulleted lists', () => {
    const styled = (style: string) =>
      docx.paragraphs.filter((one) => one.style === style).map(({ text }) => text);
    expect(styled('Title')).toHaveLength(1);
    expect(styled('Heading1')).toEqual([
      'DESCRIPCIÓN Y OBJETIVOS',
      'METODOLOGÍA',
      'CONTENIDOS PROPUESTOS',
      'PARTICIPANTES',
      'APROBACIÓN Y FIRMAS',
    ]);
    expect(styled('Heading2')).toEqual([
      'MINISTERIO DE TRABAJO Y PREVISIÓN SOCIAL DE CHILE',
      'MINISTERIO DE TRABAJO Y PROMOCIÓN DEL EMPLEO DE PERÚ',
      'ORGANIZACIÓN DE LOS ESTADOS AMERICANOS (OEA)',
    ]);
    expect(styled('Objective')).toHaveLength(3);
    expect(styled('ListNumber')).toHaveLength(5);
    expect(styled('ListBullet2')).toEqual([
      'Primera sesión: 14 de julio, de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)',
      'Segunda sesión: Segunda quincena de agosto (por definir)',
      'Tercera sesión: Primera quincena de octubre (por definir)',
    ]);
    expect(docx.header).toBe(
      'Diálogo social y relaciones laborales: Escuelas de Formación Sindical\t14-per-chl · Versión 1',
    );
    expect(docx.footer).toMatch(/^Página 1 de 1$/);
    expect(docx.links).toEqual(['https://zoom.us/j/6458868936']);
    expect(docx.text).not.toMatch(/undefined|\[object|[{}]/);
  });

  it('is a tagged PDF/UA-1 document with title, language, links and page numbers', () => {
    expect(pdf.marked).toBe(true);
    expect(pdf.xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(pdf.info).toMatchObject({ Title: peruChile().title, Language: 'es-MX' });
    expect(pdf.tags.filter((tag) => tag === 'H1')).toHaveLength(5);
    expect(pdf.tags.filter((tag) => tag === 'H2')).toHaveLength(3);
    expect(pdf.tags.filter((tag) => tag === 'LI')).toHaveLength(3 + 5 + 3 + 2 + 11);
    expect(pdf.links).toEqual(['https://zoom.us/j/6458868936']);
    for (let page = 1; page <= pdf.pages; page++)
      expect(pdf.text).toContain(`Página ${page} de ${pdf.pages}`);
    expect(pdf.text.match(/14-per-chl · Versión 1/g)).toHaveLength(pdf.pages);
  });

  it('is named in its language', () => {
    expect(published.fileNames).toEqual({ pdf: 'programa-v1.pdf', docx: 'programa-v1.docx' });
  });
});

describe('later versions', () => {
  const second = () => {
    const version = asFiled(peruChile());
    version.version = 2;
    version.madeOn = '2021-08-02';
    const [, session] = version.sessions;
    version.sessions[1] = {
      number: 2,
      contents: session?.contents ?? '',
      startsAt: '2021-08-26T15:00:00Z',
      endsAt: '2021-08-26T17:30:00Z',
      timeZone: 'America/Lima',
      link: 'https://zoom.us/j/99?pwd=a&b=c',
      guests: [
        { name: 'Ana Pérez', post: 'Gerenta regional de Cusco', invitedBy: 'per-mtpe' },
        { name: 'Gerentes regionales', count: 12, invitedBy: 'per-mtpe' },
      ],
    };
    version.people = [...version.people, { institution: 'chl-mtps', name: 'Nueva Delegada' }];
    version.consultant = { name: 'Julia Ríos', post: 'Consultora' };
    return version;
  };

  it('print sessions and people as they stand, and show the session that is next', async () => {
    const published = await renderProgramme(second());
    expect(published.fileNames.pdf).toBe('programa-v2.pdf');
    const { text, paragraphs, links } = await readDocx(published.docx);
    expect(paragraphs.filter(({ style }) => style.startsWith('Fact')).map((fact) => fact.text)).toEqual([
      'Modalidad: Virtual',
      'Segunda sesión: 26 de agosto, 2021',
      'Horario: de 10:00 a 12:30, hora de Lima (11:00 a 13:30 en Santiago y Washington)',
      'Link de conexión para sesiones ZOOM: https://zoom.us/j/6458868936',
      'Link de conexión de la segunda sesión: https://zoom.us/j/99?pwd=a&b=c',
      '(Versión 2: 2 de agosto de 2021)',
    ]);
    expect(text).toMatch(
      /^Segunda sesión: 26 de agosto, de 10:00 .*\nLink de conexión: https:\/\/zoom.us\/j\/99/m,
    );
    expect(text).toContain('SEGUNDA SESIÓN – 26 de agosto: El MTPE invitará');
    expect(text).toContain(
      'Personas invitadas (MTPE del Perú):\nAna Pérez, Gerenta regional de Cusco\nGerentes regionales (12 personas)',
    );
    expect(text).toContain('Maximiliano Gilabert, Asuntos Internacionales\nNueva Delegada');
    expect(text).toContain('CONSULTOR O CONSULTORA\nJulia Ríos, Consultora');
    expect(links).toEqual(['https://zoom.us/j/6458868936', 'https://zoom.us/j/99?pwd=a&b=c']);
  });

  it('say the same in PDF as in Word', async () => {
    const published = await renderProgramme(second());
    const [pdf, docx] = await Promise.all([readPdf(published.pdf), readDocx(published.docx)]);
    const printed = squeezed(
      pdf.text
        .replaceAll(/Página \d+ de \d+/g, '')
        .replaceAll(
          /Diálogo social y relaciones laborales: Escuelas de Formación Sindical\s+14-per-chl · Versión 2/g,
          '',
        ),
    );
    for (const { text } of docx.paragraphs) expect(printed).toContain(squeezed(text));
  });

  it('write years where sessions are held in another one', async () => {
    const version = second();
    version.sessions[2] = {
      number: 3,
      contents: 'Reunión técnica',
      window: { from: '2022-01-16', to: '2022-01-31' },
    };
    const { text } = await readDocx((await renderProgramme(version)).docx);
    expect(text).toContain('Primera sesión: 14 de julio de 2021, de 10:00');
    expect(text).toContain('Tercera sesión: Segunda quincena de enero de 2022 (por definir)');
    expect(text).toContain('TERCERA SESIÓN (segunda quincena de enero de 2022): Reunión técnica');
  });

  it('print a session that has neither a date nor a window yet', async () => {
    const version = second();
    version.sessions[2] = { number: 3, contents: 'Reunión técnica' };
    const { text } = await readDocx((await renderProgramme(version)).docx);
    expect(text).toContain('Tercera sesión: (por definir)');
    expect(text).toContain('TERCERA SESIÓN: Reunión técnica');
  });
});

describe('the place for signatures', () => {
  const approvals = [
    { paper: 'programme', version: 1, party: 'per-mtpe', name: 'Jorge Larrea', on: '2021-07-12' },
    { paper: 'programme', version: 2, party: 'per-mtpe', name: 'Ana <Pérez>', on: '2021-08-02' },
    { paper: 'sheet', version: 1, party: 'chl-mtps', name: 'Julia Ríos', on: '2021-12-02' },
  ] as const;

  it('has who approved the programme last and when, in Word and PDF, and is empty where nobody did', async () => {
    const { pdf, docx } = await renderProgramme({ ...asFiled(peruChile()), version: 3, approvals });
    const { text } = await readDocx(docx);
    expect(text).toMatch(
      /Firma y fecha\nMTPE del Perú\nAna <Pérez>\nVersión 2\n2 de agosto de 2021\n\nMTPS de Chile\n\n\n$/,
    );
    expect(squeezed((await readPdf(pdf)).text)).toContain(
      squeezed('Ana <Pérez> Versión 2 2 de agosto de 2021'),
    );
    expect(text).not.toContain('Julia');
  });
});

describe('the sheet of paper', () => {
  const sizes = async (country: string) => {
    const version = asFiled(peruChile());
    const institutions = version.programme.institutions.map((one) =>
      one.role === 'requesting' ? { ...one, country } : one,
    );
    const { pdf, docx } = await renderProgramme({
      ...version,
      programme: { ...version.programme, institutions },
    });
    const { document } = await readDocx(docx);
    const { pageWidth } = await readPdf(pdf);
    const word = /<w:pgSz w:w="(\d+)" w:h="(\d+)"\/><w:pgMar [^>]*w:right="(\d+)"[^>]*w:left="(\d+)"/.exec(
      document,
    );
    return { pageWidth: Math.round(pageWidth), word: word?.slice(1).map(Number) };
  };

  it('is the one of the country of whom asks: A4 in Peru, Letter in Chile; lines are as wide on both', async () => {
    const [a4, letter] = [await sizes('PE'), await sizes('CL')];
    expect(a4).toEqual({ pageWidth: 595, word: [11906, 16838, 1421, 1421] });
    expect(letter).toEqual({ pageWidth: 612, word: [12240, 15840, 1588, 1588] });
  });

  it('leaves a section of a template that lies on its side, or is of another size, as it was meant', () => {
    const section = (size: string) =>
      `<w:sectPr><w:pgSz ${size}/><w:pgMar w:right="1000" w:left="1000"/></w:sectPr>`;
    const [legal, side] = [section('w:w="12240" w:h="20160"'), section('w:w="15840" w:h="12240"')];
    expect(onPaper(legal + side, 'a4')).toBe(legal + side);
    expect(onPaper(section('w:w="12240" w:h="15840"') + legal, 'a4')).toBe(
      section('w:w="11906" w:h="16838"').replaceAll('1000', '833') + legal,
    );
  });
});

it('a subject of 120 characters stands beside the version without running into it', async () => {
  const version = asFiled(peruChile());
  const subject = 'Inspección del trabajo, '.repeat(5);
  version.programme = { ...version.programme, subject: `${subject.slice(0, 119)}.` };
  const { pdf, docx } = await renderProgramme(version);
  const { pieces } = await readPdf(pdf);
  const code = pieces.find(({ text }) => text.startsWith('14-per-chl'));
  const heads = pieces.slice(0, pieces.indexOf(code as (typeof pieces)[number]));
  const head = heads.map(({ text }) => text.trim()).filter(Boolean);
  expect(head.join(' ')).toBe(version.programme.subject);
  for (const { text, right } of heads)
    if (text.trim()) expect(right, text).toBeLessThan((code?.right ?? 0) - 90);
  expect((await readDocx(docx)).header).toBe(`${version.programme.subject}\t14-per-chl · Versión 1`);
});

describe('in each language', () => {
  const heads = {
    es: [
      'Modalidad: Virtual',
      'Primera sesión: 14 de julio, 2021',
      '(Versión 1: 9 de julio de 2021)',
      'CONTENIDOS PROPUESTOS',
      'SEGUNDA SESIÓN (segunda quincena de agosto)',
      'programa-v1.pdf',
    ],
    en: [
      'Modality: Virtual',
      'First session: 14 July 2021',
      '(Version 1: 9 July 2021)',
      'PROPOSED CONTENTS',
      'SECOND SESSION (second half of August)',
      'programme-v1.pdf',
    ],
    pt: [
      'Modalidade: Virtual',
      'Primeira sessão: 14 de julho de 2021',
      '(Versão 1: 9 de julho de 2021)',
      'CONTEÚDOS PROPOSTOS',
      'SEGUNDA SESSÃO (segunda quinzena de agosto)',
      'programa-v1.pdf',
    ],
    fr: [
      'Modalité\u00A0: Virtuelle',
      'Première séance\u00A0: 14 juillet 2021',
      '(Version 1\u00A0: 9 juillet 2021)',
      'CONTENU PROPOSÉ',
      'DEUXIÈME SÉANCE (seconde quinzaine d’août)',
      'programme-v1.pdf',
    ],
  };
  it.each(LANGUAGES)('%s', async (language) => {
    const programme: Programme = { ...peruChile(), language };
    const unlabelled = asFiled(programme);
    for (const one of [...programme.sessions, ...unlabelled.sessions])
      if (one.window) delete one.window.label;
    const published = await renderProgramme(unlabelled);
    const [pdf, docx] = await Promise.all([readPdf(published.pdf), readDocx(published.docx)]);
    const expected = heads[language];
    expect(published.fileNames.pdf).toBe(expected.at(-1));
    for (const text of expected.slice(0, -1)) {
      expect(docx.text).toContain(text);
      expect(squeezed(pdf.text)).toContain(squeezed(text));
    }
    expect(String(pdf.info.Language).slice(0, 2)).toBe(language);
    expect(docx.styles).toContain(`<w:lang w:val="${pdf.info.Language}"`);
  });
});

describe('the same version', () => {
  it('gives the same bytes, whatever was made in between', async () => {
    const once = await renderProgramme(asFiled(peruChile()));
    await renderProgramme({ ...asFiled(peruChile()), version: 3, madeOn: '2021-12-01' });
    const again = await renderProgramme(asFiled(peruChile()));
    expect(Buffer.compare(once.pdf, again.pdf)).toBe(0);
    expect(Buffer.compare(once.docx, again.docx)).toBe(0);
  });
});

describe('what people write is text and nothing else', () => {
  it('prints markup, tags and code as they were written', async () => {
    const { version, texts } = hostileVersion();
    const published = await renderProgramme(version);
    const [pdf, docx] = await Promise.all([readPdf(published.pdf), readDocx(published.docx)]);
    const [printed, written] = [squeezed(pdf.text), squeezed(docx.text)];
    for (const [name, { shown, rightToLeft, inPdf }] of Object.entries(HOSTILE)) {
      expect(written, name).toContain(squeezed(shown));
      // Readers put right-to-left runs into an order of their own, and the fonts have not every script.
      if (!rightToLeft) expect(printed, name).toContain(squeezed(inPdf ?? shown));
    }
    expect(texts).toBeGreaterThan(20);
    // Nothing was included, evaluated, or turned into a link or an image.
    expect(pdf.links.every((link) => link === version.programme.meeting?.link)).toBe(true);
    expect(docx.links.every((link) => link === version.programme.meeting?.link)).toBe(true);
    expect(docx.document).not.toMatch(/<w:(drawing|object|altChunk|fldSimple|instrText)/);
  });

  it('breaks words that are wider than the page', async () => {
    const { pieces, pageWidth } = await readPdf((await renderProgramme(hostileVersion().version)).pdf);
    // A comma hangs over the edge of the text, which is 71 points from that of the sheet.
    for (const { text, right } of pieces) expect(right, text.slice(0, 60)).toBeLessThan(pageWidth - 68);
  });

  it('makes no link of an address that is not the web’s', async () => {
    const version = asFiled(peruChile());
    const [first] = version.sessions;
    if (first) first.link = 'javascript:alert(1)';
    const { pdf, docx } = await renderProgramme(version);
    expect((await readPdf(pdf)).links.join()).not.toContain('javascript');
    expect((await readDocx(docx)).links.join()).not.toContain('javascript');
  });
});
