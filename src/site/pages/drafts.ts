import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import { reason } from '../../domain/content.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Matter } from '../../domain/kinds/kind.ts';
import { isRunning, turnBlocks } from '../../words/brief.ts';
import { dayOf, momentOf, ownMomentOf } from '../../words/dates/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { sendWord } from '../downloads.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { blocksHtml } from '../parts/blocks.ts';
import { comments as commentsAllowed, commentsBeside } from '../parts/comments.ts';
import { hasSheetPage } from '../parts/consents.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { versionLine } from '../parts/documentFile.ts';
import { withWritten } from '../parts/draft.ts';
import { tag } from '../parts/govuk.ts';
import { beginnable, startLink } from '../parts/starting.ts';
import { turnsOf } from '../parts/waiting.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';
import { DOCUMENT_KINDS } from './changes/documents.ts';

/** The systematization sheet and the Final Report: the draft as it is, who has the pen, and how it came to be. */

/** What is asked of each. */
const MATTERS_OF = { sheet: ['consultant', 'sheet'], report: ['report'] } satisfies Record<string, Matter[]>;
type Kind = keyof typeof MATTERS_OF;
type Context = { c: PageContext; visit: Visit; yours: readonly RequestView[]; hasPage: boolean };

export function draftPages(outside: SiteOutside): Hono<VisitSite> {
  const { caseFile, startingDocument } = outside;
  const app = new Hono<VisitSite>();
  app.use('/drafts', notForGuests, withWritten(outside));
  app.get('/drafts/:kind/start', notForGuests, async (c) => {
    const { view } = c.get('visit');
    const kind = (['sheet', 'report'] as const).find((one) => one === c.req.param('kind'));
    return kind && beginnable(view, kind) ? sendWord(c, await startingDocument(view.id, kind)) : missing(c);
  });
  app.get('/drafts', notForGuests, async (c) => {
    const visit = c.get('visit');
    const { yours } = await turnsOf(caseFile, visit);
    const hasPage = await hasSheetPage(caseFile, visit.view);
    const say = speaker('site.drafts', c.get('language'));
    return page(c, {
      title: say('title'),
      ownHeading: true,
      drafts: commentsAllowed(visit),
      body: html`${cooperationNavigation(c, visit, 'drafts')}
<h1 class="govuk-heading-l">${say('title')}</h1>
${(['sheet', 'report'] as const).map((kind) => draft({ c, visit, yours, hasPage }, kind))}`,
    });
  });
  return app;
}

function draft(context: Context, kind: Kind): Html {
  const { c, visit } = context;
  const { view } = visit;
  const say = speaker('site.drafts', c.get('language'));
  const matters: readonly Matter[] = MATTERS_OF[kind];
  const requests = view.requests.filter((one) => matters.includes(kinds[one.kind].about));
  const versions = view.documents.filter((one) => one.kind === kind);
  return html`<section aria-labelledby="${kind}"><h2 class="govuk-heading-m" id="${kind}">${say(kind)} ${ended(context, kind)}</h2>
${
  requests.length === 0 && versions.length === 0
    ? html`<p class="govuk-body">${say('ahead')}</p>`
    : html`${pen(context, requests)}${turns(context, requests)}${chain(context, kind, versions)}${comments(context, requests)}${kind === 'sheet' ? outside(context) : ''}${versions.length > 0 ? commentsBeside(visit, kind) : ''}`
}</section>`;
}

function ended({ c, visit }: Context, kind: Kind): Html | '' {
  const { view, clock } = visit;
  const say = speaker('site.drafts', c.get('language'));
  if (kind === 'sheet') {
    if (!view.sheet) return '';
    const { publishedAt, withdrawn } = view.sheet;
    return withdrawn
      ? tag('red', say('withdrawnSheet', { when: dayOf(withdrawn.at, clock) }))
      : tag('green', say('publishedSheet', { when: dayOf(publishedAt, clock) }));
  }
  if (!view.closedAt || view.cancelledAt) return '';
  return tag('green', say('receivedReport', { when: dayOf(view.closedAt, clock) }));
}

/**
 * From the sheet that was published to its own page, to who says whether people outside may read it, and for staff to asking
 * for a corrected one.
 */
