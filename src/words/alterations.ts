import { type CaseView, partyZone } from '../domain/caseView.ts';
import type { Change, ChangeOf } from '../domain/change.ts';
import { LANGUAGE_NAMES, type Language } from '../domain/language.ts';
import { rewrittenIn } from '../domain/programme/programmeDifferences.ts';
import { commitmentsFrom } from '../domain/results/commitments.ts';
import { attendeeLine } from './attendance.ts';
import type { Item } from './blocks.ts';
import { agreedLine, commitmentLine, commitmentOwner, commitmentState, ownerNamed } from './commitments.ts';
import { durationText } from './dates/clock.ts';
import { moment, period, shortDate } from './dates/shortDates.ts';
import { cityName } from './names/cities.ts';
import { personName } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** What a change alters, part by part: what stands until it is made, beside what it comes to. */

type Reader = { language: Language; now: Date };
/** A part, with both; nothing of what is left out of the change. */
type Alteration = [what: string, before: string | null | undefined, after: string | null | undefined];

/** An entry for each part that a change alters; none where it alters nothing that stood before. */
export function alterationItems(change: Change, view: CaseView, reader: Reader): Item[] {
  const say = speaker('changes.preview', reader.language);
  return alterationsOf(change, view, reader).flatMap(([what, before, after]): Item[] => {
    if (after === undefined || before === after) return [];
    const note = [
      ...(before ? [say('before', { text: before })] : []),
      ...(after ? [say('after', { text: after })] : []),
    ].join('\n');
    return [{ text: what, note }];
  });
}

function alterationsOf(change: Change, view: CaseView, reader: Reader): Alteration[] {
  const { language, now } = reader;
  switch (change.change) {
    case 'extend': {
      const due = view.requests.find(({ id }) => id === change.request)?.dueAt;
      const zone = partyZone(view, undefined);
      const label = speaker('mail.parts', language)('deadlinePassed');
      return [[label, due && moment(due, zone, language, now), shortDate(change.due, language, zone, now)]];
    }
    case 'reschedule': {
      const session = view.sessions.find(({ number }) => number === change.session);
      return session ? appointmentAlterations(change, session, reader) : [];
    }
    case 'reschedule-meeting':
      return appointmentAlterations(change, view.meeting, reader);
    case 'correct-person':
      return personAlterations(change, view, language);
    case 'focal-point': {
      const party = view.people.find(({ id }) => id === change.person)?.party;
      const before = view.people.find((one) => one.party === party && one.active && one.focalPoint);
      const label = speaker('site.people', language)('focalPoint');
      return [[label, before && personName(view, before.id), personName(view, change.person)]];
    }
    case 'correct-minutes': {
      const session = view.sessions.find(({ number }) => number === change.session);
      return session ? recordAlterations(change, session, view, language) : [];
    }
    case 'correct-meeting':
      return recordAlterations(change, view.meeting, view, language);
    case 'correct-commitment':
      return commitmentAlterations(change, view, reader);
    default:
      return [];
  }
}

type Appointment = Pick<
  CaseView['sessions'][number],
  'startsAt' | 'timeZone' | 'hours' | 'link' | 'place'
> & { window?: { from: string; to: string } | null };

function appointmentAlterations(
  { startsAt, hours, link, place }: ChangeOf<'reschedule-meeting'> | ChangeOf<'reschedule'>,
  before: Appointment,
  { language, now }: Reader,
): Alteration[] {
  const say = speaker('changes.sessions', language);
  const at = (instant: string) => moment(instant, before.timeZone, language, now);
  const window = before.window ? period(before.window, language, before.timeZone, now) : '';
  return [
    [say('date'), before.startsAt ? at(before.startsAt) : window, startsAt && at(startsAt)],
    [say('hours'), durationText(before.hours), hours === undefined ? undefined : durationText(hours)],
    [say('link'), before.link, link],
    [say('place'), before.place, place],
  ];
}

function personAlterations(
  { person, as }: ChangeOf<'correct-person'>,
  view: CaseView,
  language: Language,
): Alteration[] {
  const before = view.people.find(({ id }) => id === person);
  if (!before) return [];
  const say = speaker('changes.people', language);
  return [
    [say('name'), before.name, as.name],
    [say('email'), before.email, as.email],
    [say('post'), before.post, as.post === null ? speaker('case.lines', language)('noPost') : as.post],
    [say('language'), LANGUAGE_NAMES[before.language], as.language && LANGUAGE_NAMES[as.language]],
    [say('timezone'), cityName(before.timeZone, language), as.timezone && cityName(as.timezone, language)],
  ];
}

/** What was rewritten of some lines: those that were taken out, and those that are there in their place. */
function rewritten(
  what: string,
  before: readonly string[],
  after: readonly string[] | undefined,
): Alteration {
  const change = after && rewrittenIn(before, after);
  return [what, change?.removed.join('\n'), change?.added.join('\n')];
}

function recordAlterations(
  { minutes, attendance, outputs, commitments }: ChangeOf<'correct-meeting'> | ChangeOf<'correct-minutes'>,
  before: Pick<CaseView['meeting'], 'minutes' | 'attendance' | 'outputs'> & { number?: number },
  view: CaseView,
  language: Language,
): Alteration[] {
  const say = speaker('changes.sessions', language);
  const who = (all: typeof before.attendance) =>
    all.map((one) => attendeeLine(one, view.programme, language));
  const agreed =
    before.number === undefined
      ? commitmentsFrom(view, 'coordination')
      : commitmentsFrom(view, 'session', before.number);
  return [
    rewritten(say('minutes'), [before.minutes ?? ''], minutes === undefined ? undefined : [minutes]),
    rewritten(say('attendance'), who(before.attendance), attendance && who(attendance)),
    rewritten(say('outputs'), before.outputs, outputs),
    rewritten(
      speaker('site.commitments', language)('heading'),
      agreed.map((one) => commitmentLine(one, view, language)),
      commitments?.map((one) => agreedLine(one, view, language)),
    ),
  ];
}

function commitmentAlterations(
  { commitment, what, owner, due, outcome, text }: ChangeOf<'correct-commitment'>,
  view: CaseView,
  { language, now }: Reader,
): Alteration[] {
  const before = view.commitments.find(({ number }) => number === commitment);
  if (!before) return [];
  const named = speaker('site.commitments', language);
  const say = speaker('changes.sessions', language);
  const zone = partyZone(view, undefined);
  const day = (date: string) => shortDate(date, language, zone, now);
  return [
    [named('what'), before.what, what],
    [named('owner'), commitmentOwner(before, view, language), owner && ownerNamed(owner, view, language)],
    [named('due'), day(before.due), due && day(due)],
    [
      say('outcome'),
      commitmentState(before, language),
      outcome && commitmentState({ outcome, due: due ?? before.due }, language),
    ],
    [say('outcomeText'), before.text, text],
  ];
}
