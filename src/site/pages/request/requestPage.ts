import type { PersonRow, WaitingFileRow } from '../../../casefile/database/schema.ts';
import type { Draft } from '../../../casefile/drafts.ts';
import type { CaseView, RequestView } from '../../../domain/caseView.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import { ITEMS } from '../../../domain/kinds/kind.ts';
import type { Language } from '../../../domain/language.ts';
import type { Programme } from '../../../domain/programme/programme.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Mistake, Values } from '../../form.ts';
import type { Visit } from '../../visit.ts';

/** One request as its page shows it, and what stands in its forms. */
export type RequestPage = {
  language: Language;
  visit: Visit;
  view: CaseView;
  request: RequestView;
  /** The programme as the version prints it that the request is about. */
  printed?: Programme | undefined;
  /** Whose answer, which came another way, staff are recording; they are the `person` of `visit` then. */
  recording?: PersonRow | undefined;
  /** Who records it, by their id in the cooperation, where they have one. */
  recorder?: string | undefined;
  /** The number of the answer that takes the place of the one of the reader's institution, while they correct it. */
  correcting?: number | undefined;
  /** Who of the reader's institution has it; empty where the reader is not page. */
  inCharge: readonly PersonRow[];
  values: Values;
  mistakes: readonly Mistake[];
  /** Documents that came with an answer that was refused: they need not be sent again. */
  kept: readonly string[];
  /** The files of whoever answers that came and wait for an answer. */
  waiting: readonly WaitingFileRow[];
  /** What the reader wrote in its form before, and goes on with. */
  draft?: Draft;
  /** Something in its form was read from a file, and is to be confirmed. */
  proposed?: boolean | undefined;
  /** What is asked about what was handed in, before it is taken. */
  question?: string | undefined;
};

export const sayIn = ({ language }: Pick<RequestPage, 'language'>) => speaker('request.page', language);
/** Where a form of the request is posted. */
export const formPath = ({ view, request, recording, correcting }: RequestPage): string =>
  pathOf(view, request) +
  (recording ? `?for=${recording.id}` : correcting !== undefined ? `?correct=${correcting}` : '');
/** Where what is written in it is kept, and thrown away. */
export const draftPath = (page: RequestPage): string => formPath(page).replace(/(?=\?|$)/, '/draft');
export const pathOf = (view: Pick<CaseView, 'id'>, request: Pick<RequestView, 'id'>): string =>
  `/c/${view.id}/requests/${request.id}`;

/** Who may answer: somebody of a party that is page, and neither guests nor those who look on. */
export function answerer({ capacity, parts }: Visit, request: RequestView): PersonRow | undefined {
  if (capacity === 'observer') return undefined;
  const asked = parts.filter(
    ({ role, party }) => role !== 'guest' && request.asked.some((one) => one.party === party),
  );
  // Whoever is asked as an officer and as the consultant answers in each of the two parts.
  return asked.find(({ party }) => request.owing.includes(party)) ?? asked[0];
}

/** The reader's own institution is waited on here, or corrects what it answered. */
export function owes({
  visit,
  request,
  correcting,
}: Pick<RequestPage, 'visit' | 'request' | 'correcting'>): boolean {
  const own = answerer(visit, request);
  if (own === undefined || request.closedAt !== null) return false;
  return correcting !== undefined || request.owing.includes(own.party);
}

/** The how-manieth of its party an answer is. */
export const revisionOf = ({ revision = 1 }: RequestView['answers'][number]): number => revision;

/** The answer of a party that stands and may still be taken back or corrected: another owes theirs. */
export const takeable = (
  { closedAt, owing, answers, cooperation }: RequestView,
  party: string | undefined,
): RequestView['answers'][number] | undefined =>
  closedAt === null && owing.length > 0 && cooperation !== 'closed' && cooperation !== 'cancelled'
    ? answers.find((one) => one.party === party)
    : undefined;

/** Whether a colleague has it in the reader's place: passed on, or standing in. */
export const isPassed = ({
  visit,
  request,
  inCharge,
}: Pick<RequestPage, 'visit' | 'request' | 'inCharge'>): boolean => {
  const own = answerer(visit, request);
  return inCharge.length > 0 && !inCharge.some(({ id }) => id === own?.id);
};

/** The open request that took the place of this one, of the same kind and about the same. */
export const laterOf = (view: CaseView, request: RequestView): RequestView | undefined =>
  view.requests.findLast(
    ({ id, kind, item, closedAt, openedAt }) =>
      id !== request.id &&
      kind === request.kind &&
      closedAt === null &&
      Date.parse(openedAt) >= Date.parse(request.openedAt) &&
      (['session', 'question'].includes(ITEMS[kinds[kind].about]) ? item === request.item : true),
  );

/** The text that stands in a content, under a key: a reason, an answer, minutes. */
export function contentText(view: CaseView, hash: string | null, key: string): string | undefined {
  const value = view.contents.find((content) => content.hash === hash)?.value;
  const found = value && typeof value === 'object' && !Array.isArray(value) ? value[key] : undefined;
  return typeof found === 'string' ? found : undefined;
}
