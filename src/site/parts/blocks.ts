import { html } from 'hono/html';
import type { Block, Fact, Item } from '../../words/blocks.ts';
import { clean, followable } from '../../words/plainText.ts';
import type { Html } from '../context.ts';

/** Blocks as a page shows them: what a letter says, in the site's own look. */

export const blocksHtml = (blocks: readonly Block[]): Html => html`${blocks.map(blockHtml)}`;

function blockHtml(block: Block): Html {
  switch (block.block) {
    case 'paragraph':
      return html`<p class="govuk-body rial-prewrap">${clean(block.text)}</p>`;
    case 'heading':
      return html`<h2 class="govuk-heading-s">${clean(block.text)}</h2>`;
    case 'facts':
      return factsHtml(block.rows);
    case 'list': {
      const items = block.items.map(itemHtml);
      return block.numbered
        ? html`<ol class="govuk-list govuk-list--number">${items}</ol>`
        : html`<ul class="govuk-list govuk-list--bullet">${items}</ul>`;
    }
    case 'button':
      return html`<p class="govuk-body"><a class="govuk-button" role="button" draggable="false" href="${block.url}">${block.label}</a></p>`;
    case 'link':
      return html`<p class="govuk-body">${linkHtml(block.label, block.url)}</p>`;
    case 'quote':
      return html`<blockquote class="govuk-inset-text rial-prewrap">${clean(block.text)}</blockquote>`;
  }
}

/** Pages of the site are linked to by their path. */
const linkHtml = (text: string, url: string): Html =>
  followable(url) || url.startsWith('/')
    ? html`<a class="govuk-link" href="${url}">${text}</a>`
    : html`${text}`;

const itemHtml = ({ text, note, url }: Item): Html =>
  html`<li>${url ? linkHtml(clean(text), url) : clean(text)}${note ? html`<br><span class="rial-soft rial-prewrap">${clean(note)}</span>` : ''}</li>`;

export const factsHtml = (rows: readonly Fact[]): Html =>
  rows.length === 0
    ? html``
    : html`<dl class="govuk-summary-list">${rows.map(
        ({ label, value, url }) =>
          html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${label}</dt><dd class="govuk-summary-list__value">${url ? linkHtml(value, url) : clean(value)}</dd></div>`,
      )}</dl>`;
