import { html } from 'hono/html';
import { type Draft, draftsOf } from '../../../casefile/drafts.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import type { Html, PageContext } from '../../context.ts';
import type { SiteOutside } from '../../outside.ts';
import { dropWritten } from '../../parts/draft.ts';
import { type Entry, entryText, sentIn, writtenIn } from './entries.ts';
import { fileOf } from './file.ts';
import { PATH } from './page.ts';

/** Drafts of new programmes: an officer may have several, each under a name of its own. */

type Outside = Pick<SiteOutside, 'caseFile' | 'now'>;

/** What a draft of a new programme is kept under; nothing where it has no such name. */
export const newForm = (name: string | undefined | null): string | undefined =>
  name && /^[0-9a-f]{8}$/.test(name) ? `new ${name}` : undefined;
const nameIn = ({ form }: Draft): string => form.slice('new '.length);

export const treeIn = ({ body }: Draft): Entry => writtenIn(sentIn(body) ?? new URLSearchParams());

/** The reader's own, the newest first. */
async function newDrafts({ caseFile }: Outside, c: PageContext): Promise<Draft[]> {
  const all = await draftsOf(caseFile, c.get('viewer')?.address ?? '');
  return all.filter(({ form }) => form.startsWith('new '));
}

/** The name of the draft that makes a file, which the form shows once more. */
export async function draftOfFile(
  outside: Outside,
  c: PageContext,
  source: string,
): Promise<string | undefined> {
  const found = (await newDrafts(outside, c)).find((one) => fileOf(treeIn(one)).source === source);
  return found && nameIn(found);
}

/** A cooperation was started: what was written for it is not a draft any more. */
export async function dropStarted(outside: Outside, c: PageContext, cooperation: string): Promise<void> {
  for (const draft of await newDrafts(outside, c))
    if (fileOf(treeIn(draft)).id === cooperation) await dropWritten(outside, c, draft.form);
}

/** Each with its subject, and when it was kept. */
export async function draftList(outside: Outside, c: PageContext): Promise<Html | ''> {
  const drafts = await newDrafts(outside, c);
  if (drafts.length === 0) return '';
  const clock = clockOf(c, outside.now());
  const say = speaker('form.draft', clock.language);
  const titleOf = (draft: Draft): string => {
    const tree = treeIn(draft);
    return entryText(tree.subject).trim() || say('untitled', { code: fileOf(tree).id });
  };
  return html`<h2 class="govuk-heading-s">${say('drafts')}</h2>
<ul class="govuk-list">${drafts.map(
    (draft) =>
      html`<li><a class="govuk-link" href="${PATH}?draft=${nameIn(draft)}">${titleOf(draft)}</a> <span class="rial-soft">${say('keptOn', { when: ownMomentOf(draft.keptAt, clock) })}</span></li>`,
  )}</ul>`;
}
