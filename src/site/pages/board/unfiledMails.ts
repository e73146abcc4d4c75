import { html } from 'hono/html';
import type { CaseFile } from '../../../casefile/database/database.ts';
import { cachedRead } from '../../../casefile/database/readCache.ts';
import { unseenMails } from '../../../casefile/mails/communications.ts';
import { lastMailboxLook } from '../../../casefile/mails/mailboxLook.ts';
import { colonIn } from '../../../words/colon.ts';
import { type Clock, ownMomentOf } from '../../../words/dates/dates.ts';
import { directionOf } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';

/** So many are listed; each is on its cooperation's page as well. */
const LISTED = 20;

/** Mails that are in nobody's name and that nobody has seen to, each with the way to where it is; and how many lie aside. */
export async function unfiledMailList(caseFile: CaseFile, clock: Clock): Promise<Html | ''> {
  const { language } = clock;
  const [unseen, look] = await cachedRead(caseFile, 'unfiled mails', () =>
    Promise.all([unseenMails(caseFile), lastMailboxLook(caseFile)]),
  );
  const aside = look?.aside ?? 0;
  if (unseen.length === 0 && aside === 0) return '';
  const say = speaker('site.board', language);
  return html`<section class="govuk-inset-text" aria-labelledby="unfiled-mails"><h2 class="govuk-heading-m" id="unfiled-mails">${say('unfiledMails', { count: unseen.length + aside })}</h2>
${
  unseen.length > 0
    ? html`<ul class="govuk-list govuk-list--bullet">${unseen
        .slice(0, LISTED)
        .map(
          ({ cooperation, number, mail, at, institutions }) =>
            html`<li><a class="govuk-link" href="/c/${cooperation}/communications#n${number}">${directionOf(institutions, language)}</a>${colonIn(language)}${say('unfiledMail', { from: mail?.from || 'none', when: ownMomentOf(at, clock) })}</li>`,
        )}</ul>`
    : ''
}${aside > 0 ? html`<p class="govuk-body">${say('mailsAside', { count: aside })}</p>` : ''}</section>`;
}
