import { z } from 'zod';
import { peopleOf } from '../casefile/filing.ts';
import { CHANGE_FIELDS, CHANGE_KINDS, type ChangeKind, PARTY_ID, PERSON_ID } from '../domain/change.ts';
import { partsOfPerson, partsOfRequest, personId, sessionOfScope } from '../domain/ids.ts';
import { decisionsOf, ruleOf } from '../domain/kinds/index.ts';
import { CONSULTANT, OBSERVER } from '../domain/methodology.ts';
import { type Fault, type FileMistake, shown } from '../domain/mistake.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { ruled, type Schema } from '../domain/programme/shapeMistakes.ts';
import { nearest } from '../domain/programme/spelling.ts';
import { checkYamlFile } from '../domain/programme/yamlFile.ts';
import { beginningOf } from './beginning.ts';
import { instantFrom, type Scenario, scenarioShape } from './scenario.ts';

/** The scenario file as an officer writes it: held against its schema, and against the programme it is rehearsed with. */

/**
 * Checks a scenario file and reads it.
 *
 * @returns the scenario, or all mistakes in the order of the file. Never throws.
 */
export function checkScenarioFile(
  source: string,
  programme: Programme,
): { scenario: Scenario } | { mistakes: FileMistake[] } {
  const shape = scenarioShape.superRefine(
    (file, context) => {
      const report: Report = (path, fault) => context.addIssue({ code: 'custom', path, ...ruled(fault) });
      checkTimes(file, programme, report);
      checkAnswers(file, programme, report);
      checkDeeds(file, programme, report);
      checkMail(file, programme, report);
    },
    // Also where other parts of it are wrong.
    { when: () => true },
  );
  const schema = scenarioJsonSchema() as Schema;
  const checked = checkYamlFile(source, { file: 'scenario', shape, schema });
  if ('value' in checked) return { scenario: checked.value };
  const { mistakes } = checked;
  // A change that is misspelt is not missing as well.
  const misspelt = (path: string) =>
    mistakes.some((other) => other.code === 'KeyUnknown' && other.path.startsWith(`${path}.`));
  return { mistakes: mistakes.filter(({ code, path }) => !(code === 'OneChange' && misspelt(path))) };
}

/** The JSON Schema (draft 2020-12) of a scenario file, with descriptions and examples, for editors. */
export const scenarioJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(scenarioShape, { io: 'input' }),
});

type Report = (path: (string | number)[], fault: Fault) => void;

/*
 * The rules look at whatever parts of a file are well-formed, and are silent about the others, because those are told
 * already.
 */
const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** What was written in place of something known. */
function misread(value: string, known: readonly string[]) {
  const meant = nearest(value, known);
  return { value: shown(value), ...(meant !== undefined && { meant }), known: [...known] };
}

const zoneOf = (programme: Programme): string => secretariatAmong(programme.institutions).timezone;

/** The instant of a time as it is written, or `undefined` where it is not one. */
function instant(value: unknown, zone: string): string | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(text)) return undefined;
  try {
    return instantFrom(text, zone);
  } catch {
    return undefined;
  }
}

function checkTimes(file: unknown, programme: Programme, report: Report): void {
  const zone = zoneOf(programme);
  const written = instant(part(file, 'from'), zone);
  const from = written ?? beginningOf(programme);
  const until = instant(part(file, 'until'), zone);
  if (until !== undefined && until <= from) report(['until'], { code: 'RehearsalEndsBeforeBeginning' });
  const begun = (path: (string | number)[], value: unknown) => {
    const at = instant(value, zone);
    if (at === undefined) return;
    if (at < from) report(path, { code: 'BeforeRehearsal', value: shown(value), begins: from.slice(0, 10) });
    if (until !== undefined && at > until)
      report(path, { code: 'AfterRehearsal', value: shown(value), ends: until.slice(0, 10) });
  };
  for (const key of ['answers', 'questions', 'documents', 'consents', 'takeBacks', 'changes'])
    listOf(part(file, key)).forEach((entry, i) => {
      begun([key, i, 'at'], part(entry, 'at'));
    });
  for (const key of ['refuses', 'away'])
    listOf(part(part(file, 'mail'), key)).forEach((entry, i) => {
      const [first, last] = [instant(part(entry, 'from'), zone), instant(part(entry, 'until'), zone)];
      if (first !== undefined && last !== undefined && last <= first)
        report(['mail', key, i, 'until'], { code: 'OutageReversed' });
    });
}

