import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { html, raw } from 'hono/html';
import { acceptedLanguage, type Language } from '../../domain/language.ts';
import { MAIL_POLICY, MAIL_SANDBOX } from '../../http/mailFrame.ts';
import { sizeText } from '../../words/dates/clock.ts';
import { fullMoment } from '../../words/dates/fullDates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Mailbox, MailSummary, StoredMail } from './mailbox.ts';

/**
 * The pages of the embedded mailbox, for whoever tries the system out: who received mail, and what it said.
 * What a mail holds is never trusted: its HTML is shown in a frame that can run nothing and fetch nothing.
 */

type Html = ReturnType<typeof html>;

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;font:16px/1.5 Arial,Helvetica,sans-serif;color:#1b1b1b;background:#fff;overflow-wrap:anywhere}
header,main{max-width:60rem;margin:0 auto;padding:1rem}
header{border-bottom:1px solid #c9d1d9}
h1{font-size:1.4rem;line-height:1.3;margin:.5rem 0 1rem}
h2{font-size:1.1rem;margin:2rem 0 .5rem}
a{color:#003f72}
a:focus-visible{outline:3px solid #ffbf47;outline-offset:2px}
ul{list-style:none;margin:0;padding:0}
li{padding:.75rem 0;border-bottom:1px solid #e3e7eb}
small,.soft{color:#54595f;font-size:.9rem}
dl{margin:0}
dt{color:#54595f;font-size:.9rem}
dd{margin:0 0 .5rem}
pre{white-space:pre-wrap;font:15px/1.5 Consolas,Menlo,monospace;margin:0;padding:1rem;background:#f5f7f9;border:1px solid #e3e7eb}
iframe{width:100%;height:42rem;border:1px solid #c9d1d9;background:#fff}
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "frame-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
const FILE_POLICY = "sandbox; default-src 'none'";

const secured = (c: Context, policy: string): void => {
  c.header('Content-Security-Policy', policy);
  c.header('X-Content-Type-Options', 'nosniff');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cache-Control', 'no-store');
};

/** Where the pages are, and in whose language: that of the browser, for nobody signs in here. */
type Reader = { base: string; language: Language };
const readerOf = (c: Context, base: string): Reader => ({
  base,
  language: acceptedLanguage(c.req.header('accept-language')),
});
const sayTo = ({ language }: Reader) => speaker('mailbox.page', language);

const page = (reader: Reader, title: string, body: Html) => html`<!doctype html>
<html lang="${reader.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${sayTo(reader)('name')}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
<header><a href="${reader.base}">${sayTo(reader)('name')}</a> <span class="soft">— ${sayTo(reader)('staysHere')}</span></header>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>`;

/** When a mail was written, as its header says: in a rehearsal that is not when it arrived. */
function written({ date, receivedAt }: MailSummary, { language }: Reader): string {
  const when = date && !Number.isNaN(Date.parse(date)) ? date : receivedAt;
  return fullMoment(when, ['UTC'], language);
}

/** Text with its links to be followed: the frame beside it may be out of reach for a reader. */
function linked(text: string): Html[] {
  return text
    .split(/(https?:\/\/[^\s<>"']*[^\s<>"'.,;:)])/)
    .map((part, i) =>
      i % 2 === 1
        ? html`<a href="${part}" rel="noreferrer noopener" target="_blank">${part}</a>`
        : html`${part}`,
    );
}

type Person = { address: string; name: string; count: number; last: MailSummary };

function people(mails: readonly MailSummary[], { language }: Reader): Person[] {
  const found = new Map<string, Person>();
  for (const mail of mails)
    for (const address of mail.to) {
      const { count = 0 } = found.get(address) ?? {};
      const name = mail.to.length === 1 ? mail.toName : '';
      found.set(address, { address, name, count: count + 1, last: mail });
    }
  return [...found.values()].sort((a, b) => a.address.localeCompare(b.address, language));
}

const isInline = (type: string): boolean => /^[\w.+-]+\/[\w.+-]+$/.test(type) && !/html|svg|xml/i.test(type);

/**
 * The mailbox as an application to mount at `base`: `app.route('/mailbox', mailboxApp(mailbox))`. It asks nobody
 * who they are: mount it only where the mailbox is.
 */
export function mailboxApp(mailbox: Mailbox, { base = '/mailbox' }: { base?: string } = {}): Hono {
  const app = new Hono();
  app.route('/', mailPages(mailbox, base));
  app.route('/', mailParts(mailbox, base));
  app.route('/api/mails', mailApi(mailbox));
  return app;
}

const mailUrl = (base: string, { id }: { id: string }, part = '') => `${base}/mails/${id}${part}`;
const personUrl = (base: string, address: string) => `${base}/people/${encodeURIComponent(address)}`;

function missing(c: Context, base: string) {
  secured(c, PAGE_POLICY);
  const reader = readerOf(c, base);
  const body = html`<p><a href="${base}">${sayTo(reader)('all')}</a></p>`;
  return c.html(page(reader, sayTo(reader)('missing'), body), 404);
}

/** Who received mail, what each received, and one mail. */
function mailPages(mailbox: Mailbox, base: string): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const mails = await mailbox.list();
    secured(c, PAGE_POLICY);
    const reader = readerOf(c, base);
    return c.html(page(reader, sayTo(reader)('heading'), peopleList(mails, reader)));
  });

  app.get('/people/:address', async (c) => {
    const address = c.req.param('address');
    const mails = (await mailbox.list({ to: address })).reverse();
    secured(c, PAGE_POLICY);
    const name = mails[0]?.toName || address;
    const reader = readerOf(c, base);
    const say = sayTo(reader);
    const body = html`<p><small>${address}</small> · ${say('mails', { n: mails.length })}</p>
<ul>${mails.map(
      (mail) =>
        html`<li><a href="${mailUrl(base, mail)}">${mail.subject || say('noSubject')}</a><br><small>${written(mail, reader)}</small></li>`,
    )}</ul>`;
    return c.html(page(reader, name, body), mails.length > 0 ? 200 : 404);
  });

  app.get('/mails/:id', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    if (!mail) return missing(c, base);
    secured(c, PAGE_POLICY);
    const reader = readerOf(c, base);
    return c.html(page(reader, mail.summary.subject || sayTo(reader)('noSubject'), mailBody(mail, reader)));
  });
  return app;
}

function peopleList(mails: readonly MailSummary[], reader: Reader): Html {
  const say = sayTo(reader);
  const all = people(mails, reader);
  if (all.length === 0) return html`<p>${say('none')}</p>`;
  return html`<p>${say('forPeople', { mails: say('mails', { n: mails.length }), n: all.length })}</p>
<ul>${all.map(
    ({ address, name, count, last }) => html`<li>
<a href="${personUrl(reader.base, address)}">${name || address}</a> <small>${address}</small><br>
<small>${say('mails', { n: count })} · ${say('last', { subject: last.subject })}</small></li>`,
  )}</ul>`;
}

function mailBody({ summary, parsed }: StoredMail, reader: Reader): Html {
  const say = sayTo(reader);
  const { base, language } = reader;
  const files = parsed.attachments.map(
    ({ filename, mimeType, content }, i) =>
      html`<li><a href="${mailUrl(base, summary, `/attachments/${i}`)}" download>${filename ?? say('attachment', { n: i + 1 })}</a> <small>${mimeType} · ${sizeText(Buffer.byteLength(content), language)}</small></li>`,
  );
  return html`<dl>
<dt>${say('from')}</dt><dd>${summary.fromName} <small>${summary.from}</small></dd>
<dt>${say('to')}</dt><dd>${summary.to.map((to) => html`<a href="${personUrl(base, to)}">${to}</a> `)}</dd>
<dt>${say('date')}</dt><dd>${written(summary, reader)}</dd>
${summary.request ? html`<dt>${say('request')}</dt><dd>${summary.request}</dd>` : ''}
</dl>
${files.length > 0 ? html`<h2>${say('attachments')}</h2><ul>${files}</ul>` : ''}
${
  parsed.html
    ? html`<h2>${say('asShown')}</h2>
<iframe title="${say('frame')}" sandbox="${MAIL_SANDBOX}" src="${mailUrl(base, summary, '/html')}"></iframe>`
    : ''
}
<h2>${say('asText')}</h2>
<pre>${linked(parsed.text ?? '')}</pre>
<p><a href="${mailUrl(base, summary, '/raw')}" download>${say('download')}</a></p>`;
}

/** A mail as its reader's program shows it, as it was received, and what is attached to it. */
function mailParts(mailbox: Mailbox, base: string): Hono {
  const app = new Hono();
  app.get('/mails/:id/html', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    if (!mail?.parsed.html) return missing(c, base);
    secured(c, MAIL_POLICY);
    return c.html(mail.parsed.html);
  });

  app.get('/mails/:id/raw', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    if (!mail) return missing(c, base);
    secured(c, FILE_POLICY);
    c.header('Content-Type', 'message/rfc822');
    c.header('Content-Disposition', `attachment; filename="${mail.summary.id}.eml"`);
    return c.body(new Uint8Array(mail.raw));
  });

  app.get('/mails/:id/attachments/:n', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    const attachment = mail?.parsed.attachments[Number(c.req.param('n'))];
    if (!attachment) return missing(c, base);
    const { mimeType, content, filename } = attachment;
    secured(c, FILE_POLICY);
    c.header('Content-Type', isInline(mimeType) ? mimeType : 'application/octet-stream');
    const name = encodeURIComponent(filename ?? `${Number(c.req.param('n')) + 1}`).replaceAll("'", '%27');
    c.header('Content-Disposition', `attachment; filename*=UTF-8''${name}`);
    const bytes = Buffer.from(content as ArrayBuffer);
    // postal-mime takes the CR from appointments, and strict calendars do not read them without.
    const calendar = /^(text\/calendar|application\/ics)$/.test(mimeType);
    return c.body(calendar ? bytes.toString().replaceAll('\n', '\r\n') : new Uint8Array(bytes));
  });
  return app;
}

/** For programs that wait for a mail. */
function mailApi(mailbox: Mailbox): Hono {
  const app = new Hono();
  app.get('/', async (c) => {
    const to = c.req.query('to');
    const request = c.req.query('request');
    secured(c, FILE_POLICY);
    return c.json(
      await mailbox.list({ ...(to !== undefined && { to }), ...(request !== undefined && { request }) }),
    );
  });

  app.get('/:id', async (c) => {
    const mail = await mailbox.read(c.req.param('id'));
    secured(c, FILE_POLICY);
    if (!mail) return c.json({ error: 'no mail with this id' }, 404);
    const { parsed, summary } = mail;
    return c.json({
      ...summary,
      text: parsed.text ?? '',
      html: parsed.html ?? '',
      attachments: parsed.attachments.map(({ filename, mimeType }) => ({
        fileName: filename,
        mediaType: mimeType,
      })),
    });
  });
  return app;
}
