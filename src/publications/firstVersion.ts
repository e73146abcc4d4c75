import { sessionTimes, zoneOf } from '../domain/programme/planOf.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { ProgrammeVersion } from './programmeView.ts';
import type { PrintedSession } from './sessions.ts';

/** A programme as its first version prints it: the sessions and people as its file has them. */
export const asFiled = (programme: Programme): ProgrammeVersion => ({
  programme,
  version: 1,
  madeOn: programme.dated,
  sessions: programme.sessions.map(
    (session, i) =>
      ({
        ...session,
        number: i + 1,
        ...sessionTimes(session, programme),
        timeZone: zoneOf(session, programme),
      }) as PrintedSession,
  ),
  people: programme.participants,
});
