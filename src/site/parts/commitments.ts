import { html } from 'hono/html';
import { type CaseView, fulfilmentIn } from '../../domain/caseView.ts';
import { type Commitment, LONGEST_COMMITMENT } from '../../domain/content.ts';
import type { Language } from '../../domain/language.ts';
import { plainDate } from '../../domain/programme/programme.ts';
import { type CommitmentView, standingCommitments } from '../../domain/results/commitments.ts';
import {
  commitmentLine,
  commitmentOrigin,
  commitmentOwner,
  commitmentState,
} from '../../words/commitments.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { printedDate } from '../../words/papers.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { type Field, type Mistake, type Option, textIn, type Values } from '../form.ts';
import { scrollTable } from './govuk.ts';
import { listLeft } from './sessions.ts';

/** What people took upon themselves: entered in a form, row by row, and shown to both sides. */

/** Whose it can be: each institution, and its people under it. */
const ownerChoices = ({ programme, people }: CaseView, language: Language): readonly Option[] =>
  programme.institutions.flatMap(({ id }): Option[] => {
    const group = partyNamed(programme, id, language);
    const own = people.filter(
      ({ party, active, role }) => party === id && active && (role === 'delegate' || role === 'staff'),
    );
    return [
      { value: id, label: group, group },
      ...own.map((person) => ({ value: person.id, label: person.name, group })),
    ];
  });

const fieldOf = (row: number, name: 'what' | 'owner' | 'due'): string => `commitment-${row}-${name}`;
const NAMES = ['what', 'owner', 'due'] as const;

/** The three fields of one. `row` counts from 1, and is said with each, for whoever hears the form read out. */
export function commitmentFields(view: CaseView, language: Language, row?: number): Field[] {
  const say = speaker('site.commitments', language);
  const named = (name: (typeof NAMES)[number]) =>
    row === undefined ? { name } : { name: fieldOf(row, name), of: say('one', { n: String(row) }) };
  // A row may be left out, and not a part of it.
  const left = row === undefined ? {} : ({ conditional: true } as const);
  return [
    { ...named('what'), ...left, as: 'text', label: say('what'), most: LONGEST_COMMITMENT },
    {
      ...{ ...named('owner'), ...left, as: 'select', label: say('owner'), hint: say('ownerHint') },
      options: ownerChoices(view, language),
    },
    { ...named('due'), ...left, as: 'date', label: say('due') },
  ];
}

/** More rows than there are commitments, so that some can be added. */
const BLANK_ROWS = 3;
export const rowsFor = (standing: number): number[] =>
  Array.from({ length: standing + BLANK_ROWS }, (_, index) => index + 1);

/** The rows as they are shown before anybody has written in them. */
export const commitmentTexts = (standing: readonly CommitmentView[]): Record<string, string> =>
  Object.fromEntries(
    standing.flatMap(({ what, party, person, due }, index) => [
      [fieldOf(index + 1, 'what'), what],
      [fieldOf(index + 1, 'owner'), person ?? party],
      [fieldOf(index + 1, 'due'), due],
    ]),
  );

/** What the rows say; a row that is begun is filled in whole. */
export function commitmentsTyped(
  values: Values,
  rows: readonly number[],
  language: Language,
): { commitments: Commitment[]; mistakes: Mistake[] } {
  const say = speaker('site.commitments', language);
  const commitments: Commitment[] = [];
  const mistakes: Mistake[] = [];
  for (const row of rows) {
    const [what = '', owner = '', due = ''] = NAMES.map((name) => textIn(values, fieldOf(row, name)));
    if (![what, owner, due].some(Boolean)) continue;
    const lacking = NAMES.filter((name) => !textIn(values, fieldOf(row, name)));
    const unreadable = due !== '' && !plainDate.safeParse(due).success;
    mistakes.push(
      ...lacking.map((name) => ({
        field: fieldOf(row, name),
        message: say(`${name}Missing`, { n: String(row) }),
      })),
      ...(unreadable ? [{ field: fieldOf(row, 'due'), message: say('dueMissing', { n: String(row) }) }] : []),
    );
    commitments.push({ what, owner, due });
  }
  return { commitments, mistakes };
}

/** What was agreed at a meeting or in a session, under its minutes. */
export const commitmentsLeft = (
  standing: readonly CommitmentView[],
  view: CaseView,
  language: Language,
): Html | '' =>
  listLeft(
    'commitments',
    standing.map((one) => commitmentLine(one, view, language)),
    language,
  );

/** What an answer says became of commitments; nothing where it says nothing of that. */
export function fulfilmentList(view: CaseView, content: string | null, language: Language): Html | '' {
  const told = fulfilmentIn(view, content).map(({ commitment, outcome, until = '', text }) => {
    const what = view.commitments.find(({ number }) => number === commitment)?.what ?? String(commitment);
    return html`<li>${what}<br>${commitmentState({ outcome, due: until }, language)}${text ? html`<br><span class="rial-prewrap">${text}</span>` : ''}</li>`;
  });
  return told.length > 0 ? html`<ul class="govuk-list govuk-list--bullet">${told}</ul>` : '';
}

/** All that stand, with what became of each; nothing where nobody took anything upon themselves. */
export function commitmentsSection(
  view: CaseView,
  language: Language,
  correct?: (one: CommitmentView) => string,
): Html | '' {
  const standing = standingCommitments(view.commitments);
  if (standing.length === 0) return '';
  const say = speaker('site.commitments', language);
  const heads = [say('what'), say('owner'), say('due'), say('state')];
  return html`<h2 class="govuk-heading-m" id="commitments">${say('heading')}</h2>
${scrollTable(
  say('heading'),
  heads,
  standing.map((one) => [
    html`${one.what}<br><span class="rial-soft">${commitmentOrigin(one, language)}</span>${correct ? html`<br><a class="govuk-link" href="${correct(one)}">${say('correct')}<span class="govuk-visually-hidden"> — ${one.what}</span></a>` : ''}`,
    commitmentOwner(one, view, language),
    printedDate(one.due, language, true),
    html`${commitmentState(one, language)}${one.text ? html`<br><span class="rial-prewrap">${one.text}</span>` : ''}`,
  ]),
)}`;
}
