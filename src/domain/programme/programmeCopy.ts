import { stringify } from 'yaml';
import type { CaseView } from '../caseView.ts';
import { dateIn } from '../dates/dates.ts';
import { secretariatAmong } from '../people/party.ts';
import type { Programme } from './programme.ts';

/**
 * A programme file to begin a new cooperation with, of one that there is: its texts, institutions, objectives, periods and the
 * contents of its sessions, with the people who take part in it now. What is of one cooperation alone is left out, and has to
 * be written: code, call, dates, guests and consultant.
 */
export function copiedProgramme(
  { programme, people, sessions }: Pick<CaseView, 'programme' | 'people' | 'sessions'>,
  now: string,
): Record<string, unknown> {
  const texts = without(programme, [
    'id',
    'call',
    'dated',
    'participants',
    'coordination',
    'sessions',
    'systematization',
  ]);
  const zones = new Map(programme.institutions.map(({ id, timezone }) => [id, timezone]));
  return {
    ...texts,
    dated: dateIn(now, secretariatAmong(programme.institutions).timezone),
    participants: people
      .filter(({ active, role }) => active && (role === 'delegate' || role === 'staff'))
      .map((person) => participantOf(person, programme, zones.get(person.party))),
    coordination: without(programme.coordination, ['date', 'starts']),
    sessions: programme.sessions
      .filter((_, index) => sessions.find(({ number }) => number === index + 1)?.cancelledAt == null)
      .map(({ contents, hours, link, place }) => ({
        contents,
        ...(hours !== undefined && { hours }),
        ...(link !== undefined && { link }),
        ...(place !== undefined && { place }),
      })),
    systematization: {},
  };
}

/** The same as the text of a file. */
export const copiedProgrammeText = (
  view: Pick<CaseView, 'programme' | 'people' | 'sessions'>,
  now: string,
): string => stringify(copiedProgramme(view, now));

const without = (from: object, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));

function participantOf(
  { name, post, email, party, language, timeZone, focalPoint }: CaseView['people'][number],
  programme: Programme,
  zone: string | undefined,
): Programme['participants'][number] {
  return {
    name,
    ...(post !== null && { post }),
    ...(email !== null && { email }),
    institution: party,
    ...(focalPoint && { focalPoint }),
    ...(language !== programme.language && { language }),
    ...(timeZone !== zone && { timezone: timeZone }),
  };
}
