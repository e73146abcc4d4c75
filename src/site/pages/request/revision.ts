import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Refused } from '../../../client/index.ts';
import { lastChangeOf } from '../../../domain/caseView.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import type { Programme } from '../../../domain/programme/programme.ts';
import { differencesOfFiles } from '../../../domain/programme/programmeDifferences.ts';
import { requestLabel } from '../../../words/labels.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import {
  type Field,
  fieldsIn,
  hiddenHtml,
  partsHtml,
  plain,
  postedForm,
  textIn,
  textsOf,
  type Values,
} from '../../form.ts';
import { page as pageOf } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { blocksHtml } from '../../parts/blocks.ts';
import { draftOfReader } from '../../parts/draft.ts';
import { missing, type VisitSite } from '../../visit.ts';
import { limitedForm, tooLargePage } from '../programmeForm/answers.ts';
import type { FormMistake } from '../programmeForm/check.ts';
import { differencesHtml } from '../programmeForm/differences.ts';
import { sentIn } from '../programmeForm/entries.ts';
import {
  baseOf,
  begun,
  checkWriting,
  continued,
  receivedFile,
  sentForm,
  type Writing,
  writingPage,
} from '../programmeForm/revising.ts';
import { formScope } from '../programmeForm/scope.ts';
import { blocksOf } from './about.ts';
import { besideParts, mistakesOf } from './answer.ts';
import { openRequestPage } from './open.ts';
import { formPath, owes, pathOf, type RequestPage } from './requestPage.ts';

/** A programme that was sent back, revised in the form: the same answer as the file is. */

/** Whether a request is answered by a programme, and by whoever reads the page. */
export const isRevised = (page: RequestPage): boolean =>
  kinds[page.request.kind].form === 'programme' && owes(page);

/** Where the form is, of whoever answers: `''`, or `/open` for what it gave before. */
export const revisionPath = (page: RequestPage, suffix = ''): string => {
  const path = pathOf(page.view, page.request);
  return `${path}/form${suffix}${formPath(page).slice(path.length)}`;
};

const scopeIn = ({ view }: RequestPage) => formScope('revision', view);
const visitIn = ({ visit, view }: RequestPage) => ({ ...visit, view });

export function revisionPages(outside: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  const { checkProgramme } = outside.cooperations;

  /** The request as it is now, for those who answer it; for others its page. */
  const opened = async (
    c: Context<VisitSite>,
    work: (page: RequestPage) => Response | Promise<Response>,
  ): Promise<Response> => {
    const page = await openRequestPage(outside, c);
    if (!page || kinds[page.request.kind].form !== 'programme') return missing(c);
    return isRevised(page) ? work(page) : c.redirect(pathOf(page.view, page.request), 303);
  };

  app.get('/requests/:scope/:name/form', (c) =>
    opened(c, async (page) => {
      const kept = await draftOfReader(outside, c, revisionPath(page));
      if (!kept) return shown(c, page, begun(visitIn(page), scopeIn(page)));
      const { writing, sent } = continued(visitIn(page), scopeIn(page), kept);
      return shown(c, { ...page, values: besideIn(page, (name) => sent.get(name) ?? '') }, writing);
    }),
  );

  app.post('/requests/:scope/:name/form', limitedForm, (c) =>
    opened(c, async (opened) => {
      const sent = sentIn(await c.req.text());
      if (!sent) return tooLargePage(c);
      const page = { ...opened, values: besideIn(opened, (name) => sent.get(name) ?? '') };
      const form = { visit: visitIn(page), scope: scopeIn(page), path: revisionPath(page) };
      const given = await sentForm(outside, c, sent, { ...form, beside: keptBeside(page) });
      if ('answer' in given) return given.answer;
      const { writing, isToCheck } = given;
      if (!isToCheck) return shown(c, page, writing);
      const result = await checkWriting(visitIn(page), writing, checkProgramme);
      return 'mistakes' in result ? shown(c, page, writing, result.mistakes) : confirmed(c, page, result);
    }),
  );

  /** From what it came to, where more is to be revised. */
  app.post('/requests/:scope/:name/form/open', limitedForm, (c) =>
    opened(c, async (opened) => {
      const { values } = await postedForm(c, [...fieldsIn(besideParts(opened)), ...REVISED]);
      return revisedAgain(outside, c, { ...opened, values });
    }),
  );
  return app;
}

