import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../client/index.ts';
import { awaitsAnswer, type CaseView, type RequestView } from '../../domain/caseView.ts';
import { momentOf, ownMomentOf } from '../../words/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { partiesNamed, partyNamed, personName } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { downloadLink, fileNameOf } from '../downloads.ts';
import { type Html, type Mistake, mistakeOf, type PageContext, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { inside } from '../parts/inside.ts';
import { refusedText } from '../refusals.ts';
import { missing, notForGuests, type Seen, type SeenSite } from '../seen.ts';

/** The questions of a cooperation, with their answers, and a form to ask another. */

type Question = CaseView['questions'][number];
type Written = { to: string; session: string; text: string };
type Filled = { mistakes?: Mistake[]; written?: Written; sent?: number };
const BLANK: Written = { to: '', session: '', text: '' };
const MAX_FORM = 1024 * 1024;

/** Who asks: the people of the cooperation, but not those who look on or see one session. */
const asks = ({ person, capacity }: Seen): boolean =>
  person !== undefined && person.role !== 'guest' && capacity !== 'observer' && capacity !== 'guest';

const ministries = ({ view, person }: Seen) =>
  view.programme.institutions.filter(({ role, id }) => role !== 'secretariat' && id !== person?.party);
const comingSessions = ({ view }: Seen) =>
  view.sessions.filter(({ recordedAt, cancelledAt }) => !recordedAt && !cancelledAt);

export function questionPages({ cooperations }: SiteOutside): Hono<SeenSite> {
  const app = new Hono<SeenSite>();
  app.get('/questions', notForGuests, (c) => {
    const sent = Number(c.req.query('sent'));
    return show(c, c.get('seen'), Number.isInteger(sent) && sent > 0 ? { sent } : {});
  });
  app.post('/questions', notForGuests, bodyLimit({ maxSize: MAX_FORM }), async (c) => {
    const seen = c.get('seen');
    const { person, view } = seen;
    if (!person || !asks(seen)) return missing(c);
    const body = await c.req.parseBody();
    const field = (name: string) => (typeof body[name] === 'string' ? body[name] : '');
    const written = { to: field('to'), session: field('session'), text: field('text') };
    const mistakes = mistakesIn(written, seen, c);
    if (mistakes.length > 0) return show(c, seen, { mistakes, written });
    const given = {
      by: person.id,
      to: written.to,
      text: written.text,
      ...(written.session && { session: Number(written.session) }),
    };
    try {
      const { number } = await cooperations.ask(view.id, given);
      return c.redirect(`/c/${view.id}/questions?sent=${number}`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const message = refusedText(error, seen);
      return show(c, seen, { mistakes: [{ field: 'text', message }], written });
    }
  });
  return app;
}

function mistakesIn({ to, session, text }: Written, seen: Seen, c: PageContext): Mistake[] {
  const say = speaker('site.questions', c.get('language'));
  const [first] = ministries(seen);
  return [
    ...(ministries(seen).some(({ id }) => id === to)
      ? []
      : [{ field: `to-${first?.id}`, message: say('chooseTo') }]),
    ...(session === '' || comingSessions(seen).some(({ number }) => String(number) === session)
      ? []
      : [{ field: 'session', message: say('chooseSession') }]),
    ...(text.trim() ? [] : [{ field: 'text', message: say('writeText') }]),
  ];
}

function show(c: PageContext, seen: Seen, { mistakes = [], written = BLANK, sent }: Filled) {
  const say = speaker('site.questions', c.get('language'));
  const { view } = seen;
  const requestOf = ({ number }: Question) =>
    view.requests.findLast(({ question }) => question?.number === number);
  const isOpen = (question: Question) => awaitsAnswer(view, question);
  const groups = [
    ['open', view.questions.filter(isOpen)],
    ['over', view.questions.filter((one) => one.answer === null && !isOpen(one))],
    ['answered', view.questions.filter(({ answer }) => answer !== null)],
  ] as const;
  return page(c, {
    title: say('title'),
    ownHeading: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${inside(c, seen, 'questions')}
${
  sent
    ? html`<div class="govuk-notification-banner govuk-notification-banner--success" role="region" aria-labelledby="sent"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="sent">${say('done')}</h2></div><div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${say('sent', { number: sent })}</p></div></div>`
    : ''
}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${view.questions.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : ''}
${groups.map(([group, questions]) =>
  questions.length === 0
    ? ''
    : html`<section aria-labelledby="${group}"><h2 class="govuk-heading-m" id="${group}">${say(group, { count: questions.length })}</h2>
<ul class="rial-waiting">${questions.map((question) => item(c, seen, question, requestOf(question)))}</ul></section>`,
)}
${asks(seen) ? askForm(c, seen, mistakes, written) : ''}`,
  });
}

function item(c: PageContext, seen: Seen, question: Question, request: RequestView | undefined): Html {
  const language = c.get('language');
  const say = speaker('site.questions', language);
  const { view, clock } = seen;
  const { number, from, by, to, session, text, askedAt, answer, answeredBy, answeredAt } = question;
  const told = say('asked', {
    party: partyNamed(view.programme, from, language),
    name: personName(view, by),
    when: ownMomentOf(askedAt, clock),
    toParty: partyNamed(view.programme, to, language, 'to'),
  });
  const answeredFrom = view.people.find(({ id }) => id === answeredBy)?.party ?? to;
  return html`<li><h3 class="govuk-heading-s rial-close">${say('question', { number })}${session ? html` · ${sessionTitle(session, language)}` : ''}</h3>
<p class="govuk-body-s rial-soft">${told}</p>
<p class="govuk-body rial-prewrap">${text}</p>${
    answer === null
      ? waiting(c, seen, request)
      : html`<div class="govuk-inset-text"><p class="govuk-body-s rial-soft"><strong>${say('answer')}</strong> · ${partyNamed(view.programme, answeredFrom, language)}, ${personName(view, answeredBy ?? '')}${answeredAt ? html` · ${ownMomentOf(answeredAt, clock)}` : ''}</p>
<p class="govuk-body rial-prewrap">${answer}</p>${attachments(c, view, request)}</div>`
  }</li>`;
}

/** Who owes the answer and until when, with the way to its page. */
function waiting(c: PageContext, seen: Seen, request: RequestView | undefined): Html | '' {
  const { view, clock, person } = seen;
  if (!request || request.closedAt || view.closedAt) return '';
  const language = c.get('language');
  const say = speaker('site.questions', language);
  const ofParties = partiesNamed(view.programme, request.owing, language, 'of');
  return html`<p class="govuk-body">${request.overdue ? html`<strong class="govuk-tag govuk-tag--red">${say('overdue')}</strong> ` : ''}${say('owes', { ofParties, when: momentOf(request.dueAt, clock) })}<br>
<a class="govuk-link" href="/c/${view.id}/requests/${request.id}">${say(asks(seen) && request.owing.includes(person?.party ?? '') ? 'seeAndAnswer' : 'see')}<span class="govuk-visually-hidden"> (${say('question', { number: request.item ?? 0 })})</span></a></p>`;
}

function attachments(c: PageContext, view: CaseView, request: RequestView | undefined): Html | '' {
  const named = request?.answers.flatMap(({ documents = [] }) => documents) ?? [];
  const found = view.documents.filter(({ document, version }) => named.includes(`${document}@${version}`));
  if (found.length === 0) return '';
  return html`<ul class="govuk-list">${found.map(
    (one) =>
      html`<li>${downloadLink(view.id, { ...one, fileName: fileNameOf(one) }, c.get('language'))}</li>`,
  )}</ul>`;
}

function askForm(c: PageContext, seen: Seen, mistakes: readonly Mistake[], written: Written): Html {
  const language = c.get('language');
  const say = speaker('site.questions', language);
  const { view } = seen;
  const isOpen = view.steps.find(({ step }) => step === 'documents')?.state === 'current' && !view.closedAt;
  if (!isOpen && mistakes.length === 0)
    return html`<section class="rial-call" aria-labelledby="ask"><h2 class="govuk-heading-m" id="ask">${say('ask')}</h2><p class="govuk-body">${say('closed')}</p></section>`;
  const asked = ministries(seen);
  const first = `to-${asked[0]?.id}`;
  const wrong = (field: string) => mistakes.some((one) => one.field === field);
  const group = (field: string) => `govuk-form-group${wrong(field) ? ' govuk-form-group--error' : ''}`;
  const described = (field: string) => (wrong(field) ? html` aria-describedby="${field}-error"` : '');
  // Where there is but one to ask, nobody has to choose.
  const chosen = written.to || (asked.length === 1 ? asked[0]?.id : '');
  return html`<section class="rial-call" aria-labelledby="ask"><h2 class="govuk-heading-m" id="ask">${say('ask')}</h2>
<form method="post" action="/c/${view.id}/questions" novalidate>
<div class="${group(first)}"><fieldset class="govuk-fieldset"${described(first)}><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${say('to')}</legend>
${mistakeOf(c, mistakes, first)}
<div class="govuk-radios govuk-radios--small">${asked.map(
    ({ id }) =>
      html`<div class="govuk-radios__item"><input class="govuk-radios__input" type="radio" id="to-${id}" name="to" value="${id}"${id === chosen ? html` checked` : ''}><label class="govuk-label govuk-radios__label" for="to-${id}">${partyNamed(view.programme, id, language)}</label></div>`,
  )}</div></fieldset></div>
<div class="${group('session')}"><label class="govuk-label" for="session">${say('session')}</label>
${mistakeOf(c, mistakes, 'session')}
<select class="govuk-select" id="session" name="session"${described('session')}><option value="">${say('noSession')}</option>${comingSessions(
    seen,
  ).map(
    ({ number }) =>
      html`<option value="${number}"${String(number) === written.session ? html` selected` : ''}>${sessionTitle(number, language)}</option>`,
  )}</select></div>
<div class="${group('text')}"><label class="govuk-label" for="text">${say('text')}</label>
${mistakeOf(c, mistakes, 'text')}
<textarea class="govuk-textarea${wrong('text') ? ' govuk-textarea--error' : ''}" id="text" name="text" rows="5"${described('text')}>${written.text}</textarea></div>
<button type="submit" class="govuk-button">${say('send')}</button></form></section>`;
}
