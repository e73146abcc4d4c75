import { randomBytes } from 'node:crypto';
import {
  type CertificateActor,
  certificateOfCode,
  enterCertificates,
  enterWithdrawal,
  type PrintedCertificate,
} from '../casefile/results/certificates.ts';
import { viewOf } from '../casefile/view.ts';
import type { CaseView } from '../domain/caseView.ts';
import { dateIn } from '../domain/dates/dates.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import { secretariatOf } from '../domain/programme/plan.ts';
import { refused } from '../domain/refusal.ts';
import type {
  CheckedCertificate,
  GivenCertificates,
  WithdrawnCertificate,
} from '../domain/results/certificate.ts';
import { CODE_LENGTH, certificateCode, codeTyped } from '../domain/results/certificateCode.ts';
import {
  areSessionsOver,
  attendedIn,
  certificateState,
  certificatesDue,
  type Participation,
  statesTheSame,
} from '../domain/results/certifiedAttendance.ts';
import type { ByToken } from './came.ts';
import { authorOf } from './communications.ts';
import { type CooperationClient, cooperationOf } from './cooperationClient.ts';
import { presentLogos } from './logos.ts';

/** Certificates: given by the Secretariat once the sessions are over, withdrawn by it, and checked by anybody. */

/** To whom certificates would be given, and the numbers of those that they replace. @throws Refused */
export async function foreseeCertificates(
  client: CooperationClient,
  cooperation: string,
  { anew }: GivenCertificates,
): Promise<{ due: Participation[]; replaced: number[] }> {
  const view = await caseOf(client, cooperation);
  const { due, outdated } = certificatesDue(attendedIn(view), view.certificates, anew);
  return { due, replaced: outdated.map(({ number }) => number) };
}

/**
 * Gives a certificate to everybody who attended and has none that stands.
 * @returns the numbers of those that were given, and of those that they replace
 * @throws Refused `CertificatesTooEarly`
 */
export async function giveCertificates(
  client: CooperationClient,
  cooperation: string,
  given: GivenCertificates,
  token?: ByToken,
): Promise<{ given: number[]; replaced: number[] }> {
  const actor = await actorOf(client, cooperation, given.by, token);
  const view = await caseOf(client, cooperation);
  const attended = attendedIn(view);
  const printed = await print(client, view, certificatesDue(attended, view.certificates, given.anew).due);
  // As it stands then: somebody else may have given some meanwhile.
  return enterCertificates(client.caseFile, actor, (standing) => {
    const { due, outdated } = certificatesDue(attended, standing, given.anew);
    return { printed: printed.filter((one) => due.some((other) => statesTheSame(one, other))), outdated };
  });
}

/** @throws Refused `CertificateUnknown`, `CertificateWithdrawn` */
export async function withdrawCertificate(
  client: CooperationClient,
  cooperation: string,
  given: WithdrawnCertificate,
  token?: ByToken,
): Promise<{ certificate: number }> {
  const actor = await actorOf(client, cooperation, given.by, token);
  await enterWithdrawal(client.caseFile, actor, given);
  return { certificate: given.certificate };
}

/** What whoever has a code may know: that the certificate stands and what it states, or that it does not. */
export async function checkCertificate(
  client: CooperationClient,
  typed: string,
): Promise<CheckedCertificate> {
  const { caseFile, now } = client;
  const code = codeTyped(typed);
  const found = code === undefined ? undefined : await certificateOfCode(caseFile, code);
  const view = found && (await viewOf(caseFile, found.cooperation, now()));
  const certificate = view?.certificates.find(({ number }) => number === found?.number);
  if (!view || !certificate) return { state: 'unknown' };
  const { programme } = view;
  const { institutions } = programme;
  const secretariat = secretariatAmong(institutions);
  const givenOn = dateIn(certificate.givenAt, secretariat.timezone);
  const state = certificateState(certificate, attendedIn(view));
  if (state !== 'valid') return { state, givenOn };
  const { name, party, institution, sessions } = certificate;
  const own = institutions.find(({ id }) => id === party);
  return {
    ...{ state, givenOn, name, institution: own?.name ?? institution ?? null, sessions },
    cooperation: {
      subject: programme.subject,
      requesting: namesOf(programme, 'requesting'),
      providing: namesOf(programme, 'providing'),
      secretariat: secretariat.name,
    },
  };
}

const namesOf = ({ institutions }: CaseView['programme'], side: 'requesting' | 'providing'): string[] =>
  institutions.filter(({ role }) => role === side).map(({ name }) => name);

/** @throws Refused `CooperationUnknown`, `CertificatesTooEarly` */
async function caseOf({ caseFile, now }: CooperationClient, cooperation: string): Promise<CaseView> {
  const view = await viewOf(caseFile, cooperation, now());
  if (!view) return refused({ code: 'CooperationUnknown', cooperation });
  if (!areSessionsOver(view)) return refused({ code: 'CertificatesTooEarly' });
  return view;
}

/** The papers, each with a code of its own and in the store. @throws Refused `Unavailable` */
async function print(
  { caseFile, certificates: printer, documents, now }: CooperationClient,
  { programme }: CaseView,
  due: readonly Participation[],
): Promise<PrintedCertificate[]> {
  if (due.length === 0) return [];
  if (!printer) return refused({ code: 'Unavailable' });
  const coded = due.map((one) => ({ ...one, code: certificateCode(randomBytes(CODE_LENGTH)) }));
  const givenOn = dateIn(now(), secretariatAmong(programme.institutions).timezone);
  const papers = await printer(
    coded.map(({ persons: _, ...one }) => ({ ...one, programme, givenOn })),
    await presentLogos({ caseFile, documents }, programme.institutions),
  );
  return Promise.all(
    coded.map(async (one, index) => {
      const { sha256 } = await documents.put(bytesOf(papers[index] as Uint8Array));
      return { ...one, sha256 };
    }),
  );
}

async function* bytesOf(paper: Uint8Array): AsyncGenerator<Uint8Array> {
  yield paper;
}

async function actorOf(
  client: CooperationClient,
  cooperation: string,
  by: string | undefined,
  token: ByToken | undefined,
): Promise<CertificateActor> {
  const { plan } = await cooperationOf(client, cooperation);
  return {
    cooperation,
    by: await authorOf(client, plan, by),
    party: secretariatOf(plan),
    now: client.now(),
    came: token ? { door: token.door } : {},
  };
}
