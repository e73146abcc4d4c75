import { ApplicationFailure } from '@temporalio/common';
import { changeOf, makeChange, noteChangeTold } from '../src/casefile/changes/index.ts';
import { delegationsOf } from '../src/casefile/people.ts';
import { noteIssued } from '../src/casefile/programmes.ts';
import { addToRecord } from '../src/casefile/record.ts';
import { answersTo, findRequest, owingOf, standingInPlace } from '../src/casefile/requests.ts';
import { rowsOf } from '../src/casefile/rows.ts';
import { sessionStateOf } from '../src/casefile/sessionState.ts';
import { sessionOf } from '../src/casefile/sessions.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { cooperationOf, namedPartyOf, sessionHeading } from './headings.ts';
import type { Activities, NotifyResult } from './index.ts';
import { makeProgramme } from './publications.ts';
import { circumstancesOf, noteThingTold, type Occasion, occasionsOf, tell, thingsTold } from './tellings.ts';
import { minutesToTell, noteMinutesSent, tellMinutes } from './tidings.ts';

type Changes = Pick<
  Activities,
  'recordChange' | 'tellChange' | 'requestTimes' | 'sessionStands' | 'announceWindowRanOut'
>;

/** Changes of cooperations under way: made, and told to those concerned. */
export function changeActivities(outside: Outside): Changes {
  const { caseFile, now } = outside;

  return {
    recordChange: ({ cooperation, change, at }) => makeChange(caseFile, cooperation, change, at),

    async requestTimes({ cooperation, requests }) {
      const rows = await Promise.all(requests.map((id) => findRequest(caseFile, cooperation, id)));
      return Object.fromEntries(
        rows.flatMap((row) =>
          row
            ? [
                [
                  row.id,
                  { dueAt: row.dueAt, reminders: row.reminders, of: row.parties, waived: row.waived },
                ] as const,
              ]
            : [],
        ),
      );
    },

    async sessionStands({ cooperation, session }) {
      const rows = await rowsOf(caseFile, cooperation);
      const row = rows?.sessions.find(({ number }) => number === session);
      if (!rows || !row) throw new Error(`the case file has no session ${session} of ${cooperation}`);
      return sessionStateOf(row, rows);
    },

    async tellChange({ cooperation: id, change: number }) {
      const change = await changeOf(caseFile, id, number);
      if (!change?.madeAt) throw new Error(`the case file has no change ${number} of ${id} that was made`);
      const version =
        change.programmeChanges.length > 0 ? await makeProgramme(outside, id, `change-${number}`) : undefined;
      const circumstances = await circumstancesOf(outside, change, version);
      // What one mail cannot be sent for now does not hold up the others.
      let unavailable: ApplicationFailure | undefined;
      const occasions = occasionsOf(change.told);
      const results = new Map<Occasion, NotifyResult>();
      for (const occasion of occasions) {
        try {
          results.set(occasion, await tell(circumstances, occasion));
        } catch (error) {
          if (!(error instanceof ApplicationFailure)) throw error;
          unavailable = error;
        }
      }
      for (const { about, occasions: own } of thingsTold(occasions)) {
        const notified = own.flatMap((occasion) => results.get(occasion) ?? []);
        if (notified.length === own.length) await noteThingTold(about, circumstances, sumOf(notified));
      }
      if (unavailable) throw unavailable;
      if (version) await noteIssued(caseFile, id, version.version, now());
      await noteChangeTold(caseFile, id, number, now());
      return sumOf([...results.values()]);
    },

    async announceWindowRanOut({ cooperation: id, session: number, round, why }) {
      const cooperation = await cooperationOf(caseFile, id);
      const session = await sessionOf(caseFile, id, number);
      // The Secretariat is asked when everyone has been told.
      if (await findRequest(caseFile, id, `session-${number}/confirm-date.${round}`))
        return { notified: 0, refused: 0 };
      const first = await findRequest(caseFile, id, `session-${number}/choose-date.${round}`);
      const poll = first && (await standingInPlace(caseFile, first));
      const silent = poll ? owingOf(poll, await answersTo(caseFile, id, poll.id)) : [];
      const entry = `window-ran-out:${number}:${round}`;
      await addToRecord(caseFile, {
        cooperation: id,
        key: entry,
        at: now(),
        kind: 'window-ran-out',
        data: { session: number, round, why, unanswered: silent },
      });
      // Left to a poll that there is none of.
      const minutes = await minutesToTell(outside, id, { before: number, way: entry });
      await tellMinutes(outside, cooperation, minutes);
      await noteMinutesSent(outside, minutes);
      return deliver(outside, {
        cooperation,
        key: `session-${number}|window-ran-out|${round}`,
        to: await delegationsOf(caseFile, id),
        notice: () => ({
          notice: 'window-ran-out',
          session: sessionHeading(session),
          why,
          unanswered: silent.map((party) => namedPartyOf(cooperation.programme, party)),
        }),
      });
    },
  };
}

const sumOf = (results: readonly NotifyResult[]): NotifyResult => ({
  notified: results.reduce((sum, { notified }) => sum + notified, 0),
  refused: results.reduce((sum, { refused }) => sum + refused, 0),
});
