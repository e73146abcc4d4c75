import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import {
  addPasskey,
  LONGEST_PASSKEY_NAME,
  MOST_PASSKEYS,
  optionsToAdd,
  type Passkey,
  type PasskeySite,
  passkeySiteOf,
  passkeysOf,
  removePasskey,
} from '../../../casefile/access/passkeys.ts';
import { addApp, factorsOf, type NewApp, newApp, removeApp } from '../../../casefile/access/secondFactor.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type Site, type SiteContext, siteApp } from '../../context.ts';
import { whereOf } from '../../cookies.ts';
import { type Field, type Mistake, partsHtml, postedForm, textIn } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { appHtml } from '../../parts/appKey.ts';
import { details, success, summaryList } from '../../parts/govuk.ts';
import { passkeyForm, passkeyName, saidField } from '../../parts/passkey.ts';
import { FRESH_MINUTES, isFresh } from '../../signing-in/freshness.ts';
import type { Viewer } from '../../viewer.ts';
import { signedInForAll, staffOrObserver } from '../../visit.ts';

/**
 * What staff and observers take their second step with: the app, and passkeys, which each adds and takes away for
 * themselves. What lets somebody in is changed by whoever has just signed in, not by a session that was left open.
 */

const PATH = '/second-step';
const small = bodyLimit({ maxSize: 64 * 1024 });

type Standing = {
  wrong?: string;
  done?: string;
  status?: 200 | 409 | 422;
  /** Of an app that is added: what its form had, where the code was wrong. */
  sealed?: string;
};

export function secondFactorPage(outside: SiteOutside): Hono<Site> {
  const { caseFile, signInKey, url, now, secondFactor } = outside;
  const app = siteApp();
  if (!secondFactor) return app;
  const site = passkeySiteOf(url);
  const owners = secondFactor === 'everybody' ? signedInForAll : staffOrObserver;
  app.use(PATH, owners);
  app.use(`${PATH}/*`, owners, small);
  app.get(PATH, (c) => shown(c));
  app.post(`${PATH}/app/remove`, (c) =>
    changed(c, async ({ address }) => {
      const outcome = await removeApp(caseFile, address);
      return outcome === 'removed' ? { code: 'factor-removed', factor: 'totp' } : outcome;
    }),
  );
  app.post(`${PATH}/passkeys/remove`, (c) =>
    changed(c, async ({ address }) => {
      const { values } = await postedForm(c, [{ as: 'hidden', name: 'number', value: '' }]);
      const number = Number(textIn(values, 'number'));
      const isNumber = Number.isInteger(number) && number > 0 && number < 2 ** 31;
      const outcome = isNumber ? await removePasskey(caseFile, address, number) : 'unknown';
      return outcome === 'removed' ? { code: 'factor-removed', factor: 'passkey' } : outcome;
    }),
  );
  app.post(`${PATH}/app`, (c) =>
    changed(c, async ({ address }) => {
      const { values } = await postedForm(c, appFields(c, ''));
      const given = { address, sealed: textIn(values, 'sealed'), code: textIn(values, 'code') };
      const outcome = await addApp(caseFile, signInKey, given, now());
      if (outcome === 'added') return { code: 'factor-added', factor: 'totp' };
      return outcome === 'wrong' ? { sealed: given.sealed } : 'knownApp';
    }),
  );
  if (site) {
    app.post(`${PATH}/passkeys/options`, async (c) => {
      const viewer = c.get('viewer');
      if (!viewer || !isFresh(viewer, now())) return c.json({}, 403);
      const { session, address } = viewer;
      return c.json(
        await optionsToAdd(caseFile, signInKey, { holder: session, use: 'add', address, site }, now()),
      );
    });
    app.post(`${PATH}/passkeys`, (c) =>
      changed(c, async ({ session, address }) => {
        const { values } = await postedForm(c, [saidField, nameField(c)]);
        const called = textIn(values, 'name') || whereOf(c, url).program || sayIn(c)('passkey');
        const given = { session, address, name: passkeyName(called), said: textIn(values, 'passkey'), site };
        const outcome = await addPasskey(caseFile, given, now());
        return outcome === 'added' ? { code: 'factor-added', factor: 'passkey' } : outcome;
      }),
    );
  }
  return app;

  type Outcome =
    | { code: 'factor-added' | 'factor-removed'; factor: 'totp' | 'passkey' }
    | 'unknown'
    | 'last'
    | 'wrong'
    | 'known'
    | 'knownApp'
    | 'many'
    | { sealed: string };
  /** Does what a form asks for, where whoever asks has just signed in, and shows the page again. */
  async function changed(c: SiteContext, work: (viewer: Viewer) => Promise<Outcome>) {
    const viewer = c.get('viewer');
    if (!viewer || !isFresh(viewer, now())) return c.redirect(PATH, 303);
    const outcome = await work(viewer);
    const say = sayIn(c);
    if (typeof outcome === 'string')
      return shown(c, { wrong: say(outcome), status: outcome === 'wrong' ? 422 : 409 });
    if ('sealed' in outcome) return shown(c, { ...outcome, status: 422 });
    await c.get('note')({ ...outcome, staff: viewer.actor?.id ?? viewer.address });
    return shown(c, { done: say(outcome.code) });
  }

  async function shown(c: SiteContext, { wrong, done, sealed, status = 200 }: Standing = {}) {
    const viewer = c.get('viewer');
    if (!viewer) return c.redirect('/', 303);
    const say = sayIn(c);
    const [{ app: hasApp }, passkeys] = await Promise.all([
      factorsOf(caseFile, viewer.address),
      passkeysOf(caseFile, viewer.address),
    ]);
    const fresh = isFresh(viewer, now());
    const removable = fresh && Number(hasApp) + passkeys.length > 1;
    const mistakes: Mistake[] = [
      ...(wrong ? [{ field: 'factors', message: wrong }] : []),
      ...(sealed === undefined ? [] : [{ field: 'code', message: say('wrongCode') }]),
    ];
    const issuer = `RIAL ${new URL(url).hostname}`;
    const given = newApp(signInKey, { address: viewer.address, issuer, ...(sealed && { sealed }) });
    return page(c, {
      title: say('title'),
      ownHeading: true,
      back: { href: '/sign-ins' },
      mistakes,
      status,
      ...(fresh && site && { script: 'passkey.js' }),
      body: html`${done ? success('done', say('done'), done) : ''}<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${fresh ? '' : html`<div class="govuk-inset-text">${say('stale', { minutes: FRESH_MINUTES })} <a class="govuk-link" href="/sign-in?again=yes&next=${encodeURIComponent(PATH)}">${say('again')}</a></div>`}
<div id="factors">${hasApp ? card(say('app'), [], removable && removeButton(c, `${PATH}/app/remove`, say('app'))) : ''}
${passkeys.map((one) => passkeyCard(c, one, removable))}</div>
${fresh && !removable ? html`<p class="govuk-hint">${say('only')}</p>` : ''}
${fresh && site ? adding(c, site, passkeys) : ''}
${fresh && !hasApp ? await addingApp(c, given, mistakes) : ''}`,
    });
  }
}

