import { html } from 'hono/html';
import { type CaseView, reportedIn } from '../../domain/caseView.ts';
import { type Contribution, LONGEST_LESSON } from '../../domain/content.ts';
import type { Language } from '../../domain/language.ts';
import { CURRENCIES, LONGEST_PURPOSE, MOST_MONEY } from '../../domain/results/funding.ts';
import type { ReportData } from '../../domain/results/reportData.ts';
import { contributionText } from '../../words/funding.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { type Field, linesOf, type Mistake, type Part, textIn, type Values } from '../form.ts';
import { scrollTable } from './govuk.ts';

/** What comes with a report as data: lessons, and what institutions put in in money. */

const NAMES = ['party', 'amount', 'currency', 'what'] as const;
const fieldOf = (row: number, name: (typeof NAMES)[number]): string => `funding-${row}-${name}`;
/** More rows than there are, so that some can be added. */
const BLANK_ROWS = 3;
const rowsFor = (standing: number): number[] =>
  Array.from({ length: standing + BLANK_ROWS }, (_, index) => index + 1);

export function reportedParts(view: CaseView, standing: ReportData, language: Language): Part[] {
  const say = speaker('site.reported', language);
  return [
    {
      legend: say('lessons'),
      fields: [
        {
          name: 'lessons',
          as: 'long',
          label: say('lessonsField'),
          hint: say('lessonsHint'),
          conditional: true,
        },
      ],
    },
    ...rowsFor(standing.funding.length).map((row) => ({
      legend: say('fundingRow', { n: String(row) }),
      ...(row === 1 && { hint: say('fundingHint') }),
      fields: rowFields(view, row, language),
    })),
  ];
}

function rowFields({ programme }: CaseView, row: number, language: Language): Field[] {
  const say = speaker('site.reported', language);
  const named = (name: (typeof NAMES)[number]) => ({
    ...{ name: fieldOf(row, name), of: say('fundingRow', { n: String(row) }), label: say(name) },
    conditional: true as const,
  });
  return [
    {
      ...{ ...named('party'), as: 'select' },
      options: programme.institutions.map(({ id }) => ({
        value: id,
        label: partyNamed(programme, id, language),
      })),
    },
    { ...named('amount'), as: 'text', hint: say('amountHint'), most: 20 },
    { ...named('currency'), as: 'select', options: CURRENCIES.map((value) => ({ value, label: value })) },
    { ...named('what'), as: 'text', most: LONGEST_PURPOSE },
  ];
}

/** As it is shown before anybody has written in it. */
export const reportedTexts = ({ lessons, funding }: ReportData): Record<string, string> => ({
  ...(lessons.length > 0 && { lessons: lessons.join('\n') }),
  ...Object.fromEntries(
    funding.flatMap(({ party, amount, currency, what = '' }, index) => [
      [fieldOf(index + 1, 'party'), party],
      [fieldOf(index + 1, 'amount'), String(amount)],
      [fieldOf(index + 1, 'currency'), currency],
      [fieldOf(index + 1, 'what'), what],
    ]),
  ),
});

/** What the form says; a row that is begun is filled in whole, but for what the money was for. */
export function reportedTyped(
  values: Values,
  standing: ReportData,
  language: Language,
): { reported: Partial<ReportData>; mistakes: Mistake[] } {
  const say = speaker('site.reported', language);
  const lessons = linesOf(textIn(values, 'lessons'));
  const funding: Contribution[] = [];
  const mistakes: Mistake[] = lessons.some((one) => one.length > LONGEST_LESSON)
    ? [{ field: 'lessons', message: say('lessonTooLong', { most: String(LONGEST_LESSON) }) }]
    : [];
  for (const row of rowsFor(standing.funding.length)) {
    const [party = '', typed = '', letters = '', what = ''] = NAMES.map((name) =>
      textIn(values, fieldOf(row, name)),
    );
    if (![party, typed, letters, what].some(Boolean)) continue;
    const amount = amountIn(typed);
    const currency = CURRENCIES.find((one) => one === letters);
    const n = String(row);
    if (!party) mistakes.push({ field: fieldOf(row, 'party'), message: say('partyMissing', { n }) });
    if (!amount) mistakes.push({ field: fieldOf(row, 'amount'), message: say('amountMissing', { n }) });
    if (!currency) mistakes.push({ field: fieldOf(row, 'currency'), message: say('currencyMissing', { n }) });
    if (amount && currency) funding.push({ party, amount, currency, ...(what && { what }) });
  }
  return {
    // What was there before is taken out by a form that says none of it.
    reported: {
      ...((lessons.length > 0 || standing.lessons.length > 0) && { lessons }),
      ...((funding.length > 0 || standing.funding.length > 0) && { funding }),
    },
    mistakes,
  };
}

/** "1200", "1200,50", "1.200,50": thousands are parted by one sign, and hundredths by another. */
function amountIn(typed: string): number | undefined {
  const found = AMOUNT.exec(typed.replaceAll(/\s/gu, ''))?.groups;
  if (!found) return undefined;
  const { whole = '', sign, hundredths = '0' } = found;
  if (sign !== undefined && whole.includes(sign)) return undefined;
  const amount = Number(`${whole.replaceAll(/[.,]/g, '')}.${hundredths}`);
  return amount > 0 && amount <= MOST_MONEY ? amount : undefined;
}
const AMOUNT =
  /^(?<whole>\d{1,12}|\d{1,3}(?:\.\d{3}){1,3}|\d{1,3}(?:,\d{3}){1,3})(?:(?<sign>[.,])(?<hundredths>\d{1,2}))?$/;

/** What the report says of it, on the page of a cooperation; nothing where it says nothing. */
export function reportedSection(view: CaseView, language: Language): Html | '' {
  const { lessons, funding } = reportedIn(view);
  if (lessons.length + funding.length === 0) return '';
  const say = speaker('site.reported', language);
  return html`<section aria-labelledby="lessons"><h2 class="govuk-heading-m" id="lessons">${say('heading')}</h2>
${lessons.length > 0 ? html`<ul class="govuk-list govuk-list--bullet">${lessons.map((one) => html`<li>${one}</li>`)}</ul>` : ''}
${
  funding.length > 0
    ? scrollTable(
        say('funding'),
        [say('party'), say('funding')],
        funding.map((one) => [
          partyNamed(view.programme, one.party, language),
          contributionText(one, language),
        ]),
      )
    : ''
}</section>`;
}
