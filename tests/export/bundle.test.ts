import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { symlink } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import yazl from 'yazl';
import { memoryStore } from '../../src/documents/memory.ts';
import { NotStored } from '../../src/documents/store.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { refused } from '../../src/domain/refusal.ts';
import type { BundleFinding } from '../../src/domain/results/bundle.ts';
import { manifestText } from '../../src/evidence/manifest.ts';
import { verifyBundle } from '../../src/evidence/verify.ts';
import { bundleOf } from '../../src/export/bundle.ts';
import { caseFor, type Reader } from '../../src/export/reader.ts';
import { bench, bundleScene, filesOf, ID, NOW } from './bundleScene.ts';

let scene: Awaited<ReturnType<typeof bundleScene>>;
let place: Awaited<ReturnType<typeof bench>>;
let whole: Buffer;
let files: Map<string, Buffer>;
beforeAll(async () => {
  [scene, place] = await Promise.all([bundleScene(), bench()]);
  whole = await scene.bundle();
  files = await filesOf(whole);
});
afterAll(async () => {
  await place.remove();
  await scene.drop();
});

/** Of what a finding says that it is. */
const about = (finding: BundleFinding): string => ('file' in finding ? finding.file : '');
const names = (): string[] => [...files.keys()].map((name) => name.slice(ID.length + 1));
const TAGS = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'tagmanifest-sha256.txt'];

