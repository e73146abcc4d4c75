import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { openEnquiries, readableBy } from '../../domain/communication.ts';
import { changesFor, type Reader } from '../../export/reader.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { isSecretariat, type Visit } from '../visit.ts';
import { tag } from './govuk.ts';

/** Who writes to the Secretariat, who writes for it, and who reads what is written. */

/** As whom somebody writes for the Secretariat. */
export const authorIn = ({ person, viewer }: Visit): string =>
  person?.role === 'staff' ? person.id : viewer.address;

/** Who reads: OAS observers, who look on in all cooperations, see everything, as the Secretariat does. */
export const talkReader = (visit: Visit) => ({
  person: visit.person?.id,
  secretariat: isSecretariat(visit) || visit.viewer.role === 'observer',
});

/** Who may ask the Secretariat something: the people of the cooperation, but not its own, nor guests. */
export const mayAsk = ({ capacity }: Visit): boolean => capacity === 'delegate' || capacity === 'consultant';

/** So many are named on the cooperation's page. */
const LATEST = 3;

/** What was written to the reader last, or what waits on the Secretariat's answer; with the way to all of it. */
export function latestCommunications(visit: Visit): Html {
  const { view, clock } = visit;
  const say = speaker('site.communications', clock.language);
  const readable = readableBy(view.communications, talkReader(visit)).filter(({ kind }) => kind !== 'answer');
  const open = talkReader(visit).secretariat ? openEnquiries(view.communications).length : 0;
  const path = `/c/${view.id}/communications`;
  return html`<section aria-labelledby="communications"><h2 class="govuk-heading-m" id="communications">${say('title')}</h2>
<ul class="govuk-list">${readable
    .slice(-LATEST)
    .toReversed()
    .map(
      (one) =>
        html`<li><a class="govuk-link" href="${path}#n${one.number}">${one.subject ?? say('enquiry', { number: one.number })}</a> <time class="rial-soft" datetime="${one.at}">${ownMomentOf(one.at, clock)}</time></li>`,
    )}<li><a class="govuk-link" href="${path}">${say(mayAsk(visit) ? 'allAndAsk' : 'all')}</a>${open > 0 ? html` ${tag('yellow', say('openCount', { count: open }))}` : ''}</li></ul></section>`;
}

/** Who sees everything has everything; who takes part, what is theirs to see. */
export function caseReader(visit: Visit): Reader {
  const { viewer, person } = visit;
  if (viewer.role !== 'participant' || !person) return { of: 'all' };
  return { of: 'person', person: person.id, party: person.party, secretariat: talkReader(visit).secretariat };
}

/** The case with the reasons of changes that are for the reader. */
export const withOwnReasons = (visit: Visit): CaseView => ({
  ...visit.view,
  changes: changesFor(visit.view, caseReader(visit)),
});
