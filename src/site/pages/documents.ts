import { Hono } from 'hono';
import { html } from 'hono/html';
import type { CaseFile } from '../../casefile/database/database.ts';
import type { WaitingFileRow } from '../../casefile/database/schema.ts';
import { visitBefore } from '../../casefile/documents.ts';
import { viewOf } from '../../casefile/view.ts';
import { waitingFilesOf, waitingId } from '../../casefile/waitingFiles.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { isExchanged } from '../../domain/document.ts';
import { MATERIAL_KINDS } from '../../domain/documentKinds.ts';
import { documentVersionId } from '../../domain/ids.ts';
import type { Language } from '../../domain/language.ts';
import { zippedDocuments } from '../../export/zip.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { downloadLink, heldFile, PDF, programmeFile, sendFile, sendZip, WORD } from '../downloads.ts';
import { type Field, fieldHtml, idOf, type Mistake, partsHtml, readForm, valuesOf } from '../form.ts';
import { page } from '../frame.ts';
import { MAX_FILES } from '../multipart.ts';
import type { SiteOutside } from '../outside.ts';
import { comments as commentsAllowed, commentsBeside } from '../parts/comments.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { versionLine } from '../parts/documentFile.ts';
import { withWritten } from '../parts/draft.ts';
import { details, success } from '../parts/govuk.ts';
import { receive, refusedFiles, type Upload, uploadAttributes } from '../uploads.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';
import { withholdLink } from './withholding.ts';

/** The documents of a cooperation: every version with who sent it and when, and a form to send more. */

type Entry = CaseView['documents'][number];
type Context = { c: PageContext; visit: Visit; before: string | null; isOpen: boolean };
type UploadState = { upload?: Upload; sent?: number; withheld?: boolean; document?: string | undefined };

/** Who puts documents in: the people of the cooperation, but not those who look on or see one session. */
const sends = ({ person, capacity }: Visit): boolean =>
  person !== undefined && person.role !== 'guest' && capacity !== 'observer' && capacity !== 'guest';

/** What somebody has put into the exchange themselves, since an instant where one is given. */
function ownSince({ view, person }: Visit, since: string): Entry[] {
  const from = since === '' ? Number.NEGATIVE_INFINITY : Date.parse(since);
  return view.documents.filter(
    (one) => person !== undefined && one.by === person.id && isExchanged(one) && Date.parse(one.at) >= from,
  );
}

/** What of theirs waits for an answer to hand it in. */
async function waitingSince(
  caseFile: CaseFile,
  { view, parts }: Visit,
  since: string,
): Promise<WaitingFileRow[]> {
  const files = await Promise.all(parts.map(({ id }) => waitingFilesOf(caseFile, view.id, { by: id })));
  return files
    .flat()
    .filter((one) => isExchanged(one) && (since === '' || Date.parse(one.at) >= Date.parse(since)));
}

