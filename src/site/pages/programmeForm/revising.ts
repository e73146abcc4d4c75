import { isDeepStrictEqual } from 'node:util';
import { html } from 'hono/html';
import type { Draft } from '../../../casefile/drafts.ts';
import { type CaseView, lastChangeOf } from '../../../domain/caseView.ts';
import { isOfProgramme } from '../../../domain/change.ts';
import { type Programme, programmeShape } from '../../../domain/programme/programme.ts';
import { type Difference, differencesOfFiles } from '../../../domain/programme/programmeDifferences.ts';
import { recordedWords } from '../../../words/changes.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { hiddenHtml } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { draftNotice, dropWritten, keepWritten, keptAnswer } from '../../parts/draft.ts';
import type { Visit } from '../../visit.ts';
import { yamlFile } from './answers.ts';
import { checkForm, type FormMistake, placedMistake, placeName } from './check.ts';
import { differencesHtml } from './differences.ts';
import { asSent, type Entry, pressedIn, sentIn, writtenIn } from './entries.ts';
import { dataOf, type FileValue, fileOf } from './file.ts';
import { openFile } from './openFile.ts';
import { formOf } from './page.ts';
import type { Scope } from './scope.ts';
import { rebased, treeOf, withStanding } from './standing.ts';

/**
 * The form on a programme that stands: it knows what it was made from. What others changed since then is shown, with all
 * that was written, and nothing is overwritten.
 */

/** A programme that is being written on. */
export type Writing = {
  scope: Scope;
  tree: Entry;
  /** What others changed since the form was made. */
  news?: News;
  /** The draft that is gone on with. */
  kept?: Draft;
};
type News = {
  changes: CaseView['changes'];
  differences: Difference[];
  /** Parts that both have changed, with what stands there now. */
  both: { id: string; theirs: string }[];
};

/** The programme as it stands, and nothing written on it yet. */
export const begun = ({ view }: Visit, scope: Scope): Writing => ({ scope, tree: treeOf(view.programme) });

/**
 * What a form sent, on the programme as it stands now.
 * @param base the programme that the form was made from, as {@link carriedBase} gave it
 */
function received({ view }: Visit, scope: Scope, mine: Entry, base: string): Writing {
  const theirs = treeOf(view.programme);
  const made = baseIn(base);
  if (!made || isDeepStrictEqual(made.programme, view.programme))
    return { scope, tree: rebased(scope, theirs, mine, theirs).tree };
  const { tree, both } = rebased(scope, treeOf(made.programme), mine, theirs);
  return {
    ...{ scope, tree },
    news: {
      changes: view.changes.filter(({ number, kind }) => number > made.seen && isOfProgramme(kind)),
      differences: differencesOfFiles(made.programme, view.programme),
      both,
    },
  };
}

/** What is kept of it: what is written, with what it was made from, and what is asked beside the programme. */
function bodyOf({ view }: Visit, { tree }: Writing, beside: Readonly<Record<string, string>>): string {
  const sent = asSent(tree);
  for (const [name, text] of Object.entries({ base: baseOf(view), ...beside })) sent.set(name, text);
  return sent.toString();
}

type SentForm = {
  visit: Visit;
  scope: Scope;
  /** Where the form is, by which its draft is kept. */
  path: string;
  /** What was written beside the programme. */
  beside: Readonly<Record<string, string>>;
};

/** What the form sent, kept as its draft, and what is to be done with it; or the answer, where that is all. */
export async function sentForm(
  outside: SiteOutside,
  c: PageContext,
  sent: URLSearchParams,
  { visit, scope, path, beside }: SentForm,
): Promise<{ writing: Writing; isToCheck: boolean } | { answer: Response | Promise<Response> }> {
  const mine = writtenIn(sent);
  const action = pressedIn(sent, mine);
  if (action === 'discard') {
    await dropWritten(outside, c, path);
    return { answer: c.redirect(path, 303) };
  }
  const base = sent.get('base') ?? '';
  const writing = received(visit, scope, mine, base);
  if (action === 'keep') {
    // With what it was made from: what a colleague changed since is said where somebody looks.
    await keepWritten(outside, c, path, bodyOf(visit, { ...writing, tree: mine }, { ...beside, base }));
    return { answer: keptAnswer(c, path) };
  }
  await keepWritten(outside, c, path, bodyOf(visit, writing, beside));
  if (action === 'download') return { answer: yamlFile(c, writtenFile(visit, writing)) };
  return { writing, isToCheck: action === 'check' && !writing.news };
}

