import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import { dmarc } from 'mailauth/lib/dmarc/index.js';
import { ownAddressesIn } from '../domain/mails/incomingMail.ts';

/**
 * Whose mail it is, as far as a signature of its sender's domain tells (DKIM, RFC 6376), which has to be that of its From,
 * by the rules that the domain itself publishes where it does (DMARC).
 */

/** Asks the name system, as `resolve` of node:dns/promises. */
export type Resolve = (name: string, type: string) => Promise<unknown>;

/** What a reply is to that has come: the address of ours, and the mail that has it in its Reply-To. */
export type RepliedTo = {
  address: string;
  token: string;
  /** `null` where the subject of another mail to the same address is the same. */
  subject: string | null;
  /** When it was made. */
  at: string;
};

/** A head that is longer, or has more signatures, is none that people's mail has. */
const LONGEST_HEAD = 256 * 1024;
const MOST_SIGNATURES = 8;

type Head = { name: string; value: string }[];

/** A line that begins a field, or goes on with one; programs read any other each in their own way. */
const HEAD_LINE = /^(?:[!-9;-~]+[ \t]*:|[ \t]+\S)/;

/**
 * The fields of a mail's head, unfolded, in their order; none where it has no end within reason, or where programs could
 * disagree on what its fields are or where it ends.
 */
function headOf(raw: Uint8Array): Head {
  const text = Buffer.from(raw.subarray(0, LONGEST_HEAD)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? -1;
  if (end < 0) return [];
  const lines = text.slice(0, end).split(/\r?\n/);
  if (lines.some((line) => line.includes('\r') || !HEAD_LINE.test(line))) return [];
  return lines
    .join('\n')
    .replace(/\n(?=[ \t])/g, '')
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':');
      return { name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() };
    });
}

/** How many mails of ours a mail is addressed to in what its reader sees. */
export const repliesIn = (raw: Uint8Array, address: string): number =>
  ownAddressesIn(
    headOf(raw)
      .filter(({ name }) => name === 'to' || name === 'cc')
      .map(({ value }) => value)
      .join('\n'),
    address,
  ).filter(({ purpose }) => purpose === 'reply').length;

/** What a mail says of how its text is to be read: another value makes another text of the same bytes. */
const READS_BY = ['mime-version', 'content-type', 'content-transfer-encoding'];
/** Fields of which a mail has one: programs take the first, the last or both. */
const ONCE = ['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id', ...READS_BY];
/** So far may clocks be apart. */
const CLOCKS_APART_MS = 15 * 60_000;
/** More names, or longer answers, than any mail of people takes. */
const MOST_NAMES = 40;
const LONGEST_ANSWER = 64 * 1024;

/**
 * The domain that has signed a mail for its From, which is `from` and nothing else, and with it what it replies to: To or Cc
 * with the token, or the subject where it does not say to whom. `undefined` where none has, or that cannot be known now.
 * Nothing that a signature leaves out counts, nor a field that stands there twice; nor a mail that is older than the one
 * that it replies to.
 */
export async function signerOf(
  raw: Uint8Array,
  { from, subject, repliedTo }: { from: string; subject: string | null; repliedTo: RepliedTo },
  { resolve, now }: { resolve: Resolve; now: string },
): Promise<string | undefined> {
  const head = headOf(raw);
  const fields = (name: string) => head.filter((one) => one.name === name);
  const isOnce = fields('from').length === 1 && ONCE.every((name) => fields(name).length <= 1);
  if (!isOnce || fields('dkim-signature').length > MOST_SIGNATURES) return undefined;
  if (!isSince(Date.parse(fields('date')[0]?.value ?? ''), repliedTo.at)) return undefined;
  const asking = bounded(resolve);
  const verified = await dkimVerify(Buffer.from(raw), {
    resolver: asking as never,
    curTime: new Date(now),
    strict: true,
  } as never);
  const [author, ...others] = verified.headerFrom ?? [];
  if (author?.toLowerCase() !== from || others.length > 0) return undefined;
  const hasToken = (name: string) => fields(name).some(({ value }) => isFor(value, repliedTo));
  const saysWhich = (signed: ReadonlySet<string>): boolean =>
    ['to', 'cc'].some((name) => signed.has(name) && hasToken(name)) ||
    (signed.has('subject') && !signed.has('to') && isReplyTo(subject, repliedTo.subject));
  const domains = verified.results.flatMap(
    ({ status, signingDomain, signingHeaders, signTime, canonBodyLengthLimited }) => {
      const signed = new Set((signingHeaders?.keys ?? '').toLowerCase().split(/:\s*/));
      const isWhole = !canonBodyLengthLimited && isReadOneWay(raw, head, signed);
      const isNow =
        !signTime ||
        (isSince(Date.parse(signTime), repliedTo.at) &&
          Date.parse(signTime) <= Date.parse(now) + CLOCKS_APART_MS);
      const holds = status.result === 'pass' && !('testing' in status) && isWhole && isNow;
      // What is registered as one is one: a record of a whole country's domain (RFC 9989) does not make it so.
      return holds &&
        signingDomain &&
        status.aligned &&
        ['from', 'date'].every((name) => signed.has(name)) &&
        saysWhich(signed)
        ? [signingDomain]
        : [];
    },
  );
  if (domains.length === 0) return undefined;
  return alignedAmong(domains, from, asking);
}

