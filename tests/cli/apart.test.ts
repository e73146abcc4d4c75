import { describe, expect, test } from 'vitest';
import { approveProgramme, caseOf, PROGRAMME_TEXT } from './cases.ts';
import { apart, begin, type Options, rial } from './rial.ts';
import { refusing, testServer } from './server.ts';

const ID = '14-per-chl';
const NOWHERE = 'http://127.0.0.1:1';
const view = caseOf({ requests: [approveProgramme] });
const approve = ['answer', ID, approveProgramme.id, '--by', 'chl-mtps-2', '--approve'];
const mistaken = PROGRAMME_TEXT.replace('country: PE', 'country: XX');

/** The other tests run commands in their own process: what they find is what people get. */
describe('a process of its own prints the same on each output, ends of itself, and with', () => {
  const CASES: [string, number, readonly string[], Options?][] = [
    ['a result', 0, ['show', ID]],
    ['JSON', 0, ['list', '--json']],
    ['colours and lines of a terminal', 0, ['open', ID], { columns: 60 }],
    ['what was sent', 0, approve],
    ['help', 0, ['answer', '--help']],
    ['its version', 0, ['--version']],
    ['a refusal', 1, ['show', 'no-such-cooperation']],
    ['what was typed wrongly', 2, ['list', '--language', 'de']],
    ['an option that there is not', 2, ['list', '--colour']],
    ['no command', 2, []],
    ['mistakes of a file that comes in', 4, ['check', '-'], { stdin: mistaken }],
    [
      'a language of the environment',
      0,
      ['list'],
      { env: { RIAL_LANGUAGE: undefined, LANG: 'pt_BR.UTF-8' } },
    ],
  ];
  test.each(CASES)('%s: %i', async (_, code, args, options) => {
    const { url } = await testServer({ cases: [view] });
    const its = await apart(url, args, options);
    expect(its.code).toBe(code);
    expect(its.out + its.err).not.toBe('');
    expect(await rial(url, args, options)).toEqual(its);
  });

  test('a server that is not there: 3', async () => {
    const its = await apart(NOWHERE, ['list']);
    expect(its).toMatchObject({ code: 3, out: '' });
    expect(await rial(NOWHERE, ['list'])).toEqual(its);
  });

  test('a failure of the server: 70', async () => {
    const { url, replies } = await testServer({ cases: [view] });
    replies.set('GET /cooperations', refusing(500, { code: 'Internal' }));
    const its = await apart(url, ['list']);
    expect(its).toMatchObject({ code: 70, out: '' });
    expect(await rial(url, ['list'])).toEqual(its);
  });
});

test('a reader that has seen enough is no failure', async () => {
  const { url } = await testServer({ cases: [view] });
  const { process, ended } = begin(url, ['show', ID]);
  process.stdout?.destroy();
  expect(await ended).toMatchObject({ code: 0, err: '' });
});

test('what is longer than a pipe holds comes whole', async () => {
  const { url } = await testServer({
    cases: [caseOf({ requests: [{ ...approveProgramme, trouble: 'largo '.repeat(100_000) }] })],
  });
  const its = await apart(url, ['show', ID, '--json']);
  expect(its.out.length).toBeGreaterThan(500_000);
  expect(await rial(url, ['show', ID, '--json'])).toEqual(its);
});
