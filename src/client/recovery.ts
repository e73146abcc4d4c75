import { findRequest, lastAnswered, requestState } from '../casefile/requests.ts';
import { HOUR_MS } from '../domain/dates/durations.ts';
import { owing } from '../domain/request.ts';
import { sendAnswer } from './answers.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** A process that was killed takes with it what it did in its last moments. */
const HANDED_IN_MS = HOUR_MS;

/**
 * Hands workflows the answers that stand in the case file and that they have not heard of: everything was killed between
 * the two. Called when a process starts; looks at the hour before the last answer. Returns how many there were.
 */
export async function handInAnswers(client: CooperationClient): Promise<number> {
  let handedIn = 0;
  for (const { cooperation, request } of await lastAnswered(client.caseFile, HANDED_IN_MS))
    handedIn += await handIn(client, cooperation, request);
  return handedIn;
}

/** Hands a workflow the answers to a request that it has not heard of. Returns how many there were. */
export async function handIn(client: CooperationClient, cooperation: string, id: string): Promise<number> {
  const { caseFile, workflows } = client;
  const waiting = await workflows.waitedOn(cooperation, id);
  const request = waiting && (await findRequest(caseFile, cooperation, id));
  if (!request) return 0;
  const { answers } = await requestState(caseFile, request);
  const unheard = answers.filter(({ party }) => owing(waiting).includes(party));
  for (const { at: _, ...answer } of unheard) await sendAnswer(client, cooperation, answer);
  return unheard.length;
}
