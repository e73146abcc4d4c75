import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { type Cooperations, Refused } from '../../client/index.ts';
import type { Language } from '../../domain/language.ts';
import type { FileMistake } from '../../domain/mistake.ts';
import type { Programme } from '../../domain/programme/programme.ts';
import { colonIn } from '../../words/colon.ts';
import { placedText } from '../../words/mistakes.ts';
import { speaker } from '../../words/speaker.ts';
import { clockOf } from '../clock.ts';
import { type Html, type PageContext, type Site, type SiteContext, siteApp } from '../context.ts';
import { sendPdf } from '../downloads.ts';
import { type Mistake, partsHtml, valuesOf } from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { nearestHtml } from '../parts/experience.ts';
import { details } from '../parts/govuk.ts';
import { refusedText } from '../refusals.ts';
import { missing, staffOnly } from '../visit.ts';
import { EXAMPLES, exampleNamed } from './newCooperation/examples.ts';
import { programmePreview } from './newCooperation/preview.ts';
import { courseIn, rehearsalPages, rehearsalsKept, rehearseForm } from './newCooperation/rehearsals.ts';
import { FORM_BYTES, MOST_SHOWN, sourceButton, sourceFields, sourceIn } from './newCooperation/source.ts';
import { draftList, dropStarted } from './programmeForm/draftList.ts';
import { formLink } from './programmeForm/page.ts';

/** Starting a cooperation: its programme file checked, looked at, rehearsed as wanted, and started. */

/** A programme has a few hundred lines. Of a longer text the mistakes are listed, and the text is in the form. */
const MOST_LINES = 3000;

type SourceForm = { source: string; mistakes?: Mistake[]; found?: FileMistake[]; taken?: string };

