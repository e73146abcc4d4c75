import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import { awaitsAnswer, type CaseView, type RequestView } from '../../../domain/caseView.ts';
import { documentVersionId } from '../../../domain/ids.ts';
import { momentOf, ownMomentOf } from '../../../words/dates/dates.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { partyForms, partyNamed, personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import {
  type Field,
  type Mistake,
  partsHtml,
  postedForm,
  type Reading,
  textsOf,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import { documentFile } from '../../parts/documentFile.ts';
import { dropWritten, shortForm, withWritten, writtenPath } from '../../parts/draft.ts';
import { success } from '../../parts/govuk.ts';
import { refusedText } from '../../refusals.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';

/** The questions of a cooperation, with their answers, and a form to ask another. */

type Question = CaseView['questions'][number];
type Standing = Partial<Reading> & { sent?: number };
const MAX_FORM = 1024 * 1024;

/** Who asks: the people of the cooperation, but not those who look on or see one session. */
const asks = ({ person, capacity }: Visit): boolean =>
  person !== undefined && person.role !== 'guest' && capacity !== 'observer' && capacity !== 'guest';

const ministries = ({ view, person }: Visit) =>
  view.programme.institutions.filter(({ role, id }) => role !== 'secretariat' && id !== person?.party);
const comingSessions = ({ view }: Visit) =>
  view.sessions.filter(({ recordedAt, cancelledAt }) => !recordedAt && !cancelledAt);

