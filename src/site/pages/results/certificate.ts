import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { CheckedCertificate } from '../../../domain/results/certificate.ts';
import { codeInGroups, codeTyped } from '../../../domain/results/certificateCode.ts';
import { certificateRows, certificateVerdict } from '../../../words/certificates.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Html, type PageContext, type Site, type SiteContext, siteApp } from '../../context.ts';
import { type Field, type Mistake, partsHtml, valuesOf } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { success, summaryList } from '../../parts/govuk.ts';
import type { Limits } from '../../security.ts';

/** Whether a certificate stands: for everybody who is shown one, without signing in. */

/** What is typed is read no further. */
const LONGEST = 60;

export function certificatePage({ cooperations }: SiteOutside, limits: Limits): Hono<Site> {
  const app = siteApp();
  app.use('/certificates/*', async (c, next) => {
    // What it says of somebody is for whoever has the code.
    c.header('X-Robots-Tag', 'noindex');
    return next();
  });
  app.get('/certificates', (c) => {
    const typed = c.req.query('code');
    if (typed === undefined) return ask(c);
    const code = codeTyped(typed.slice(0, LONGEST));
    return code ? c.redirect(`/certificates/${codeInGroups(code)}`) : ask(c, typed.slice(0, LONGEST));
  });
  app.get('/certificates/:code', async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const typed = c.req.param('code').slice(0, LONGEST);
    return tell(c, typed, await cooperations.checkCertificate(typed));
  });
  return app;
}

function ask(c: PageContext, typed?: string) {
  const language = c.get('language');
  const say = speaker('site.certificate', language);
  const mistakes: Mistake[] = typed === undefined ? [] : [{ field: 'code', message: say('noCode') }];
  const field: Field = { as: 'text', name: 'code', most: LONGEST, label: say('code'), hint: say('hint') };
  return page(c, {
    title: say('title'),
    mistakes,
    status: typed === undefined ? 200 : 422,
    body: html`<p class="govuk-body">${say('lead')}</p>
<form method="get" action="/certificates" novalidate>${partsHtml({ language, mistakes, values: valuesOf({ code: typed ?? '' }) }, [field])}
<button type="submit" class="govuk-button">${say('check')}</button></form>`,
  });
}

function tell(c: PageContext, typed: string, found: CheckedCertificate) {
  const language = c.get('language');
  const say = speaker('site.certificate', language);
  const { heading, text } = certificateVerdict(found, typed, language);
  return page(c, {
    title: say('title'),
    status: found.state === 'unknown' ? 404 : 200,
    body: html`${found.state === 'valid' ? success('verdict', speaker('site.verify', language)('done'), heading) : fallen(heading, text)}
${
  found.state === 'valid'
    ? html`${summaryList(certificateRows(found, language).map(([label, lines]) => [label, html`${lines.map((line, index) => html`${index > 0 ? html`<br>` : ''}${line}`)}`]))}
<p class="govuk-body">${text}</p>`
    : ''
}
<p class="govuk-body"><a class="govuk-link" href="/certificates">${say('another')}</a></p>`,
  });
}

const fallen = (heading: string, text: string): Html =>
  html`<section class="rial-call" aria-labelledby="verdict"><h2 class="govuk-heading-m" id="verdict">${heading}</h2>
<p class="govuk-body">${text}</p></section>`;

async function tooMany(c: SiteContext): Promise<Response> {
  await c.get('note')({ code: 'certificates-guessed' });
  const say = speaker('site.certificate', c.get('language'));
  return page(c, {
    title: say('limited'),
    status: 429,
    body: html`<p class="govuk-body">${say('limitedText')}</p>`,
  });
}
