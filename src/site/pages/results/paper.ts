import { Hono } from 'hono';
import { html } from 'hono/html';
import { viewOf } from '../../../casefile/view.ts';
import { Refused } from '../../../client/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { type ClosingPaperView, hasClosingPaper, paperFile } from '../../../domain/results/closingPaper.ts';
import { signerLines } from '../../../words/closingPaper.ts';
import { sizeText } from '../../../words/dates/clock.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { PDF, sendFile } from '../../downloads.ts';
import { type Field, type Mistake, partsHtml, type Values } from '../../form.ts';
import { page } from '../../frame.ts';
import { readUpload } from '../../multipart.ts';
import type { SiteOutside } from '../../outside.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import { success } from '../../parts/govuk.ts';
import { recorderIn, recordingDoor, whoseField, whoseIn } from '../../parts/recording.ts';
import { refusedText } from '../../refusals.ts';
import { uploadAttributes } from '../../uploads.ts';
import { isSecretariat, missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';

/** The sealed case file of a cooperation that is over: downloaded by all, and put in as a ministry signed it. */

/** More than any file that is taken. */
const MOST_BYTES = 256 * 1024 * 1024;

export function paperPages({ cooperations, caseFile, documents }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.use('/paper/*', notForGuests, async (c, next) =>
    hasClosingPaper(c.get('visit').view) ? next() : missing(c),
  );
  app.get('/paper', (c) => show(c, c.get('visit')));
  app.get('/paper/:file{[a-z0-9-]+\\.pdf}', async (c) => {
    const { view, clock } = c.get('visit');
    const paper = await cooperations.closingPaper(view.id);
    const found = fileIn(paper, c.req.param('file'));
    if (!found) return missing(c);
    await c.get('note')({ code: 'case-exported', cooperation: view.id, by: 'page' });
    const say = speaker('site.paper', clock.language);
    const name = say(found === paper.reading ? 'readingFileName' : 'fileName');
    const nth = paper.signed.find((one) => one === found)?.number;
    const fileName = `${name}-${view.id}${nth === undefined ? '' : `-${nth}`}.pdf`;
    return sendFile(c, documents, { sha256: found.sha256, fileName, mediaType: PDF });
  });
  app.post('/paper', async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const whose = signing(visit);
    if (whose.length === 0) return missing(c);
    const say = speaker('site.paper', clock.language);
    const values: Record<string, string[]> = {};
    let mistake: string | undefined = say('noFile');
    const failure = await readUpload(c, {
      fileBytes: MOST_BYTES,
      field: (name, value) => {
        values[name] = [value];
      },
      tooManyFiles: () => {},
      async file(bytes) {
        const typed = (name: string) => values[name]?.at(-1) ?? '';
        const person = whoseIn(visit, whose, typed('by'));
        if (!person) return;
        const by = recorderIn(visit);
        try {
          await cooperations.signPaper(
            view.id,
            {
              ...{ by: person.id, bytes },
              ...(isSecretariat(visit) && person.id !== by && { recorded: { by, how: typed('how') } }),
            },
            recordingDoor(visit),
          );
          mistake = undefined;
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          mistake = refusedText(error, visit);
        }
      },
    });
    if (failure) mistake = speaker('site.uploads', clock.language)(failure, { count: 1 });
    if (mistake === undefined) return c.redirect(`/c/${view.id}/paper?signed`, 303);
    // Whoever is told that it was signed meanwhile sees that.
    const stands = (await viewOf(caseFile, view.id, clock.now)) ?? view;
    return show(c, { ...visit, view: stands }, values, [{ field: 'files', message: mistake }]);
  });
  return app;
}

/** Of a name in a link, the file: the newest by a name of its own. */
const fileIn = (paper: ClosingPaperView, name: string) =>
  name === 'newest.pdf'
    ? paperFile(paper, 'newest')
    : [paper, paper.reading, ...paper.signed].find(({ file }) => file === `paper/${name}`);

