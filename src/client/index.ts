import type { GivenChange } from '../domain/change.ts';
import type { GivenComment } from '../domain/comment.ts';
import type { GivenCommunication, GivenEnquiry, GivenEnquiryAnswer } from '../domain/communication.ts';
import type { Door } from '../domain/door.ts';
import type { GivenMailFile, RecordedMail, SeenMail } from '../domain/mails/incomingMail.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { GivenCertificates, WithdrawnCertificate } from '../domain/results/certificate.ts';
import type { GivenConsent } from '../domain/results/consent.ts';
import type { TemplateName } from '../domain/results/wordTemplate.ts';
import { type GivenAgain, resendRefused, sendAgain } from './again.ts';
import { agreement } from './agreement.ts';
import { answer, answerByToken, takeBack, takeBackByToken } from './answers.ts';
import { checkBundle } from './bundles.ts';
import type { ByToken } from './came.ts';
import {
  checkCertificate,
  foreseeCertificates,
  giveCertificates,
  withdrawCertificate,
} from './certificates.ts';
import { change, preview } from './changes.ts';
import { closingPaper, type GivenSignedPaper, keepClosingPapers, signPaper } from './closingPaper.ts';
import { comment } from './comments.ts';
import { answerEnquiry, enquire, foreseeCommunication, write } from './communications.ts';
import { consent, sheetPublished } from './consents.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import { type GivenDocument, putDocument } from './documents.ts';
import type { GivenAnswer, GivenTakeBack } from './givenAnswer.ts';
import type { GivenQuestion } from './givenQuestion.ts';
import type { GivenRebuild } from './givenRebuild.ts';
import type { GivenResend } from './givenResend.ts';
import { fileWaiting, seeToMail } from './incomingMails.ts';
import { fillLibrary, nearestExperiences, nearestToProgramme, renewLibrary } from './library.ts';
import {
  allLogos,
  type GivenLogo,
  institutionLogos,
  logoFile,
  presentLogos,
  putLogo,
  removeLogo,
} from './logos.ts';
import { recordMailAnswer } from './mailAnswers.ts';
import { mailFileOf, takeMailFile } from './mailFiles.ts';
import { ask } from './questions.ts';
import { lost, rebuild } from './rebuild.ts';
import { type Post, reconcile } from './reconcile.ts';
import { handInAnswers } from './recovery.ts';
import { printSheets } from './sheetPdfs.ts';
import { checkProgramme, foreseeStart, type StartOptions, start } from './start.ts';
import {
  allTemplates,
  type GivenTemplate,
  putTemplate,
  resetTemplate,
  templateFile,
  wordTemplates,
} from './templates.ts';

export { Refused } from '../domain/refusal.ts';
export type { GivenAgain } from './again.ts';
export type { GivenDocument } from './documents.ts';
export type {
  Enclosures,
  GivenAnswer,
  GivenDecision,
  GivenTakeBack,
} from './givenAnswer.ts';
export type { GivenQuestion } from './givenQuestion.ts';
export { patient, type Workflows, workflowsOver } from './temporal.ts';

/** What people can do with cooperations: one call each, refused with a code and its values or done. */
export type Cooperations = ReturnType<typeof cooperationsOver>;

