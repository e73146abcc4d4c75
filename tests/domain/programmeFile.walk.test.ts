import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlines } from '../../src/domain/dates/deadlineShape.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import type { Fault } from '../../src/domain/mistake.ts';
import { mistake } from '../../src/domain/mistake.ts';
import { programme, programmeShape } from '../../src/domain/programme/programme.ts';
import {
  checkProgrammeFile,
  LARGEST_PROGRAMME_FILE,
  programmeJsonSchema,
} from '../../src/domain/programme/programmeFile.ts';
import { anyCharacter } from '../support/anyCharacter.ts';
import { isSaid } from '../support/mistakes.ts';
import { runs } from '../support/walk.ts';
import { edited, marked, mistakesOf, SMALL } from './small.ts';

const folder = new URL('../../examples/', import.meta.url);
const EXAMPLES = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }));

describe('a file without mistakes', () => {
  it.each(EXAMPLES)('$name', ({ source }) => {
    expect(mistakesOf(source)).toEqual([]);
  });

  it('is read into the programme', () => {
    const checked = checkProgrammeFile(SMALL);
    expect(checked).toMatchObject({
      programme: { id: '15-aaa-bbb', sessions: [{ hours: 2 }, { window: { to: '2022-05-13' } }] },
    });
  });

  it('has the schema that editors are given', () => {
    const written = readFileSync(new URL('../../docs/programme.schema.json', import.meta.url), 'utf8');
    // Where this fails, run: npm run docs
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(programmeJsonSchema())));
  });

  it.each(EXAMPLES)('$name names that schema to editors', ({ source }) => {
    expect(source).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/programme\.schema\.json\n/);
  });
});

/**
 * What is written in place of what, ¶ standing where the mistake is to be shown; its path; what is wrong. Then where it is
 * shown, when it is not in what is written otherwise, and how many mistakes there are where one slip makes several: an id
 * that is gone is missed wherever it is used.
 */
type Row = readonly [
  passage: string,
  otherwise: string,
  path: string,
  fault: Fault,
  about?: { at?: string; mistakes?: number },
];

const KEYS = Object.keys(programmeShape.shape);
const DEADLINES = Object.keys(deadlines.shape);