/** What of an answer goes with which decision. */
const SAYS = { changes: 'changes', 'not-held': 'not-held', marks: 'marks', date: 'date' } as const;

function checkAnswers(file: unknown, programme: Programme, report: Report): void {
  const parties = partiesOf(programme);
  const people = codesOf(file, programme);
  listOf(part(file, 'answers')).forEach((entry, i) => {
    const at = (...keys: (string | number)[]) => ['answers', i, ...keys];
    const party = textOf(part(entry, 'party'));
    if (party !== undefined && !parties.includes(party))
      report(at('party'), { code: 'PartyUnknown', ...misread(party, parties) });
    const by = part(entry, 'by');
    (Array.isArray(by) ? by : [by]).forEach((one, n) => {
      const path = Array.isArray(by) ? at('by', n) : at('by');
      const person = textOf(one);
      if (person === undefined) return;
      if (!people.includes(person)) report(path, { code: 'PersonUnknown', ...misread(person, people) });
      else if (party !== undefined && partsOfPerson(person).party !== party)
        report(path, { code: 'PersonOfOtherParty', person, party: shown(party) });
    });
    if (part(entry, 'after') !== undefined && part(entry, 'at') !== undefined)
      report(at('at'), { code: 'DelayAndTime' });

    const said = Object.keys(SAYS).filter((key) => part(entry, key) !== undefined);
    if (said.length > 1) report(at(said[1] as string), { code: 'AnswersTwice', keys: said });
    const request = textOf(part(entry, 'request'));
    const { kind, scope = '' } = partsOfRequest(request ?? '') ?? {};
    if (kind)
      for (const key of said as (keyof typeof SAYS)[]) {
        const decisions: readonly string[] = decisionsOf(kind);
        if (!decisions.includes(SAYS[key]))
          report(at(key), { code: 'AnswerNotTaken', kind, takes: [...decisions] });
      }
    if (kind && part(entry, 'publish') !== undefined && !ruleOf(kind, 'approve')?.takes?.includes('publish'))
      report(at('publish'), { code: 'AnswerNotTaken', kind, takes: [...decisionsOf(kind)] });
    const session = sessionOfScope(scope);
    if (session !== undefined) checkSession(at('request'), session, file, programme, report);
  });
}

function checkDeeds(file: unknown, programme: Programme, report: Report): void {
  const parties = partiesOf(programme);
  const ministries = programme.institutions.filter(({ role }) => role !== 'secretariat').map(({ id }) => id);
  const joinable = [...parties, OBSERVER];
  const people = codesOf(file, programme);
  const person = (path: (string | number)[], value: unknown) => {
    const code = textOf(value);
    if (code !== undefined && !people.includes(code))
      report(path, { code: 'PersonUnknown', ...misread(code, people) });
  };
  const party = (path: (string | number)[], value: unknown, known = parties) => {
    const code = textOf(value);
    if (code !== undefined && !known.includes(code))
      report(path, {
        code: known === ministries ? 'MinistryUnknown' : 'PartyUnknown',
        ...misread(code, known),
      });
  };
  for (const key of ['questions', 'documents', 'consents', 'takeBacks', 'changes'])
    listOf(part(file, key)).forEach((entry, i) => {
      const at = (...keys: (string | number)[]) => [key, i, ...keys];
      person(at('by'), part(entry, 'by'));
      if (key === 'questions') party(at('to'), part(entry, 'to'), ministries);
      const session = part(entry, 'session');
      if (typeof session === 'number') checkSession(at('session'), session, file, programme, report);
      for (const side of ['before', 'after']) {
        const anchor = textOf(part(part(entry, 'at'), side)) ?? '';
        const session = sessionOfScope(partsOfRequest(anchor)?.scope ?? anchor);
        if (session !== undefined) checkSession(at('at', side), session, file, programme, report);
      }
      if (key === 'changes') checkKind(at(), entry, report);
      for (const kind of CHANGE_KINDS) {
        const fields = part(entry, kind);
        const inside = (field: string) => at(kind, field);
        for (const [field, names] of namedIn(kind)) {
          if (names === 'person') person(inside(field), part(fields, field));
          else party(inside(field), part(fields, field), kind === 'add-person' ? joinable : parties);
        }
        if (kind === 'absence') {
          const [from, to] = [textOf(part(fields, 'from')), textOf(part(fields, 'to'))];
          if (from !== undefined && to !== undefined && to < from)
            report(inside('to'), { code: 'AbsenceReversed', from: shown(from), to: shown(to) });
        }
        const number = part(fields, 'session');
        if (typeof number === 'number') checkSession(inside('session'), number, file, programme, report);
      }
    });
}

