import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkProgrammeFile } from '../../src/domain/programmeFile.ts';
import { formatMistakes } from '../../src/domain/yamlFile.ts';
import { checkScenarioFile, scenarioJsonSchema } from '../../src/rehearsal/scenarioFile.ts';

const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
const checked = checkProgrammeFile(example('peru-chile-2021.yaml'));
if ('mistakes' in checked) throw new Error('the example has mistakes');
const { programme } = checked;

/** The mistakes of a scenario, a line each, as a terminal shows them. */
function mistakes(source: string): string[] {
  const result = checkScenarioFile(source, programme, 's.yaml');
  return 'mistakes' in result ? formatMistakes(result.mistakes, 's.yaml').split('\n') : [];
}

describe('the examples', () => {
  const files = readdirSync(new URL('../../examples/scenarios/', import.meta.url)).filter((name) =>
    name.endsWith('.yaml'),
  );

  test.each(files)('%s has no mistakes, says what it shows, and how to rehearse it', (name) => {
    const source = example(`scenarios/${name}`);
    if (/^ {2}id: |^id: /m.test(source)) return;
    expect(mistakes(source)).toEqual([]);
    expect(source).toMatch(/^title: /m);
  });
});

describe('a mistake is told with its place and what to write instead', () => {
  test.each([
    [
      'a key that is misspelt',
      'titel: Tarde\n',
      [/^s\.yaml:1:1 {2}titel: "titel" is not a key.*did you mean title\?/],
    ],
    [
      'a party that is none',
      'answers:\n  - request: choose-date\n    party: per-mpte\n    after: 3 days\n',
      [
        /^s\.yaml:3:12 {2}answers\[0\]\.party: "per-mpte" is no party .*did you mean per-mtpe\? Known here: per-mtpe, chl-mtps, oas, consultant/,
      ],
    ],
    [
      'a person of another party',
      'answers:\n  - party: per-mtpe\n    by: chl-mtps-2\n    after: never\n',
      [/^s\.yaml:3:9 {2}answers\[0\]\.by: chl-mtps-2 is not of per-mtpe/],
    ],
    [
      'nobody, among several',
      'answers:\n  - by: [chl-mtps-1, chl-mtps-9]\n',
      [
        /^s\.yaml:2:22 {2}answers\[0\]\.by\[1\]: "chl-mtps-9" is nobody of this programme; did you mean chl-mtps-1\?/,
      ],
    ],
    [
      'a kind of request that is none',
      'answers:\n  - request: approve-program\n    after: never\n',
      [
        /^s\.yaml:2:14 {2}answers\[0\]\.request: "approve-program" is no request; write a kind, such as choose-date/,
      ],
    ],
    [
      'a delay in calendar terms',
      'answers:\n  - after: 3 weeks\n',
      [/^s\.yaml:2:12 {2}answers\[0\]\.after: "3 weeks" is not understood; write working days or hours/],
    ],
    [
      'two times for one answer',
      'answers:\n  - after: 3 days\n    at: "2021-06-18 10:00"\n',
      [/^s\.yaml:3:9 {2}answers\[0\]\.at: an answer comes either after some time or at a time/],
    ],
    [
      'an answer that such a request does not take',
      'answers:\n  - request: choose-date\n    changes: No.\n',
      [/^s\.yaml:3:14 {2}answers\[0\]\.changes: choose-date is not answered so; it takes marks/],
    ],
    [
      'two answers at once of one person',
      'answers:\n  - request: record-session\n    changes: No.\n    not-held: true\n',
      [
        /:4:15 .*an answer says one thing; keep one of: changes, not-held/,
        /changes: record-session is not answered so/,
      ],
    ],
    [
      'a mark that is none',
      'answers:\n  - request: choose-date\n    marks: { 2021-08-17: maybe }\n',
      [
        /^s\.yaml:3:26 {2}answers\[0\]\.marks\.2021-08-17: "maybe" is not one of the words.*yes, if-need-be, no/,
      ],
    ],
    [
      'a time without its hour',
      'changes:\n  - at: 2021-08-20\n    reason: Viaje.\n    pause: true\n',
      [/^s\.yaml:2:9 {2}changes\[0\]\.at: "2021-08-20" is not written as a time; write date and hour/],
    ],
    [
      'a time before the beginning',
      'changes:\n  - at: "2020-08-20 10:00"\n    reason: Viaje.\n    pause: true\n',
      [/^s\.yaml:2:9 {2}changes\[0\]\.at: "2020-08-20 10:00" is before the rehearsal begins \(2021-06-09\)/],
    ],
    [
      'a moment that is counted from nothing',
      'changes:\n  - at: { before: sesion-2, hours: 1 }\n    reason: Viaje.\n    pause: true\n',
      [/^s\.yaml:2:19 {2}changes\[0\]\.at\.before: "sesion-2" is nothing a time can be counted from/],
    ],
    [
      'a moment that is counted both ways',
      'changes:\n  - at: { before: session-2, after: session-1, hours: 1 }\n    reason: Viaje.\n    pause: true\n',
      [/changes\[0\]\.at: write either before: or after:/],
    ],
    [
      'a session that there is not',
      'changes:\n  - at: { before: session-5, hours: 1 }\n    reason: Viaje.\n    cancel-session: { session: 4 }\n',
      [/:2:19 .*there is no session 5; the last one is session 3/, /:4:32 .*there is no session 4/],
    ],
    [
      'a change without its reason',
      'changes:\n  - at: "2021-08-20 10:00"\n    pause: true\n',
      [/^s\.yaml:2:5 {2}changes\[0\]\.reason: reason is missing; write reason: /],
    ],
    [
      'an entry that changes nothing, and one that changes two things',
      'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    pause: true\n    cancel: true\n',
      [
        /:2:5 .*changes\[0\]: a change is one of these, and one alone: extend, /,
        /:4:5 .*changes\[1\]: a change is one of these/,
      ],
    ],
    [
      'a change that is misspelt',
      'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    extended: { request: session-2/choose-date.1, due: 2021-08-25 }\n',
      [/:4:5 .*"extended" is not a key .*did you mean extend\?/],
    ],
    [
      'what is wrong inside a change',
      'changes:\n  - at: "2021-08-20 10:00"\n    reason: Viaje.\n    extend: { request: choose-date, due: 25/08/2021 }\n',
      [
        /changes\[0\]\.extend\.request: "choose-date" is no request's id/,
        /changes\[0\]\.extend\.due: "25\/08\/2021" is not written as a date/,
      ],
    ],
    [
      'somebody unknown to the mail server, and a refusal that is none',
      'mail:\n  refuses:\n    - to: per-mtpe-8\n      reply: "450 vuelva luego"\n',
      [
        /mail\.refuses\[0\]\.to: "per-mtpe-8" is nobody/,
        /mail\.refuses\[0\]\.reply: "450 vuelva luego" is no refusal/,
      ],
    ],
    [
      'an outage that ends before it begins',
      'mail:\n  away:\n    - from: "2021-06-11 17:30"\n      until: "2021-06-11 10:30"\n',
      [/:4:14 .*mail\.away\[0\]\.until: this is not later than from/],
    ],
    [
      'a question to the Secretariat',
      'questions:\n  - at: { after: session-1, days: 1 }\n    by: per-mtpe-1\n    to: oas\n',
      [/:4:9 .*questions\[0\]\.to: "oas" is no ministry here; write one of: per-mtpe, chl-mtps/],
    ],
    [
      'no YAML',
      'answers:\n  - request: choose-date\n   party: per-mtpe\n',
      [/^s\.yaml:3:4 {2}this line begins after 3 spaces/],
    ],
    ['nothing', '# nada\n', [/^s\.yaml:1:1 {2}s\.yaml is empty/]],
    ['a list', '- title: uno\n', [/a scenario is written as keys with their values; begin with title:/]],
  ])('%s', (_, source, expected) => {
    const found = mistakes(source);
    for (const pattern of expected) expect(found.join('\n')).toMatch(new RegExp(pattern.source, 'm'));
    expect(found).toHaveLength(expected.length);
  });

  test('all of a file at once, in its order', () => {
    const found = mistakes(
      'titel: x\nanswers:\n  - party: nadie\n    after: luego\nmail:\n  away:\n    - from: ayer\n',
    );
    expect(found.map((line) => line.split('  ')[0])).toEqual([
      's.yaml:1:1',
      's.yaml:3:12',
      's.yaml:4:12',
      's.yaml:7:7',
      's.yaml:7:13',
    ]);
  });
});

test('docs/scenario.schema.json is current; write it with: npm run schemas', () => {
  const written = readFileSync(new URL('../../docs/scenario.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

test('people who come in by a change have the next code of their party', () => {
  const source = (code: string) =>
    `answers:\n  - by: ${code}\n    after: 2 days\nchanges:\n  - at: "2021-07-01 10:00"\n    reason: Jubilación.\n    replace: { person: chl-mtps-2, with: { name: Ana Soto, email: ana.soto@mtps-chile.example } }\n`;
  expect(mistakes(source('chl-mtps-5'))).toEqual([]);
  expect(mistakes(source('chl-mtps-6'))).toHaveLength(1);
});
