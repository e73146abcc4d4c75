import { Readable } from 'node:stream';
import type { Context } from 'hono';
import JSZip from 'jszip';
import { describe, expect, it } from 'vitest';
import type { GivenDocument } from '../../src/client/index.ts';
import { Refused } from '../../src/client/index.ts';
import { acceptName, inspectBytes, MAX_DOCUMENT_BYTES } from '../../src/documents/accept.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import type { DocumentStore } from '../../src/documents/store.ts';
import { TooLarge } from '../../src/documents/store.ts';
import { type SiteContext, siteApp } from '../../src/site/context.ts';
import { receive, type Upload } from '../../src/site/uploads.ts';
import type { Visit } from '../../src/site/visit.ts';

/** Forms with files, over a store and without a cooperation: what the bytes meet on their way. */

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n', 'latin1');
const BOUNDARY = 'x'.repeat(30);
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;
const part = (disposition: string, content: string | Uint8Array, type?: string) =>
  Buffer.concat([
    Buffer.from(
      `--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n${type ? `Content-Type: ${type}\r\n` : ''}\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const field = (name: string, value: string) => part(`name="${name}"`, value);
const file = (name: string, content: string | Uint8Array) =>
  part(`name="files"; filename="${name}"`, content, 'application/octet-stream');
const END = Buffer.from(`--${BOUNDARY}--\r\n`);

function storing(documents: DocumentStore = memoryStore()) {
  const given: Omit<GivenDocument, 'bytes'>[] = [];
  return {
    given,
    documents,
    // What the client does with a document, short of the case file.
    async putDocument(_: string, { bytes, ...rest }: GivenDocument) {
      given.push(rest);
      try {
        const { fileName } = acceptName(rest.fileName);
        const { sha256 } = await documents.put(bytes, {
          limit: MAX_DOCUMENT_BYTES,
          inspect: ({ read }) => inspectBytes(rest.fileName, read),
        });
        return { document: 'doc-1', version: given.length, sha256, title: rest.title?.trim() || fileName };
      } catch (error) {
        if (error instanceof TooLarge) throw new Refused({ code: 'DocumentRefused', why: 'size' });
        throw error;
      }
    },
  };
}

type Body = Uint8Array | AsyncIterable<Uint8Array>;
async function send(
  body: Body,
  given: {
    type?: string;
    headers?: Record<string, string>;
    store?: ReturnType<typeof storing>;
    person?: null;
  } = {},
): Promise<Upload & { store: ReturnType<typeof storing> }> {
  const store = given.store ?? storing();
  const visit = {
    view: { id: 'c' },
    person: given.person === null ? undefined : { id: 'chl-mtps-2' },
    capacity: given.person === null ? 'staff' : 'delegate',
    clock: { language: 'es', timeZone: 'America/Santiago', others: [], now: new Date().toISOString() },
  } as unknown as Visit;
  const app = siteApp();
  app.post('/', async (c: Context) => {
    c.set('language', 'es');
    const cooperations = { putDocument: store.putDocument } as unknown as Parameters<
      typeof receive
    >[1]['cooperations'];
    return c.json(await receive(c as SiteContext, { visit, cooperations, kind: 'shared' }));
  });
  app.onError((error) => {
    throw error;
  });
  const response = await app.request('/', {
    method: 'POST',
    headers: { 'content-type': given.type ?? TYPE, ...given.headers },
    body: body instanceof Uint8Array ? Buffer.from(body) : Readable.toWeb(Readable.from(body)),
    duplex: 'half',
  } as RequestInit);
  return { ...((await response.json()) as Upload), store };
}
async function held(store: DocumentStore): Promise<number> {
  let count = 0;
  for await (const _ of store.list()) count++;
  return count;
}

describe('a form with files', () => {
  it('gives its fields, and each file to the store; the first has the title', async () => {
    const { fields, documents, refused, store } = await send(
      Buffer.concat([
        field('title', 'Malla'),
        field('session', '1'),
        field('session', '2'),
        file('año.pdf', PDF),
        file('nota.txt', 'Información.'),
        END,
      ]),
    );
    expect(fields).toEqual({ title: ['Malla'], session: ['1', '2'] });
    expect(documents.map(({ title }) => title)).toEqual(['Malla', 'nota.txt']);
    expect(refused).toEqual([]);
    expect(store.given.map(({ fileName }) => fileName)).toEqual(['año.pdf', 'nota.txt']);
    expect(await held(store.documents)).toBe(2);
  });

  it('may come without a file: none chosen, or as a plain form', async () => {
    const none = await send(Buffer.concat([field('title', 'x'), file('', ''), END]));
    expect([none.documents, none.refused]).toEqual([[], []]);
    const plain = await send(Buffer.from('a=1&b=%C3%B1'), { type: 'application/x-www-form-urlencoded' });
    expect(plain.fields).toEqual({ a: ['1'], b: ['ñ'] });
  });

  it.each([
    ['a length that is too small', { 'content-length': '5' }],
    ['a length that is too large', { 'content-length': '999999999999' }],
  ])('%s changes nothing', async (_, headers) => {
    const { documents, refused } = await send(Buffer.concat([file('a.pdf', PDF), END]), { headers });
    expect([documents.length, refused]).toEqual([1, []]);
  });

  it.each([
    ['ends in the middle of a file', Buffer.concat([file('a.pdf', PDF)]).subarray(0, -10), TYPE],
    ['has no boundary', Buffer.concat([file('a.pdf', PDF), END]), 'multipart/form-data'],
    ['is no form', Buffer.from('{}'), 'application/json'],
    ['is nothing', Buffer.alloc(0), TYPE],
  ])('that %s is told, and nothing is stored', async (_, body, type) => {
    const { documents, refused, store } = await send(body, { type });
    expect(documents).toEqual([]);
    expect(refused).toEqual([{ fileName: '', message: expect.stringContaining('incompleto') }]);
    expect(await held(store.documents)).toBe(0);
  });

  it('keeps what came before a connection broke', async () => {
    const { documents, refused } = await send(
      (async function* () {
        yield Buffer.concat([file('a.pdf', PDF), file('b.pdf', PDF).subarray(0, 120)]);
        await new Promise((resolve) => setImmediate(resolve));
        throw new Error('the connection broke');
      })(),
    );
    expect(documents.length).toBeLessThanOrEqual(1);
    expect(refused.map(({ fileName }) => fileName)).toContain('');
  });

  it('takes twenty files, 100 fields and 1 MB of text', async () => {
    const many = await send(
      Buffer.concat([...Array.from({ length: 25 }, (_, n) => file(`${n}.txt`, `${n}`)), END]),
    );
    expect(many.documents).toHaveLength(20);
    expect(many.refused).toEqual([{ fileName: '', message: expect.stringContaining('20 archivos') }]);
    const long = await send(
      Buffer.concat([field('a', 'x'.repeat(600_000)), field('b', 'x'.repeat(600_000)), END]),
    );
    expect(long.refused).toHaveLength(1);
    const fields = await send(
      Buffer.concat([...Array.from({ length: 101 }, (_, n) => field(`f${n}`, '')), file('a.pdf', PDF), END]),
    );
    expect([fields.documents, fields.refused.length]).toEqual([[], 1]);
  });

  it('goes on after a refused file, whose bytes are passed over', async () => {
    const { documents, refused, store } = await send(
      Buffer.concat([
        field('title', 'Del primero'),
        file('virus.exe', Buffer.alloc(3_000_000)),
        file('vacio.pdf', ''),
        file('otro.pdf', '<html><script>alert(1)</script>'),
        file('bueno.pdf', PDF),
        END,
      ]),
    );
    expect(documents.map(({ title }) => title)).toEqual(['bueno.pdf']);
    expect(refused.map(({ fileName }) => fileName)).toEqual(['virus.exe', 'vacio.pdf', 'otro.pdf']);
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringContaining('es de un tipo que no se acepta'),
      expect.stringContaining('vacío'),
      expect.stringContaining('no corresponde a su nombre'),
    ]);
    expect(await held(store.documents)).toBe(1);
  });

  it('says of Office files what is in them', async () => {
    const types =
      '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
    const zip = (name: string, content: string) =>
      new JSZip()
        .file('[Content_Types].xml', types)
        .file(name, content)
        .generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    const link = '<Relationship Type="x/image" TargetMode="External" Target="http://evil.example"/>';
    const { refused, documents } = await send(
      Buffer.concat([
        file('macros.docx', await zip('word/vbaProject.bin', 'x')),
        file('externo.docx', await zip('word/_rels/document.xml.rels', link)),
        file('bomba.docx', await zip('word/_rels/document.xml.rels', ' '.repeat(20_000_000))),
        END,
      ]),
    );
    expect(documents).toEqual([]);
    expect(refused.map(({ message }) => message)).toEqual([
      expect.stringContaining('macros'),
      expect.stringContaining('otro lugar'),
      expect.stringContaining('descomprimido'),
    ]);
  });

  it('stops a file past 100 MB, and takes the next', async () => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const { documents, refused } = await send(
      (async function* () {
        yield file('grande.txt', '').subarray(0, -2);
        for (let n = 0; n < 105; n++) yield chunk;
        yield Buffer.concat([Buffer.from('\r\n'), file('a.pdf', PDF), END]);
      })(),
    );
    expect(refused).toEqual([{ fileName: 'grande.txt', message: expect.stringContaining('100 MB') }]);
    expect(documents).toHaveLength(1);
  });

  it('takes a file no faster than the store does', async () => {
    const chunk = Buffer.alloc(256 * 1024, 'x');
    let sent = 0;
    let stored = 0;
    let ahead = 0;
    const slow: DocumentStore = {
      ...memoryStore(),
      async put(bytes) {
        for await (const piece of bytes) {
          await new Promise((resolve) => setImmediate(resolve));
          stored += piece.byteLength;
          ahead = Math.max(ahead, sent - stored);
        }
        return { sha256: 'a'.repeat(64), size: stored };
      },
    };
    const { documents } = await send(
      (async function* () {
        yield file('grande.txt', '').subarray(0, -2);
        for (let n = 0; n < 240; n++) {
          sent += chunk.byteLength;
          yield chunk;
        }
        yield Buffer.concat([Buffer.from('\r\n'), END]);
      })(),
      { store: storing(slow) },
    );
    expect(documents).toHaveLength(1);
    expect(stored).toBe(60 * 1024 * 1024);
    // What lies in streams between the two, of the 60 MB.
    expect(ahead).toBeLessThan(16 * 1024 * 1024);
  });

  it.each([
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['informe\u202Efdp.exe', 'informefdp.exe'],
    [`${'ñ'.repeat(2048)}.exe`, `${'ñ'.repeat(116)}.exe`],
    ['a\u0000b.exe', 'ab.exe'],
  ])('says of a refused file %j its safe name', async (name, safe) => {
    const { refused, documents } = await send(Buffer.concat([file(name, 'MZ'), END]));
    expect(documents).toEqual([]);
    expect(refused[0]?.fileName).toBe(safe);
  });

  it('takes nothing of who is not in the cooperation', async () => {
    const { documents, refused, store } = await send(Buffer.concat([file('a.pdf', PDF), END]), {
      person: null,
    });
    expect([documents, refused.length, store.given]).toEqual([[], 1, []]);
  });

  it('fails as the store does, after the form has been read', async () => {
    const failing = storing({
      ...memoryStore(),
      put: () => Promise.reject(new Error('no space left on device')),
    });
    await expect(
      send(Buffer.concat([file('a.pdf', PDF), file('b.pdf', PDF), END]), { store: failing }),
    ).rejects.toThrow(/no space/);
    expect(failing.given).toHaveLength(1);
  });
});
