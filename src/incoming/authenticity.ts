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
export type RepliedTo = { address: string; token: string; subject: string };

/** A head that is longer, or has more signatures, is none that people's mail has. */
const LONGEST_HEAD = 256 * 1024;
const MOST_SIGNATURES = 8;

type Head = { name: string; value: string }[];

/** The fields of a mail's head, unfolded, in their order; none where it has no end within reason. */
function headOf(raw: Uint8Array): Head {
  const text = Buffer.from(raw.subarray(0, LONGEST_HEAD)).toString('latin1');
  const end = /\r?\n\r?\n/.exec(text)?.index ?? -1;
  if (end < 0) return [];
  return text
    .slice(0, end)
    .replace(/\r?\n(?=[ \t])/g, '')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      return colon > 0
        ? [{ name: line.slice(0, colon).trim().toLowerCase(), value: line.slice(colon + 1).trim() }]
        : [];
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

/**
 * The domain that has signed a mail for its From, which is `from` and nothing else, and with it what it replies to: To or Cc
 * with the token, or the subject. `undefined` where none has, or that cannot be known now. Nothing that a signature leaves
 * out counts, nor a field that stands there twice.
 */
export async function signerOf(
  raw: Uint8Array,
  { from, subject, repliedTo }: { from: string; subject: string | null; repliedTo: RepliedTo },
  { resolve, now }: { resolve: Resolve; now: string },
): Promise<string | undefined> {
  const head = headOf(raw);
  const once = (name: string) => head.filter((one) => one.name === name).length === 1;
  if (!once('from') || head.filter(({ name }) => name === 'dkim-signature').length > MOST_SIGNATURES)
    return undefined;
  const verified = await dkimVerify(Buffer.from(raw), {
    resolver: resolve as never,
    curTime: new Date(now),
    strict: true,
  } as never);
  const [author, ...others] = verified.headerFrom ?? [];
  if (author?.toLowerCase() !== from || others.length > 0) return undefined;
  const saysWhich = (signed: ReadonlySet<string>): boolean =>
    ['to', 'cc'].some(
      (name) =>
        signed.has(name) &&
        once(name) &&
        head.some((one) => one.name === name && isFor(one.value, repliedTo)),
    ) ||
    (signed.has('subject') && once('subject') && isReplyTo(subject, repliedTo.subject));
  const domains = verified.results.flatMap(
    ({ status, signingDomain, signingHeaders, canonBodyLengthLimited }) => {
      const signed = new Set((signingHeaders?.keys ?? '').toLowerCase().split(/:\s*/));
      const holds =
        status.result === 'pass' && !canonBodyLengthLimited && !('testing' in status) && signed.has('from');
      return holds && signingDomain && saysWhich(signed)
        ? [{ domain: signingDomain, aligned: status.aligned }]
        : [];
    },
  );
  if (domains.length === 0) return undefined;
  return alignedAmong(domains, from, resolve);
}

/** Of domains that have signed, one that the domain of the sender takes for its own. */
async function alignedAmong(
  domains: readonly { domain: string; aligned?: string | false | undefined }[],
  from: string,
  resolve: Resolve,
): Promise<string | undefined> {
  const found = await dmarc({
    headerFrom: [from],
    spfDomains: [],
    dkimDomains: domains.map(({ domain }) => ({ id: domain, domain })),
    resolver: resolve as never,
  } as never);
  if (!found) return undefined;
  if (found.status.result === 'pass') return found.alignment?.dkim?.result || undefined;
  // It publishes nothing: what belongs to whom follows from what is registered.
  if (found.status.result === 'none') return domains.find(({ aligned }) => aligned)?.domain;
  return undefined;
}

const isFor = (value: string, { address, token }: RepliedTo): boolean =>
  ownAddressesIn(value, address).some((own) => own.purpose === 'reply' && own.token === token);

/** What programs put before the subject of a reply, in our languages and some of their neighbours'. */
const REPLIED = /^(?:re|r|res|resp|rép|aw|sv)(?:\[\d+\])? ?: ?/iu;

function isReplyTo(subject: string | null, ours: string): boolean {
  let rest = (subject ?? '').replace(/\s+/g, ' ').trim();
  let before = '';
  while (before !== rest) {
    before = rest;
    rest = rest.replace(REPLIED, '');
  }
  return rest !== '' && rest === ours.replace(/\s+/g, ' ').trim();
}