export function documentPages(outside: SiteOutside): Hono<VisitSite> {
  const { caseFile, cooperations, documents } = outside;
  const app = new Hono<VisitSite>();

  app.use('/documents', notForGuests, withWritten(outside));
  app.use('/documents/:document/versions', notForGuests, withWritten(outside));
  app.get('/documents', notForGuests, (c) => {
    const sent = Number(c.req.query('sent'));
    const withheld = c.req.query('withheld') !== undefined;
    return show(c, c.get('visit'), { withheld, ...(Number.isInteger(sent) && { sent }) });
  });
  app.post('/documents', notForGuests, (c) => take(c, c.get('visit')));
  app.post('/documents/:document/versions', notForGuests, (c) =>
    take(c, c.get('visit'), c.req.param('document')),
  );
  // What the reader has sent since a page was made: a form whose line broke sends the rest.
  app.get('/documents/arrived', notForGuests, async (c) => {
    const since = c.req.query('since') ?? '';
    const own = ownSince(c.get('visit'), since);
    const waiting =
      c.req.query('waiting') === undefined ? [] : await waitingSince(caseFile, c.get('visit'), since);
    return c.json([
      ...own.map((one) => ({ id: documentVersionId(one), size: one.size, sha256: one.sha256 })),
      ...waiting.map((one) => ({ id: waitingId(one), size: Number(one.size), sha256: one.sha256 })),
    ]);
  });
  app.get('/documents/all', notForGuests, async (c) => {
    const { view, clock } = c.get('visit');
    const zip = await zippedDocuments(view, documents, new Date(clock.now));
    const name = speaker('site.documents', c.get('language'))('zipName');
    return sendZip(c, zip, `${view.id}-${name}-${clock.now.slice(0, 10)}.zip`);
  });
  app.get('/files/:sha256/:fileName', notForGuests, (c) => {
    const file = heldFile(c.get('visit').view, c.req.param('sha256'), c.req.param('fileName'));
    return file ? sendFile(c, documents, file) : missing(c);
  });

  async function take(c: PageContext, visit: Visit, document?: string) {
    if (!sends(visit)) return missing(c);
    const upload = await receive(c, { visit, cooperations, kind: 'shared', document });
    const { id } = visit.view;
    // With those that a form says had come before.
    const named = new Set(document ? [] : upload.fields.documents);
    const before = ownSince(visit, '').filter((one) => named.has(documentVersionId(one)));
    const sent = upload.documents.length + before.length;
    if (upload.refused.length === 0 && sent > 0) return c.redirect(`/c/${id}/documents?sent=${sent}`, 303);
    const view = (await viewOf(caseFile, id, outside.now())) ?? visit.view;
    return show(c, { ...visit, view }, { upload, document });
  }

  async function show(c: PageContext, visit: Visit, given: UploadState) {
    const { view, viewer } = visit;
    const say = speaker('site.documents', c.get('language'));
    const before = await visitBefore(caseFile, view.id, viewer.address);
    const isOpen = view.steps.find(({ step }) => step === 'documents')?.state === 'current' && !view.closedAt;
    const context = { c, visit, before, isOpen };
    const field =
      given.document && view.documents.some(({ document }) => document === given.document)
        ? `file-${given.document}`
        : 'files';
    const mistakes = mistakesOf(given, field, c.get('language'));
    const done = given.sent ? `${say('sent', { count: given.sent })} ` : '';
    return page(c, {
      // What the browser, and a reader aloud, says first of the page that follows.
      title: `${done}${say('title')}`,
      ownHeading: true,
      mistakes,
      script: 'upload.js',
      drafts: commentsAllowed(visit),
      status: given.upload ? 422 : 200,
      body: html`${cooperationNavigation(c, visit, 'documents')}
${notice(given, c)}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${sends(visit) ? sendForm(context, mistakes, given.upload?.fields.title?.[0] ?? '') : ''}
${lists(context, mistakes)}`,
    });
  }
  return app;
}

function mistakesOf({ upload }: UploadState, field: string, language: Language): Mistake[] {
  if (!upload) return [];
  const { mistakes } = readForm(fieldsOf(language), upload.fields, language);
  const found = refusedFiles(upload, field, language);
  const message = speaker('site.documents', language)('noFile');
  return found.length > 0 ? [...mistakes, ...found] : [{ field, message }];
}

function notice({ upload, sent, withheld }: UploadState, c: PageContext): Html | '' {
  if (withheld) {
    const done = speaker('site.documents', c.get('language'))('withholdDone');
    return success('withheld', done, done);
  }
  const count = sent ?? upload?.documents.length ?? 0;
  if (count < 1) return '';
  const say = speaker('site.documents', c.get('language'));
  const titles = upload?.documents.map(({ title }) => html`<li>${title}</li>`);
  const list = titles ? html`<ul class="govuk-list govuk-list--bullet">${titles}</ul>` : '';
  return success('sent', say('done'), say('sent', { count }), list);
}

function fieldsOf(language: Language): Field[] {
  const say = speaker('site.documents', language);
  return [
    { name: 'title', as: 'text', label: say('titleField'), hint: say('titleHint'), optional: true },
    {
      ...{ name: 'files', as: 'file', many: true, label: say('files') },
      hint: say('filesHint', { count: MAX_FILES }),
    },
  ];
}

function sendForm({ c, visit, isOpen }: Context, mistakes: readonly Mistake[], title: string): Html {
  const language = c.get('language');
  const say = speaker('site.documents', language);
  const form = html`<form ${uploadAttributes(language, { visit })} action="/c/${visit.view.id}/documents">
${partsHtml({ language, mistakes, values: valuesOf({ title }) }, fieldsOf(language))}
<button type="submit" class="govuk-button">${say('send')}</button></form>`;
  const wrong = mistakes.some(({ field }) => field === 'files');
  return html`<section class="rial-call" aria-labelledby="send"><h2 class="govuk-heading-m" id="send">${say('send')}</h2>
${isOpen || wrong ? form : html`<p class="govuk-body">${say('closed')}</p>`}</section>`;
}

