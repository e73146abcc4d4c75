import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../../src/casefile/database/database.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import { cooperationsOver, type Workflows } from '../../../src/client/index.ts';
import { diskStore } from '../../../src/documents/disk.ts';
import { testCaseFile } from '../../support/database.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { changedSource } from '../../support/programme.ts';
import { served } from '../../support/served.ts';
import { sessionOf } from '../../support/site.ts';

/** Files as the site takes them over a connection, keeps them on disk and gives them out; what is refused is nowhere. */

const ID = '14-per-chl';
const DOCUMENTS = `/c/${ID}/documents`;
const HTML = '<!doctype html><html><body><script>alert(document.cookie)</script></body></html>';
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const latin = (text: string) => Buffer.from(text, 'latin1');
const PDF = latin('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const GIF_JS = latin('GIF89a/*\u0001\u0000\u0000\u0000*/=1;alert(1)//');
const JPEG = Buffer.concat([latin('\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF\u0000'), Buffer.alloc(40)]);
const PNG = Buffer.concat([
  latin('\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR'),
  Buffer.alloc(17, 1),
  latin('\u0000\u0000\u0000\u0000IDAT'),
  Buffer.alloc(20),
]);
const OLE = Buffer.concat([latin('\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1'), Buffer.alloc(2000)]);
const EXE = Buffer.concat([latin('MZ'), Buffer.alloc(400)]);

const OPENXML = 'application/vnd.openxmlformats-officedocument';
const MACRO = {
  word: 'application/vnd.ms-word.document.macroEnabled.main+xml',
  xl: 'application/vnd.ms-excel.sheet.macroEnabled.main+xml',
  ppt: 'application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml',
};
const PLAIN = {
  word: `${OPENXML}.wordprocessingml.document.main+xml`,
  xl: `${OPENXML}.spreadsheetml.sheet.main+xml`,
  ppt: `${OPENXML}.presentationml.presentation.main+xml`,
};
type Parts = Record<string, string | Uint8Array>;
/** An Office file of the named program, with parts beside those that make it one. */
function office(program: keyof typeof PLAIN, parts: Parts = {}, type = PLAIN[program]): Promise<Buffer> {
  const main = { word: 'word/document.xml', xl: 'xl/workbook.xml', ppt: 'ppt/presentation.xml' }[program];
  const zip = new JSZip()
    .file(
      '[Content_Types].xml',
      `<?xml version="1.0"?><Types><Override PartName="/${main}" ContentType="${type}"/></Types>`,
    )
    .file(main, '<x/>');
  for (const [name, part] of Object.entries(parts)) zip.file(name, part);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}
const elsewhere = (type: string, target = 'https://evil.example/x') =>
  `<?xml version="1.0"?><Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}" TargetMode="External"/></Relationships>`;
const OASIS = 'urn:oasis:names:tc:opendocument:xmlns';
const NAMESPACES = [
  ...['office', 'text'].map((name) => `xmlns:${name}="${OASIS}:${name}:1.0"`),
  `xmlns:draw="${OASIS}:drawing:1.0"`,
  ...['xlink', 'x'].map((name) => `xmlns:${name}="http://www.w3.org/1999/xlink"`),
].join(' ');
/** An OpenDocument text with this in its content. */
function odt(content: string, parts: Parts = {}): Promise<Buffer> {
  const zip = new JSZip()
    .file('mimetype', 'application/vnd.oasis.opendocument.text', { compression: 'STORE' })
    .file(
      'content.xml',
      `<?xml version="1.0" encoding="UTF-8"?><office:document-content ${NAMESPACES}>${content}</office:document-content>`,
    );
  for (const [name, part] of Object.entries(parts)) zip.file(name, part);
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

describe('files', () => {
  let folder: string;
  let site: Awaited<ReturnType<typeof served>>;
  let cookie = '';
  let stop: () => Promise<void>;
  let caseFile: CaseFile;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'rial-files-'));
    ({ caseFile, drop } = await testCaseFile());
    const documents = diskStore(folder);
    const now = () => new Date().toISOString();
    // What carries a cooperation on has no part in this: the exchange is open, and nobody is told.
    const workflows = {
      start: async () => 'started',
      exchange: async () => 'open',
      shareDocument: async () => {},
    } as unknown as Workflows;
    const cooperations = cooperationsOver({ caseFile, documents, workflows, now });
    await cooperations.start(changedSource(() => {}));
    site = await served({ caseFile, documents, cooperations, workflows } as unknown as InProcess);
    stop = site.stop;
    const { people } = await view();
    const address = people.find(({ id }) => id === 'chl-mtps-2')?.email ?? '';
    cookie = `rial=${await sessionOf(caseFile, address)}`;
  });
  afterAll(async () => {
    await stop();
    await drop();
    await rm(folder, { recursive: true, force: true });
  });
  async function view() {
    const found = await viewOf(caseFile, ID, new Date().toISOString());
    if (!found) throw new Error('no cooperation');
    return found;
  }
  const onDisk = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  /** How many files are kept, in the case file and on disk, those under way among them. */
  const kept = async () => [(await view()).documents.length, (await onDisk()).length];

  const BOUNDARY = '----rial-boundary';
  const part = (name: string, content: Uint8Array, type = 'application/octet-stream') =>
    Buffer.concat([
      Buffer.from(
        `--${BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      ),
      content,
      Buffer.from('\r\n'),
    ]);
  const END = Buffer.from(`--${BOUNDARY}--\r\n`);
  const send = (name: string, content: Uint8Array, type?: string) =>
    fetch(`${site.url}${DOCUMENTS}`, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        cookie,
        origin: site.url,
        'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      },
      body: new Uint8Array(Buffer.concat([part(name, content, type), END])),
    });
  const get = (sha256: string, name = 'x') =>
    fetch(`${site.url}/c/${ID}/files/${sha256}/${name}`, { headers: { cookie } });

  describe('that are something else', () => {
    it.each<[string, string, () => Uint8Array | Promise<Uint8Array>]>([
      ['an SVG', 'dibujo.svg', () => Buffer.from(SVG)],
      ['a page', 'pagina.html', () => Buffer.from(HTML)],
      ['an application of the web', 'x.hta', () => Buffer.from(HTML)],
      ['a page as PDF', 'informe.pdf', () => Buffer.from(HTML)],
      ['a page before a PDF', 'informe.pdf', () => Buffer.concat([Buffer.from(HTML), PDF])],
      ['an SVG as picture', 'foto.png', () => Buffer.from(SVG)],
      ['an XML of SVG as text', 'nota.txt', () => Buffer.from(`<?xml version="1.0"?>${SVG}`)],
      ['a page in UTF-16 as text', 'nota.txt', () => Buffer.from(HTML, 'utf16le')],
      ['GIF and script', 'imagen.gif', () => GIF_JS],
      ['GIF and script as text', 'nota.txt', () => GIF_JS],
      ['GIF and script as picture', 'foto.jpg', () => GIF_JS],
      ['script', 'x.js', () => Buffer.from('alert(1)')],
      ['a program', 'informe.pdf', () => EXE],
      ['a program, by its last ending', 'informe.pdf.exe', () => PDF],
      ['a program behind a turned name', 'informe\u202Efdp.exe', () => EXE],
      ['an old Word file, with macros or without', 'informe.doc', () => OLE],
      ['an old Word file as a new one', 'informe.docx', () => OLE],
      ['an old Excel file as a new one', 'tabla.xlsx', () => OLE],
      ['an old file as text', 'nota.txt', () => OLE],
      ['an archive', 'todo.zip', () => office('word')],
      ['a DOCM', 'informe.docm', () => office('word', { 'word/vbaProject.bin': 'x' }, MACRO.word)],
      ['a DOCM as DOCX', 'informe.docx', () => office('word', { 'word/vbaProject.bin': 'x' }, MACRO.word)],
      [
        'a DOCM as DOCX, its module renamed',
        'a.docx',
        () => office('word', { 'word/x.bin': 'x' }, MACRO.word),
      ],
      ['an XLSM as XLSX', 'a.xlsx', () => office('xl', { 'xl/vbaProject.bin': 'x' }, MACRO.xl)],
      ['a PPTM as PPTX', 'a.pptx', () => office('ppt', { 'ppt/vbaProject.bin': 'x' }, MACRO.ppt)],
      ['macros among plain types', 'a.docx', () => office('word', { 'word/vbaProject.bin': 'x' })],
      ['macros of Excel 4', 'a.xlsx', () => office('xl', { 'xl/macrosheets/sheet1.xml': '<x/>' })],
      ['controls', 'a.docx', () => office('word', { 'word/activeX/activeX1.xml': '<x/>' })],
      [
        'a template from elsewhere',
        'a.docx',
        () => office('word', { 'word/_rels/settings.xml.rels': elsewhere('attachedTemplate') }),
      ],
      [
        'an object from a share',
        'a.docx',
        () =>
          office('word', { 'word/_rels/document.xml.rels': elsewhere('oleObject', 'file:///\\\\evil\\x') }),
      ],
      [
        'a frame from elsewhere',
        'a.docx',
        () => office('word', { 'word/_rels/webSettings.xml.rels': elsewhere('frame') }),
      ],
      [
        'a picture from elsewhere in a header',
        'a.docx',
        () => office('word', { 'word/_rels/header1.xml.rels': elsewhere('image') }),
      ],
      [
        'another workbook',
        'a.xlsx',
        () =>
          office('xl', { 'xl/externalLinks/_rels/externalLink1.xml.rels': elsewhere('externalLinkPath') }),
      ],
      [
        'a video from elsewhere',
        'a.pptx',
        () => office('ppt', { 'ppt/slides/_rels/slide1.xml.rels': elsewhere('video') }),
      ],
      ['OpenDocument with Basic', 'a.odt', () => odt('', { 'Basic/Standard/Module1.xml': '<x/>' })],
      [
        'OpenDocument that calls a macro',
        'a.odt',
        () =>
          odt(
            '<script:event-listener xlink:href="vnd.sun.star.script:../../x.py$f?language=Python&amp;location=share"/>',
          ),
      ],
      [
        'OpenDocument with a picture from elsewhere',
        'a.odt',
        () => odt('<draw:image xlink:href="https://evil.example/x.png"/>'),
      ],
      [
        'OpenDocument with a picture from elsewhere, hidden',
        'a.odt',
        () => odt("<!-- ' --><draw:image\nx:href = '&#x68;ttps://evil.example/x.png'/><!-- ' -->"),
      ],
      [
        'OpenDocument with a picture from elsewhere, in an object of it',
        'a.odt',
        () => odt('', { 'Object 1/content.xml': '<a><draw:image xlink:href="//evil.example/x"/></a>' }),
      ],
      [
        'OpenDocument that asks a program',
        'a.odt',
        () => odt('<office:dde-source office:dde-application="cmd" office:dde-topic="/c calc"/>'),
      ],
      [
        'a PDF that is an archive as well',
        'informe.pdf',
        async () => Buffer.concat([PDF, await office('word')]),
      ],
      ['a page as text', 'nota.txt', () => Buffer.from(HTML)],
      ['an SVG as text', 'nota.txt', () => Buffer.from(`${SVG} `)],
    ])('%s (%s) are refused, and nowhere', async (_, name, content) => {
      const before = await kept();
      const response = await send(name, await content());
      const text = await response.text();
      expect([response.status, text.includes('govuk-error-summary')]).toEqual([422, true]);
      expect(await kept()).toEqual(before);
    });

    it.each<[string, string, string, () => Uint8Array | Promise<Uint8Array>]>([
      [
        'a PDF that is a page as well',
        'informe.pdf',
        'application/pdf',
        () => Buffer.concat([latin('%PDF-1.7\n% '), Buffer.from(HTML), PDF]),
      ],
      [
        'a picture that is a page as well',
        'foto.jpg',
        'image/jpeg',
        () => Buffer.concat([JPEG, Buffer.from(HTML)]),
      ],
      [
        'a picture that is script as well',
        'foto.png',
        'image/png',
        () => Buffer.concat([PNG, Buffer.from('*/alert(1)//')]),
      ],
      [
        'OpenDocument with a link to click',
        'enlace.odt',
        'application/vnd.oasis.opendocument.text',
        () =>
          odt('<text:a xlink:href="https://oas.org">it\'s</text:a><draw:image xlink:href="Pictures/a.png"/>'),
      ],
      [
        'a Word file with an archive in it that is large once unpacked',
        'anexo.docx',
        `${OPENXML}.wordprocessingml.document`,
        async () => {
          const bomb = await new JSZip()
            .file('x', Buffer.alloc(30_000_000))
            .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
          return office('word', { 'word/embeddings/a.zip': bomb });
        },
      ],
    ])('%s (%s) are saved as %s, and shown by no browser', async (_, name, type, content) => {
      // What the form says of the kind counts for nothing.
      expect((await send(name, await content(), 'text/html')).status).toBe(303);
      const { sha256 } = (await view()).documents.at(-1) ?? { sha256: '' };
      for (const asked of [name, 'pagina.html', 'x.svg', 'x.js']) {
        const response = await get(sha256, asked);
        const { headers } = response;
        expect(response.status).toBe(200);
        expect(headers.get('content-type')).toBe(type);
        expect(headers.get('content-disposition')).toMatch(/^attachment; /);
        expect(headers.get('content-disposition')).toContain(name);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
        expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
        expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(headers.get('x-frame-options')).toBe('DENY');
        await response.body?.cancel();
      }
    });
  });

  describe('that unpack to more than they say', () => {
    const lying = async (change: (bytes: Buffer, directory: number) => void) => {
      const bytes = await office('word', { 'word/media/a.bin': Buffer.alloc(2_000_000) });
      change(bytes, bytes.lastIndexOf('word/media/a.bin') - 46);
      return bytes;
    };
    it.each<[string, () => Promise<Buffer>]>([
      ['packed longer than the file', () => lying((bytes, at) => bytes.writeUInt32LE(0x7fffffff, at + 20))],
      ['packed shorter than it is', () => lying((bytes, at) => bytes.writeUInt32LE(3, at + 20))],
      ['beginning at another entry', () => lying((bytes, at) => bytes.writeUInt32LE(0, at + 42))],
      [
        'in a list of parts that is large',
        () => office('word', { 'word/_rels/document.xml.rels': ' '.repeat(20_000_000) }),
      ],
    ])('%s: refused, and nowhere', async (_, made) => {
      const before = await kept();
      expect((await send('bomba.docx', await made())).status).toBe(422);
      expect(await kept()).toEqual(before);
    });
  });

  describe('whatever they are called', () => {
    const NAMES: [string, string][] = [
      ['../../../etc/passwd.txt', 'passwd.txt'],
      ['..\\..\\windows\\system.txt', 'system.txt'],
      ['/etc/x.txt', 'x.txt'],
      ['C:\\Users\\ana\\x.txt', 'x.txt'],
      ['%2e%2e%2fx.txt', '%2e%2e%2fx.txt'],
      ['a\u0000b.txt', 'ab.txt'],
      ['a\u0000.exe.txt', 'a.exe.txt'],
      ['informe\u202Etxt.txt', 'informetxt.txt'],
      ['\u2066a\u2069\u200Fb\uFEFF.txt', 'ab.txt'],
      [`${'ñ'.repeat(2048)}.txt`, `${'ñ'.repeat(116)}.txt`],
      [`a.${'x'.repeat(4096)}.txt`, `a.${'x'.repeat(114)}.txt`],
      ['....txt', ''],
      ['. .txt', ''],
      ['...', ''],
      ['CON.txt', '_CON.txt'],
      ['nul.tar.txt', '_nul.tar.txt'],
      ['com1.txt', '_com1.txt'],
      ['LPT¹ .txt', '_LPT¹ .txt'],
      ['console.txt', 'console.txt'],
      ['acta 🎉 漢字.txt', 'acta 🎉 漢字.txt'],
      ['Jose\u0301 Mun\u0303oz.txt', 'José Muñoz.txt'],
      [
        `z${'\u0301\u0302\u0303'.repeat(10)}.txt`,
        `z${'\u0301\u0302\u0303'.repeat(10)}`.normalize('NFC').concat('.txt'),
      ],
      ["it's (1)*;=, %20'.txt", "it's (1);=, %20'.txt"],
      ['x.txt; filename=y.html', ''],
      ['<img src=x onerror=alert(1)>.txt', 'img src=x onerror=alert(1).txt'],
      ['x.txt\u2028.txt', 'x.txt\u2028.txt'],
      ['x.txt. . .', 'x.txt'],
    ];
    it.each(NAMES.map(([name, expected]) => [JSON.stringify(name).slice(0, 40), name, expected] as const))(
      '%s',
      async (_, name, expected) => {
        const before = await kept();
        // As browsers write names: quotes and line ends are encoded, all else is not.
        const response = await send(name, Buffer.from(`Acta ${NAMES.findIndex(([one]) => one === name)}`));
        if (expected === '') {
          expect(response.status).toBe(422);
          expect(await kept()).toEqual(before);
          return;
        }
        expect(response.status).toBe(303);
        const { documents } = await view();
        const { sha256, file } = documents.at(-1) ?? { sha256: '', file: '' };
        expect(file.endsWith(`-${expected}`)).toBe(true);
        // Keys are the server's: no name of a person's is a name on disk.
        expect((await onDisk()).every((one) => /^[0-9a-f]{64}$/.test(one.name))).toBe(true);
        const page = await (await fetch(`${site.url}${DOCUMENTS}`, { headers: { cookie } })).text();
        const href = [...page.matchAll(/href="([^"]+)"/g)]
          .map(([, one = '']) => one)
          .find((one) => one.includes(sha256));
        const download = await fetch(`${site.url}${href}`, { headers: { cookie } });
        expect(download.status).toBe(200);
        const header = download.headers.get('content-disposition') ?? '';
        // RFC 6266: a name in ASCII that every browser reads, and the name itself.
        const [, plain = '', encoded = ''] =
          /^attachment; filename="([\w. -]+)"; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(header) ?? [];
        expect(plain, header).toMatch(/\.txt$/);
        expect(plain).not.toMatch(/^(con|nul|com\d|lpt\d)\b|\.\./i);
        expect(decodeURIComponent(encoded)).toBe(expected);
        await download.body?.cancel();
      },
    );
  });

  describe('over a connection that lies', () => {
    /** Sends bytes as they are; what comes back until the connection ends, or says something and falls silent. */
    const raw = (pieces: (string | Uint8Array)[], { end = false } = {}) =>
      new Promise<string>((resolve) => {
        let said = '';
        const socket = connect(Number(new URL(site.url).port), '127.0.0.1', () => {
          for (const piece of pieces) socket.write(piece);
          if (end) socket.end();
        });
        socket.on('data', (chunk) => {
          said += chunk.toString('latin1');
          // It has answered; nothing more is waited for.
          if (said.includes('\r\n\r\n')) setTimeout(() => socket.destroy(), 50);
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(said));
      });
    const head = (given: Record<string, string | number>, where = DOCUMENTS) =>
      [
        `POST ${where} HTTP/1.1`,
        `Host: ${new URL(site.url).host}`,
        `Origin: ${site.url}`,
        `Cookie: ${cookie}`,
        'Connection: close',
        ...Object.entries({ 'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`, ...given }).map(
          ([name, value]) => `${name}: ${value}`,
        ),
        '\r\n',
      ].join('\r\n');
    let sent = 0;
    const body = () => Buffer.concat([part(`linea-${++sent}.txt`, Buffer.from(`Acta ${sent}`)), END]);
    const chunked = (bytes: Uint8Array) =>
      Buffer.concat([
        Buffer.from(`${bytes.byteLength.toString(16)}\r\n`),
        bytes,
        Buffer.from('\r\n0\r\n\r\n'),
      ]);
    const status = (said: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(said)?.[1] ?? 0);

    it('in pieces and without a length: taken', async () => {
      const [documents = 0] = await kept();
      expect(status(await raw([head({ 'Transfer-Encoding': 'chunked' }), chunked(body())]))).toBe(303);
      expect((await kept())[0]).toBe(documents + 1);
    });

    it('a length that is too small: nothing is kept, and what follows is no request', async () => {
      const before = await kept();
      const whole = body();
      const smuggled = `GET /c/${ID} HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`;
      const said = await raw([head({ 'Content-Length': whole.byteLength - 40 }), whole, smuggled]);
      expect([400, 422]).toContain(status(said));
      expect(said.match(/HTTP\/1\.1 /g)).toHaveLength(1);
      await expect.poll(kept).toEqual(before);
    });

    it('a length that is too large, and then the end: nothing is kept', async () => {
      const before = await kept();
      const whole = body().subarray(0, -END.byteLength - 4);
      await raw([head({ 'Content-Length': 50_000_000 }), whole], { end: true });
      await expect.poll(kept).toEqual(before);
    });

    it.each([
      ['both ways to say it', { 'Content-Length': 5, 'Transfer-Encoding': 'chunked' }],
      ['less than nothing', { 'Content-Length': -1 }],
      ['no number', { 'Content-Length': '0x40' }],
      ['an unknown way', { 'Transfer-Encoding': 'gzip, identity' }],
    ])('%s: not a request', async (_, given) => {
      const before = await kept();
      expect(status(await raw([head(given as Record<string, string>), chunked(body())]))).toBe(400);
      expect(await kept()).toEqual(before);
    });

    it('a slow one that is broken off: nothing is kept, and nothing lies about', async () => {
      const before = await kept();
      const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(head({ 'Content-Length': 30_000_000 }));
      socket.write(part('lento.txt', Buffer.alloc(300_000, 'x')).subarray(0, -2));
      // It is being written.
      await expect.poll(async () => (await kept())[1]).toBe((before[1] ?? 0) + 1);
      socket.destroy();
      await expect.poll(kept).toEqual(before);
    });

    it.each([
      ['a form that says how long it is', (size: number) => ({ 'Content-Length': size })],
      ['a form in pieces', () => ({ 'Transfer-Encoding': 'chunked' })],
    ])('%s, and is longer than any: cut off, not read to its end', async (_, given) => {
      const size = 60_000_000;
      const socket = connect(Number(new URL(site.url).port), '127.0.0.1');
      let said = '';
      let written = 0;
      socket.on('data', (chunk) => {
        said += chunk.toString('latin1');
      });
      socket.on('error', () => {});
      const closed = new Promise((resolve) => socket.once('close', resolve));
      socket.write(
        head({ ...given(size), 'Content-Type': 'application/x-www-form-urlencoded' }, '/sign-in').replace(
          'Connection: close\r\n',
          '',
        ),
      );
      const piece = Buffer.alloc(64 * 1024, 'x');
      const inPieces = !('Content-Length' in given(size));
      const flows = () =>
        new Promise<boolean>((resolve) => {
          socket.once('drain', () => resolve(true));
          socket.once('close', () => resolve(false));
          setTimeout(() => resolve(false), 1000);
        });
      while (written < size && !socket.destroyed) {
        written += piece.byteLength;
        const frame = inPieces
          ? Buffer.concat([Buffer.from('10000\r\n'), piece, Buffer.from('\r\n')])
          : piece;
        if (!socket.write(frame) && !(await flows())) break;
      }
      await expect.poll(() => status(said)).toBe(413);
      // What fits into the buffers of both ends, and no more.
      expect(written).toBeLessThan(size / 2);
      socket.destroy();
      await closed;
    });
  });
});