const MISTAKES: Record<string, Row[]> = {
  'values of a wrong kind': [
    [
      'title: Cooperation between two ministries',
      '¶title:',
      'title',
      {
        code: 'ValueEmpty',
        advice: { as: 'example', key: 'title', example: 'Bilateral cooperation between …' },
      },
    ],
    [
      'title: Cooperation between two ministries',
      'title: ¶""',
      'title',
      {
        code: 'ValueEmpty',
        advice: { as: 'example', key: 'title', example: 'Bilateral cooperation between …' },
      },
    ],
    [
      'title: Cooperation between two ministries',
      'title: ¶2022',
      'title',
      { code: 'TextNotNumber', value: '2022' },
    ],
    [
      'title: Cooperation between two ministries',
      '¶title: [a]',
      'title',
      {
        code: 'TextNotList',
        advice: { as: 'example', key: 'title', example: 'Bilateral cooperation between …' },
      },
    ],
    ['title: Cooperation between two ministries', 'title: ¶"a\\tb"', 'title', { code: 'LineBroken' }],
    [
      'subject: Labour inspection',
      `subject: ¶${'x'.repeat(121)}`,
      'subject',
      { code: 'TextTooLong', length: 121, most: 120 },
    ],
    [
      'number: 15',
      'number: ¶"15"',
      'call.number',
      { code: 'NumberNotText', value: '15', advice: { as: 'example', key: 'number', example: '14' } },
    ],
    [
      'number: 15',
      'number: ¶1.5',
      'call.number',
      { code: 'NumberNotWhole', value: '1.5', advice: { as: 'example', key: 'number', example: '14' } },
    ],
    ['number: 15', 'number: ¶0', 'call.number', { code: 'NumberTooSmall', value: '0', least: 1 }],
    ['number: 15', 'number: ¶1000', 'call.number', { code: 'NumberTooLarge', value: '1000', most: 999 }],
    [
      'description: [What it is.]',
      'description: ¶What it is.',
      'description',
      { code: 'ListExpected', advice: { as: 'entries', key: 'description' } },
    ],
    [
      'description: [What it is.]',
      '¶description: []',
      'description',
      { code: 'EntriesTooFew', entries: 0, least: 1 },
    ],
    [
      'call: { number: 15, year: 2022 }',
      'call: ¶14',
      'call',
      { code: 'KeysNotValue', value: '14', advice: { as: 'keys', key: 'call', keys: ['number', 'year'] } },
    ],
    [
      '    institution: aaa',
      '    institution: aaa\n    focalPoint: ¶maybe',
      'participants[0].focalPoint',
      { code: 'TruthNotText', value: 'maybe' },
    ],
    ['id: 15-aaa-bbb', 'id: ¶15 AAA', 'id', { code: 'CodeMalformed', value: '15 AAA' }],
    ['country: PE', 'country: ¶Peru', 'institutions[0].country', { code: 'CountryUnknown', value: 'Peru' }],
    ['country: PE', 'country: ¶XQ', 'institutions[0].country', { code: 'CountryUnknown', value: 'XQ' }],
    [
      'email: ana@a.example',
      'email: ¶ana at a',
      'participants[0].email',
      { code: 'AddressMalformed', value: 'ana at a' },
    ],
    [
      'language: en',
      'language: ¶eng',
      'language',
      { code: 'WordUnknown', value: 'eng', meant: 'en', words: ['es', 'en', 'pt', 'fr'] },
    ],
    [
      'role: providing',
      'role: ¶provider',
      'institutions[1].role',
      {
        code: 'WordUnknown',
        value: 'provider',
        meant: 'providing',
        words: ['requesting', 'providing', 'secretariat'],
      },
    ],
    [
      'modality: virtual',
      'modality: ¶in person',
      'modality',
      {
        code: 'WordUnknown',
        value: 'in person',
        meant: 'in-person',
        words: ['virtual', 'in-person', 'hybrid'],
      },
    ],
  ],
  'dates, times, zones and links': [
    [
      'dated: 2022-03-01',
      'dated: ¶2022-06-31',
      'dated',
      { code: 'DateNotInCalendar', value: '2022-06-31', month: '2022-06', days: 30 },
    ],
    [
      'dated: 2022-03-01',
      'dated: ¶2022-02-29',
      'dated',
      { code: 'DateNotInCalendar', value: '2022-02-29', month: '2022-02', days: 28 },
    ],
    ['dated: 2022-03-01', 'dated: ¶01/03/2022', 'dated', { code: 'DateMalformed', value: '01/03/2022' }],
    [
      'from: 2022-05-02',
      'from: ¶2022-04-31',
      'sessions[1].window.from',
      { code: 'DateNotInCalendar', value: '2022-04-31', month: '2022-04', days: 30 },
    ],
    [
      '- date: 2022-04-06\n    starts: "10:00"',
      '- date: 2022-04-06\n    starts: ¶"25:00"',
      'sessions[0].starts',
      { code: 'TimeMalformed', value: '25:00' },
    ],
    [
      'timezone: America/Santiago',
      'timezone: ¶America/Santiagoo',
      'institutions[1].timezone',
      { code: 'TimeZoneUnknown', value: 'America/Santiagoo' },
    ],
    [
      'timezone: America/Santiago',
      'timezone: ¶CLT',
      'institutions[1].timezone',
      { code: 'TimeZoneUnknown', value: 'CLT' },
    ],
    [
      'link: https://zoom.example/j/1',
      'link: ¶http://zoom.example/j/1',
      'meeting.link',
      { code: 'LinkInsecure', value: 'http://zoom.example/j/1' },
    ],
    [
      'link: https://zoom.example/j/1',
      'link: ¶zoom.example',
      'meeting.link',
      { code: 'LinkMalformed', value: 'zoom.example' },
    ],
    ['hours: 2', 'hours: ¶3', 'sessions[0].hours', { code: 'SessionTooLong', hours: 3, most: 2.5 }],
    ['hours: 2', 'hours: ¶0', 'sessions[0].hours', { code: 'NumberNotAbove', value: '0', above: 0 }],
    [
      'hours: 2',
      'hours: ¶two',
      'sessions[0].hours',
      { code: 'NumberNotText', value: 'two', advice: { as: 'example', key: 'hours', example: '2.5' } },
    ],
  ],
  'keys that are missing': [
    [
      'id: 15-aaa-bbb\n',
      '¶',
      'id',
      { code: 'KeyMissing', key: 'id', advice: { as: 'example', key: 'id', example: '"14-per-chl"' } },
      { at: '¶language: en' },
    ],
    [
      'language: en\n',
      '',
      'language',
      {
        code: 'KeyMissing',
        key: 'language',
        advice: { as: 'word', key: 'language', words: ['es', 'en', 'pt', 'fr'] },
      },
      { at: '¶id: 15-aaa-bbb' },
    ],
    [
      'call: { number: 15, year: 2022 }',
      '¶call: { number: 15 }',
      'call.year',
      { code: 'KeyMissing', key: 'year', advice: { as: 'example', key: 'year', example: '2021' } },
    ],
    [
      '    acronym: MB\n',
      '',
      'institutions[1].acronym',
      { code: 'KeyMissing', key: 'acronym', advice: { as: 'example', key: 'acronym', example: 'MTPE' } },
      { at: '- ¶id: bbb' },
    ],
    [
      'coordination:\n  date: 2022-03-02\n',
      '¶coordination:\n',
      'coordination.date',
      { code: 'KeyMissing', key: 'date', advice: { as: 'example', key: 'date', example: '2021-06-09' } },
    ],
    [
      '  - window:\n      from: 2022-05-02\n',
      '  - ¶window:\n',
      'sessions[1].window.from',
      { code: 'KeyMissing', key: 'from', advice: { as: 'example', key: 'from', example: '2021-08-16' } },
    ],
    [
      'finalReport:\n  drafts: [aaa]\n',
      '¶finalReport:\n',
      'finalReport.drafts',
      { code: 'KeyMissing', key: 'drafts', advice: { as: 'example', key: 'drafts', example: '[per-mtpe]' } },
    ],
    [
      'systematization:\n  consultant:\n    name: Carla\n',
      'systematization:\n  ¶consultant:\n',
      'systematization.consultant.name',
      { code: 'KeyMissing', key: 'name', advice: { as: 'example', key: 'name', example: 'Ana Pérez' } },
    ],
  ],
  'keys that are not known': [
    [
      'title: Cooperation',
      '¶titel: Cooperation',
      'titel',
      { code: 'KeyUnknown', key: 'titel', meant: 'title', known: KEYS },
    ],
    [
      'dated: 2022-03-01',
      'dated: 2022-03-01\n¶colour: red',
      'colour',
      { code: 'KeyUnknown', key: 'colour', known: KEYS },
    ],
    [
      'year: 2022',
      '¶yaer: 2022',
      'call.yaer',
      { code: 'KeyUnknown', key: 'yaer', meant: 'year', known: ['number', 'year'] },
    ],
    [
      '    acronym: MB',
      '    ¶acronim: MB',
      'institutions[1].acronim',
      {
        code: 'KeyUnknown',
        key: 'acronim',
        meant: 'acronym',
        known: ['id', 'name', 'acronym', 'gender', 'country', 'timezone', 'role', 'closedDays'],
      },
    ],
    [
      '    institution: aaa',
      '    institution: aaa\n    ¶focal_point: true',
      'participants[0].focal_point',
      {
        code: 'KeyUnknown',
        key: 'focal_point',
        meant: 'focalPoint',
        known: ['name', 'post', 'email', 'language', 'timezone', 'institution', 'focalPoint'],
      },
    ],
    [
      '        invitedBy: aaa',
      '        ¶invited by: aaa',
      'sessions[0].guests[0].invited by',
      {
        code: 'KeyUnknown',
        key: 'invited by',
        meant: 'invitedBy',
        known: ['name', 'post', 'email', 'language', 'timezone', 'count', 'invitedBy'],
      },
    ],
    [
      '      to: 2022-05-13',
      '      ¶till: 2022-05-13',
      'sessions[1].window.till',
      { code: 'KeyUnknown', key: 'till', known: ['from', 'to', 'label'] },
      { mistakes: 2 },
    ],
    [
      '    name: Carla',
      '    name: Carla\n    ¶emial: x',
      'systematization.consultant.emial',
      {
        code: 'KeyUnknown',
        key: 'emial',
        meant: 'email',
        known: ['name', 'post', 'email', 'language', 'timezone'],
      },
    ],
    [
      'coordination: { title: One,',
      'coordination: { ¶titre: One,',
      'methodology.coordination.titre',
      { code: 'KeyUnknown', key: 'titre', meant: 'title', known: ['title', 'text'] },
    ],
    [
      'receives: oas',
      'receives: oas\ndeadlines:\n  ¶choseDate: 4',
      'deadlines.choseDate',
      { code: 'KeyUnknown', key: 'choseDate', meant: 'chooseDate', known: DEADLINES },
    ],
  ],
  'rules across fields': [
    [
      'to: 2022-05-13',
      'to: ¶2022-05-01',
      'sessions[1].window.to',
      { code: 'SessionWindowReversed', from: '2022-05-02', to: '2022-05-01' },
    ],
    [
      'acronym: MA\n',
      'acronym: MA\n    closedDays: [{ from: 2021-12-31, to: ¶2021-12-20 }]\n',
      'institutions[0].closedDays[0].to',
      { code: 'ClosedDaysReversed', from: '2021-12-31', to: '2021-12-20' },
    ],
    [
      '- date: 2022-04-06',
      '- date: 2022-04-06\n    ¶window: { from: 2022-04-06, to: 2022-04-08 }',
      'sessions[0].window',
      { code: 'SessionDateAndWindow' },
    ],
    [
      '- date: 2022-04-06\n    starts: "10:00"\n',
      '- date: ¶2022-04-06\n',
      'sessions[0].date',
      { code: 'SessionStartMissing' },
    ],
    [
      '    contents: Second.',
      '    contents: Second.\n    starts: ¶"10:00"',
      'sessions[1].starts',
      { code: 'SessionStartWithoutDate' },
    ],
    [
      '  - window:\n      from: 2022-05-02\n      to: 2022-05-13\n    contents: Second.',
      '  - ¶contents: Second.',
      'sessions[1]',
      { code: 'SessionWithoutDate', session: 2 },
    ],
    [
      '- date: 2022-04-06',
      '- date: ¶2022-02-28',
      'sessions[0].date',
      { code: 'SessionBeforeMeeting', session: 1, date: '2022-02-28', meeting: '2022-03-02' },
    ],
    [
      'meeting:\n  link: https://zoom.example/j/1\n',
      '',
      'sessions[0]',
      { code: 'SessionWithoutPlace', session: 1 },
      { at: '- ¶date: 2022-04-06', mistakes: 2 },
    ],
    [
      'institution: bbb',
      'institution: ¶ccc',
      'participants[1].institution',
      { code: 'InstitutionUnknown', id: 'ccc', known: ['aaa', 'bbb', 'oas'] },
    ],
    [
      'invitedBy: aaa',
      'invitedBy: ¶ccc',
      'sessions[0].guests[0].invitedBy',
      { code: 'InstitutionUnknown', id: 'ccc', known: ['aaa', 'bbb', 'oas'] },
    ],
    [
      'drafts: [aaa]',
      'drafts: [aaa, ¶ccc]',
      'finalReport.drafts[1]',
      { code: 'InstitutionUnknown', id: 'ccc', known: ['aaa', 'bbb', 'oas'] },
    ],
    ['drafts: [aaa]', 'drafts: [aaa, ¶aaa]', 'finalReport.drafts[1]', { code: 'ListedTwice', id: 'aaa' }],
    [
      'language: en\n',
      'language: en\ntranslation: { language: ¶en, by: oas, vouchedBy: bbb }\n',
      'translation.language',
      { code: 'TranslationSameLanguage', language: 'en' },
    ],
    [
      'language: en\n',
      'language: en\ntranslation: { language: es, by: bbb, vouchedBy: ¶bbb }\n',
      'translation.vouchedBy',
      { code: 'TranslationVouchedByItself', id: 'bbb' },
      { mistakes: 2 },
    ],
    [
      'language: en\n',
      'language: en\ntranslation: { language: es, by: ccc, vouchedBy: ¶bbb }\n',
      'translation.vouchedBy',
      { code: 'TranslationWithoutReader', id: 'bbb', language: 'es' },
      { mistakes: 2 },
    ],
    [
      'language: en\n',
      'language: en\ntranslation: { language: es, by: ¶ccc, vouchedBy: bbb }\n',
      'translation.by',
      { code: 'InstitutionUnknown', id: 'ccc', known: ['aaa', 'bbb', 'oas'] },
      { mistakes: 2 },
    ],
    [
      'receives: oas',
      'receives: ¶oea',
      'finalReport.receives',
      { code: 'InstitutionUnknown', id: 'oea', known: ['aaa', 'bbb', 'oas'] },
    ],
    [
      '    email: berta@b.example\n',
      '',
      'participants[1].email',
      { code: 'InstitutionWithoutAddress', institution: 'Ministry B' },
      { at: '- ¶name: Berta' },
    ],
    [
      'email: berta@b.example',
      'email: ¶ANA@a.example',
      'participants[1].email',
      { code: 'AddressTaken', address: 'ANA@a.example', holder: 'Ana' },
    ],
    [
      'email: gil@guests.example',
      'email: ¶Berta@b.example',
      'sessions[0].guests[0].email',
      { code: 'AddressTaken', address: 'Berta@b.example', holder: 'Berta' },
    ],
    [
      'email: carla@consultants.example',
      'email: ¶gil@GUESTS.example',
      'systematization.consultant.email',
      { code: 'AddressTaken', address: 'gil@GUESTS.example', holder: 'Gil' },
    ],
    [
      '  - name: Berta\n',
      '  - name: Ana\n    email: ¶ana@a.example\n    institution: aaa\n  - name: Berta\n',
      'participants[1].email',
      { code: 'PersonTwice', name: 'Ana', address: 'ana@a.example' },
    ],
    [
      '  - id: bbb',
      '  - id: ¶aaa',
      'institutions[1].id',
      { code: 'InstitutionTwice', id: 'aaa' },
      { mistakes: 3 },
    ],
    [
      '  - id: bbb',
      '  - id: ¶consultant',
      'institutions[1].id',
      { code: 'InstitutionCodeReserved', id: 'consultant' },
      { mistakes: 3 },
    ],
    [
      'role: providing',
      'role: ¶requesting',
      'institutions',
      { code: 'RoleMissing', role: 'providing' },
      { at: '¶institutions:' },
    ],
    [
      'role: providing',
      'role: secretariat',
      'institutions[2].role',
      { code: 'SecretariatTwice' },
      { at: 'role: ¶secretariat\nparticipants', mistakes: 2 },
    ],
    [
      'institution: oas',
      'institution: aaa',
      'institutions[2]',
      { code: 'InstitutionWithoutPeople', institution: 'Organization of American States' },
      { at: '- ¶id: oas' },
    ],
  ],
  'YAML that is none': [
    [
      'subject: Labour inspection',
      'subject: ¶Labour: inspection: homes',
      '',
      { code: 'QuotesMissing', colon: true },
    ],
    ['title: Cooperation between two ministries', '¶titel Cooperation', '', { code: 'ColonOrQuoteMissing' }],
    [
      'modality: virtual',
      'modality¶ virtual',
      '',
      { code: 'ColonMissing', key: 'modality', instead: 'modality: virtual' },
    ],
    [
      'modality: virtual',
      'modality¶:virtual',
      '',
      { code: 'SpaceAfterColonMissing', instead: 'modality: virtual' },
    ],
    ['modality: virtual', '  ¶modality: virtual', '', { code: 'IndentOtherwise', indent: 2, wanted: 0 }],
    ['    acronym: MA', '   ¶acronym: MA', '', { code: 'IndentOtherwise', indent: 3, wanted: 4 }],
    ['    acronym: MA', '     ¶acronym: MA', '', { code: 'IndentOtherwise', indent: 5, wanted: 4 }],
    ['    acronym: MA', '¶\tacronym: MA', '', { code: 'IndentWithTab' }],
    ['  - id: bbb', '  ¶-id: bbb', '', { code: 'SpaceAfterDashMissing', instead: '- id: bbb' }],
    ['name: Berta', 'name: ¶"Berta', '', { code: 'QuoteOpen', quote: '"' }],
    ['drafts: [aaa]', 'drafts: ¶[aaa', '', { code: 'BracketOpen', bracket: ']' }],
    ['drafts: [aaa]', 'drafts: [aaa]¶]', '', { code: 'BracketSurplus' }],
    ['acronym: MA', 'acronym: ¶@MA', '', { code: 'QuotesMissing', colon: false }],
    ['acronym: MA', 'acronym: ¶*MA', '', { code: 'AliasUnresolved', alias: 'MA' }],
    ['acronym: MA', 'acronym: ¶!MA MA', '', { code: 'TagUnknown' }],
    ['name: Berta', 'name: "Berta ¶\\q"', '', { code: 'EscapeUnknown' }],
    [
      'subject: Labour inspection',
      'subject: Labour inspection\n¶language: es',
      '',
      { code: 'KeyTwice', key: 'language' },
    ],
    ['contents: First.', 'contents: First.\n    ¶hours: 1', '', { code: 'KeyTwice', key: 'hours' }],
    [
      'finalReport:\n  drafts',
      '¶---\nfinalReport:\n  drafts',
      '',
      { code: 'DocumentTwice' },
      { mistakes: 2 },
    ],
  ],
};

