import { type CaseView, partyZone } from '../domain/caseView.ts';
import { type Change, type ChangeKind, givenChange } from '../domain/change.ts';
import { isPublishedSheet } from '../domain/document.ts';
import { documentVersionId, partsOfPerson, renewedId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { AddressedTelling } from '../domain/mails/notice.ts';
import { documentTitle } from './brief.ts';
import { ownerNamed } from './commitments.ts';
import { durationText, timeOf } from './dates/clock.ts';
import { moment, period, shortDate } from './dates/shortDates.ts';
import { groupName } from './guestList.ts';
import { requestLabel, sessionTitle } from './labels.ts';
import { joined } from './lists.ts';
import { nameOf, partyNamed, partyOf, personName } from './names/parties.ts';
import { type Speak, speaker } from './speaker.ts';

/** Changes and who is told of them in words, for whoever reads. */

type Reader = { language: Language; now: Date };

/** "Plazo ampliado: Responder la pregunta 2, hasta el vie 27 ago". Names and titles are taken from the case. */
export function changeWords(change: Change, view: CaseView, reader: Reader): string {
  const say = speaker('case.lines', reader.language);
  return labelled(
    change.change,
    detailsOf(change, view, reader, say),
    say,
    change.change === 'correct-commitment' ? howOf(change) : 'corrected',
  );
}

/** A change as the case file keeps it, which a newer server may have written otherwise. */
export function recordedWords(
  { kind, what }: Pick<CaseView['changes'][number], 'kind' | 'what'>,
  view: CaseView,
  reader: Reader,
): string {
  const parsed = givenChange.shape.what.safeParse(what);
  return parsed.success
    ? changeWords(parsed.data, view, reader)
    : labelled(kind, [], speaker('case.lines', reader.language));
}

/** What was changed, and what is known of it. */
export function labelled(
  kind: ChangeKind,
  details: readonly (string | undefined)[],
  say: Speak<'case.lines'>,
  how: ReturnType<typeof howOf> = 'corrected',
): string {
  const known = details.filter(Boolean).join(', ');
  const what = kind === 'correct-commitment' ? say(kind, { how }) : say(kind);
  return known ? say('details', { what, details: known }) : what;
}

function detailsOf(
  change: Change,
  view: CaseView,
  { language, now }: Reader,
  say: Speak<'case.lines'>,
): (string | undefined)[] {
  const zone = partyZone(view, undefined);
  const party = (code: string) => partyNamed(view.programme, code, language);
  const name = (code: string) => personName(view, code);
  switch (change.change) {
    case 'extend':
      return [
        requestName(view, change.request, language),
        say('until', { day: shortDate(change.due, language, zone, now) }),
      ];
    case 'reassign':
      return [
        requestName(view, change.request, language),
        say('passed', { from: party(change.from), to: party(change.to), absent: 'no' }),
      ];
    case 'waive':
    case 'annul':
      return [requestName(view, change.request, language), party(change.party)];
    case 'hand-over':
      return [
        requestName(view, change.request, language),
        say('passed', { from: name(change.from), to: name(change.to), absent: 'no' }),
      ];
    case 'absence':
      return [
        name(change.person),
        period(change, language, zone, now),
        say('standsIn', {
          name: typeof change.standIn === 'string' ? name(change.standIn) : change.standIn.name,
        }),
      ];
    case 'end-absence':
      return [name(change.person), say('sinceDay', { day: shortDate(change.from, language, zone, now) })];
    case 'replace': {
      const before = name(change.person);
      const after = typeof change.with === 'string' ? name(change.with) : change.with.name;
      // A case that keeps the place and changes who has it knows the new name alone.
      return [before === after ? before : say('passed', { from: before, to: after, absent: 'no' })];
    }
    case 'correct-person': {
      const { name: as, email, post, language: mails, timezone } = change.as;
      return [
        name(change.person),
        ...[as, email, post === null ? say('noPost') : post, mails, timezone].filter(
          (one) => one !== name(change.person),
        ),
      ];
    }
    case 'add-person':
      return [change.person.name, party(change.party)];
    case 'remove-person':
    case 'focal-point':
      return [name(change.person), party(partsOfPerson(change.person).party)];
    case 'reschedule': {
      const { session, startsAt, hours, link, place } = change;
      const own = view.sessions.find(({ number }) => number === session)?.timeZone ?? zone;
      return [
        sessionTitle(session, language),
        startsAt && moment(startsAt, own, language, now),
        hours === undefined ? undefined : durationText(hours),
        link,
        place,
      ];
    }
    case 'reschedule-meeting': {
      const { startsAt, hours, link, place } = change;
      return [
        startsAt && moment(startsAt, view.meeting.timeZone, language, now),
        hours === undefined ? undefined : durationText(hours),
        link,
        place,
      ];
    }
    case 'add-session': {
      const { date, starts, window } = change.as;
      return [
        date && `${shortDate(date, language, zone, now)}${starts ? ` ${timeOf(starts, language)}` : ''}`,
        window && period(window, language, zone, now),
      ];
    }
    case 'cancel-session':
    case 'correct-minutes':
      return [sessionTitle(change.session, language)];
    case 'add-guest':
      return [groupName(change.guest, language), sessionTitle(change.session, language)];
    case 'name-guests':
      return [
        change.guests.map((guest) => groupName(guest, language)).join(', '),
        party(change.invitedBy),
        sessionTitle(change.session, language),
      ];
    case 'withdraw-guest': {
      const session = view.people.find(({ id }) => id === change.person)?.session;
      return [name(change.person), session ? sessionTitle(session, language) : undefined];
    }
    case 'add-commitment':
    case 'correct-commitment':
      return commitmentDetails(change, view, { language, now }, say);
    case 'withhold':
    case 'release':
      return [documentName(view, change.document, language)];
    case 'correct-sheet':
    case 'cancel-sheet-correction':
    case 'cancel-meeting':
    case 'correct-meeting':
    case 'pause':
    case 'resume':
    case 'cancel':
    case 'amend':
      return [];
  }
}

/** Whether it was withdrawn, or it was told what became of it. */
const howOf = ({ withdrawn, outcome, text }: Extract<Change, { change: 'correct-commitment' }>) =>
  withdrawn ? 'withdrawn' : outcome || text ? 'told' : 'corrected';

/** What is entered of a commitment, or corrected; what it is where that is left out. */
function commitmentDetails(
  change: Extract<Change, { change: 'add-commitment' | 'correct-commitment' }>,
  view: CaseView,
  { language, now }: Reader,
  say: Speak<'case.lines'>,
): (string | undefined)[] {
  const { what, owner, due } = change;
  const known =
    change.change === 'correct-commitment'
      ? view.commitments.find((one) => one.number === change.commitment)?.what
      : undefined;
  const zone = partyZone(view, undefined);
  return [
    what ?? known,
    owner === undefined ? undefined : ownerNamed(owner, view, language),
    due === undefined ? undefined : say('until', { day: shortDate(due, language, zone, now) }),
  ];
}

/** Of those who are told who came or went: the one who has a new part by it. */
function theirs(
  { how, who, by }: Extract<AddressedTelling['about'], { notice: 'people-changed' }>,
  person: string,
): string | undefined {
  if (how === 'focal-point' && who === person) return 'yourFocalPoint';
  return how === 'replaced' && by === person ? 'yourPlace' : undefined;
}

/** "Malla curricular (versión 2)", by document and version; those where the case does not know them. */
export function documentName(
  { documents }: Pick<CaseView, 'documents'>,
  id: string,
  language: Language,
): string {
  const found = documents.find((one) => documentVersionId(one) === id);
  if (!found) return id;
  return speaker('case.lines', language)('documentVersion', {
    title: documentTitle(found, { language }),
    version: found.version,
  });
}

/** What a request asks, by its id; the id where the case does not know it. One that is to be asked anew asks the same. */
function requestName({ requests }: Pick<CaseView, 'requests'>, id: string, language: Language): string {
  const found = requests.find((request) => request.id === id || renewedId(request.id) === id);
  return found ? requestLabel(found, language) : id;
}

type PersonTelling = Pick<AddressedTelling, 'person' | 'about'>;
/** What tellings say, each some of it. */
type ToldFacts = { notice: string } & {
  [Fact in
    | ('how' | 'kind' | 'request' | 'document' | 'who' | 'by' | 'replaces')
    | ('absent' | 'standIn' | 'from' | 'to')]?: string | undefined;
} & { [Fact in 'undone' | 'guests']?: readonly string[] } & { session?: number | undefined } & {
  [Fact in 'over' | 'released']?: boolean | undefined;
};

/** What a message chooses by where a telling does not say it. */
const NONE = 'none';

/** The values of all messages of tellings. */
function toldValues(
  { person, about }: PersonTelling,
  view: CaseView,
  name: (person: string) => string,
  { language, now }: Reader,
) {
  const facts: ToldFacts = about;
  const said = <T>(fact: T | undefined, words: (fact: T) => string) =>
    fact === undefined ? NONE : words(fact);
  const all = (facts: readonly string[] = [], words: (fact: string) => string) =>
    joined(facts.map(words), language);
  const request = (id: string) => requestName(view, id, language);
  const other = facts.to === undefined ? undefined : (partyOf(view.programme, facts.to) ?? name(facts.to));
  return {
    how: camelCased((about.notice === 'people-changed' && theirs(about, person)) || (facts.how ?? NONE)),
    kind: facts.kind ?? NONE,
    request: said(facts.request, request),
    undone: all(facts.undone, request),
    count: facts.undone?.length ?? 0,
    document: said(facts.document, (id) => documentName(view, id, language)),
    sheet: facts.document !== undefined && isPublishedSheet(view, facts.document) ? 'yes' : 'no',
    session: said(facts.session, (session) => sessionTitle(session, language)),
    guests: all(facts.guests, name),
    from: said(facts.from, name),
    to: said(facts.to, name),
    theOther: said(other, (one) => nameOf(one, language, 'the')),
    toOther: said(other, (one) => nameOf(one, language, 'to')),
    who: said(facts.who, name),
    by: said(facts.by, name),
    replaces: said(facts.replaces, name),
    absent: said(facts.absent, name),
    standIn: said(facts.standIn, name),
    period: about.notice === 'stands-in' ? period(about, language, partyZone(view, undefined), now) : NONE,
    over: facts.over ? 'yes' : 'no',
    released: facts.released ? 'yes' : 'no',
  };
}

/** Messages choose by words without a hyphen. */
const camelCased = (code: string): string =>
  code.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());

/**
 * What a person is told: "tiene más plazo: Responder la pregunta 2".
 *
 * @param name a person's name by the code, which may be that of somebody who is only now to come
 */
export const noticeWords = (
  told: PersonTelling,
  view: CaseView,
  name: (person: string) => string,
  reader: Reader,
): string => speaker('case.told', reader.language)(told.about.notice, toldValues(told, view, name, reader));
