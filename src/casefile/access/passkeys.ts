import { createHmac, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { sql } from 'kysely';
import { z } from 'zod';
import { MINUTE_MS } from '../../domain/dates/durations.ts';
import { type CaseFile, json } from '../database/database.ts';
import type { CaseFileTables } from '../database/schema.ts';
import { after, hash, plainAddress } from './access.ts';
import { keyFor } from './sealedText.ts';
import {
  endStep,
  factorsOf,
  lockFactor,
  setUpFactor,
  type TakenStep,
  triedStep,
  withoutFactor,
} from './secondFactor.ts';

/**
 * Passkeys as the second step of staff and observers (WebAuthn, by `@simplewebauthn/server`): a key of the device, or of a
 * security key, that signs what this site alone asks it to, once its owner has shown the device who they are. What it is
 * to sign belongs to one browser, or to one session where it is added there; it is made anew for each try, lives for five
 * minutes and is used up by the try, however that ends. Instants are ISO 8601 in UTC.
 */

const CHALLENGE_MINUTES = 5;
/** As many as somebody may have. */
export const MOST_PASSKEYS = 10;
export const LONGEST_PASSKEY_NAME = 60;
/** EdDSA, ES256, RS256: what authenticators have, and every Node verifies. */
const ALGORITHMS = [-8, -7, -257];
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

/** The site as passkeys know it: its host, and the origin of its pages. */
export type PasskeySite = { host: string; origin: string };

/** Nothing where browsers have none for it: they want https, or `localhost`, and a name, not a number. */
export function passkeySiteOf(url: string): PasskeySite | undefined {
  const { protocol, hostname, origin } = new URL(url);
  const named = isIP(hostname) === 0 && !hostname.startsWith('[');
  return named && (protocol === 'https:' || hostname === 'localhost')
    ? { host: hostname, origin }
    : undefined;
}

type Use = CaseFileTables['passkeyChallenge']['use'];
/** For whom a passkey is to sign: the secret of a session that adds one, or of a browser that has taken the first step. */
type Holder = { holder: string; use: Use; address: string };

/** What the browser is given to make a passkey with, for whoever adds one or sets up their second step with it. */
export async function optionsToAdd(
  db: CaseFile,
  key: string,
  { site, ...holder }: Holder & { site: PasskeySite; use: 'add' | 'set-up' },
  at: string,
) {
  const { address } = holder;
  return generateRegistrationOptions({
    rpName: `RIAL ${site.host}`,
    rpID: site.host,
    userName: address,
    // The same for one address each time, and nobody's who does not have the key.
    userID: new Uint8Array(createHmac('sha256', keyFor(key, 'ids of passkeys')).update(address).digest()),
    challenge: await newChallenge(db, holder, at),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    attestationType: 'none',
    excludeCredentials: await knownTo(db, address),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** What the browser is given to have a passkey sign, for whoever has taken the first step in it. */
export async function optionsToUse(
  db: CaseFile,
  { browser, address, site }: { browser: string; address: string; site: PasskeySite },
  at: string,
) {
  return generateAuthenticationOptions({
    rpID: site.host,
    challenge: await newChallenge(db, { holder: browser, use: 'step', address }, at),
    timeout: CHALLENGE_MINUTES * MINUTE_MS,
    allowCredentials: await knownTo(db, address),
    userVerification: 'required',
  });
}

/** What a browser says of a passkey: JSON, as it stands in the form. */
type Saying = { said: string; site: PasskeySite };

/** Adds one that a browser has made in somebody's session. `known`: it is somebody's already. */
export async function addPasskey(
  db: CaseFile,
  { session, address: given, name, said, site }: Saying & { session: string; address: string; name: string },
  at: string,
): Promise<'added' | 'wrong' | 'known' | 'many'> {
  const address = plainAddress(given);
  const challenge = await usedChallenge(db, { holder: session, use: 'add', address }, at);
  const made = challenge && (await verifiedNew({ said, site }, challenge));
  if (!made) return 'wrong';
  return db.transaction().execute(async (tx) => {
    if (!(await lockFactor(tx, address))) return 'wrong';
    if ((await factorsOf(tx, address)).passkeys >= MOST_PASSKEYS) return 'many';
    return (await insert(tx, { address, name, usedAt: null, ...made }, at)) ? 'added' : 'known';
  });
}

/** Takes somebody's passkey away, unless it is all that they have. */
export const removePasskey = (db: CaseFile, given: string, number: number) =>
  withoutFactor(db, given, async (tx, address) => {
    const gone = await tx
      .deleteFrom('passkey')
      .where('address', '=', address)
      .where('number', '=', number)
      .returning('number')
      .executeTakeFirst();
    return gone !== undefined;
  });

export type Passkey = { number: number; name: string; madeAt: string; usedAt: string | null };

/** Somebody's passkeys, in the order in which they were added. */
export const passkeysOf = (db: CaseFile, address: string): Promise<Passkey[]> =>
  db
    .selectFrom('passkey')
    .select(['number', 'name', 'madeAt', 'usedAt'])
    .where('address', '=', plainAddress(address))
    .orderBy('number')
    .execute();

/**
 * Takes the second step in a browser by a passkey: one that is known or, for whoever sets the step up, one that was made
 * now. Each try is counted, as one of a code is.
 *
 * @returns `wrong` where another try may be made, `over` where the first step has to be taken again, `copied` where it was
 * the passkey and has counted less than it had: there is another like it
 */
export async function takePasskeyStep(
  db: CaseFile,
  key: string,
  { browser, name, said, site }: Saying & { browser: string; name: string },
  at: string,
): Promise<TakenStep | 'wrong' | 'over' | { copiedOf: string }> {
  const tried = await triedStep(db, browser, at);
  if (!tried) return 'over';
  const { address, path, secret, wrong } = tried;
  const use = secret === null ? 'step' : 'set-up';
  const challenge = await usedChallenge(db, { holder: browser, use, address }, at);
  if (challenge === undefined) return wrong;
  if (use === 'set-up') {
    const made = await verifiedNew({ said, site }, challenge);
    if (!made) return wrong;
    return db.transaction().execute(async (tx) => {
      const recoveryCodes = await setUpFactor(tx, key, { address }, at);
      // Meanwhile it was set up in another browser.
      if (!recoveryCodes) return 'over';
      const whole =
        (await insert(tx, { address, name, usedAt: at, ...made }, at)) && (await endStep(tx, browser, at));
      if (whole) return { address, path, by: 'passkey', recoveryCodes };
      await tx.deleteFrom('secondFactor').where('address', '=', address).execute();
      return wrong;
    });
  }
  const signed = await verifiedUse(db, { said, site, address }, challenge);
  if (!signed) return wrong;
  return db.transaction().execute(async (tx) => {
    const counted = await tx
      .updateTable('passkey')
      .set({ signCount: String(signed.count), usedAt: at })
      .where('number', '=', signed.number)
      .where(
        sql<boolean>`(sign_count < ${signed.count}::bigint or (sign_count = 0 and ${signed.count}::bigint = 0))`,
      )
      .returning('number')
      .executeTakeFirst();
    if (!counted) return { copiedOf: address };
    return (await endStep(tx, browser, at))
      ? { address, path, by: 'passkey', recoveryCodes: undefined }
      : 'over';
  });
}

// --- What is to be signed -----------------------------------------------------------------------------------------

/** Made anew; what the same browser or session was to sign before is over. */
async function newChallenge(
  db: CaseFile,
  { holder, use, address }: Holder,
  at: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(randomBytes(32));
  const row = {
    ...{ use, address, challenge: isoBase64URL.fromBuffer(bytes) },
    expiresAt: after(at, CHALLENGE_MINUTES * MINUTE_MS),
  };
  await db.deleteFrom('passkeyChallenge').where('expiresAt', '<=', at).execute();
  await db
    .insertInto('passkeyChallenge')
    .values({ holderHash: hash(holder), ...row })
    .onConflict((conflict) => conflict.column('holderHash').doUpdateSet(row))
    .execute();
  return bytes;
}

/** What was to be signed, once: it is gone by this, also where it was for something else or too long ago. */
async function usedChallenge(
  db: CaseFile,
  { holder, use, address }: Holder,
  at: string,
): Promise<string | undefined> {
  const row = await db
    .deleteFrom('passkeyChallenge')
    .where('holderHash', '=', hash(holder))
    .returningAll()
    .executeTakeFirst();
  const holds = row?.use === use && row.address === address && Date.parse(row.expiresAt) > Date.parse(at);
  return holds ? row.challenge : undefined;
}

// --- What a browser says ------------------------------------------------------------------------------------------

const base64url = z.base64url().min(1).max(16_384);
const credential = z.base64url().min(1).max(1_400);
const saidNew = z.object({
  id: credential,
  response: z.object({
    clientDataJSON: base64url,
    attestationObject: base64url,
    transports: z.array(z.string().max(40)).max(20).default([]),
  }),
});
const saidUse = z.object({
  id: credential,
  response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
});
const asked = (id: string) => ({ id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} });

function shapeOf<T extends z.ZodType>(shape: T, said: string): z.output<T> | undefined {
  try {
    return shape.safeParse(JSON.parse(said)).data;
  } catch {
    return undefined;
  }
}

type NewPasskey = { credential: string; publicKey: string; count: number; transports: readonly string[] };

/** The passkey that was made, if it was, here, for this and by somebody who showed the device who they are. */
async function verifiedNew({ said, site }: Saying, challenge: string): Promise<NewPasskey | undefined> {
  const given = shapeOf(saidNew, said);
  if (!given || isFramed(given.response.clientDataJSON) || !isUnattested(given.response.attestationObject))
    return undefined;
  const transports = TRANSPORTS.filter((one) => given.response.transports.includes(one));
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...asked(given.id), response: { ...given.response, transports } },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!registrationInfo) return undefined;
    const { id, publicKey, counter } = registrationInfo.credential;
    // What signs later goes by the name that the device gave it, and not by what the page said.
    if (id !== given.id) return undefined;
    return { credential: id, publicKey: isoBase64URL.fromBuffer(publicKey), count: counter, transports };
  } catch {
    // Whatever does not hold: the library says which by its sentence alone.
    return undefined;
  }
}