const isSince = (at: number, since: string): boolean => at >= Date.parse(since) - CLOCKS_APART_MS;

/** Asks for so many names, and no more once one could not be asked for: what is known by then has to do. */
function bounded(resolve: Resolve): Resolve {
  let left = MOST_NAMES;
  return async (name, type) => {
    if (left <= 0)
      throw Object.assign(new Error(`no more names are asked for: ${name}`), { code: 'ETIMEOUT' });
    left -= 1;
    try {
      const found = await resolve(name, type);
      if (JSON.stringify(found).length <= LONGEST_ANSWER) return found;
      throw Object.assign(new Error(`more than a key or rules: ${name}`), { code: 'EBADRESP' });
    } catch (error) {
      const { code } = error as { code?: string };
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') left = 0;
      throw error;
    }
  };
}

/**
 * Whether the signed bytes are read in one way, whatever is put into the fields that the signature leaves out, or taken from
 * there. Some large providers do not sign the type of a mail; where its text is in two forms, its first and last line say
 * themselves what it would.
 */
function isReadOneWay(raw: Uint8Array, head: Head, signed: ReadonlySet<string>): boolean {
  const [version, type, encoding] = READS_BY.map((name) => head.find((one) => one.name === name));
  if (version && !signed.has(version.name)) return false;
  if (/^multipart\//i.test(type?.value ?? '')) {
    if (encoding && !signed.has(encoding.name) && !/^(?:[78]bit|binary)$/i.test(encoding.value)) return false;
    return signed.has('content-type') || isOfTwoForms(raw, type?.value ?? '');
  }
  return type !== undefined && signed.has(type.name) && (encoding ? signed.has(encoding.name) : isPlain(raw));
}

function isOfTwoForms(raw: Uint8Array, type: string): boolean {
  const boundary = /^multipart\/alternative; *boundary="?([\w'+./=-]{1,70})"?$/i.exec(type)?.[1];
  const body = bodyOf(raw);
  return (
    boundary !== undefined &&
    body.startsWith(`--${boundary}\r\n`) &&
    body.trimEnd().endsWith(`\n--${boundary}--`)
  );
}

const bodyOf = (raw: Uint8Array): string => {
  const text = Buffer.from(raw).toString('latin1');
  const { index = text.length, 0: end = '' } = /\r?\n\r?\n/.exec(text) ?? {};
  return text.slice(index + end.length);
};

/** Without what means something else in quoted-printable. */
const isPlain = (raw: Uint8Array): boolean => !bodyOf(raw).includes('=');

/** Of domains that have signed, one that the domain of the sender takes for its own. */
async function alignedAmong(
  domains: readonly string[],
  from: string,
  resolve: Resolve,
): Promise<string | undefined> {
  const found = await dmarc({
    headerFrom: [from],
    spfDomains: [],
    dkimDomains: domains.map((domain) => ({ id: domain, domain })),
    resolver: resolve as never,
  } as never);
  if (!found) return undefined;
  if (found.status.result === 'pass') return found.alignment?.dkim?.result || undefined;
  // It publishes nothing: what belongs to whom follows from what is registered.
  if (found.status.result === 'none') return domains[0];
  return undefined;
}

const isFor = (value: string, { address, token }: RepliedTo): boolean =>
  ownAddressesIn(value, address).some((own) => own.purpose === 'reply' && own.token === token);

/** What programs put before the subject of a reply, in our languages and some of their neighbours'. */
const REPLIED = /^(?:re|r|res|resp|rép|aw|sv)(?:\[\d+\])? ?: ?/iu;

function isReplyTo(subject: string | null, ours: string | null): boolean {
  if (ours === null) return false;
  let rest = (subject ?? '').replace(/\s+/g, ' ').trim();
  let before = '';
  while (before !== rest) {
    before = rest;
    rest = rest.replace(REPLIED, '');
  }
  return rest !== '' && rest === ours.replace(/\s+/g, ' ').trim();
}