/** In whose name the reader may put one in: a delegate in their own, the Secretariat in all. */
function signing(visit: Visit): CaseView['people'] {
  const { view, parts } = visit;
  const all = view.people.filter(({ role, active }) => active && (role === 'delegate' || role === 'staff'));
  return isSecretariat(visit)
    ? all
    : all.filter(({ id, role }) => role === 'delegate' && parts.some((one) => one.id === id));
}

function fields(visit: Visit, whose: CaseView['people']): Field[] {
  const { clock } = visit;
  const say = speaker('site.paper', clock.language);
  const ask = speaker('request.page', clock.language);
  return [
    ...(isSecretariat(visit)
      ? [
          whoseField(visit, whose),
          { ...{ name: 'how', as: 'text' as const, label: say('how'), hint: ask('howHint') } },
        ]
      : []),
    { name: 'files', as: 'file', accept: '.pdf', label: say('file') },
  ];
}

function show(c: PageContext, visit: Visit, values: Values = {}, mistakes: readonly Mistake[] = []) {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.paper', language);
  const { closingPaper: paper } = view;
  const whose = signing(visit);
  const at = `/c/${view.id}/paper`;
  return page(c, {
    title: say('title'),
    ownHeading: true,
    mistakes,
    script: 'upload.js',
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${cooperationNavigation(c, visit, 'cooperation')}
${c.req.query('signed') === undefined ? '' : success('done', say('done'), say('doneText'))}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${paper ? madeOf(paper, visit) : html`<p class="govuk-body">${say('making')}</p>`}
<p class="govuk-body"><a class="govuk-button rial-close" href="${at}/newest.pdf" download>${say('newest')}${paper ? ` (${sizeText(paperFile(paper, 'newest').size, language)})` : ''}</a></p>
<p class="govuk-body"><a class="govuk-link" href="${at}/reading.pdf" download>${say('reading')}</a> <span class="rial-soft">${say('readingHint')}</span> · <a class="govuk-link" href="/verify">${say('check')}</a></p>
${paper ? signaturesOf(paper, visit) : ''}
${
  whose.length === 0
    ? ''
    : html`<h2 class="govuk-heading-m">${say('sign')}</h2>
<p class="govuk-body">${say('signLead')}</p>
<form ${uploadAttributes(language)} action="${at}">
${partsHtml({ language, mistakes, values }, fields(visit, whose))}
<button type="submit" class="govuk-button">${say('send')}</button></form>`
}`,
  });
}

function madeOf({ madeAt, sha256, stamp }: ClosingPaperView, { clock }: Visit): Html {
  const say = speaker('site.paper', clock.language);
  return html`<p class="govuk-body">${say('made', { when: ownMomentOf(madeAt, clock), sha256 })}</p>
<p class="govuk-body">${say(`stamp-${stamp}`)}</p>`;
}

function signaturesOf({ signed }: ClosingPaperView, { view, clock }: Visit): Html {
  const { language } = clock;
  const say = speaker('site.paper', language);
  const heading = html`<h2 class="govuk-heading-m">${say('signatures')}</h2>`;
  if (signed.length === 0) return html`${heading}<p class="govuk-body">${say('none')}</p>`;
  return html`${heading}<p class="govuk-body">${say('vouch')}</p>
<ul class="rial-people">${signed.map(({ number, party, at, signatures }) => {
    const TheParty = partyNamed(view.programme, party, language, 'The');
    return html`<li><p class="govuk-body rial-close"><strong>${say('signed', { number, TheParty, when: ownMomentOf(at, clock) })}</strong></p>
${signerLines(signatures, language).map((line) => html`<p class="govuk-body-s rial-close">${line}</p>`)}
<p class="govuk-body-s"><a class="govuk-link" href="/c/${view.id}/paper/signed-${number}.pdf" download>${say('download')}<span class="govuk-visually-hidden"> ${number}</span></a></p></li>`;
  })}</ul>`;
}
