import { buffer } from 'node:stream/consumers';
import { inspectBytes } from '../documents/accept.ts';
import { paperParagraphs } from '../documents/paperText.ts';
import { type CleanPicture, cleanPicture } from '../documents/picture.ts';
import type { Arrival } from '../documents/store.ts';
import { wordChanges } from '../documents/wordText.ts';
import type { ReadMail } from '../domain/mails/incomingMail.ts';
import type { FileMistake } from '../domain/mistake.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { DocumentChange } from '../domain/programme/programmeDifferences.ts';
import { checkCorrectedFile, checkProgrammeFile } from '../domain/programme/programmeFile.ts';
import type { BundleReport } from '../domain/results/bundle.ts';
import type { TemplateFault, TemplateName } from '../domain/results/wordTemplate.ts';
import { verifyBundle } from '../evidence/verify.ts';
import { mailFile, readMail } from '../incoming/reading.ts';

/**
 * What looks at files that people send: whether a document may be taken, and what a programme file holds. A server has
 * it done in processes of their own (`apart.ts`), since a file can be made to take long or much.
 */
export type Inspection = {
  /** @throws Refused `DocumentRefused`, `InspectionUnavailable` */
  document(fileName: string, held: Arrival): Promise<void>;
  /** A programme file, or one that corrects the programme of a cooperation under way. @throws Refused `InspectionUnavailable` */
  programme(source: string, as?: 'new' | 'correction'): Promise<CheckedProgramme>;
  /**
   * What one Word file says otherwise than another; `undefined` where one of them cannot be made out.
   * @throws Refused `InspectionUnavailable`
   */
  wordChanges(before: Arrival, after: Arrival): Promise<DocumentChange | undefined>;
  /**
   * What a Word file or a PDF says, paragraph by paragraph; `undefined` where it cannot be made out.
   * @throws Refused `InspectionUnavailable`
   */
  text(mediaType: string, held: Arrival): Promise<string[] | undefined>;
  /**
   * What is wrong with a Word template that nothing speaks against as a file; it is filled with the example, too.
   * @throws Refused `DocumentRefused`, `InspectionUnavailable`
   */
  template(name: TemplateName, held: Arrival): Promise<TemplateFault[]>;
  /** A picture written anew with nothing but what it shows. @throws Refused `DocumentRefused`, `InspectionUnavailable` */
  picture(held: Arrival): Promise<CleanPicture>;
  /** A bundle that lies on the disk. @throws Refused `InspectionUnavailable` */
  bundle(file: string): Promise<BundleReport>;
  /** A mail that came; `undefined` where it cannot be made out. @throws Refused `InspectionUnavailable` */
  mail(held: Arrival): Promise<ReadMail | undefined>;
  /** One of its files, by its place; `undefined` where there is none. @throws Refused `InspectionUnavailable` */
  mailFile(held: Arrival, index: number): Promise<Uint8Array | undefined>;
};

export type CheckedProgramme = { programme: Programme } | { mistakes: FileMistake[] };

/** A look in this process itself: in the process apart, in rehearsals and in tests. */
export const inspectionHere: Inspection = {
  document: (fileName, { read }) => inspectBytes(fileName, read),
  programme: async (source, as = 'new') =>
    as === 'correction' ? checkCorrectedFile(source) : checkProgrammeFile(source),
  wordChanges: (before, after) => wordChanges(before.read, after.read).catch(() => undefined),
  text: (mediaType, { read }) => paperParagraphs(mediaType, read).catch(() => undefined),
  async template(name, { read }) {
    // Loaded where a template is looked at, which is seldom.
    const { templateFaults } = await import('../publications/templateCheck.ts');
    return templateFaults(name, await buffer(read()));
  },
  picture: async ({ read }) => cleanPicture(await buffer(read())),
  bundle: (file) => verifyBundle(file),
  mail: async ({ read }) => readMail(await buffer(read())).catch(() => undefined),
  mailFile: async ({ read }, index) => mailFile(await buffer(read()), index).catch(() => undefined),
};
