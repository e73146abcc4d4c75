import { boolean, instant, listOf, objectOf, oneOf, optional, ordinal, type Shape, text } from '../guard.ts';
import type { Group } from '../kinds/kind.ts';
import type { Language } from '../language.ts';
import { CONSULTANT } from '../methodology.ts';
import { type Party, secretariatAmong } from '../people/party.ts';

/**
 * What a cooperation's workflows know of it: codes, instants and the order of things.
 * No person, no address, no text: those stay in the case file.
 */
export type Plan = {
  /** The cooperation's code, such as `14-per-chl`. */
  cooperation: string;
  language: Language;
  call: number;
  parties: Party[];
  /** When the coordination meeting ends (UTC). */
  coordinationEndsAt: string;
  sessions: SessionOfPlan[];
  /** Whether the consultant is named already. */
  consultantNamed: boolean;
  report: { drafts: string[]; complements: string[]; receives: string };
};

export type SessionOfPlan = {
  /** 1 for the first. */
  number: number;
  /** When what precedes it must be settled without waiting any longer for the session before (UTC). */
  opensAt: string;
  /** Of one with a date: when the Secretariat is asked about it if there is no approved programme yet (UTC). */
  settlesAt?: string;
  /** Start and end (UTC) where the date is fixed; else the window's first and last day. */
  date?: { startsAt: string; endsAt: string };
  window?: { from: string; to: string };
  /**
   * Its date, or all days of its window, had passed when the cooperation was entered: nobody is asked to choose among them
   * or invited to them, and the Secretariat says when it was, or will be, held.
   */
  past?: boolean;
};

const day = text(10, /^\d{4}-\d\d-\d\d$/);
const code = text(80, /^[a-z0-9-]+$/);
const codes = listOf(code, 20);
const place = { code, country: text(2, /^[A-Z]{2}$/), timeZone: text(60) };
const consultant = objectOf<Extract<Party, { role: 'consultant' }>>({ ...place, role: oneOf([CONSULTANT]) });
const institution = objectOf<Exclude<Party, { role: 'consultant' }>>({
  ...place,
  role: oneOf(['requesting', 'providing', 'secretariat']),
  name: text(300),
  acronym: text(30),
  gender: optional(oneOf(['masculine', 'feminine'])),
  closedDays: optional(listOf(objectOf({ from: day, to: day }), 50)),
});
const sessionOfPlan = objectOf<SessionOfPlan>({
  number: ordinal,
  opensAt: instant,
  settlesAt: optional(instant),
  date: optional(objectOf({ startsAt: instant, endsAt: instant })),
  window: optional(objectOf({ from: day, to: day })),
  past: optional(boolean),
});

/** A plan as it is sent from workflow to workflow. */
export const plan: Shape<Plan> = {
  cooperation: code,
  language: oneOf<Language>(['es', 'en', 'pt', 'fr']),
  call: ordinal,
  parties: listOf((value): value is Party => consultant(value) || institution(value), 20),
  coordinationEndsAt: instant,
  sessions: listOf(sessionOfPlan, 100),
  consultantNamed: boolean,
  report: objectOf({ drafts: codes, complements: codes, receives: code }),
};

export const ministriesOf = ({ parties }: Plan): string[] =>
  parties.filter(({ role }) => role === 'requesting' || role === 'providing').map(({ code }) => code);

/** The codes of the institutions of a group. */
export const groupOf = (plan: Plan, group: Group): string[] => ({ ministries: ministriesOf(plan) })[group];

export const secretariatOf = ({ parties }: Pick<Plan, 'parties'>): string => secretariatAmong(parties).code;

/** The codes of all institutions, the Secretariat's among them. */
export const institutionsOf = ({ parties }: Plan): string[] =>
  parties.filter(({ role }) => role !== 'consultant').map(({ code }) => code);
