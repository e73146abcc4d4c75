import { Readable } from 'node:stream';
import { changedSince, draftIn } from '../src/casefile/approval.ts';
import { closeCaseFile, endFollowUp, openRequestsOf, requestsOf } from '../src/casefile/cooperations.ts';
import type { CooperationRow, PersonRow, ProgrammeVersionRow } from '../src/casefile/database/schema.ts';
import { type DocumentEntry, documentsOf } from '../src/casefile/documents.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { delegationsOf, participantsOf } from '../src/casefile/people.ts';
import {
  lastPrinted,
  nextProgrammeVersion,
  noteIssued,
  noteSent,
  programmesOf,
} from '../src/casefile/programmes.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { lapseRequests } from '../src/casefile/requests.ts';
import { certifiedIn } from '../src/casefile/results/certificates.ts';
import { commitmentsOf } from '../src/casefile/results/commitments.ts';
import { standingSheet } from '../src/casefile/results/sheets.ts';
import type { Brief } from '../src/domain/brief.ts';
import { isHad, isNewest } from '../src/domain/document.ts';
import { endsCooperation, kinds } from '../src/domain/kinds/index.ts';
import { ITEMS } from '../src/domain/kinds/kind.ts';
import { differencesBetween } from '../src/domain/programme/programmeDifferences.ts';
import { scopeOf } from '../src/domain/request.ts';
import {
  type CommitmentAsk,
  commitmentsAhead,
  followUpsOf,
  isFollowedUp,
} from '../src/domain/results/followUp.ts';
import { renderProgramme } from '../src/publications/programme.ts';
import { programmeTemplate } from '../src/publications/programmeView.ts';
import {
  documentAttachment,
  isAttachable,
  logosIn,
  programmeAttachments,
  templateIn,
} from './attachments.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { areDocumentsAsked, firstInvitedTo } from './firstInvitation.ts';
import { cooperationOf, documentLine, waivedOf } from './headings.ts';
import type { Activities } from './index.ts';
import { briefOfRequest } from './requestNotices.ts';
import { approvalsOf, programmeStandingOf } from './standing.ts';
import { programmeIssuedKey, sheetDelivery } from './tidings.ts';
import { translationAsked, translationStanding } from './translation.ts';

type Publications = Pick<
  Activities,
  | 'draftProgramme'
  | 'issueProgramme'
  | 'publishSheet'
  | 'closeCooperation'
  | 'commitmentsAhead'
  | 'endFollowUp'
>;

