import { html } from 'hono/html';
import {
  isAnnullable,
  isRequestUnderWay,
  isWaivable,
  type RequestView,
  translationIn,
} from '../../../domain/caseView.ts';
import { documentVersionId } from '../../../domain/ids.ts';
import { endsCooperation, kinds } from '../../../domain/kinds/index.ts';
import { CONSULTANT } from '../../../domain/methodology.ts';
import { documentTitle, isRunning } from '../../../words/brief.ts';
import { colonIn } from '../../../words/colon.ts';
import { daysUntil, momentOf, ownMomentOf } from '../../../words/dates/dates.ts';
import { doorWords } from '../../../words/doors.ts';
import { decisionLabel } from '../../../words/kinds.ts';
import { requestLabel } from '../../../words/labels.ts';
import { joined } from '../../../words/lists.ts';
import type { Form } from '../../../words/names/noun.ts';
import {
  partiesNamed,
  partyForms,
  partyNamed,
  personName,
  recorderName,
} from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { fileHref, fileNameOf } from '../../downloads.ts';
import { fieldHtml, hiddenHtml, valuesOf } from '../../form.ts';
import { blocksHtml } from '../../parts/blocks.ts';
import { fulfilmentList } from '../../parts/commitments.ts';
import { documentFile } from '../../parts/documentFile.ts';
import { followsAnswer } from '../../parts/following.ts';
import { details, success, summaryList, tag } from '../../parts/govuk.ts';
import { outcomeList } from '../../parts/outcomes.ts';
import { recordLists } from '../../parts/recordLists.ts';
import { blocksOf } from './about.ts';
import {
  answerer,
  contentText,
  isPassed,
  laterOf,
  owes,
  pathOf,
  type RequestPage,
  revisionOf,
  sayIn,
  takeable,
} from './requestPage.ts';

/** How a request stands: until when it is page, who has answered and how, who is missing, and how it ended. */

type Answer = RequestView['answers'][number];

const partyOf = ({ language, view }: RequestPage, code: string): string =>
  partyNamed(view.programme, code, language);
const formsOf = ({ language, view }: RequestPage, code: string) =>
  partyForms(view.programme, [code], language);
const partiesOf = ({ language, view }: RequestPage, codes: readonly string[], form: Form): string =>
  partiesNamed(view.programme, codes, language, form);

/** Until when, and how much time is left; who answers, while the reader's own institution is waited on. */
export function deadline(page: RequestPage, withForm: boolean): Html {
  const { view, request, visit, language } = page;
  const say = sayIn(page);
  const running = isRunning(request);
  const [due] = running ? blocksOf(page).facts : [];
  const own = owes(page) ? answerer(visit, request) : undefined;
  const names = view.people
    .filter(({ active, role, party }) => active && role !== 'guest' && party === own?.party)
    .map(({ name }) => name);
  const whose = own
    ? say(names.length > 1 ? 'anyOf' : 'oneOf', {
        ...formsOf(page, own.party),
        who: own.party === CONSULTANT ? 'consultant' : 'institution',
        names: joined(names, language, 'or'),
      })
    : '';
  if (!due && !whose && !request.closedAt) return html``;
  return html`<div class="rial-call"><p class="govuk-body">${timeTag(page)} ${due ? html`<strong>${due.label}${colonIn(language)}${due.value}</strong>` : ''}</p>
${whose ? html`<p class="govuk-body">${whose}</p>` : ''}${withForm ? html`<p class="govuk-body"><a class="govuk-link" href="#form">${say('toForm')}</a></p>` : ''}</div>`;
}

function timeTag(page: RequestPage): Html | '' {
  const { request, visit } = page;
  const say = sayIn(page);
  if (request.closedAt) return tag('grey', say('closed'));
  if (!isRunning(request)) return '';
  if (request.overdue) return tag('red', say('overdue'));
  const days = daysUntil(request.dueAt, visit.clock);
  return tag(days <= 2 ? 'yellow' : 'blue', say('left', { days: Math.max(0, days) }));
}

/** What the reader has to know before the thing itself: thanks, who was faster, how it stands or ended. */
export function standing(page: RequestPage): Html {
  const { request } = page;
  const blocks = blocksOf(page).standing;
  const stands = blocks.length > 0 ? html`<div class="govuk-inset-text">${blocksHtml(blocks)}</div>` : '';
  return html`${personal(page)}${stands}${request.closedAt ? later(page) : ''}`;
}

