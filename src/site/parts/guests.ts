import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { LONGEST_REASON } from '../../domain/change.ts';
import { isSessionAhead } from '../../domain/standing.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { groupName } from '../../words/guestList.ts';
import { partyForms, personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { type Field, type Mistake, partsHtml, type Values } from '../form.ts';
import type { Visit } from '../visit.ts';
import { details, tag } from './govuk.ts';
import type { Session } from './sessions.ts';

/** A session's guests, on its page: who they are, how they stand, and the form in which an institution names its own. */

type Guest = CaseView['people'][number];

/** Whether guests can still be named and withdrawn, by anybody. */
const isAhead = (session: Session, { view, clock }: Visit): boolean =>
  view.closedAt === null && isSessionAhead(session, clock.now);

/** The institution whose guests the reader may name and withdraw; nobody's, of who speaks for none. */
export function ownGuests(session: Session, visit: Visit): string | undefined {
  const { person, capacity } = visit;
  const speaks = person !== undefined && (capacity === 'delegate' || capacity === 'officer');
  return speaks && isAhead(session, visit) ? person.party : undefined;
}

export const guestsOf = (session: Session, { view }: Visit): Guest[] =>
  view.people.filter((one) => one.role === 'guest' && one.active && one.session === session.number);

/** People as a list, a line each. */
export const guestsField = ({ clock }: { clock: Clock }): Field => {
  const say = speaker('site.guests', clock.language);
  return {
    ...{ name: 'guests', as: 'long', rows: 6, label: say('list'), hint: say('listHint') },
    required: say('none'),
  };
};

export const noteField = ({ clock }: { clock: Clock }): Field => {
  const say = speaker('site.guests', clock.language);
  return {
    name: 'note',
    as: 'long',
    rows: 2,
    most: LONGEST_REASON,
    label: say('note'),
    hint: say('noteHint'),
    optional: true,
  };
};

/** The part of a session's page. */
export function guestsPart(session: Session, visit: Visit): Html | '' {
  const { view, clock, capacity } = visit;
  const guests = guestsOf(session, visit);
  const own = ownGuests(session, visit);
  const asStaff = capacity === 'staff' && isAhead(session, visit);
  if (guests.length === 0 && !own && !asStaff) return '';
  const say = speaker('site.guests', clock.language);
  return html`<section aria-labelledby="session-guests"><h2 class="govuk-heading-m" id="session-guests">${say('title')}</h2>
${guests.length === 0 ? html`<p class="govuk-body">${say('nobody')}</p>` : html`<ul class="rial-people">${guests.map((one) => html`<li>${guestLines(one, session, visit)}</li>`)}</ul>`}
${own ? details(say('name', partyForms(view.programme, [own], clock.language)), namingForm(session, visit, { values: {}, mistakes: [] }), { id: 'name-guests' }) : ''}
${asStaff ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/changes/new/name-guests?session=${session.number}">${say('nameAsStaff')}</a></p>` : ''}</section>`;
}

export function namingForm(
  session: Session,
  visit: Visit,
  { values, mistakes }: { values: Values; mistakes: readonly Mistake[] },
): Html {
  const { view, clock } = visit;
  const say = speaker('site.guests', clock.language);
  return html`<p class="govuk-body">${say(session.sequence >= 0 ? 'leadInvited' : 'lead')}</p>
<form method="post" action="/c/${view.id}/sessions/${session.number}/guests" novalidate>
${partsHtml({ language: clock.language, values, mistakes }, [guestsField(visit), noteField(visit)])}
<button class="govuk-button" type="submit">${say('check')}</button></form>`;
}

function guestLines(guest: Guest, session: Session, visit: Visit): Html {
  const { view, clock } = visit;
  const { id, name, post, party, email } = guest;
  const say = speaker('site.guests', clock.language);
  const isOwn = ownGuests(session, visit) === party;
  const asStaff = visit.capacity === 'staff' && isAhead(session, visit);
  const withdraw = asStaff
    ? `/c/${view.id}/changes/new/withdraw-guest?person=${id}`
    : `/c/${view.id}/sessions/${session.number}/guests/${id}/withdraw`;
  return html`<p class="govuk-body"><strong>${groupName(guest, clock.language)}</strong> ${standing(guest, visit)}</p>
${post ? html`<p class="govuk-body-s">${post}</p>` : ''}
<p class="govuk-body-s rial-soft">${say('invitedBy', partyForms(view.programme, [party], clock.language))}${namedBy(guest, visit)}</p>
${
  isOwn || asStaff
    ? html`<p class="govuk-body-s">${email === null ? '' : html`${email} · `}<a class="govuk-link" href="${withdraw}">${say('withdraw')}<span class="govuk-visually-hidden"> (${name})</span></a></p>`
    : ''
}`;
}

/** Expected by the programme, or named; invited, once a mail has left; or not reached. */
function standing(guest: Guest, { view, clock }: Visit): Html {
  const say = speaker('site.guests', clock.language);
  if (guest.email === null) return tag('grey', say('unwritten'));
  const invitations = view.mails.filter(
    ({ person, notice }) => person === guest.id && notice === 'invitation',
  );
  if (invitations.some(({ state }) => state === 'sent')) return tag('green', say('invited'));
  if (invitations.at(-1)?.state === 'refused') return tag('red', say('unreached'));
  return tag('grey', say(namingOf(guest, view) ? 'named' : 'expected'));
}

/** The entry of the record by which somebody was named whom the programme did not have from the start. */
const namingOf = ({ id }: Guest, { record }: CaseView) =>
  record.find(({ kind, data }) => {
    const { guest, guests } = (data ?? {}) as { guest?: unknown; guests?: unknown };
    return kind === 'guest-added'
      ? guest === id
      : kind === 'guests-named' && Array.isArray(guests) && guests.includes(id);
  });

/** Who named somebody, and when. */
function namedBy(guest: Guest, { view, clock }: Visit): string {
  const entry = namingOf(guest, view);
  if (!entry) return '';
  const say = speaker('site.guests', clock.language);
  const when = ownMomentOf(entry.at, clock);
  return ` · ${entry.person ? say('namedBy', { name: personName(view, entry.person), when }) : say('namedByStaff', { when })}`;
}
