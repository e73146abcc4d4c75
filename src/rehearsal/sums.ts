import { DAY_MS } from '../domain/dates/durations.ts';
import type { RehearsalResult, Sums } from '../domain/rehearsal.ts';

export function sumsOf({ view, to }: RehearsalResult): Sums {
  const parties = new Map(view.requests.flatMap(({ asked }) => asked.map((one) => [one.party, one.label])));
  return {
    mails: view.people.map(({ id, name, party, role }) => {
      const own = view.mails.filter(({ person }) => person === id);
      const sent = own.filter(({ state }) => state === 'sent');
      return {
        person: id,
        name,
        party,
        role,
        sent: sent.length,
        reminders: sent.filter(({ notice }) => notice === 'reminder').length,
        refused: own.filter(({ state }) => state === 'refused').length,
        unsent: own.filter(({ state }) => state === 'pending').length,
      };
    }),
    waited: [...parties].map(([party, label]) => {
      const spans = view.requests
        .filter(({ asked }) => asked.some((one) => one.party === party))
        .map((request) => {
          const answered = request.answers.find((answer) => answer.party === party)?.at;
          const end = Date.parse(answered ?? request.closedAt ?? to);
          return { from: Date.parse(request.openedAt), due: Date.parse(request.dueAt), to: end };
        });
      return {
        party,
        label,
        days: daysIn(spans.map(({ from, to }) => [from, to])),
        overdue: daysIn(spans.map(({ due, to }) => [due, to])),
      };
    }),
  };
}

/** How many days several spans cover, each moment counted once; in halves, since minutes mean nothing. */
function daysIn(spans: [number, number][]): number {
  let covered = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const [from, to] of spans.filter(([from, to]) => from < to).sort(([a], [b]) => a - b)) {
    covered += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return Math.round((covered / DAY_MS) * 2) / 2;
}
