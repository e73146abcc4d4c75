import type { Command } from 'commander';
import {
  acceptanceIn,
  awaitsAnswer,
  type CaseView,
  isWaivable,
  openRequests,
  partyZone,
  waitsOnDecision,
} from '../../domain/caseView.ts';
import { openEnquiries } from '../../domain/communication.ts';
import { DAY_MS } from '../../domain/dates/durations.ts';
import type { Language } from '../../domain/language.ts';
import { awayAmong } from '../../domain/mails/awayReply.ts';
import { attendancesOf } from '../../domain/mails/calendarReply.ts';
import { CONSULTANT, COORDINATION_MEETING, OBSERVER } from '../../domain/methodology.ts';
import { isStillToKeep, standingCommitments } from '../../domain/results/commitments.ts';
import { isFollowedUp } from '../../domain/results/followUp.ts';
import { isThroughUnheld, nextSession } from '../../domain/standing.ts';
import { attendingLines } from '../../words/attending.ts';
import { awayText } from '../../words/awayReply.ts';
import { documentTitle } from '../../words/brief.ts';
import { recordedWords } from '../../words/changes.ts';
import { colonIn } from '../../words/colon.ts';
import { commitmentLine, commitmentState } from '../../words/commitments.ts';
import { ago, moment, moments, period } from '../../words/dates/shortDates.ts';
import { requestLabel, sessionTitle } from '../../words/labels.ts';
import { directionOf, partyNamed, personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { briefLines } from '../brief.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { throwAbout } from '../failures.ts';
import { knownRequest } from '../optionValues.ts';
import { type Cell, entry, type Line, printable, width, wrapped } from '../terminal.ts';

/** `rial show ID`: a cooperation on one screen; `rial show ID REQUEST`: what one request asks. */
export function show(program: Command): void {
  program
    .command('show')
    .summary('a cooperation on one screen, or one request')
    .description(
      'Shows a cooperation: its steps, whom it waits on, the next session, programme, documents, questions, mails and people; or what one of its requests asks, and how that stands. With --json, the whole case (docs/case.schema.json), or the request of it.',
    )
    .argument('<id>', 'the cooperation, such as 14-per-chl')
    .argument('[request]', 'the request, such as session-2/choose-date.1')
    .action(
      acting<object, [string, string?]>(async (context, _, id, name) => {
        const api = await context.connect();
        const view = await api.show({ id }).catch(throwAbout({ id }));
        if (name !== undefined) return showRequest(view, name, context);
        if (context.json) context.printJson(view);
        else context.print(lines(printable(view), context));
        return EXIT.done;
      }),
    );
}

function showRequest(view: CaseView, name: string, context: Context): number {
  const request = knownRequest(view, name);
  if (context.json) context.printJson(request);
  else context.print(briefLines(printable(request), printable(view), context));
  return EXIT.done;
}

const STATES = { done: '●', current: '◐', ahead: '○' } as const;
/** More documents than this are a list of their own; one screen is promised. */
const DOCUMENTS_SHOWN = 6;
const VERSIONS_SHOWN = 3;
const CHANGES_SHOWN = 3;

function lines(view: CaseView, context: Context): string[] {
  const { say, language, terminal } = context;
  const { columns, paint } = terminal;
  const { programme } = view;
  const entries: [string, Cell][] = [
    paused(view, context),
    ended(view, context),
    followedUp(view, context),
    [say('waitsOn'), waiting(view, context)],
    meetingFact(view, context),
    nextSessionFact(view, context),
    notHeld(view, context),
    absences(view, context),
    changes(view, context),
    [say('programme'), versions(view, context)],
    [say('documents'), documents(view, context)],
    ...questions(view, context),
    ...commitments(view, context),
    ...communications(view, context),
    [say('mails'), mails(view, context)],
    [say('people'), people(view, context)],
  ].filter((one) => one !== undefined) as [string, Cell][];
  const lead = Math.max(...entries.map(([heading]) => width(heading))) + 2;
  const started = say('filed', { when: ago(view.filedAt, language, context.now()) });
  return [
    ...wrapped(`${directionOf(programme.institutions, language)} · ${view.id}`, columns).map((line) =>
      paint.bold(line),
    ),
    ...wrapped(programme.subject, columns),
    ...wrapped(`${say('call', programme.call)} · ${started}`, columns).map((line) => paint.dim(line)),
    '',
    ...view.steps.flatMap((one, index) => {
      const { step, state, sessions } = one;
      const unheld = isThroughUnheld(one, view);
      const count = unheld ? ` (${say('unheld')})` : sessions ? ` (${say('heldOf', sessions)})` : '';
      const text = `${STATES[state]} ${index + 1} ${speaker('labels.step', language)(step)}${count}`;
      const style = { done: paint.green, current: paint.bold, ahead: paint.dim }[state];
      return wrapped(text, columns).map((line) => style(line));
    }),
    '',
    ...entries.flatMap(([heading, cell]) => entry(heading, cell, lead, terminal)),
  ];
}

function ended(view: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  if (!view.closedAt) return undefined;
  const when = moment(view.closedAt, partyZone(view, undefined), language, now());
  if (view.cancelledAt) return [say('ended'), because(say('cancelledWhen', { when }), 'cancel', view)];
  const by = acceptanceIn(view);
  return [
    say('ended'),
    by
      ? `${say('endedAccepted', { when, theParty: partyNamed(view.programme, by.party, language, 'the') })} (${by.name})`
      : when,
  ];
}

/** When the ministries are asked what came of it, while that is ahead or waited on. */
function followedUp(view: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  if (!isFollowedUp(view)) return undefined;
  const next = view.followUps.find(({ at }) => Date.parse(at) > now().getTime());
  const when = next && moment(next.at, partyZone(view, undefined), language, now());
  return [say('followUp'), when || speaker('labels.state', language)('followedUp')];
}

function paused(
  view: CaseView,
  { say, language, now, terminal: { paint } }: Context,
): [string, Cell] | undefined {
  if (!view.pausedAt) return undefined;
  const text = because(say('paused', { when: ago(view.pausedAt, language, now()) }), 'pause', view);
  return [say('state'), { text, style: paint.yellow }];
}

/** With the reason that was given for it last. */
function because(text: string, kind: 'pause' | 'cancel', { changes }: CaseView): string {
  const reason = changes.findLast((change) => change.kind === kind)?.reason;
  return reason ? `${text} (${shortened(reason)})` : text;
}

/** Who has to move, and for what. */
export function waiting(view: CaseView, { say, language, now, terminal: { paint } }: Context): Line[] {
  const { pausedAt } = view;
  const owed = openRequests(view.requests).map((request): Line => {
    const owing = request.asked.filter(({ party }) => request.owing.includes(party));
    const who = owing.map(({ party }) => partyNamed(view.programme, party, language)).join(', ');
    // rial open has the time on the clock of each.
    const due = moment(request.dueAt, partyZone(view, owing[0]?.party), language, now());
    const text = `${who} — ${requestLabel(request, language)} (${due})`;
    if (pausedAt) return { text: `${who} — ${requestLabel(request, language)}`, style: paint.dim };
    if (waitsOnDecision(request)) {
      const what = say(isWaivable(request) ? 'waitsToDecide' : 'waitsToDecideWithin');
      return {
        text: `! ${what} — ${requestLabel(request, language)} (${say('silent', { parties: who })})`,
        style: paint.red,
      };
    }
    return request.overdue ? { text: `! ${text}, ${say('overdue')}`, style: paint.red } : { text };
  });
  if (pausedAt) return [{ text: say('waitsToResume'), style: paint.yellow }, ...owed];
  return owed.length > 0 ? [...owed, ...awayLines(view, language, now())] : [{ text: say('nobody') }];
}

/** Whose mailboxes answered of late that they are away, of those who have to move. */
function awayLines(view: CaseView, language: Language, now: Date): Line[] {
  const owing = new Set(openRequests(view.requests).flatMap((request) => request.owing));
  return [...owing].flatMap((party) => {
    const clock = { language, timeZone: partyZone(view, party), now: now.toISOString(), others: [] };
    return awayAmong(view, party, clock.now).map((one) => ({ text: awayText(one, clock) }));
  });
}

/** The coordination meeting, until it is recorded. */
function meetingFact(view: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  const { startsAt, endsAt, timeZone, recordedAt, notHeldAt, cancelledAt } = view.meeting;
  if (recordedAt || cancelledAt || view.closedAt) return undefined;
  const past = !notHeldAt && Date.parse(endsAt) < now().getTime() ? ` (${say('unrecorded')})` : '';
  const when = notHeldAt
    ? say('meetingNotHeld')
    : moments(startsAt, clocksOf(view, timeZone), language, now());
  const fact = `${when}${past}`;
  return [
    speaker('labels.step', language)('coordination'),
    withAttending(fact, view, { ...view.meeting, number: COORDINATION_MEETING }, language),
  ];
}

/** The clock that a date was agreed on, and those of the ministries. */
const clocksOf = ({ programme }: CaseView, timeZone: string): string[] => [
  timeZone,
  ...programme.institutions.filter(({ role }) => role !== 'secretariat').map(({ timezone }) => timezone),
];

/** The first by the clock that is to be held. */
export function nextSessionFact(view: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  const next = nextSession(view.sessions, now().toISOString());
  if (!next || view.closedAt) return undefined;
  const { number, startsAt, window, timeZone } = next;
  const when = startsAt
    ? moments(startsAt, clocksOf(view, timeZone), language, now())
    : window
      ? say('undefinedDate', { period: period(window, language, timeZone, now()) })
      : '';
  const fact = `${sessionTitle(number, language)}${colonIn(language)}${when}`;
  return [say('nextSession'), withAttending(fact, view, next, language)];
}

/** A date, and below it how many come, by what calendars answered. */
function withAttending(
  fact: string,
  view: CaseView,
  { number, sequence }: Pick<CaseView['sessions'][number], 'number' | 'sequence'>,
  language: Language,
): Cell {
  const attendances = attendancesOf(view, number, sequence);
  if (!attendances) return fact;
  return [
    fact,
    attendingLines(attendances, language)
      .map(({ line }) => line)
      .join(' · '),
  ].map((text) => ({
    text,
  }));
}

function notHeld({ sessions }: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  const lines = sessions.flatMap(({ number, cancelledAt }) =>
    cancelledAt ? [{ text: `${sessionTitle(number, language)} (${ago(cancelledAt, language, now())})` }] : [],
  );
  return lines.length > 0 ? [say('notHeld'), lines] : undefined;
}

/** Who is away, or will be. */
function absences(view: CaseView, { say, language, now }: Context): [string, Cell] | undefined {
  const today = new Date(now().getTime() - DAY_MS).toISOString().slice(0, 10);
  const lines = view.absences
    .filter(({ to }) => to > today && view.closedAt === null)
    .map(({ person, from, to, standIn }) => {
      const days = period({ from, to }, language, partyZone(view, undefined), now());
      return {
        text: `${personName(view, person)}, ${days}${colonIn(language)}${say('standsIn', { name: personName(view, standIn) })}`,
      };
    });
  return lines.length > 0 ? [say('absences'), lines] : undefined;
}

function changes(
  view: CaseView,
  { say, language, now, terminal: { paint } }: Context,
): [string, Cell] | undefined {
  if (view.changes.length === 0) return undefined;
  const all = view.changes.map((change): Line => {
    const what = recordedWords(change, view, { language, now: now() });
    const when = ago(change.madeAt, language, now());
    return { text: `${when} · ${what} (${shortened(change.reason)})` };
  });
  return [say('changes'), newest(all, CHANGES_SHOWN, say, paint)];
}

function versions(view: CaseView, { say, language, now, terminal: { paint } }: Context): Line[] {
  const zone = partyZone(view, undefined);
  const all = view.programmeVersions.map(({ version, madeAt, issuedAt, annulledAt }): Line => {
    const made = say('version', { version, when: moment(madeAt, zone, language, now()) });
    const how = [...(issuedAt ? [say('issued')] : []), ...(annulledAt ? [say('versionAnnulled')] : [])];
    return { text: [made, ...how].join(', '), ...(annulledAt && { style: paint.dim }) };
  });
  if (all.length === 0) return [{ text: say('none'), style: paint.dim }];
  return newest(all, VERSIONS_SHOWN, say, paint);
}

/** Each document once, in its newest version. */
function documents(view: CaseView, { say, language, terminal: { paint } }: Context): Line[] {
  const current = new Map<string, Line>();
  for (const { document, title, kind, version, party } of view.documents) {
    const text = say('listedDocument', {
      ...{ document, version, title: documentTitle({ kind, title }, { language }) },
      party: partyNamed(view.programme, party, language),
    });
    current.delete(document);
    current.set(document, { text });
  }
  if (current.size === 0) return [{ text: say('none'), style: paint.dim }];
  return newest([...current.values()], DOCUMENTS_SHOWN, say, paint);
}

/** The newest first, and how many more there are. */
function newest(
  all: readonly Line[],
  shown: number,
  say: Context['say'],
  paint: Context['terminal']['paint'],
): Line[] {
  const left = all.length - shown;
  return [
    ...all.toReversed().slice(0, shown),
    ...(left > 0 ? [{ text: say('more', { count: left }), style: paint.dim }] : []),
  ];
}

function questions(view: CaseView, { say, language, now }: Context): [string, Cell][] {
  if (view.questions.length === 0) return [];
  const open = view.questions.filter((question) => awaitsAnswer(view, question));
  return [
    [
      say('questions'),
      [
        { text: say('questionCount', { count: view.questions.length, open: open.length }) },
        ...open.map(({ number, to, text, askedAt }) => ({
          text: say('questionOpen', {
            number,
            toParty: partyNamed(view.programme, to, language, 'to'),
            when: ago(askedAt, language, now()),
            text: shortened(text),
          }),
        })),
      ],
    ],
  ];
}

/** How many, and each that stands with what became of it. */
function commitments(view: CaseView, { say, language }: Context): [string, Cell][] {
  const standing = standingCommitments(view.commitments);
  if (standing.length === 0) return [];
  const lines = standing.map((one) => ({
    text: say('commitmentLine', {
      number: one.number,
      line: commitmentLine(one, view, language),
      state: commitmentState(one, language),
    }),
  }));
  return [
    [
      say('commitments'),
      [
        {
          text: say('commitmentCount', {
            count: standing.length,
            open: standing.filter(isStillToKeep).length,
          }),
        },
        ...lines,
      ],
    ],
  ];
}

/** How many, and what the Secretariat was asked and has not answered. */
function communications(view: CaseView, { say, language, now }: Context): [string, Cell][] {
  const { communications: all } = view;
  if (all.length === 0) return [];
  const open = openEnquiries(all);
  return [
    [
      say('communications'),
      [
        { text: say('communicationCount', { count: all.length, open: open.length }) },
        ...open.map(({ number, by, text, at }) => ({
          text: say('enquiryOpen', {
            ...{ number, name: personName(view, by) },
            ...{ when: ago(at, language, now()), text: shortened(text) },
          }),
        })),
      ],
    ],
  ];
}

const shortened = (text: string): string => {
  const line = text.replaceAll('\n', ' ');
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
};

/** How many, and each that did not arrive with what the server said. */
function mails(view: CaseView, { say, terminal: { paint } }: Context): Line[] {
  const count = (state: CaseView['mails'][number]['state']) =>
    view.mails.filter((mail) => mail.state === state).length;
  return [
    { text: say('mailCount', { sent: count('sent'), pending: count('pending'), refused: count('refused') }) },
    ...view.mails
      .filter(({ state, attempts }) => state === 'refused' || (state === 'pending' && attempts > 0))
      .map(({ state, address, response, subject }) => ({
        text: `${state === 'refused' ? '✖' : '…'} ${address}: ${response ?? say('noReason')} (${subject})`,
        style: state === 'refused' ? paint.red : paint.yellow,
      })),
  ];
}

/** Everyone who answers, by party, with the codes that `--by` takes; then guests, who only listen, by session. */
function people(view: CaseView, { say, language }: Context): Line[] {
  const parties = [...view.programme.institutions.map(({ id }) => id), CONSULTANT, OBSERVER];
  const named = (some: CaseView['people']) => some.map(({ id, name }) => `${name} [${id}]`).join(', ');
  const answering = parties.flatMap((party) => {
    const members = view.people.filter(
      (person) => person.party === party && person.active && person.role !== 'guest',
    );
    if (members.length === 0) return [];
    return [{ text: `${partyNamed(view.programme, party, language)}${colonIn(language)}${named(members)}` }];
  });
  const listening = view.sessions.flatMap(({ number }) => {
    const guests = view.people.filter(
      ({ role, active, session }) => role === 'guest' && active && session === number,
    );
    if (guests.length === 0) return [];
    return [
      { text: `${sessionTitle(number, language)}, ${say('in-guests')}${colonIn(language)}${named(guests)}` },
    ];
  });
  return [...answering, ...listening];
}
