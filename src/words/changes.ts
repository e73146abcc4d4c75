import { type CaseView, partyZone } from '../domain/caseView.ts';
import { type Change, type ChangeKind, givenChange } from '../domain/change.ts';
import { documentVersionId, partsOfPerson, renewedId } from '../domain/ids.ts';
import type { Language } from '../domain/language.ts';
import type { AddressedTelling } from '../domain/telling.ts';
import { documentTitle } from './brief.ts';
import { durationText, timeOf } from './clock.ts';
import { ownerNamed } from './commitments.ts';
import { groupName } from './guestList.ts';
import { requestLabel, sessionTitle } from './labels.ts';
import { joined } from './lists.ts';
import { nameOf, partyNamed, partyOf, personName } from './parties.ts';
import { moment, period, shortDate } from './shortDates.ts';
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

/**
 * What a person is told: "tiene más plazo: Responder la pregunta 2".
 *
 * @param name a person's name by the code, which may be that of somebody who is only now to come
 */
export function noticeWords(
  { person, about }: Pick<AddressedTelling, 'person' | 'about'>,
  view: CaseView,
  name: (person: string) => string,
  { language, now }: Reader,
): string {
  const say = speaker('case.lines', language);
  switch (about.notice) {
    case 'request': {
      const request = requestName(view, about.request, language);
      if (about.how === 'annulled') return say('told-owes-again', { request });
      if (about.from === undefined || about.how === 'reassigned') return say('told-request', { request });
      const values = { name: name(about.from), request };
      if (about.how === 'handed-over') return say('told-handed-over', values);
      return say(about.how === 'absent' ? 'told-absent' : 'told-replaced-request', values);
    }
    case 'deadline-extended':
      return say('told-extended', { request: requestName(view, about.request, language) });
    case 'request-released': {
      const request = requestName(view, about.request, language);
      if (about.to === undefined) return say('told-released', { request });
      const other =
        about.how === 'handed-over' ? name(about.to) : (partyOf(view.programme, about.to) ?? about.to);
      return say('told-released-to', {
        request,
        theOther: nameOf(other, language, 'the'),
        toOther: nameOf(other, language, 'to'),
      });
    }
    case 'answer-annulled':
      return say('told-annulled', {
        request: requestName(view, about.request, language),
        count: about.undone.length,
        undone: joined(
          about.undone.map((id) => requestName(view, id, language)),
          language,
        ),
      });
    case 'joined':
      return about.replaces === undefined
        ? say('told-joined')
        : say('told-joined-replacing', { name: name(about.replaces) });
    case 'replaced':
      return say('told-replaced', { name: name(about.by) });
    case 'left':
      return say('told-left');
    case 'people-changed':
      return say('told-people-changed', {
        how: theirs(about, person) ?? about.how,
        name: name(about.who),
        by: about.by === undefined ? '' : name(about.by),
      });
    case 'stands-in':
      if (about.standIn !== undefined)
        return say('told-stands-in-own', {
          over: about.over ? 'yes' : 'no',
          period: period(about, language, partyZone(view, undefined), now),
        });
      return say(about.over ? 'told-stands-in-over' : 'told-stands-in', {
        name: name(about.absent),
        period: period(about, language, partyZone(view, undefined), now),
      });
    case 'invitation':
      return say(`told-invitation-${about.kind}`, { session: sessionTitle(about.session, language) });
    case 'convocation':
      return say(`told-convocation-${about.kind}`);
    case 'guests-named':
      return say('told-guests-named', {
        ...{ how: about.how, session: sessionTitle(about.session, language) },
        names: about.guests.map(name).join(', '),
      });
    case 'minutes-corrected':
      return say('told-minutes', { session: sessionTitle(about.session, language) });
    case 'meeting-corrected':
      return say('told-meeting-corrected');
    case 'programme-changed':
      return about.session === undefined
        ? say('told-programme')
        : say('told-programme-session', { session: sessionTitle(about.session, language) });
    case 'document-withheld':
      return say(about.released ? 'told-released-document' : 'told-withheld', {
        document: documentName(view, about.document, language),
      });
    case 'paused':
      return say('told-paused');
    case 'resumed':
      return say('told-resumed');
    case 'cooperation-cancelled':
      return say('told-cancelled');
  }
}