describe('a bundle', () => {
  test('holds the case, its record, a PDF, mails without what lets people in, documents and histories', () => {
    expect(names().sort()).toEqual(
      [
        ...TAGS,
        ...['data/bundle.json', 'data/case.json', 'data/case.pdf', 'data/record.json'],
        ...['data/documents/doc-1-v1-marco 100%.pdf', 'data/documents/doc-2-v1-Guía (ñ).txt'],
        'data/certificates/0001.pdf',
        'data/histories/cooperation.json',
        'data/mail/0001-communication-chl-mtps-2.eml',
        'data/mail/0002-request-chl-mtps-1.eml',
        'data/mail/0003-request-per-mtpe-1.eml',
      ].sort(),
    );
    const text = (name: string) => files.get(`${ID}/${name}`)?.toString() ?? '';
    expect(text('data/mail/0002-request-chl-mtps-1.eml')).toContain('https://site.example/r/');
    expect(text('data/mail/0002-request-chl-mtps-1.eml')).not.toContain(scene.TOKEN.slice(0, 8));
    expect(text('manifest-sha256.txt')).toContain('marco 100%25.pdf');
    expect(text('data/case.pdf').slice(0, 5)).toBe('%PDF-');
    expect(JSON.parse(text('data/bundle.json')).missing).toContain('histories/final-report.json');
  });

  test('has the same bytes for the same case at the same instant', async () => {
    expect((await scene.bundle()).equals(whole)).toBe(true);
  });

  test('is made beside others', async () => {
    const several = await Promise.all([scene.bundle(), scene.bundle(), scene.bundle()]);
    expect(several.every((one) => one.equals(whole))).toBe(true);
  });

  test('is as it was written, as a ZIP and unpacked', async () => {
    for (const at of [await place.zip(whole), await place.folder(files)]) {
      const report = await verifyBundle(at);
      expect(report.findings).toEqual([]);
      expect(report).toMatchObject({ ok: true, files: 11, entries: 6, notice: { cooperation: ID } });
    }
  });

  test('continues a record that is known from elsewhere, or does not', async () => {
    const at = await place.zip(whole);
    const { entries } = JSON.parse(files.get(`${ID}/data/record.json`)?.toString() ?? '');
    expect((await verifyBundle(at, { head: entries[2].chain })).ok).toBe(true);
    const head = 'a'.repeat(64);
    expect((await verifyBundle(at, { head })).findings).toEqual([{ code: 'head-absent', head }]);
  });

  test('tells each file in which one byte is another, and each that is not there', async () => {
    for (const [name, bytes] of files) {
      const own = name.slice(ID.length + 1);
      for (const at of [0, Math.floor(bytes.length / 2), bytes.length - 1]) {
        const altered = Buffer.from(bytes);
        altered[at] = (altered[at] ?? 0) ^ 1;
        const { ok, findings } = await verifyBundle(await place.folder(new Map([...files, [name, altered]])));
        expect(ok, `${own} at ${at}`).toBe(false);
        // What lists the lists is told with the one that it no longer agrees with.
        if (own === 'tagmanifest-sha256.txt')
          expect(findings.map(({ code }) => code)).toContainEqual(
            expect.stringMatching(/^(tag-differs|file-malformed)$/),
          );
        else expect(findings.map(about), `${own} at ${at}`).toContain(own);
      }
      const left = new Map([...files].filter(([one]) => one !== name));
      expect((await verifyBundle(await place.folder(left))).findings).toContainEqual({
        code: 'file-missing',
        file: own,
      });
    }
  });

  test('tells what was put in', async () => {
    const added = await verifyBundle(
      await place.folder(
        new Map([
          ...files,
          [`${ID}/data/documents/doc-9-v1-other.pdf`, Buffer.from('x')],
          [`${ID}/notes.txt`, Buffer.from('x')],
        ]),
      ),
    );
    expect(added.findings).toEqual(
      expect.arrayContaining([
        { code: 'file-added', file: 'data/documents/doc-9-v1-other.pdf' },
        { code: 'file-added', file: 'notes.txt' },
      ]),
    );
  });

  /** The files as somebody makes them who writes the lists anew. */
  const forged = (changed: Record<string, (text: string) => string>): Map<string, Buffer> => {
    const all = new Map(files);
    for (const [name, change] of Object.entries(changed))
      all.set(`${ID}/${name}`, Buffer.from(change(files.get(`${ID}/${name}`)?.toString() ?? '')));
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    const listed = [...all].flatMap(([name, bytes]) =>
      name.startsWith(`${ID}/data/`) ? [{ file: name.slice(ID.length + 1), sha256: hash(bytes), bytes }] : [],
    );
    const manifest = Buffer.from(manifestText(listed));
    const size = listed.reduce((sum, { bytes }) => sum + bytes.length, 0);
    const info = (files.get(`${ID}/bag-info.txt`)?.toString() ?? '')
      .replace(/^(Payload-Oxum: ).*$/m, `$1${size}.${listed.length}`)
      .replace(/^(Rial-Manifest-SHA256: ).*$/m, `$1${hash(manifest)}`);
    const tags = { 'bag-info.txt': Buffer.from(info), 'manifest-sha256.txt': manifest };
    for (const [name, bytes] of Object.entries(tags)) all.set(`${ID}/${name}`, bytes);
    const bagit = all.get(`${ID}/bagit.txt`) as Buffer;
    const own = Object.entries({ ...tags, 'bagit.txt': bagit });
    const text = manifestText(own.map(([file, bytes]) => ({ file, sha256: hash(bytes) })));
    return all.set(`${ID}/tagmanifest-sha256.txt`, Buffer.from(text));
  };
  type Told = { entries: { number: number; salt: string; content: string; hash: string; chain: string }[] };
  const inRecord = (change: (record: Told) => unknown) => (text: string) => {
    const record: Told = JSON.parse(text);
    change(record);
    return JSON.stringify(record);
  };
  const inCase = (change: (view: CaseView) => unknown) => (text: string) => {
    const view: CaseView = JSON.parse(text);
    change(view);
    return JSON.stringify(view);
  };

  test.each<[string, Record<string, (text: string) => string>, BundleFinding[]]>([
    ['nothing', {}, []],
    [
      'what an entry says',
      {
        'data/record.json': inRecord(({ entries: [, entry] }) => {
          if (entry) entry.content = entry.content.replace('2021', '2020');
        }),
      },
      [
        { code: 'entry-altered', entry: 2 },
        { code: 'entry-differs', entry: 2 },
      ],
    ],
    [
      'an entry in the middle',
      { 'data/record.json': inRecord(({ entries }) => entries.splice(2, 1)) },
      [
        ...[4, 5, 6].map((entry) => ({ code: 'entry-unlinked' as const, entry })),
        { code: 'entry-added', seq: 3 },
        { code: 'sum-differs', what: 'Rial-Record-Entries', says: '6', is: '5' },
      ],
    ],
    [
      'the order',
      { 'data/record.json': inRecord(({ entries }) => entries.reverse()) },
      [
        ...[6, 5, 4, 3, 2, 1].map((entry) => ({ code: 'entry-unlinked' as const, entry })),
        expect.objectContaining({ code: 'sum-differs', what: 'Rial-Record-Head' }) as never,
      ],
    ],
    [
      'the case beside it',
      {
        'data/case.json': inCase(({ record, contents: [content, document] }) => {
          record.splice(0, 1);
          if (record[0]) record[0].kind = 'agenda-sent';
          if (content) content.value = { reason: 'Otra cosa' };
          if (document) document.value = { document: 'doc-2' };
        }),
      },
      [
        { code: 'entry-missing', entry: 1 },
        { code: 'entry-differs', entry: 2 },
        { code: 'text-altered', hash: '0'.repeat(64) },
        { code: 'text-altered', hash: '0'.repeat(64) },
      ],
    ],
    [
      'which document it is',
      {
        'data/case.json': inCase(({ documents: [one, other] }) => {
          if (one) one.sha256 = '1'.repeat(64);
          if (other) other.file = 'documents/other.pdf';
        }),
      },
      [
        { code: 'named-altered', file: 'data/documents/doc-1-v1-marco 100%.pdf' },
        { code: 'named-missing', file: 'data/documents/other.pdf' },
        { code: 'text-altered', hash: '0'.repeat(64) },
      ],
    ],
    [
      'what an entry says, and called it withheld',
      {
        'data/record.json': inRecord(({ entries }) => {
          const { number, hash, chain } = entries[2] as Told['entries'][number];
          entries.splice(2, 1, { number, hash, chain, withheld: 'reader' } as never);
        }),
        'data/case.json': inCase(({ record }) => record.splice(2, 1)),
      },
      [{ code: 'sum-differs', what: 'withheld-entries', says: '0', is: '1' }],
    ],
    [
      'what makes it JSON',
      { 'data/case.json': () => '{' },
      [{ code: 'file-malformed', file: 'data/case.json' }],
    ],
  ])('tells that somebody changed %s, and wrote the lists anew', async (_, changed, expected) => {
    const { findings } = await verifyBundle(await place.folder(forged(changed)));
    const plain = findings.map((one) => ('hash' in one ? { ...one, hash: '0'.repeat(64) } : one));
    // The PDF has the case as it was, under a seal that is not written anew.
    const sealed = 'data/case.json' in changed ? [{ code: 'seal-case', file: 'data/case.pdf' }] : [];
    expect(plain).toEqual([
      ...expected.map((one) => ('seq' in one ? { ...one, seq: expect.any(Number) } : one)),
      ...sealed,
    ]);
  });

  test('for a delegation holds what is theirs to see; the rest is named, and the chain holds', async () => {
    const reader = { of: 'person', person: 'chl-mtps-1', party: 'chl-mtps', secretariat: false } as const;
    const zip = await scene.bundle(reader);
    const own = await filesOf(zip);
    const text = (name: string) => own.get(`${ID}/${name}`)?.toString() ?? '';
    expect([...own.keys()].filter((name) => name.includes('/mail/'))).toEqual([
      `${ID}/data/mail/0002-request-chl-mtps-1.eml`,
    ]);
    // A colleague's own mail, and what it said, are not for them; nor is a text that no answer stands by.
    const view: CaseView = JSON.parse(text('data/case.json'));
    expect(view.record).toHaveLength(5);
    expect(view.contents).toEqual([]);
    expect(`${text('data/case.json')}${text('data/record.json')}`).not.toContain('communication:chl-mtps-2');
    const { entries } = JSON.parse(text('data/record.json'));
    expect(entries.filter(({ withheld }: { withheld?: string }) => withheld)).toEqual([
      { number: 6, withheld: 'reader', hash: expect.any(String), chain: expect.any(String) },
    ]);
    const report = await verifyBundle(await place.zip(zip));
    expect(report).toMatchObject({ ok: true, entries: 6, findings: [] });
    expect(report.withheld).toEqual([{ entry: 6, why: 'reader' }]);
    expect(report.notice?.withheld).toMatchObject({ entries: 1, mails: 2, communications: 0 });
    const all = await verifyBundle(await place.zip(whole));
    expect(report.head).toBe(all.head);
  });

  test('for a delegation has the reasons that all are told, and no others', async () => {
    const whole = await scene.view();
    const change = (number: number, kind: 'pause' | 'absence') => ({
      ...{ number, kind, what: { change: kind }, reason: `Por ${kind}`, by: null, madeAt: NOW },
    });
    const view = { ...whole, changes: [change(1, 'pause'), change(2, 'absence')] } as CaseView;
    const reasons = (reader: Reader) => caseFor(view, reader).view.changes.map(({ reason }) => reason);
    const person = { of: 'person', person: 'chl-mtps-1', party: 'chl-mtps' } as const;
    expect(reasons({ ...person, secretariat: false })).toEqual(['Por pause', '']);
    expect(reasons({ ...person, secretariat: true })).toEqual(['Por pause', 'Por absence']);
    expect(reasons({ of: 'all' })).toEqual(['Por pause', 'Por absence']);
  });

  test('is whole after Temporal has forgotten the cooperation, and says so', async () => {
    const { view, source } = scene;
    const forgotten = { history: () => refused({ code: 'NotUnderWay' } as never) };
    const zip = await bundleOf(await view(), { of: 'all' }, { ...source, workflows: forgotten }, NOW);
    const report = await verifyBundle(await place.zip(await buffer(zip)));
    expect(report).toMatchObject({ ok: true, findings: [], files: 10 });
    expect(report.notice?.missing).toEqual((await view()).workflows.map(({ file }) => file));
  });

  test('is not begun where a document is not there, or Temporal does not answer', async () => {
    const { view, source } = scene;
    const empty = { ...source, documents: memoryStore() };
    await expect(bundleOf(await view(), { of: 'all' }, empty, NOW)).rejects.toThrow(NotStored);
    const away = { ...source, workflows: { history: () => refused({ code: 'Unavailable' }) } };
    await expect(bundleOf(await view(), { of: 'all' }, away, NOW)).rejects.toThrow('Unavailable');
  });
});