/** What the cooperation publishes: programme, systematization sheet, and its own end. */
export function publicationActivities(outside: Outside): Publications {
  const { caseFile, now } = outside;
  return {
    draftProgramme: (input) => draftOf(outside, input),

    async issueProgramme({ cooperation: id, programme }) {
      const cooperation = await cooperationOf(caseFile, id);
      const version = (await programmesOf(caseFile, id)).find(({ hash }) => hash === programme.hash);
      if (!version) throw new Error(`the case file has no ${programme.ref} of ${id}`);
      const waived = await waivedOf(caseFile, cooperation, programme.hash);
      // Where the first session is invited to right after this, its invitation brings the programme.
      if (await firstInvitedTo(outside, cooperation)) {
        await noteIssued(caseFile, id, version.version, now());
        await noteSent(caseFile, id, version.version, now());
        return { notified: 0, refused: 0 };
      }
      // Dates that were fixed while it was up for approval need none: they are in the version that goes out.
      const cause = `${version.cause}.since`;
      const isFirst = version.issuedAt === null;
      const since =
        isFirst && (await changedSince(caseFile, id, version.madeAt))
          ? await makeProgramme(outside, id, cause)
          : (await programmesOf(caseFile, id)).find((one) => one.cause === cause);
      const sent = since ?? version;
      await noteIssued(caseFile, id, version.version, now());
      // Those who are asked for documents right after this get it in the same mail.
      const asked = cooperation.pausedAt === null && !(await areDocumentsAsked(caseFile, id));
      const notified = await deliver(outside, {
        cooperation,
        key: programmeIssuedKey(version.version),
        to: (await delegationsOf(caseFile, id)).filter(({ role }) => !asked || role === 'staff'),
        notice: () => ({
          notice: 'programme-issued',
          version: sent.version,
          ...waived,
        }),
        attachments: await programmeAttachments(outside, sent),
      });
      await noteIssued(caseFile, id, sent.version, now());
      await noteSent(caseFile, id, version.version, now());
      return notified;
    },

    async publishSheet({ cooperation: id, sheet, change }) {
      const cooperation = await cooperationOf(caseFile, id);
      const { plan, pausedAt } = cooperation;
      const before = change === undefined ? null : await standingSheet(caseFile, id);
      const { version, delivery } = await sheetDelivery(outside, cooperation, sheet.hash, before?.version);
      // Those who are asked for the report right after this get it in the same mail; after a correction nobody is.
      const asked = pausedAt || change !== undefined ? [] : plan.report.drafts;
      const notified = await deliver(outside, {
        ...delivery,
        to: (await participantsOf(caseFile, id)).filter(({ party }) => !asked.includes(party)),
      });
      await addToRecord(caseFile, {
        cooperation: id,
        key: change === undefined ? 'sheet-published' : `sheet-published:${change}`,
        at: now(),
        kind: 'sheet-published',
        data: { version, sha256: sheet.hash, ...(change !== undefined && { change }) },
      });
      return notified;
    },

    async closeCooperation({ cooperation: id }) {
      const cooperation = await cooperationOf(caseFile, id);
      const newest = await leftAtTheEnd(outside, id);
      const report = newest.findLast(({ kind }) => kind === 'report');
      const at = now();
      const { programme, plan } = cooperation;
      const followUps = followUpsOf(programme, plan.parties, at, outside.followUpMonthMs);
      const commitments = (await asksAhead(outside, { id, plan, closedAt: at })).length > 0;
      const goesOn = followUps.length > 0 || commitments;
      // Without the site, there is nowhere to fetch one.
      const certified = outside.site ? await certifiedIn(caseFile, id) : new Set();
      const atTheEnd = await leftUnanswered(outside, id);
      const notified = await deliver(outside, {
        cooperation,
        key: 'cooperation-closed',
        to: await participantsOf(caseFile, id),
        notice: ({ id: personId, language, role, party }) => ({
          notice: 'cooperation-closed',
          followUps: followUps.map(({ at }) => at),
          commitments,
          certificate: certified.has(personId),
          survey: role === 'delegate',
          ...{ party, atTheEnd: atTheEnd({ party, role }) },
          paper: outside.site !== undefined,
          documents: newest.map((entry) =>
            documentLine(cooperation.programme, entry, language, entry === report && isAttachable(entry)),
          ),
        }),
        attachments: await documentAttachment(outside, report),
      });
      await closeCaseFile(caseFile, id, { at, followUps, goesOn });
      const closed = await cooperationOf(caseFile, id);
      return { ...notified, followUps: closed.followUps, goesOn: isFollowedUp(closed) };
    },

    async commitmentsAhead({ cooperation }) {
      const asked = (await requestsOf(caseFile, cooperation)).filter(
        ({ kind, renews }) => kind === 'tell-commitments' && renews === null,
      );
      return {
        asked: asked.flatMap(({ round, parties: [party] }) => (party ? [{ round, party }] : [])),
        ahead: await asksAhead(outside, await cooperationOf(caseFile, cooperation)),
      };
    },

    async endFollowUp({ cooperation, at }) {
      await endFollowUp(caseFile, cooperation, at);
    },
  };
}

/** What was closed with a cooperation and not answered, of what concerns a person; to everybody, what goes on all the same. */
async function leftUnanswered(
  outside: Outside,
  id: string,
): Promise<(person: Pick<PersonRow, 'party' | 'role'>) => Brief['atTheEnd']> {
  const { caseFile } = outside;
  const acceptance = (await requestsOf(caseFile, id)).findLast(
    ({ kind, outcome }) => endsCooperation(kind) && outcome === kinds[kind].ends,
  );
  if (!acceptance) return () => [];
  const { atTheEnd } = await briefOfRequest(outside, acceptance);
  const questions = await questionsOf(caseFile, id);
  const hasAsked = (party: string, { kind, item }: Brief['atTheEnd'][number]) =>
    ITEMS[kinds[kind].about] === 'question' &&
    questions.some(({ number, fromParty }) => number === item && fromParty === party);
  return ({ party, role }) =>
    atTheEnd.filter(
      (one) => one.how !== 'closes' || role === 'staff' || one.owing.includes(party) || hasAsked(party, one),
    );
}

