import { z } from 'zod';
import { LANGUAGES, type Language } from '../language.ts';
import { email, LONGEST_LINE, lineOfText } from '../programme/programme.ts';
import { STAFF_ROLES, type StaffRole } from './staffRole.ts';

/** Who is OAS staff, and the tokens by which people and programs use the HTTP API. */

const instant = z.iso.datetime();

/** Somebody who is to be let in. */
export const givenStaff = z.strictObject({
  address: email,
  role: z.enum(STAFF_ROLES).default('staff'),
  name: lineOfText.optional(),
  /** Of the invitation, and of the pages until another is chosen. */
  language: z.enum(LANGUAGES).default('es'),
  /** Of whoever is in already, who gets another role. */
  seen: instant
    .optional()
    .describe(
      'since when they are in (`addedAt`), where they are and get another role; refused where that is no more so',
    ),
});
export type GivenStaff = z.infer<typeof givenStaff>;

/** Whose second step is set up anew, and the one that they had as far as whoever asks for it knows. */
export const givenReset = z.strictObject({
  address: z.string().max(LONGEST_LINE),
  seen: instant
    .nullable()
    .describe('since when they have a second step (`secondFactorAt`); null where they have none'),
});
export type GivenReset = z.infer<typeof givenReset>;

/** The mail to whoever was let in. */
export type Invitation = { to: string; name: string; role: StaffRole; language: Language };

export const staffMember = z.object({
  address: z.string(),
  role: z.enum(STAFF_ROLES),
  name: z.string().nullable(),
  addedAt: instant,
  addedBy: z
    .string()
    .nullable()
    .describe('an address; null for the settings, the setup link and the terminal'),
  secondFactorAt: instant
    .nullable()
    .describe('since when they sign in with an app or a passkey; null where they do not'),
  passkeys: z.int().describe('how many of the latter they have'),
});
export type StaffMember = z.infer<typeof staffMember>;

/**
 * What a token may: read everything; record what people answer, ask and send; start and change cooperations; let staff
 * in and out and make tokens.
 */
export const SCOPES = ['read', 'answer', 'change', 'staff'] as const;
export type Scope = (typeof SCOPES)[number];

export const LONGEST_TOKEN_DAYS = 366;

export const givenToken = z.strictObject({
  name: lineOfText,
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
  /** The address of who has it, of staff or an observer; without it, a program has it. */
  holder: email.optional(),
  days: z.int().min(1).max(LONGEST_TOKEN_DAYS).default(90),
});
export type GivenToken = z.infer<typeof givenToken>;

export const apiToken = z.object({
  number: z.int(),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  holder: z.string().nullable().describe('whose it is; null for a program’s'),
  madeAt: instant,
  madeBy: z.string().nullable().describe('an address; null from the terminal'),
  expiresAt: instant,
  lastUsedAt: instant.nullable().describe('to the minute'),
  revokedAt: instant.nullable(),
});
export type ApiToken = z.infer<typeof apiToken>;
