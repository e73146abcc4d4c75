import { addQuestion } from '../casefile/questions.ts';
import { writtenText } from '../domain/content.ts';
import { refused } from '../domain/refusal.ts';
import { type ByToken, cameIn } from './came.ts';
import { type CooperationClient, cooperationOf, openExchange, writerOf } from './cooperationClient.ts';
import { parsed } from './enclosures.ts';
import type { GivenQuestion } from './givenQuestion.ts';

/** Puts a person's question to a ministry; it is due before the next session. @throws Refused */
export async function ask(
  client: CooperationClient,
  cooperation: string,
  given: GivenQuestion,
  token?: ByToken,
): Promise<{ number: number; request: string }> {
  const { caseFile, workflows, quotas, now } = client;
  const { plan } = await cooperationOf(client, cooperation);
  const by = await writerOf(client, cooperation, given.by);
  const came = await cameIn(client, cooperation, given, token);
  const { text } = parsed(writtenText, { text: given.text });
  const { to, session } = given;
  const ministries = plan.parties.filter(({ role }) => role === 'requesting' || role === 'providing');
  if (!ministries.some(({ code }) => code === to))
    refused({ code: 'PartyUnknown', party: to, parties: ministries.map(({ code }) => code) });
  await openExchange(client, cooperation);
  const question = await addQuestion(
    caseFile,
    { cooperation, fromParty: by.party, by: by.id, toParty: to, session: session ?? null, text },
    now(),
    quotas,
    await came(),
  );
  const { request } = await workflows.askQuestion(cooperation, {
    number: question.number,
    from: by.party,
    to,
    ...(session !== undefined && { session }),
  });
  return { number: question.number, request };
}