describe.each(Object.entries(MISTAKES))('%s', (_, rows) => {
  for (const [passage, otherwise, path, fault, { at, mistakes: count = 1 } = {}] of rows)
    it(`${JSON.stringify(passage)} → ${JSON.stringify(otherwise)}`, () => {
      const source = edited(SMALL, [passage, at ? otherwise.replace('¶', '') : otherwise]);
      const { text, line, column } = marked(at ? edited(source, [at.replace('¶', ''), at]) : source);
      const mistakes = mistakesOf(text);
      expect(mistakes).toContainEqual({ ...fault, path, line, column });
      expect(mistakes).toHaveLength(count);
    });
});

describe('many mistakes', () => {
  const source = `id: 15 AAA
langage: en
title: Cooperation
frame: RIAL
subject: A: B
modality: virtul
call: { number: 15 }
dated: 2022-06-31
institutions:
  - { id: aaa, name: Ministry A, acronym: MA, country: PE, timezone: America/Lima, role: requesting }
  - { id: bbb, name: Ministry B, acronym: MB, country: CL, timezone: Santiago, role: providing }
participants: none
sessions:
  - date: 2022-04-06
    starts: "10:00"
    hours: 3
    contents: First.
  - window: { from: 2022-03-15, to: 2022-03-01 }
    link: http://zoom.example
    contents: Second.
    guests:
      - { name: Gil, email: a@guests.example, invitedBy: ccc }
      - { name: Gal, email: A@guests.example, invitedBy: aaa }
`;

  it('are told at once, in the order of the file, each where it is', () => {
    expect(mistakesOf(source).map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
      ...[
        'description',
        'objectives',
        'methodology',
        'coordination',
        'contents',
        'systematization',
        'finalReport',
      ].map((key) => `1:1 ${key}`),
      '1:5 id',
      '2:1 langage',
      '5:10 ',
      '6:11 modality',
      '7:1 call.year',
      '8:8 dated',
      '9:1 institutions',
      '9:1 institutions',
      '11:70 institutions[1].timezone',
      '12:15 participants',
      '14:5 sessions[0]',
      '16:12 sessions[0].hours',
      '18:37 sessions[1].window.to',
      '19:11 sessions[1].link',
      '22:58 sessions[1].guests[0].invitedBy',
      '23:29 sessions[1].guests[1].email',
    ]);
  });

  it('of the rules are told by the schema too, when the shape is wrong', () => {
    const result = programme.safeParse({ sessions: [{ window: { from: '2022-05-02', to: '2022-05-01' } }] });
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toContain('sessions.0.window.to');
  });
});

