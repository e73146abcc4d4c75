import { type CaseFile, listed, type OneOrMore } from './database/database.ts';
import type { AbsenceRow, HandOverRow, PersonRow } from './database/schema.ts';

/** Who answers in whose place: requests passed to a colleague, and days on which one stands in for another. */

export const handOversOf = (
  db: CaseFile,
  cooperation: OneOrMore,
  request?: string,
): Promise<HandOverRow[]> => {
  const all = db
    .selectFrom('handOver')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('at')
    .orderBy('fromPerson');
  return (request ? all.where('request', '=', request) : all).execute();
};

export const absencesOf = (db: CaseFile, cooperation: OneOrMore): Promise<AbsenceRow[]> =>
  db
    .selectFrom('absence')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('from')
    .orderBy('change')
    .execute();

/** A person's absence on a day, if there is one. */
export const absenceOn = (
  absences: readonly AbsenceRow[],
  { id }: Pick<PersonRow, 'id'>,
  day: string,
): AbsenceRow | undefined =>
  absences.find(({ person, from, to }) => person === id && from <= day && day <= to);

/** Notes who has a request in place of whom, over what was noted of that person before. */
export async function noteHandOver(db: CaseFile, row: HandOverRow): Promise<void> {
  const { toPerson, absent, at } = row;
  await db
    .insertInto('handOver')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['cooperation', 'request', 'fromPerson']).doUpdateSet({ toPerson, absent, at }),
    )
    .execute();
}

/** Who was asked, who is away, and who may answer: what {@link inChargeOf} decides by. */
export type Standing = {
  /** Those who may answer for the parties concerned. */
  people: readonly PersonRow[];
  /** The hand-overs of one request. */
  handOvers: readonly HandOverRow[];
  absences: readonly AbsenceRow[];
  /** The present date on a person's clock. */
  today: Today;
};
export type Today = (person: Pick<PersonRow, 'timeZone'>) => string;

/**
 * Who has a request in place of somebody who was asked: the colleague it was handed over to, and while that one is
 * away, the stand-in; while the stand-in is away too, theirs. `awayFor` is the absent one.
 */
export function inChargeOf(
  person: PersonRow,
  { people, handOvers, absences, today }: Standing,
): { person: PersonRow; awayFor?: PersonRow } {
  const known = (id: string | undefined) => people.find((one) => one.id === id);
  const followed = (start: PersonRow): PersonRow => {
    const seen = [start];
    for (;;) {
      const last = seen.at(-1) as PersonRow;
      const passed = handOvers.find(({ fromPerson, absent }) => !absent && fromPerson === last.id);
      const next = known(passed?.toPerson);
      if (!next || seen.includes(next)) return last;
      seen.push(next);
    }
  };
  const standInOf = (one: PersonRow) =>
    absences.length === 0 ? undefined : known(absenceOn(absences, one, today(one))?.standIn);

  const asked = followed(person);
  const standIn = standInOf(asked);
  if (!standIn) return { person: asked };
  const next = standInOf(standIn) ?? standIn;
  const reached = followed(next === asked ? standIn : next);
  return { person: reached === asked ? standIn : reached, awayFor: asked };
}
