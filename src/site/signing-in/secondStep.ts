import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import {
  optionsToAdd,
  optionsToUse,
  passkeySiteOf,
  takePasskeyStep,
} from '../../casefile/access/passkeys.ts';
import {
  MOST_WRONG_CODES,
  type OpenStep,
  secondStepAsked,
  type TakenStep,
  takeSecondStep,
} from '../../casefile/access/secondFactor.ts';
import { speaker } from '../../words/speaker.ts';
import { type SiteContext, siteApp } from '../context.ts';
import { readCookie, whereOf } from '../cookies.ts';
import { drawnLanguage } from '../drawing.ts';
import { type Field, partsHtml, postedForm, smallForm, textIn, type Values } from '../form.ts';
import { localPath, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { appHtml } from '../parts/appKey.ts';
import { passkeyForm, passkeyName, saidField } from '../parts/passkey.ts';
import type { Limits } from '../security.ts';
import { idInLog } from '../viewer.ts';
import { keepSession, sessionFor, tooMany } from './entering.ts';

/**
 * The second step of staff and observers, once a code of a mail has shown that an address is theirs: a code of their app,
 * a passkey, or a code for when all that is lost. Whoever comes for the first time sets it up here.
 */

const passkeyBody = bodyLimit({ maxSize: 64 * 1024 });

export function secondStepPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, signInKey, url, now, log } = outside;
  const site = passkeySiteOf(url);
  const app = siteApp();
  const browserIn = (c: SiteContext) => readCookie(c, url, 'browser') ?? '';
  const standing = (c: SiteContext) =>
    secondStepAsked(
      caseFile,
      signInKey,
      { browser: browserIn(c), issuer: `RIAL ${new URL(url).hostname}` },
      now(),
    );
  const form = (c: SiteContext, open: OpenStep, wrong: Wrong = {}, values: Values = {}) =>
    stepForm(c, open, { passkeys: site !== undefined, wrong, values });

  app.get('/sign-in/step', async (c) => {
    const open = await standing(c);
    return open ? form(c, open) : c.redirect('/sign-in');
  });
  app.post('/sign-in/step', smallForm, async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const { values } = await postedForm(c, [codeField(c, undefined)]);
    if (drawnLanguage()) {
      const open = await standing(c);
      return open ? form(c, open, {}, values) : c.redirect('/sign-in');
    }
    const given = {
      ...{ browser: browserIn(c), code: textIn(values, 'code') },
      exact: outside.secondFactor === 'everybody',
    };
    const taken = await takeSecondStep(caseFile, signInKey, given, now());
    if (typeof taken !== 'string' && 'by' in taken) return entered(c, outside, taken);
    await failed(c, 'totp', taken === 'over' ? 'over' : 'wrong');
    if (typeof taken !== 'string') {
      await c.get('note')({
        code: 'app-guessed',
        staff: await idInLog(caseFile, taken.guessedOf),
        tries: MOST_WRONG_CODES,
      });
      log.warn({ tries: MOST_WRONG_CODES }, 'so many wrong codes of an app that it does no more');
    }
    const open = taken === 'over' ? undefined : await standing(c);
    return open ? form(c, open, { code: sayIn(c)('wrong') }) : over(c);
  });
  if (!site) return app;

  app.post('/sign-in/step/passkey/options', smallForm, async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const open = await standing(c);
    if (!open || (!open.setUp && !open.has.passkeys)) return c.json({}, 404);
    const { address, setUp } = open;
    const browser = browserIn(c);
    const options = setUp
      ? await optionsToAdd(caseFile, signInKey, { holder: browser, use: 'set-up', address, site }, now())
      : await optionsToUse(caseFile, { browser, address, site }, now());
    return c.json(options);
  });
  app.post('/sign-in/step/passkey', passkeyBody, async (c) => {
    if (!(await limits.allow(c))) return tooMany(c);
    const { values } = await postedForm(c, [saidField]);
    const name = passkeyName(whereOf(c, url).program ?? sayIn(c)('passkey'));
    const given = { browser: browserIn(c), name, said: textIn(values, 'passkey'), site };
    const taken = await takePasskeyStep(caseFile, signInKey, given, now());
    if (typeof taken !== 'string' && 'by' in taken) return entered(c, outside, taken);
    await failed(c, 'passkey', taken === 'over' ? 'over' : 'wrong');
    if (typeof taken !== 'string') {
      await c.get('note')({ code: 'passkey-copied', staff: await idInLog(caseFile, taken.copiedOf) });
      log.warn('a passkey counted less than it had before: there may be a copy of it');
    }
    const open = taken === 'over' ? undefined : await standing(c);
    return open
      ? form(c, open, { passkey: sayIn(c)(taken === 'wrong' ? 'passkeyWrong' : 'passkeyCopied') })
      : over(c);
  });
  return app;
}

