import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { programmeJsonSchema } from '../../src/domain/programme/programmeFile.ts';
import { exampleSource } from '../support/programme.ts';
import { speakPseudo, strayWords, textsOf } from '../support/pseudo.ts';
import { approveProgramme, caseOf, chooseDate, overdueQuestion } from './cases.ts';
import { folder, rial } from './rial.ts';
import { testServer } from './server.ts';

/** What a command prints comes from a catalogue: what stands outside the brackets is a fact of the example. */

speakPseudo();

const ID = '14-per-chl';
const view = caseOf({ requests: [approveProgramme, overdueQuestion, chooseDate] });
const REASON = ['--reason', 'Feriado en Lima'];
const WHO = ['--name', 'Ana Pérez', '--email', 'ana.perez@mtpe.example'];
const QUESTION = overdueQuestion.id;

const COMMANDS: string[][] = [
  ['list'],
  ['show', ID],
  ['show', ID, approveProgramme.id],
  ['open', ID],
  ['answer', ID, approveProgramme.id, '--by', 'chl-mtps-1', '--approve'],
  ['answer', ID, approveProgramme.id, '--by', 'per-mtpe-1', '--approve'],
  ['answer', ID, chooseDate.id, '--by', 'per-mtpe-1', '--done'],
  ['answer', ID, QUESTION, '--by', 'nobody-1', '--text', 'Sí.'],
  ['ask', ID, '--by', 'per-mtpe-1', '--to', 'chl-mtps', '¿Cuándo?'],
  ['doctor'],
  ['check', 'examples/peru-chile-2021.yaml'],
  ['check', 'examples/nothing.yaml'],
  ['export', 'no-such-cooperation', '--out', '/nowhere/at/all'],
  ['extend', ID, QUESTION, '--until', '2031-08-27', ...REASON],
  ['extend', ID, QUESTION, '--until', 'mañana', ...REASON],
  ['reassign', ID, QUESTION, '--from', 'per-mtpe', '--to', 'chl-mtps', ...REASON],
  ['waive', ID, QUESTION, ...REASON],
  ['hand-over', ID, QUESTION, '--from', 'per-mtpe-1', '--to', 'per-mtpe-2', ...REASON],
  [
    'absence',
    ID,
    'per-mtpe-1',
    '--from',
    '2031-08-16',
    '--to',
    '2031-08-20',
    '--stand-in',
    'per-mtpe-2',
    ...REASON,
  ],
  ['replace', ID, 'per-mtpe-1', '--with', 'per-mtpe-2', ...REASON],
  ['join', ID, 'observer', ...WHO, ...REASON],
  ['leave', ID, 'per-mtpe-2', ...REASON],
  ['focal-point', ID, 'per-mtpe-2', ...REASON],
  ['correct', ID, 'per-mtpe-1', '--email', 'ana.perez@mtpe.example', ...REASON],
  ['reschedule', ID, '1', '--date', '2031-08-17 10:00', '--hours', '2', '--place', 'Lima', ...REASON],
  ['reschedule-meeting', ID, '--date', '2031-06-11 10:00', '--hours', '1', ...REASON],
  ['cancel-meeting', ID, ...REASON],
  [
    'add-session',
    ID,
    '--contents',
    'Cierre',
    '--date',
    '2031-09-01',
    '--starts',
    '10:00',
    '--hours',
    '1.5',
    ...REASON,
  ],
  ['cancel-session', ID, '3', ...REASON],
  ['pause', ID, ...REASON, '--dry-run'],
  ['cancel', ID, ...REASON],
  ['cancel', ID],
];

/** What a terminal is told by, and where things are. */
const OWN = [
  'chl-mtps-1',
  'no-such-cooperation',
  'documents/answer-question.3',
  'examples',
  '/nowhere/at/all',
  `${process.cwd()}/data`,
  'RIAL_TOKEN',
  'rial',
  `pause ${ID} --reason '${REASON[1]}' --seen 0`,
];

describe('what a command prints', () => {
  const known = [...textsOf(view), ...textsOf(COMMANDS), ...textsOf(exampleSource()), ...OWN];
  async function isOfCatalogues(url: string, args: readonly string[], facts: readonly string[] = []) {
    const { out, err } = await rial(url, args, { env: { RIAL_LANGUAGE: 'en' } });
    const said = stripVTControlCharacters(`${out}\n${err}`);
    expect(said).toContain('⟦');
    expect(strayWords([...known, ...facts])(said), said).toEqual([]);
  }

  it.each(COMMANDS.map((args) => [args.join(' '), args] as const))('%s', async (_, args) => {
    const { url } = await testServer({ cases: [view] });
    await isOfCatalogues(url, args);
  });

  it('of what is wrong in a programme file', async () => {
    const at = path.join(await folder(), 'mistaken.yaml');
    const mistaken = exampleSource()
      .replace('country: PE', 'country: XX')
      .replace(/role: providing/, 'role: requesting')
      .replace('date: 2021-07-14', 'date: 2021-02-30')
      .concat('\ncolour: blue\n');
    await writeFile(at, mistaken);
    // A file is told of in its own words.
    const keys = [
      'country',
      'providing',
      'date',
      'colour',
      ...Object.keys(programmeJsonSchema().properties as object),
    ];
    const facts = [at, path.dirname(at), 'mistaken.yaml', 'XX', ...keys];
    await isOfCatalogues('http://127.0.0.1:1', ['check', at], facts);
  });
});
