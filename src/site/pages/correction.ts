import { Hono } from 'hono';
import { html } from 'hono/html';
import { Refused } from '../../client/index.ts';
import type { CaseView } from '../../domain/caseView.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import {
  type Field,
  fieldHtml,
  type Mistake,
  plain,
  postedForm,
  readForm,
  textsOf,
  valuesOf,
} from '../form.ts';
import type { SiteOutside } from '../outside.ts';
import { draftOfReader } from '../parts/draft.ts';
import { staffOnly, type Visit, type VisitSite } from '../visit.ts';
import { changeIn, fieldsOf, refusedAs } from './changes/form.ts';
import { KINDS } from './changes/kinds.ts';
import { notNowPage } from './changes/list.ts';
import { previewPage } from './changes/preview.ts';
import { limitedForm, tooLargePage } from './programmeForm/answers.ts';
import type { FormMistake } from './programmeForm/check.ts';
import { sentIn } from './programmeForm/entries.ts';
import {
  baseOf,
  begun,
  checkWriting,
  continued,
  receivedFile,
  sentForm,
  type Writing,
  writingPage,
} from './programmeForm/revising.ts';
import { formScope } from './programmeForm/scope.ts';

/** The programme of a cooperation under way, corrected in the form: the same change as the file makes. */

/** What a preview takes along, and sends back where more is to be corrected. */
const CORRECTED: readonly Field[] = [
  { name: 'programme', as: 'source', label: '' },
  { name: 'reason', as: 'long', label: '' },
  { name: 'base', as: 'hidden', value: '' },
];
type CorrectedFile = { source: string; reason: string; base: string };

/** Where the form is; its draft is kept under the same. */
export const correctionPath = ({ id }: Pick<CaseView, 'id'>): string => `/c/${id}/programme/form`;
const pathOf = ({ view }: Visit): string => correctionPath(view);
const scopeIn = ({ view }: Visit) => formScope('correction', view);

export function correctionPages(outside: SiteOutside): Hono<VisitSite> {
  const { cooperations } = outside;
  const app = new Hono<VisitSite>();
  const { checkProgramme } = cooperations;
  app.use('/programme/*', staffOnly);
  app.use('/programme/*', limitedForm);
  app.use('/programme/*', (c, next) => {
    const visit = c.get('visit');
    return KINDS.amend.possible(visit.view, visit.clock.now) ? next() : Promise.resolve(notNowPage(c, visit));
  });

  app.get('/programme/form', async (c) => {
    const visit = c.get('visit');
    const kept = await draftOfReader(outside, c, pathOf(visit));
    if (kept) {
      const { writing, sent } = continued(visit, scopeIn(visit), kept);
      return shown(c, visit, writing, { reason: plain(sent.get('reason') ?? '') });
    }
    return shown(c, visit, begun(visit, scopeIn(visit)), { reason: '' });
  });

  app.post('/programme/form', async (c) => {
    const visit = c.get('visit');
    const sent = sentIn(await c.req.text());
    if (!sent) return tooLargePage(c);
    const reason = plain(sent.get('reason') ?? '');
    const form = { visit, scope: scopeIn(visit), path: pathOf(visit), beside: { reason } };
    const given = await sentForm(outside, c, sent, form);
    if ('answer' in given) return given.answer;
    return given.isToCheck
      ? checked(c, visit, given.writing, reason)
      : shown(c, visit, given.writing, { reason });
  });

  /** From the preview, where more is to be corrected. */
  app.post('/programme/form/open', async (c) => {
    const { programme = '', reason = '', base = '' } = textsOf((await postedForm(c, CORRECTED)).values);
    return correctedAgain(c, c.get('visit'), { source: programme, reason, base }, checkProgramme);
  });

  async function checked(c: PageContext, visit: Visit, writing: Writing, reason: string) {
    const { language } = visit.clock;
    const result = await checkWriting(visit, writing, checkProgramme);
    const source = 'source' in result ? result.source : '';
    const reading = readForm(fieldsOf('amend', visit), valuesOf({ programme: source, reason }), language);
    const withoutReason = reading.mistakes.filter(({ field }) => field === 'reason');
    if ('mistakes' in result || withoutReason.length > 0)
      return shown(c, visit, writing, {
        reason,
        mistakes: ['mistakes' in result ? result.mistakes : [], placed(withoutReason)].flat(),
      });
    const change = await changeIn('amend', reading, visit, checkProgramme);
    if ('mistakes' in change) return shown(c, visit, writing, { reason, mistakes: placed(change.mistakes) });
    const { given } = change;
    try {
      return previewPage(c, visit, {
        ...{ kind: 'amend', given, values: { programme: source, reason } },
        foreseen: await cooperations.preview(visit.view.id, given),
        written: { path: `${pathOf(visit)}/open`, base: baseOf(visit.view) },
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return shown(c, visit, writing, { reason, mistakes: placed(refusedAs(error, 'amend', visit)) });
    }
  }
  return app;
}

const placed = (mistakes: readonly Mistake[]): FormMistake[] =>
  mistakes.map((mistake) => ({ ...mistake, where: '' }));

/** The form again, as it was filled, with why what it gave was refused, and what others changed meanwhile. */
export async function correctedAgain(
  c: PageContext,
  visit: Visit,
  { source, reason, base }: CorrectedFile,
  check: SiteOutside['cooperations']['checkProgramme'],
  error?: Refused,
) {
  const writing = await receivedFile(visit, scopeIn(visit), { source, base }, check);
  // What others changed is said with what they changed.
  const mistakes = error && error.code !== 'ChangedSince' ? placed(refusedAs(error, 'amend', visit)) : [];
  return shown(c, visit, writing, { reason, mistakes });
}

function shown(
  c: PageContext,
  visit: Visit,
  writing: Writing,
  { reason, mistakes = [] }: { reason: string; mistakes?: readonly FormMistake[] },
) {
  const { language } = visit.clock;
  const { id } = visit.view;
  const say = speaker('form.standing', language);
  const asked = fieldsOf('amend', visit).find(({ name }) => name === 'reason') as Field;
  const lead: Html = html`<p class="govuk-body-l">${say('correctLead')}</p>
<p class="govuk-body">${say('elsewhere')} <a class="govuk-link" href="/c/${id}/changes">${say('changes')}</a>. <a class="govuk-link" href="/c/${id}/changes/new/amend">${say('asFile')}</a></p>`;
  return writingPage(c, visit, writing, {
    title: speaker('changes.kinds', language)('amend'),
    back: { href: `/c/${id}/changes` },
    path: pathOf(visit),
    lead,
    more: fieldHtml({ language, values: { reason: [reason] }, mistakes }, asked),
    mistakes,
  });
}
