import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../client/index.ts';
import { isPoll } from '../../domain/comment.ts';
import { documentVersionId } from '../../domain/ids.ts';
import { kinds } from '../../domain/kinds/index.ts';
import { CONFIRMABLE } from '../../domain/refusal.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext, SiteContext } from '../context.ts';
import { postedForm, textIn } from '../form.ts';
import { page as pageOf } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { banner } from '../parts/banner.ts';
import { comments, commentsBeside } from '../parts/comments.ts';
import { consentsLink } from '../parts/consents.ts';
import {
  draftNotice,
  draftOfReader,
  dropWritten,
  keepWritten,
  keptAnswer,
  withWritten,
} from '../parts/draft.ts';
import { details } from '../parts/govuk.ts';
import { cooperationName } from '../parts/names.ts';
import { refusedText } from '../refusals.ts';
import { sentFormOf } from '../sentForm.ts';
import { missing, notForGuests, type VisitSite } from '../visit.ts';
import { about } from './request/about.ts';
import {
  answerForm,
  draftValues,
  giveAnswer,
  isKept,
  isTooLate,
  lateMistakes,
  leftWritten,
  longTexts,
  mistakesOf,
  proposalOf,
  proposedNotice,
  questionForm,
  sentAnswer,
} from './request/answer.ts';
import { answers, deadline, interventions, recordingLead, standing, waysBack } from './request/answers.ts';
import { handOverFields, handOverForm, postHandOver } from './request/handOver.ts';
import { openRequestPage } from './request/open.ts';
import {
  answerer,
  draftPath,
  formPath,
  isPassed,
  owes,
  pathOf,
  type RequestPage,
} from './request/requestPage.ts';
import { isRevised, revisedAgain, revisionPages, revisionPath } from './request/revision.ts';

/**
 * A request: what is asked, the thing itself, and one form. Where the mail's link leads; whoever is asked answers here
 * or passes it to a colleague, everybody else reads how it stands.
 */

/** A form without files: the programme, and minutes that were pasted. */
const FORM_BYTES = 2 * 1024 * 1024;
const small = bodyLimit({ maxSize: FORM_BYTES, onError: (c) => tooLarge(c as SiteContext) });

export function requestPages(outside: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.use('/requests/*', notForGuests, withWritten(outside));
  app.get('/requests/:scope/:name', async (c) => {
    const page = await openRequestPage(outside, c);
    if (!page) return missing(c);
    const draft = isKept(page) ? await draftOfReader(outside, c, formPath(page)) : undefined;
    if (!draft) return shown(c, page);
    const kept = new URLSearchParams(draft.body).getAll('documents');
    const again = kept.length > 0 ? ((await openRequestPage(outside, c, { kept })) ?? page) : page;
    return shown(c, { ...again, draft, values: draftValues(again, draft.body) });
  });
  app.post('/requests/:scope/:name/draft', small, async (c) => {
    const page = await openRequestPage(outside, c);
    if (!page || !isKept(page)) return missing(c);
    const path = formPath(page);
    const body = await c.req.text();
    if (new URLSearchParams(body).get('do') === 'keep') await keepWritten(outside, c, path, body);
    else await dropWritten(outside, c, path);
    return keptAnswer(c, path);
  });
  app.post('/requests/:scope/:name/hand-over', small, async (c) => {
    const page = await openRequestPage(outside, c);
    if (!page || !answerer(c.get('visit'), page.request)) return missing(c);
    const again = await postHandOver(outside, page, await postedForm(c, handOverFields(page)));
    return again ? shown(c, again, { status: 422 }) : c.redirect(pathOf(page.view, page.request), 303);
  });
  app.post('/requests/:scope/:name/take-back', small, async (c) => {
    const page = await openRequestPage(outside, c);
    const by = page && answerer(page.visit, page.request);
    if (!by) return missing(c);
    const { values } = await postedForm(c, [{ name: 'revision', as: 'hidden', value: '' }]);
    return takenBack(outside, c, page, { by: by.id, revision: Number(textIn(values, 'revision')) || 1 });
  });
  app.post('/requests/:scope/:name', (c) => answered(outside, c));
  app.route('/', revisionPages(outside));
  return app;
}

