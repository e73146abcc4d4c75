import type { Attendee, Sex } from '../content.ts';
import { plainName } from './samePerson.ts';

/** Who was at a meeting: people with their institution, or a name of which no more is known. */

export type NamedAttendee = Exclude<Attendee, string>;

export const attendeeOf = (one: Attendee): NamedAttendee => (typeof one === 'string' ? { name: one } : one);

/** Who came from where: a party's code, an institution that is none of the cooperation's, or neither. */
type From = Pick<NamedAttendee, 'party' | 'institution'>;
const isOfSame = (a: From, b: From): boolean =>
  a.party === b.party && plainName(a.institution ?? '') === plainName(b.institution ?? '');

/** Those who attended, by where they came from, in the order in which these first come. */
export function attendeesByInstitution(
  attendance: readonly Attendee[],
): { from: From; people: NamedAttendee[] }[] {
  const groups: { from: From; people: NamedAttendee[] }[] = [];
  for (const one of attendance.map(attendeeOf)) {
    const known = groups.find(({ from }) => isOfSame(from, one));
    if (known) known.people.push(one);
    else groups.push({ from: fromOf(one), people: [one] });
  }
  return groups;
}

const fromOf = ({ party, institution }: From): From => ({
  ...(party && { party }),
  ...(institution && { institution }),
});

export type Reach = { from: From } & Record<Sex | 'unstated', number>;

/** How many people several meetings reached, each counted once; a sex that one of them states holds for all. */
export function peopleReached(meetings: readonly (readonly Attendee[])[]): Reach[] {
  return attendeesByInstitution(meetings.flat()).map(({ from, people }) => {
    const each = Map.groupBy(people, ({ person, name }) => person ?? plainName(name));
    const reached: Reach = { from, woman: 0, man: 0, unstated: 0 };
    for (const entries of each.values()) {
      const sex = entries.find((one) => one.sex)?.sex ?? 'unstated';
      reached[sex] += Math.max(...entries.map(({ count = 1 }) => count));
    }
    return reached;
  });
}