/** What is so for this reader: they have answered, a colleague has, or they need not. */
function personal(page: RequestPage): Html | '' {
  const { view, request, visit, language } = page;
  const say = sayIn(page);
  const own = answerer(visit, request);
  const answer = own && request.answers.find(({ party }) => party === own.party);
  // Of what is over, nothing is to come that one would be told of.
  const over = request.cooperation === 'closed' || request.cooperation === 'cancelled';
  if (page.correcting !== undefined)
    return html`<div class="govuk-inset-text"><p class="govuk-body">${say('correcting')}</p><p class="govuk-body"><a class="govuk-link" href="${pathOf(view, request)}">${say('notCorrecting')}</a></p></div>`;
  if (answer) {
    const told = {
      name: answer.name,
      ...formsOf(page, answer.party),
      decision: decisionLabel(request, answer.decision, language),
      when: ownMomentOf(answer.at, visit.clock),
    };
    const reader = own.role === 'staff' ? 'secretariat' : 'party';
    // What was annulled was another's answer, which is asked for again.
    const next =
      over || request.lapse === 'annulled'
        ? ''
        : request.owing.length > 0
          ? say('stillOwing', { ...partyForms(page.view.programme, request.owing, language), reader })
          : isEnded(request)
            ? say('ended')
            : say('allAnswered', { reader });
    // Beside what was refused, nobody is thanked for what they gave before.
    if (page.mistakes.length > 0) return inset(say('recorded', told), ...(next ? [next] : []));
    if (answer.by !== own.id) return inset(say('faster', told), ...(next ? [next] : []));
    return over
      ? inset(say('recorded', told))
      : success(
          'done',
          say('success'),
          say('thanks'),
          html`<p class="govuk-body">${say('recorded', told)} ${next}</p>${followsAnswer({ view, clock: visit.clock }, request)}`,
        );
  }
  if (request.closedAt || over) return '';
  const taken = own && !page.recording ? ceased(page, own.party) : '';
  if (taken) return taken;
  if (own && request.waived.includes(own.party)) return inset(say('waivedYours'));
  if (!own)
    return inset(
      say('notAsked', {
        toParties: partiesOf(
          page,
          request.asked.map(({ party }) => party),
          'to',
        ),
      }),
    );
  if (isPassed(page) && !page.recording) {
    const names = joined(
      page.inCharge.map(({ name }) => name),
      language,
    );
    return html`<div class="govuk-inset-text"><p class="govuk-body">${say('inCharge', { names })}</p><p class="govuk-body"><a class="govuk-link" href="${pathOf(view, request)}?anyway=1">${say('anyway')}</a></p></div>`;
  }
  return '';
}

/** Whether the cooperation ends with its answer, whatever its workflow has come to by now. */
const isEnded = ({ kind, outcome, atTheEnd }: RequestView): boolean =>
  endsCooperation(kind) && outcome === kinds[kind].ends && atTheEnd.every(({ how }) => how !== 'first');

/** That the answer of the reader's institution was taken back, and it owes another. What is annulled is told with the request. */
function ceased(page: RequestPage, party: string): Html | '' {
  const { view, request, visit, language } = page;
  const last = request.withdrawn
    .filter((one) => one.party === party && one.withdrawn.how === 'taken-back')
    .sort((one, other) => Date.parse(one.withdrawn.at) - Date.parse(other.withdrawn.at))
    .at(-1);
  if (!last || !request.owing.includes(party)) return '';
  return html`<div role="status" id="taken-back">${inset(
    sayIn(page)('takenBack', {
      name: recorderName(view, last.withdrawn.by, language),
      decision: decisionLabel(request, last.decision, language),
      when: ownMomentOf(last.withdrawn.at, visit.clock),
    }),
  )}</div>`;
}

/** Whose answer staff are about to record, and the way back. */
export function recordingLead(page: RequestPage): Html | '' {
  const { view, request, recording } = page;
  if (!recording) return '';
  const say = sayIn(page);
  const lead = say('recording', { name: recording.name, party: partyOf(page, recording.party) });
  return html`<div class="govuk-inset-text"><p class="govuk-body">${lead}</p><p class="govuk-body"><a class="govuk-link" href="${pathOf(view, request)}">${say('notRecording')}</a></p></div>`;
}

