import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import type { ExportReport } from '../../src/cli/commands/export.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { buildMessage } from '../../src/mail/message.ts';
import { caseOf, document, inDays, mail, sha256 } from './cases.ts';
import { begin, folder, jsonOf, rial } from './rial.ts';
import { refusing, type TestServer, testServer } from './server.ts';

const ID = '14-per-chl';
const TOKEN = '0123456789abcdef'.repeat(3);
const LARGE = 'ñ'.repeat(3_000_000);
const BYTES = [
  '%PDF marco',
  LARGE,
  'Subject: uno\r\n\r\n',
  'Subject: dos\r\n\r\n',
  '%PDF programa',
  'PK docx',
];

const view = (given: Partial<CaseView> = {}): CaseView =>
  caseOf({
    documents: [
      document('%PDF marco'),
      document(LARGE, { document: 'doc-2', file: 'documents/doc-2-v1-Guía (ñ).mp4' }),
    ],
    mails: [
      mail('Subject: uno\r\n\r\n'),
      mail('Subject: dos\r\n\r\n', { file: 'mail/0002-agenda-oas-1.eml' }),
    ],
    programmeVersions: [
      {
        version: 1,
        cause: 'coordination.1',
        madeAt: inDays(-30),
        issuedAt: null,
        hash: sha256('p1'),
        pdf: { file: 'documents/programa-v1.pdf', sha256: sha256('%PDF programa') },
        docx: { file: 'documents/programa-v1.docx', sha256: sha256('PK docx') },
        differences: [],
      },
    ],
    workflows: [
      { id: `cooperation/${ID}`, file: 'histories/cooperation.json' },
      { id: `cooperation/${ID}/final-report`, file: 'histories/final-report.json' },
    ],
    ...given,
  });

const server = (standing = view(), given: Partial<TestServer> = {}) =>
  testServer({
    cases: [standing],
    bytes: new Map(BYTES.map((bytes) => [sha256(bytes), bytes])),
    histories: new Map([['cooperation', { events: [{ eventId: '1' }] }]]),
    ...given,
  });

