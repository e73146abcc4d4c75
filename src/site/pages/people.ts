import { Hono } from 'hono';
import { html } from 'hono/html';
import { endAccess } from '../../casefile/access/access.ts';
import type { PersonRow } from '../../casefile/database/schema.ts';
import { everyoneOf } from '../../casefile/people.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { dateIn } from '../../domain/dates/dates.ts';
import { periodOf } from '../../words/dates/dates.ts';
import { groupName } from '../../words/guestList.ts';
import { sessionTitle } from '../../words/labels.ts';
import { cityForms } from '../../words/names/cities.ts';
import { partyForms, personName } from '../../words/names/parties.ts';
import { stateName } from '../../words/names/states.ts';
import { type Speak, speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { missing, notForGuests, staffOnly, type Visit, type VisitSite } from '../visit.ts';
import { isCaseOver } from './changes/kind.ts';
import { tableLinks } from './tables.ts';

/** Who takes part in a cooperation, by institution. */

export function peoplePage({ caseFile, now }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.post('/people/:person/end-access', staffOnly, async (c) => {
    const { view } = c.get('visit');
    const one = (await everyoneOf(caseFile, view.id)).find(({ id }) => id === c.req.param('person'));
    if (!one) return missing(c);
    if (one.email === null) return missing(c);
    await endAccess(caseFile, one.email, now());
    await c.get('note')({ code: 'sessions-ended', of: `${view.id}/${one.id}`, why: 'staff' });
    return c.redirect(`/c/${view.id}/people`, 303);
  });
  app.get('/people', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const say = speaker('site.people', clock.language);
    const people = (await everyoneOf(caseFile, view.id)).filter(({ active }) => active);
    const guests = people.filter(({ role }) => role === 'guest');
    const observers = people.filter(({ role }) => role === 'observer');
    const consultants = people.filter(({ role }) => role === 'consultant');
    return page(c, {
      title: say('title'),
      ownHeading: true,
      body: html`${cooperationNavigation(c, visit, 'people')}
<h1 class="govuk-heading-l">${say('title')}</h1>
${
  visit.capacity === 'staff' && !isCaseOver(view)
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/changes/new/add-person">${say('add')}</a></p>`
    : ''
}
${visit.viewer.role !== 'participant' ? tableLinks(`/c/${view.id}/people`, clock.language) : ''}
${view.programme.institutions.map(({ id, name, role, country }) => {
  const of = role === 'secretariat' ? say(role) : `${say(role)} · ${stateName(country, clock.language)}`;
  const own = people.filter((one) => one.party === id && one.role !== 'guest' && one.role !== 'consultant');
  return group(name, of, own, (one) => personLines(one, visit));
})}
${consultants.length > 0 ? group(say('consultant'), say('consultantRole'), consultants, (one) => personLines(one, visit)) : ''}
${observers.length > 0 ? group(say('observers'), say('observersRole'), observers, (one) => personLines(one, visit)) : ''}
${
  guests.length > 0
    ? group(
        say('guests'),
        '',
        guests,
        (one) => html`${personLines(one, visit)}
<p class="govuk-body-s rial-soft">${say('invitedBy', { session: sessionTitle(one.session ?? 0, clock.language), ...partyForms(view.programme, [one.party], clock.language) })}</p>`,
      )
    : ''
}`,
    });
  });
  return app;
}

const group = (title: string, of: string, people: readonly PersonRow[], lines: (one: PersonRow) => Html) =>
  html`<section><h2 class="govuk-heading-m rial-close">${title}</h2>${of ? html`<p class="govuk-body-s rial-soft">${of}</p>` : ''}
<ul class="rial-people">${people.map((one) => html`<li>${lines(one)}</li>`)}</ul></section>`;

function personLines(one: PersonRow, { view, clock, person, capacity }: Visit): Html {
  const say = speaker('site.people', clock.language);
  const today = dateIn(clock.now, one.timeZone);
  const absences = view.absences.filter((absence) => absence.person === one.id && absence.to >= today);
  const isAway = absences.some(({ from }) => from <= today);
  return html`<p class="govuk-body"><strong>${groupName(one, clock.language)}</strong>${one.id === person?.id ? html` <span class="rial-soft">(${say('you')})</span> <a class="govuk-link" href="/me">${say('changeOwn')}</a>` : ''}
${one.focalPoint && (one.role === 'delegate' || one.role === 'staff') ? html`<strong class="govuk-tag govuk-tag--blue">${say('focalPoint')}</strong>` : ''}
${isAway ? html`<strong class="govuk-tag govuk-tag--yellow">${say('awayNow')}</strong>` : ''}</p>
${one.post ? html`<p class="govuk-body-s">${one.post}</p>` : ''}
<p class="govuk-body-s">${one.email === null ? html`<span class="rial-soft">${say('noAddress')}</span>` : html`<a class="govuk-link" href="mailto:${encodeURIComponent(one.email).replace('%40', '@')}">${one.email}</a>`}<br><span class="rial-soft">${say('clock', cityForms(one.timeZone, clock.language))}</span></p>
${absences.map(
  ({ from, to, standIn }) =>
    html`<p class="govuk-body-s">${say('away', { period: periodOf({ from, to }, clock), name: personName(view, standIn) })}</p>`,
)}${capacity === 'staff' ? changesOf(one, view, say) : ''}${capacity === 'staff' && one.email !== null ? endingOf(one, view.id, say) : ''}`;
}

/** What staff may change of a person; a guest is taken off a session, and not replaced. */
const changesOf = (one: PersonRow, view: CaseView, say: Speak<'site.people'>): Html =>
  html`<p class="govuk-body-s rial-actions">${possibleFor(one, view).map(
    (key) =>
      html`<a class="govuk-link" href="/c/${view.id}/changes/new/${FORMS[key]}?person=${one.id}">${say(key)}<span class="govuk-visually-hidden"> (${one.name})</span></a> `,
  )}</p>`;

function possibleFor({ role, focalPoint }: PersonRow, view: CaseView): (keyof typeof FORMS)[] {
  // Whoever leaves may be put out of what is over, too.
  if (isCaseOver(view)) return ['leave'];
  if (role === 'guest') return ['correct'];
  if (role === 'observer') return ['correct', 'leave'];
  if (role === 'consultant') return ['correct', 'replace'];
  return ['correct', 'replace', 'leave', ...(focalPoint ? [] : ['makeFocalPoint' as const])];
}

/** Ends all that lets somebody in, also after the cooperation. */
const endingOf = (one: PersonRow, cooperation: string, say: Speak<'site.people'>): Html =>
  html`<form method="post" action="/c/${cooperation}/people/${one.id}/end-access"><button class="rial-link-button" type="submit">${say('endAccess')}<span class="govuk-visually-hidden"> (${one.name})</span></button></form>`;
const FORMS = {
  correct: 'correct-person',
  replace: 'replace',
  leave: 'remove-person',
  makeFocalPoint: 'focal-point',
} as const;