type IdField = [field: string, names: 'person' | 'party'];

/** The fields of a change that name a person or a party of the cooperation by its code. */
const namedIn = (kind: ChangeKind): IdField[] =>
  Object.entries<unknown>(CHANGE_FIELDS[kind].shape).flatMap(([field, schema]): IdField[] => {
    const held: readonly unknown[] = schema instanceof z.ZodUnion ? schema.options : [schema];
    if (held.includes(PERSON_ID)) return [[field, 'person']];
    return held.includes(PARTY_ID) ? [[field, 'party']] : [];
  });

/** One change an entry. */
function checkKind(path: (string | number)[], entry: unknown, report: Report): void {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return;
  if (CHANGE_KINDS.filter((kind) => Object.hasOwn(entry, kind)).length !== 1)
    report(path, { code: 'OneChange', changes: CHANGE_KINDS });
}

function checkMail(file: unknown, programme: Programme, report: Report): void {
  const people = peopleOf(programme);
  const known = codesOf(file, programme);
  listOf(part(part(file, 'mail'), 'refuses')).forEach((entry, i) => {
    const to = textOf(part(entry, 'to'));
    if (to === undefined || to.includes('@')) return;
    if (!known.includes(to) && !people.some(({ id }) => id === to))
      report(['mail', 'refuses', i, 'to'], { code: 'PersonUnknown', ...misread(to, known) });
  });
}

/** Those there are, and those that the scenario adds. */
function checkSession(
  path: (string | number)[],
  number: number,
  file: unknown,
  { sessions }: Programme,
  report: Report,
): void {
  const added = listOf(part(file, 'changes')).filter(
    (entry) => part(entry, 'add-session') !== undefined,
  ).length;
  const last = sessions.length + added;
  if (number > last) report(path, { code: 'SessionUnknown', session: number, last });
}

const partiesOf = ({ institutions }: Programme): string[] => [
  ...institutions.map(({ id }) => id),
  CONSULTANT,
];

/** Codes of everybody, and of those who come in by a change: they follow the last of their party. */
function codesOf(file: unknown, programme: Programme): string[] {
  const codes = [
    ...peopleOf(programme)
      .filter(({ role }) => role !== 'guest')
      .map(({ id }) => id),
    `${CONSULTANT}-1`,
  ];
  for (const entry of listOf(part(file, 'changes'))) {
    const [replaced, absence] = [part(entry, 'replace'), part(entry, 'absence')];
    const beside =
      typeof part(replaced, 'with') === 'object'
        ? replaced
        : typeof part(absence, 'standIn') === 'object'
          ? absence
          : undefined;
    const party = beside
      ? partsOfPerson(textOf(part(beside, 'person')) ?? '').party
      : textOf(part(part(entry, 'add-person'), 'party'));
    if (!party) continue;
    codes.push(personId(party, codes.filter((code) => partsOfPerson(code).party === party).length + 1));
  }
  return [...new Set(codes)];
}