const sayIn = (c: SiteContext) => speaker('site.second-factor', c.get('language'));

const nameField = (c: SiteContext): Field => ({
  ...{ name: 'name', as: 'text', label: sayIn(c)('name'), hint: sayIn(c)('nameHint') },
  ...{ optional: true, most: LONGEST_PASSKEY_NAME },
});

function adding(c: SiteContext, { host }: PasskeySite, passkeys: readonly Passkey[]): Html | '' {
  if (passkeys.length >= MOST_PASSKEYS) return '';
  const say = sayIn(c);
  return html`<h2 class="govuk-heading-m">${say('add')}</h2><p class="govuk-body">${say('addLead', { host })}</p>
${passkeyForm(c, {
  does: 'make',
  action: `${PATH}/passkeys`,
  button: say('add'),
  fields: [nameField(c)],
})}`;
}

const appFields = (c: SiteContext, sealed: string): Field[] => [
  { as: 'hidden', name: 'sealed', value: sealed },
  { name: 'code', as: 'text', autocomplete: 'one-time-code', label: sayIn(c)('code') },
];

async function addingApp(
  c: SiteContext,
  { sealed, ...app }: NewApp,
  mistakes: readonly Mistake[],
): Promise<Html> {
  const say = sayIn(c);
  const filling = { language: c.get('language'), values: {}, mistakes };
  const form = html`<p class="govuk-body">${say('addAppLead')}</p>${await appHtml(c, app)}
<form method="post" action="${PATH}/app" novalidate autocomplete="off">${partsHtml(filling, appFields(c, sealed))}
<button type="submit" class="govuk-button govuk-button--secondary">${say('addApp')}</button></form>`;
  return details(say('addApp'), form, { open: mistakes.some(({ field }) => field === 'code') });
}

function passkeyCard(c: SiteContext, { number, name, madeAt, usedAt }: Passkey, removable: boolean): Html {
  const say = sayIn(c);
  const moment = (at: string) => html`<time datetime="${at}">${ownMomentOf(at, clockOf(c, at))}</time>`;
  return card(
    name,
    [
      [say('kind'), say('passkey')],
      [say('made'), moment(madeAt)],
      [say('used'), usedAt ? moment(usedAt) : say('never')],
    ],
    removable && removeButton(c, `${PATH}/passkeys/remove`, name, number),
  );
}

const card = (title: string, rows: readonly [string, Html | string][], action: Html | false): Html =>
  html`<div class="govuk-summary-card"><div class="govuk-summary-card__title-wrapper"><h2 class="govuk-summary-card__title">${title}</h2>${action || ''}</div>
${rows.length > 0 ? html`<div class="govuk-summary-card__content">${summaryList(rows)}</div>` : ''}</div>`;

function removeButton(c: SiteContext, action: string, of: string, number?: number): Html {
  return html`<form method="post" action="${action}">${number === undefined ? '' : html`<input type="hidden" name="number" value="${number}">`}<button class="rial-link-button" type="submit">${sayIn(c)('remove')}<span class="govuk-visually-hidden"> ${of}</span></button></form>`;
}
