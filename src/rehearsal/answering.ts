import type { CaseView, RequestView } from '../domain/caseView.ts';
import type { Plan } from '../domain/programme/plan.ts';
import { actorsOf, answerInstant, castRoleOf, type Party, type Role, reached } from './cast.ts';
import type { Deed } from './deeds.ts';
import type { Scenario } from './scenario.ts';

/**
 * The answers of a rehearsal: planned as soon as somebody owes one, given when it is due. An answer that is due while
 * the cooperation is paused, or before anybody has the mail, is planned again.
 */
export type Answering = {
  /** Plans what is owed in a case by now. */
  look(view: CaseView): void;
  /** What is planned and not yet done. */
  deeds(): readonly Deed[];
};

/** Gives one person's answer to a request, as their part in the scenario says; where it is refused, that is told. */
export type Give = (
  view: CaseView,
  request: RequestView,
  who: { party: string; person: string },
  role: Role | undefined,
) => Promise<void>;

export function answererOf({
  scenario,
  parties,
  now,
  give,
}: {
  scenario: Scenario;
  parties: Plan['parties'];
  /** The rehearsal's time (ISO 8601, UTC). */
  now: () => string;
  give: Give;
}): Answering {
  const deeds: Deed[] = [];
  /** Requests with the party that answers them, and how many answers it took back, once that is planned or done, or will never be. */
  const decided = new Set<string>();
  let order = 0;
  let paused = false;
  let resumedAt = '';
  const partyOf = (code: string): Party =>
    parties.find((party) => party.code === code) ?? (parties[0] as Party);

  async function answer(view: CaseView, id: string, party: string): Promise<boolean> {
    const request = view.requests.find((one) => one.id === id);
    if (!request || request.closedAt !== null || !request.owing.includes(party)) return false;
    const role = castRoleOf(scenario, request, party);
    const there = view.pausedAt === null ? answerers(view, request, party, actorsOf(role ?? {})) : [];
    await Promise.all(there.map(({ person }) => give(view, request, { party, person: person.id }, role)));
    return there.length > 0;
  }

  function plan(view: CaseView, request: RequestView, party: string): void {
    // Whoever took an answer back gives another one.
    const takenBack = request.withdrawn.filter((one) => one.party === party).map((one) => one.withdrawn.at);
    const key = `${request.id} ${party} ${takenBack.length}`;
    if (decided.has(key)) return;
    const role = castRoleOf(scenario, request, party);
    const [first] = answerers(view, request, party, actorsOf(role ?? {}));
    if (!first) return;
    decided.add(key);
    const since = [first.at, resumedAt, ...takenBack].sort().at(-1) ?? first.at;
    const planned = answerInstant(role, since, partyOf(party));
    // What was said of the first answer is no time for the next.
    const past = takenBack.length > 0 && planned !== undefined && planned <= since;
    const at = past ? answerInstant(undefined, since, partyOf(party)) : planned;
    if (at === undefined) return;
    const deed: Deed = {
      at,
      order: order++,
      async act(then) {
        deeds.splice(deeds.indexOf(deed), 1);
        if (!(await answer(then, request.id, party))) decided.delete(key);
      },
    };
    deeds.push(deed);
  }

  return {
    look(view) {
      if (paused && view.pausedAt === null) resumedAt = now();
      paused = view.pausedAt !== null;
      if (paused) return;
      for (const request of view.requests.filter(({ closedAt }) => closedAt === null))
        for (const party of request.owing) plan(view, request, party);
    },
    deeds: () => deeds,
  };
}

/** Those the scenario names, else the first of the party; each only with the mail in hand. */
function answerers(view: CaseView, request: RequestView, party: string, named: readonly string[]) {
  const there = reached(view, request, party);
  const wanted = there.filter(({ person }) => named.includes(person.id));
  return wanted.length > 0 ? wanted : there.slice(0, 1);
}
