import { html } from 'hono/html';
import { isWaivable, type RequestView } from '../../../domain/caseView.ts';
import { CONSULTANT } from '../../../domain/methodology.ts';
import { documentTitle, isRunning } from '../../../words/brief.ts';
import { daysUntil, momentOf, ownMomentOf } from '../../../words/dates.ts';
import { decisionLabel } from '../../../words/kinds.ts';
import { requestLabel } from '../../../words/labels.ts';
import { joined } from '../../../words/lists.ts';
import type { Form } from '../../../words/noun.ts';
import { partiesNamed, partyForms, partyNamed, personName, recorderName } from '../../../words/parties.ts';
import { fileHref, fileNameOf } from '../../downloads.ts';
import type { Html } from '../../frame.ts';
import { blocksHtml } from '../../parts/blocks.ts';
import { blocksOf } from './about.ts';
import { type Asked, answerer, isPassed, laterOf, owes, pathOf, sayIn, textOf } from './asked.ts';

/** How a request stands: until when it is asked, who has answered and how, who is missing, and how it ended. */

type Answer = RequestView['answers'][number];

const partyOf = ({ c, view }: Asked, code: string): string =>
  partyNamed(view.programme, code, c.get('language'));
const formsOf = ({ c, view }: Asked, code: string) => partyForms(view.programme, [code], c.get('language'));
const partiesOf = ({ c, view }: Asked, codes: readonly string[], form: Form): string =>
  partiesNamed(view.programme, codes, c.get('language'), form);

/** Until when, and how much time is left; who answers, while the reader's own institution is waited on. */
export function deadline(asked: Asked, withForm: boolean): Html {
  const { view, request, seen, c } = asked;
  const say = sayIn(asked);
  const running = isRunning(request);
  const [due] = running ? blocksOf(asked).facts : [];
  const colon = c.get('language') === 'fr' ? '\u00a0:' : ':';
  const own = owes(asked) ? answerer(seen, request) : undefined;
  const names = view.people
    .filter(({ active, role, party }) => active && role !== 'guest' && party === own?.party)
    .map(({ name }) => name);
  const whose = own
    ? say(names.length > 1 ? 'anyOf' : 'oneOf', {
        ...formsOf(asked, own.party),
        who: own.party === CONSULTANT ? 'consultant' : 'institution',
        names: joined(names, c.get('language'), 'or'),
      })
    : '';
  if (!due && !whose && !request.closedAt) return html``;
  return html`<div class="rial-call"><p class="govuk-body">${timeTag(asked)} ${due ? html`<strong>${due.label}${colon} ${due.value}</strong>` : ''}</p>
${whose ? html`<p class="govuk-body">${whose}</p>` : ''}${withForm ? html`<p class="govuk-body"><a class="govuk-link" href="#form">${say('toForm')}</a></p>` : ''}</div>`;
}

function timeTag(asked: Asked): Html | '' {
  const { request, seen } = asked;
  const say = sayIn(asked);
  const tag = (colour: string, text: string) =>
    html`<strong class="govuk-tag govuk-tag--${colour}">${text}</strong>`;
  if (request.closedAt) return tag('grey', say('closed'));
  if (!isRunning(request)) return '';
  if (request.overdue) return tag('red', say('overdue'));
  const days = daysUntil(request.dueAt, seen.clock);
  return tag(days <= 2 ? 'yellow' : 'blue', say('left', { days: Math.max(0, days) }));
}

/** What the reader has to know before the thing itself: thanks, who was faster, how it stands or ended. */
export function standing(asked: Asked): Html {
  const { request } = asked;
  const blocks = blocksOf(asked).standing;
  const stands = blocks.length > 0 ? html`<div class="govuk-inset-text">${blocksHtml(blocks)}</div>` : '';
  return html`${personal(asked)}${stands}${request.closedAt ? later(asked) : ''}`;
}

