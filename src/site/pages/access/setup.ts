import { html } from 'hono/html';
import { plainAddress } from '../../../casefile/access/access.ts';
import { isSetupOpen, useSetup } from '../../../casefile/access/staff.ts';
import { speaker } from '../../../words/speaker.ts';
import { type SiteContext, siteApp } from '../../context.ts';
import { drawnLanguage } from '../../drawing.ts';
import { type Field, partsHtml, postedForm, type Reading, smallForm, textIn } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import type { Limits } from '../../security.ts';
import { enter } from '../../signing-in/entering.ts';

/**
 * The first day: by the link that the terminal printed the first officer says who they are, and is staff. Opening it
 * changes nothing. They are signed in then.
 */

export function setupPages(outside: SiteOutside, limits: Limits) {
  const { caseFile, now, secondFactor } = outside;
  const app = siteApp();
  if (secondFactor === 'everybody') return byCode(app, outside, limits);
  app.get('/setup/:token', async (c) => {
    const open = (await limits.allow(c)) && (await isSetupOpen(caseFile, c.req.param('token'), now()));
    return open ? form(c, { values: {}, mistakes: [] }) : closed(c);
  });
  app.post('/setup/:token', smallForm, async (c) => {
    const token = c.req.param('token');
    if (!(await limits.allow(c)) || !(await isSetupOpen(caseFile, token, now()))) return closed(c);
    const reading = await postedForm(c, fields(c));
    if (drawnLanguage()) return form(c, { ...reading, mistakes: [] });
    if (reading.mistakes.length > 0) return form(c, reading);
    return used(c, outside, token, reading);
  });
  return app;
}

/** The same where no address has a secret in it: it is typed. */
function byCode(app: ReturnType<typeof siteApp>, outside: SiteOutside, limits: Limits) {
  const all = (c: SiteContext) => [codeField(c), ...fields(c)];
  app.get('/setup', (c) => form(c, { values: {}, mistakes: [] }, all(c)));
  app.post('/setup', smallForm, async (c) => {
    if (!(await limits.allow(c))) return closed(c);
    const reading = await postedForm(c, all(c));
    if (drawnLanguage()) return form(c, { ...reading, mistakes: [] }, all(c));
    if (reading.mistakes.length > 0) return form(c, reading, all(c));
    return used(c, outside, textIn(reading.values, 'code').trim(), reading);
  });
  return app;
}

async function used(c: SiteContext, outside: SiteOutside, token: string, { values }: Reading) {
  const { caseFile, now } = outside;
  const [name, address] = [textIn(values, 'name'), textIn(values, 'address')];
  const officer = { name, address, language: c.get('language') };
  if (!(await useSetup(caseFile, token, officer, now()))) return closed(c);
  await c.get('note')({ code: 'staff-added', staff: address }, { kind: 'staff', id: address });
  return enter(c, outside, { address: plainAddress(address), path: '/', by: 'setup-link' });
}

const codeField = (c: SiteContext): Field => ({
  ...{ name: 'code', as: 'text', autocomplete: 'off', required: true },
  label: speaker('site.setup', c.get('language'))('code'),
});

function fields(c: SiteContext): Field[] {
  const say = speaker('site.setup', c.get('language'));
  return [
    { name: 'name', as: 'text', autocomplete: 'name', label: say('name'), required: true },
    { name: 'address', as: 'email', autocomplete: 'email', label: say('address'), required: true },
  ];
}

function form(c: SiteContext, { values, mistakes }: Reading, asked = fields(c)) {
  const say = speaker('site.setup', c.get('language'));
  return page(c, {
    title: say('title'),
    typed: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('lead')}</p>
<form method="post" action="${c.req.path}" novalidate>
${partsHtml({ language: c.get('language'), values, mistakes }, asked)}
<button type="submit" class="govuk-button">${say('go')}</button>
</form>`,
  });
}

function closed(c: SiteContext) {
  const say = speaker('site.setup', c.get('language'));
  return page(c, {
    title: say('closed'),
    body: html`<p class="govuk-body">${say('closedLead')}</p>`,
    status: 404,
  });
}
