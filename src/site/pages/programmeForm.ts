import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { findCooperation, newestProgrammes } from '../../casefile/cooperations.ts';
import type { Draft } from '../../casefile/drafts.ts';
import { viewOf } from '../../casefile/view.ts';
import type { CaseView } from '../../domain/caseView.ts';
import type { FileMistake } from '../../domain/mistake.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import { copiedProgrammeText } from '../../domain/programme/programmeCopy.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { formMistakeText } from '../../words/mistakes.ts';
import { type Key, speaker } from '../../words/speaker.ts';
import { clockOf } from '../clock.ts';
import { type Html, type PageContext, type Site, type SiteContext, siteApp } from '../context.ts';
import { fieldHtml, hiddenHtml } from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { draftNotice, draftOfReader, dropWritten, keepWritten, keptAnswer } from '../parts/draft.ts';
import { details, summaryList } from '../parts/govuk.ts';
import { callName, cooperationName } from '../parts/names.ts';
import { staffOnly } from '../visit.ts';
import { EXAMPLES, exampleNamed } from './newCooperation/examples.ts';
import { FORM_BYTES, fileField, MOST_SHOWN, sourceButton, sourceIn } from './newCooperation/source.ts';
import { yamlFile } from './programmeForm/answers.ts';
import { blankProgramme } from './programmeForm/blank.ts';
import { checkForm, type FormMistake, placedMistake } from './programmeForm/check.ts';
import { draftList, draftOfFile, newForm, treeIn } from './programmeForm/draftList.ts';
import { asSent, type Entry, partGoneTo, pressedIn, sentIn, writtenIn } from './programmeForm/entries.ts';
import { fileOf } from './programmeForm/file.ts';
import { openFile } from './programmeForm/openFile.ts';
import { formOf, PATH } from './programmeForm/page.ts';

/**
 * A programme written in a form, for whoever does not write YAML. It makes the same file, which is checked, looked at
 * and started like one that is uploaded; nothing is kept here, so what is written travels with every button.
 */

type FormState = {
  tree: Entry;
  mistakes?: readonly FormMistake[];
  /** What of an opened file has no place in the form. */
  left?: readonly FileMistake[];
  /** Offer to begin with a file: not where there is something written to lose. */
  fresh?: boolean;
  /** The name of its draft; a new one where it has none yet. */
  draft?: string | undefined;
  /** The draft that is gone on with. */
  kept?: Draft;
  /** The cooperation that it begins with a copy of. */
  copied?: CaseView;
  /** The part that is gone on with. */
  at?: string | undefined;
};

/** A cooperation that a new one may begin with a copy of. */
type Copyable = Awaited<ReturnType<typeof newestProgrammes>>[number];

