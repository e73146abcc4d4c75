import type { Readable } from 'node:stream';
import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import { MOST_TEMPLATE_BYTES } from '../../../client/templates.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../domain/language.ts';
import {
  isAt,
  type Placeholder,
  TEMPLATES,
  type TemplateFault,
  type TemplateName,
  type TemplateVersion,
  templateFor,
} from '../../../domain/results/wordTemplate.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { speaker } from '../../../words/speaker.ts';
import { placeText, templateFaultText } from '../../../words/templateFaults.ts';
import { clockOf } from '../../clock.ts';
import { type Html, type SiteContext, siteApp } from '../../context.ts';
import { sendWord } from '../../downloads.ts';
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
} from '../../form.ts';
import { page } from '../../frame.ts';
import { readUpload } from '../../multipart.ts';
import type { SiteOutside } from '../../outside.ts';
import { details, scrollTable, success } from '../../parts/govuk.ts';
import { refusedOn } from '../../refusals.ts';
import { uploadAttributes } from '../../uploads.ts';
import { missing, staffOnly } from '../../visit.ts';

/** The Word templates of papers, for staff: what there is, another in its place, the shipped one back. */

type Standing = { mistakes?: Mistake[]; faults?: TemplateFault[]; done?: string };

export function templatePages({ cooperations }: SiteOutside) {
  const app = siteApp();
  app.use('/templates/*', staffOnly);
  app.get('/templates', (c) => shown(c));

  app.post('/templates', async (c) => {
    const say = speaker('site.templates', c.get('language'));
    const by = c.get('viewer')?.address ?? null;
    let template: TemplateName | undefined;
    let language: Language | null = null;
    let seen = 0;
    let outcome: Standing | undefined;
    const take = async (bytes: Readable, fileName: string) => {
      if (outcome || !template) return;
      const put = await cooperations
        .putTemplate({ template, language, fileName, bytes, by, seen })
        .catch((error) => {
          if (!(error instanceof Refused) || error.code === 'InspectionUnavailable') throw error;
          return error;
        });
      if (put instanceof Refused) outcome = wrong(refusedOn(c, put));
      else if ('faults' in put) outcome = { ...wrong(say('faulty')), faults: put.faults };
      else {
        await c.get('note')({
          code: 'template-put',
          template,
          language: language ?? 'all',
          number: put.number,
        });
        outcome = { done: say('put', { template: placeText({ template, language }, c.get('language')) }) };
      }
    };
    const failure = await readUpload(c, {
      fileBytes: MOST_TEMPLATE_BYTES,
      field: (name, value) => {
        if (name === 'template') template = nameIn(value);
        if (name === 'for') language = languageIn(value);
        if (name === 'seen') seen = serialIn(value);
      },
      tooManyFiles: () => {},
      file: take,
    });
    if (failure) return shown(c, wrong(speaker('site.uploads', c.get('language'))(failure, { count: 1 })));
    return shown(c, outcome ?? wrong(say(template ? 'noFile' : 'noTemplate')));
  });

  app.post('/templates/reset', smallForm, async (c) => {
    const { values } = await postedForm(c, [
      { as: 'hidden', name: 'template', value: '' },
      { as: 'hidden', name: 'for', value: '' },
      { as: 'hidden', name: 'seen', value: '' },
    ]);
    const template = nameIn(textIn(values, 'template'));
    if (!template) return missing(c);
    const language = languageIn(textIn(values, 'for'));
    const by = c.get('viewer')?.address ?? null;
    const seen = seenIn(values, 0);
    try {
      if (await cooperations.resetTemplate({ template, language, by, seen }))
        await c.get('note')({ code: 'template-reset', template, language: language ?? 'all' });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return shown(c, wrong(refusedOn(c, error)));
    }
    const say = speaker('site.templates', c.get('language'));
    const place = placeText({ template, language }, c.get('language'));
    return shown(c, { done: say(language ? 'wasTakenBack' : 'wasReset', { template: place }) });
  });

  app.get('/templates/:template/:which/:as{file|preview}', async (c) => {
    const template = nameIn(c.req.param('template'));
    const given = c.req.param('which');
    const which = given === 'shipped' ? given : /^\d{1,9}$/.test(given) ? Number(given) : undefined;
    if (!template || which === undefined) return missing(c);
    const isFilled = c.req.param('as') === 'preview';
    const docx = await cooperations.templateFile(template, which, isFilled);
    if (!docx) return missing(c);
    const say = speaker('site.templates', c.get('language'));
    const ending = `${given === 'shipped' ? '' : `-${given}`}${isFilled ? `-${say('previewFile')}` : ''}`;
    return sendWord(c, { docx, fileName: `${say(`${template}File`)}${ending}.docx` });
  });

  async function shown(c: SiteContext, { mistakes = [], faults = [], done }: Standing = {}) {
    const language = c.get('language');
    const say = speaker('site.templates', language);
    const all = await cooperations.templates();
    const seen = Math.max(0, ...all.flatMap(({ versions }) => versions.map(({ number }) => number)));
    return page(c, {
      title: say('title'),
      mistakes,
      script: 'upload.js',
      styles: 'board.css',
      back: { href: '/staff' },
      status: mistakes.length > 0 ? 422 : 200,
      body: html`${done ? success('done', say('done'), done) : ''}${faultList(faults, language)}
<p class="govuk-body">${say('lead')}</p>
${all.map(({ template, versions }) => templatePart(c, template, versions, seen))}
<h2 class="govuk-heading-m">${say('putIn')}</h2>
<form ${uploadAttributes(language)} action="/templates">${hiddenHtml('seen', String(seen))}
${partsHtml({ language, mistakes, values: {} }, fieldsIn(language))}
<button type="submit" class="govuk-button">${say('send')}</button></form>
<h2 class="govuk-heading-m">${say('placeholders')}</h2>
<p class="govuk-body">${say('placeholdersLead')}</p>
${all.map(({ template, placeholders }) => details(say(template), placeholderTable(placeholders, say(template), language)))}`,
    });
  }
  return app;
}

