import { REQUEST_KINDS, type RequestKind } from './kinds/index.ts';
import { COORDINATION_MEETING } from './methodology.ts';

/** Ids that people read and write, taken apart: here, and nowhere else. */

/** `per-mtpe-2` is the second of `per-mtpe`, `guest-3-1` the first guest of session 3. Numbers are never used again. */
export const personId = (party: string, number: number): string => `${party}-${number}`;

const PERSON = /^(.+)-(\d+)$/;

/** @returns the party and the number of a person's id; an id without a number has none */
export function partsOfPerson(id: string): { party: string; number?: number } {
  const [, party = id, number] = PERSON.exec(id) ?? [];
  return { party, ...(number && { number: Number(number) }) };
}

/** `doc-3@1`: a version of a document. */
export const documentVersionId = ({ document, version }: { document: string; version: number }): string =>
  `${document}@${version}`;

/** `session-2`: the scope of a session's workflow. */
export const sessionScopeId = (number: number): string => `session-${number}`;

/** `sheet-5`: the scope of the workflow of a corrected sheet, by the number of the change that asks for it. */
export const sheetScopeId = (change: number): string => `sheet-${change}`;

/**
 * UIDs of calendar objects, which people's calendars know a session or the coordination meeting by, for life; `domain` is
 * that of the sender.
 */
export const sessionUid = (cooperation: string, session: number, domain: string): string =>
  `${cooperation}.session-${session}@${domain}`;
export const coordinationUid = (cooperation: string, domain: string): string =>
  `${cooperation}.coordination@${domain}`;

/** What a UID is of, whatever its domain: a session's number, 0 of the coordination meeting, `undefined` of anything else. */
export function appointmentOfUid(uid: string, cooperation: string): number | undefined {
  const own = uid.toLowerCase();
  const prefix = `${cooperation.toLowerCase()}.`;
  if (!own.startsWith(prefix)) return undefined;
  const [, what = '', number] =
    /^(coordination|session-([1-9]\d{0,2}))@/.exec(own.slice(prefix.length)) ?? [];
  return what === 'coordination' ? COORDINATION_MEETING : number === undefined ? undefined : Number(number);
}

/** @returns the number of the session that has this scope, or `undefined` for any other */
export const sessionOfScope = (scope: string): number | undefined => {
  const [, number] = /^session-([1-9]\d*)$/.exec(scope) ?? [];
  return number === undefined ? undefined : Number(number);
};

/**
 * A kind of request, or one request by its id, of which any part but the kind may be left out: `session-2/choose-date.1`,
 * and `session-2/choose-date.1.2` once an answer to it was annulled and it is asked anew.
 */
export const REQUEST_NAME = new RegExp(
  `^(?:([a-z0-9-]+)/)?(${REQUEST_KINDS.join('|')})(?:-([1-9]\\d*))?(?:\\.([1-9]\\d*)(?:\\.([1-9]\\d*))?)?$`,
);

export type RequestName = { scope?: string; kind: RequestKind; item?: number; round?: number; anew?: number };

/** The id of a request that is asked anew, in the place of the one that has this id. */
export function renewedId(id: string): string {
  const [, first = id, anew = '1'] = /^(.+\.\d+)\.(\d+)$/.exec(id) ?? [];
  return `${first}.${Number(anew) + 1}`;
}

/** @returns what a name of a request says, or `undefined` where it is none */
export function partsOfRequest(written: string): RequestName | undefined {
  const [, scope, kind, item, round, anew] = REQUEST_NAME.exec(written) ?? [];
  if (kind === undefined) return undefined;
  return {
    ...(scope && { scope }),
    kind: kind as RequestKind,
    ...(item && { item: Number(item) }),
    ...(round && { round: Number(round) }),
    ...(anew && { anew: Number(anew) }),
  };
}

/** Whether this names the request with the id: what it leaves out may be anything. */
export function isNameOf(written: string, id: string): boolean {
  const name = partsOfRequest(written);
  const whole = partsOfRequest(id);
  if (!name || !whole) return false;
  return (Object.keys(name) as (keyof RequestName)[]).every((part) => name[part] === whole[part]);
}

/** `workflowId('14-per-chl')` is the cooperation's, `workflowId('14-per-chl', 'session-2')` one of its steps'. */
export const workflowId = (cooperation: string, scope?: string): string =>
  scope ? `cooperation/${cooperation}/${scope}` : `cooperation/${cooperation}`;

/** The cooperation and the scope of a workflow, or `undefined` where the id is no such. */
export function partsOfWorkflowId(id: string): { cooperation: string; scope: string } | undefined {
  const [, cooperation, scope = ''] = /^cooperation\/([^/]+)(?:\/(.+))?$/.exec(id) ?? [];
  return cooperation === undefined ? undefined : { cooperation, scope };
}