const saidFramed = z.object({
  crossOrigin: z.literal(false).optional(),
  topOrigin: z.undefined().optional(),
});
/**
 * Whether a browser says that a page of ours was asked within a page of another site, which none of ours lets itself be,
 * or says it in no way that is known. The library looks at it in part.
 */
const isFramed = (clientDataJSON: string): boolean =>
  !shapeOf(saidFramed, Buffer.from(clientDataJSON, 'base64url').toString());

/**
 * Whether no maker vouches for it, as was asked for: it signed for itself, or nobody did. Certificates are not even
 * looked at, since to do that the library may ask addresses that stand in them.
 */
function isUnattested(attestationObject: string): boolean {
  try {
    const decoded = decodeAttestationObject(isoBase64URL.toBuffer(attestationObject));
    const kind: string = decoded.get('fmt');
    return kind === 'none' || (kind === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

/** The passkey of an address that has signed, and how often it has by its own count. */
async function verifiedUse(
  db: CaseFile,
  { said, site, address }: Saying & { address: string },
  challenge: string,
): Promise<{ number: number; count: number } | undefined> {
  const given = shapeOf(saidUse, said);
  if (!given || isFramed(given.response.clientDataJSON)) return undefined;
  const known = await db
    .selectFrom('passkey')
    .select(['number', 'publicKey'])
    .where('credential', '=', given.id)
    .where('address', '=', address)
    .executeTakeFirst();
  if (!known) return undefined;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...asked(given.id), response: given.response },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
      // The count is compared where it is written, so that of two at once one is taken.
      credential: { id: given.id, publicKey: isoBase64URL.toBuffer(known.publicKey), counter: 0 },
    });
    return verified ? { number: known.number, count: authenticationInfo.newCounter } : undefined;
  } catch {
    return undefined;
  }
}

// --- Rows ---------------------------------------------------------------------------------------------------------

async function knownTo(db: CaseFile, address: string) {
  const rows = await db
    .selectFrom('passkey')
    .select(['credential', 'transports'])
    .where('address', '=', address)
    .orderBy('number')
    .execute();
  return rows.map(({ credential: id, transports }) => ({
    id,
    transports: TRANSPORTS.filter((one) => transports.includes(one)),
  }));
}

/** Whether it was not there yet, as anybody's. */
async function insert(
  db: CaseFile,
  { count, transports, ...row }: NewPasskey & { address: string; name: string; usedAt: string | null },
  at: string,
): Promise<boolean> {
  const made = await db
    .insertInto('passkey')
    .values({ ...row, signCount: String(count), transports: json(transports), madeAt: at })
    .onConflict((conflict) => conflict.column('credential').doNothing())
    .returning('number')
    .executeTakeFirst();
  return made !== undefined;
}
