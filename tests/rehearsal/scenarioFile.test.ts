import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CHANGE_KINDS } from '../../src/domain/change.ts';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { type FileMistake, mistake } from '../../src/domain/mistake.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { checkScenarioFile, scenarioJsonSchema } from '../../src/rehearsal/scenarioFile.ts';
import { isSaid } from '../support/mistakes.ts';

const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
const checked = checkProgrammeFile(example('peru-chile-2021.yaml'));
if ('mistakes' in checked) throw new Error('the example has mistakes');
const { programme } = checked;

function mistakes(source: string): FileMistake[] {
  const result = checkScenarioFile(source, programme);
  return 'mistakes' in result ? result.mistakes : [];
}

describe('the examples', () => {
  const files = readdirSync(new URL('../../examples/scenarios/', import.meta.url)).filter((name) =>
    name.endsWith('.yaml'),
  );

  test.each(files)('%s has no mistakes, says what it shows, and how to rehearse it', (name) => {
    const source = example(`scenarios/${name}`);
    if (/^ {2}id: |^id: /m.test(source)) return;
    const [, of = 'peru-chile-2021.yaml'] = /rehearse examples\/(\S+\.yaml)/.exec(source) ?? [];
    const rehearsed = checkProgrammeFile(example(of));
    if ('mistakes' in rehearsed) throw new Error(of);
    expect(checkScenarioFile(source, rehearsed.programme)).not.toHaveProperty('mistakes');
    expect(source).toMatch(/^title: /m);
  });
});

/** Everybody of the example. */
const PEOPLE = [
  'chl-mtps-1',
  'chl-mtps-2',
  'chl-mtps-3',
  'chl-mtps-4',
  'per-mtpe-1',
  'per-mtpe-2',
  'per-mtpe-3',
  'per-mtpe-4',
  'per-mtpe-5',
  'oas-1',
  'oas-2',
  'consultant-1',
];

