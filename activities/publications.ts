import { Readable } from 'node:stream';
import { closeCaseFile } from '../src/casefile/cooperations.ts';
import { documentByHash, documentsOf } from '../src/casefile/documents.ts';
import { hashOf } from '../src/casefile/filing.ts';
import { delegationsOf } from '../src/casefile/people.ts';
import { nextProgrammeVersion, noteIssued, programmesOf } from '../src/casefile/programmes.ts';
import { addToRecord } from '../src/casefile/record.ts';
import type { ProgrammeVersionRow } from '../src/casefile/schema.ts';
import { renderProgramme } from '../src/publications/programme.ts';
import { documentAttachment, isAttachable, programmeAttachments } from './attachments.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, documentLine } from './headings.ts';
import type { Activities } from './index.ts';
import { standingOf } from './standing.ts';

type Publications = Pick<
  Activities,
  'draftProgramme' | 'issueProgramme' | 'publishSheet' | 'closeCooperation'
>;

/** What the cooperation publishes: programme, systematization sheet, and its own end. */
export function publicationActivities(outside: Outside): Publications {
  const { caseFile, now } = outside;
  return {
    async draftProgramme({ cooperation, cause }) {
      const { version, hash } = await makeProgramme(outside, cooperation, cause);
      return { ref: `programme-v${version}`, hash };
    },

    async issueProgramme({ cooperation: id, programme }) {
      const cooperation = await cooperationOf(caseFile, id);
      const version = (await programmesOf(caseFile, id)).find(({ hash }) => hash === programme.hash);
      if (!version) throw new Error(`the case file has no ${programme.ref} of ${id}`);
      const notified = await deliver(outside, {
        cooperation,
        key: `programme-issued|${version.version}`,
        to: await delegationsOf(caseFile, id),
        notice: () => ({ notice: 'programme-issued', version: version.version }),
        attachments: await programmeAttachments(outside, version),
      });
      await noteIssued(caseFile, id, version.version, now());
      return notified;
    },

    async publishSheet({ cooperation: id, sheet }) {
      const cooperation = await cooperationOf(caseFile, id);
      const document = await documentByHash(caseFile, id, sheet.hash);
      const version = document?.version ?? 1;
      const notified = await deliver(outside, {
        cooperation,
        key: `sheet-published|${version}`,
        to: await delegationsOf(caseFile, id),
        notice: () => ({ notice: 'sheet-published', version }),
        attachments: await documentAttachment(outside, id, sheet.hash),
      });
      await addToRecord(caseFile, {
        cooperation: id,
        key: 'sheet-published',
        at: now(),
        kind: 'sheet-published',
        data: { version, sha256: sheet.hash },
      });
      return notified;
    },

    async closeCooperation({ cooperation: id }) {
      const cooperation = await cooperationOf(caseFile, id);
      const entries = await documentsOf(caseFile, id);
      const newest = entries.filter(
        (entry) =>
          !entries.some((other) => other.document === entry.document && other.version > entry.version),
      );
      const report = newest.findLast(({ kind }) => kind === 'report');
      const notified = await deliver(outside, {
        cooperation,
        key: 'cooperation-closed',
        to: await delegationsOf(caseFile, id),
        notice: ({ language }) => ({
          notice: 'cooperation-closed',
          documents: newest.map((entry) =>
            documentLine(cooperation.programme, entry, language, entry === report && isAttachable(entry)),
          ),
        }),
        attachments: report ? await documentAttachment(outside, id, report.sha256) : [],
      });
      await closeCaseFile(caseFile, id, now());
      return notified;
    },
  };
}

/** Makes the version of the programme that `cause` asks for, from the case file as it stands; once for each cause. */
export function makeProgramme(
  { caseFile, documents, now }: Outside,
  id: string,
  cause: string,
): Promise<ProgrammeVersionRow> {
  return nextProgrammeVersion(caseFile, id, cause, async (version, tx) => {
    const madeAt = now();
    const cooperation = await cooperationOf(tx, id);
    // The consultant is no participant of the programme; the sheet and the report name them.
    const { consultant: _, ...printed } = await standingOf(tx, cooperation);
    const content = { version, madeOn: madeAt.slice(0, 10), ...printed };
    const { pdf, docx, fileNames } = await renderProgramme(content);
    const [pdfStored, docxStored] = [
      await documents.put(Readable.from([pdf])),
      await documents.put(Readable.from([docx])),
    ];
    return {
      madeAt,
      hash: hashOf(content),
      pdfSha256: pdfStored.sha256,
      pdfName: fileNames.pdf,
      docxSha256: docxStored.sha256,
      docxName: fileNames.docx,
    };
  });
}
