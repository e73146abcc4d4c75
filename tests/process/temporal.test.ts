import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { configFrom } from '../../src/process/config.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rial-profile-'));
  file = path.join(folder, 'temporal.toml');
  writeFileSync(
    file,
    `[profile.default]
address = "default.example:7233"

[profile.ministry]
address = "temporal.ministry.example:7233"
namespace = "rial"
api_key = "let-me-in"
`,
  );
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const temporalOf = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  configFrom(args, { TEMPORAL_CONFIG_FILE: file, ...env }).temporal;

it('a profile says where Temporal is, its namespace, and what lets us in', () => {
  const { external, namespace } = temporalOf(['--temporal-profile', 'ministry']);
  expect(external).toMatchObject({
    address: 'temporal.ministry.example:7233',
    options: { address: 'temporal.ministry.example:7233', apiKey: 'let-me-in' },
  });
  expect(namespace).toBe('rial');
});

it('what is given comes before what the profile says', () => {
  const { external, namespace } = temporalOf(
    ['--temporal-address', 'other.example:7233', '--temporal-namespace', 'trial'],
    { TEMPORAL_PROFILE: 'ministry' },
  );
  expect(external?.options).toMatchObject({ address: 'other.example:7233', apiKey: 'let-me-in' });
  expect(namespace).toBe('trial');
});

it('variables of Temporal alone do as well', () => {
  const env = { TEMPORAL_ADDRESS: 'variable.example:7233', TEMPORAL_NAMESPACE: 'told' };
  const { external, namespace } = temporalOf(['--parts-tls', 'offered'], env);
  expect([external?.address, namespace]).toEqual(['variable.example:7233', 'told']);
});

it('a file that is there for other programs does not place our Temporal elsewhere', () => {
  expect(temporalOf([])).toMatchObject({ namespace: 'default' });
  expect(temporalOf([]).external).toBeUndefined();
});

it('`none` reads nothing but the address: the embedded server has no key', () => {
  const flags = ['--temporal-address', '127.0.0.1:7233', '--temporal-profile', 'none'];
  const { external } = temporalOf(flags, { TEMPORAL_API_KEY: 'let-me-in', TEMPORAL_PROFILE: 'ministry' });
  expect(external?.options).toEqual({ address: '127.0.0.1:7233' });
});

it('a profile that is not there is named with its setting', () => {
  expect(() => temporalOf(['--temporal-profile', 'minstry'])).toThrow(/^--temporal-profile minstry: /);
});
