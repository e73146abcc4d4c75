import { keepContent } from '../src/casefile/contents.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { CooperationRow } from '../src/casefile/database/schema.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { translationRequestsOf, translationStepsOf } from '../src/casefile/translations.ts';
import {
  type ProgrammeTranslation,
  type TranslationAhead,
  translationAfter,
} from '../src/domain/programme/translation.ts';
import { scopeOf } from '../src/domain/request.ts';
import type { ProgrammeVersion } from '../src/publications/programmeView.ts';
import { programmeParagraphs } from '../src/publications/translation.ts';
import type { Outside } from './context.ts';
import type { TranslationAsk } from './index.ts';
import { programmeStandingOf } from './standing.ts';

/** The programme in its second language, as it stands with what the case file has; nothing where it has one alone. */
export async function translationStanding(
  db: CaseFile,
  cooperation: CooperationRow,
  printed: Pick<ProgrammeVersion, 'programme' | 'sessions'>,
): Promise<{ translation: ProgrammeTranslation; ahead: TranslationAhead | undefined } | undefined> {
  const { translation } = cooperation.programme;
  if (!translation) return undefined;
  const steps = await translationStepsOf(db, cooperation);
  const { paragraphs, ahead } = translationAfter(steps, programmeParagraphs(printed));
  return { translation: { language: translation.language, paragraphs }, ahead };
}

/** What is to be asked about the second language before a version can be up for approval; what is open comes first. */
export async function translationAsked(
  { caseFile, now }: Outside,
  cooperation: CooperationRow,
  scope: string,
): Promise<TranslationAsk | undefined> {
  const { id, programme } = cooperation;
  if (!programme.translation) return undefined;
  const asked = (await translationRequestsOf(caseFile, id)).filter((row) => scopeOf(row) === scope);
  const open = asked.find(({ closedAt }) => closedAt === null);
  if (open) {
    const { kind, round, parties, subjectRef, subjectHash } = open;
    return { kind: kindOf(kind), round, of: parties, about: { ref: subjectRef, hash: subjectHash } };
  }
  const standing = await translationStanding(
    caseFile,
    cooperation,
    await programmeStandingOf(caseFile, cooperation),
  );
  if (!standing?.ahead) return undefined;
  const { kind, paragraphs } = standing.ahead;
  const { language: into, by, vouchedBy } = programme.translation;
  const content = { into, paragraphs };
  const hash = hashOf(content);
  await keepContent(caseFile, id, hash, content, now());
  const round = Math.max(0, ...asked.filter((row) => row.kind === kind).map((row) => row.round)) + 1;
  const translates = kind === 'translate-programme';
  return {
    ...{ kind, round, of: [translates ? by : vouchedBy] },
    about: { ref: `${translates ? 'paragraphs' : 'translation'}-${round}`, hash },
  };
}

const kindOf = (kind: string): TranslationAsk['kind'] =>
  kind === 'vouch-translation' ? kind : 'translate-programme';