/** What travels from the form to the answer and back. */
const REVISED: readonly Field[] = [
  { name: 'programme', as: 'source', label: '' },
  { name: 'base', as: 'hidden', value: '' },
];

/** What the answer is about, by a name that no field of a programme has. */
const ABOUT = 'about';

const besideIn = (page: RequestPage, textOf: (name: string) => string): Values => ({
  ...Object.fromEntries(fieldsIn(besideParts(page)).map(({ name }) => [name, [plain(textOf(name))]])),
  subject: [textOf(ABOUT) || page.request.subject.hash],
});

/** The same, as it is kept. */
const keptBeside = ({ values }: RequestPage): Record<string, string> => {
  const { subject = '', ...others } = textsOf(values);
  return { ...others, [ABOUT]: subject };
};

/** The form again, as it was filled, with why the answer was refused, and what others changed meanwhile. */
export async function revisedAgain(
  { cooperations }: SiteOutside,
  c: PageContext,
  page: RequestPage,
  error?: Refused,
) {
  const given = { source: textIn(page.values, 'programme'), base: textIn(page.values, 'base') };
  const writing = await receivedFile(visitIn(page), scopeIn(page), given, cooperations.checkProgramme);
  const mistakes = error && error.code !== 'ChangedSince' ? mistakesOf(error, page) : [];
  return shown(
    c,
    page,
    writing,
    mistakes.map((one) => ({ ...one, where: '' })),
  );
}

function shown(c: PageContext, page: RequestPage, writing: Writing, mistakes: readonly FormMistake[] = []) {
  const { view, request, language } = page;
  const say = speaker('form.standing', language);
  const lead: Html = html`<p class="govuk-body-l">${say('reviseLead')}</p>
${blocksHtml(blocksOf(page).matter)}
<p class="govuk-body"><a class="govuk-link" href="${formPath(page)}#file">${say('asFile')}</a></p>`;
  return writingPage(c, visitIn(page), writing, {
    title: requestLabel(request, language),
    back: { href: pathOf(view, request) },
    path: revisionPath(page),
    lead,
    more: partsHtml({ language, values: page.values, mistakes }, carriedParts(page)),
    mistakes,
  });
}

/** The subject is what was looked at when the form was made. */
const carriedParts = (page: RequestPage) => [
  ...besideParts(page).filter((part) => !('as' in part && part.as === 'hidden')),
  { name: ABOUT, as: 'hidden' as const, value: textIn(page.values, 'subject') || page.request.subject.hash },
];

/** What it changes, before it is sent. */
function confirmed(
  c: PageContext,
  page: RequestPage,
  { source, programme }: { source: string; programme: Programme },
) {
  const { view, request, language } = page;
  const say = speaker('form.standing', language);
  const differences = differencesOfFiles(view.programme, programme);
  const beside = fieldsIn(besideParts(page)).map(({ name }) => hiddenHtml(name, textIn(page.values, name)));
  return pageOf(c, {
    title: say('confirm'),
    back: { href: pathOf(view, request) },
    body: html`<p class="govuk-body-l">${requestLabel(request, language)}</p>
<div class="govuk-inset-text">${say('confirmLead')}</div>
<h2 class="govuk-heading-m">${speaker('changes.preview', language)('differences')}</h2>
${differences.length > 0 ? differencesHtml(differences, visitIn(page)) : html`<p class="govuk-body">${say('same')}</p>`}
<form method="post" action="${formPath(page)}" enctype="multipart/form-data">
${beside}${hiddenHtml('seen', String(lastChangeOf(view)))}${hiddenHtml('base', baseOf(view))}${hiddenHtml('programme', source)}
<div class="govuk-button-group"><button class="govuk-button" type="submit" data-prevent-double-click="true">${say('send')}</button>
<button class="govuk-button govuk-button--secondary" type="submit" formaction="${revisionPath(page, '/open')}">${speaker('form.fields', language)('goOn')}</button></div></form>`,
  });
}
