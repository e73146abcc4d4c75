import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { allTokens } from '../../../casefile/access/tokens.ts';
import { Refused } from '../../../client/index.ts';
import {
  dismissStaff,
  grantToken,
  inviteStaff,
  resetSecondFactor,
  staffMembers,
  withdrawToken,
} from '../../../client/staff.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../domain/language.ts';
import {
  type ApiToken,
  givenReset,
  givenStaff,
  givenToken,
  LONGEST_TOKEN_DAYS,
  SCOPES,
  type StaffMember,
} from '../../../domain/people/staff.ts';
import { STAFF_ROLES, type StaffRole } from '../../../domain/people/staffRole.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type Site, type SiteContext, siteApp } from '../../context.ts';
import {
  type Field,
  hiddenHtml,
  type Mistake,
  ofShape,
  partsHtml,
  postedForm,
  textIn,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { scrollTable, success } from '../../parts/govuk.ts';
import { refusedOn } from '../../refusals.ts';
import { againHtml, isFresh, staleText } from '../../signing-in/freshness.ts';
import { staffOnly } from '../../visit.ts';

/** Who is staff and who looks on, and the tokens of the HTTP API: staff let in and put out, make and revoke. */

const small = bodyLimit({ maxSize: 64 * 1024 });
type Standing = {
  values?: Values;
  mistakes?: readonly Mistake[];
  done?: Html;
  status?: 200 | 403 | 409 | 422;
};

/** What puts somebody out never waits; what gives somebody access takes who has just signed in. */
const TAKING_AWAY = ['/staff/remove', '/staff/tokens/revoke'];

export function staffPages(outside: SiteOutside): Hono<Site> {
  const { caseFile } = outside;
  const app = siteApp();
  app.use('/staff/*', staffOnly, small);
  app.get('/staff', (c) => shown(c));

  app.post('/staff/invite', (c) =>
    tried(c, inviteFields(c), async (values, by) => {
      const [name, address] = [textIn(values, 'name'), textIn(values, 'address')];
      const given = {
        name: name || undefined,
        role: textIn(values, 'role'),
        language: textIn(values, 'language'),
      };
      await inviteStaff(outside, ofShape(givenStaff, { ...given, address }), by);
      await c.get('note')({ code: 'staff-invited', staff: address });
      return html`${address}`;
    }),
  );
  app.post('/staff/role', (c) =>
    tried(c, ['address', 'role', 'seen'].map(hidden), async (values, by) => {
      const [address, role, seen] = ['address', 'role', 'seen'].map((name) => textIn(values, name));
      await inviteStaff(outside, ofShape(givenStaff, { address, role, seen }), by);
      await c.get('note')({ code: 'staff-invited', staff: address ?? '' });
      return html`${address}`;
    }),
  );
  app.post('/staff/remove', (c) =>
    tried(c, [hidden('address')], async (values, by) => {
      const address = textIn(values, 'address');
      await dismissStaff(outside, address, by);
      await c.get('note')({ code: 'staff-removed', staff: address });
      return html`${address}`;
    }),
  );
  app.post('/staff/reset', (c) =>
    tried(c, ['address', 'seen'].map(hidden), async (values) => {
      const [address, seen] = [textIn(values, 'address'), textIn(values, 'seen') || null];
      const staff = await resetSecondFactor(outside, ofShape(givenReset, { address, seen }));
      await c.get('note')({ code: 'factor-reset', staff });
      return html`${address}`;
    }),
  );
  app.post('/staff/tokens', (c) =>
    tried(c, tokenFields(c), async (values, by) => {
      const given = {
        name: textIn(values, 'name'),
        scopes: values.scopes,
        days: Number(textIn(values, 'days')),
      };
      const { token, secret } = await grantToken(
        outside,
        ofShape(givenToken, { ...given, ...(textIn(values, 'whose') === 'own' && { holder: by }) }),
        by,
      );
      await c.get('note')({ code: 'token-made', token: String(token.number) });
      const say = sayIn(c);
      return html`${say('secret')}<br><code class="rial-prewrap">${secret}</code>`;
    }),
  );
  app.post('/staff/tokens/revoke', (c) =>
    tried(c, [hidden('number')], async (values, by) => {
      const number = textIn(values, 'number');
      await withdrawToken(outside, Number(number), by);
      await c.get('note')({ code: 'token-ended', token: number });
      return html`${number}`;
    }),
  );

  /** Does what a form asks for, and shows the page again: with what was done, or why it was not. */
  async function tried(
    c: SiteContext,
    fields: readonly Field[],
    work: (values: Values, by: string) => Promise<Html | Promise<Html>>,
  ) {
    const { values, mistakes } = await postedForm(c, fields);
    const wrong = (message: string) => [{ field: fields[0]?.name ?? '', message }];
    if (!TAKING_AWAY.includes(c.req.path) && !isFresh(c.get('viewer'), outside.now()))
      return shown(c, { values, mistakes: wrong(staleText(c)), status: 403 });
    if (mistakes.length > 0) return shown(c, { values, mistakes, status: 422 });
    const by = c.get('viewer')?.address ?? '';
    try {
      return await shown(c, { done: await work(values, by) });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return shown(c, { values, mistakes: wrong(refusedOn(c, error)), status: 409 });
    }
  }

  async function shown(c: SiteContext, { values = {}, mistakes = [], done, status = 200 }: Standing = {}) {
    const say = sayIn(c);
    const [staff, tokens] = await Promise.all([staffMembers(caseFile), allTokens(caseFile)]);
    const filling = { language: c.get('language'), values, mistakes };
    const own = c.get('viewer')?.address;
    // Whoever put themselves out sees it no more.
    if (!staff.some(({ address, role }) => address === own && role === 'staff')) return c.redirect('/', 303);
    return page(c, {
      title: say('title'),
      ownHeading: true,
      mistakes,
      status,
      styles: 'board.css',
      body: bodyHtml(c, { staff, tokens, filling, done, fresh: isFresh(c.get('viewer'), outside.now()) }),
    });
  }
  return app;
}

type StaffPage = {
  staff: readonly StaffMember[];
  tokens: readonly ApiToken[];
  filling: Parameters<typeof partsHtml>[0];
  done: Html | undefined;
  fresh: boolean;
};

function bodyHtml(c: SiteContext, { staff, tokens, filling, done, fresh }: StaffPage): Html {
  const say = sayIn(c);
  return html`${done ? success('done', say('done'), '', html`<p class="govuk-body">${done}</p>`) : ''}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
<p class="govuk-body"><a class="govuk-link" href="/templates">${say('templates')}</a><br><a class="govuk-link" href="/logos">${say('logos')}</a></p>
${fresh ? '' : againHtml(c, '/staff')}
${staffTable(c, staff)}
<h2 class="govuk-heading-m">${say('invite')}</h2>
<form method="post" action="/staff/invite" novalidate>${partsHtml(filling, inviteFields(c))}
<button class="govuk-button" type="submit">${say('send')}</button></form>
<h2 class="govuk-heading-m">${say('tokens')}</h2>
<p class="govuk-body">${say('tokensLead')}</p>
${tokens.length === 0 ? '' : tokenTable(c, tokens)}
<form method="post" action="/staff/tokens" novalidate>${partsHtml(filling, tokenFields(c))}
<button class="govuk-button" type="submit">${say('make')}</button></form>`;
}

const sayIn = (c: SiteContext) => speaker('site.staff', c.get('language'));
const hidden = (name: string): Field => ({ as: 'hidden', name, value: '' });

function inviteFields(c: SiteContext): Field[] {
  const say = sayIn(c);
  return [
    { name: 'address', as: 'email', label: say('address'), required: true },
    { name: 'name', as: 'text', id: 'staff-name', label: say('name'), optional: true },
    {
      ...{ name: 'role', as: 'radios', label: say('role'), required: true },
      options: STAFF_ROLES.map((value) => ({ value, label: say(value), hint: say(`${value}Does`) })),
    },
    {
      ...{ name: 'language', as: 'select', label: say('language') },
      options: LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
    },
  ];
}

function tokenFields(c: SiteContext): Field[] {
  const say = sayIn(c);
  return [
    {
      name: 'name',
      as: 'text',
      id: 'token-name',
      label: say('tokenName'),
      hint: say('tokenNameHint'),
      required: true,
    },
    {
      ...{ name: 'scopes', as: 'checkboxes', label: say('scopes'), required: true },
      options: SCOPES.map((value) => ({ value, label: say(`may-${value}`) })),
    },
    {
      ...{ name: 'whose', as: 'radios', label: say('whose'), required: true },
      options: (['own', 'program'] as const).map((value) => ({ value, label: say(value) })),
    },
    {
      ...{ name: 'days', as: 'select', label: say('days') },
      options: [30, 90, LONGEST_TOKEN_DAYS].map((days) => ({
        value: String(days),
        label: say('dayCount', { days }),
      })),
    },
  ];
}

function staffTable(c: SiteContext, staff: readonly StaffMember[]): Html {
  const say = sayIn(c);
  const when = (at: string) => ownMomentOf(at, clockOf(c, at));
  return scrollTable(
    say('title'),
    [say('address'), say('role'), say('since'), say('secondFactor'), ''],
    staff.map(({ address, name, role, addedAt, addedBy, secondFactorAt, passkeys }) => [
      html`${name ? html`${name}<br>` : ''}<span class="rial-soft">${address}</span>`,
      html`${say(role)}<br>${button('/staff/role', { address, role: other(role), seen: addedAt }, say(`make-${other(role)}`), address)}`,
      html`${when(addedAt)}<br><span class="rial-soft">${addedBy ?? say('bySystem')}</span>`,
      secondFactorAt
        ? html`${when(secondFactorAt)}<br>${passkeys > 0 ? html`${say('passkeys', { passkeys })}<br>` : ''}${button('/staff/reset', { address, seen: secondFactorAt }, say('reset'), address)}`
        : '—',
      button('/staff/remove', { address }, say('remove'), address),
    ]),
  );
}

function tokenTable(c: SiteContext, tokens: readonly ApiToken[]): Html {
  const say = sayIn(c);
  const when = (at: string | null) => (at ? ownMomentOf(at, clockOf(c, at)) : '—');
  return scrollTable(
    say('tokens'),
    [say('tokenName'), say('scopes'), say('lastUsed'), say('expires'), ''],
    tokens.map(({ number, name, holder, scopes, lastUsedAt, expiresAt, revokedAt }) => [
      html`${number}. ${name}<br><span class="rial-soft">${holder ?? say('program')}</span>`,
      html`${scopes.map((one) => html`${say(`may-${one}`)}<br>`)}`,
      when(lastUsedAt),
      revokedAt ? say('revoked', { when: when(revokedAt) }) : when(expiresAt),
      revokedAt ? '' : button('/staff/tokens/revoke', { number: String(number) }, say('revoke'), name),
    ]),
  );
}

const other = (role: StaffRole): StaffRole => (role === 'staff' ? 'observer' : 'staff');

const button = (action: string, values: Record<string, string>, label: string, of: string): Html =>
  html`<form method="post" action="${action}">${Object.entries(values).map(([name, value]) => hiddenHtml(name, value))}<button class="rial-link-button" type="submit">${label}<span class="govuk-visually-hidden"> ${of}</span></button></form>`;