export function programmeFormPages(outside: SiteOutside): Hono<Site> {
  const { caseFile, cooperations, now } = outside;
  const app = siteApp();
  const shown = async (c: PageContext, state: FormState) =>
    formPage(
      c,
      state,
      clockOf(c, now()),
      state.fresh ? await draftList(outside, c) : '',
      state.fresh ? await newestProgrammes(caseFile) : [],
    );
  app.get(PATH, async (c, next) =>
    c.get('viewer') ? next() : c.redirect(`/sign-in?next=${encodeURIComponent(PATH)}`),
  );
  app.get(PATH, staffOnly, async (c) => {
    const draft = c.req.query('draft');
    const form = newForm(draft);
    const kept = form && (await draftOfReader(outside, c, form));
    if (kept) return shown(c, { tree: treeIn(kept), draft, kept });
    const copied = await copiedCooperation(c.req.query('copy'));
    if (copied) return shown(c, copied);
    const example = exampleNamed(c.req.query('example'));
    if (example) {
      const read = openFile(example, await cooperations.checkProgramme(example));
      if ('tree' in read) return shown(c, { tree: read.tree, fresh: true });
    }
    return shown(c, { tree: blankProgramme(c.get('language'), now()), fresh: true });
  });

  /** A cooperation that there is, as the beginning of another one; nothing where there is none of that code. */
  async function copiedCooperation(id: string | undefined): Promise<FormState | undefined> {
    const view = id && id.length <= 60 ? await viewOf(caseFile, id, now()) : undefined;
    if (!view) return undefined;
    const text = copiedProgrammeText(view, now());
    const read = openFile(text, await cooperations.checkProgramme(text));
    return 'tree' in read ? { tree: read.tree, copied: view } : undefined;
  }

  const tooLarge = (c: PageContext) => {
    const message = speaker('form.fields', c.get('language'))('tooLarge');
    const tree = blankProgramme(c.get('language'), now());
    return shown(c, { tree, fresh: true, mistakes: [{ field: 'file', where: '', message }] });
  };
  const limited = bodyLimit({ maxSize: FORM_BYTES, onError: (c) => tooLarge(c as SiteContext) });

  app.post(PATH, staffOnly, limited, async (c) => {
    const sent = sentIn(await c.req.text());
    if (!sent) return tooLarge(c);
    const tree = writtenIn(sent);
    const action = pressedIn(sent, tree);
    const draft = sent.get('draft') ?? c.req.query('draft');
    const form = newForm(draft);
    if (action === 'discard') {
      if (form) await dropWritten(outside, c, form);
      return c.redirect('/new', 303);
    }
    if (form) await keepWritten(outside, c, form, asSent(tree).toString());
    if (action === 'keep') return keptAnswer(c, `${PATH}?draft=${draft}`);
    if (action === 'download') return yamlFile(c, fileOf(tree));
    return action === 'check' ? check(c, tree, draft) : shown(c, { tree, draft, at: partGoneTo(sent) });
  });

  /** A file, or the text that the form itself made. */
  app.post(`${PATH}/open`, staffOnly, limited, async (c) => {
    const text = await sourceIn(c);
    const language = c.get('language');
    const blank = { tree: blankProgramme(language, now()), fresh: true };
    if (text.trim() === '') {
      const message = speaker('form.fields', language)('noFile');
      return shown(c, { ...blank, mistakes: [{ field: 'file', where: '', message }] });
    }
    const read = openFile(text, await cooperations.checkProgramme(text));
    if ('unread' in read)
      return shown(c, {
        ...blank,
        mistakes: read.unread.map((one) => ({
          field: 'file',
          where: lineOf(c, one),
          message: formMistakeText(one, language),
        })),
      });
    const { tree, left } = read;
    const result = await checkForm(tree, language, cooperations.checkProgramme);
    const draft = await draftOfFile(outside, c, text);
    return shown(c, { tree, left, draft, mistakes: 'mistakes' in result ? result.mistakes : [] });
  });

  app.post(`${PATH}/keep`, staffOnly, limited, async (c) => {
    const text = await sourceIn(c);
    const result = await cooperations.checkProgramme(text);
    return yamlFile(c, { source: text, id: 'programme' in result ? result.programme.id : '' });
  });

  async function check(c: PageContext, tree: Entry, draft: FormState['draft']) {
    const language = c.get('language');
    const result = await checkForm(tree, language, cooperations.checkProgramme);
    const { id } = fileOf(tree);
    const mistakes = 'mistakes' in result ? [...result.mistakes] : [];
    if (!mistakes.some(({ field }) => field === 'id') && (await findCooperation(caseFile, id))) {
      const say = speaker('form.fields', language);
      mistakes.push({ field: 'id', where: say('code'), message: say('taken', { id }) });
    }
    if (mistakes.length > 0 || 'mistakes' in result) return shown(c, { tree, draft, mistakes });
    return complete(c, result);
  }
  return app;
}

const lineOf = (c: PageContext, { line }: FileMistake): string =>
  speaker('form.fields', c.get('language'))('line', { line });

