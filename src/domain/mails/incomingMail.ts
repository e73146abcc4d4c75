import { z } from 'zod';
import type { ReadCalendar } from './calendarReply.ts';

/** What comes by mail to the reply address of one that we sent: how it is read, and what becomes of it. */

/**
 * Why nothing was filed in anybody's name: the Secretariat has the mail, and sees to it. `oversized`: its head alone was
 * kept, and it lies in the mailbox that it came to. `uninvited`: it answers an invitation that whoever sent it does not
 * have. `bounced`: it says that one of ours did not reach its reader.
 */
export const UNFILED = [
  'stranger',
  'onlooker',
  'empty',
  'unreadable',
  'quota',
  'oversized',
  'uninvited',
  'bounced',
] as const;
export type FilingHindrance = (typeof UNFILED)[number];

/**
 * Why an approval that came by mail waits for a person. `unclear`: its words are more than an approval, or set a condition;
 * `sender`: not whom the mail was for; `unsigned`: no signature of the sender's domain stands for it; `several`:
 * it says not of which of several, or several share the mailbox; `superseded`: something else is asked about by now;
 * `answered`: an answer of the institution stands, or was taken back; `closed`, `paused`: the request or the cooperation is;
 * `files`: something came along; `late`: it takes back what was given too long ago; `used`: or what can be taken back no
 * more.
 */
export const MAIL_DOUBTS = [
  'unclear',
  'sender',
  'unsigned',
  'several',
  'superseded',
  'answered',
  'closed',
  'paused',
  'files',
  'late',
  'used',
] as const;
export type MailDoubt = (typeof MAIL_DOUBTS)[number];
/** Of these nothing comes, whoever looks at it. */
const IDLE_DOUBTS: readonly MailDoubt[] = ['superseded', 'answered', 'closed', 'late', 'used'];

/** What a mail was read as, of a request for approval. */
export const mailAnswer = z.strictObject({
  says: z.enum(['approves', 'declines']),
  request: z.string(),
  /** The hash of what the mail that it replies to asked about. */
  subject: z.string().regex(/^[0-9a-f]{64}$/),
  /** Whose answer it is, or would be. */
  person: z.string(),
  /** The number of the answer of their institution that it takes back. */
  revision: z.int().optional(),
  /** The domain that has signed it for its sender. */
  signedBy: z.string().optional(),
  /** Why it was not taken, and waits for a person. */
  doubt: z.enum(MAIL_DOUBTS).optional(),
});
export type MailAnswer = z.infer<typeof mailAnswer>;

/** Whether the Secretariat can record what a mail was read as, with one click. */
export const isRecordable = (answer: MailAnswer | undefined): answer is MailAnswer & { doubt: MailDoubt } =>
  answer?.says === 'approves' && answer.doubt !== undefined && !IDLE_DOUBTS.includes(answer.doubt);

/** How long whoever approved by mail can say that it was not meant so, in reply to what tells them of it. */
export const TAKES_BACK_HOURS = 24;

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
  /** What it was read as, where it replies to a request that can be approved so. */
  answer: mailAnswer.optional(),
  /** It replies to a receipt of ours, and gets none: two programs would write to each other for ever. */
  toReceipt: z.literal(true).optional(),
});
export type ByMail = z.infer<typeof byMail>;

/**
 * Why nobody wrote a mail: a program did, or it is one of ours that came back. `away`: somebody’s mailbox answers that they
 * are not there.
 */
export type Automatic = 'automatic' | 'away' | 'loop';

/** A file of the mail that a communication came by, which the Secretariat takes in among the documents. */
export const givenMailFile = z.strictObject({
  by: z.string().max(80).optional().describe('the person of the Secretariat who takes it in'),
  communication: z.int().positive().max(9_999_999).describe('its number among the communications'),
  file: z.int().min(0).max(999).describe('the file’s place among its attachments, from 0'),
});
export type GivenMailFile = z.infer<typeof givenMailFile>;

/** That somebody of the Secretariat has seen to a mail that is in nobody's name. */
export const seenMail = z.strictObject({
  by: z.string().max(80).optional().describe('the person of the Secretariat who has seen to it'),
  communication: z.int().positive().max(9_999_999).describe('its number among the communications'),
});
export type SeenMail = z.infer<typeof seenMail>;

/** That somebody of the Secretariat has read an approval in a mail, and records it. */
export const recordedMail = z.strictObject({
  by: z.string().max(80).optional().describe('the person of the Secretariat who records it'),
  communication: z.int().positive().max(9_999_999).describe('its number among the communications'),
});
export type RecordedMail = z.infer<typeof recordedMail>;

