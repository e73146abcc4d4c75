import { Hono } from 'hono';
import { html } from 'hono/html';
import { isExchanged, visitBefore } from '../../casefile/documents.ts';
import { viewOf } from '../../casefile/view.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { ownMomentOf } from '../../words/dates.ts';
import { partyNamed, personName } from '../../words/parties.ts';
import { type Key, speaker } from '../../words/speaker.ts';
import { downloadLink, fileNameOf, heldFile, programmeFile, sendFile } from '../downloads.ts';
import { type Html, type Mistake, mistakeOf, type PageContext, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { inside } from '../parts/inside.ts';
import { missing, notForGuests, type Seen, type SeenSite } from '../seen.ts';
import { MAX_FILES, receive, type Upload, uploadAttributes } from '../uploads.ts';

/** The documents of a cooperation: every version with who sent it and when, and a form to send more. */

type Entry = CaseView['documents'][number];
type Context = { c: PageContext; seen: Seen; before: string | null; isOpen: boolean };
type Given = { upload?: Upload; sent?: number; document?: string | undefined };

/** Who puts documents in: the people of the cooperation, but not those who look on or see one session. */
const sends = ({ person, capacity }: Seen): boolean =>
  person !== undefined && person.role !== 'guest' && capacity !== 'observer' && capacity !== 'guest';

export function documentPages(outside: SiteOutside): Hono<SeenSite> {
  const { caseFile, cooperations, documents } = outside;
  const app = new Hono<SeenSite>();

  app.get('/documents', notForGuests, (c) => {
    const sent = Number(c.req.query('sent'));
    return show(c, c.get('seen'), Number.isInteger(sent) ? { sent } : {});
  });
  app.post('/documents', notForGuests, (c) => take(c, c.get('seen')));
  app.post('/documents/:document/versions', notForGuests, (c) =>
    take(c, c.get('seen'), c.req.param('document')),
  );
  app.get('/files/:sha256/:fileName', notForGuests, (c) => {
    const file = heldFile(c.get('seen').view, c.req.param('sha256'), c.req.param('fileName'));
    return file ? sendFile(c, documents, file) : missing(c);
  });

  async function take(c: PageContext, seen: Seen, document?: string) {
    if (!sends(seen)) return missing(c);
    const upload = await receive(c, { seen, cooperations, kind: 'shared', document });
    const { id } = seen.view;
    if (upload.refused.length === 0 && upload.documents.length > 0)
      return c.redirect(`/c/${id}/documents?sent=${upload.documents.length}`, 303);
    const view = (await viewOf(caseFile, id, outside.now())) ?? seen.view;
    return show(c, { ...seen, view }, { upload, document });
  }

  async function show(c: PageContext, seen: Seen, given: Given) {
    const { view, viewer } = seen;
    const say = speaker('site.documents', c.get('language'));
    const before = await visitBefore(caseFile, view.id, viewer.address);
    const isOpen = view.steps.find(({ step }) => step === 'documents')?.state === 'current' && !view.closedAt;
    const context = { c, seen, before, isOpen };
    const field =
      given.document && view.documents.some(({ document }) => document === given.document)
        ? `file-${given.document}`
        : 'files';
    const mistakes = mistakesOf(given, field, say('noFile'));
    const done = given.sent ? `${say('sent', { count: given.sent })} ` : '';
    return page(c, {
      // What the browser, and a reader aloud, says first of the page that follows.
      title: `${done}${say('title')}`,
      ownHeading: true,
      mistakes,
      script: 'upload.js',
      status: given.upload ? 422 : 200,
      body: html`${inside(c, seen, 'documents')}
${notice(given, c)}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${sends(seen) ? sendForm(context, mistakes, given.upload?.fields.title?.[0] ?? '') : ''}
${lists(context, mistakes)}`,
    });
  }
  return app;
}

function mistakesOf({ upload }: Given, field: string, noFile: string): Mistake[] {
  if (!upload) return [];
  const found = upload.refused.map(({ fileName, message }) => ({
    field,
    message: fileName ? `${fileName}: ${message}` : message,
  }));
  return found.length > 0 ? found : [{ field, message: noFile }];
}

function notice({ upload, sent }: Given, c: PageContext): Html | '' {
  const count = sent ?? upload?.documents.length ?? 0;
  if (count < 1) return '';
  const say = speaker('site.documents', c.get('language'));
  return html`<div class="govuk-notification-banner govuk-notification-banner--success" role="region" aria-labelledby="sent"><div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="sent">${say('done')}</h2></div>
<div class="govuk-notification-banner__content"><p class="govuk-notification-banner__heading">${say('sent', { count })}</p>${
    upload
      ? html`<ul class="govuk-list govuk-list--bullet">${upload.documents.map(({ title }) => html`<li>${title}</li>`)}</ul>`
      : ''
  }</div></div>`;
}

function sendForm({ c, seen, isOpen }: Context, mistakes: readonly Mistake[], title: string): Html {
  const say = speaker('site.documents', c.get('language'));
  const wrong = mistakes.some(({ field }) => field === 'files');
  return html`<section class="rial-call" aria-labelledby="send"><h2 class="govuk-heading-m" id="send">${say('send')}</h2>
${
  isOpen || wrong
    ? html`<form ${uploadAttributes(c)} action="/c/${seen.view.id}/documents">
<div class="govuk-form-group"><label class="govuk-label" for="title">${say('titleField')}</label><div class="govuk-hint" id="title-hint">${say('titleHint')}</div>
<input class="govuk-input govuk-!-width-two-thirds" id="title" name="title" maxlength="300" aria-describedby="title-hint" value="${title}"></div>
<div class="govuk-form-group${wrong ? ' govuk-form-group--error' : ''}"><label class="govuk-label" for="files">${say('files')}</label><div class="govuk-hint" id="files-hint">${say('filesHint', { count: MAX_FILES })}</div>
${mistakeOf(c, mistakes, 'files')}
<input class="govuk-file-upload" type="file" id="files" name="files" multiple aria-describedby="files-hint${wrong ? ' files-error' : ''}"></div>
<button type="submit" class="govuk-button">${say('send')}</button></form>`
    : html`<p class="govuk-body">${say('closed')}</p>`
}</section>`;
}

const LISTED = ['shared', 'answer', 'sheet', 'report'] as const;

function lists(context: Context, mistakes: readonly Mistake[]): Html {
  const { c, seen } = context;
  const { view } = seen;
  const say = speaker('site.documents', c.get('language'));
  const list = (kind: string, items: readonly Html[]) =>
    items.length === 0
      ? ''
      : html`<section aria-labelledby="${kind}"><h2 class="govuk-heading-m" id="${kind}">${say(kind as Key<'site.documents'>)}</h2><ul class="rial-waiting">${items}</ul></section>`;
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
    ...LISTED.slice(0, 2).map((kind) => list(kind, chains(kind))),
    list('programme', programmes(context)),
    ...LISTED.slice(2).map((kind) => list(kind, chains(kind))),
  ];
  return all.some(Boolean) ? html`${all}` : html`<p class="govuk-body">${say('none')}</p>`;
}

