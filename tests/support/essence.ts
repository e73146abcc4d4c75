import type { CaseView } from '../../src/domain/caseView.ts';

/** What a case comes to, without the instants and hashes in which two runs of the same programme differ. */
export function essenceOf(view: CaseView) {
  const { steps, sessions, requests, questions, programmeVersions, documents, people, mails, record } = view;
  return {
    steps,
    people: people.map(({ id, name, active }) => ({ id, name, active })),
    sessions: sessions.map(({ recordedAt: _, ...session }) => session),
    requests: requests
      .map(({ id, kind, round, asked, owing, outcome, subject, slots, answers }) => ({
        id,
        kind,
        round,
        asked,
        owing,
        outcome,
        subject: subject.ref,
        slots,
        answers: answers
          .map(({ at: _, content, ...answer }) => ({ ...answer, content: content !== null }))
          .sort((a, b) => order(a.party, b.party)),
      }))
      .sort((a, b) => order(a.id, b.id)),
    questions: questions.map(({ askedAt: _, answeredAt: __, ...question }) => question),
    programmeVersions: programmeVersions.map(({ version, cause, issuedAt }) => ({
      version,
      cause,
      issued: issuedAt !== null,
    })),
    documents: documents
      .map(({ document, version, title, kind, party, by, file }) => ({
        document,
        version,
        title,
        kind,
        party,
        by,
        file,
      }))
      .sort((a, b) => order(`${a.document}@${a.version}`, `${b.document}@${b.version}`)),
    mails: mails
      .map(({ notice, request, person, state }) => `${notice} ${request} ${person} ${state}`)
      .sort(order),
    record: Object.fromEntries(
      // The site seals what is over when it looks next: some have it by now.
      [...Map.groupBy(record, ({ kind }) => kind)]
        .filter(([kind]) => kind !== 'paper-sealed')
        .map(([kind, { length }]) => [kind, length] as const)
        .sort(([a], [b]) => order(a, b)),
    ),
  };
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
