import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { ChangeForecast } from '../../casefile/changes/index.ts';
import { Refused } from '../../client/index.ts';
import { lastChangeOf } from '../../domain/caseView.ts';
import { givenChange, LONGEST_REASON, MOST_GUESTS } from '../../domain/change.ts';
import { listedPeople } from '../../domain/people/guestList.ts';
import { groupName, listFaultText } from '../../words/guestList.ts';
import { sessionTitle } from '../../words/labels.ts';
import { partyForms } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { PageContext, SiteContext } from '../context.ts';
import {
  type Field,
  hiddenHtml,
  type Mistake,
  ofShape,
  partsHtml,
  postedForm,
  seenAgain,
  seenField,
  seenIn,
  textIn,
  type Values,
} from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { scrollTable } from '../parts/govuk.ts';
import { guestsField, guestsOf, namingForm, noteField, ownGuests } from '../parts/guests.ts';
import type { Session } from '../parts/sessions.ts';
import { refusedText } from '../refusals.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** An institution names and withdraws its own guests of a session; staff have changes for it. */

const MAX_FORM = 200_000;
/** Which of the buttons of the check was pressed. */
const BUTTONS = ['confirmed', 'mend'].map((name): Field => ({ as: 'hidden', name, value: '' }));
type VisitContext = PageContext & { get(key: 'visit'): Visit };
type Naming = { visit: Visit; session: Session; party: string; values: Values };
type ListedPeople = ReturnType<typeof listedPeople>['people'];