/** What is so for this reader: they have answered, a colleague has, or they need not. */
function personal(asked: Asked): Html | '' {
  const { view, request, seen, c } = asked;
  const say = sayIn(asked);
  const own = answerer(seen, request);
  const answer = own && request.answers.find(({ party }) => party === own.party);
  // Of what is over, nothing is to come that one would be told of.
  const over = request.cooperation === 'closed' || request.cooperation === 'cancelled';
  if (answer) {
    const told = {
      name: answer.name,
      ...formsOf(asked, answer.party),
      decision: decisionLabel(answer.decision, c.get('language')),
      when: ownMomentOf(answer.at, seen.clock),
    };
    const next = over
      ? ''
      : request.owing.length > 0
        ? say('stillOwing', { ofParties: partiesOf(asked, request.owing, 'of') })
        : say('allAnswered');
    if (answer.by !== own.id) return inset(say('faster', told), ...(next ? [next] : []));
    return over ? inset(say('recorded', told)) : thanks(asked, `${say('recorded', told)} ${next}`);
  }
  if (request.closedAt || over) return '';
  if (own && request.waived.includes(own.party)) return inset(say('waivedYours'));
  if (!own)
    return inset(
      say('notAsked', {
        toParties: partiesOf(
          asked,
          request.asked.map(({ party }) => party),
          'to',
        ),
      }),
    );
  if (isPassed(asked) && !asked.recording) {
    const names = joined(
      asked.inCharge.map(({ name }) => name),
      c.get('language'),
    );
    return html`<div class="govuk-inset-text"><p class="govuk-body">${say('inCharge', { names })}</p><p class="govuk-body"><a class="govuk-link" href="${pathOf(view, request)}?anyway=1">${say('anyway')}</a></p></div>`;
  }
  return '';
}

const thanks = (asked: Asked, text: string): Html => {
  const say = sayIn(asked);
  return html`<div class="govuk-notification-banner govuk-notification-banner--success" role="region" aria-labelledby="done"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="done">${say('success')}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${say('thanks')}</p><p class="govuk-body">${text}</p></div></div>`;
};

/** Whose answer staff are about to record, and the way back. */
export function recordingLead(asked: Asked): Html | '' {
  const { view, request, recording } = asked;
  if (!recording) return '';
  const say = sayIn(asked);
  const lead = say('recording', { name: recording.name, party: partyOf(asked, recording.party) });
  return html`<div class="govuk-inset-text"><p class="govuk-body">${lead}</p><p class="govuk-body"><a class="govuk-link" href="${pathOf(view, request)}">${say('notRecording')}</a></p></div>`;
}

const inset = (...lines: string[]): Html =>
  html`<div class="govuk-inset-text">${lines.map((line) => html`<p class="govuk-body">${line}</p>`)}</div>`;

/** The version that took its place. */
function later(asked: Asked): Html | '' {
  const { c, view, request } = asked;
  const newer = laterOf(view, request);
  if (!newer || !request.closedAt) return '';
  return html`<p class="govuk-body" id="later">${sayIn(asked)('superseded')} <a class="govuk-link" href="${pathOf(view, newer)}">${requestLabel(newer, c.get('language'))}</a></p>`;
}

/** Each party that is asked: its answer with all that came with it, or that it is missing. */
export function answers(asked: Asked): Html {
  const { view, request } = asked;
  const say = sayIn(asked);
  const row = (party: string): Html => {
    const answer = request.answers.find((one) => one.party === party);
    const value = answer
      ? given(asked, answer)
      : request.waived.includes(party)
        ? html`${say('waived')}`
        : request.closedAt
          ? html`${say('none')}`
          : html`<strong class="govuk-tag govuk-tag--yellow">${say('missing')}</strong>`;
    return html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${partyOf(asked, party)}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;
  };
  return html`<h2 class="govuk-heading-m" id="answers">${say('answers')}</h2>
<dl class="govuk-summary-list">${request.asked.map(({ party }) => row(party))}</dl>
${request.handedOver.map(
  ({ from, to, absent }) =>
    html`<p class="govuk-body-s rial-soft">${say(absent ? 'passedAbsent' : 'passed', { from: personName(view, from), to: personName(view, to) })}</p>`,
)}`;
}