function outside({ visit: { view, clock, capacity }, hasPage }: Context): Html | '' {
  if (!view.sheet) return '';
  const say = speaker('site.consents', clock.language);
  return html`<p class="govuk-body">${hasPage ? html`<a class="govuk-link" href="/sheets/${view.id}">${say('page')}</a> · ` : ''}<a class="govuk-link" href="/c/${view.id}/consents">${say('title')}</a>${
    capacity === 'staff'
      ? (['correct-sheet', 'cancel-sheet-correction'] as const)
          .filter((kind) => DOCUMENT_KINDS[kind].possible(view))
          .map(
            (kind) =>
              html` · <a class="govuk-link" href="/c/${view.id}/changes/new/${kind}">${speaker('changes.kinds', clock.language)(kind)}</a>`,
          )
      : ''
  }</p>`;
}

/** Whoever owes something now, since when and until when; a button where that is the reader. */
function pen({ c, visit, yours }: Context, requests: readonly RequestView[]): Html | '' {
  const { view, clock } = visit;
  const language = c.get('language');
  const say = speaker('site.drafts', language);
  const open = requests.filter(({ closedAt }) => closedAt === null);
  if (open.length === 0) return '';
  const lines = open.flatMap((request) =>
    request.owing.map(
      (
        party,
      ) => html`<li><p class="govuk-body"><strong>${partyNamed(view.programme, party, language)}</strong> — <a class="govuk-link" href="/c/${view.id}/requests/${request.id}">${requestLabel(request, language)}</a> ${request.overdue ? html`<strong class="govuk-tag govuk-tag--red">${say('overdue')}</strong>` : ''}</p>
<p class="govuk-body-s rial-soft">${isRunning(request) ? say('span', { since: dayOf(request.openedAt, clock), until: momentOf(request.dueAt, clock) }) : say('since', { since: dayOf(request.openedAt, clock) })}</p></li>`,
    ),
  );
  const mine = open.filter(({ id }) => yours.some((one) => one.id === id));
  return html`<div class="rial-call"><h3 class="govuk-heading-s">${say('pen')}</h3><ul class="rial-waiting">${lines}</ul>${mine.map(
    (request) =>
      html`<a class="govuk-button" role="button" draggable="false" href="/c/${view.id}/requests/${request.id}">${say('answer')}<span class="govuk-visually-hidden"> (${requestLabel(request, language)})</span></a>`,
  )}</div>`;
}

/** In which order institutions write it, and whose turn it is. */
function turns({ c, visit }: Context, requests: readonly RequestView[]): Html | '' {
  const newest = requests.at(-1);
  const { view, clock } = visit;
  const reader = { language: c.get('language'), clock, institutions: view.programme.institutions };
  return newest ? blocksHtml(turnBlocks(newest, reader)) : '';
}

/** The versions of the draft: the present one to download, the earlier ones with who and when. */
function chain({ c, visit }: Context, kind: Kind, versions: readonly CaseView['documents'][number][]): Html {
  const language = c.get('language');
  const say = speaker('site.drafts', language);
  const [newest, ...earlier] = versions.toReversed();
  if (!newest)
    return html`<p class="govuk-body">${say('noDraft')} ${startLink(visit.view, kind, language)}</p>`;
  return html`<h3 class="govuk-heading-s">${say('current')}</h3>${versionLine(visit, newest)}${
    earlier.length > 0
      ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('earlier', { count: earlier.length })}</span></summary><div class="govuk-details__text">${earlier.map((one) => versionLine(visit, one))}</div></details>`
      : ''
  }`;
}

const withReason = z.object({ reason: reason.shape.reason });

/** The reasons for which it was sent back, the newest first. */
function comments({ c, visit }: Context, requests: readonly RequestView[]): Html | '' {
  const { view, clock } = visit;
  const language = c.get('language');
  const say = speaker('site.drafts', language);
  const given = requests
    .flatMap((request) => request.answers.map((answer) => ({ request, answer })))
    .flatMap(({ request, answer }) => {
      const value = view.contents.find(({ hash }) => hash === answer.content)?.value;
      const written = answer.decision === 'changes' ? withReason.safeParse(value) : undefined;
      return written?.success ? [{ request, answer, text: written.data.reason }] : [];
    })
    .sort((a, b) => Date.parse(b.answer.at) - Date.parse(a.answer.at));
  if (given.length === 0) return '';
  return html`<h3 class="govuk-heading-s">${say('comments')}</h3><ul class="rial-waiting">${given.map(
    ({ request, answer, text }) =>
      html`<li><p class="govuk-body-s rial-soft">${partyNamed(view.programme, answer.party, language)}, ${answer.name} · ${ownMomentOf(answer.at, clock)}${request.item ? html` · ${say('on', { version: request.item })}` : ''}</p><p class="govuk-body rial-prewrap">${text}</p></li>`,
  )}</ul>`;
}