describe('the script in another language', () => {
  const SCRIPT = fileURLToPath(new URL('../../docs/verify_bundle.py', import.meta.url));
  const checked = async (at: string) =>
    promisify(execFile)('python3', [SCRIPT, at]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
    );
  const zipped = async (all: ReadonlyMap<string, Buffer>): Promise<string> => {
    const zip = new yazl.ZipFile();
    for (const [name, bytes] of all) zip.addBuffer(bytes, name);
    zip.end();
    return place.zip(await buffer(zip.outputStream as Readable));
  };

  test('finds all as it was written, for a delegation too', async () => {
    const { head } = await verifyBundle(await place.zip(whole));
    const all = await checked(await place.zip(whole));
    expect(all).toMatchObject({ code: 0, stdout: expect.stringContaining(`head of the record: ${head}`) });
    const reader = { of: 'person', person: 'chl-mtps-1', party: 'chl-mtps', secretariat: false } as const;
    const own = await checked(await place.zip(await scene.bundle(reader)));
    expect(own).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('withheld entries of the record: 6'),
    });
  });

  test('tells each file in which one byte is another, each that is not there, and one that was put in', async () => {
    for (const [name, bytes] of files) {
      const own = name.slice(ID.length + 1);
      const altered = Buffer.from(bytes);
      const at = Math.floor(bytes.length / 2);
      altered[at] = (altered[at] ?? 0) ^ 1;
      const one = await checked(await zipped(new Map([...files, [name, altered]])));
      expect([one.code, one.stdout.includes(own)], `${own} altered: ${one.stdout}`).toEqual([1, true]);
      const none = await checked(await zipped(new Map([...files].filter(([other]) => other !== name))));
      expect(none, own).toMatchObject({ code: 1, stdout: expect.stringContaining(`${own}: missing`) });
    }
    const more = await checked(await zipped(new Map([...files, [`${ID}/data/more.txt`, Buffer.from('x')]])));
    expect(more).toMatchObject({ code: 1, stdout: expect.stringContaining('data/more.txt: added') });
  });
});

