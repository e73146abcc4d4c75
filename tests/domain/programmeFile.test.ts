import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { programme } from '../../src/domain/programme.ts';
import {
  checkProgrammeFile,
  formatMistakes,
  LARGEST_PROGRAMME_FILE,
  programmeJsonSchema,
} from '../../src/domain/programmeFile.ts';
import { mistakeText } from '../../src/wording/fileMistakes.ts';
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
    // Where this fails, run: npm run schemas
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(programmeJsonSchema())));
  });

  it.each(EXAMPLES)('$name names that schema to editors', ({ source }) => {
    expect(source).toMatch(/^# yaml-language-server: \$schema=\.\.\/docs\/programme\.schema\.json\n/);
  });
});

/** What is written in place of what, ¶ standing where the mistake is to be shown; its path; words of its message. */
type Row = readonly [passage: string, otherwise: string, path: string, ...says: string[]];

const MISTAKES: Record<string, Row[]> = {
  'values of a wrong kind': [
    [
      'title: Cooperation between two ministries',
      '¶title:',
      'title',
      'nothing is written here',
      'write title: ',
    ],
    ['title: Cooperation between two ministries', 'title: ¶""', 'title', 'nothing is written here'],
    ['title: Cooperation between two ministries', 'title: ¶2022', 'title', 'in quotes, "2022"'],
    [
      'title: Cooperation between two ministries',
      '¶title: [a]',
      'title',
      'this is a list where a text belongs',
    ],
    ['title: Cooperation between two ministries', 'title: ¶"a\\tb"', 'title', 'one line'],
    [
      'subject: Labour inspection',
      `subject: ¶${'x'.repeat(121)}`,
      'subject',
      '121 characters',
      '120 at most',
    ],
    ['number: 15', 'number: ¶"15"', 'call.number', '"15" is no number', 'without quotes'],
    ['number: 15', 'number: ¶1.5', 'call.number', 'no whole number'],
    ['number: 15', 'number: ¶0', 'call.number', 'write 1 or more'],
    ['number: 15', 'number: ¶1000', 'call.number', 'write 999 or less'],
    [
      'description: [What it is.]',
      'description: ¶What it is.',
      'description',
      'not a list',
      'each after "- "',
    ],
    ['description: [What it is.]', '¶description: []', 'description', 'there is no entry', 'write 1 or more'],
    ['call: { number: 15, year: 2022 }', 'call: ¶14', 'call', 'keys with values', 'number, year'],
    [
      '    institution: aaa',
      '    institution: aaa\n    focalPoint: ¶maybe',
      'participants[0].focalPoint',
      'write true or false',
    ],
    ['id: 15-aaa-bbb', 'id: ¶15 AAA', 'id', 'lower-case letters, digits and hyphens'],
    ['country: PE', 'country: ¶Peru', 'institutions[0].country', 'two ISO 3166 letters'],
    ['country: PE', 'country: ¶XQ', 'institutions[0].country', '"XQ" is no country'],
    ['email: ana@a.example', 'email: ¶ana at a', 'participants[0].email', 'not a mail address'],
    ['language: en', 'language: ¶eng', 'language', 'es, en, pt, fr', 'did you mean en?'],
    ['role: providing', 'role: ¶provider', 'institutions[1].role', 'requesting, providing, secretariat'],
    ['modality: virtual', 'modality: ¶in person', 'modality', 'virtual, in-person, hybrid'],
  ],
  'dates, times, zones and links': [
    ['dated: 2022-03-01', 'dated: ¶2022-06-31', 'dated', 'June 2022 has 30 days'],
    ['dated: 2022-03-01', 'dated: ¶2022-02-29', 'dated', 'February 2022 has 28 days'],
    ['dated: 2022-03-01', 'dated: ¶01/03/2022', 'dated', 'write year-month-day'],
    ['from: 2022-05-02', 'from: ¶2022-04-31', 'sessions[1].window.from', 'April 2022 has 30 days'],
    [
      '- date: 2022-04-06\n    starts: "10:00"',
      '- date: 2022-04-06\n    starts: ¶"25:00"',
      'sessions[0].starts',
      'in 24 hours',
    ],
    [
      'timezone: America/Santiago',
      'timezone: ¶America/Santiagoo',
      'institutions[1].timezone',
      'no time zone',
      'America/Lima',
    ],
    ['timezone: America/Santiago', 'timezone: ¶CLT', 'institutions[1].timezone', 'no time zone'],
    [
      'link: https://zoom.example/j/1',
      'link: ¶http://zoom.example/j/1',
      'meeting.link',
      'https:// in place of http://',
    ],
    ['link: https://zoom.example/j/1', 'link: ¶zoom.example', 'meeting.link', 'is not a link'],
    ['hours: 2', 'hours: ¶3', 'sessions[0].hours', 'write 2.5 or less'],
    ['hours: 2', 'hours: ¶0', 'sessions[0].hours', 'a number above 0'],
    ['hours: 2', 'hours: ¶two', 'sessions[0].hours', 'is no number'],
  ],
  'keys that are missing': [
    ['id: 15-aaa-bbb\n', '¶', 'id', 'id is missing', 'write id: "15-'.slice(0, 9)],
    ['language: en\n', '', 'language', 'language is missing', 'es, en, pt, fr'],
    [
      'call: { number: 15, year: 2022 }',
      '¶call: { number: 15 }',
      'call.year',
      'year is missing; write year: 2021',
    ],
    ['    acronym: MB\n', '', 'institutions[1].acronym', 'acronym is missing; write acronym: MTPE'],
    ['coordination:\n  date: 2022-03-02\n', '¶coordination:\n', 'coordination.date', 'date is missing'],
    ['  - window:\n      from: 2022-05-02\n', '  - ¶window:\n', 'sessions[1].window.from', 'from is missing'],
    ['finalReport:\n  drafts: [aaa]\n', '¶finalReport:\n', 'finalReport.drafts', 'write drafts: [per-mtpe]'],
    [
      'systematization:\n  consultant:\n    name: Carla\n',
      'systematization:\n  ¶consultant:\n',
      'systematization.consultant.name',
      'name is missing',
    ],
  ],
  'keys that are not known': [
    ['title: Cooperation', '¶titel: Cooperation', 'titel', 'did you mean title?'],
    [
      'dated: 2022-03-01',
      'dated: 2022-03-01\n¶colour: red',
      'colour',
      'leave it out, or write one of: id, language',
    ],
    ['year: 2022', '¶yaer: 2022', 'call.yaer', 'did you mean year?'],
    ['    acronym: MB', '    ¶acronim: MB', 'institutions[1].acronim', 'did you mean acronym?'],
    [
      '    institution: aaa',
      '    institution: aaa\n    ¶focal_point: true',
      'participants[0].focal_point',
      'did you mean focalPoint?',
    ],
    [
      '        invitedBy: aaa',
      '        ¶invited by: aaa',
      'sessions[0].guests[0].invited by',
      'did you mean invitedBy?',
    ],
    ['      to: 2022-05-13', '      ¶till: 2022-05-13', 'sessions[1].window.till', 'known here'],
    [
      '    name: Carla',
      '    name: Carla\n    ¶emial: x',
      'systematization.consultant.emial',
      'did you mean email?',
    ],
    [
      'coordination: { title: One,',
      'coordination: { ¶titre: One,',
      'methodology.coordination.titre',
      'did you mean title?',
    ],
    [
      'receives: oas',
      'receives: oas\ndeadlines:\n  ¶choseDate: 4',
      'deadlines.choseDate',
      'did you mean chooseDate?',
    ],
  ],
  'rules across fields': [
    [
      'to: 2022-05-13',
      'to: ¶2022-05-01',
      'sessions[1].window.to',
      'ends (2022-05-01) before it begins (2022-05-02)',
    ],
    [
      '- date: 2022-04-06',
      '- date: 2022-04-06\n    ¶window: { from: 2022-04-06, to: 2022-04-08 }',
      'sessions[0].window',
      'keep one of them',
    ],
    [
      '- date: 2022-04-06\n    starts: "10:00"\n',
      '- date: ¶2022-04-06\n',
      'sessions[0].date',
      'needs the time it starts',
    ],
    [
      '    contents: Second.',
      '    contents: Second.\n    starts: ¶"10:00"',
      'sessions[1].starts',
      'leave it out',
    ],
    [
      '  - window:\n      from: 2022-05-02\n      to: 2022-05-13\n    contents: Second.',
      '  - ¶contents: Second.',
      'sessions[1]',
      'needs a date with the time it starts, or a window',
    ],
    [
      'from: 2022-05-02\n      to: 2022-05-13',
      'from: 2022-03-07\n      to: 2022-03-11',
      'sessions[1].window',
      'session 2 (2022-03-11) is earlier than session 1 (2022-04-06)',
    ],
    [
      '- date: 2022-04-06',
      '- date: ¶2022-02-28',
      'sessions[0].date',
      'earlier than the coordination meeting (2022-03-02)',
    ],
    ['meeting:\n  link: https://zoom.example/j/1\n', '', 'sessions[0]', 'neither a link nor a place'],
    [
      'institution: bbb',
      'institution: ¶ccc',
      'participants[1].institution',
      '"ccc" is no listed institution; write one of: aaa, bbb, oas',
    ],
    ['invitedBy: aaa', 'invitedBy: ¶ccc', 'sessions[0].guests[0].invitedBy', 'no listed institution'],
    ['drafts: [aaa]', 'drafts: [aaa, ¶ccc]', 'finalReport.drafts[1]', 'no listed institution'],
    ['drafts: [aaa]', 'drafts: [aaa, ¶aaa]', 'finalReport.drafts[1]', 'listed twice'],
    ['receives: oas', 'receives: ¶oea', 'finalReport.receives', 'no listed institution'],
    [
      'email: berta@b.example',
      'email: ¶ANA@a.example',
      'participants[1].email',
      'ANA@a.example is the address of Ana already',
    ],
    [
      'email: gil@guests.example',
      'email: ¶Berta@b.example',
      'sessions[0].guests[0].email',
      'the address of Berta',
    ],
    [
      'email: carla@consultants.example',
      'email: ¶gil@GUESTS.example',
      'systematization.consultant.email',
      'the address of Gil',
    ],
    [
      '  - name: Berta\n',
      '  - name: Ana\n    email: ¶ana@a.example\n    institution: aaa\n  - name: Berta\n',
      'participants[1].email',
      'listed twice',
    ],
    ['  - id: bbb', '  - id: ¶aaa', 'institutions[1].id', 'listed twice; give each'],
    ['  - id: bbb', '  - id: ¶consultant', 'institutions[1].id', 'kept for the consultant'],
    ['role: providing', 'role: ¶requesting', 'institutions', 'no institution has the role "providing"'],
    [
      'role: providing',
      'role: secretariat',
      'institutions[2].role',
      'only one institution can be the secretariat',
    ],
    [
      'institution: oas',
      'institution: aaa',
      'institutions[2]',
      'Organization of American States has no participant',
    ],
  ],
  'YAML that is none': [
    ['subject: Labour inspection', 'subject: ¶Labour: inspection: homes', '', 'in quotes'],
    ['title: Cooperation between two ministries', '¶titel Cooperation', '', 'this line has no colon'],
    ['modality: virtual', 'modality¶ virtual', '', 'a colon is missing after modality'],
    ['modality: virtual', 'modality¶:virtual', '', 'a space is missing after the colon'],
    ['modality: virtual', '  ¶modality: virtual', '', 'write 0 spaces before it'],
    ['    acronym: MA', '   ¶acronym: MA', '', 'write 4 spaces before it'],
    ['    acronym: MA', '     ¶acronym: MA', '', 'write 4 spaces before it'],
    ['    acronym: MA', '¶\tacronym: MA', '', 'a tab stands where spaces are needed'],
    ['  - id: bbb', '  ¶-id: bbb', '', 'a space is missing after the dash'],
    ['name: Berta', 'name: ¶"Berta', '', 'the quote that opens here is not closed'],
    ['drafts: [aaa]', 'drafts: ¶[aaa', '', 'write ] where the list ends'],
    ['drafts: [aaa]', 'drafts: [aaa]¶]', '', 'a bracket too many'],
    ['acronym: MA', 'acronym: ¶@MA', '', 'in quotes'],
    ['acronym: MA', 'acronym: ¶*MA', '', 'put a value that begins with * in quotes'],
    ['acronym: MA', 'acronym: ¶!MA MA', '', 'begins with !'],
    ['name: Berta', 'name: "Berta ¶\\q"', '', 'a backslash in double quotes'],
    [
      'subject: Labour inspection',
      'subject: Labour inspection\n¶language: es',
      '',
      '"language" is given twice',
    ],
    ['contents: First.', 'contents: First.\n    ¶hours: 1', '', '"hours" is given twice'],
    ['finalReport:\n  drafts', '¶---\nfinalReport:\n  drafts', '', 'a second document begins here'],
  ],
};

