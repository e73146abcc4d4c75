import { html } from 'hono/html';
import PostalMime, { type Email } from 'postal-mime';
import { withoutLinks } from '../../../casefile/access/access.ts';
import { type DocumentStore, NotStored, readAll } from '../../../documents/store.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import type { Visit } from '../../visit.ts';

/** A mail that went out, or is to: how it stands, and what it says. */

export type Mail = CaseView['mails'][number];

/** The mails that are others sent again, by their Message-ID. */
export const copiesOf = ({ mails }: CaseView): Set<string> =>
  new Set(mails.flatMap(({ again = [] }) => again.flatMap(({ messageId }) => messageId ?? [])));

/** What became of a mail, in words; what the server said where it did not take it. */
export function sendingState({ state, attempts, response, sentAt }: Mail, { clock, capacity }: Visit): Html {
  const say = speaker('site.outbox-mail', clock.language);
  const said = response
    ? html`<br><span class="govuk-body-s">${say('said')} <q>${withoutLinks(response)}</q></span>`
    : '';
  switch (state) {
    case 'sent':
      return html`<strong class="govuk-tag govuk-tag--green">${say('isSent')}</strong>${sentAt ? html` <time datetime="${sentAt}">${ownMomentOf(sentAt, clock)}</time>` : ''}`;
    case 'refused':
      return html`<strong class="govuk-tag govuk-tag--red">${say('isRefused')}</strong>${said}${capacity === 'staff' ? html`<br><span class="govuk-body-s">${say('correct')}</span>` : ''}`;
    case 'withdrawn':
      return html`<strong class="govuk-tag govuk-tag--grey">${say('isWithdrawn')}</strong> ${say('withdrawnHint')}`;
    case 'unconfirmed':
      return html`<strong class="govuk-tag govuk-tag--yellow">${say('isUnconfirmed')}</strong> ${say('unconfirmedHint')}`;
    case 'held':
      return html`<strong class="govuk-tag govuk-tag--blue">${say('isHeld')}</strong>`;
    case 'gathered':
      return html`<strong class="govuk-tag govuk-tag--green">${say('isGathered')}</strong>`;
    case 'pending':
      return attempts === 0
        ? html`<strong class="govuk-tag govuk-tag--blue">${say('isPending')}</strong>`
        : html`<strong class="govuk-tag govuk-tag--yellow">${say('isAgain')}</strong> (${say('attempts', { n: attempts })})${said}`;
  }
}

/** A mail as it is kept; nothing where it no longer is. */
export async function parsedMailOf(documents: DocumentStore, sha256: string): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(await readAll(documents, sha256));
  } catch (error) {
    if (error instanceof NotStored) return undefined;
    throw error;
  }
}

/** A row of a summary list. */
export const fact = (key: string, value: Html): Html =>
  html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;
