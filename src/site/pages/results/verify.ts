import { html } from 'hono/html';
import { MOST_BUNDLE_BYTES } from '../../../client/bundles.ts';
import { Refused } from '../../../client/index.ts';
import { TooLarge } from '../../../documents/store.ts';
import type { Language } from '../../../domain/language.ts';
import type { BundleReport } from '../../../domain/results/bundle.ts';
import { bundleLines, findingText, verdictText } from '../../../words/bundle.ts';
import { sizeText } from '../../../words/dates/clock.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Html, type PageContext, siteApp } from '../../context.ts';
import { type Field, type Mistake, partsHtml } from '../../form.ts';
import { page } from '../../frame.ts';
import { readUpload } from '../../multipart.ts';
import type { SiteOutside } from '../../outside.ts';
import { success } from '../../parts/govuk.ts';
import { uploadAttributes } from '../../uploads.ts';

/** The check of a bundle: a file is dropped, and each thing told that is not as it was written. Nothing of it is kept. */

/** So much is listed; a bundle that is quite another one has as many findings as files. */
const MOST_TOLD = 200;

export function verifyPage({ cooperations }: SiteOutside) {
  const app = siteApp();
  app.use('/verify', async (c, next) => (c.get('viewer') ? next() : c.redirect('/sign-in?next=%2Fverify')));
  app.get('/verify', (c) => show(c, {}));
  app.post('/verify', async (c) => {
    const say = speaker('site.verify', c.get('language'));
    let report: BundleReport | undefined;
    let mistake: string | undefined;
    const failure = await readUpload(c, {
      fileBytes: MOST_BUNDLE_BYTES,
      field: () => {},
      tooManyFiles: () => {},
      async file(bytes) {
        if (report || mistake) return;
        try {
          report = await cooperations.checkBundle(bytes, c.get('viewer')?.address ?? '');
        } catch (error) {
          if (error instanceof TooLarge)
            mistake = say('tooLarge', { size: sizeText(MOST_BUNDLE_BYTES, c.get('language')) });
          else if (error instanceof Refused && error.code === 'InspectionUnavailable') mistake = say('busy');
          else throw error;
        }
      },
    });
    if (failure)
      return show(c, { mistake: speaker('site.uploads', c.get('language'))(failure, { count: 1 }) });
    return show(c, report ? { report } : { mistake: mistake ?? say('noFile') });
  });
  return app;
}

function show(c: PageContext, { report, mistake }: { report?: BundleReport; mistake?: string }) {
  const language = c.get('language');
  const say = speaker('site.verify', language);
  const mistakes: Mistake[] = mistake ? [{ field: 'files', message: mistake }] : [];
  const field: Field = {
    name: 'files',
    as: 'file',
    accept: '.zip,.pdf',
    label: say('file'),
    hint: say('hint'),
  };
  return page(c, {
    title: say('title'),
    mistakes,
    script: 'upload.js',
    status: mistake ? 422 : 200,
    body: html`${report ? result(report, language) : html`<p class="govuk-body">${say('lead')}</p>`}
<form ${uploadAttributes(language)} action="/verify">
${partsHtml({ language, mistakes, values: {} }, [field])}
<button type="submit" class="govuk-button">${say('check')}</button></form>`,
  });
}

function result(report: BundleReport, language: Language): Html {
  const say = speaker('site.verify', language);
  const { findings } = report;
  const lines = bundleLines(report, language).map((line) => html`<p class="govuk-body">${line}</p>`);
  const verdict = verdictText(report, language);
  if (report.ok) return html`${success('verified', say('done'), verdict)}${lines}`;
  return html`<section class="rial-call" aria-labelledby="found"><h2 class="govuk-heading-m" id="found">${verdict}</h2>
<ul class="govuk-list govuk-list--bullet">${findings.slice(0, MOST_TOLD).map((one) => html`<li>${findingText(one, language)}</li>`)}</ul>
${findings.length > MOST_TOLD ? html`<p class="govuk-body">${say('more', { count: findings.length - MOST_TOLD })}</p>` : ''}</section>${lines}`;
}