describe('an archive that means harm', () => {
  /** A ZIP with these entries, whatever their names. */
  const zipped = async (entries: [name: string, mode?: number][]): Promise<Buffer> => {
    const zip = new yazl.ZipFile();
    for (const [index, [, mode]] of entries.entries())
      zip.addBuffer(Buffer.from('x'), `${index}`.padStart(40, 'n'), {
        compress: false,
        ...(mode && { mode }),
      });
    zip.end();
    let bytes = (await buffer(zip.outputStream as Readable)).toString('latin1');
    for (const [index, [name]] of entries.entries())
      bytes = bytes.replaceAll(`${index}`.padStart(40, 'n'), name.padEnd(40, '_'));
    return Buffer.from(bytes, 'latin1');
  };
  const padded = (name: string) => name.padEnd(40, '_');

  test.each([['../../etc/passwd'], ['/etc/passwd'], ['a/../../b'], ['C:/evil'], ['a\\..\\b'], ['a\u0000b']])(
    'has no name like %j read',
    async (name) => {
      const at = await place.zip(await zipped([['14/bagit.txt'], [name]]));
      const { ok, findings } = await verifyBundle(at);
      expect(ok).toBe(false);
      expect(findings).toContainEqual({ code: 'name-unsafe', file: padded(name) });
    },
  );

  test('is told of names that stand twice, and of links', async () => {
    const at = await place.zip(await zipped([['14/data/a'], ['14/data/a'], ['14/data/b', 0o120_777]]));
    expect((await verifyBundle(at)).findings).toEqual(
      expect.arrayContaining([
        { code: 'name-twice', file: padded('14/data/a') },
        { code: 'name-link', file: padded('14/data/b') },
      ]),
    );
    const folder = await place.folder(files);
    await symlink('/etc/passwd', `${folder}/${ID}/data/mail/x.eml`);
    expect((await verifyBundle(folder)).findings).toEqual([
      { code: 'name-link', file: `${ID}/data/mail/x.eml` },
    ]);
  });

  test('is given up where entries lie over one another, or unpack to more than is read', async () => {
    const zip = new yazl.ZipFile();
    for (const n of [1, 2, 3]) zip.addBuffer(Buffer.alloc(100_000), `14/${n}`, { compress: false });
    zip.end();
    const bytes = await buffer(zip.outputStream as Readable);
    // The first of them alone, with the directory of all.
    const short = Buffer.concat([bytes.subarray(0, 100_200), bytes.subarray(300_000)]);
    for (let at = short.length - 22; at >= 0; at--)
      if (short.readUInt32LE(at) === 0x06_05_4b_50) {
        short.writeUInt32LE(short.readUInt32LE(at + 16) - 199_800, at + 16);
        break;
      }
    expect((await verifyBundle(await place.zip(short))).findings).toEqual([{ code: 'exhausting' }]);

    const bomb = Buffer.from(whole);
    const directory = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bomb.writeUInt32LE(0xf0_00_00_00, directory + 24);
    const second = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), directory + 4);
    bomb.writeUInt32LE(0xf0_00_00_00, second + 24);
    const third = bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2]), second + 4);
    bomb.writeUInt32LE(0xf0_00_00_00, third + 24);
    expect((await verifyBundle(await place.zip(bomb))).findings).toContainEqual({ code: 'exhausting' });
  });

  test('is none, or holds none', async () => {
    expect((await verifyBundle(await place.zip(Buffer.from('PK no')))).findings).toEqual([
      { code: 'unreadable' },
    ]);
    expect((await verifyBundle(`${await place.folder(new Map())}x`)).findings).toEqual([
      { code: 'unreadable' },
    ]);
    const other = await place.zip(await zipped([['letters/a.txt']]));
    expect((await verifyBundle(other)).findings).toEqual([{ code: 'no-bag' }]);
    expect((await verifyBundle(await place.zip(whole.subarray(0, whole.length - 200)))).findings).toEqual([
      { code: 'unreadable' },
    ]);
  });
});
