import type { Party } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { RehearsedCourse } from '../domain/rehearsal.ts';
import { speaker } from '../words/speaker.ts';
import type { Scenario } from './scenario.ts';

/** The scenarios that the site offers for any programme: how people behave, by what it is called. */

/** Working days after each mail: after what it asks for is due. */
const LATE = '12 days';

export function scenarioOf(course: RehearsedCourse, { institutions, language }: Programme): Scenario {
  const of = (role: Party['role']) => institutions.filter((one) => one.role === role).map(({ id }) => id);
  const [requesting] = of('requesting');
  const [providing] = of('providing');
  const changes = speaker('rehearsal.course', language)('reason');
  switch (course) {
    case 'punctual':
      return {};
    case 'late':
      return { answers: [{ party: providing, after: LATE }] };
    case 'silent':
      return {
        answers: [...of('requesting'), ...of('providing')].map((party) => ({ party, after: 'never' })),
      };
    case 'changes':
      return {
        answers: [
          { request: 'approve-programme', party: requesting, changes },
          { request: 'review-sheet', party: requesting, changes },
          { request: 'receive-report', changes },
        ],
      };
    case 'not-held':
      return { answers: [{ request: 'session-1/record-session', 'not-held': changes }] };
  }
}
