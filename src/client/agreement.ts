import { filedCooperations, filedRequest } from '../casefile/openWork.ts';
import { recordFaults } from '../casefile/record.ts';
import {
  type Disagreement,
  disagreements,
  type FiledCooperation,
  isUnclear,
  type WorkflowFacts,
  wanted,
} from '../domain/disagreement.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** So many workflows are looked at side by side. */
const AT_ONCE = 10;

/**
 * In what the case file and Temporal disagree now, of all cooperations or of one. The case file is read first: what comes after that in Temporal is
 * under way, and no disagreement yet.
 * @throws Refused `Unavailable`
 */
export async function agreement(
  { caseFile, workflows, now }: Pick<CooperationClient, 'caseFile' | 'workflows' | 'now'>,
  only?: string,
): Promise<Disagreement[]> {
  const at = now();
  const filed = (await filedCooperations(caseFile)).filter(({ id }) => only === undefined || id === only);
  const running = await workflows.running(only);
  const names = [...wanted(filed), ...running];
  const distinct = new Map(names.map((one) => [`${one.cooperation}/${one.scope}`, one]));
  const byId = new Map(filed.map((one) => [one.id, one]));
  const found = await inTurns([...distinct.values()], async ({ cooperation, scope }) => {
    const facts = await workflows.facts(cooperation, scope);
    const its = byId.get(cooperation);
    return its && isUnclear(facts, its)
      ? { ...facts, requests: await workflows.openRequests(cooperation, scope) }
      : facts;
  });
  return [
    ...disagreements(await withClosed(caseFile, filed, found), found, at),
    ...(await alteredRecords(caseFile, filed)),
  ];
}

/** The records of what is under way that somebody changed in the database; those of the others are checked in a bundle. */
async function alteredRecords(
  caseFile: CooperationClient['caseFile'],
  filed: readonly FiledCooperation[],
): Promise<Disagreement[]> {
  const unfinished = filed.filter((one) => one.unfinished);
  const found = await inTurns(unfinished, async ({ id: cooperation }): Promise<Disagreement[]> => {
    const [first] = await recordFaults(caseFile, cooperation);
    return first ? [{ code: 'record-altered', cooperation, entry: first.number }] : [];
  });
  return found.flat();
}

/** With those closed requests, too, that a workflow waits on all the same. */
async function withClosed(
  caseFile: CooperationClient['caseFile'],
  filed: readonly FiledCooperation[],
  found: readonly WorkflowFacts[],
): Promise<FiledCooperation[]> {
  const held = Map.groupBy(
    found.filter(({ requests }) => requests),
    ({ cooperation }) => cooperation,
  );
  return Promise.all(
    filed.map(async (one) => {
      const waited = (held.get(one.id) ?? []).flatMap(({ requests = [] }) => requests);
      const beyond = waited.filter(({ id }) => !one.requests.some((request) => request.id === id));
      const closed = await Promise.all(beyond.map(({ id }) => filedRequest(caseFile, one.id, id)));
      return { ...one, requests: [...one.requests, ...closed.filter((request) => request !== undefined)] };
    }),
  );
}

async function inTurns<T, R>(all: readonly T[], look: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    results.push(...(await Promise.all(all.slice(from, from + AT_ONCE).map(look))));
  return results;
}
