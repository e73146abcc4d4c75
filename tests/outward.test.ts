import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { passageOf } from '../src/domain/results/library.ts';
import { FLAGS } from '../src/process/settings.ts';
import { root, sourceOf, sourcesUnder } from './support/sources.ts';

/** What the program runs and reaches: nothing that people name, for it is named by settings, and in the places below alone. */

const FILES = ['src', 'worker', 'activities', 'workflows', 'bin'].flatMap(sourcesUnder).map(sourceOf);
const filesWith = (pattern: RegExp): string[] =>
  FILES.filter(({ text }) => pattern.test(text)).map(({ file }) => file);

it('programs are run by their path and a list of arguments, not by a line that a shell reads', () => {
  const imports = FILES.flatMap(({ text }) =>
    [...text.matchAll(/import \{([^}]*)\} from 'node:child_process'/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  );
  expect(imports.length).toBeGreaterThan(10);
  expect(new Set(imports)).toEqual(new Set(['execFile', 'execFileSync', 'spawn', 'type ChildProcess']));
  expect(
    filesWith(/import (?!\{)[^;]*'node:child_process'|(?:import|require)\('node:child_process'\)/),
  ).toEqual([]);
  expect(filesWith(/\bshell:/)).toEqual([]);
  // Each runs a line of its own, in which no value stands but numbers of theirs; values are arguments.
  expect(
    filesWith(/spawn\(\s*'(?:\/bin\/)?(?:sh|bash)'|execFile(?:Sync)?\(\s*'(?:\/bin\/)?(?:sh|bash)'/),
  ).toEqual([
    'src/inspection/apart.ts',
    'src/postgres-server/throwaway.ts',
    'src/publications/wordPdfChild.ts',
  ]);
});

it('what settings can place elsewhere is told under External parts of docs/operations.md', () => {
  const [, told = ''] =
    /^## External parts\n(.*?)^## /ms.exec(readFileSync(path.join(root, 'docs/operations.md'), 'utf8')) ?? [];
  // Not `--url`, which is the site's own, nor what is a link on a page.
  const elsewhere = FLAGS.filter(
    (flag) =>
      /(?:^|-)(?:url|address|issuer|host)$|^clamd$/.test(flag) && !['url', 'temporal-ui-url'].includes(flag),
  );
  expect(elsewhere).toEqual(
    expect.arrayContaining([
      'oidc-issuer',
      'temporal-address',
      'database-url',
      'smtp-url',
      'imap-host',
      'clamd',
    ]),
  );
  expect(elsewhere.filter((flag) => flag !== 'mail-in-address' && !told.includes(`\`--${flag}\``))).toEqual(
    [],
  );
});

it('connections lead to what settings name, and to where the servers are published', () => {
  // `rial` and a play of it, to the system; the authority of `--timestamp-url`; the provider of `--oidc-issuer`, where its library would go, with a limit on
  // what comes back; the two servers, from addresses that stand in the program.
  expect(filesWith(/(?<!\bapp\.)\bfetch\(/)).toEqual([
    'src/api/client.ts',
    'src/play/mailbox.ts',
    'src/runtime/timestampAuthority.ts',
    'src/site/signing-in/provider.ts',
    'src/temporal-server/downloadChild.ts',
    'src/temporal-server/timeSkipping.ts',
  ]);
  // The same, ports of this machine, the scanner of `--clamd`, and the site's own address.
  const called = /\b(?:net|tls|https?|http2)\.(?:connect|createConnection|request|get)\(/;
  const named =
    /import \{[^}]*\b(?:connect|createConnection|request|get)\b[^}]*\} from 'node:(?:net|tls|https?|http2)'/;
  expect([...filesWith(called), ...filesWith(named)].sort()).toEqual([
    'src/inspection/clamd.ts',
    'src/process/encryption.ts',
    'src/process/ports.ts',
    'src/temporal-server/pinnedDownload.ts',
  ]);
  expect(filesWith(/\bundici\b|\bXMLHttpRequest\b|new WebSocket\(/)).toEqual([]);
});

it('expressions are made of what stands in the program; of people’s words, of their letters and digits alone', () => {
  // Of kinds of request; of the stems of words that are looked for.
  expect(filesWith(/\bRegExp\(/)).toEqual(['src/domain/ids.ts', 'src/domain/results/library.ts']);
  const began = performance.now();
  for (const stem of ['(((', 'a.b', '*', '[', '(a+)+$', '\\', 'x.example/(a'])
    expect(passageOf(`${'a'.repeat(30_000)}!`, [stem])).toBeDefined();
  expect(performance.now() - began).toBeLessThan(2_000);
});
