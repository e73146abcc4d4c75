import { bodyLimit } from 'hono/body-limit';
import { html, raw } from 'hono/html';
import QRCode from 'qrcode';
import { type OpenStep, secondStepAsked, takeSecondStep } from '../casefile/secondFactor.ts';
import { speaker } from '../words/speaker.ts';
import { type Html, type SiteContext, siteApp } from './context.ts';
import { readCookie } from './cookies.ts';
import { keepSession, sessionFor, tooMany } from './entering.ts';
import { type Field, partsHtml, postedForm, textIn } from './form.ts';
import { localPath, page } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import type { Limits } from './security.ts';

/**
 * The second step of staff and observers, once a code of a mail has shown that an address is theirs: a code of their app,
 * or one for when that is lost. Whoever comes for the first time sets the app up here.
 */

const smallForm = bodyLimit({ maxSize: 16 * 1024 });

export function secondStepPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, signInKey, url, now } = outside;
  const app = siteApp();
  const standing = (c: SiteContext) => {
    const browser = readCookie(c, url, 'browser') ?? '';
    return secondStepAsked(caseFile, signInKey, { browser, issuer: `RIAL ${new URL(url).hostname}` }, now());
  };
  app.get('/sign-in/step', async (c) => {
    const open = await standing(c);
    return open ? form(c, open) : c.redirect('/sign-in');
  });
  app.post('/sign-in/step', smallForm, async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const browser = readCookie(c, url, 'browser') ?? '';
    const { values } = await postedForm(c, fields(c, undefined));
    const taken = await takeSecondStep(caseFile, signInKey, { browser, code: textIn(values, 'code') }, now());
    if (typeof taken === 'string') {
      await c.get('note')({
        ...{ code: 'sign-in-failed', by: 'totp' },
        why: taken === 'wrong' ? 'wrong' : 'ended',
      });
      const open = taken === 'wrong' ? await standing(c) : undefined;
      return open ? form(c, open, sayIn(c)('wrong')) : over(c);
    }
    const { address, path, by, recoveryCodes } = taken;
    await keepSession(c, outside, await sessionFor(c, outside, address, { stepped: true }), by);
    if (!recoveryCodes) return c.redirect(localPath(path), 303);
    await c.get('note')({ code: 'factor-set-up', staff: address }, c.get('who'));
    return recovery(c, { path, codes: recoveryCodes });
  });
  return app;
}

const sayIn = (c: SiteContext) => speaker('site.second-step', c.get('language'));

const fields = (c: SiteContext, setUp: OpenStep['setUp']): Field[] => [
  {
    ...{ name: 'code', as: 'text', autocomplete: 'one-time-code', label: sayIn(c)('code') },
    hint: sayIn(c)(setUp ? 'codeHint' : 'codeOrRecovery'),
  },
];

async function form(c: SiteContext, { setUp }: OpenStep, mistake?: string) {
  const say = sayIn(c);
  const mistakes = mistake ? [{ field: 'code', message: mistake }] : [];
  return page(c, {
    title: say(setUp ? 'setUp' : 'title'),
    mistakes,
    status: mistake ? 422 : 200,
    body: html`<p class="govuk-body">${say(setUp ? 'setUpLead' : 'lead')}</p>
${setUp ? await appHtml(c, setUp) : ''}
<form method="post" action="/sign-in/step" novalidate autocomplete="off">
${partsHtml({ language: c.get('language'), values: {}, mistakes }, fields(c, setUp))}
<button type="submit" class="govuk-button">${say(setUp ? 'confirm' : 'enter')}</button>
</form>
${setUp ? '' : html`<p class="govuk-body-s rial-soft">${say('lost')}</p>`}`,
  });
}

/** The secret for the app, to be scanned or typed. */
async function appHtml(c: SiteContext, { uri, key }: NonNullable<OpenStep['setUp']>): Promise<Html> {
  const say = sayIn(c);
  const svg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M' });
  // What is drawn is made here of squares alone.
  return html`<div class="rial-qr" role="img" aria-label="${say('qr')}">${raw(svg)}</div>
<p class="govuk-body">${say('key')}<br><code class="rial-prewrap">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`;
}

function over(c: SiteContext) {
  const say = sayIn(c);
  return page(c, {
    title: say('title'),
    body: html`<p class="govuk-body">${say('over')}</p><p class="govuk-body"><a class="govuk-link" href="/sign-in">${say('again')}</a></p>`,
    status: 422,
  });
}

function recovery(c: SiteContext, { path, codes }: { path: string; codes: readonly string[] }) {
  const say = sayIn(c);
  return page(c, {
    title: say('recovery'),
    body: html`<p class="govuk-body">${say('recoveryLead')}</p>
<ul class="govuk-list">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ul>
<p class="govuk-body"><a class="govuk-button" href="${localPath(path)}" role="button">${say('goOn')}</a></p>`,
  });
}
