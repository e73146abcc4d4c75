import { html } from 'hono/html';
import { partyZone } from '../../../domain/caseView.ts';
import { type BriefBlocks, type BriefFile, type BriefReader, briefBlocks } from '../../../words/brief.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { fileHref, heldFile, programmeFile } from '../../downloads.ts';
import { blocksHtml, factsHtml } from '../../parts/blocks.ts';
import { details } from '../../parts/govuk.ts';
import { beginnable, startPath } from '../../parts/starting.ts';
import { answerer, pathOf, type RequestPage, sayIn } from './requestPage.ts';

/** What a request is about: what its mail says of it, with the files to be opened. */

/** The reader of a page: what they answer for, and where the request's files are. */
export const pageReaderOf = (page: RequestPage): BriefReader => ({
  language: page.language,
  clock: page.visit.clock,
  institutions: page.view.programme.institutions,
  party: answerer(page.visit, page.request)?.party,
  hrefOf: (file) => hrefOf(page, file),
  requestHref: (id) => pathOf(page.view, { id }),
  // A band above the page says it.
  isStateTold: true,
});

function hrefOf({ view }: RequestPage, file: BriefFile): string | undefined {
  switch (file.file) {
    case 'programme': {
      const version = view.programmeVersions.find(({ version }) => version === file.version);
      return version && fileHref(view.id, programmeFile(file.format === 'PDF' ? version.pdf : version.docx));
    }
    case 'document': {
      const { document } = file;
      // What was withheld cannot be had, however it is asked about.
      return heldFile(view, document.sha256, document.fileName) && fileHref(view.id, document);
    }
    case 'template':
      return beginnable(view, file.kind) ? startPath(view, file.kind) : undefined;
  }
}

export const blocksOf = (page: RequestPage): BriefBlocks => briefBlocks(page.request, pageReaderOf(page));

/** @param withForm the form shows the dates that it asks about */
export function about(page: RequestPage, withForm: boolean): Html {
  const { lead, facts, matter, dates, enclosed } = blocksOf(page);
  // The first says until when; it stands above, with how much time is left.
  const others = page.request.cooperation === 'running' && !page.request.closedAt ? facts.slice(1) : facts;
  return html`${blocksHtml(lead)}${factsHtml(others)}${blocksHtml(matter)}${withForm ? '' : blocksHtml(dates)}${blocksHtml(enclosed)}${objectives(page)}`;
}

/** The objectives of the version that is asked about, folded away. */
function objectives(page: RequestPage): Html | '' {
  if (!page.request.programme) return '';
  const { introduction, items } = (page.printed ?? page.view.programme).objectives;
  const say = speaker('papers.labels', page.language);
  const expected = (of: { change: string }) => say('expectedChange', of);
  return details(
    sayIn(page)('objectives'),
    html`<p class="govuk-body rial-prewrap">${introduction}</p><ol class="govuk-list govuk-list--number">${items.map(
      ({ title, text, change }) =>
        html`<li>${title ? html`<strong>${title}:</strong> ` : ''}${text}${change ? html`<br><span class="rial-soft">${expected({ change })}</span>` : ''}</li>`,
    )}</ol>`,
  );
}

/** The zone a session's hours are said in; the first party's where there is no session. */
export const pageZoneOf = ({ view, request }: RequestPage): string =>
  view.sessions.find(({ number }) => number === request.item)?.timeZone ??
  partyZone(view, request.asked[0]?.party);
