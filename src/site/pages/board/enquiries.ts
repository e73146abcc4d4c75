import { html } from 'hono/html';
import type { CaseFile } from '../../../casefile/database/database.ts';
import { cachedRead } from '../../../casefile/database/readCache.ts';
import { unansweredEnquiries } from '../../../casefile/mails/communications.ts';
import { colonIn } from '../../../words/colon.ts';
import { type Clock, ownMomentOf } from '../../../words/dates/dates.ts';
import { directionOf, partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';

/** So many are listed; each is on its cooperation's page as well. */
const LISTED = 20;

/** What the Secretariat was asked in any cooperation and has not answered, each with the way to where it is. */
export async function enquiryList(caseFile: CaseFile, clock: Clock): Promise<Html | ''> {
  const { language } = clock;
  const open = await cachedRead(caseFile, 'unanswered enquiries', () => unansweredEnquiries(caseFile));
  if (open.length === 0) return '';
  const say = speaker('site.board', language);
  return html`<section class="govuk-inset-text" aria-labelledby="enquiries"><h2 class="govuk-heading-m" id="enquiries">${say('enquiries', { count: open.length })}</h2>
<ul class="govuk-list govuk-list--bullet">${open
    .slice(0, LISTED)
    .map(
      ({ cooperation, number, party, at, institutions }) =>
        html`<li><a class="govuk-link" href="/c/${cooperation}/communications#n${number}">${directionOf(institutions, language)}</a>${colonIn(language)}${say('enquiry', { number, ofParty: partyNamed({ institutions }, party, language, 'of'), when: ownMomentOf(at, clock) })}</li>`,
    )}</ul></section>`;
}
