import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import { lastChangeOf } from '../../../domain/caseView.ts';
import { LONGEST_REASON } from '../../../domain/change.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { type Field, partsHtml, type Reading, seenAgain, seenField, seenIn, textIn } from '../../form.ts';
import type { SiteOutside } from '../../outside.ts';
import { details } from '../../parts/govuk.ts';
import { refusedText } from '../../refusals.ts';
import { answerer, pathOf, type RequestPage, sayIn } from './requestPage.ts';

/** Passing a request to a colleague: folded away, since whoever came can answer. */

/** Colleagues who may answer in the reader's place. */
function colleaguesOf({ visit, view, request }: RequestPage) {
  const own = answerer(visit, request);
  return view.people.filter(
    ({ id, active, role, party, email }) =>
      active && role !== 'guest' && email !== null && party === own?.party && id !== own?.id,
  );
}

export function handOverFields(page: RequestPage): Field[] {
  const { language, view } = page;
  const say = sayIn(page);
  return [
    {
      ...{ name: 'to', as: 'radios', label: say('to'), required: say('toMissing') },
      options: colleaguesOf(page).map(({ id, name, post, party }) => ({
        value: id,
        label: name,
        hint: post ?? partyNamed(view.programme, party, language),
      })),
    },
    { name: 'note', as: 'long', rows: 2, most: LONGEST_REASON, label: say('why'), optional: true },
    seenField(page.values, lastChangeOf(view)),
  ];
}

export function handOverForm(page: RequestPage): Html | '' {
  const { view, request, mistakes } = page;
  if (colleaguesOf(page).length === 0) return '';
  const say = sayIn(page);
  return details(
    say('handOver'),
    html`<p class="govuk-body">${say('handOverLead')}</p>
<form method="post" action="${pathOf(view, request)}/hand-over" novalidate>
${partsHtml(page, handOverFields(page))}
<button class="govuk-button govuk-button--secondary" type="submit">${say('handOverDo')}</button></form>`,
    { id: 'hand-over', open: mistakes.some(({ field }) => field === 'to' || field === 'note') },
  );
}

/** Passes it as the form says. Returns the page to be shown again where it cannot be. */
export async function postHandOver(
  { cooperations }: SiteOutside,
  page: RequestPage,
  { values, mistakes }: Reading,
): Promise<RequestPage | undefined> {
  const { visit, view, request } = page;
  const filled = { ...page, values };
  const from = answerer(visit, request);
  const to = colleaguesOf(page).find(({ id }) => id === textIn(values, 'to'));
  if (mistakes.length > 0) return { ...filled, mistakes };
  const mistaken = (message: string) => ({ ...filled, mistakes: [{ field: 'to', message }] });
  if (!from || !to) return mistaken(sayIn(page)('toMissing'));
  try {
    const reason = textIn(values, 'note') || speaker('request.page', view.language)('noReason');
    const what = { change: 'hand-over', request: request.id, from: from.id, to: to.id } as const;
    const seen = seenIn(values, lastChangeOf(view));
    await cooperations.change(view.id, { what, reason, by: from.id, seen }, { door: 'site' });
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return {
      ...mistaken(refusedText(error, { clock: visit.clock, view })),
      values: seenAgain(values, error),
    };
  }
}