type Row = readonly [what: string, source: string, mistakes: FileMistake[]];
const ROWS: Row[] = [
  [
    'a key that is misspelt',
    'titel: Tarde\n',
    [
      {
        line: 1,
        column: 1,
        path: 'titel',
        code: 'KeyUnknown',
        key: 'titel',
        meant: 'title',
        known: [
          ...[
            'title',
            'from',
            'until',
            'followUp',
            'answers',
            'questions',
            'communications',
            'enquiries',
            'comments',
          ],
          ...['documents', 'certificates', 'consents', 'takeBacks', 'changes', 'mail'],
        ],
      },
    ],
  ],
  [
    'a party that is none',
    'answers:\n  - request: choose-date\n    party: per-mpte\n    after: 3 days\n',
    [
      {
        line: 3,
        column: 12,
        path: 'answers[0].party',
        code: 'PartyUnknown',
        value: 'per-mpte',
        meant: 'per-mtpe',
        known: ['per-mtpe', 'chl-mtps', 'oas', 'consultant'],
      },
    ],
  ],
  [
    'a person of another party',
    'answers:\n  - party: per-mtpe\n    by: chl-mtps-2\n    after: never\n',
    [
      {
        line: 3,
        column: 9,
        path: 'answers[0].by',
        code: 'PersonOfOtherParty',
        person: 'chl-mtps-2',
        party: 'per-mtpe',
      },
    ],
  ],
  [
    'nobody, among several',
    'answers:\n  - by: [chl-mtps-1, chl-mtps-9]\n',
    [
      {
        line: 2,
        column: 22,
        path: 'answers[0].by[1]',
        code: 'PersonUnknown',
        value: 'chl-mtps-9',
        meant: 'chl-mtps-1',
        known: PEOPLE,
      },
    ],
  ],
  [
    'a kind of request that is none',
    'answers:\n  - request: approve-program\n    after: never\n',
    [
      {
        line: 2,
        column: 14,
        path: 'answers[0].request',
        code: 'RequestMalformed',
        value: 'approve-program',
        kinds: [...REQUEST_KINDS],
      },
    ],
  ],
  [
    'a delay in calendar terms',
    'answers:\n  - after: 3 weeks\n',
    [{ line: 2, column: 12, path: 'answers[0].after', code: 'DelayMalformed', value: '3 weeks' }],
  ],
  [
    'two times for one answer',
    'answers:\n  - after: 3 days\n    at: "2021-06-18 10:00"\n',
    [{ line: 3, column: 9, path: 'answers[0].at', code: 'DelayAndTime' }],
  ],
  [
    'an answer that such a request does not take',
    'answers:\n  - request: choose-date\n    changes: No.\n',
    [
      {
        line: 3,
        column: 14,
        path: 'answers[0].changes',
        code: 'AnswerNotTaken',
        kind: 'choose-date',
        takes: ['marks'],
      },
    ],
  ],
  [
    'two answers at once of one person',
    'answers:\n  - request: record-session\n    changes: No.\n    not-held: true\n',
    [
      {
        line: 3,
        column: 14,
        path: 'answers[0].changes',
        code: 'AnswerNotTaken',
        kind: 'record-session',
        takes: ['done', 'not-held'],
      },
      {
        line: 4,
        column: 15,
        path: 'answers[0].not-held',
        code: 'AnswersTwice',
        keys: ['changes', 'not-held'],
      },
    ],
  ],
  [
    'a mark that is none',
    'answers:\n  - request: choose-date\n    marks: { 2021-08-17: maybe }\n',
    [
      {
        line: 3,
        column: 26,
        path: 'answers[0].marks.2021-08-17',
        code: 'WordUnknown',
        value: 'maybe',
        words: ['yes', 'if-need-be', 'no'],
      },
    ],
  ],
  [
    'a time without its hour',
    'changes:\n  - at: 2021-08-20\n    reason: Viaje.\n    pause: true\n',
    [{ line: 2, column: 9, path: 'changes[0].at', code: 'MomentMalformed', value: '2021-08-20' }],
  ],
  [
    'a time before the beginning',
    'changes:\n  - at: "2020-08-20 10:00"\n    reason: Viaje.\n    pause: true\n',
    [
      {
        line: 2,
        column: 9,
        path: 'changes[0].at',
        code: 'BeforeRehearsal',
        value: '2020-08-20 10:00',
        begins: '2021-06-09',
      },
    ],
  ],
  [
    'a moment that is counted from nothing',
    'changes:\n  - at: { before: sesion-2, hours: 1 }\n    reason: Viaje.\n    pause: true\n',
    [{ line: 2, column: 19, path: 'changes[0].at.before', code: 'AnchorMalformed', value: 'sesion-2' }],
  ],
  [
    'a moment that is counted both ways',
    'changes:\n  - at: { before: session-2, after: session-1, hours: 1 }\n    reason: Viaje.\n    pause: true\n',
    [{ line: 2, column: 5, path: 'changes[0].at', code: 'BeforeOrAfter' }],
  ],
  [
    'a session that there is not',
    'changes:\n  - at: { before: session-5, hours: 1 }\n    reason: Viaje.\n    cancel-session: { session: 4 }\n',
    [
      { line: 2, column: 19, path: 'changes[0].at.before', code: 'SessionUnknown', session: 5, last: 3 },
      {
        line: 4,
        column: 32,
        path: 'changes[0].cancel-session.session',
        code: 'SessionUnknown',
        session: 4,
        last: 3,
      },
    ],
  ],
  [
    'a change without its reason',
    'changes:\n  - at: "2021-08-20 10:00"\n    pause: true\n',
    [
      {
        line: 2,
        column: 5,
        path: 'changes[0].reason',
        code: 'KeyMissing',
        key: 'reason',
        advice: { as: 'example', key: 'reason', example: 'The ministry moves to another building.' },
      },
    ],
  ],
  [
    'an entry that changes nothing, and one that changes two things',
    'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    pause: true\n    cancel: true\n',
    [
      { line: 2, column: 5, path: 'changes[0]', code: 'OneChange', changes: CHANGE_KINDS },
      { line: 4, column: 5, path: 'changes[1]', code: 'OneChange', changes: CHANGE_KINDS },
    ],
  ],
  [
    'a change that is misspelt',
    'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    extended: { request: session-2/choose-date.1, due: 2021-08-25 }\n',
    [
      {
        line: 4,
        column: 5,
        path: 'changes[0].extended',
        code: 'KeyUnknown',
        key: 'extended',
        meant: 'extend',
        known: ['at', 'by', 'reason', ...CHANGE_KINDS],
      },
    ],
  ],
  [
    'what is wrong inside a change',
    'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    extend: { request: choose-date, due: 25/08/2021 }\n',
    [
      {
        line: 4,
        column: 24,
        path: 'changes[0].extend.request',
        code: 'RequestIdMalformed',
        value: 'choose-date',
      },
      { line: 4, column: 42, path: 'changes[0].extend.due', code: 'DateMalformed', value: '25/08/2021' },
    ],
  ],
  [
    'somebody unknown to the mail server, and a refusal that is none',
    'mail:\n  refuses:\n    - to: per-mtpe-8\n      reply: "450 vuelva luego"\n',
    [
      {
        line: 3,
        column: 11,
        path: 'mail.refuses[0].to',
        code: 'PersonUnknown',
        value: 'per-mtpe-8',
        meant: 'per-mtpe-1',
        known: PEOPLE,
      },
      {
        line: 4,
        column: 14,
        path: 'mail.refuses[0].reply',
        code: 'MailRefusalMalformed',
        value: '450 vuelva luego',
      },
    ],
  ],
  [
    'an outage that ends before it begins',
    'mail:\n  away:\n    - from: "2021-06-11 17:30"\n      until: "2021-06-11 10:30"\n',
    [{ line: 4, column: 14, path: 'mail.away[0].until', code: 'OutageReversed' }],
  ],
  [
    'a question to the Secretariat',
    'questions:\n  - at: { after: session-1, days: 1 }\n    by: per-mtpe-1\n    to: oas\n',
    [
      {
        line: 4,
        column: 9,
        path: 'questions[0].to',
        code: 'MinistryUnknown',
        value: 'oas',
        known: ['per-mtpe', 'chl-mtps'],
      },
    ],
  ],
  [
    'no YAML',
    'answers:\n  - request: choose-date\n   party: per-mtpe\n',
    [{ line: 3, column: 4, path: '', code: 'IndentOtherwise', indent: 3, wanted: 4 }],
  ],
  ['nothing', '# nada\n', [{ line: 1, column: 1, path: '', code: 'FileEmpty', file: 'scenario' }]],
  ['a list', '- title: uno\n', [{ line: 1, column: 1, path: '', code: 'FileWithoutKeys', file: 'scenario' }]],
];

