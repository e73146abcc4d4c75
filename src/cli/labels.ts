import type { CaseView, RequestView } from '../casefile/caseView.ts';
import type { Language } from '../domain/language.ts';
import type { Decision } from '../domain/methodology.ts';
import { CONSULTANT_LABEL, institutionLabel } from '../domain/party.ts';
import { CONSULTANT } from '../domain/programme.ts';
import { DECISION_LABELS } from './texts.ts';

/** What things of a case are called in the language of whoever reads, which need not be the case's own. */

type Parties = Pick<CaseView, 'programme' | 'people'>;

/** "MTPE Perú", "OEA", "consultor(a)"; a code that is no party's is said as it is. */
export function partyName({ programme }: Parties, code: string, language: Language): string {
  if (code === CONSULTANT) return CONSULTANT_LABEL[language];
  const institution = programme.institutions.find(({ id }) => id === code);
  return institution ? institutionLabel(institution, language) : code;
}

/** The IANA zone of a party's capital; the secretariat's for whoever has none. */
export function partyZone({ programme, people }: Parties, code: string | null | undefined): string {
  const own =
    programme.institutions.find(({ id }) => id === code) ??
    programme.institutions.find(({ role }) => role === 'secretariat');
  const consultant = code === CONSULTANT ? people.find(({ role }) => role === 'consultant') : undefined;
  return consultant?.timeZone ?? own?.timezone ?? 'UTC';
}

export const decisionLabel = (decision: string, language: Language): string =>
  DECISION_LABELS[decision as Decision]?.[language] ?? decision;

/** What is open, first what is overdue, then by the date it is due. */
export const openRequests = (requests: readonly RequestView[]): RequestView[] =>
  requests
    .filter(({ closedAt }) => closedAt === null)
    .sort((a, b) => Number(b.overdue) - Number(a.overdue) || Date.parse(a.dueAt) - Date.parse(b.dueAt));