export function guestPages({ cooperations }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  const limit = bodyLimit({ maxSize: MAX_FORM, onError: (c) => missing(c as SiteContext) });

  app.post('/sessions/:n{[0-9]{1,3}}/guests', notForGuests, limit, async (c) => {
    const visit = c.get('visit');
    const session = sessionIn(c);
    const party = session && ownGuests(session, visit);
    if (!session || !party) return missing(c);
    const { values, mistakes } = await postedForm(c, [guestsField(visit), noteField(visit), ...BUTTONS]);
    const naming = { visit, session, party, values };
    const { people, faults } = listedPeople(textIn(values, 'guests'));
    const found = [...mistakes, ...mistakesIn(naming, people, faults)];
    if (found.length > 0 || textIn(values, 'mend')) return formPage(c, naming, found);
    // The same list once more: a button that was pressed twice.
    if (textIn(values, 'confirmed') && areNamed(people, naming))
      return c.redirect(leadBack(naming, people.length), 303);
    const { clock, person, view } = visit;
    const reason =
      textIn(values, 'note') ||
      speaker('site.guests', view.language)('reason', partyForms(view.programme, [party], view.language));
    const given = ofShape(givenChange, {
      what: { change: 'name-guests', session: session.number, invitedBy: party, guests: people },
      reason,
      ...(person && { by: person.id }),
    });
    try {
      if (!textIn(values, 'confirmed'))
        return checkPage(c, naming, people, await cooperations.preview(view.id, given));
      const { change } = await cooperations.change(view.id, given, { door: 'site' });
      await c.get('note')({ code: 'people-changed', cooperation: view.id, change, kind: 'name-guests' });
      return c.redirect(leadBack(naming, people.length), 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return formPage(c, naming, [{ field: 'guests', message: refusedText(error, { clock, view }) }]);
    }
  });

  const path = '/sessions/:n{[0-9]{1,3}}/guests/:person/withdraw';
  app.get(path, notForGuests, (c) => {
    const found = guestIn(c);
    return found ? askPage(c, found) : missing(c);
  });
  app.post(path, notForGuests, limit, async (c) => {
    const visit = c.get('visit');
    const found = guestIn(c);
    if (!found || !visit.person) return missing(c);
    const { values, mistakes } = await postedForm(c, withdrawFields(visit, {}));
    if (mistakes.length > 0) return askPage(c, found, values, mistakes);
    const { view } = visit;
    const what = { change: 'withdraw-guest', person: found.guest.id } as const;
    const given = {
      what,
      reason: textIn(values, 'reason'),
      by: visit.person.id,
      seen: seenIn(values, lastChangeOf(view)),
    };
    try {
      const { change } = await cooperations.change(view.id, given, { door: 'site' });
      await c.get('note')({ code: 'people-changed', cooperation: view.id, change, kind: what.change });
      return c.redirect(`/c/${view.id}/sessions/${found.session.number}?withdrawn`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return askPage(c, found, seenAgain(values, error), [
        { field: 'reason', message: refusedText(error, visit) },
      ]);
    }
  });
  return app;
}

const sessionIn = (c: VisitContext): Session | undefined =>
  c.get('visit').view.sessions.find(({ number }) => number === Number((c.req.param() as { n?: string }).n));

/** The guest that the address names, where the reader may withdraw them. */
function guestIn(c: VisitContext) {
  const visit = c.get('visit');
  const session = sessionIn(c);
  const party = session && ownGuests(session, visit);
  const { person } = c.req.param() as { person?: string };
  const guest = session && guestsOf(session, visit).find((one) => one.id === person && one.party === party);
  return guest && { visit, session, guest };
}

function mistakesIn(
  { visit, values }: Naming,
  people: ListedPeople,
  faults: ReturnType<typeof listedPeople>['faults'],
): Mistake[] {
  const { language } = visit.clock;
  if (textIn(values, 'guests').trim() === '') return [];
  const said = faults.map((fault) => listFaultText(fault, language));
  const tooMany = speaker('site.guests', language)('tooMany', { most: MOST_GUESTS, count: people.length });
  return [...said, ...(people.length > MOST_GUESTS ? [tooMany] : [])].map((message) => ({
    ...{ field: 'guests', message },
  }));
}

const areNamed = (people: ListedPeople, { session, visit, party }: Naming): boolean =>
  people.every(({ name, email }) =>
    guestsOf(session, visit).some(
      (one) => one.party === party && one.name === name && one.email?.toLowerCase() === email?.toLowerCase(),
    ),
  );

const leadBack = ({ visit, session }: Naming, count: number): string =>
  `/c/${visit.view.id}/sessions/${session.number}?named=${count}`;

function formPage(c: PageContext, { visit, session, values }: Naming, mistakes: readonly Mistake[]) {
  const { view, clock } = visit;
  const say = speaker('site.guests', clock.language);
  return page(c, {
    title: say('formTitle', { session: sessionTitle(session.number, clock.language) }),
    back: { href: `/c/${view.id}/sessions/${session.number}` },
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: namingForm(session, visit, { values, mistakes }),
  });
}

/** Who was read in the list, before anybody is invited. */
function checkPage(
  c: PageContext,
  { visit, session, party, values }: Naming,
  people: ListedPeople,
  { told, programmeChanges }: ChangeForecast,
) {
  const { view, clock } = visit;
  const say = speaker('site.guests', clock.language);
  const invited = told.some(({ about }) => about.notice === 'invitation');
  const heads = [say('headName'), say('headPost'), say('headEmail')];
  const rows = people.map((one) => [
    groupName(one, clock.language),
    one.post ?? '—',
    one.email ?? say('unwritten'),
  ]);
  const unwritten = people.filter(({ email }) => email === undefined).length;
  const host = partyForms(view.programme, [party], clock.language);
  return page(c, {
    title: say('checkTitle', { count: people.length }),
    back: { href: `/c/${view.id}/sessions/${session.number}` },
    body: html`<p class="govuk-body">${unwritten < people.length ? say(invited ? 'checkInvited' : 'checkLater', { session: sessionTitle(session.number, clock.language) }) : ''} ${say(programmeChanges.length > 0 ? 'checkProgramme' : 'checkSecretariat')}</p>
${unwritten > 0 ? html`<p class="govuk-body">${say('checkUnwritten', { count: unwritten, ...host })}</p>` : ''}
${scrollTable(say('title'), heads, rows)}
<form method="post" action="/c/${view.id}/sessions/${session.number}/guests">${hiddenHtml('guests', textIn(values, 'guests'))}${hiddenHtml('note', textIn(values, 'note'))}
<div class="govuk-button-group"><button class="govuk-button" type="submit" name="confirmed" value="1">${say('confirm', { count: people.length })}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="mend" value="1">${say('mend')}</button></div></form>`,
  });
}

function withdrawFields({ clock, view }: Visit, values: Values): Field[] {
  const say = speaker('site.guests', clock.language);
  return [
    {
      ...{ name: 'reason', as: 'long', rows: 3, most: LONGEST_REASON, label: say('withdrawReason') },
      ...{ hint: say('withdrawReasonHint'), required: say('withdrawNoReason') },
    },
    seenField(values, lastChangeOf(view)),
  ];
}

function askPage(
  c: PageContext,
  { visit, session, guest }: NonNullable<ReturnType<typeof guestIn>>,
  values: Values = {},
  mistakes: readonly Mistake[] = [],
) {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.guests', language);
  return page(c, {
    title: say('withdrawTitle'),
    back: { href: `/c/${view.id}/sessions/${session.number}` },
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('withdrawLead', { name: guest.name, session: sessionTitle(session.number, language) })}</p>
<form method="post" novalidate>${partsHtml({ language, mistakes, values }, withdrawFields(visit, values))}
<button type="submit" class="govuk-button govuk-button--warning">${say('withdrawDo')}</button></form>`,
  });
}
