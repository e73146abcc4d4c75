import { dateIn } from '../domain/dates/dates.ts';
import type { Language } from '../domain/language.ts';
import type { Institution, Programme } from '../domain/programme/programme.ts';
import { groupName } from '../words/guestList.ts';
import { inCapitals } from '../words/names/capitals.ts';
import { institutionNamed, institutionTitle } from '../words/names/institutions.ts';
import { printedDate, timesText, windowText } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { line } from './text.ts';

/** A session as it stands when a document is made. Instants are ISO 8601 in UTC, dates are calendar dates. */
export type PrintedSession = {
  number: number;
  contents: string;
  startsAt?: string;
  endsAt?: string;
  /** The zone the date was agreed in; the coordination meeting's where it is left out. */
  timeZone?: string;
  /** `label` is the window's name in print; without it, or the programme's, the window is written out. */
  window?: { from: string; to: string; label?: string };
  link?: string;
  place?: string;
  guests?: { name: string; post?: string | undefined; count?: number | undefined; invitedBy: string }[];
};

/** A person as printed, with the id of the institution that the programme lists. */
export type PrintedPerson = { institution: string; name: string; post?: string | undefined };

const zoneOfSession = (session: PrintedSession, programme: Programme): string =>
  session.timeZone ?? programme.coordination.timezone;

/** First and last calendar day a session may fall on, in its own zone. */
export function daysOfSession(
  session: PrintedSession,
  programme: Programme,
): { first: string; last: string } | null {
  if (session.startsAt) {
    const date = dateIn(session.startsAt, zoneOfSession(session, programme));
    return { first: date, last: date };
  }
  return session.window ? { first: session.window.from, last: session.window.to } : null;
}

/** A session's day or window in words: "14 de julio", "segunda quincena de agosto". Empty while it has neither. */
export function whenText(session: PrintedSession, programme: Programme, withYear: boolean): string {
  const { language } = programme;
  const days = daysOfSession(session, programme);
  if (!days) return '';
  const { window } = session;
  if (session.startsAt || !window) return printedDate(days.first, language, withYear);
  const planned = programme.sessions[session.number - 1]?.window;
  const unchanged = planned?.from === window.from && planned.to === window.to;
  const label = window.label ?? (unchanged ? planned.label : undefined);
  return label && !withYear ? line(label) : windowText(window, language, withYear);
}

/** When a session is held, on the clocks of all capitals; `undefined` while it has no date. */
export function hoursText(session: PrintedSession, programme: Programme): string | undefined {
  if (!session.startsAt) return undefined;
  return timesText(
    {
      startsAt: session.startsAt,
      ...(session.endsAt && { endsAt: session.endsAt }),
      timeZone: zoneOfSession(session, programme),
    },
    programme.institutions.map(({ timezone }) => timezone),
    programme.language,
  );
}

/** Whether years have to be written: they go without saying where everything is in the year of the document. */
export const spansYears = (
  sessions: readonly PrintedSession[],
  programme: Programme,
  madeOn: string,
): boolean =>
  sessions.some((session) => {
    const days = daysOfSession(session, programme);
    return days && (!days.first.startsWith(madeOn.slice(0, 4)) || !days.last.startsWith(madeOn.slice(0, 4)));
  });

/** Institutions in the order RIAL's programmes list them: who has the experience, who asks, the secretariat. */
const inPrintedOrder = (institutions: readonly Institution[]): Institution[] =>
  (['providing', 'requesting', 'secretariat'] as const).flatMap((role) =>
    institutions.filter((institution) => institution.role === role),
  );

/** A name, and the post after a comma, kept apart so that they can be set differently. */
export type PersonLine = { name: string; post: string };
const personLine = ({ name, post }: { name: string; post?: string | undefined }): PersonLine => ({
  name: line(name),
  post: post ? `, ${line(post)}` : '',
});

/** The people of each institution that has any, under its name and country in upper case. */
export function participantGroups(
  programme: Programme,
  people: readonly PrintedPerson[],
  consultant?: { name: string; post?: string | undefined },
): { heading: string; people: PersonLine[] }[] {
  const { language } = programme;
  const upper = (text: string) => inCapitals(line(text), language);
  const groups = inPrintedOrder(programme.institutions).map((institution) => ({
    heading: upper(institutionTitle(institution, language)),
    people: people.filter((person) => person.institution === institution.id).map(personLine),
  }));
  if (consultant)
    groups.push({
      heading: upper(speaker('papers.labels', language)('consultant')),
      people: [personLine(consultant)],
    });
  return groups.filter((group) => group.people.length > 0);
}

/** A session's guests, by who invited them: "Personas invitadas (MTPE Perú)". */
export function guestGroups(
  session: PrintedSession,
  programme: Programme,
): { label: string; people: PersonLine[] }[] {
  const { language, institutions } = programme;
  const hosts = [...new Set(session.guests?.map(({ invitedBy }) => invitedBy))];
  return hosts.map((host) => {
    const institution = institutions.find(({ id }) => id === host);
    const by = institution ? institutionNamed(institution, language as Language) : host;
    return {
      label: speaker('papers.labels', language)('guestsOf', { institution: line(by) }),
      people: (session.guests ?? [])
        .filter(({ invitedBy }) => invitedBy === host)
        .map((guest) => personLine({ ...guest, name: groupName(guest, language as Language) })),
    };
  });
}
