import type { z } from 'zod';
import { readContent } from '../casefile/contents.ts';
import type { PersonRow, RequestRow } from '../casefile/database/schema.ts';
import { documentByHash, documentsOf } from '../casefile/documents.ts';
import { hashOf } from '../casefile/filing.ts';
import { commitmentsAskedIn, ownerOf } from '../casefile/results/commitments.ts';
import { slotsOf } from '../casefile/sessions.ts';
import { waitingAs, waitingDocumentsOf } from '../casefile/waitingFiles.ts';
import {
  type Commitment,
  type Content,
  committed,
  fulfilment,
  minutes,
  outcomes,
  person,
  reason,
  translation,
  writtenText,
} from '../domain/content.ts';
import { documentVersionId } from '../domain/ids.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { WrittenEnclosure } from '../domain/kinds/kind.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { parsedAs } from '../domain/programme/shapeMistakes.ts';
import { TEXT_PARTS } from '../domain/programme/textParts.ts';
import { refused } from '../domain/refusal.ts';
import { expectedChanges } from '../domain/results/expectedChanges.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import type { Enclosures } from './givenAnswer.ts';
import { checkProgramme } from './start.ts';

/** What comes with an answer, as it is kept in the case file and as it travels. */

/** What is kept, and the hash that travels in its place. */
export type KeptContent = { hash: string; value: Content };

/** `by`: who answers. `seen`: the last change that whoever revises a programme knows of. */
export type Reading = {
  client: Pick<CooperationClient, 'caseFile' | 'inspection'>;
  request: RequestRow;
  by: Pick<PersonRow, 'id' | 'party'>;
  seen?: number | undefined;
};

/** How each thing that is written is kept. @throws Refused */
const KEPT: {
  [W in WrittenEnclosure]: (
    value: NonNullable<Enclosures[W]>,
    reading: Reading,
  ) => KeptContent | Promise<KeptContent>;
} = {
  reason: (value) => hashed(parsed(reason, { reason: value })),
  minutes: async (value, reading) => {
    const written = parsed(minutes, value);
    await knownOwners(written.commitments, reading);
    return hashed(written);
  },
  text: (value) => hashed(parsed(writtenText, { text: value })),
  person: (value) => hashed(parsed(person, value)),
  outcomes: async (value, { client, request }) => {
    const written = parsed(outcomes, value);
    const { programme } = await cooperationOf(client, request.cooperation);
    const expected = expectedChanges(programme).map(({ number }) => number);
    const told = (written.objectives ?? []).map(({ objective }) => objective);
    const unknown = told.find((one) => !expected.includes(one));
    if (unknown !== undefined) return refused({ code: 'ObjectiveUnknown', objective: unknown });
    const untold = expected.find((number) => told.filter((one) => one === number).length !== 1);
    return untold === undefined ? hashed(written) : refused({ code: 'ObjectiveUntold', objective: untold });
  },
  fulfilment: async (value, { client, request }) => {
    const written = parsed(fulfilment, { fulfilment: value });
    const asked = await commitmentsAskedIn(client.caseFile, request);
    for (const { commitment, until } of written.fulfilment) {
      const one = asked.find(({ number }) => number === commitment);
      if (!one) return refused({ code: 'CommitmentUnknown', commitment });
      if (until !== undefined && until <= one.due)
        return refused({ code: 'CommitmentNotLater', commitment, due: one.due });
    }
    const told = written.fulfilment.map(({ commitment }) => commitment);
    const untold = asked.find(({ number }) => told.filter((one) => one === number).length !== 1);
    return untold ? refused({ code: 'CommitmentUntold', commitment: untold.number }) : hashed(written);
  },
  programme: async (source, { client, request, seen }) => {
    const { programme } = await cooperationOf(client, request.cooperation);
    // It is that of a cooperation under way, whose sessions have been moved, added and cancelled.
    const checked = await checkProgramme(client, source, 'correction');
    if ('mistakes' in checked) return refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
    return hashed({
      programme: revised(programme, checked.programme),
      ...(seen !== undefined && { seen }),
    });
  },
  translation: async (value, { client, request }) => {
    const written = parsed(translation, { translation: value });
    const asked = await readContent(client.caseFile, request.cooperation, request.subjectHash);
    const most = asked && 'paragraphs' in asked ? asked.paragraphs.length : 0;
    const given = written.translation.map(({ paragraph }) => paragraph);
    const unknown = given.find((one) => one > most);
    if (unknown !== undefined) return refused({ code: 'ParagraphUnknown', paragraph: unknown, most });
    const lacking = Array.from({ length: most }, (_, index) => index + 1).find(
      (number) => given.filter((one) => one === number).length !== 1,
    );
    return lacking === undefined
      ? hashed(written)
      : refused({ code: 'ParagraphUntranslated', paragraph: lacking, most });
  },
  document: async (sha256, { client: { caseFile }, request: { cooperation, kind: of }, by }) => {
    const { brings } = kinds[of];
    const kind = brings === 'answer' ? undefined : brings;
    const entry =
      (await waitingAs(caseFile, cooperation, { kind, sha256, party: by.party, by: by.id })) ??
      (await documentByHash(caseFile, cooperation, sha256, kind));
    if (!entry) return refused({ code: 'DocumentUnknown', documents: [sha256] });
    return { hash: sha256, value: { document: entry.document } };
  },
};

