import { html } from 'hono/html';
import type { CaseFile } from '../../casefile/database/database.ts';
import { sheetOf } from '../../casefile/results/library.ts';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { Language } from '../../domain/language.ts';
import { consentsOn } from '../../domain/results/consent.ts';
import { PUBLISH } from '../../domain/results/publish.ts';
import { publishedSheet } from '../../domain/results/sheet.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { partyNamed, personName, recorderName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import type { Field } from '../form.ts';
import type { Visit } from '../visit.ts';
import { summaryList, tag } from './govuk.ts';

/** Whether people outside may read the sheet: as it is asked beside the approval, and what each ministry says. */

/** The question, which may be left open. */
export function publishField(language: Language): Field {
  const say = speaker('site.consents', language);
  return {
    ...{ name: 'publish', as: 'radios', label: say('question'), hint: say('questionHint') },
    options: [
      ...PUBLISH.map((value) => ({ value, label: say(value) })),
      { value: 'later', label: say('later') },
    ],
  };
}

/** What each ministry says about a version of the sheet, by its hash. */
export function consentList({ view, clock }: Pick<Visit, 'view' | 'clock'>, sha256: string): Html {
  const { language } = clock;
  const say = speaker('site.consents', language);
  return summaryList(
    consentsOn(view, sha256).map(({ party, said }) => [
      partyNamed(view.programme, party, language),
      said
        ? html`${tag(said.publish === 'yes' ? 'green' : 'red', say(`state-${said.publish}`))}
<p class="govuk-body-s rial-soft rial-close">${personName(view, said.by)}, ${ownMomentOf(said.at, clock)}</p>${recordedHow(view, said, language)}`
        : tag('grey', say('state-open')),
    ]),
  );
}

function recordedHow(
  view: CaseView,
  { recorded }: CaseView['consents'][number],
  language: Language,
): Html | '' {
  if (!recorded) return '';
  const value = view.contents.find(({ hash }) => hash === recorded.how)?.value as
    | { reason?: string }
    | undefined;
  const name = recorderName(view, recorded.by, language, 'by');
  return html`<p class="govuk-body-s rial-soft rial-close rial-prewrap">${speaker('site.consents', language)('recordedBy', { byName: name, how: value?.reason ?? '' })}</p>`;
}

/** From a review whose sheet was published to where it is said later, and taken back. */
export function consentsLink({
  view,
  request,
  language,
}: {
  view: CaseView;
  request: RequestView;
  language: Language;
}): Html | '' {
  if (!kinds[request.kind].decisions.approve?.takes?.includes('publish')) return '';
  if (view.sheet?.sha256 !== request.subject.hash) return '';
  return html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/consents">${speaker('site.consents', language)('title')}</a></p>`;
}

/** Whether the published sheet has its own page: the library takes it in soon after the publication. */
export const hasSheetPage = async (db: CaseFile, view: CaseView): Promise<boolean> =>
  publishedSheet(view) !== undefined && (await sheetOf(db, view.id)) !== undefined;