export function newCooperationPages(outside: SiteOutside): Hono<Site> {
  const { cooperations, now, rehearse } = outside;
  const app = siteApp();
  const form = async (c: PageContext, given: SourceForm) =>
    formPage(c, given, given.source === '' ? await draftList(outside, c) : '');
  const rehearsals = rehearse && rehearsalsKept(rehearse, now);
  if (rehearsals) app.route('/', rehearsalPages(rehearsals, now));
  app.get('/new', async (c, next) => (c.get('viewer') ? next() : c.redirect('/sign-in?next=%2Fnew')));
  app.get('/new', staffOnly, (c) => {
    const source = exampleNamed(c.req.query('example')) ?? '';
    return form(c, { source });
  });

  const limited = bodyLimit({
    maxSize: FORM_BYTES,
    onError: (c) => {
      const context = c as SiteContext;
      const message = speaker('site.new-cooperation', context.get('language'))('tooLarge');
      return form(context, { source: '', mistakes: [{ field: 'file', message }] });
    },
  });
  app.post('/new/check', staffOnly, limited, async (c) => {
    const source = await sourceIn(c);
    const checked = await check(c, source, cooperations.checkProgramme);
    if ('mistaken' in checked) return form(c, checked.mistaken);
    const { programme } = checked;
    const clock = clockOf(c, now(), [...new Set(programme.institutions.map(({ timezone }) => timezone))]);
    const say = speaker('site.new-cooperation', c.get('language'));
    return page(c, {
      title: say('preview'),
      shows: true,
      back: { href: '/new', label: say('title') },
      styles: 'board.css',
      body: html`<p class="govuk-body">${say('right')}</p>
${programmePreview(programme, clock)}
${nearestHtml(c, await cooperations.nearestToProgramme(programme))}
${rehearsals ? html`<p class="govuk-body">${speaker('site.rehearsal', clock.language)('rehearseHint')}</p>${rehearseForm(clock.language, source)}` : byCommand(c)}
<div class="govuk-button-group">${sourceButton('/new/start', source, say('start'), { first: true, once: true })}
${sourceButton('/new/pdf', source, say('pdf'), { apart: true })}
${inForm(c, source)}</div>
${details(say('correct'), fields(c, { source }))}`,
    });
  });

  app.post('/new/pdf', staffOnly, limited, async (c) => {
    const checked = await check(c, await sourceIn(c), cooperations.checkProgramme);
    if ('mistaken' in checked) return form(c, checked.mistaken);
    return sendPdf(c, await outside.programmePdf(checked.programme), `${checked.programme.id}.pdf`);
  });

  app.post('/new/rehearse', staffOnly, limited, async (c) => {
    if (!rehearsals) return missing(c);
    const source = await sourceIn(c);
    const checked = await check(c, source, cooperations.checkProgramme);
    if ('mistaken' in checked) return form(c, checked.mistaken);
    const { id } = rehearsals.of(source, checked.programme.id, await courseIn(c));
    return c.redirect(`/new/rehearsals/${id}`, 303);
  });

  app.post('/new/start', staffOnly, limited, async (c) => {
    const source = await sourceIn(c);
    try {
      const { id } = await cooperations.start(source);
      await c.get('note')({ code: 'cooperation-started', cooperation: id });
      await dropStarted(outside, c, id);
      return c.redirect(`/c/${id}?started`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const { refusal } = error;
      if (refusal.code === 'ProgrammeMistaken')
        return form(c, { source, found: refusal.mistakes.filter(isPlaced) });
      const taken = refusal.code === 'CooperationTaken';
      const id = taken ? refusal.cooperation : '';
      const language = c.get('language');
      const message = taken
        ? speaker('site.new-cooperation', language)('taken', { id })
        : refusedText(error, { clock: clockOf(c, now()) });
      return form(c, { source, mistakes: [{ field: 'source', message }], ...(taken && { taken: id }) });
    }
  });
  return app;
}

const isPlaced = (mistake: { line?: number | undefined }): mistake is FileMistake =>
  mistake.line !== undefined;

/** The programme, or the form with what is wrong in its text. */
async function check(
  c: PageContext,
  source: string,
  read: Cooperations['checkProgramme'],
): Promise<{ mistaken: SourceForm } | { programme: Programme }> {
  if (source.trim() === '') {
    const message = speaker('site.new-cooperation', c.get('language'))('empty');
    return { mistaken: { source, mistakes: [{ field: 'source', message }] } };
  }
  const checked = await read(source);
  return 'mistakes' in checked ? { mistaken: { source, found: checked.mistakes } } : checked;
}

function formPage(
  c: PageContext,
  { source, mistakes = [], found = [], taken }: SourceForm,
  drafts: Html | '',
) {
  const say = speaker('site.new-cooperation', c.get('language'));
  const shown = found.slice(0, MOST_SHOWN);
  const numbered = source.split('\n').length <= MOST_LINES;
  const all = [
    ...mistakes,
    ...shown.map((mistake) => ({
      field: numbered ? `line-${mistake.line}` : 'source',
      message: `${say('line', { line: mistake.line })}${mistake.path ? ', ' : colonIn(c.get('language'))}${placedText(mistake, c.get('language'))}`,
    })),
  ];
  return page(c, {
    title: say('title'),
    back: { href: '/board' },
    mistakes: all,
    shows: true,
    styles: 'board.css',
    ...(all.length > 0 && { status: 422 as const }),
    body: html`<p class="govuk-body">${say('lead')}</p>
${formLink(c)}
${drafts}
${taken ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${taken}">${say('takenLink', { id: taken })}</a></p>` : ''}
${found.length > MOST_SHOWN ? html`<p class="govuk-body">${say('more', { n: found.length - MOST_SHOWN })}</p>` : ''}
${shown.length > 0 ? inForm(c, source) : ''}
${shown.length > 0 && numbered ? listing(c, source, shown) : ''}
${
  source === ''
    ? html`<p class="govuk-body">${say('examples')}</p><ul class="govuk-list govuk-list--bullet">${EXAMPLES.map(
        (name) => html`<li><a class="govuk-link" href="/new?example=${name}">${name}</a></li>`,
      )}</ul>`
    : ''
}
${fields(c, { source, mistakes })}`,
  });
}

function fields(c: PageContext, { source, mistakes = [] }: SourceForm): Html {
  const language = c.get('language');
  const filling = { language, mistakes, values: valuesOf({ source }) };
  return html`<form method="post" action="/new/check" enctype="multipart/form-data" novalidate>
${partsHtml(filling, sourceFields(language))}
<button class="govuk-button" type="submit">${speaker('site.new-cooperation', language)('check')}</button></form>`;
}

/** The same programme in the form's fields. */
const inForm = (c: PageContext, source: string): Html =>
  sourceButton('/new/form/open', source, speaker('site.new-cooperation', c.get('language'))('inForm'));

/** The text with the number of each line, and below a line what is wrong in it and what to write. */
function listing(c: PageContext, source: string, found: readonly FileMistake[]): Html {
  const say = speaker('site.new-cooperation', c.get('language'));
  const mistakes = Map.groupBy(found, ({ line }) => line);
  return html`<h2 class="govuk-heading-m">${say('mistaken')}</h2>
<div class="rial-source" tabindex="0" role="region" aria-label="${say('mistaken')}"><ol>${source
    .split('\n')
    .map((text, index) => {
      const wrong = mistakes.get(index + 1);
      return wrong
        ? html`<li id="line-${index + 1}" data-mistake><span class="rial-prewrap">${text}</span>${wrong.map((one) => saidBelow(one, c.get('language')))}</li>`
        : html`<li><span class="rial-prewrap">${text}</span></li>`;
    })}</ol></div>`;
}

const saidBelow = (mistake: FileMistake, language: Language): Html =>
  html`<span class="rial-source__message">${placedText(mistake, language)}</span>`;

/** Where the site itself cannot rehearse. */
const byCommand = (c: PageContext): Html =>
  html`<p class="govuk-body-s rial-soft">${speaker('site.new-cooperation', c.get('language'))('rehearse')} <code>npx rial rehearse FILE</code></p>`;
