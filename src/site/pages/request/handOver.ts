import { html } from 'hono/html';
import { partyNamed } from '../../../words/parties.ts';
import type { Html } from '../../frame.ts';
import { type Asked, answerer, pathOf, sayIn } from './asked.ts';
import { choice, textarea } from './controls.ts';

/** Colleagues who may answer in the reader's place. */
export function colleaguesOf({ seen, view, request }: Asked) {
  const own = answerer(seen, request);
  return view.people.filter(
    ({ id, active, role, party }) => active && role !== 'guest' && party === own?.party && id !== own?.id,
  );
}

/** Passes the request to a colleague: folded away, since whoever came can answer. */
export function handOverForm(asked: Asked): Html | '' {
  const { c, view, request, mistakes } = asked;
  const colleagues = colleaguesOf(asked);
  if (colleagues.length === 0) return '';
  const say = sayIn(asked);
  const open = mistakes.some(({ field }) => field === 'to' || field === 'note');
  return html`<details class="govuk-details" id="hand-over"${open ? html` open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('handOver')}</span></summary>
<div class="govuk-details__text"><p class="govuk-body">${say('handOverLead')}</p>
<form method="post" action="${pathOf(view, request)}/hand-over" novalidate>
${choice(asked, {
  name: 'to',
  label: say('to'),
  options: colleagues.map(({ id, name, post, party }) => ({
    value: id,
    label: name,
    hint: post ?? partyNamed(view.programme, party, c.get('language')),
  })),
})}${textarea(asked, { name: 'note', label: say('why'), rows: 2 })}
<button class="govuk-button govuk-button--secondary" type="submit">${say('handOverDo')}</button></form></div></details>`;
}