export function questionPages(outside: SiteOutside): Hono<VisitSite> {
  const { cooperations } = outside;
  const app = new Hono<VisitSite>();
  app.use('/questions', notForGuests, withWritten(outside));
  app.get('/questions', notForGuests, (c) => {
    const sent = Number(c.req.query('sent'));
    return show(c, c.get('visit'), Number.isInteger(sent) && sent > 0 ? { sent } : {});
  });
  app.post('/questions', notForGuests, bodyLimit({ maxSize: MAX_FORM }), async (c) => {
    const visit = c.get('visit');
    const { person, view } = visit;
    if (!person || !asks(visit)) return missing(c);
    const { values, mistakes } = await postedForm(c, fieldsOf(visit));
    const again = (found: readonly Mistake[]) => show(c, visit, { mistakes: [...found], values });
    if (mistakes.length > 0) return again(mistakes);
    const { to = '', session, text = '' } = textsOf(values);
    if (session && !comingSessions(visit).some(({ number }) => String(number) === session)) {
      const say = speaker('site.questions', visit.clock.language);
      return again([{ field: 'session', message: say('chooseSession') }]);
    }
    try {
      const given = { by: person.id, to, text, ...(session && { session: Number(session) }) };
      const { number } = await cooperations.ask(view.id, given);
      await dropWritten(outside, c, writtenPath(visit, 'question'));
      return c.redirect(`/c/${view.id}/questions?sent=${number}`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return again([{ field: 'text', message: refusedText(error, visit) }]);
    }
  });
  return app;
}

function fieldsOf(visit: Visit): Field[] {
  const { view, clock } = visit;
  const say = speaker('site.questions', clock.language);
  const sessions = comingSessions(visit).map(({ number }) => ({
    value: String(number),
    label: sessionTitle(number, clock.language),
  }));
  return [
    {
      ...{ name: 'to', as: 'radios', label: say('to'), required: say('chooseTo') },
      options: ministries(visit).map(({ id }) => ({
        value: id,
        label: partyNamed(view.programme, id, clock.language),
      })),
    },
    {
      ...{ name: 'session', as: 'select', label: say('session'), optional: true },
      options: [{ value: '', label: say('noSession') }, ...sessions],
    },
    { name: 'text', as: 'long', rows: 5, label: say('text'), required: say('writeText') },
  ];
}

function show(c: PageContext, visit: Visit, { mistakes = [], values, sent }: Standing) {
  const say = speaker('site.questions', c.get('language'));
  const { view } = visit;
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
    drafts: asks(visit),
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${cooperationNavigation(c, visit, 'questions')}
${sent ? success('sent', say('done'), say('sent', { number: sent })) : ''}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${view.questions.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : ''}
${groups.map(([group, questions]) =>
  questions.length === 0
    ? ''
    : html`<section aria-labelledby="${group}"><h2 class="govuk-heading-m" id="${group}">${say(group, { count: questions.length })}</h2>
<ul class="rial-waiting">${questions.map((question) => item(c, visit, question, requestOf(question)))}</ul></section>`,
)}
${asks(visit) ? askForm(visit, mistakes, values) : ''}`,
  });
}

function item(c: PageContext, visit: Visit, question: Question, request: RequestView | undefined): Html {
  const language = c.get('language');
  const say = speaker('site.questions', language);
  const { view, clock } = visit;
  const { number, from, by, to, session, text, askedAt, answer, answeredBy, answeredAt } = question;
  const told = say('asked', {
    party: partyNamed(view.programme, from, language),
    name: personName(view, by),
    when: ownMomentOf(askedAt, clock),
    toParty: partyNamed(view.programme, to, language, 'to'),
  });
  const answeredFrom = view.people.find(({ id }) => id === answeredBy)?.party ?? to;
  return html`<li id="q${number}"><h3 class="govuk-heading-s rial-close">${say('question', { number })}${session ? html` · ${sessionTitle(session, language)}` : ''}</h3>
<p class="govuk-body-s rial-soft">${told}</p>
<p class="govuk-body rial-prewrap">${text}</p>${
    answer === null
      ? waiting(c, visit, request)
      : html`<div class="govuk-inset-text"><p class="govuk-body-s rial-soft"><strong>${say('answer')}</strong> · ${partyNamed(view.programme, answeredFrom, language)}, ${personName(view, answeredBy ?? '')}${answeredAt ? html` · ${ownMomentOf(answeredAt, clock)}` : ''}</p>
<p class="govuk-body rial-prewrap">${answer}</p>${attachments(visit, request)}</div>`
  }</li>`;
}

/** Who owes the answer and until when, with the way to its page. */
function waiting(c: PageContext, visit: Visit, request: RequestView | undefined): Html | '' {
  const { view, clock, person } = visit;
  if (!request || request.closedAt || view.closedAt) return '';
  const language = c.get('language');
  const say = speaker('site.questions', language);
  const parties = partyForms(view.programme, request.owing, language);
  return html`<p class="govuk-body">${request.overdue ? html`<strong class="govuk-tag govuk-tag--red">${say('overdue')}</strong> ` : ''}${say('owes', { ...parties, when: momentOf(request.dueAt, clock) })}<br>
<a class="govuk-link" href="/c/${view.id}/requests/${request.id}">${say(asks(visit) && request.owing.includes(person?.party ?? '') ? 'seeAndAnswer' : 'see')}<span class="govuk-visually-hidden"> (${say('question', { number: request.item ?? 0 })})</span></a></p>`;
}

function attachments(visit: Visit, request: RequestView | undefined): Html | '' {
  const named = request?.answers.flatMap(({ documents = [] }) => documents) ?? [];
  const found = visit.view.documents.filter((one) => named.includes(documentVersionId(one)));
  if (found.length === 0) return '';
  return html`<ul class="govuk-list">${found.map((one) => html`<li>${documentFile(visit, one)}</li>`)}</ul>`;
}

function askForm(visit: Visit, mistakes: readonly Mistake[], sent: Values | undefined): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.questions', language);
  const isOpen = view.steps.find(({ step }) => step === 'documents')?.state === 'current' && !view.closedAt;
  // Where there is but one to ask, nobody has to choose.
  const [only, another] = ministries(visit);
  const { values, before, attributes } = shortForm(visit, 'question', fieldsOf(visit), sent);
  const filled = { ...(only && !another && { to: [only.id] }), ...values };
  const form = html`${before}<form method="post" action="/c/${view.id}/questions" novalidate${attributes}>
${partsHtml({ language, values: filled, mistakes }, fieldsOf(visit))}
<button type="submit" class="govuk-button">${say('send')}</button></form>`;
  return html`<section class="rial-call" aria-labelledby="ask"><h2 class="govuk-heading-m" id="ask">${say('ask')}</h2>
${isOpen || mistakes.length > 0 ? form : html`<p class="govuk-body">${say('closed')}</p>`}</section>`;
}
