import { keepContent } from '../casefile/contents.ts';
import type { Came, Door, RecordedFor } from '../domain/door.ts';
import { refused } from '../domain/refusal.ts';
import { type CooperationClient, cooperationOf, personOf } from './cooperationClient.ts';
import { type KeptContent, keptReason } from './enclosures.ts';

/** By which token of the API something came, and in whose name it may be. */

/** `holder`: a mail address in lower case, nobody's of a program's token. */
export type ByToken = { door: Door; holder: string | null };

type Sending = { request?: string | undefined; by: string; recorded?: RecordedFor | undefined };

/**
 * A token's holder sends as themselves; for anybody else it has to be said who of the Secretariat records it and how it
 * came. @throws Refused `RecordedMissing`
 */
export async function heldAgainstHolder(
  client: CooperationClient,
  cooperation: string,
  { request, by, recorded }: Sending,
  { holder }: Pick<ByToken, 'holder'>,
): Promise<void> {
  if (recorded) return;
  await cooperationOf(client, cooperation);
  const address = by.includes('@') ? by : (await personOf(client, cooperation, by)).email;
  if (holder === null || address?.toLowerCase() !== holder)
    refused({ code: 'RecordedMissing', person: by, ...(request !== undefined && { request }) });
}

/** How something came that the Secretariat records; by one of its people, or as the institution. @throws Refused */
export async function howRecorded(
  client: CooperationClient,
  cooperation: string,
  { request, by, how }: RecordedFor & Pick<Sending, 'request'>,
): Promise<KeptContent> {
  const { programme } = await cooperationOf(client, cooperation);
  const isSecretariat = programme.institutions.some(
    (institution) => institution.id === by && institution.role === 'secretariat',
  );
  if (!isSecretariat && (await personOf(client, cooperation, by)).role !== 'staff')
    return refused({ code: 'NotSecretariat', person: by });
  return how.trim()
    ? keptReason(how)
    : refused({ code: 'HowMissing', ...(request !== undefined && { request }) });
}

/**
 * What the record says of how something came; nothing of the site, where people send as themselves. `kept` is called once
 * nothing else is in the way. @throws Refused `RecordedMissing`, `NotSecretariat`, `HowMissing`
 */
export async function cameIn(
  client: CooperationClient,
  cooperation: string,
  sent: Sending,
  token: ByToken | undefined,
): Promise<() => Promise<Came>> {
  if (!token) return async () => ({});
  await heldAgainstHolder(client, cooperation, sent, token);
  const { door } = token;
  const { recorded } = sent;
  if (!recorded) return async () => ({ door });
  const { hash, value } = await howRecorded(client, cooperation, recorded);
  return async () => {
    await keepContent(client.caseFile, cooperation, hash, value, client.now());
    return { door, recorded: { by: recorded.by, how: hash } };
  };
}
