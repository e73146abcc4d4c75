import type { RequestView } from '../../../domain/caseView.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import type { Form } from '../../../domain/kinds/kind.ts';
import { marksText } from '../../../words/brief.ts';
import { momentOf } from '../../../words/dates/dates.ts';
import { fieldsIn, type Part } from '../../form.ts';
import { pageReaderOf } from './about.ts';
import { ANSWER_FORMS, CALLED, markField } from './answerForms.ts';
import { type RequestPage, sayIn } from './requestPage.ts';

/**
 * The ways to answer a request, each a form with one button: whoever answers chooses by what they press, and not a second
 * time before. The fields are those of the whole form, which stands there where somebody records or corrects an answer, or
 * has written in it before.
 */

export type Way = {
  /** What it sends beside what is written in it. */
  says: Readonly<Record<string, string>>;
  parts: readonly Part[];
  /** What stands above it. */
  lead?: string | undefined;
  button: string;
  /** It is not what most will press. */
  secondary?: true;
  /** Where script runs, its files are chosen and sent by one button. */
  atOnce?: true;
};

export type Ways = {
  /** What most answer with, above the form. */
  usual: readonly Way[];
  /** What something is written for, or files are sent with; all else that can be answered where nothing else is said. */
  main: Way;
  others: readonly Way[];
};

const formOf = ({ kind }: RequestView) => ANSWER_FORMS[kinds[kind].form];

const namesIn = (part: Part): string[] => fieldsIn([part]).map(({ name }) => name);
const only = (page: RequestPage, ...names: string[]): Part[] =>
  formOf(page.request)
    .parts(page)
    .filter((part) => namesIn(part).some((name) => names.includes(name)));
const without = (page: RequestPage, ...names: string[]): Part[] =>
  formOf(page.request)
    .parts(page)
    .filter((part) => !namesIn(part).some((name) => names.includes(name)));

/** The whole form, with the button that it has. */
function wholeOf(page: RequestPage): Way {
  const { button = 'send', atOnce, parts } = formOf(page.request);
  return { says: {}, parts: parts(page), button: sayIn(page)(button), ...(atOnce && { atOnce }) };
}

const WAYS: Partial<Record<Form, (page: RequestPage) => Partial<Ways>>> = {
  review(page) {
    const say = sayIn(page);
    const { approve, changes } = kinds[page.request.kind].decisions;
    const button = (called: keyof typeof CALLED | undefined, otherwise: 'approve' | 'askChanges') =>
      say(called ? CALLED[called] : otherwise);
    return {
      usual: [
        {
          says: { decision: 'approve' },
          ...{ parts: only(page, 'publish'), button: button(approve?.called, 'approve') },
        },
      ],
      main: {
        says: { decision: 'changes' },
        ...{ parts: only(page, 'reason'), button: button(changes?.called, 'askChanges'), secondary: true },
      },
    };
  },
  marks: (page) => ({
    usual: [
      {
        says: Object.fromEntries(page.request.slots.map(({ id }) => [markField(id), 'yes'])),
        ...{ parts: [], button: sayIn(page)('allSuit') },
      },
    ],
  }),
  date(page) {
    const { request, visit } = page;
    const say = sayIn(page);
    const slots = request.slots.map(
      ({ id, startsAt, endsAt, marks }): Way => ({
        ...{ says: { choice: `slot:${id}` }, parts: [], secondary: true },
        lead: marksText(marks, pageReaderOf(page)) || undefined,
        button: momentOf(startsAt, visit.clock, endsAt),
      }),
    );
    const entered = request.windowRanOut === 'entered';
    const hold: Way = {
      ...{ says: { choice: 'hold' }, parts: [] },
      ...{ lead: say(entered ? 'wasHeldHint' : 'holdHint'), button: say(entered ? 'wasHeld' : 'hold') },
    };
    const anew: Way = {
      ...{ says: { choice: 'changes' }, parts: only(page, 'reason'), secondary: true },
      button: say('newDates'),
    };
    return {
      usual: [...slots, ...(request.decisions.includes('done') ? [hold] : [])],
      main: { says: { choice: 'other' }, parts: only(page, 'date', 'time'), button: say('send') },
      others: request.decisions.includes('changes') ? [anew] : [],
    };
  },
  session(page) {
    const say = sayIn(page);
    const what = kinds[page.request.kind].about;
    return {
      main: { says: { held: 'yes' }, parts: without(page, 'held', 'reason'), button: say('send') },
      others: [
        {
          ...{ says: { held: 'no' }, parts: only(page, 'reason'), secondary: true },
          ...{ lead: say('notHeldHint', { what }), button: say('notHeld') },
        },
      ],
    };
  },
  documents: (page) => ({
    main: { ...wholeOf(page), parts: without(page, 'nothing') },
    others: [
      {
        ...{ says: { nothing: 'yes' }, parts: [], secondary: true },
        ...{ lead: sayIn(page)('orNothing'), button: sayIn(page)('nothing') },
      },
    ],
  }),
  complement: (page) => ({
    main: {
      ...wholeOf(page),
      ...{ says: { contribution: 'submit' }, parts: without(page, 'contribution'), atOnce: true },
    },
    others: [
      {
        ...{ says: { contribution: 'nothing-to-add' }, parts: [], secondary: true },
        ...{ lead: sayIn(page)('nothingToAddHint'), button: sayIn(page)('nothingToAdd') },
      },
    ],
  }),
};

/** Nobody has written anything in the form, nor is an answer recorded or corrected in it. */
const isBlank = ({ recording, correcting, values, mistakes, proposed }: RequestPage): boolean =>
  !recording &&
  correcting === undefined &&
  Object.keys(values).length === 0 &&
  mistakes.length === 0 &&
  !proposed;

/** @param unwritten none of its longer texts has anything in it */
export function waysOf(page: RequestPage, { unwritten }: { unwritten: boolean }): Ways {
  const ways = WAYS[kinds[page.request.kind].form]?.(page) ?? {};
  const whole = wholeOf(page);
  if (isBlank(page)) return { usual: [], main: whole, others: [], ...ways };
  const usual = page.recording || page.correcting !== undefined || !unwritten ? [] : (ways.usual ?? []);
  // What is said with it is in the whole form.
  return { usual: usual.map((way) => ({ ...way, parts: [] })), main: whole, others: [] };
}