/** Where these rows' mistakes are shown, when it is not in what is written otherwise. */
const ELSEWHERE: Record<string, string> = {
  'id is missing': '¶language: en',
  'language is missing': '¶id: 15-aaa-bbb',
  'acronym is missing; write acronym: MTPE': '- ¶id: bbb',
  'session 2 (2022-03-11) is earlier than session 1 (2022-04-06)': '- ¶window:',
  'neither a link nor a place': '- ¶date: 2022-04-06',
  'no institution has the role "providing"': '¶institutions:',
  'only one institution can be the secretariat': 'role: ¶secretariat\nparticipants',
  'Organization of American States has no participant': '- ¶id: oas',
};

/** How many mistakes there are where one slip makes several; an id that is gone is missed wherever it is used. */
const WITH_OTHERS: Record<string, number> = {
  // The key that was meant is missing.
  'known here': 2,
  'neither a link nor a place': 2,
  'listed twice; give each': 3,
  'kept for the consultant': 3,
  'only one institution can be the secretariat': 2,
  // All that stands below the line is missing.
  'a second document begins here': 2,
};

describe.each(Object.entries(MISTAKES))('%s', (_, rows) => {
  it.each(rows)('%j → %j', (passage, otherwise, path, ...says) => {
    const where = ELSEWHERE[says[0] as string];
    const source = edited(SMALL, [passage, where ? otherwise.replace('¶', '') : otherwise]);
    const { text, line, column } = marked(where ? edited(source, [where.replace('¶', ''), where]) : source);
    const mistakes = mistakesOf(text);
    const [told] = mistakes.filter(({ message }) => message.includes(says[0] as string));
    expect(told).toMatchObject({ line, column, path });
    for (const words of says) expect(told?.message).toContain(words);
    expect(mistakes).toHaveLength(WITH_OTHERS[says[0] as string] ?? 1);
    for (const { message } of mistakes) {
      expect(message).not.toMatch(/invalid|expected|undefined|received|null|NaN/i);
      expect(mistakeText(message, 'es'), message).toBeDefined();
    }
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

  it('are printed a line each, as compilers do', () => {
    const [first] = mistakesOf(edited(SMALL, ['hours: 2', 'hours: 3']));
    expect(formatMistakes(first ? [first, { ...first, path: '' }] : [], 'a.yaml')).toBe(
      'a.yaml:62:12  sessions[0].hours: 3 hours are more than a session may last; write 2.5 or less\n' +
        'a.yaml:62:12  3 hours are more than a session may last; write 2.5 or less',
    );
  });

  it('of the rules are told by the schema too, when the shape is wrong', () => {
    const result = programme.safeParse({ sessions: [{ window: { from: '2022-05-02', to: '2022-05-01' } }] });
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toContain('sessions.0.window.to');
  });
});

describe('a file as a whole', () => {
  it.each([
    ['', 'a.yaml is empty'],
    ['# nothing but a comment\n', 'a.yaml is empty'],
    ['just words', 'written as keys with their values'],
    ['- a\n- b\n', 'written as keys with their values'],
    [`id: ${'x'.repeat(LARGEST_PROGRAMME_FILE)}`, 'larger than 1 MB'],
    [`id: ${'é'.repeat(LARGEST_PROGRAMME_FILE / 2)}`, 'larger than 1 MB'],
    ['PK\u0003\u0004\u0014\u0000', 'no text file'],
    ['['.repeat(100_000), 'nested too deeply'],
    [`id: ${'['.repeat(5000)}${']'.repeat(5000)}`, 'nested too deeply'],
    ['? '.repeat(100_000), 'nested too deeply'],
    [
      `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.replace(/./g, (key) => {
        const other = String.fromCharCode(key.charCodeAt(0) - 1);
        return `${key}: &${key} [${Array(9).fill(`*${other}`).join(',')}]\n`;
      })}`,
      'too often by aliases',
    ],
  ])('%.40j', (source, says) => {
    const [first, ...others] = (checkProgrammeFile(source, 'a.yaml') as { mistakes: { message: string }[] })
      .mistakes;
    expect(first?.message).toContain(says);
    expect(others).toEqual([]);
  });

  it('reads one with a byte order mark and Windows line ends', () => {
    expect(mistakesOf(`\uFEFF${SMALL.replaceAll('\n', '\r\n')}`)).toEqual([]);
    const { text, line, column } = marked(edited(SMALL, ['hours: 2', 'hours: ¶3']));
    expect(mistakesOf(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toMatchObject([{ line, column }]);
  });

  it('follows an alias, and shows what is wrong there where the alias stands', () => {
    const source = edited(SMALL, ['email: ana@a.example', 'email: &ana ana@a.example']);
    const { text, line, column } = marked(edited(source, ['email: gil@guests.example', '¶email: *ana']));
    expect(mistakesOf(text)).toMatchObject([{ line, column, path: 'sessions[0].guests[0].email' }]);
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
    for (const [i, { line, column, message }] of checked.mistakes.entries()) {
      expect(line).toBeGreaterThan(0);
      expect(line).toBeLessThanOrEqual(lines.length);
      expect(column).toBeGreaterThan(0);
      expect(message).not.toBe('');
      expect(mistakeText(message, 'es'), message).toBeDefined();
      const before = checked.mistakes[i - 1];
      if (before) expect(before.line * 1e7 + before.column).toBeLessThanOrEqual(line * 1e7 + column);
    }
  };

  it('nothing is thrown: any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), tells), { numRuns: 300 });
    const yaml = fc.string({
      unit: fc.constantFrom(...' \n\t:-?[]{}#&*!|>\'"%@`,abé\r\u0000~1.'),
      maxLength: 80,
    });
    fc.assert(fc.property(yaml, tells), { numRuns: 1000 });
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
    fc.assert(fc.property(mutated, tells), { numRuns: 300 });
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
      { numRuns: 500 },
    );
  });
});