const inset = (...lines: string[]): Html =>
  html`<div class="govuk-inset-text">${lines.map((line) => html`<p class="govuk-body">${line}</p>`)}</div>`;

/** The version that took its place. */
function later(page: RequestPage): Html | '' {
  const { language, view, request } = page;
  const newer = laterOf(view, request);
  if (!newer || !request.closedAt) return '';
  return html`<p class="govuk-body" id="later">${sayIn(page)('superseded')} <a class="govuk-link" href="${pathOf(view, newer)}">${requestLabel(newer, language)}</a></p>`;
}

/** Each party that is asked: its answer with all that came with it, or that it is missing. */
export function answers(page: RequestPage): Html {
  const { view, request } = page;
  const say = sayIn(page);
  const row = (party: string) => {
    const answer = request.answers.find((one) => one.party === party);
    const value = answer
      ? answerHtml(page, answer)
      : request.waived.includes(party)
        ? say('waived')
        : request.closedAt
          ? say('none')
          : tag('yellow', say('missing'));
    return [partyOf(page, party), value] as const;
  };
  return html`<h2 class="govuk-heading-m" id="answers">${say('answers')}</h2>
${summaryList(request.asked.map(({ party }) => row(party)))}
${takenBack(page)}${request.handedOver.map(
  ({ from, to, absent }) =>
    html`<p class="govuk-body-s rial-soft">${say(absent ? 'passedAbsent' : 'passed', { from: personName(view, from), to: personName(view, to) })}</p>`,
)}`;
}

/** Answers that do not stand any more: they are kept, with who withdrew them and when. */
function takenBack(page: RequestPage): Html | '' {
  const { view, request, visit } = page;
  if (request.withdrawn.length === 0) return '';
  const say = sayIn(page);
  return details(
    say('withdrawn', { count: request.withdrawn.length }),
    html`${request.withdrawn.map(
      (
        answer,
      ) => html`<div class="rial-soft"><h3 class="govuk-heading-s">${partyOf(page, answer.party)}</h3>${answerHtml(page, answer)}
<p class="govuk-body">${say(`withdrawn-${answer.withdrawn.how}`, { name: recorderName(view, answer.withdrawn.by, page.language), when: ownMomentOf(answer.withdrawn.at, visit.clock) })}</p></div>`,
    )}`,
  );
}

/** As long as another owes theirs: the ways to correct what the reader's institution answered, and to take it back. */
export function waysBack(page: RequestPage): Html | '' {
  const { view, request, visit, language } = page;
  const answer = takeable(request, answerer(visit, request)?.party);
  if (!answer || page.correcting !== undefined || page.recording) return '';
  const say = sayIn(page);
  const path = pathOf(view, request);
  const words = {
    ...formsOf(page, answer.party),
    name: answer.name,
    decision: decisionLabel(request, answer.decision, language),
  };
  const owing = partyForms(view.programme, request.owing, language);
  return html`<h2 class="govuk-heading-s" id="take-back">${say('mistaken')}</h2>
<p class="govuk-body">${say('mistakenHint', owing)}</p>
<p class="govuk-body"><a class="govuk-link" href="${path}?correct=${revisionOf(answer) + 1}#form">${say('correct')}</a></p>
${details(
  say('takeBack'),
  html`<p class="govuk-body">${say('takeBackMeans', words)}</p>
<form method="post" action="${path}/take-back" novalidate>${hiddenHtml('revision', String(revisionOf(answer)))}<button class="govuk-button govuk-button--warning" type="submit">${say('takeBackButton')}</button></form>`,
)}`;
}