/** Of each document the newest version that can be had; of the sheet the one that is published, if it still is. */
async function leftAtTheEnd({ caseFile }: Outside, cooperation: string): Promise<DocumentEntry[]> {
  const sheet = await standingSheet(caseFile, cooperation);
  const had = (await documentsOf(caseFile, cooperation)).filter(
    (entry) => isHad(entry) && (entry.kind !== 'sheet' || entry.sha256 === sheet?.sha256),
  );
  return had.filter((entry) => isNewest(entry, had));
}

/** Who is asked next about their commitments, and when. */
const asksAhead = async (
  { caseFile, now, followUpMonthMs }: Outside,
  { id, plan, closedAt }: Pick<CooperationRow, 'id' | 'plan' | 'closedAt'>,
): Promise<CommitmentAsk[]> =>
  commitmentsAhead(await commitmentsOf(caseFile, id), plan.parties, closedAt ?? now(), followUpMonthMs);

/** The version that a workflow has approved in a round: the one there is, or the next. */
async function draftOf(
  outside: Outside,
  { cooperation, scope, round }: Parameters<Activities['draftProgramme']>[0],
): Promise<Awaited<ReturnType<Activities['draftProgramme']>>> {
  const { caseFile, now } = outside;
  const made = ({ version, hash }: ProgrammeVersionRow, of: number) => ({
    subject: { ref: `programme-v${version}`, hash },
    version,
    round: of,
  });
  const draft = await draftIn(caseFile, cooperation, scope);
  const isPast = draft === undefined || draft.round < round;
  if (!isPast && !draft.corrected) return made(draft.version, draft.round);
  // Approvals of a version that was corrected while nothing ran do not count.
  const asked = (await openRequestsOf(caseFile, cooperation))
    .filter((row) => row.kind === 'approve-programme' && scopeOf(row) === scope)
    .map(({ id }) => id);
  await lapseRequests(caseFile, cooperation, asked, 'superseded', now());
  const next = isPast ? round : draft.round + 1;
  const asks = await translationAsked(outside, await cooperationOf(caseFile, cooperation), scope);
  if (asks) return { asks, round: next };
  // What was made for the same round and annulled has a cause of its own.
  const cause = `${scope}.${next}`;
  const annulled = (await programmesOf(caseFile, cooperation)).filter(
    (one) => one.annulledAt !== null && (one.cause === cause || one.cause.startsWith(`${cause}.`)),
  );
  const anew = annulled.length > 0 ? `${cause}.${annulled.length + 1}` : cause;
  return made(await makeProgramme(outside, cooperation, anew, scope), next);
}

/**
 * Makes the version of the programme that `cause` asks for, from the case file as it stands; once for each cause.
 * `approvedIn` is the workflow that asks both ministries for it, where one does.
 */
export function makeProgramme(
  { caseFile, documents, now }: Outside,
  id: string,
  cause: string,
  approvedIn: string | null = null,
): Promise<ProgrammeVersionRow> {
  return nextProgrammeVersion(caseFile, id, { cause, approvedIn }, async (version, tx) => {
    const madeAt = now();
    const cooperation = await cooperationOf(tx, id);
    // The consultant is no participant of the programme; the sheet and the report name them.
    const { consultant: _, ...standing } = await programmeStandingOf(tx, cooperation);
    const second = await translationStanding(tx, cooperation, standing);
    const printed = { ...standing, ...(second && { translation: second.translation }) };
    const content = { version, madeOn: madeAt.slice(0, 10), ...printed };
    const before = await lastPrinted(tx, id);
    const approvals = await approvalsOf(tx, cooperation);
    const { institutions, language } = printed.programme;
    const template = await templateIn({ caseFile: tx, documents }, programmeTemplate(printed), language);
    const logos = await logosIn({ caseFile: tx, documents }, institutions);
    const rendered = { ...content, approvals, logos };
    const { pdf, docx, fileNames } = await renderProgramme(rendered, template?.file);
    const [pdfStored, docxStored] = [
      await documents.put(Readable.from([pdf])),
      await documents.put(Readable.from([docx])),
    ];
    return {
      madeAt,
      hash: hashOf(content),
      printed,
      differences: before ? differencesBetween(before, printed) : [],
      pdfSha256: pdfStored.sha256,
      pdfName: fileNames.pdf,
      docxSha256: docxStored.sha256,
      docxName: fileNames.docx,
      template: template?.number,
    };
  });
}