/** A document with its versions, the newest first. */
function chain(context: Context, entries: readonly Entry[], mistakes: readonly Mistake[]): Html {
  const { c, seen, isOpen, before } = context;
  const say = speaker('site.documents', c.get('language'));
  const [newest, ...earlier] = entries.toReversed();
  if (!newest) return html``;
  const isNew =
    before !== null && newest.by !== seen.person?.id && Date.parse(newest.at) > Date.parse(before);
  const own = sends(seen) && isOpen && isExchanged(newest) && newest.party === seen.person?.party;
  return html`<li><h3 class="govuk-heading-s rial-close">${newest.title}${isNew ? html` <strong class="govuk-tag govuk-tag--blue">${say('isNew')}</strong>` : ''}</h3>
${versionLine(context, newest)}${
  earlier.length > 0
    ? html`<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('earlier', { count: earlier.length })}<span class="govuk-visually-hidden"> — ${newest.title}</span></span></summary><div class="govuk-details__text">${earlier.map((one) => versionLine(context, one))}</div></details>`
    : ''
}${own ? versionForm(context, newest, mistakes) : ''}</li>`;
}

function versionLine({ c, seen }: Context, entry: Entry): Html {
  const language = c.get('language');
  const { version, sha256, size, party, by, at } = entry;
  const say = speaker('site.documents', language);
  return html`<p class="govuk-body">${say('version', { version })} · ${downloadLink(seen.view.id, { sha256, size, fileName: fileNameOf(entry) }, language)}<br>
<span class="rial-soft">${partyNamed(seen.view.programme, party, language)}, ${personName(seen.view, by)} · ${ownMomentOf(at, seen.clock)}</span></p>`;
}

function versionForm({ c, seen }: Context, { document, title }: Entry, mistakes: readonly Mistake[]): Html {
  const say = speaker('site.documents', c.get('language'));
  const field = `file-${document}`;
  const wrong = mistakes.some((one) => one.field === field);
  return html`<details class="govuk-details"${wrong ? html` open` : ''}><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('newVersion')}<span class="govuk-visually-hidden"> — ${title}</span></span></summary><div class="govuk-details__text">
<form ${uploadAttributes(c)} action="/c/${seen.view.id}/documents/${document}/versions"><div class="govuk-form-group${wrong ? ' govuk-form-group--error' : ''}"><label class="govuk-label" for="${field}">${say('file')}<span class="govuk-visually-hidden"> — ${title}</span></label>
${mistakeOf(c, mistakes, field)}
<input class="govuk-file-upload" type="file" id="${field}" name="files"${wrong ? html` aria-describedby="${field}-error"` : ''}></div>
<button type="submit" class="govuk-button govuk-button--secondary">${say('newVersion')}</button></form></div></details>`;
}

function programmes({ c, seen }: Context): Html[] {
  const { view, clock } = seen;
  const language = c.get('language');
  const say = speaker('site.documents', language);
  return view.programmeVersions.toReversed().map(({ version, madeAt, pdf, docx }) => {
    const link = (file: typeof pdf) => downloadLink(view.id, programmeFile(file), language);
    return html`<li><p class="govuk-body">${say('version', { version })} · ${link(pdf)} · ${link(docx)}<br><span class="rial-soft">${ownMomentOf(madeAt, clock)}</span></p></li>`;
  });
}
