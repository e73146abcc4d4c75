import { keepContent } from '../casefile/contents.ts';
import { enterConsent } from '../casefile/results/consents.ts';
import { viewOf } from '../casefile/view.ts';
import type { Door } from '../domain/door.ts';
import { refused } from '../domain/refusal.ts';
import { consentsOn, type GivenConsent } from '../domain/results/consent.ts';
import { type ByToken, heldAgainstHolder, howRecorded } from './came.ts';
import { type CooperationClient, personOf } from './cooperationClient.ts';

/**
 * Says for a ministry whether people outside may read the sheet that was published, or takes back what was said. Its focal
 * point does, or the Secretariat records it with how it came. What stands already is not said again. Of a sheet that is
 * withdrawn it can only be taken back.
 * @throws Refused `SheetNotPublished`, `SheetWithdrawn`, `NotFocalPoint`, `WrittenSince`
 */
export async function consent(
  client: CooperationClient,
  cooperation: string,
  given: GivenConsent,
  token?: ByToken | { door: Door },
): Promise<{ version: number; publish: GivenConsent['publish'] }> {
  const { caseFile, now } = client;
  const { by, version, publish, recorded, seen } = given;
  const view = await viewOf(caseFile, cooperation, now());
  if (!view) return refused({ code: 'CooperationUnknown', cooperation });
  const person = await personOf(client, cooperation, by);
  if (token && 'holder' in token) await heldAgainstHolder(client, cooperation, given, token);
  const { sheet } = view;
  if (sheet?.version !== version) return refused({ code: 'SheetNotPublished', version });
  if (sheet.withdrawn && publish === 'yes')
    return refused({ code: 'SheetWithdrawn', version, at: sheet.withdrawn.at });
  const asked = consentsOn(view, sheet.sha256);
  const own = asked.find(({ party }) => party === person.party);
  if (!own || person.role !== 'delegate' || (!person.focalPoint && !recorded)) {
    const focal = view.people.filter(
      ({ focalPoint, active, party }) => focalPoint && active && asked.some((one) => one.party === party),
    );
    const those = focal.filter(({ party }) => party === person.party);
    return refused({
      code: 'NotFocalPoint',
      person: by,
      focalPoints: (those.length > 0 ? those : focal).map(({ id }) => id),
    });
  }
  const how = recorded && (await howRecorded(client, cooperation, recorded));
  if (own.said?.publish === publish) return { version, publish };
  if (how) await keepContent(caseFile, cooperation, how.hash, how.value, now());
  const kept = recorded && how ? { by: recorded.by, how: how.hash } : null;
  const since = await enterConsent(
    caseFile,
    { cooperation, version, sha256: sheet.sha256, party: person.party, by, publish, recorded: kept },
    { ...(token && { door: token.door }), ...(kept && { recorded: kept }) },
    { now: now(), seen },
  );
  if (since !== undefined) return refused({ code: 'WrittenSince', of: 'consent', at: since });
  return { version, publish };
}

/** The sheet that was published last, as it stands. */
export const sheetPublished = async ({ caseFile, now }: CooperationClient, cooperation: string) =>
  (await viewOf(caseFile, cooperation, now()))?.sheet ?? undefined;