const sayIn = (c: SiteContext) => speaker('site.second-step', c.get('language'));

const failed = (c: SiteContext, by: 'totp' | 'passkey', how: 'wrong' | 'over') =>
  c.get('note')({ code: 'sign-in-failed', by, why: how === 'wrong' ? 'wrong' : 'ended' });

async function entered(
  c: SiteContext,
  outside: SiteOutside,
  { address, path, by, recoveryCodes }: TakenStep,
) {
  await keepSession(c, outside, await sessionFor(c, outside, address, { stepped: true }), by);
  if (!recoveryCodes) return c.redirect(localPath(path), 303);
  const who = c.get('who');
  await c.get('note')({ code: 'factor-set-up', staff: who?.id ?? address }, who);
  return recovery(c, { path, codes: recoveryCodes });
}

const codeField = (c: SiteContext, open: OpenStep | undefined): Field => ({
  ...{ name: 'code', as: 'text', autocomplete: 'one-time-code', label: sayIn(c)('code') },
  hint: sayIn(c)(open?.setUp ? 'codeHint' : open?.has.app ? 'codeOrRecovery' : 'recoveryAlone'),
});

/** What was wrong with what was tried. */
type Wrong = { code?: string; passkey?: string };

async function stepForm(
  c: SiteContext,
  open: OpenStep,
  { passkeys, wrong, values }: { passkeys: boolean; wrong: Wrong; values: Values },
) {
  const say = sayIn(c);
  const { setUp, has, isShut } = open;
  const mistakes = Object.entries(wrong).map(([field, message]) => ({ field, message }));
  const shows = passkeys && (setUp !== undefined || has.passkeys);
  const passkey = shows
    ? html`<div id="passkey">${passkeyForm(c, {
        does: setUp ? 'make' : 'use',
        action: '/sign-in/step/passkey',
        button: say(setUp ? 'makePasskey' : 'usePasskey'),
      })}</div>`
    : '';
  const code = html`${setUp ? await appHtml(c, setUp) : ''}
<form method="post" action="/sign-in/step" novalidate autocomplete="off">
${partsHtml({ language: c.get('language'), values, mistakes }, [codeField(c, open)])}
<button type="submit" class="govuk-button${shows && !setUp ? ' govuk-button--secondary' : ''}">${say(setUp ? 'confirm' : 'enter')}</button>
</form>`;
  const heading = (text: string) => html`<h2 class="govuk-heading-m">${text}</h2>`;
  const lead = has.app ? 'lead' : isShut ? 'leadShut' : 'leadRecovery';
  return page(c, {
    title: say(setUp ? 'setUp' : 'title'),
    typed: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    ...(shows && { script: 'passkey.js' }),
    body: setUp
      ? html`<p class="govuk-body">${say('setUpLead')}</p>${code}
${shows ? html`${heading(say('setUpPasskey'))}<p class="govuk-body">${say('setUpPasskeyLead')}</p>${passkey}` : ''}`
      : html`${shows ? html`${passkey}${heading(say('orCode'))}` : ''}<p class="govuk-body">${say(lead)}</p>${code}
<p class="govuk-body-s rial-soft">${say('lost')}</p>`,
  });
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
