import { dateIn } from '../dates/dates.ts';

/** Who of the Secretariat is turned to in a cooperation, on a day on which officers may be away. */

type Officer = { id: string; timeZone: string };
type Absence = { person: string; from: string; to: string; standIn: string };

/**
 * The first officer of a cooperation; while that one is away their stand-in, or whoever stands in for that one; where none of
 * those is among `officers`, the first who is there. `absent` is the first one's absence on that day.
 */
export function officerToTurnTo<P extends Officer>(
  officers: readonly P[],
  absences: readonly Absence[],
  now: string,
): { officer: P; absent?: { of: P; until: string } } | undefined {
  const absenceOf = ({ id, timeZone }: Officer): Absence | undefined => {
    const today = dateIn(now, timeZone);
    return absences.find(({ person, from, to }) => person === id && from <= today && today <= to);
  };
  const [first] = officers;
  if (!first) return undefined;
  const absence = absenceOf(first);
  if (!absence) return { officer: first };
  const seen: Officer[] = [first];
  let next: Absence | undefined = absence;
  while (next) {
    const standIn = officers.find(({ id }) => id === next?.standIn);
    if (!standIn || seen.includes(standIn)) break;
    seen.push(standIn);
    next = absenceOf(standIn);
    if (!next) return { officer: standIn, absent: { of: first, until: absence.to } };
  }
  const there = officers.find((one) => !absenceOf(one));
  return there && { officer: there, absent: { of: first, until: absence.to } };
}
