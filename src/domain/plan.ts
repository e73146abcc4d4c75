import type { Group } from './kinds/kind.ts';
import type { Language } from './language.ts';
import type { Party } from './party.ts';

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
  /** Start and end (UTC) where the date is fixed; else the window's first and last day. */
  date?: { startsAt: string; endsAt: string };
  window?: { from: string; to: string };
};

export const ministriesOf = ({ parties }: Plan): string[] =>
  parties.filter(({ role }) => role === 'requesting' || role === 'providing').map(({ code }) => code);

/** The codes of the institutions of a group. */
export const groupOf = (plan: Plan, group: Group): string[] =>
  ({
    ministries: ministriesOf(plan),
    drafters: plan.report.drafts,
    complementers: plan.report.complements,
  })[group];

export const secretariatOf = ({ parties }: Plan): string =>
  parties.find(({ role }) => role === 'secretariat')?.code ?? '';

/** The codes of all institutions, the Secretariat's among them. */
export const institutionsOf = ({ parties }: Plan): string[] =>
  parties.filter(({ role }) => role !== 'consultant').map(({ code }) => code);