const nameIn = (given: string): TemplateName | undefined => TEMPLATES.find((one) => one === given);
const languageIn = (given: string): Language | null => LANGUAGES.find((one) => one === given) ?? null;
const wrong = (message: string): Standing => ({ mistakes: [{ field: 'files', message }] });

function fieldsIn(language: Language): Field[] {
  const say = speaker('site.templates', language);
  return [
    {
      ...{ name: 'template', as: 'radios', label: say('which'), required: true },
      options: TEMPLATES.map((value) => ({ value, label: say(value) })),
    },
    {
      ...{ name: 'for', as: 'select', label: say('for'), hint: say('forHint') },
      options: [
        { value: '', label: say('all') },
        ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
      ],
    },
    { name: 'files', as: 'file', accept: '.docx', label: say('file'), hint: say('hint') },
  ];
}

/** One template: the present ones with who put them in and when, those before, and the shipped one. */
function templatePart(
  c: SiteContext,
  template: TemplateName,
  versions: readonly TemplateVersion[],
  seen: number,
): Html {
  const language = c.get('language');
  const say = speaker('site.templates', language);
  const called = (which: number | 'shipped') => (which === 'shipped' ? say(which) : which);
  const links = (which: number | 'shipped') =>
    html`<a class="govuk-link" href="/templates/${template}/${which}/file">${say('download')}<span class="govuk-visually-hidden"> ${say(template)} ${called(which)}</span></a> · <a class="govuk-link" href="/templates/${template}/${which}/preview">${say('preview')}<span class="govuk-visually-hidden"> ${say(template)} ${called(which)}</span></a>`;
  const used = versions.filter((one) => one.file && versions.find(isAt(one)) === one);
  const rows = [
    ...versions.map((one) => [
      one.file ? `${one.number}. ${one.file.name}` : `${one.number}. ${say('backToShipped')}`,
      one.language ? LANGUAGE_NAMES[one.language] : say('all'),
      html`${ownMomentOf(one.putAt, clockOf(c, one.putAt))}<br><span class="rial-soft">${one.putBy ?? say('terminal')}</span>`,
      used.includes(one) ? say('present') : '—',
      one.file ? links(one.number) : '—',
    ]),
    [
      ...[say('shipped'), say('all'), '—'],
      LANGUAGES.every((one) => templateFor(versions, template, one)) ? '—' : say('present'),
      links('shipped'),
    ],
  ];
  return html`<h2 class="govuk-heading-m">${say(template)}</h2>
${scrollTable(say(template), [say('version'), say('for'), say('putAt'), say('use'), say('files')], rows)}
${used.map((one) => {
  const place = placeText(one, language);
  return html`<form method="post" action="/templates/reset"><input type="hidden" name="template" value="${template}">${hiddenHtml('for', one.language ?? '')}${hiddenHtml('seen', String(seen))}<button class="govuk-button govuk-button--secondary" type="submit">${one.language ? say('takeBack', { language: LANGUAGE_NAMES[one.language] }) : say('reset')}<span class="govuk-visually-hidden"> ${place}</span></button></form>`;
})}`;
}

function faultList(faults: readonly TemplateFault[], language: Language): Html | '' {
  if (faults.length === 0) return '';
  const say = speaker('site.templates', language);
  return html`<section aria-labelledby="faults"><h2 class="govuk-heading-m" id="faults">${say('faultsTitle')}</h2>
<ul class="govuk-list govuk-list--bullet">${faults.map((fault) => html`<li>${templateFaultText(fault, language)}</li>`)}</ul></section>`;
}

const LONGEST_EXAMPLE = 160;

function placeholderTable(placeholders: readonly Placeholder[], caption: string, language: Language): Html {
  const say = speaker('site.templates', language);
  const rows = (all: readonly Placeholder[], within: string): [Html, string][] =>
    all.flatMap(({ name, example, entries }): [Html, string][] => {
      const cut = example.length > LONGEST_EXAMPLE ? `${example.slice(0, LONGEST_EXAMPLE)} …` : example;
      if (!entries) return [[html`${within}<code>{${name}}</code>`, cut || '—']];
      return [
        [html`${within}<code>{#${name}}</code> … <code>{/${name}}</code>`, say('list')],
        ...rows(entries, `${within}${name} › `),
      ];
    });
  return scrollTable(caption, [say('placeholder'), say('gives')], rows(placeholders, ''));
}