/** Takes the answer of the reader's institution back; what is said where that is too late is the page with the answers. */
async function takenBack(
  outside: SiteOutside,
  c: Context<VisitSite>,
  { view, request }: RequestPage,
  given: { by: string; revision: number },
): Promise<Response> {
  try {
    await outside.cooperations.takeBack(view.id, { request: request.id, ...given }, { door: 'site' });
    return c.redirect(pathOf(view, request), 303);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const after = await openRequestPage(outside, c);
    if (!after) return missing(c);
    const mistakes = mistakesOf(error, after).map((one) => ({ ...one, field: 'answers' }));
    return shown(c, { ...after, mistakes }, { status: 409, late: true });
  }
}

/** Keeps what was sent in a form with files and not taken, with the documents that came: a browser keeps none of it. */
async function keepSent(outside: SiteOutside, c: Context<VisitSite>, page: RequestPage): Promise<void> {
  const sent = isKept(page) && kinds[page.request.kind].brings ? await sentFormOf(c) : undefined;
  if (!sent) return;
  const came = sent.files.flatMap((one) =>
    one.came ? [['documents', documentVersionId(one.came)] satisfies [string, string]] : [],
  );
  await keepWritten(outside, c, formPath(page), new URLSearchParams([...sent.texts, ...came]).toString());
}

async function answered(outside: SiteOutside, c: Context<VisitSite>): Promise<Response> {
  const { capacity } = c.get('visit');
  const before = await openRequestPage(outside, c);
  if (!before) return missing(c);
  const by = answerer(before.visit, before.request);
  const sentTo = { for: c.req.query('for'), correct: c.req.query('correct') };
  const late = () =>
    shown(c, { ...before, mistakes: lateMistakes(before, sentTo) }, { status: 409, late: true });
  // What was meant for another, who has answered meanwhile, is nobody else's answer.
  if (capacity === 'staff' && sentTo.for !== undefined && sentTo.for !== by?.id) return late();
  // What was to correct an answer that does not stand any more, or was used, is no answer by itself.
  if (sentTo.correct !== undefined && before.correcting === undefined) return late();
  if (!by) return missing(c);
  const { brings } = kinds[before.request.kind];
  // Nobody waits for a draft any more.
  if ((brings === 'sheet' || brings === 'report') && !owes(before)) return late();

  // Of files as they arrive, something can fail after what was written has come.
  const sent = await sentAnswer(outside, c, before, { limit: small, by }).catch(async (error: unknown) => {
    await keepSent(outside, c, before).catch(() => {});
    throw error;
  });
  if (sent instanceof Response) return sent;
  const written = leftWritten(
    before,
    sent,
    await draftOfReader(outside, c, pathOf(before.view, before.request)),
  );
  if (written) return shown(c, written, { status: 422 });
  if (sent.proposed && sent.mistakes.length === 0)
    return shown(c, { ...before, values: proposalOf(before, sent.values), proposed: true }, { status: 422 });
  // Files take their time.
  const { values, kept } = sent;
  const page = (await openRequestPage(outside, c, { values, kept })) ?? before;
  const outcome = await giveAnswer(
    outside,
    { ...page, recording: before.recording, correcting: before.correcting },
    sent,
    by.id,
  );
  if (outcome) await keepSent(outside, c, before);
  else {
    for (const form of [formPath(before), revisionPath(page)]) await dropWritten(outside, c, form);
    return c.redirect(pathOf(page.view, page.request), 303);
  }
  if ('mistakes' in outcome) return shown(c, { ...page, mistakes: outcome.mistakes }, { status: 422 });
  // Whoever is told what has changed since has seen it.
  const { seen: _, ...unseen } = values;
  const left = outcome.refused.code === 'ChangedSince' ? unseen : values;
  const after = (await openRequestPage(outside, c, { values: left, kept })) ?? page;
  const { code } = outcome.refused;
  if (textIn(left, 'base') && isRevised(after) && !CONFIRMABLE.includes(code) && !isTooLate(outcome.refused))
    return revisedAgain(outside, c, after, outcome.refused);
  if (CONFIRMABLE.includes(outcome.refused.code)) {
    const question = refusedText(outcome.refused, { clock: after.visit.clock, view: after.view });
    return shown(c, { ...after, question }, { status: 422 });
  }
  const mistakes = mistakesOf(outcome.refused, after);
  return isTooLate(outcome.refused)
    ? shown(
        c,
        { ...after, mistakes: mistakes.map((one) => ({ ...one, field: 'answers' })) },
        { status: 409, late: true },
      )
    : shown(c, { ...after, mistakes }, { status: 422 });
}

