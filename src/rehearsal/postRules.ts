import { peopleOf } from '../casefile/filing.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { secretariatZone } from './cast.ts';
import type { PostRules } from './post.ts';
import { instantFrom, type Scenario } from './scenario.ts';

/** What the post office of a rehearsal does with mails, as the scenario says it: by person or address, on the Secretariat's clock. */
export function postRules({ mail }: Scenario, programme: Programme): PostRules {
  const zone = secretariatZone({ programme });
  const people = peopleOf(programme);
  const instant = (written: string | undefined) =>
    written === undefined ? undefined : instantFrom(written, zone);
  return {
    refuses: (mail?.refuses ?? []).map(({ to, reply = '550 5.1.1 no such user', from, until }) => ({
      address: (people.find(({ id }) => id === to)?.email ?? to).toLowerCase(),
      reply,
      from: instant(from),
      until: instant(until),
    })),
    away: (mail?.away ?? []).map(({ from, until }) => ({
      from: instantFrom(from, zone),
      until: instantFrom(until, zone),
    })),
  };
}