/** Every file below a folder, sorted. */
const filesIn = async (dir: string): Promise<string[]> =>
  (await readdir(dir, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map((one) => path.relative(dir, path.join(one.parentPath, one.name)))
    .sort();

test('writes the case, mails, documents, programmes and histories, each with its own bytes', async () => {
  const fake = await server();
  const out = path.join(await folder(), 'deep', 'expediente');
  const { code, out: said, err } = await rial(fake.url, ['export', ID, '--out', out]);
  expect(code).toBe(0);
  expect(said).toContain('8 archivos');
  // What has not begun has no history, which is said and no failure.
  expect(err).toContain('histories/final-report.json');
  expect(await filesIn(out)).toEqual(
    [
      'case.json',
      'documents/doc-1-v1-marco-legal.pdf',
      'documents/doc-2-v1-Guía (ñ).mp4',
      'documents/programa-v1.docx',
      'documents/programa-v1.pdf',
      'histories/cooperation.json',
      'mail/0001-approve-programme-chl-mtps-2.eml',
      'mail/0002-agenda-oas-1.eml',
    ].sort(),
  );
  expect(JSON.parse(await readFile(path.join(out, 'case.json'), 'utf8'))).toEqual(fake.cases[0]);
  expect(await readFile(path.join(out, 'documents/doc-2-v1-Guía (ñ).mp4'), 'utf8')).toBe(LARGE);
  expect(await readFile(path.join(out, 'mail/0001-approve-programme-chl-mtps-2.eml'), 'utf8')).toBe(
    'Subject: uno\r\n\r\n',
  );
  expect(JSON.parse(await readFile(path.join(out, 'histories/cooperation.json'), 'utf8'))).toEqual({
    events: [{ eventId: '1' }],
  });
  // Addresses and answers are in it: it is its owner's.
  expect((await stat(out)).mode & 0o077).toBe(0);
});

test('--json tells every file with its SHA-256 and size, and the histories there are not', async () => {
  const fake = await server();
  const out = path.join(await folder(), 'expediente');
  const exported = jsonOf<ExportReport>(await rial(fake.url, ['export', ID, '--out', out, '--json']));
  expect(exported).toMatchObject({ id: ID, dir: out, missing: ['histories/final-report.json'] });
  expect(exported.files.map(({ file }) => file).sort()).toEqual(await filesIn(out));
  for (const { file, sha256: hash, size } of exported.files) {
    const bytes = await readFile(path.join(out, file));
    expect(hash).toBe(sha256(bytes));
    expect(size).toBe(bytes.byteLength);
  }
});

test('writes mails without the links that let their readers in', async () => {
  const raw = await buildMessage({
    mail: {
      subject: 'Aprobar los contenidos',
      text: `Ñandú:\n\n   https://site.example/r/${TOKEN}\n\nCooperación 14\n`,
      html: `<p style="color:#003f72"><a href="https://site.example/r/${TOKEN}">ñ</a></p>`,
    },
    from: { email: 'coop@rial.example' },
    to: { email: 'a@chile.example' },
    messageId: '<1@rial.example>',
    references: [],
    date: new Date('2021-07-01T12:00:00Z'),
    attachments: [{ fileName: 'p.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF') }],
  });
  const bytes = raw.toString('latin1');
  const fake = await server(view({ mails: [mail(bytes)] }));
  fake.bytes.set(sha256(bytes), bytes);
  const out = path.join(await folder(), 'expediente');
  const { files } = jsonOf<ExportReport>(await rial(fake.url, ['export', ID, '--out', out, '--json']));
  const file = 'mail/0001-approve-programme-chl-mtps-2.eml';
  const written = await readFile(path.join(out, file));
  // What is told of the file is of the file as it is written.
  expect(files.find((one) => one.file === file)).toMatchObject({
    sha256: sha256(written),
    size: written.byteLength,
  });
  const { text = '', html = '', attachments } = await PostalMime.parse(written);
  expect(text).toContain('https://site.example/r/•••');
  expect(html).toBe('<p style="color:#003f72"><a href="https://site.example/r/•••">ñ</a></p>\n');
  expect(attachments.map(({ filename }) => filename)).toEqual(['p.pdf']);
  // However it is encoded: nothing of the token is left that somebody could put together.
  expect(written.toString('latin1').replace(/=\r\n/g, '')).not.toContain(TOKEN.slice(0, 12));
  // By a token that is not the machine’s they come so from the server; another mail in its place is told all the same.
  fake.bytes.set(sha256(bytes), written.toString('latin1'));
  const again = await rial(fake.url, ['export', ID, '--out', path.join(await folder(), 'x')]);
  expect(again.code).toBe(0);
  fake.bytes.set(sha256(bytes), 'Subject: otro\r\n\r\n');
  const other = await rial(fake.url, ['export', ID, '--out', path.join(await folder(), 'x')]);
  expect(other.code).not.toBe(0);
});

test('takes an empty folder that is there', async () => {
  const fake = await server();
  const out = await folder();
  expect((await rial(fake.url, ['export', ID, '--out', out])).code).toBe(0);
  expect(await filesIn(out)).toHaveLength(8);
});

test.each(['a folder with something in it', 'a file'])(
  'refuses %s, and leaves it as it was',
  async (what) => {
    const fake = await server();
    const out = path.join(await folder(), 'expediente');
    const kept = what === 'a file' ? out : path.join(out, 'nota.txt');
    if (kept !== out) await mkdir(out);
    await writeFile(kept, 'mía');
    const { code, err } = await rial(fake.url, ['export', ID, '--out', out]);
    expect(code).toBe(1);
    expect(err).toContain('no está vacía');
    expect(await readFile(kept, 'utf8')).toBe('mía');
  },
);

describe('leaves nothing behind', () => {
  /** Exports into a new folder, and expects that its parent stays empty. */
  const failing = async (fake: TestServer) => {
    const parent = await folder();
    const ran = await rial(fake.url, ['export', ID, '--out', path.join(parent, 'expediente')]);
    expect(await readdir(parent)).toEqual([]);
    return ran;
  };

  test('where bytes are not those of the case file', async () => {
    const fake = await server();
    fake.bytes.set(sha256('%PDF marco'), '%PDF otro');
    const { code, err } = await failing(fake);
    expect(code).toBe(1);
    expect(err).toContain('documents/doc-1-v1-marco-legal.pdf');
    expect(err).toContain(sha256('%PDF otro'));
  });

  test('where the server does not hold a document', async () => {
    const fake = await server();
    fake.bytes.delete(sha256('%PDF marco'));
    expect((await failing(fake)).code).toBe(1);
  });

  test('where the connection breaks in the middle of a document', async () => {
    const fake = await server();
    fake.replies.set(`GET /cooperations/${ID}/bytes/${sha256(LARGE)}`, (outgoing) => {
      outgoing.writeHead(200, { 'content-length': Buffer.byteLength(LARGE) });
      outgoing.write(Buffer.alloc(100_000), () => outgoing.destroy());
      return RESPONSE_ALREADY_SENT;
    });
    const { code, err } = await failing(fake);
    expect(code).toBe(3);
    expect(err).toContain(fake.url);
  });

  test('where it is interrupted', async () => {
    const fake = await server();
    const parent = await folder();
    const exporting = begin(fake.url, ['export', ID, '--out', path.join(parent, 'expediente')]);
    await new Promise<void>((resolve) => {
      fake.replies.set(`GET /cooperations/${ID}/bytes/${sha256(LARGE)}`, () => {
        resolve();
        return new Promise(() => {});
      });
    });
    expect(await readdir(parent)).toHaveLength(1);
    exporting.process.kill('SIGINT');
    expect((await exporting.ended).code).toBe(130);
    expect(await readdir(parent)).toEqual([]);
  });

  test('where Temporal is away while the histories are read', async () => {
    const fake = await server();
    fake.replies.set(`GET /cooperations/${ID}/histories/cooperation`, refusing(503, { code: 'Unavailable' }));
    expect((await failing(fake)).code).toBe(3);
  });

  test.each([
    ['documents/../../../etc/passwd'],
    ['documents/..'],
    ['documents/'],
    ['/etc/passwd'],
    ['case.json'],
    ['documents/a/b.pdf'],
    ['documents/a\\..\\b.pdf'],
    ['documents/C:evil.pdf'],
    ['documents/nul.pdf'],
    ['documents/a\u0000.pdf'],
    ['documents/a\u001b[2J.pdf'],
    ['documents/\u202efdp.exe'],
    ['documents/.bashrc'],
    ['documents/trailing. '],
    ['mail/0001-a.eml'],
  ])('where the server names a document %j', async (file) => {
    const fake = await server(view({ documents: [document('%PDF marco', { file })] }));
    const { code, err } = await failing(fake);
    expect(code).toBe(1);
    expect(err).toContain('no cabe en una exportación');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(err).not.toMatch(/[\u0000\u001b]/);
    expect(fake.seen.some(({ path }) => path.includes('/bytes/'))).toBe(false);
  });

  test('where two different documents have one name, on a system that ignores case', async () => {
    const documents = [
      document('%PDF marco', { file: 'documents/Marco.pdf' }),
      document(LARGE, { file: 'documents/marco.PDF' }),
    ];
    expect((await failing(await server(view({ documents })))).code).toBe(1);
  });

  test.each([['histories/../x.json'], ['histories/.json'], ['histories/x.txt']])(
    'where the server names a history %j',
    async (file) => {
      const fake = await server(view({ workflows: [{ id: 'x', file }] }));
      expect((await failing(fake)).code).toBe(1);
    },
  );
});

test('the same document twice is one file', async () => {
  const documents = [document('%PDF marco'), document('%PDF marco', { version: 2 })];
  const fake = await server(view({ documents }));
  const out = path.join(await folder(), 'expediente');
  expect((await rial(fake.url, ['export', ID, '--out', out])).code).toBe(0);
});

test('a folder that cannot be written is told with its reason', async () => {
  const fake = await server();
  const file = path.join(await folder(), 'a-file');
  await writeFile(file, '');
  const { code, err } = await rial(fake.url, ['export', ID, '--out', path.join(file, 'inside', 'it')]);
  expect(code).toBe(1);
  expect(err).toContain(path.join('a-file', 'inside', 'it'));
});
