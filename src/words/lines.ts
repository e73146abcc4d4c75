import type { SessionPast } from '../domain/brief.ts';
import type { RequestKind } from '../domain/kinds/index.ts';
import type { NamedParty } from './names/parties.ts';

/** Things named in a line or two: sessions, documents, questions, requests in passing. Instants are ISO 8601 in UTC. */

export type SessionHeading = {
  number: number;
  contents: string;
  startsAt?: string;
  endsAt?: string;
  /** The zone the date was agreed in. */
  timeZone?: string;
  window?: { from: string; to: string };
  /** What is behind of it, where that is to be said. */
  passed?: SessionPast;
  link?: string;
  place?: string;
  platform?: string;
};

/** The coordination meeting: when it is, and how to be there. */
export type MeetingHeading = { startsAt: string; endsAt: string; link?: string; place?: string };

export type DocumentLine = {
  title: string;
  fileName: string;
  version: number;
  institution?: NamedParty;
  /** Whether the mail carries the file itself, which it then says. */
  attached?: boolean;
};

export type QuestionLine = { number: number; text: string; to: NamedParty; answer?: string };

/** A request named in passing: by its label's parts. */
export type RequestLine = { id?: string; kind: RequestKind; n?: number; dueAt: string };
