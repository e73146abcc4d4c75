import { html } from 'hono/html';
import { instantOf } from '../../../domain/dates/dates.ts';
import { kinds, REQUEST_KINDS } from '../../../domain/kinds/index.ts';
import type { Language } from '../../../domain/language.ts';
import { secretariatAmong } from '../../../domain/people/party.ts';
import { planOf } from '../../../domain/programme/planOf.ts';
import type { Programme } from '../../../domain/programme/programme.ts';
import { warningsOf } from '../../../domain/warning.ts';
import { colonIn } from '../../../words/colon.ts';
import { type Clock, momentOf, periodOf } from '../../../words/dates/dates.ts';
import { groupName } from '../../../words/guestList.ts';
import { kindLabel } from '../../../words/kinds.ts';
import { requestLabel, sessionTitle } from '../../../words/labels.ts';
import { joined } from '../../../words/lists.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { stateName } from '../../../words/names/states.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { callName, cooperationName } from '../../parts/names.ts';
import { warningsHtml } from '../../parts/warnings.ts';

/** A programme as it will be carried out, before it is started. */
export function programmePreview(programme: Programme, clock: Clock): Html {
  const { language } = clock;
  const say = speaker('site.new-cooperation', language);
  const { consultant } = programme.systematization;
  const rows: [string, string][] = [
    [say('pairing'), cooperationName({ programme }, language)],
    [speaker('form.fields', language)('title'), programme.title],
    [say('code'), programme.id],
    [say('subject'), programme.subject],
    [say('call'), callName({ programme }, language)],
    [say('coordination'), meetingOf(programme, clock)],
    [say('first'), firstOf(programme, clock)],
  ];
  return html`<dl class="govuk-summary-list">${rows.map(
    ([key, value]) =>
      html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`,
  )}</dl>
${warningsHtml(warningsOf(programme, clock.now), programme, language)}
<h2 class="govuk-heading-m">${say('people')}</h2>
${programme.institutions.map(
  ({ id, name, country, role }) => html`<h3 class="govuk-heading-s">${name} (${
    role === 'secretariat' ? say(role) : `${stateName(country, language)}, ${say(role)}`
  })</h3>
${peopleList(
  programme.participants.filter(({ institution }) => institution === id),
  language,
)}`,
)}
<h3 class="govuk-heading-s">${speaker('papers.labels', language)('consultant')}</h3>
${consultant ? peopleList([consultant], language) : html`<p class="govuk-body">${say('noConsultant')}</p>`}
<h2 class="govuk-heading-m">${say('sessions')}</h2>
<ol class="govuk-list">${sessionsOf(programme, clock)}</ol>
<h2 class="govuk-heading-m">${say('deadlines')}</h2>
${deadlinesOf(programme, clock)}`;
}

type ListedPerson = { name: string; post?: string | undefined; email?: string | undefined };

const peopleList = (people: readonly ListedPerson[], language: Language): Html =>
  html`<ul class="govuk-list govuk-list--bullet">${people.map(
    ({ name, post, email }) =>
      html`<li>${name}${post ? `, ${post}` : ''} — ${email ?? speaker('site.new-cooperation', language)('noAddress')}</li>`,
  )}</ul>`;

/** The guests of a session, by who invites them. */
function guestsOf(
  session: Programme['sessions'][number] | undefined,
  programme: Programme,
  language: Language,
): Html[] {
  const hosts = Map.groupBy(session?.guests ?? [], ({ invitedBy }) => invitedBy);
  return [...hosts].map(([host, guests]) => {
    const institution = partyNamed(programme, host, language);
    return html`<p class="govuk-body rial-close">${speaker('papers.labels', language)('guestsOf', { institution })}</p>${peopleList(
      guests.map((guest) => ({ ...guest, name: groupName(guest, language) })),
      language,
    )}`;
  });
}

function meetingOf(programme: Programme, clock: Clock): string {
  const { date, starts, timezone } = programme.coordination;
  return momentOf(instantOf(date, starts, timezone), clock, planOf(programme).coordinationEndsAt);
}

function firstOf(programme: Programme, clock: Clock): string {
  const { date, starts, timezone } = programme.coordination;
  const startsAt = instantOf(date, starts, timezone);
  if (Date.parse(startsAt) > Date.parse(clock.now))
    return speaker('site.following', clock.language)('convened', {
      names: joined(
        programme.participants.map(({ name }) => name),
        clock.language,
      ),
      when: momentOf(startsAt, clock, planOf(programme).coordinationEndsAt),
    });
  const secretariat = secretariatAmong(programme.institutions);
  const names = programme.participants
    .filter(({ institution }) => institution === secretariat.id)
    .map(({ name }) => name);
  const { coordinationEndsAt } = planOf(programme);
  const isOver = Date.parse(coordinationEndsAt) <= Date.parse(clock.now);
  return speaker('site.new-cooperation', clock.language)(isOver ? 'firstNow' : 'firstText', {
    names: joined(names, clock.language),
    party: secretariat?.acronym ?? '',
    when: momentOf(coordinationEndsAt, clock),
    request: requestLabel({ kind: 'confirm-coordination', item: null }, clock.language),
  });
}

function sessionsOf(programme: Programme, clock: Clock): Html[] {
  const { sessions } = planOf(programme);
  return sessions.map(({ number, date, window }, index) => {
    const when = date ? momentOf(date.startsAt, clock, date.endsAt) : window ? periodOf(window, clock) : '';
    return html`<li><strong>${sessionTitle(number, clock.language)}</strong>${colonIn(clock.language)}${when}<br><span class="rial-prewrap">${programme.sessions[index]?.contents ?? ''}</span>${guestsOf(programme.sessions[index], programme, clock.language)}</li>`;
  });
}

function deadlinesOf({ deadlines }: Programme, { language }: Clock): Html {
  const say = speaker('site.new-cooperation', language);
  return html`<table class="govuk-table"><caption class="govuk-visually-hidden">${say('deadlines')}</caption><thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${say('request')}</th><th scope="col" class="govuk-table__header">${say('days')}</th></tr></thead>
<tbody class="govuk-table__body">${REQUEST_KINDS.flatMap((kind) => {
    const given = kinds[kind];
    if (!given.deadline) return [];
    const own = deadlines?.[given.deadline];
    return html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${kindLabel(kind, language)}</th><td class="govuk-table__cell">${own === undefined ? given.due.days : say('own', { n: own })}</td></tr>`;
  })}</tbody></table>`;
}
