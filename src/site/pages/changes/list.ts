import { html } from 'hono/html';
import type { ChangeForecast } from '../../../casefile/changes/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { recordedWords } from '../../../words/changes.ts';
import { colonIn } from '../../../words/colon.ts';
import { momentOf, ownMomentOf } from '../../../words/dates/dates.ts';
import { personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { page } from '../../frame.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import type { Visit } from '../../visit.ts';
import { changeOutcome } from './changeOutcome.ts';
import { isCaseOver } from './kind.ts';
import { CHANGE_GROUPS, KINDS } from './kinds.ts';

/** What can be changed now, what was changed so far, and one change that was made. */

type MadeChange = CaseView['changes'][number];

export function listPage(c: PageContext, visit: Visit) {
  const { view, clock } = visit;
  const say = speaker('changes.list', clock.language);
  return page(c, {
    title: say('title'),
    ownHeading: true,
    body: html`${cooperationNavigation(c, visit, 'changes')}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say(isCaseOver(view) ? 'over' : 'lead')}</p>
<p class="govuk-body"><a class="govuk-link" href="/new/form?copy=${view.id}">${say('copy')}</a></p>
${Object.entries(CHANGE_GROUPS).map(([group, kinds]) => {
  const named = speaker('changes.kinds', clock.language);
  const possible = kinds.filter((kind) => KINDS[kind].possible(view, clock.now));
  return possible.length === 0
    ? ''
    : html`<section aria-labelledby="${group}"><h2 class="govuk-heading-m" id="${group}">${named(group as keyof typeof CHANGE_GROUPS)}</h2>
<ul class="govuk-list">${possible.map(
        (kind) =>
          html`<li><a class="govuk-link" href="${KINDS[kind].page?.(view) ?? `/c/${view.id}/changes/new/${kind}`}">${named(kind)}</a><br><span class="rial-soft">${named(`${kind}Does`)}</span></li>`,
      )}</ul></section>`;
})}
<section aria-labelledby="made"><h2 class="govuk-heading-m" id="made">${say('madeSoFar')}</h2>
${
  view.changes.length === 0
    ? html`<p class="govuk-body">${say('none')}</p>`
    : html`<ol class="rial-events" reversed>${view.changes.toReversed().map((made) => line(made, visit))}</ol>`
}</section>`,
  });
}

function line(made: MadeChange, { view, clock }: Visit): Html {
  const say = speaker('changes.list', clock.language);
  return html`<li><time datetime="${made.madeAt}">${ownMomentOf(made.madeAt, clock)} · ${whoOf(made, view, say('secretariat'))}</time>
<a class="govuk-link" href="/c/${view.id}/changes/${made.number}">${wordsOf(made, { view, clock })}</a>
<p class="govuk-body-s rial-prewrap">${say('reason')}${colonIn(clock.language)}${made.reason}</p></li>`;
}

const wordsOf = (made: MadeChange, { view, clock }: Pick<Visit, 'view' | 'clock'>): string =>
  recordedWords(made, view, { language: clock.language, now: new Date(clock.now) });
const whoOf = ({ by }: MadeChange, view: CaseView, otherwise: string): string =>
  by === null ? otherwise : personName(view, by);

/** One change that was made, and who is told of it. */
export function madePage(
  c: PageContext,
  visit: Visit,
  made: MadeChange,
  came: Omit<ChangeForecast, 'warnings' | 'differences'>,
) {
  const { view, clock } = visit;
  const say = speaker('changes.list', clock.language);
  const facts = [
    [say('what'), wordsOf(made, visit)],
    [say('reason'), made.reason],
    [say('when'), momentOf(made.madeAt, clock)],
    [say('by'), whoOf(made, view, say('secretariat'))],
  ];
  return page(c, {
    title: say('made'),
    back: { href: `/c/${view.id}/changes`, label: say('title') },
    body: html`<dl class="govuk-summary-list">${facts.map(
      ([heading, text]) =>
        html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${heading}</dt><dd class="govuk-summary-list__value rial-prewrap">${text}</dd></div>`,
    )}</dl>
${changeOutcome(came, visit, 'yes')}
<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}">${say('toCooperation')}</a></p>`,
  });
}

/** In place of a form that would have nothing to choose from. */
export function notNowPage(c: PageContext, { view, clock }: Visit) {
  const say = speaker('changes.list', clock.language);
  return page(c, {
    title: say('title'),
    back: { href: `/c/${view.id}/changes`, label: say('title') },
    status: 409,
    body: html`<p class="govuk-body">${say(isCaseOver(view) ? 'over' : 'notNow')}</p>`,
  });
}