describe('a file as a whole', () => {
  it.each([
    ['', { code: 'FileEmpty', file: 'programme' }],
    ['# nothing but a comment\n', { code: 'FileEmpty', file: 'programme' }],
    ['just words', { code: 'FileWithoutKeys', file: 'programme' }],
    ['- a\n- b\n', { code: 'FileWithoutKeys', file: 'programme' }],
    ['- id: a\n', { code: 'FileWithoutKeys', file: 'programme' }],
    [`id: ${'x'.repeat(LARGEST_PROGRAMME_FILE)}`, { code: 'FileTooLarge' }],
    [`id: ${'é'.repeat(LARGEST_PROGRAMME_FILE / 2)}`, { code: 'FileTooLarge' }],
    ['PK\u0003\u0004\u0014\u0000', { code: 'FileNotText' }],
    ['['.repeat(100_000), { code: 'FileUnreadable' }],
    [`id: ${'['.repeat(5000)}${']'.repeat(5000)}`, { code: 'FileUnreadable' }],
    ['? '.repeat(100_000), { code: 'FileUnreadable' }],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (key) => {
        const other = String.fromCharCode(key.charCodeAt(0) - 1);
        return `${key}: &${key} [${Array(9).fill(`*${other}`).join(',')}]\n`;
      })}`,
      { code: 'FileUnreadable' },
    ],
  ])('%.40j', (source, fault) => {
    expect(mistakesOf(source)).toEqual([{ ...fault, path: '', line: 1, column: 1 }]);
  });

  it('reads one with a byte order mark and Windows line ends', () => {
    expect(mistakesOf(`\uFEFF${SMALL.replaceAll('\n', '\r\n')}`)).toEqual([]);
    const { text, line, column } = marked(edited(SMALL, ['hours: 2', 'hours: ¶3']));
    expect(mistakesOf(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toMatchObject([{ line, column }]);
  });

  it('follows an alias, and shows what is wrong there where the alias stands', () => {
    const source = edited(SMALL, ['email: ana@a.example', 'email: &ana ana@a.example']);
    const { text, line, column } = marked(edited(source, ['email: berta@b.example', '¶email: *ana']));
    expect(mistakesOf(text)).toMatchObject([{ line, column, path: 'participants[1].email' }]);
  });

  it('does not take long over many keys', () => {
    const source = Array.from({ length: 20_000 }, (_, i) => `k${i}: v`).join('\n');
    const started = performance.now();
    expect(mistakesOf(source).length).toBeGreaterThan(20_000);
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

describe('whatever is in a file', () => {
  const LINES = [SMALL, ...EXAMPLES.map(({ source }) => source)].map((source) => source.split('\n'));
  const tells = (source: string) => {
    const lines = source.split(/\r\n|\n|\r/);
    const checked = checkProgrammeFile(source);
    if ('programme' in checked) return;
    expect(checked.mistakes.length).toBeGreaterThan(0);
    for (const [i, found] of checked.mistakes.entries()) {
      const { line, column } = found;
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThan(0);
      // It is one of the closed list, as JSON carries it.
      expect(mistake.parse(JSON.parse(JSON.stringify(found)))).toEqual(found);
      for (const language of LANGUAGES) isSaid(found, language);
      const before = checked.mistakes[i - 1];
      if (before) expect(before.line * 1e7 + before.column).toBeLessThanOrEqual(line * 1e7 + column);
    }
  };

  it('nothing is thrown: any text', () => {
    fc.assert(fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), tells), runs(300, 60));
    const yaml = fc.string({
      unit: fc.constantFrom(...' \n\t:-?[]{}#&*!|>\'"%@`,abé\r\u0000~1.'),
      maxLength: 80,
    });
    fc.assert(fc.property(yaml, tells), runs(1000, 200));
  });

  it('nothing is thrown: programmes with lines taken out, doubled, moved and misspelt', () => {
    const slip = fc.record({
      kind: fc.constantFrom('out', 'double', 'indent', 'swap', 'cut', 'type'),
      at: fc.nat(),
      position: fc.nat(),
      char: fc.constantFrom(...' \t:-[]{}#&*!|>\'"%@,x9\n'),
    });
    const mutated = fc
      .tuple(fc.constantFrom(...LINES), fc.array(slip, { minLength: 1, maxLength: 4 }))
      .map(([lines, slips]) => {
        const changed = [...lines];
        for (const { kind, at, position, char } of slips) {
          const index = at % changed.length;
          const line = changed[index] ?? '';
          const column = position % (line.length + 1);
          if (kind === 'out') changed.splice(index, 1);
          if (kind === 'double') changed.splice(index, 0, line);
          if (kind === 'indent') changed[index] = `${' '.repeat(position % 5)}${line.trimStart()}`;
          if (kind === 'swap') changed.splice(index, 1, changed[position % changed.length] ?? '');
          if (kind === 'cut') changed[index] = line.slice(0, column);
          if (kind === 'type') changed[index] = line.slice(0, column) + char + line.slice(column);
        }
        return changed.join('\n');
      });
    fc.assert(fc.property(mutated, tells), runs(300, 60));
  }, 60_000);

  it('nothing is thrown: values of any kind in the place of any other', () => {
    const value = fc.oneof(
      fc.json({ maxDepth: 2 }),
      fc.constantFrom('', '~', '*x', '&x', '!!set {}', '{<<: x}', '.inf', '__proto__: 1'),
    );
    const paired = LINES.flat().filter((line) => /^ *(- )?\w+: \S/.test(line));
    fc.assert(
      fc.property(fc.constantFrom(...paired), value, (line, other) => {
        tells(SMALL.replace(line, () => line.replace(/: .*/, () => `: ${other}`)));
      }),
      runs(500, 100),
    );
  });
});