const LISTED = ['shared', 'answer', ...MATERIAL_KINDS, 'sheet', 'report'] as const;
/** Those that come before the programmes. */
const EXCHANGED = 2 + MATERIAL_KINDS.length;

function lists(context: Context, mistakes: readonly Mistake[]): Html {
  const { c, visit } = context;
  const { view } = visit;
  const say = speaker('site.documents', c.get('language'));
  const list = (kind: (typeof LISTED)[number] | 'programme', items: readonly Html[]) =>
    items.length === 0
      ? ''
      : html`<section aria-labelledby="${kind}"><h2 class="govuk-heading-m" id="${kind}">${say(kind)}</h2><ul class="rial-waiting">${items}</ul></section>`;
  const chains = (kind: Entry['kind']) => {
    const entries = view.documents.filter((one) => one.kind === kind);
    return [...new Set(entries.map(({ document }) => document))].map((document) =>
      chain(
        context,
        entries.filter((one) => one.document === document),
        mistakes,
      ),
    );
  };
  const all = [
    ...LISTED.slice(0, EXCHANGED).map((kind) => list(kind, chains(kind))),
    list('programme', programmes(context)),
    ...LISTED.slice(EXCHANGED).map((kind) => list(kind, chains(kind))),
  ];
  return all.some(Boolean)
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/documents/all">${say('all')}</a></p>${all}`
    : html`<p class="govuk-body">${say('none')}</p>`;
}

/** A document with its versions, the newest first. */
function chain(context: Context, entries: readonly Entry[], mistakes: readonly Mistake[]): Html {
  const { c, visit, isOpen, before } = context;
  const say = speaker('site.documents', c.get('language'));
  const [newest, ...earlier] = entries.toReversed();
  if (!newest) return html``;
  const isNew =
    before !== null && newest.by !== visit.person?.id && Date.parse(newest.at) > Date.parse(before);
  const linkOf = (one: Entry) => (one.withheld ? '' : withholdLink(visit, one));
  const own = sends(visit) && isOpen && isExchanged(newest) && newest.party === visit.person?.party;
  const of =
    newest.session === undefined
      ? ''
      : html` <a class="govuk-link" href="/c/${visit.view.id}/sessions/${newest.session}#materials">${sessionTitle(newest.session, c.get('language'))}</a>`;
  return html`<li><h3 class="govuk-heading-s rial-close">${newest.title}${of}${isNew ? html` <strong class="govuk-tag govuk-tag--blue">${say('isNew')}</strong>` : ''}</h3>
${versionLine(visit, newest, linkOf(newest))}${
  earlier.length > 0
    ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('earlier', { count: earlier.length })}<span class="govuk-visually-hidden"> — ${newest.title}</span></span></summary><div class="govuk-details__text">${earlier.map((one) => versionLine(visit, one, linkOf(one)))}</div></details>`
    : ''
}${own ? versionForm(context, newest, mistakes) : ''}${isExchanged(newest) ? commentsBeside(visit, newest.document) : ''}</li>`;
}

function versionForm({ c, visit }: Context, { document, title }: Entry, mistakes: readonly Mistake[]): Html {
  const language = c.get('language');
  const say = speaker('site.documents', language);
  const field: Field = { name: 'files', id: `file-${document}`, as: 'file', label: say('file'), of: title };
  return details(
    html`${say('newVersion')}<span class="govuk-visually-hidden"> — ${title}</span>`,
    html`<form ${uploadAttributes(language)} action="/c/${visit.view.id}/documents/${document}/versions">
${fieldHtml({ language, mistakes, values: {} }, field)}
<button type="submit" class="govuk-button govuk-button--secondary">${say('newVersion')}</button></form>`,
    { open: mistakes.some((one) => one.field === idOf(field)) },
  );
}

function programmes({ c, visit }: Context): Html[] {
  const { view, clock } = visit;
  const language = c.get('language');
  const say = speaker('site.documents', language);
  return view.programmeVersions.toReversed().map(({ version, madeAt, pdf, docx, annulledAt }) => {
    const link = (file: typeof pdf, mediaType: string) =>
      downloadLink(view.id, { ...programmeFile(file), mediaType }, language);
    return html`<li><p class="govuk-body">${say('version', { version })} · ${link(pdf, PDF)} · ${link(docx, WORD)}<br><span class="rial-soft">${ownMomentOf(madeAt, clock)}</span>${annulledAt ? html`<br>${say('versionAnnulled', { when: ownMomentOf(annulledAt, clock) })}` : ''}</p></li>`;
  });
}