/** What was kept, on the programme as it stands now. */
export function continued(
  visit: Visit,
  scope: Scope,
  kept: Draft,
): { writing: Writing; sent: URLSearchParams } {
  const sent = sentIn(kept.body) ?? new URLSearchParams();
  return { writing: { ...received(visit, scope, writtenIn(sent), sent.get('base') ?? ''), kept }, sent };
}

/** The same of a file that the form itself made. */
export async function receivedFile(
  visit: Visit,
  scope: Scope,
  { source, base }: { source: string; base: string },
  check: SiteOutside['cooperations']['checkProgramme'],
): Promise<Writing> {
  const read = openFile(source, await check(source, 'correction'));
  return received(visit, scope, 'tree' in read ? read.tree : treeOf(visit.view.programme), base);
}

/** What a form is made from: the programme as it stands, and the last change that is known. */
export const baseOf = (view: CaseView): string =>
  JSON.stringify({ seen: lastChangeOf(view), programme: view.programme });

function baseIn(text: string): { seen: number; programme: Programme } | undefined {
  try {
    const { seen, programme } = JSON.parse(text) as { seen?: unknown; programme?: unknown };
    const read = programmeShape.safeParse(programme);
    return read.success ? { seen: Number(seen) || 0, programme: read.data } : undefined;
  } catch {
    return undefined;
  }
}

/** What is written, as a file; of all that nobody wrote in, what stands. */
const standingIn = ({ view }: Visit) => {
  const shown = dataOf(treeOf(view.programme));
  return (made: FileValue) => withStanding(view.programme as unknown as FileValue, shown, made);
};
const writtenFile = (visit: Visit, { tree }: Writing) => fileOf(tree, standingIn(visit));
export const checkWriting = (
  visit: Visit,
  { tree }: Writing,
  check: SiteOutside['cooperations']['checkProgramme'],
) => checkForm(tree, visit.clock.language, (source) => check(source, 'correction'), standingIn(visit));

// --- The page ------------------------------------------------------------------------------------------------

type WritingPage = {
  title: string;
  back: { href: string; label?: string };
  /** Where the form is sent. */
  path: string;
  lead: Html;
  /** What is asked beside the programme. */
  more: Html;
  mistakes?: readonly FormMistake[];
};

export function writingPage(c: PageContext, visit: Visit, writing: Writing, given: WritingPage) {
  const { language } = visit.clock;
  const { title, back, path, lead, more } = given;
  const mistakes = [...(given.mistakes ?? []), ...bothOf(writing, visit)];
  const status = writing.news ? 409 : mistakes.length > 0 ? 422 : 200;
  return page(c, {
    ...{ title, back, status },
    styles: 'board.css',
    drafts: true,
    mistakes: mistakes.map(placedMistake),
    shows: true,
    body: html`${writing.kept ? draftNotice(writing.kept, path, visit.clock) : ''}${writing.news ? newsOf(writing.news, visit) : ''}${lead}
${formOf(language, writing.tree, mistakes, {
  ...{ path, scope: writing.scope, check: speaker('form.standing', language)('review') },
  more: html`${more}${hiddenHtml('base', baseOf(visit.view))}`,
})}`,
  });
}

const LONGEST_SHOWN = 500;

function bothOf({ tree, news }: Writing, visit: Visit): FormMistake[] {
  const { language } = visit.clock;
  const { places } = fileOf(tree);
  return (news?.both ?? []).map(({ id, theirs }) => ({
    field: id,
    where: placeName(places, id, language),
    message: speaker('form.standing', language)('alsoChanged', {
      text: theirs.length > LONGEST_SHOWN ? `${theirs.slice(0, LONGEST_SHOWN)}…` : theirs,
      empty: theirs === '' ? 'yes' : 'no',
    }),
  }));
}

/** Who changed what, and why. */
function newsOf({ changes, differences }: News, visit: Visit): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('form.standing', language);
  const secretariat = speaker('changes.list', language)('secretariat');
  return html`<div class="rial-call" role="alert"><h2 class="govuk-heading-s">${say('news')}</h2>
<p class="govuk-body">${say('newsLead')}</p>
<ul class="govuk-list govuk-list--bullet">${changes.map(
    (made) =>
      html`<li>${ownMomentOf(made.madeAt, clock)} · ${made.by === null ? secretariat : personName(view, made.by)} — <a class="govuk-link" href="/c/${view.id}/changes/${made.number}">${recordedWords(made, view, { language, now: new Date(clock.now) })}</a><br><span class="rial-soft rial-prewrap">${made.reason}</span></li>`,
  )}</ul>${differencesHtml(differences, visit)}</div>`;
}
