import type { Readable } from 'node:stream';
import { html } from 'hono/html';
import { type Cooperations, Refused } from '../../../client/index.ts';
import type { Language } from '../../../domain/language.ts';
import { logoOwner, MOST_LOGO_BYTES } from '../../../domain/results/logo.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type SiteContext, siteApp } from '../../context.ts';
import {
  type Field,
  hiddenHtml,
  type Mistake,
  partsHtml,
  postedForm,
  seenIn,
  serialIn,
  smallForm,
  textIn,
  type Values,
  valuesOf,
} from '../../form.ts';
import { page } from '../../frame.ts';
import { readUpload } from '../../multipart.ts';
import type { SiteOutside } from '../../outside.ts';
import { scrollTable, success } from '../../parts/govuk.ts';
import { refusedOn } from '../../refusals.ts';
import { uploadAttributes } from '../../uploads.ts';
import { missing, staffOnly } from '../../visit.ts';

/** The logos of institutions, for staff: which there are, another in the place of one, one taken away. */

type Standing = { mistakes?: Mistake[]; values?: Values; done?: string };
type InstitutionLogo = Awaited<ReturnType<Cooperations['logos']>>[number];

export function logoPages({ cooperations }: SiteOutside) {
  const app = siteApp();
  app.use('/logos/*', staffOnly);
  app.get('/logos', (c) => shown(c));

  app.post('/logos', async (c) => {
    const language = c.get('language');
    const say = speaker('site.logos', language);
    const by = c.get('viewer')?.address ?? null;
    const texts = { institution: '', other: '', seen: '' };
    let outcome: Standing | undefined;
    const take = async (bytes: Readable, fileName: string) => {
      const institution = ownerIn(texts.other.trim() || texts.institution);
      if (outcome || !institution) return;
      const seen = serialIn(texts.seen);
      const put = await cooperations.putLogo({ institution, fileName, bytes, by, seen }).catch((error) => {
        if (!(error instanceof Refused) || error.code === 'InspectionUnavailable') throw error;
        return error;
      });
      if (put instanceof Refused) outcome = wrong('files', refusedOn(c, put));
      else {
        await c.get('note')({ code: 'logo-put', institution, number: put.number });
        outcome = { done: say('put', { institution }) };
      }
    };
    const failure = await readUpload(c, {
      fileBytes: MOST_LOGO_BYTES,
      field: (name, value) => {
        if (name === 'institution' || name === 'other' || name === 'seen') texts[name] = value;
      },
      tooManyFiles: () => {},
      file: take,
    });
    const { institution, other } = texts;
    const values = valuesOf({ institution, other });
    if (failure)
      return shown(c, {
        ...wrong('files', speaker('site.uploads', language)(failure, { count: 1 })),
        values,
      });
    if (outcome) return shown(c, outcome.mistakes ? { ...outcome, values } : outcome);
    const known = ownerIn(other.trim() || institution);
    const lacking = known
      ? wrong('files', say('noFile'))
      : wrong(other.trim() ? 'other' : 'institution', say('noInstitution'));
    return shown(c, { ...lacking, values });
  });

  app.post('/logos/remove', smallForm, async (c) => {
    const { values } = await postedForm(c, [
      { as: 'hidden', name: 'institution', value: '' },
      { as: 'hidden', name: 'seen', value: '' },
    ]);
    const institution = ownerIn(textIn(values, 'institution'));
    if (!institution) return missing(c);
    const by = c.get('viewer')?.address ?? null;
    const seen = seenIn(values, 0);
    try {
      if (await cooperations.removeLogo({ institution, by, seen }))
        await c.get('note')({ code: 'logo-removed', institution });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return shown(c, wrong('files', refusedOn(c, error)));
    }
    return shown(c, { done: speaker('site.logos', c.get('language'))('removed', { institution }) });
  });

  app.get('/logos/:number{[0-9]{1,9}}', async (c) => {
    const found = await cooperations.logoFile(Number(c.req.param('number')));
    if (!found) return missing(c);
    // It was written anew with what it shows alone: nothing in it runs.
    return c.body(new Uint8Array(found.bytes), 200, {
      'Content-Type': found.file.mediaType,
      'Content-Security-Policy': "sandbox; default-src 'none'",
      'X-Content-Type-Options': 'nosniff',
    });
  });

  async function shown(c: SiteContext, { mistakes = [], values = {}, done }: Standing = {}) {
    const language = c.get('language');
    const say = speaker('site.logos', language);
    const all = await cooperations.logos();
    const seen = Math.max(0, ...all.map(({ last }) => last?.number ?? 0));
    return page(c, {
      title: say('title'),
      mistakes,
      script: 'upload.js',
      styles: 'board.css',
      back: { href: '/staff' },
      status: mistakes.length > 0 ? 422 : 200,
      body: html`${done ? success('done', say('done'), done) : ''}
<p class="govuk-body">${say('lead')}</p>
${scrollTable(
  say('title'),
  [say('institution'), say('code'), say('logo'), say('putAt'), ''],
  all.map((one) => rowOf(c, one, seen)),
)}
<h2 class="govuk-heading-m">${say('putIn')}</h2>
<form ${uploadAttributes(language)} action="/logos">${hiddenHtml('seen', String(seen))}
${partsHtml({ language, mistakes, values }, fieldsFor(all, language))}
<button type="submit" class="govuk-button">${say('send')}</button></form>`,
    });
  }
  return app;
}

const ownerIn = (given: string): string | undefined => logoOwner.safeParse(given).data;
const wrong = (field: string, message: string): Standing => ({ mistakes: [{ field, message }] });

function fieldsFor(all: readonly InstitutionLogo[], language: Language): Field[] {
  const say = speaker('site.logos', language);
  const options = all.map(({ institution, name }) => ({
    value: institution,
    label: name ? `${name} (${institution})` : institution,
  }));
  return [
    {
      ...{ name: 'institution', as: 'select', label: say('institution'), conditional: true },
      options: [{ value: '', label: say('choose') }, ...options],
    },
    { name: 'other', as: 'text', label: say('other'), hint: say('otherHint'), conditional: true, most: 60 },
    { name: 'files', as: 'file', accept: '.png,.jpg,.jpeg', label: say('file'), hint: say('hint') },
  ];
}

/** An institution with its logo, who put it in and when, and the button that takes it away. */
function rowOf(
  c: SiteContext,
  { institution, name, last }: InstitutionLogo,
  seen: number,
): (Html | string)[] {
  const say = speaker('site.logos', c.get('language'));
  const called = name ?? institution;
  const put = last
    ? html`${ownMomentOf(last.putAt, clockOf(c, last.putAt))}<br><span class="rial-soft">${last.putBy ?? speaker('site.templates', c.get('language'))('terminal')}</span>`
    : '—';
  if (!last?.file) return [called, institution, say('absent'), put, ''];
  const { width, height } = last.file;
  const share = Math.min(1, 180 / width, 60 / height);
  return [
    called,
    institution,
    html`<img src="/logos/${last.number}" alt="${say('alt', { name: called })}" width="${Math.max(1, Math.round(width * share))}" height="${Math.max(1, Math.round(height * share))}">`,
    put,
    html`<form method="post" action="/logos/remove">${hiddenHtml('institution', institution)}${hiddenHtml('seen', String(seen))}<button class="govuk-button govuk-button--secondary" type="submit">${say('remove')}<span class="govuk-visually-hidden"> ${called}</span></button></form>`,
  ];
}