/** What was written, to be kept; `undefined` where it is left out. @throws Refused */
export async function keptOf<W extends WrittenEnclosure>(
  enclosure: W,
  value: Enclosures[W],
  reading: Reading,
): Promise<KeptContent | undefined> {
  const blank = value === undefined || (typeof value === 'string' && value.trim() === '');
  return blank ? undefined : KEPT[enclosure](value, reading);
}

/** What comes with a report beside its file; nothing where nothing does. @throws Refused */
export async function keptWithReport(
  given: Pick<Enclosures, 'commitments' | 'lessons' | 'funding'>,
  reading: Reading,
): Promise<KeptContent | undefined> {
  if (Object.values(given).every((one) => one === undefined)) return undefined;
  const written = parsed(committed, given);
  await knownOwners(written.commitments, reading);
  const { plan } = await cooperationOf(reading.client, reading.request.cooperation);
  const parties = plan.parties.map(({ code }) => code);
  const unknown = written.funding?.find(({ party }) => !parties.includes(party));
  if (unknown) return refused({ code: 'PartyUnknown', party: unknown.party, parties });
  return hashed(written);
}

/** @throws Refused `PartyUnknown`, `PersonLeft` */
async function knownOwners(
  owned: readonly Commitment[] | undefined,
  { client, request }: Reading,
): Promise<void> {
  if (!owned?.length) return;
  const cooperation = await cooperationOf(client, request.cooperation);
  for (const { owner } of owned) await ownerOf(client.caseFile, cooperation, owner);
}

/** Why, or how, something came: to be kept. @throws Refused `ContentMistaken` */
export const keptReason = (text: string): KeptContent => hashed(parsed(reason, { reason: text }));

const hashed = <T extends Content>(value: T): KeptContent => ({ hash: hashOf(value), value });

/** Parses what a person wrote. @throws Refused `ContentMistaken` with what is wrong in it */
export function parsed<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = parsedAs(shape, value);
  return 'value' in read ? read.value : refused({ code: 'ContentMistaken', mistakes: read.mistakes });
}

/** The keys that a revised programme may change; of its sessions, their contents alone. */
const REVISED: readonly string[] = ['dated', ...TEXT_PARTS];

/** A revised programme: new texts, for the same cooperation, institutions and sessions. @throws Refused */
function revised(standing: Programme, programme: Programme): Programme {
  const fixed = ({ sessions, ...rest }: Programme): Record<string, unknown> => ({
    ...Object.fromEntries(Object.entries(rest).filter(([key]) => !REVISED.includes(key))),
    sessions: sessions.map(({ contents: _, ...session }) => session),
  });
  const [before, after] = [fixed(standing), fixed(programme)];
  const parts = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => hashOf([before[key]]) !== hashOf([after[key]]),
  );
  return parts.length > 0 ? refused({ code: 'RevisionTooWide', parts }) : programme;
}

/** Documents named with an answer, which are all there or wait for it, and of the party that gives it. @throws Refused `DocumentUnknown`, `DocumentOfOther` */
export async function knownDocuments(
  { caseFile }: Pick<CooperationClient, 'caseFile'>,
  cooperation: string,
  named: string[],
  party: string,
): Promise<string[]> {
  const entries = [
    ...(await documentsOf(caseFile, cooperation)),
    ...(await waitingDocumentsOf(caseFile, cooperation, party)),
  ];
  const found = named.map((one) => entries.find((entry) => documentVersionId(entry) === one));
  const missing = named.filter((_, index) => !found[index]);
  if (missing.length > 0) return refused({ code: 'DocumentUnknown', documents: missing });
  const other = found.find((entry) => entry?.party !== party);
  return other ? refused({ code: 'DocumentOfOther', document: other.document, party: other.party }) : named;
}

/** When a chosen date begins (ISO 8601, UTC): a slot by its id, or an instant. @throws Refused `DateUnreadable` */
export async function startOf({ client, request }: Reading, date: string): Promise<string> {
  const { cooperation, item, round } = request;
  const proposal = item === null ? undefined : await slotsOf(client.caseFile, cooperation, item, round);
  const slots = proposal?.slots ?? [];
  const slot = slots.find(({ id }) => id === date);
  if (slot) return slot.startsAt;
  const instant = Date.parse(date);
  if (!/^\d{4}-\d\d-\d\dT/.test(date) || Number.isNaN(instant))
    return refused({ code: 'DateUnreadable', request: request.id, slots: slots.map(({ id }) => id) });
  return new Date(instant).toISOString();
}
