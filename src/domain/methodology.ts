import { DAY_MS } from './dates/durations.ts';

/**
 * The methodology defined by the RIAL/OAS: five steps. Everything human in it is a request; `kinds/` declares what is
 * asked of whom in each.
 */

export const STEPS = ['coordination', 'documents', 'sessions', 'systematization', 'final-report'] as const;
export type Step = (typeof STEPS)[number];

/** The workflow that follows up what came of a cooperation, after its report was accepted: the last part of its id. */
export const FOLLOW_UP = 'follow-up';

/** The party code that stands for the consultant, who belongs to no institution. */
export const CONSULTANT = 'consultant';

/** The number by which calendars and mails know the coordination meeting, beside those of the sessions. */
export const COORDINATION_MEETING = 0;

/** The party code of those who look on in one cooperation: they see it, and nothing is asked of them. */
export const OBSERVER = 'observer';

/** When the poll over the slots of a window is opened: this many days before the window begins. */
export const POLL_OPENS_DAYS_BEFORE_WINDOW = 28;
/** When the agenda goes out: this many working days before the session. */
export const AGENDA_WORKING_DAYS_BEFORE = 2;

/**
 * When the Secretariat is asked about a session whose date comes before there is an approved programme: this many working
 * days before it.
 */
export const SETTLED_WORKING_DAYS_BEFORE = 5;

/** Working days that people usually have between learning of a session's date and the session; the methodology sets none. */
export const NOTICE_WORKING_DAYS = 10;

/** Working days between the day on which marks of dates are due and the first date proposed, unless the programme says otherwise. */
export const NOTICE_OF_DATE_DAYS = 5;

/** How far ahead the Secretariat may set a session's date when no window gave one. */
const ANY_DATE_DAYS = 90;

/** Between which instants (ISO 8601, UTC) the Secretariat may then set it, asked at an instant. */
export const anyDateFrom = (instant: string): { from: string; to: string } => ({
  from: instant,
  to: new Date(Date.parse(instant) + ANY_DATE_DAYS * DAY_MS).toISOString(),
});
