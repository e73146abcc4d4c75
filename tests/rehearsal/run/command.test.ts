import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { width } from '../../../src/cli/terminal.ts';
import { caseView } from '../../../src/domain/caseView.ts';
import { apart, begin, folder, jsonOf } from '../../cli/rial.ts';

/** `rial rehearse` as people type it. It needs no server: there is none. */

const NOWHERE = 'http://127.0.0.1:1';
const FILE = fileURLToPath(new URL('../../../examples/peru-chile-2021.yaml', import.meta.url));
const env = { HOME: process.env.HOME, RIAL_CACHE: process.env.RIAL_CACHE, JAVA_HOME: process.env.JAVA_HOME };

/** A rehearsal that ends after a few days. */
async function short(more = ''): Promise<{ dir: string; scenario: string }> {
  const dir = await folder();
  const scenario = path.join(dir, 'scenario.yaml');
  writeFileSync(scenario, `title: Hasta el programa\nuntil: "2021-06-16 09:00"\n${more}`);
  return { dir, scenario };
}

test('prints a calendar that fits a terminal, and writes the case with its timeline', async () => {
  const { dir, scenario } = await short();
  const out = path.join(dir, 'out');
  const ran = await apart(NOWHERE, ['rehearse', FILE, '--scenario', scenario, '--out', out], {
    env: { ...env, NO_COLOR: '1' },
    columns: 80,
  });
  expect(ran.err).toMatch(/━/);
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/^junio de 2021$/m);
  expect(ran.out).toMatch(/^mié {2}9 {2}09:00 Washington/m);
  expect(ran.out).toMatch(/10:00 Lima {8}◆ Reunión de coordinación, hasta las 11:30/);
  expect(ran.out).toMatch(/✉ MTPS de Chile \(4\), MTPE del Perú \(5\): \[Acción\s+requerida\]/);
  expect(ran.out).toMatch(/El ensayo acaba el mié 16 jun 09:00 Washington/);
  for (const line of ran.out.split('\n')) expect(width(line)).toBeLessThanOrEqual(80);

  const view = caseView.parse(JSON.parse(readFileSync(path.join(out, 'case.json'), 'utf8')));
  for (const mail of view.mails) {
    const bytes = readFileSync(path.join(out, mail.file));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(mail.sha256);
    expect(bytes.toString()).toMatch(/^Date: .* Jun 2021 /m);
    // As it would be sent, with its button.
    const { html } = await PostalMime.parse(bytes);
    expect(html).toMatch(/<a href="https:\/\/cooperacion\.rial\.example\/r\/[0-9a-f]{48}"/);
  }
  expect(readdirSync(path.join(out, 'histories')).sort()).toEqual([
    'cooperation.json',
    'coordination.json',
    'documents.json',
    'session-1.json',
  ]);
  const timeline = readFileSync(path.join(out, 'timeline.jsonl'), 'utf8').trim().split('\n');
  expect(JSON.parse(timeline[0] ?? '')).toMatchObject({
    at: '2021-06-09T13:00:00.000Z',
    local: '2021-06-09 09:00 America/New_York',
    workflow: 'cooperation/14-per-chl',
    kind: 'cooperation-filed',
    text: 'La cooperación fue registrada',
  });
});

test('as JSON, in another language, with a change that is refused', async () => {
  const { scenario } = await short(
    'changes:\n  - { at: "2021-06-15 10:00", reason: Viaje., reschedule: { session: 1, hours: 2 } }\n',
  );
  const ran = await apart(NOWHERE, ['rehearse', FILE, '--scenario', scenario, '--json', '--language', 'en'], {
    env,
  });
  expect(ran.code).toBe(0);
  const result = jsonOf<{ end: string; timeline: { text: string; kind: string }[]; mails: unknown[] }>(ran);
  expect(result.end).toBe('until');
  expect(result.timeline.map(({ text }) => text)).toContain('Coordination meeting, until 11:30\u00a0a.m.');
  expect(result.mails).toHaveLength(14);
});

test('mistakes in either file end it before it begins', async () => {
  const { dir, scenario } = await short('answers:\n  - party: nadie\n');
  const wrong = path.join(dir, 'programa.yaml');
  writeFileSync(wrong, readFileSync(FILE, 'utf8').replace('country: PE', 'country: Perú'));
  const both = await Promise.all([
    apart(NOWHERE, ['rehearse', wrong], { env }),
    apart(NOWHERE, ['rehearse', FILE, '--scenario', scenario], { env }),
  ]);
  expect(both.map(({ code }) => code)).toEqual([4, 4]);
  expect(both[1]?.err).toMatch(
    /scenario\.yaml:4:12 {2}answers\[0\]\.party: "nadie" no es una parte de este programa/,
  );
});

test('a Ctrl-C leaves nothing behind', async () => {
  const { dir } = await short();
  const out = path.join(dir, 'out');
  const child = begin(NOWHERE, ['rehearse', FILE, '--out', out], { env, columns: 80 });
  await child.heard('202');
  const servers = () =>
    execFileSync('ps', ['-o', 'pid=', '--ppid', String(child.process.pid)], { encoding: 'utf8' }).trim();
  const server = servers().split('\n')[0]?.trim() ?? '';
  expect(server).not.toBe('');
  child.process.kill('SIGINT');
  expect((await child.ended).code).toBe(130);
  expect(existsSync(out)).toBe(false);
  expect(existsSync(`/proc/${server}`)).toBe(false);
});
