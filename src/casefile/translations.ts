import type { Content } from '../domain/content.ts';
import { dateIn } from '../domain/dates/dates.ts';
import type { RequestKind } from '../domain/kinds/index.ts';
import type { Signatory, TranslationStep } from '../domain/programme/translation.ts';
import { readContent } from './contents.ts';
import { requestsOf } from './cooperations.ts';
import type { CaseFile } from './database/database.ts';
import type { CooperationRow, RequestRow } from './database/schema.ts';
import { everyoneOf } from './people.ts';
import { answersTo } from './requests.ts';

/** What has been asked about the programme's second language, and what came of it: of requests and answers that stand. */

const isAboutTranslation = (kind: RequestKind): kind is TranslationStep['kind'] =>
  kind === 'translate-programme' || kind === 'vouch-translation';

/** The requests about the translation that were not annulled, the oldest first. */
export const translationRequestsOf = async (db: CaseFile, cooperation: string): Promise<RequestRow[]> =>
  (await requestsOf(db, cooperation)).filter(
    ({ kind, lapse }) => isAboutTranslation(kind) && lapse !== 'annulled',
  );

/** What came of each that was answered or done without, in the order in which they were asked. */
export async function translationStepsOf(
  db: CaseFile,
  { id, programme }: Pick<CooperationRow, 'id' | 'programme'>,
): Promise<TranslationStep[]> {
  const [requests, answers, people] = [
    (await translationRequestsOf(db, id)).toSorted((a, b) => Date.parse(a.openedAt) - Date.parse(b.openedAt)),
    await answersTo(db, id),
    await everyoneOf(db, id),
  ];
  const dayAt = (at: string, party: string) =>
    dateIn(at, programme.institutions.find((one) => one.id === party)?.timezone ?? 'UTC');
  const secretariat = programme.institutions.find(({ role }) => role === 'secretariat')?.id ?? '';
  const steps: TranslationStep[] = [];
  for (const { kind, id: request, subjectHash, closedAt, lapse } of requests) {
    const asked = asPart(await readContent(db, id, subjectHash), 'paragraphs');
    if (!asked || closedAt === null || lapse !== null || !isAboutTranslation(kind)) continue;
    const answer = answers.find((one) => one.request === request);
    const { paragraphs } = asked;
    if (!answer) {
      steps.push({ kind, paragraphs, came: 'waived', who: null, on: dayAt(closedAt, secretariat) });
      continue;
    }
    const { party, by, at, decision, content } = answer;
    const on = dayAt(at, party);
    const who: Signatory = { party, name: people.find((one) => one.id === by)?.name ?? by, on };
    const given = asPart(content === null ? undefined : await readContent(db, id, content), 'translation');
    steps.push({
      ...{ kind, paragraphs, translations: given?.translation, who, on },
      came: given ? 'translated' : decision === 'approve' ? 'vouched' : 'sent-back',
    });
  }
  return steps;
}

const asPart = <K extends string>(
  value: Content | undefined,
  key: K,
): Extract<Content, Record<K, unknown>> | undefined =>
  value && key in value ? (value as Extract<Content, Record<K, unknown>>) : undefined;
