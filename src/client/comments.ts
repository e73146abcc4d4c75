import { addComment } from '../casefile/comments.ts';
import { documentsOf } from '../casefile/documents.ts';
import { findRequest } from '../casefile/requests.ts';
import { type GivenComment, isPoll } from '../domain/comment.ts';
import { secretariatOf } from '../domain/programme/plan.ts';
import { refused } from '../domain/refusal.ts';
import { type ByToken, cameIn } from './came.ts';
import { type CooperationClient, cooperationOf, staffAddress, writerOf } from './cooperationClient.ts';

/**
 * Writes a comment beside a document, a draft or a poll; staff who are nobody in the cooperation by their address.
 * @throws Refused
 */
export async function comment(
  client: CooperationClient,
  cooperation: string,
  given: GivenComment,
  token?: ByToken,
): Promise<{ number: number }> {
  const { caseFile, quotas, now } = client;
  const { by, about, text } = given;
  const { plan } = await cooperationOf(client, cooperation);
  const isStaff = by.includes('@');
  if (isStaff) await staffAddress(client, by);
  const party = isStaff ? secretariatOf(plan) : (await writerOf(client, cooperation, by)).party;
  const came = await cameIn(client, cooperation, given, token);
  if (about.includes('/')) {
    const request = await findRequest(caseFile, cooperation, about);
    if (!request || !isPoll(request)) refused({ code: 'RequestUnknown', request: about });
  } else if (!(await documentsOf(caseFile, cooperation)).some(({ document }) => document === about))
    refused({ code: 'DocumentUnknown', documents: [about] });
  const { number } = await addComment(
    caseFile,
    { cooperation, about, by, party, text },
    now(),
    quotas,
    await came(),
  );
  return { number };
}
