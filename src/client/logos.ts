import { Readable } from 'node:stream';
import { addLogo, institutionsKnown, logosOf, logoVersions } from '../casefile/results/logos.ts';
import { acceptName } from '../documents/accept.ts';
import { bytesUpTo, readAll } from '../documents/store.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { refused } from '../domain/refusal.ts';
import {
  LOGO_TYPES,
  type Logo,
  type LogoVersion,
  MOST_LOGO_BYTES,
  SECRETARIAT,
} from '../domain/results/logo.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import { triedLogo } from '../publications/logoTrial.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** The logos of institutions: which there are, how staff put one in, and those of a paper. */

type Client = Pick<CooperationClient, 'caseFile' | 'documents' | 'inspection' | 'now'>;

export type GivenLogo = {
  institution: string;
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
  /** The address of who puts it in; nobody's from the terminal. */
  by: string | null;
  /** The number of the last, of any institution, that they had seen; 0 for none. */
  seen: number;
};

/**
 * Puts another in the place of the present one, once it has been looked at as any file of people, written anew with what
 * it shows alone, and set on a paper.
 * @throws Refused `DocumentRefused`, `InspectionUnavailable`, `WrittenSince`
 */
export async function putLogo(
  { caseFile, documents, inspection = inspectionHere, now }: Client,
  { institution, fileName: given, bytes, by, seen }: GivenLogo,
): Promise<{ number: number }> {
  const { fileName, mediaType } = acceptName(given);
  if (!LOGO_TYPES.some((one) => one === mediaType)) return refused({ code: 'DocumentRefused', why: 'logo' });
  const sent = (await bytesUpTo(MOST_LOGO_BYTES, bytes)) ?? refused({ code: 'DocumentRefused', why: 'logo' });
  const held = { read: () => Readable.from([sent]) };
  await inspection.document(fileName, held);
  const { bytes: clean, ...picture } = await inspection.picture(held);
  const logo = { institution, ...picture, bytes: clean.toString('base64') };
  if (!(await triedLogo(logo))) return refused({ code: 'DocumentRefused', why: 'damaged' });
  const { sha256 } = await documents.put(Readable.from([clean]));
  const file = { sha256, name: fileName, ...picture };
  return putSince(await addLogo(caseFile, { institution, by, seen, file }, now()));
}

/** @throws Refused `WrittenSince` */
const putSince = (put: Awaited<ReturnType<typeof addLogo>>): { number: number } =>
  'since' in put ? refused({ code: 'WrittenSince', of: 'logo', at: put.since }) : put;

/**
 * Takes a logo away; those that were put in are kept.
 * @returns whether there was one
 * @throws Refused `WrittenSince`
 */
export async function removeLogo(
  { caseFile, now }: Pick<Client, 'caseFile' | 'now'>,
  { institution, by, seen }: Pick<GivenLogo, 'institution' | 'by' | 'seen'>,
): Promise<boolean> {
  const present = (await logoVersions(caseFile)).find((one) => one.institution === institution);
  if (!present?.file) return false;
  putSince(await addLogo(caseFile, { institution, by, seen, file: null }, now()));
  return true;
}

/** All that were put in, of any institution, the newest first. */
export const allLogos = ({ caseFile }: Pick<Client, 'caseFile'>): Promise<LogoVersion[]> =>
  logoVersions(caseFile);

/** Who may have a logo: the institutions of all cooperations, and others that have one; of each its last logo, if any was. */
export async function institutionLogos({
  caseFile,
}: Pick<Client, 'caseFile'>): Promise<
  { institution: string; name: string | null; last: LogoVersion | null }[]
> {
  const versions = await logoVersions(caseFile);
  const known = new Map((await institutionsKnown(caseFile)).map(({ owner, name }) => [owner, name]));
  const all = [...new Set([SECRETARIAT, ...known.keys(), ...versions.map((one) => one.institution)])];
  return all.map((institution) => ({
    institution,
    name: known.get(institution) ?? null,
    last: versions.find((one) => one.institution === institution) ?? null,
  }));
}

/** A logo's file, by its number; nothing where there is none. */
export async function logoFile(
  { caseFile, documents }: Pick<Client, 'caseFile' | 'documents'>,
  number: number,
): Promise<{ file: NonNullable<LogoVersion['file']>; bytes: Buffer } | undefined> {
  const file = (await logoVersions(caseFile)).find((one) => one.number === number)?.file;
  return file ? { file, bytes: await readAll(documents, file.sha256) } : undefined;
}

/** The logos that papers of these institutions are made with. */
export const presentLogos = (
  { caseFile, documents }: Pick<Client, 'caseFile' | 'documents'>,
  institutions: readonly Pick<Programme['institutions'][number], 'id' | 'role'>[],
): Promise<Logo[]> => logosOf(caseFile, institutions, (sha256) => readAll(documents, sha256));
