import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { chooseLanguage } from '../../casefile/access/access.ts';
import { describeStaff, staffAt } from '../../casefile/access/staff.ts';
import { changeOf, toldOf } from '../../casefile/changes/index.ts';
import { language as languageShape } from '../../domain/language.ts';
import { plainDate } from '../../domain/programme/programme.ts';
import { colonIn } from '../../words/colon.ts';
import { joined } from '../../words/lists.ts';
import { formMistakeText } from '../../words/mistakes.ts';
import { speaker } from '../../words/speaker.ts';
import { clockOf } from '../clock.ts';
import { type Html, type Site, type SiteContext, siteApp } from '../context.ts';
import { type Field, type Mistake, postedForm, type Reading } from '../form.ts';
import { mailLink, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { success } from '../parts/govuk.ts';
import { cooperationName } from '../parts/names.ts';
import { isUnnamed, type Viewer } from '../viewer.ts';
import {
  absenceFields,
  absenceSection,
  firstStandIn,
  secretariatElsewhere,
  wantedAbsences,
  wantedEnd,
} from './me/absences.ts';
import {
  changedDetails,
  detailFields,
  detailsForm,
  detailValues,
  standingDetails,
  wantedDetails,
} from './me/details.ts';
import { type Came, makeOwn, type Own, ownIn } from './me/own.ts';

/**
 * What somebody changes of themselves: name, post, language and clock, and the days on which they are away, in all
 * cooperations of their address that are not over. Each of them has it in its record, as a change by that person. The
 * address itself is for staff to change, who know whether the new one is theirs.
 */

const small = bodyLimit({ maxSize: 64 * 1024 });
const NOTHING: Reading = { values: {}, mistakes: [] };

export function ownPage(outside: SiteOutside): Hono<Site> {
  const app = siteApp();
  for (const path of ['/me', '/me/*'])
    app.use(path, small, async (c, next) => {
      const viewer = c.get('viewer');
      return viewer && !viewer.unstepped ? next() : c.redirect('/sign-in?next=%2Fme');
    });
  app.get('/me', (c) => shown(c, outside));
  app.post('/me', (c) => detailsPosted(c, outside));
  app.post('/me/absences', (c) => absencePosted(c, outside));
  app.post('/me/absences/end', async (c) => {
    const viewer = c.get('viewer') as Viewer;
    const fields = ['cooperation', 'from'].map((name): Field => ({ as: 'hidden', name, value: '' }));
    const wanted = wantedEnd(await postedForm(c, fields), await ownIn(outside, viewer));
    return answered(c, await makeOwn(c, outside, wanted), (mistakes) =>
      shown(c, outside, { absence: { values: {}, mistakes: [...mistakes] } }),
    );
  });
  return app;
}

async function detailsPosted(c: SiteContext, outside: SiteOutside) {
  const { caseFile } = outside;
  const viewer = c.get('viewer') as Viewer;
  const language = c.get('language');
  const own = await ownIn(outside, viewer);
  const staff = viewer.role === 'participant' ? undefined : await staffAt(caseFile, viewer.address);
  const standing = standingDetails(own, staff);
  const reading = await postedForm(c, detailFields(own, standing, language));
  const again = (mistakes: readonly Mistake[]) =>
    shown(c, outside, { details: { values: reading.values, mistakes: [...mistakes] } });
  if (reading.mistakes.length > 0) return again(reading.mistakes);
  const changed = changedDetails(reading.values, standing);
  const ofStaff = staff && (changed.name !== undefined || changed.language !== undefined);
  const wanted = wantedDetails(changed, own, reading.values);
  if (wanted.length === 0 && !ofStaff) {
    const nothing = { field: 'name', message: speaker('site.me', language)('same') };
    return again([nothing]);
  }
  const came = await makeOwn(c, outside, wanted);
  if (came.refused.length === 0) {
    const chosen = languageShape.safeParse(changed.language);
    if (chosen.success) await chooseLanguage(caseFile, viewer.session, chosen.data);
    if (ofStaff)
      await describeStaff(caseFile, viewer.address, {
        ...(changed.name !== undefined && { name: changed.name }),
        ...(chosen.success && { language: chosen.data }),
      });
  }
  return answered(c, came, again);
}

async function absencePosted(c: SiteContext, outside: SiteOutside) {
  const language = c.get('language');
  const own = await ownIn(outside, c.get('viewer') as Viewer);
  const elsewhere = await secretariatElsewhere(outside.caseFile, own);
  const fields = absenceFields(own, elsewhere, clockOf(c, outside.now()));
  const reading = await postedForm(c, fields);
  const again = (mistakes: readonly Mistake[]) =>
    shown(c, outside, { absence: { values: reading.values, mistakes: [...mistakes] } });
  const malformed = (['from', 'to'] as const).flatMap((field): Mistake[] => {
    const [value = ''] = reading.values[field] ?? [];
    return value === '' || plainDate.safeParse(value).success
      ? []
      : [{ field, message: formMistakeText({ code: 'DateMalformed', value }, language) }];
  });
  const mistakes = [...reading.mistakes, ...malformed];
  const wanted = wantedAbsences(reading, own, elsewhere);
  if (wanted.length === 0)
    mistakes.push({ field: firstStandIn(fields), message: speaker('site.me', language)('standInMissing') });
  if (mistakes.length > 0) return again(mistakes);
  return answered(c, await makeOwn(c, outside, wanted), again);
}

/** What was made is told on the page itself; what was refused, with what was made before it. */
function answered(
  c: SiteContext,
  { made, refused }: Came,
  again: (mistakes: readonly Mistake[]) => Promise<Response>,
) {
  if (refused.length > 0)
    return again(
      refused.map(({ cooperation, message }) => ({
        field: 'main',
        message: cooperation + colonIn(c.get('language')) + message,
      })),
    );
  return c.redirect(
    made.length > 0 ? `/me?${new URLSearchParams({ made: made.join(' ') })}` : '/me?saved',
    303,
  );
}

async function shown(
  c: SiteContext,
  outside: SiteOutside,
  given: { details?: Reading; absence?: Reading } = {},
): Promise<Response> {
  const viewer = c.get('viewer') as Viewer;
  const clock = clockOf(c, outside.now());
  const { language } = clock;
  const say = speaker('site.me', language);
  const own = await ownIn(outside, viewer);
  const staff = viewer.role === 'participant' ? undefined : await staffAt(outside.caseFile, viewer.address);
  const standing = standingDetails(own, staff);
  const elsewhere = await secretariatElsewhere(outside.caseFile, own);
  const mistakes = [...(given.details?.mistakes ?? []), ...(given.absence?.mistakes ?? [])];
  const filled = given.details ?? { values: detailValues(standing), mistakes: [] };
  const contact = c.get('contact');
  return page(c, {
    title: say('title'),
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${await doneHtml(c, outside, own)}
${viewer.cooperations ? html`<p class="govuk-body">${say('byLink')} <a class="govuk-link" href="/sign-in?next=%2Fme">${speaker('site.frame', language)('more')}</a></p>` : ''}
${
  own.length === 0 && !staff && viewer.mailbox.length === 0
    ? html`<p class="govuk-body">${say('nothing')}</p>`
    : own.length === 0 && !staff
      ? ''
      : html`<p class="govuk-body">${own.length > 0 ? say('lead', { count: own.length }) : say('leadOfStaff')}</p>
${detailsForm(detailFields(own, standing, language), language, filled)}`
}
${unnamed(viewer).map(
  (id) =>
    html`<p class="govuk-body"><a class="govuk-link" href="/who/${id}?next=%2Fme">${say('shared', { cooperation: id })}</a></p>`,
)}
<p class="govuk-body">${say('address', { address: viewer.address })}${contact ? html` ${mailLink(contact)}` : ''}</p>
${absenceSection(own, { fields: absenceFields(own, elsewhere, clock), elsewhere }, given.absence ?? NOTHING, clock)}`,
  });
}

/** Cooperations in which others share the address, and nobody has said who is at the keyboard. */
const unnamed = (viewer: Viewer): string[] =>
  [...new Set(viewer.mailbox.map(({ cooperation }) => cooperation))].filter((id) => isUnnamed(viewer, id));

/** What has just been changed, in which cooperations, and who is told of it. */
async function doneHtml(c: SiteContext, { caseFile }: SiteOutside, own: readonly Own[]): Promise<Html | ''> {
  const language = c.get('language');
  const say = speaker('site.me', language);
  const made = (c.req.query('made') ?? '').split(' ').slice(0, 200);
  const lines: string[] = [];
  for (const one of made) {
    const [, id = '', number] = /^([a-z0-9-]{1,60})\.([1-9]\d{0,5})$/.exec(one) ?? [];
    const its = own.find(({ view }) => view.id === id);
    const change = its && (await changeOf(caseFile, id, Number(number)));
    if (!its || !change?.madeAt || !its.rows.some((row) => row.id === change.by)) continue;
    const told = [...new Set((await toldOf(caseFile, id, change.told)).map(({ name }) => name))];
    lines.push(
      told.length > 0
        ? say('madeTold', { cooperation: cooperationName(its.view, language), names: joined(told, language) })
        : say('made', { cooperation: cooperationName(its.view, language) }),
    );
  }
  if (lines.length === 0 && c.req.query('saved') === undefined) return '';
  const more = html`<ul class="govuk-list">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
  return success('done', say('done'), say('saved'), lines.length > 0 ? more : '');
}
