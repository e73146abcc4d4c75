import { html } from 'hono/html';
import { type Link, peopleAt, wasIn } from '../../../casefile/access/access.ts';
import type { PersonRow } from '../../../casefile/database/schema.ts';
import { draftOf } from '../../../casefile/drafts.ts';
import { inCharge } from '../../../casefile/people.ts';
import { viewOf } from '../../../casefile/view.ts';
import { dateIn } from '../../../domain/dates/dates.ts';
import { briefBlocks, isRunning } from '../../../words/brief.ts';
import { requestLabel } from '../../../words/labels.ts';
import type { Html, PageContext } from '../../context.ts';
import type { SiteOutside } from '../../outside.ts';
import { blocksHtml, factsHtml } from '../../parts/blocks.ts';
import type { Viewer } from '../../viewer.ts';
import { visitOf } from '../../visit.ts';
import { formsBehind } from './answer.ts';
import { pathOf, type RequestPage } from './requestPage.ts';

/**
 * What a mail asks, behind its link: what the mail says of it, no more, with the forms that answer it. Only in a
 * browser in which its reader was signed in before, which a scanner that opens links and presses what it finds is not.
 *
 * @returns nothing where it is to be asked who they are, or they have written something that is kept for them on the page
 */
export async function questionBehind(
  { caseFile, now }: SiteOutside,
  c: PageContext,
  { link, browser, action }: { link: Link; browser: string; action: string },
): Promise<{ title: string; body: Html; script?: 'upload.js' } | undefined> {
  // Somebody else who sits there is to see first that they are replaced.
  const viewer = c.get('viewer');
  if (viewer && viewer.address !== link.address) return undefined;
  if (!(await wasIn(caseFile, link.address, browser))) return undefined;
  const people = await peopleAt(caseFile, link.address);
  const [person, ...others] = people.filter(({ cooperation }) => cooperation === link.cooperation);
  if (!person || others.length > 0 || person.id !== link.person) return undefined;
  const view = await viewOf(caseFile, link.cooperation, now());
  const request = view?.requests.find((one) => pathOf(view, one) === link.path);
  if (!view || !request || !isRunning(request) || !request.owing.includes(person.party)) return undefined;
  const today = ({ timeZone }: { timeZone: string }) => dateIn(now(), timeZone);
  const asked = await inCharge(caseFile, view.id, request.id, [person.party], today);
  if (!asked.people.some(({ id }) => id === person.id)) return undefined;
  if (await draftOf(caseFile, link.address, link.path)) return undefined;
  const language = c.get('language');
  const visit = visitOf(view, {
    viewer: readerOf(link, person, now()),
    ...{ people: [person], language, now: now() },
  });
  const page: RequestPage = {
    ...{ language, visit, view, request },
    ...{ inCharge: asked.people, values: {}, mistakes: [], kept: [], waiting: [] },
  };
  const { institutions } = view.programme;
  const blocks = briefBlocks(request, { language, clock: visit.clock, institutions, party: person.party });
  const { forms, script } = formsBehind(page, action);
  return {
    title: requestLabel(request, language),
    body: html`${blocksHtml(blocks.standing)}${blocksHtml(blocks.lead)}${factsHtml(blocks.facts)}${blocksHtml(blocks.matter)}${blocksHtml(blocks.dates)}${blocksHtml(blocks.enclosed)}${forms}`,
    ...(script && { script }),
  };
}

/** Whose link it is, as they will look at the page: in that cooperation alone. */
const readerOf = ({ address, cooperation }: Link, person: PersonRow, now: string): Viewer => ({
  ...{ session: '', address, name: person.name, language: person.language, timeZone: person.timeZone },
  ...{ role: 'participant', people: [person], mailbox: [], chosen: {}, actor: undefined },
  ...{ cooperations: [cooperation], unstepped: false, beganAt: now },
});