function tooLarge(c: PageContext): Response | Promise<Response> {
  const say = speaker('request.page', c.get('language'));
  const body = html`<p class="govuk-body">${say('tooLargeHint')}</p>`;
  return pageOf(c, { title: say('tooLarge'), body, status: 413 });
}

type Standing = {
  status?: 200 | 409 | 422;
  /** The answer cannot be given any more: what was written is shown, to be taken along. */
  late?: boolean;
};

function shown(
  c: PageContext,
  page: RequestPage,
  { status = 200, late = false }: Standing = {},
): Response | Promise<Response> {
  const { language, visit, view, request, mistakes, recording } = page;
  const say = speaker('request.page', language);
  const passed = isPassed(page);
  const form =
    owes(page) &&
    (!passed || recording !== undefined || c.req.query('anyway') !== undefined || status === 422);
  return pageOf(c, {
    title: requestLabel(request, language),
    back: { href: `/c/${view.id}`, label: cooperationName(view, language) },
    mistakes,
    status,
    ...(form && kinds[request.kind].brings && { script: 'upload.js' }),
    drafts: (form && isKept(page)) || (isPoll(request) && comments(visit)),
    body: html`${recordingLead(page)}${standing(page)}
<p class="govuk-body-s rial-soft">${say('openedOn', { when: ownMomentOf(request.openedAt, visit.clock) })}</p>
${banner(view, visit.clock)}${deadline(page, form)}${late ? written(page) : ''}${about(page, form)}
${form && page.draft ? draftNotice(page.draft, draftPath(page), visit.clock) : ''}${form ? html`${page.proposed ? proposedNotice(page) : ''}${questionForm(page)}${isRevised(page) ? inForm(page) : answerForm(page)}${request.decisions.some((one) => one === 'approve') ? html`<p class="govuk-body-s rial-soft">${say('noApproval')}</p>` : ''}` : ''}
${owes(page) && !passed && !recording ? handOverForm(page) : ''}${waysBack(page)}${answers(page)}${recording ? '' : consentsLink(page)}${isPoll(request) && !recording ? commentsBeside(visit, request.id) : ''}${recording ? '' : interventions(page)}`,
  });
}

/** A programme is revised in its form; whoever wants to, answers with the file. */
const inForm = (page: RequestPage): Html =>
  html`<p id="form"><a class="govuk-button" role="button" draggable="false" href="${revisionPath(page)}">${speaker('form.standing', page.language)('revise')}</a></p>
${details(speaker('form.standing', page.language)('asFile'), answerForm(page, 'file'), { open: page.mistakes.length > 0 })}`;

/** Texts of a form that came too late. */
function written(page: RequestPage): Html | '' {
  const texts = longTexts(page);
  if (texts.length === 0) return '';
  return html`<h2 class="govuk-heading-s">${speaker('request.page', page.language)('written')}</h2>${texts.map(
    (text) => html`<div class="govuk-inset-text rial-prewrap">${text}</div>`,
  )}`;
}