/** Whether a mail does not arrive (`failed`), or only later. `status`: its code (RFC 3463), such as 5.1.1. */
export type Delivery = { failed: boolean; status: string };

/** What has nothing to do with the address: a line that is down, a mailbox that is full, a mail that is too large or not liked. */
const NOT_ITS_FAULT = /^4|^5\.(2\.[23]|3\.\d+|6\.\d+|7\.\d+)$/;

/** Whether no mail will ever reach the address. */
export const isUnreachable = ({ failed, status }: Delivery): boolean => failed && !NOT_ITS_FAULT.test(status);

/** A mail as it was read, in a process apart. */
export type ReadMail = {
  from: string | null;
  name: string | null;
  subject: string | null;
  /** What was written above all that it quotes; empty where nothing was. */
  text: string;
  /** The same in each of its forms, with who writes below it; a form that hides or strikes through something is empty. */
  forms: string[];
  shortened: boolean;
  automatic: Automatic | null;
  /** Somebody or a list passed it on: it is not of whoever it says. */
  passedOn: boolean;
  /** What a mail server says of one of ours that it had. */
  delivery: Delivery | null;
  /** What their calendar answers to an invitation. */
  calendar: ReadCalendar | null;
  attachments: ByMail['attachments'];
  essence: string;
};

/**
 * What becomes of a mail that came. `waiting`: nobody has read it yet; `calendar`: what it answers to an invitation is
 * noted.
 */
export const INCOMING_STATES = [
  'waiting',
  'filed',
  'unfiled',
  'again',
  'automatic',
  'bounced',
  'calendar',
  'away',
] as const;
export type IncomingState = (typeof INCOMING_STATES)[number];

/** What a mail to one of our addresses is: somebody's reply, or what mail servers say of the mail. */
export type Purpose = 'reply' | 'bounce';
/** What an address of ours says: what it is for, and the letters that lead to its mail. */
export type OwnAddress = { purpose: Purpose; token: string };
const LETTER: Readonly<Record<Purpose, string>> = { reply: 'r', bounce: 'b' };

/** Letters that lead from an address of ours to the mail that it is about. */
const TOKEN = /^([rb])([0-9a-f]{32})$/;

/** The address that replies to one mail go to, or what becomes of it is told to: `respuestas+r4f…@…`. */
export const ownAddress = (address: string, purpose: Purpose, token: string): string =>
  address.replace('@', `+${LETTER[purpose]}${token}@`);

/** What an address that a mail came to is about; `undefined` where it is none of ours. */
export function ownAddressIn(recipient: string, address: string): OwnAddress | undefined {
  const [local = '', domain = ''] = parted(recipient.toLowerCase());
  const [ownLocal = '', ownDomain = ''] = parted(address.toLowerCase());
  if (domain !== ownDomain || !local.startsWith(`${ownLocal}+`)) return undefined;
  const [, letter, token] = TOKEN.exec(local.slice(ownLocal.length + 1)) ?? [];
  return token ? { purpose: letter === LETTER.bounce ? 'bounce' : 'reply', token } : undefined;
}

const parted = (address: string): [string, string] => {
  const at = address.lastIndexOf('@');
  return [address.slice(0, at), address.slice(at + 1)];
};

/** A mail is about so many of ours at most. */
export const MOST_ADDRESSED = 10;
/** So much of a head is looked through: what is longer is nobody's reply. */
const MOST_HEAD = 256 * 1024;

/** The addresses of ours that stand in a head, wherever: what the mail that it is of is about, each once. */
export function ownAddressesIn(head: string, address: string): OwnAddress[] {
  const text = head.slice(0, MOST_HEAD).toLowerCase();
  const [local, domain] = parted(address.toLowerCase());
  const found = new Map<string, OwnAddress>();
  const next = (from: number) => (found.size < MOST_ADDRESSED ? text.indexOf(`${local}+`, from) : -1);
  for (let at = next(0); at >= 0; at = next(at + 1)) {
    const length = local.length + '+r'.length + 32 + '@'.length + domain.length;
    const own = ownAddressIn(text.slice(at, at + length), address);
    if (own) found.set(own.purpose + own.token, own);
  }
  return [...found.values()];
}

/** A file of 25 MB as mail has it, and something beside it: what is larger is not taken whole. */
export const MOST_MAIL_BYTES = 36 * 1024 * 1024;
/** Mails in reply to those of one mailbox within an hour; more are to come later. */
export const MOST_MAILS_AN_HOUR = 30;

/** How long the first half of the address may be (RFC 5321 has 64 in all), so that a token fits behind it. */
export const LONGEST_LOCAL = 64 - '+r'.length - 32;