describe('a mistake is told with its place and its values', () => {
  test.each(ROWS)('%s', (_, source, expected) => {
    const found = mistakes(source);
    expect(found).toEqual(expected);
    for (const one of found) {
      expect(mistake.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
      for (const language of LANGUAGES) isSaid(one, language);
    }
  });

  test('all of a file at once, in its order', () => {
    const found = mistakes(
      'titel: x\nanswers:\n  - party: nadie\n    after: luego\nmail:\n  away:\n    - from: ayer\n',
    );
    expect(found.map(({ line, column }) => `${line}:${column}`)).toEqual([
      '1:1',
      '3:12',
      '4:12',
      '7:7',
      '7:13',
    ]);
  });
});

test('docs/scenario.schema.json is current; write it with: npm run docs', () => {
  const written = readFileSync(new URL('../../docs/scenario.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

test('people who come in by a change have the next code of their party', () => {
  const source = (code: string) =>
    `answers:\n  - by: ${code}\n    after: 2 days\nchanges:\n  - at: "2021-07-01 10:00"\n    reason: Jubilación.\n    replace: { person: chl-mtps-2, with: { name: Ana Soto, email: ana.soto@mtps-chile.example } }\n`;
  expect(mistakes(source('chl-mtps-5'))).toEqual([]);
  expect(mistakes(source('chl-mtps-6'))).toHaveLength(1);
});
