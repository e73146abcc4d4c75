import type { CaseView, RequestView } from '../casefile/caseView.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { Language } from '../domain/language.ts';
import { CONSULTANT } from '../domain/programme.ts';
import type { Form } from '../words/noun.ts';
import { partyNamed } from '../words/parties.ts';
import { isKey, speaker } from '../words/speaker.ts';

/** What things of a case are called in the language of whoever reads, which need not be the case's own. */

type Parties = Pick<CaseView, 'programme' | 'people'>;

/** "MTPE del Perú", "la OEA", "al consultor o a la consultora": a party of a case in a form. */
export const partyName = (
  { programme }: Pick<CaseView, 'programme'>,
  code: string,
  language: Language,
  form: Form = 'plain',
): string => partyNamed(programme, code, language, form);

/** A person's name; the code where the case knows nobody of it. */
/** Who of the Secretariat recorded something: a person of the case, or the institution. */
export const recorderName = (view: CaseView, by: string, language: Language): string =>
  view.people.some(({ id }) => id === by) ? personName(view, by) : partyName(view, by, language);

export const personName = ({ people }: Pick<CaseView, 'people'>, code: string): string =>
  people.find(({ id }) => id === code)?.name ?? code;

/** The IANA zone of a party's capital; the secretariat's for whoever has none. */
export function partyZone({ programme, people }: Parties, code: string | null | undefined): string {
  const own =
    programme.institutions.find(({ id }) => id === code) ??
    programme.institutions.find(({ role }) => role === 'secretariat');
  const consultant = code === CONSULTANT ? people.find(({ role }) => role === 'consultant') : undefined;
  return consultant?.timeZone ?? own?.timezone ?? 'UTC';
}

export const decisionLabel = (decision: string, language: Language): string =>
  isKey('labels.decision', decision) ? speaker('labels.decision', language)(decision) : decision;

/** Whether the Secretariat may do without an answer that is still owed. */
export function isWaivable({ kind, asked, waived }: RequestView): boolean {
  const { waivable } = kinds[kind];
  return waivable === 'any' || (waivable === 'others' && asked.length - waived.length > 1);
}

/**
 * Whether it is for the Secretariat to decide how a request goes on: others owe the answer, and every reminder has
 * gone out.
 */
export const waitsOnDecision = (request: RequestView): boolean =>
  request.forSecretariat && request.owing.length > 0;

/** Whether a question is still waited on: not answered, and neither its request nor the cooperation is closed. */
export const awaitsAnswer = (
  { requests, closedAt }: Pick<CaseView, 'requests' | 'closedAt'>,
  { number, answer }: Pick<CaseView['questions'][number], 'number' | 'answer'>,
): boolean =>
  answer === null &&
  closedAt === null &&
  requests.findLast(({ question }) => question?.number === number)?.closedAt == null;

/** What is open, first what is overdue, then by the date it is due. */
export const openRequests = (requests: readonly RequestView[]): RequestView[] =>
  requests
    .filter(({ closedAt }) => closedAt === null)
    .sort((a, b) => Number(b.overdue) - Number(a.overdue) || Date.parse(a.dueAt) - Date.parse(b.dueAt));
