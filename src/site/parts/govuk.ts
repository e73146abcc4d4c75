import { html } from 'hono/html';
import type { Html } from '../context.ts';

/** Components of govuk-frontend that pages are made of, in its own markup. */

export const tag = (colour: 'grey' | 'blue' | 'green' | 'yellow' | 'red', text: string): Html =>
  html`<strong class="govuk-tag govuk-tag--${colour}">${text}</strong>`;

/** What is folded away, under a line that opens it. */
export const details = (
  summary: Html | string,
  inner: Html | readonly Html[],
  { open = false, id = '', style = '' }: { open?: boolean; id?: string; style?: string } = {},
): Html =>
  html`<details class="govuk-details${style ? ` ${style}` : ''}"${id ? html` id="${id}"` : ''}${open ? html` open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${summary}</span></summary><div class="govuk-details__text">${inner}</div></details>`;

type Row = readonly [key: Html | string, value: Html | string];

/** Facts, each with what it is called; rows that are not there are left out. */
export const summaryList = (rows: readonly (Row | undefined)[], style = ''): Html =>
  html`<dl class="govuk-summary-list">${rows.map((row) => (row ? summaryRow(row, style) : ''))}</dl>`;

const summaryRow = ([key, value]: Row, style: string): Html =>
  html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value${style ? ` ${style}` : ''}">${value}</dd></div>`;

/**
 * A table that scrolls by itself where it is too wide; in a narrow window its rows are cards, each cell under its head. A
 * column of buttons has an empty head.
 */
export const scrollTable = (
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly (Html | string)[])[],
): Html =>
  html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${caption}"><table class="govuk-table rial-board rial-board--rows"><caption class="govuk-visually-hidden">${caption}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${heads.map((head) => (head ? html`<th scope="col" class="govuk-table__header">${head}</th>` : html`<td class="govuk-table__header"></td>`))}</tr></thead>
<tbody class="govuk-table__body">${rows.map((cells) => html`<tr class="govuk-table__row">${cells.map((cell, column) => html`<td class="govuk-table__cell"${cellLabel(heads[column])}>${cell}</td>`)}</tr>`)}</tbody></table></div>`;

/** What stands before a cell where the window is narrow. */
export const cellLabel = (head: string | undefined): Html | '' => (head ? html` data-label="${head}"` : '');

/** What was just done. `title` says that it was, `heading` what. */
export const success = (id: string, title: string, heading: string, more: Html | '' = ''): Html =>
  html`<div class="govuk-notification-banner govuk-notification-banner--success" role="region" aria-labelledby="${id}"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="${id}">${title}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${heading}</p>${more}</div></div>`;

/** @param spoken what is said before it to whoever hears the page read out */
export const warning = (spoken: string, text: Html | string): Html =>
  html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${spoken}</span> ${text}</strong></div>`;
