import { condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { AnnulledAnswer } from '../../src/domain/change.ts';
import type { RequestKind } from '../../src/domain/kinds/index.ts';
import type { Language } from '../../src/domain/language.ts';
import { type Plan, secretariatOf } from '../../src/domain/programme/plan.ts';
import { owing, type ReceivedAnswer, settled } from '../../src/domain/request.ts';
import { SEARCH_ATTRIBUTES } from '../messages.ts';
import { temporalText, waitingTable } from '../wording.ts';
import { type Book, type DeskState, openBook } from './book.ts';
import { waitsOnDecision } from './heldRequest.ts';
import { aside, turns } from './turns.ts';

export type DeskOptions = {
  /** The Markdown that stands above the table of what is waited on. */
  heading: () => string;
  /** What the run before handed over. */
  state?: DeskState | undefined;
  /** Since when the cooperation is paused (ISO 8601, UTC), where it is. */
  pausedAt?: string | undefined;
  /** Hears of each answer once it is in the case file, and of the one that it corrects. */
  heard?:
    | ((
        about: { kind: RequestKind; item?: number | undefined },
        answer: ReceivedAnswer,
        corrected?: ReceivedAnswer,
      ) => void)
    | undefined;
  /** Hears whom the mails about a request do not reach: what the Secretariat is to see to. */
  troubled?: ((troubles: readonly string[]) => void) | undefined;
  /** Hears that an answer was annulled after it was used: what it came to is to be undone. */
  undone?: ((annulled: AnnulledAnswer) => void) | undefined;
  /** Takes changes of the people of the cooperation, too: its own workflow is over. */
  people?: boolean | undefined;
  /** Hears that such a change was made. */
  changed?: (() => void) | undefined;
  /** Hears that the plan has been corrected. */
  replanned?: (() => void) | undefined;
};

/** What all that happens at a desk works with. */
export type Bench = {
  cooperation: string;
  language: Language;
  /** The end of the workflow's id, and the beginning of its requests'. */
  scope: string;
  book: Book;
  plan: () => Plan;
  correct: (plan: Plan) => void;
  /** Since when it is paused (ISO 8601, UTC), while it is. */
  paused: () => string | undefined;
  pause: (since: string | undefined) => void;
  /** While the cooperation is paused nothing new is begun. */
  unpaused: (early?: () => boolean) => Promise<void>;
  inTurn: ReturnType<typeof turns>;
  /** Does something beside whatever goes on, and how much of that is under way. */
  beside: (work: Promise<unknown>) => void;
  atWork: () => number;
  /** Brings Temporal's list and details up to what is waited on now. */
  show: () => void;
  /** What messages set off that came before the workflow began: they are heard while its first lines are read. */
  onceBegun: (work: () => void) => void;
};

/** Sets up what a desk works with; what it waits on is shown in Temporal from then on. */
export function setUp(filed: Plan, scope: string, { heading, state, pausedAt }: DeskOptions): Bench {
  const { cooperation, language } = filed;
  const book = openBook(state);
  let plan = filed;
  let paused = pausedAt;
  let begun = false;
  let atWork = 0;
  const onceBegun = (work: () => void): void => (begun ? work() : aside(Promise.resolve().then(work)));
  onceBegun(() => {
    begun = true;
  });
  const attributes = waitingAttributes(state !== undefined);

  function show(): void {
    const waiting = book.open().filter(({ request, lapsed }) => !lapsed && !settled(request));
    const standing = paused ? `${heading()} · ${temporalText(language, 'paused')}` : heading();
    setCurrentDetails(`${standing}\n\n${waitingTable(plan, waiting)}`);

    const decides = waiting.some(waitsOnDecision) ? [secretariatOf(plan)] : [];
    const parties = [...waiting.flatMap(({ request }) => owing(request)), ...decides];
    const due = waiting.map(({ request }) => request.dueAt).sort()[0];
    attributes(paused ? [] : [...new Set(parties)].sort(), due);
  }

  return {
    ...{ cooperation, language, scope, book, show, onceBegun },
    inTurn: turns(),
    beside: (work) => {
      atWork++;
      aside(
        work.finally(() => {
          atWork--;
        }),
      );
    },
    atWork: () => atWork,
    plan: () => plan,
    correct: (corrected) => {
      plan = corrected;
    },
    paused: () => paused,
    pause: (now) => {
      paused = now;
    },
    unpaused: async (early = () => false) => {
      while (paused && !early()) await condition(() => !paused || early());
    },
  };
}

const NOBODY = '';

/** Writes whom a workflow waits on, and since when it is due, where that is not what Temporal has. */
function waitingAttributes(continued: boolean) {
  let shown = continued ? '?' : NOBODY;
  return (waitingOn: string[], due: string | undefined): void => {
    const next = waitingOn.length > 0 ? `${waitingOn.join()} ${due}` : NOBODY;
    if (next === shown) return;
    shown = next;
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.waitingOn, value: waitingOn.length > 0 ? waitingOn : null },
      { key: SEARCH_ATTRIBUTES.due, value: due ? new Date(due) : null },
    ]);
  };
}