function answerHtml(page: RequestPage, answer: Answer): Html {
  const { language, view, request, visit } = page;
  const say = sayIn(page);
  const { name, decision, at, content, marks, startsAt, documents = [] } = answer;
  const { publish, recorded, confirmed, door } = answer;
  const text = ['reason', 'text', 'minutes', 'name'].flatMap(
    (key) => contentText(view, content, key) ?? [],
  )[0];
  const came = documents.flatMap((id) => view.documents.filter((one) => documentVersionId(one) === id));
  return html`<p class="govuk-body">${say('answeredBy', { name, decision: decisionLabel(request, decision, language), when: ownMomentOf(at, visit.clock) })}</p>
${startsAt ? html`<p class="govuk-body">${momentOf(startsAt, visit.clock)}</p>` : ''}
${
  marks
    ? html`<ul class="govuk-list govuk-list--bullet">${request.slots.map(({ id, startsAt: slot }) => (marks[id] ? html`<li>${ownMomentOf(slot, visit.clock)}${colonIn(language)}${say(marks[id]).toLowerCase()}</li>` : ''))}</ul>`
    : ''
}
${outcomeList(view, content, language)}
${fulfilmentList(view, content, language)}
${translated(page, content)}
${text ? html`<p class="govuk-body rial-prewrap">${text}</p>` : ''}
${recordLists(view, answer, language)}
${publish ? html`<p class="govuk-body">${speaker('site.consents', language)(`said-${publish}`)}</p>` : ''}
${confirmed ? html`<p class="govuk-body-s rial-soft">${say('confirmed')}</p>` : ''}
${recorded ? html`<p class="govuk-body-s rial-soft rial-prewrap">${say('recordedBy', { name: recorderName(view, recorded.by, language), byName: recorderName(view, recorded.by, language, 'by'), how: contentText(view, recorded.how, 'reason') ?? '' })}</p>` : ''}
<p class="govuk-body-s rial-soft">${door.door === 'outside' ? html`${tag('yellow', say('fromOutside'))} ` : ''}${say('door', { door: doorWords(door, view, language) })}</p>
${came.length > 0 ? html`<ul class="govuk-list">${came.map((one) => html`<li>${one.withheld ? html`${documentTitle(one, { language })} · ${documentFile(visit, one)}` : html`<a class="govuk-link" href="${fileHref(view.id, { ...one, fileName: fileNameOf(one) })}">${documentTitle(one, { language })}</a>`}</li>`)}</ul>` : ''}`;
}

/** What paragraphs were put into, folded; nothing where an answer is none of that. */
function translated({ view, request, language }: RequestPage, content: string | null): Html | '' {
  const pairs = translationIn(view, request, content);
  const into = request.translation?.into;
  if (pairs.length === 0 || !into) return '';
  const heading = speaker('brief.part', language)('paragraphs', { count: pairs.length, into });
  return details(
    heading,
    html`<ol class="govuk-list govuk-list--number">${pairs.map(({ text, translation }) => html`<li class="rial-prewrap" lang="${view.language}">${text}<br><span lang="${into}">${translation}</span></li>`)}</ol>`,
  );
}

/** Ways for OAS staff to get it going, and to annul what was answered. */
export function interventions(page: RequestPage): Html | '' {
  const { view, request, visit } = page;
  if (visit.capacity !== 'staff' || !isRequestUnderWay(view, request)) return '';
  const owed = request.owing.length > 0;
  const changes = [
    ...(owed ? (['extend', 'reassign'] as const) : []),
    ...(owed && isWaivable(request) ? (['waive'] as const) : []),
    ...(isAnnullable(request) ? (['annul'] as const) : []),
  ];
  if (changes.length === 0) return '';
  const say = sayIn(page);
  return html`<h2 class="govuk-heading-s">${say('intervene')}</h2><ul class="govuk-list">${changes.map(
    (change) =>
      html`<li><a class="govuk-link" href="/c/${view.id}/changes/new/${change}?${new URLSearchParams({ request: request.id }).toString()}">${say(change)}</a></li>`,
  )}</ul>${owed ? recordFor(page) : ''}`;
}

/** For an answer that came by telephone or in a mail: whose it is. */
function recordFor(page: RequestPage): Html | '' {
  const { view, request, visit } = page;
  const say = sayIn(page);
  const people = view.people.filter(
    ({ id, active, role, party }) =>
      active &&
      role !== 'guest' &&
      request.owing.includes(party) &&
      !visit.parts.some((one) => one.id === id),
  );
  if (people.length === 0) return '';
  const options = people.map(({ id, name, party }) => ({
    value: id,
    label: name,
    group: partyOf(page, party),
  }));
  const filling = { language: page.language, mistakes: [], values: valuesOf({ for: people[0]?.id ?? '' }) };
  return details(
    say('recordFor'),
    html`<p class="govuk-body">${say('recordForHint')}</p>
<form method="get" action="${pathOf(view, request)}">${fieldHtml(filling, { name: 'for', as: 'select', label: say('whose'), options })}<button class="govuk-button govuk-button--secondary" type="submit">${say('goOn')}</button></form>`,
  );
}
