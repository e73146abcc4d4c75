import { z } from 'zod';
import { CHANGE_KINDS, type ChangeKind } from './change.ts';
import { LANGUAGES } from './language.ts';
import { DOCUMENT_FAULTS } from './refusal.ts';
import { logoOwner } from './results/logo.ts';
import { TEMPLATES } from './results/wordTemplate.ts';

/**
 * What the security log holds: a closed list of events by their codes, each with values that are ids, codes or numbers.
 * No secret and nothing that somebody wrote can stand in one. A new event is one line here and a message
 * (`security.event` of the catalogues), and is noted with `c.get('note')` of `src/http/noting.ts`.
 */

const id = z.string().max(120);
const cooperation = id.optional();
/** A route as it is written in the program, so without what its parameters were. */
const route = { method: z.string().max(10), route: z.string().max(200) };

/** All the ways to sign in that there are. */
export const SIGN_IN_WAYS = ['link', 'code', 'setup-link', 'passkey', 'totp', 'recovery', 'oidc'] as const;

const FACTORS = ['totp', 'passkey'] as const;
/** In which language papers are made with a template; `all` where it is for every one that has none of its own. */
const templateOf = z.enum([...LANGUAGES, 'all']);

const EVENTS = {
  'system-started': { version: z.string().max(40) },
  /** Somebody asked for a code to sign in; `who` is known where the address is. */
  'code-asked': {},
  'signed-in': { by: z.enum(SIGN_IN_WAYS) },
  'sign-in-failed': {
    by: z.enum(SIGN_IN_WAYS),
    /**
     * The last four: the institution's provider does not vouch for the address, vouches for it as somebody else's than
     * before, said no, could not be reached.
     */
    why: z.enum([
      ...(['unknown', 'wrong', 'used', 'expired', 'ended'] as const),
      ...(['unverified', 'reassigned', 'declined', 'unreachable'] as const),
    ]),
  },
  /** So many tries that no more are taken for a while. */
  'sign-in-limited': {},
  /** So many wrong codes within an hour that somebody may be guessing. */
  'codes-guessed': { tries: z.int() },
  /** So many addresses that no mail of ours has given, over one connection that would hand mail on to us. */
  'mail-addresses-guessed': { tries: z.int() },
  'signed-out': { sessions: z.enum(['this', 'all']) },
  /** The secret address of a calendar was made, anew too, or taken away by its owner. */
  'calendar-made': {},
  'calendar-ended': {},
  /** The person or officer whose sessions and unused links were ended. */
  'sessions-ended': { of: id, why: z.enum(['owner', 'staff', 'address', 'replaced', 'removed']) },
  /** Something that exists was asked for by somebody who may not see or do it. */
  'role-refused': { ...route, cooperation },
  /** A form or a call that a page of another site sent. */
  'foreign-form': route,
  'token-refused': route,
  /** What no form of ours and no client sends: values that are not offered, characters that no text has, no JSON. */
  malformed: route,
  /** A file that holds what no document needs, such as macros, or more than can be looked at. */
  'file-refused': { why: z.enum(DOCUMENT_FAULTS), cooperation: id },
  /** As much as one person may write within an hour, or send within a day. */
  'quota-reached': { of: z.enum(['messages', 'megabytes']), cooperation: id },
  'case-exported': { cooperation: id, by: z.enum(['page', 'api']) },
  'certificates-exported': { cooperation: id, by: z.enum(['page', 'api']) },
  /** So many codes of certificates that no more are taken for a while. */
  'certificates-guessed': {},
  'cooperation-started': { cooperation: id },
  'people-changed': { cooperation: id, change: z.int(), kind: z.enum(CHANGE_KINDS) },
  'staff-invited': { staff: id },
  'staff-added': { staff: id },
  'staff-removed': { staff: id },
  'factor-set-up': { staff: id },
  'factor-reset': { staff: id },
  /** Of a second step that is set up: by its owner, beside what is there. */
  'factor-added': { staff: id, factor: z.enum(FACTORS) },
  'factor-removed': { staff: id, factor: z.enum(FACTORS) },
  /** So many wrong codes of an app one after another that it does no more. */
  'app-guessed': { staff: id, tries: z.int() },
  /** A passkey counted less than it had: somebody may have another like it. */
  'passkey-copied': { staff: id },
  /** Staff put in a Word template, by its number, or the shipped one back. */
  'template-put': { template: z.enum(TEMPLATES), language: templateOf, number: z.int() },
  'template-reset': { template: z.enum(TEMPLATES), language: templateOf },
  /** Staff put in an institution's logo, by its number, or took it away. */
  'logo-put': { institution: logoOwner, number: z.int() },
  'logo-removed': { institution: logoOwner },
  'token-made': { token: id },
  'token-ended': { token: id },
  /** More of one event from one place than are written down. */
  'events-dropped': { of: id },
} as const satisfies Record<string, z.ZodRawShape>;

export type SecurityCode = keyof typeof EVENTS;
export const SECURITY_CODES = Object.keys(EVENTS) as SecurityCode[];

export type SecurityEvent = {
  [Code in SecurityCode]: { code: Code } & (keyof (typeof EVENTS)[Code] extends never
    ? unknown
    : z.output<z.ZodObject<(typeof EVENTS)[Code]>>);
}[SecurityCode];

export const securityEvent = z.union(
  SECURITY_CODES.map((code) => z.strictObject({ code: z.literal(code), ...EVENTS[code] })),
) as unknown as z.ZodType<SecurityEvent>;

/**
 * Who did it: a `person` by cooperation and id (`14-per-chl/chl-mtps-2`), staff and observers by their address, which is their id, a `token` of the
 * API by its.
 */
export const actor = z.strictObject({ kind: z.enum(['person', 'staff', 'observer', 'token']), id });
export type Actor = z.infer<typeof actor>;

export const securityEntry = z.object({
  seq: z.int(),
  at: z.iso.datetime(),
  who: actor.nullable().describe('nobody that is known, or the system itself, where there is none'),
  from: z.string().nullable().describe('the address of the client'),
  event: securityEvent,
});
export type SecurityEntry = z.infer<typeof securityEntry>;

const PEOPLE_CHANGES: readonly ChangeKind[] = [
  'replace',
  'correct-person',
  'add-person',
  'remove-person',
  'focal-point',
  'add-guest',
  'name-guests',
  'withdraw-guest',
  'absence',
  'end-absence',
];
/** Whether a change is one of who may do what. */
export const changesPeople = (kind: ChangeKind): boolean => PEOPLE_CHANGES.includes(kind);
