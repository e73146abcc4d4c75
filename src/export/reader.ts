import type { CaseView } from '../domain/caseView.ts';
import { changeDeclaration } from '../domain/change.ts';
import { entriesFor, isOwnNotice, readableBy, type TalkReader } from '../domain/communication.ts';
import { partsOfPerson } from '../domain/ids.ts';
import { type BundleNotice, NOT_FOR_READER } from '../domain/results/bundle.ts';
import type { ChainedEntry } from '../evidence/chain.ts';

/** What of a case a reader may have: the Secretariat and whoever looks on, all; who takes part, what is theirs to see. */

export type Reader = { of: 'all' } | { of: 'person'; person: string; party: string; secretariat: boolean };

/** What all who take part may have alike: a person of no institution, to whom nobody wrote. */
export const EVERYBODY: Reader = { of: 'person', person: '', party: '', secretariat: false };

/** The case as a reader may have it, and how much of it that leaves out. */
export function caseFor(
  view: CaseView,
  reader: Reader,
): { view: CaseView; withheld: BundleNotice['withheld'] } {
  if (reader.of === 'all')
    return { view, withheld: { entries: 0, mails: 0, communications: 0, histories: 0 } };
  const talk: TalkReader = { person: reader.person, secretariat: reader.secretariat };
  const record = entriesFor(view.record, view.communications, talk);
  const communications = readableBy(view.communications, talk);
  const colleagues = new Set(view.people.flatMap(({ id, party }) => (party === reader.party ? [id] : [])));
  const mails = view.mails.filter(
    ({ person, notice }) =>
      colleagues.has(person) && (!isOwnNotice(notice) || reader.secretariat || person === reader.person),
  );
  const bound = new Set([
    ...view.requests.flatMap(({ subject, answers, withdrawn }) => [
      subject.hash,
      ...[...answers, ...withdrawn].flatMap(({ content, recorded, commitments }) => [
        content,
        recorded?.how,
        commitments,
      ]),
    ]),
    ...view.consents.map(({ recorded }) => recorded?.how),
  ]);
  // What a case comes to have besides is no part of it before it is said here whose it is: the compiler asks.
  const { id, pairing, language, filedAt, closedAt, cancelledAt, pausedAt, programme, steps } = view;
  const { followUps, followedUpAt, closingPaper } = view;
  const { people, meeting, sessions, programmeVersions, requests, questions, documents, sheet } = view;
  const { changes, comments, consents, commitments, absences } = view;
  return {
    view: {
      ...{ id, pairing, language, filedAt, closedAt, cancelledAt, pausedAt, programme, steps },
      ...{ followUps, followedUpAt, closingPaper },
      ...{ people, meeting, sessions, programmeVersions, requests, questions, documents, sheet },
      ...{ changes: changesFor({ changes }, reader), comments, absences, record, communications, mails },
      consents,
      commitments,
      survey: reader.secretariat ? view.survey : null,
      contents: view.contents.filter(({ hash }) => bound.has(hash)),
      // A code lets anybody ask about its owner: each has their own.
      certificates: view.certificates.filter(
        ({ persons }) => reader.secretariat || persons.includes(reader.person),
      ),
      // Who comes is counted for the Secretariat; what somebody answered is theirs.
      calendarReplies: view.calendarReplies.filter(
        ({ person }) => reader.secretariat || person === reader.person,
      ),
      awayReplies: view.awayReplies.filter(({ person }) => reader.secretariat || person === reader.person),
      workflows: [],
    },
    withheld: {
      entries: view.record.length - record.length,
      mails: view.mails.length - mails.length,
      communications: view.communications.length - communications.length,
      histories: view.workflows.length,
    },
  };
}

/** The changes of a case, with the reasons that are for this reader. */
export const changesFor = ({ changes }: Pick<CaseView, 'changes'>, reader: Reader): CaseView['changes'] =>
  changes.map((change) => (isReasonFor(change, reader) ? change : { ...change, reason: '' }));

/** Every reason is for the Secretariat and whoever wrote it; for whom else, the change's declaration says. */
function isReasonFor({ kind, by, what }: CaseView['changes'][number], reader: Reader): boolean {
  if (reader.of === 'all' || reader.secretariat || by === reader.person) return true;
  const named = (key: string): string | undefined => {
    const value = typeof what === 'object' && what !== null && !Array.isArray(what) ? what[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const readBy = {
    all: true,
    institution: partsOfPerson(named('person') ?? '').party === reader.party,
    both: [named('from'), named('to')].includes(reader.person),
  };
  const { reasonFor } = changeDeclaration(kind);
  return reasonFor !== undefined && readBy[reasonFor];
}

/** The chain of the whole record, without what entries say that the reader's case does not have. */
export function chainFor(
  chain: readonly (Extract<ChainedEntry, { content: string }> & { seq: number })[],
  { record }: Pick<CaseView, 'record'>,
): (ChainedEntry & { seq?: number })[] {
  const theirs = new Set(record.map(({ seq }) => seq));
  return chain.map(({ seq, number, salt, content, hash, chain: link }) =>
    theirs.has(seq)
      ? { number, seq, salt, content, hash, chain: link }
      : { number, withheld: NOT_FOR_READER, hash, chain: link },
  );
}