function formPage(
  c: PageContext,
  { tree, mistakes: all = [], left = [], fresh = false, draft, kept, copied, at }: FormState,
  clock: Clock,
  drafts: Html | '',
  copies: readonly Copyable[],
) {
  const say = speaker('form.fields', c.get('language'));
  const mistakes = all.slice(0, MOST_SHOWN);
  const wrong = mistakes.length > 0 || left.length > 0;
  return page(c, {
    title: say('page'),
    back: { href: '/new', label: say('new') },
    mistakes: mistakes.map(placedMistake),
    styles: 'board.css',
    drafts: true,
    shows: true,
    ...(wrong && { status: 422 as const }),
    body: html`${kept ? draftNotice(kept, `${PATH}?draft=${draft}`, clock) : ''}<p class="govuk-body">${say('lead')}</p>
${copied ? html`<div class="govuk-inset-text">${say('copied', { cooperation: cooperationName(copied, c.get('language')), id: copied.id })}</div>` : ''}
${drafts}
${all.length > MOST_SHOWN ? html`<p class="govuk-body">${say('more', { n: all.length - MOST_SHOWN })}</p>` : ''}
${left.length > 0 ? html`<div class="rial-call"><h2 class="govuk-heading-s">${say('notTaken')}</h2><ul class="govuk-list govuk-list--bullet">${left.slice(0, MOST_SHOWN).map((one) => html`<li>${placedMistake({ field: '', where: [lineOf(c, one), one.path].filter(Boolean).join(', '), message: formMistakeText(one, c.get('language')) }).message}</li>`)}</ul></div>` : ''}
${fresh ? beginning(c, mistakes, copies) : ''}
${formOf(c.get('language'), tree, mistakes, {
  ...{ path: PATH, at },
  more: hiddenHtml('draft', newForm(draft) && draft ? draft : randomBytes(4).toString('hex')),
})}`,
  });
}

/** A cooperation that there is, a file of one's own, and examples. */
function beginning(c: PageContext, mistakes: readonly FormMistake[], copies: readonly Copyable[]): Html {
  const say = speaker('form.fields', c.get('language'));
  const filling = { language: c.get('language'), mistakes, values: {} };
  return details(
    say('begin'),
    html`${
      copies.length > 0
        ? html`<form method="get" action="${PATH}">${fieldHtml(filling, {
            ...{ name: 'copy', as: 'select', label: say('copy'), hint: say('copyHint') },
            options: copies.map(({ id, subject, institutions }) => ({
              value: id,
              label: `${cooperationName({ programme: { institutions } }, c.get('language'))} · ${subject} (${id})`,
            })),
          })}<button class="govuk-button govuk-button--secondary" type="submit">${say('copyDo')}</button></form>`
        : ''
    }
<p class="govuk-body">${say('beginHint')}</p>
<form method="post" action="${PATH}/open" enctype="multipart/form-data" novalidate>${fieldHtml(filling, fileField(say('file')))}<button class="govuk-button govuk-button--secondary" type="submit">${say('open')}</button></form>
<ul class="govuk-list">${EXAMPLES.map((name) => html`<li><a class="govuk-link" href="${PATH}?example=${name}">${say('example', { name })}</a></li>`)}</ul>`,
    { open: mistakes.some(({ field }) => field === 'file') },
  );
}

/** On to the preview of every programme file, from which it is started. */
function complete(c: PageContext, { source, programme }: { source: string; programme: Programme }) {
  const language = c.get('language');
  const say = speaker('form.fields', language);
  const rows: [Key<'form.fields'>, string][] = [
    ['about', cooperationName({ programme }, language)],
    ['title', programme.title],
    ['subject', programme.subject],
    ['call', callName({ programme }, language)],
    ['code', programme.id],
    [
      'size',
      say('counted', {
        people: programme.participants.length,
        institutions: programme.institutions.length,
        sessions: programme.sessions.length,
      }),
    ],
  ];
  return page(c, {
    title: say('complete'),
    shows: true,
    styles: 'board.css',
    body: html`<p class="govuk-body">${say('completeLead')}</p>
${summaryList(rows.map(([key, value]) => [say(key), value]))}
<div class="govuk-button-group">${sourceButton('/new/check', source, say('preview'), { first: true })}
${sourceButton(`${PATH}/open`, source, say('goOn'))}
${sourceButton(`${PATH}/keep`, source, say('keep'))}</div>
${details(say('asText'), html`<pre class="rial-prewrap rial-yaml" tabindex="0">${source}</pre>`)}`,
  });
}
