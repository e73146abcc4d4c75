import { z } from 'zod';

/** What comes by mail to the reply address of one that we sent: how it is read, and what becomes of it. */

/** Why nothing was filed in anybody's name: the Secretariat has the mail, and sees to it. */
export const UNFILED = ['stranger', 'onlooker', 'empty', 'unreadable', 'quota'] as const;
export type FilingHindrance = (typeof UNFILED)[number];

/** The mail that a communication came by. */
export const byMail = z.strictObject({
  /** The address in its From. */
  from: z.string(),
  name: z.string().nullable(),
  subject: z.string().nullable(),
  /** Of its bytes as they came. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of what it says, whichever way it took: the same once more is the same mail. */
  essence: z.string().regex(/^[0-9a-f]{64}$/),
  /** In their order; what only belongs to how it looks is not among them. */
  attachments: z.array(
    z.strictObject({
      fileName: z.string(),
      mediaType: z.string(),
      size: z.int(),
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
    }),
  ),
  /** What is quoted below its text, or was too long, is left out of what is shown. */
  shortened: z.boolean(),
  /** Why it is in nobody's name. */
  unfiled: z.enum(UNFILED).optional(),
  /** The request that its text is the answer to. */
  request: z.string().optional(),
});
export type ByMail = z.infer<typeof byMail>;

/** Why nobody wrote a mail: a program did, or it is one of ours that came back. */
export type Automatic = 'automatic' | 'loop';

/** A mail as it was read, in a process apart. */
export type ReadMail = {
  from: string | null;
  name: string | null;
  subject: string | null;
  /** What was written above all that it quotes; empty where nothing was. */
  text: string;
  shortened: boolean;
  automatic: Automatic | null;
  attachments: ByMail['attachments'];
  essence: string;
};

/** What becomes of a mail that came. `waiting`: nobody has read it yet. */
export const INCOMING_STATES = ['waiting', 'filed', 'unfiled', 'again', 'automatic'] as const;
export type IncomingState = (typeof INCOMING_STATES)[number];

/** Letters that lead from an address of ours to the mail that is replied to. */
const TOKEN = /^r([0-9a-f]{32})$/;

/** The address that replies to one mail go to: `respuestas+r4f…@…`. */
export const replyAddress = (address: string, token: string): string => address.replace('@', `+r${token}@`);

/** The token in an address that a mail came to; `undefined` where it is none of ours. */
export function tokenIn(recipient: string, address: string): string | undefined {
  const [local = '', domain = ''] = parted(recipient.toLowerCase());
  const [ownLocal = '', ownDomain = ''] = parted(address.toLowerCase());
  if (domain !== ownDomain || !local.startsWith(`${ownLocal}+`)) return undefined;
  return TOKEN.exec(local.slice(ownLocal.length + 1))?.[1];
}

const parted = (address: string): [string, string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

/** How long the first half of the address may be (RFC 5321 has 64 in all), so that a token fits behind it. */
export const LONGEST_LOCAL = 64 - '+r'.length - 32;