function given(asked: Asked, answer: Answer): Html {
  const { c, view, request, seen } = asked;
  const language = c.get('language');
  const say = sayIn(asked);
  const { name, decision, at, content, marks, startsAt, documents = [], recorded } = answer;
  const text = ['reason', 'text', 'minutes', 'name'].flatMap((key) => textOf(view, content, key) ?? [])[0];
  const came = documents.flatMap((id) =>
    view.documents.filter(({ document, version }) => `${document}@${version}` === id),
  );
  return html`<p class="govuk-body">${say('answeredBy', { name, decision: decisionLabel(decision, language), when: ownMomentOf(at, seen.clock) })}</p>
${startsAt ? html`<p class="govuk-body">${momentOf(startsAt, seen.clock)}</p>` : ''}
${
  marks
    ? html`<ul class="govuk-list govuk-list--bullet">${request.slots.map(({ id, startsAt: slot }) => (marks[id] ? html`<li>${ownMomentOf(slot, seen.clock)}: ${say(marks[id]).toLowerCase()}</li>` : ''))}</ul>`
    : ''
}
${text ? html`<p class="govuk-body rial-prewrap">${text}</p>` : ''}
${recorded ? html`<p class="govuk-body-s rial-soft rial-prewrap">${say('recordedBy', { name: recorderName(view, recorded.by, language), byName: recorderName(view, recorded.by, language, 'by'), how: textOf(view, recorded.how, 'reason') ?? '' })}</p>` : ''}
${came.length > 0 ? html`<ul class="govuk-list">${came.map((one) => html`<li><a class="govuk-link" href="${fileHref(view.id, { ...one, fileName: fileNameOf(one) })}">${documentTitle(one, { language })}</a></li>`)}</ul>` : ''}`;
}

/** Ways for OAS staff to get it going. */
export function interventions(asked: Asked): Html | '' {
  const { view, request, seen } = asked;
  if (seen.capacity !== 'staff' || request.owing.length === 0) return '';
  const say = sayIn(asked);
  const changes = isWaivable(request)
    ? (['extend', 'reassign', 'waive'] as const)
    : (['extend', 'reassign'] as const);
  return html`<h2 class="govuk-heading-s">${say('intervene')}</h2><ul class="govuk-list">${changes.map(
    (change) =>
      html`<li><a class="govuk-link" href="/c/${view.id}/changes/new/${change}?${new URLSearchParams({ request: request.id }).toString()}">${say(change)}</a></li>`,
  )}</ul>${recordFor(asked)}`;
}

/** For an answer that came by telephone or in a mail: whose it is. */
function recordFor(asked: Asked): Html | '' {
  const { view, request, seen } = asked;
  const say = sayIn(asked);
  const people = view.people.filter(
    ({ id, active, role, party }) =>
      active && role !== 'guest' && request.owing.includes(party) && id !== seen.person?.id,
  );
  if (people.length === 0) return '';
  const groups = [...Map.groupBy(people, ({ party }) => party)];
  return html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('recordFor')}</span></summary><div class="govuk-details__text">
<p class="govuk-body">${say('recordForHint')}</p>
<form method="get" action="${pathOf(view, request)}"><div class="govuk-form-group"><label class="govuk-label" for="for">${say('whose')}</label><select class="govuk-select" id="for" name="for">${groups.map(
    ([party, theirs]) =>
      html`<optgroup label="${partyOf(asked, party)}">${theirs.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</optgroup>`,
  )}</select></div><button class="govuk-button govuk-button--secondary" type="submit">${say('goOn')}</button></form></div></details>`;
}
