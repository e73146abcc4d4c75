import { Hono } from 'hono';
import { html } from 'hono/html';
import { viewOf } from '../../../casefile/view.ts';
import { Refused } from '../../../client/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { consentsOn, isReadOutside, lastSaidAt } from '../../../domain/results/consent.ts';
import { PUBLISH } from '../../../domain/results/publish.ts';
import type { SheetStanding } from '../../../domain/results/sheet.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';

import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import {
  type Field,
  fieldHtml,
  hiddenHtml,
  type Mistake,
  partsHtml,
  postedForm,
  seenAgain,
  seenField,
  smallForm,
  textIn,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { consentList, hasSheetPage } from '../../parts/consents.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import { success } from '../../parts/govuk.ts';
import { recorderIn, recordingDoor, whoseField, whoseIn } from '../../parts/recording.ts';
import { refusedText } from '../../refusals.ts';
import { isSecretariat, missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';

/** Whether people outside may read the published sheet: what each ministry says, and its focal point says anew. */

export function consentPages({ cooperations, caseFile }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  const show = async (c: PageContext, visit: Visit, values: Values = {}, mistakes: readonly Mistake[] = []) =>
    shown(c, visit, { values, mistakes, hasPage: await hasSheetPage(caseFile, visit.view) });
  app.get('/consents', notForGuests, (c) => {
    const visit = c.get('visit');
    return visit.view.sheet ? show(c, visit) : missing(c);
  });
  app.post('/consents', notForGuests, smallForm, async (c) => {
    const visit = c.get('visit');
    const whose = speaking(visit);
    if (!visit.view.sheet || whose.length === 0) return missing(c);
    const { values, mistakes } = await postedForm(c, [VERSION, seenField({}, ''), ...fields(visit, whose)]);
    const publish = PUBLISH.find((one) => one === textIn(values, 'publish'));
    const person = whoseIn(visit, whose, textIn(values, 'by'));
    if (mistakes.length > 0 || !publish || !person) return show(c, visit, values, mistakes);
    try {
      await cooperations.consent(
        visit.view.id,
        {
          ...{ by: person.id, version: Number(textIn(values, 'version')) || 1, publish },
          seen: textIn(values, 'seen') || null,
          ...(isSecretariat(visit) && { recorded: { by: recorderIn(visit), how: textIn(values, 'how') } }),
        },
        recordingDoor(visit),
      );
      return c.redirect(`/c/${visit.view.id}/consents?said`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      // Whoever is told that something was said since sees what that is, on the page.
      const since = error.code === 'WrittenSince';
      const view = since ? await viewOf(caseFile, visit.view.id, visit.clock.now) : undefined;
      return show(c, view ? { ...visit, view } : visit, seenAgain(values, error), [
        { field: 'publish', message: refusedText(error, visit) },
      ]);
    }
  });
  return app;
}

const VERSION: Field = { as: 'hidden', name: 'version', value: '' };

/** For whom the reader may say it: the focal point for their own ministry, the Secretariat for the delegates of all. */
function speaking(visit: Visit): CaseView['people'] {
  const { view, parts } = visit;
  const delegates = view.people.filter(({ role, active }) => role === 'delegate' && active);
  return isSecretariat(visit)
    ? delegates
    : delegates.filter(({ id, focalPoint }) => focalPoint && parts.some((one) => one.id === id));
}

function fields(visit: Visit, whose: CaseView['people']): Field[] {
  const { view, clock } = visit;
  const say = speaker('site.consents', clock.language);
  const ask = speaker('request.page', clock.language);
  return [
    ...(isSecretariat(visit)
      ? [
          whoseField(visit, whose),
          {
            ...{ name: 'how', as: 'text' as const, label: ask('how') },
            ...{ hint: ask('howHint'), required: ask('howMissing') },
          },
        ]
      : []),
    {
      ...{ name: 'publish', as: 'radios', label: say('question'), hint: say('questionHint') },
      ...{ required: say('missing'), options: sayable(view).map((value) => ({ value, label: say(value) })) },
    },
  ];
}

/** What a ministry may say: of a sheet that was withdrawn it takes back that people outside may read it. */
const sayable = ({ sheet }: Pick<CaseView, 'sheet'>) =>
  PUBLISH.filter((one) => !sheet?.withdrawn || one === 'no');

type FormState = { values: Values; mistakes: readonly Mistake[]; hasPage: boolean };

function shown(c: PageContext, visit: Visit, { values, mistakes, hasPage }: FormState) {
  const { view, clock } = visit;
  const say = speaker('site.consents', clock.language);
  if (!view.sheet) return missing(c);
  const { sha256 } = view.sheet;
  return page(c, {
    title: say('title'),
    ownHeading: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${cooperationNavigation(c, visit, 'drafts')}
${c.req.query('said') === undefined ? '' : success('said', say('done'), say('said'))}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${leadOf(visit, view.sheet)}</p>
${consentList(visit, sha256)}
${hasPage ? html`<p class="govuk-body"><a class="govuk-link" href="/sheets/${view.id}">${say('page')}</a></p>` : ''}
${form(visit, view.sheet, values, mistakes)}`,
  });
}

function leadOf({ view, clock }: Visit, { version, sha256, withdrawn }: SheetStanding): string {
  const say = speaker('site.consents', clock.language);
  if (withdrawn) return say('leadWithdrawn', { version, when: ownMomentOf(withdrawn.at, clock) });
  return say(isReadOutside(view, sha256) ? 'leadOpen' : 'leadClosed', { version });
}

function form(
  visit: Visit,
  { version, sha256, withdrawn }: SheetStanding,
  values: Values,
  mistakes: readonly Mistake[],
): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.consents', language);
  const whose = speaking(visit);
  if (whose.length === 0) return html`<p class="govuk-body-s rial-soft">${say('who')}</p>`;
  const [own] = whose;
  const said = isSecretariat(visit)
    ? undefined
    : consentsOn(view, sha256).find(({ party }) => party === own?.party)?.said?.publish;
  // Of what is withdrawn there is nothing to say but that it is taken back.
  if (withdrawn && !isSecretariat(visit) && said !== 'yes') return html``;
  return html`<h2 class="govuk-heading-m">${say(isSecretariat(visit) ? 'record' : 'say')}</h2>
<form method="post" action="/c/${view.id}/consents" novalidate>${hiddenHtml('version', String(version))}${fieldHtml({ language, values, mistakes }, seenField(values, lastSaidAt(view, sha256)))}
${partsHtml({ language, mistakes, values: { ...(said && { publish: [said] }), ...values } }, fields(visit, whose))}
<button type="submit" class="govuk-button">${say('send')}</button></form>`;
}