export const cooperationsOver = (client: CooperationClient) => ({
  /** A cooperation as it is filed. */
  cooperation: (id: string) => cooperationOf(client, id),
  checkProgramme: (source: string, as?: 'new' | 'correction') => checkProgramme(client, source, as),
  checkBundle: (bytes: AsyncIterable<Uint8Array>, whose: string) => checkBundle(client, bytes, whose),
  start: (source: string, options?: StartOptions) => start(client, source, options),
  foreseeStart: (source: string) => foreseeStart(client, source),
  answer: (cooperation: string, given: GivenAnswer, door?: Door) => answer(client, cooperation, given, door),
  answerByToken: (cooperation: string, given: GivenAnswer, token: ByToken) =>
    answerByToken(client, cooperation, given, token),
  takeBack: (cooperation: string, given: GivenTakeBack, door?: Door) =>
    takeBack(client, cooperation, given, door),
  takeBackByToken: (cooperation: string, given: GivenTakeBack, token: ByToken) =>
    takeBackByToken(client, cooperation, given, token),
  agreement: () => agreement(client),
  reconcile: (post: Post, failed: Parameters<typeof reconcile>[2]) => reconcile(client, post, failed),
  lost: (given: GivenRebuild) => lost(client, given),
  rebuild: (given: GivenRebuild) => rebuild(client, given),
  handInAnswers: () => handInAnswers(client),
  putDocument: (cooperation: string, given: GivenDocument, token?: ByToken) =>
    putDocument(client, cooperation, given, token),
  fillLibrary: () => fillLibrary(client),
  printSheets: (log: Parameters<typeof printSheets>[1]) => printSheets(client, log),
  renewLibrary: () => renewLibrary(client),
  nearestExperiences: (source: string) => nearestExperiences(client, source),
  nearestToProgramme: (programme: Programme) => nearestToProgramme(client, programme),
  logos: () => institutionLogos(client),
  logoVersions: () => allLogos(client),
  putLogo: (given: GivenLogo) => putLogo(client, given),
  removeLogo: (given: Parameters<typeof removeLogo>[1]) => removeLogo(client, given),
  logoFile: (number: number) => logoFile(client, number),
  presentLogos: (institutions: Parameters<typeof presentLogos>[1]) => presentLogos(client, institutions),
  templates: () => wordTemplates(client),
  templateVersions: () => allTemplates(client),
  putTemplate: (given: GivenTemplate) => putTemplate(client, given),
  resetTemplate: (given: Parameters<typeof resetTemplate>[1]) => resetTemplate(client, given),
  templateFile: (template: TemplateName, which: number | 'shipped', isFilled: boolean) =>
    templateFile(client, template, which, isFilled),
  ask: (cooperation: string, given: GivenQuestion, token?: ByToken) => ask(client, cooperation, given, token),
  preview: (cooperation: string, given: GivenChange) => preview(client, cooperation, given),
  change: (cooperation: string, given: GivenChange, door?: Door) => change(client, cooperation, given, door),
  comment: (cooperation: string, given: GivenComment, token?: ByToken) =>
    comment(client, cooperation, given, token),
  consent: (cooperation: string, given: GivenConsent, token?: Parameters<typeof consent>[3]) =>
    consent(client, cooperation, given, token),
  publishedSheet: (cooperation: string) => sheetPublished(client, cooperation),
  foreseeCommunication: (cooperation: string, given: Pick<GivenCommunication, 'addressed'>) =>
    foreseeCommunication(client, cooperation, given),
  write: (cooperation: string, given: GivenCommunication, token?: ByToken) =>
    write(client, cooperation, given, token),
  enquire: (cooperation: string, given: GivenEnquiry, token?: ByToken) =>
    enquire(client, cooperation, given, token),
  answerEnquiry: (cooperation: string, given: GivenEnquiryAnswer, token?: ByToken) =>
    answerEnquiry(client, cooperation, given, token),
  /** Reads and files what has come by mail. */
  fileMails: (failed?: (error: unknown) => void) => fileWaiting(client, failed),
  recordMailAnswer: (cooperation: string, given: RecordedMail, token?: ByToken) =>
    recordMailAnswer(client, cooperation, given, token),
  seeToMail: (cooperation: string, given: SeenMail, token?: ByToken) =>
    seeToMail(client, cooperation, given, token),
  mailFile: (cooperation: string, asked: GivenMailFile) => mailFileOf(client, cooperation, asked),
  takeMailFile: (cooperation: string, given: GivenMailFile, token?: ByToken) =>
    takeMailFile(client, cooperation, given, token),
  foreseeCertificates: (cooperation: string, given: GivenCertificates) =>
    foreseeCertificates(client, cooperation, given),
  giveCertificates: (cooperation: string, given: GivenCertificates, token?: ByToken) =>
    giveCertificates(client, cooperation, given, token),
  withdrawCertificate: (cooperation: string, given: WithdrawnCertificate, token?: ByToken) =>
    withdrawCertificate(client, cooperation, given, token),
  closingPaper: (cooperation: string) => closingPaper(client, cooperation),
  signPaper: (cooperation: string, given: GivenSignedPaper, token?: Parameters<typeof signPaper>[3]) =>
    signPaper(client, cooperation, given, token),
  keepClosingPapers: (log: Parameters<typeof keepClosingPapers>[1]) => keepClosingPapers(client, log),
  checkCertificate: (typed: string) => checkCertificate(client, typed),
  resendRefused: (given: GivenResend, isDry: boolean) => resendRefused(client, given, isDry),
  sendAgain: (cooperation: string, given: GivenAgain) => sendAgain(client, cooperation, given),
});
