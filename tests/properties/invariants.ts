import { hashOf } from '../../src/casefile/filing.ts';
import type { Play } from './play.ts';
import type { Snapshot } from './snapshot.ts';
import type { World } from './world.ts';

/** What must stay true of a cooperation, whatever happens to its requests, people and sessions. */

/** What a step did: the case file before and after it. */
export type Seen = {
  before: Snapshot;
  after: Snapshot;
  /** The clock when the step began (milliseconds). */
  began: number;
  world: World;
  play: Play;
};

/** Each returns what speaks against it. */
type Invariant = (seen: Seen) => string[];

const isAfter = (a: string, b: string) => Date.parse(a) > Date.parse(b);
/** An invitation may ask for documents, too: it belongs to that request then. */
const CHASING = ['request', 'reminder', 'deadline-extended', 'invitation'];
const madeChanges = ({ change }: Snapshot) =>
  change.flatMap((one) => (one.madeAt === null ? [] : [{ ...one, madeAt: one.madeAt }]));

/** Holds after every step. */
export const ALWAYS: Record<string, Invariant> = {
  'no programme passes without its approvals': ({ after: { request, answer, programmeVersion, record } }) => [
    ...request
      .filter(({ kind, outcome }) => kind === 'approve-programme' && outcome === 'approve')
      .flatMap(({ id, parties, waived, subjectHash }) => {
        const given = answer.filter((one) => one.request === id);
        const owed = parties.filter(
          (party) => !waived.includes(party) && !given.some((one) => one.party === party),
        );
        const about = record
          .filter(({ kind, data }) => kind === 'answer-received' && data.request === id)
          .map(({ data }) => data.subject);
        return [
          ...owed.map((party) => `${id} is settled, and ${party} has neither answered nor been waived`),
          ...(given.some(({ decision }) => decision === 'approve') ? [] : [`nobody approved ${id}`]),
          ...given
            .filter(({ decision }) => decision !== 'approve')
            .map(({ by }) => `${by} wants changes in ${id}`),
          ...about.filter((hash) => hash !== subjectHash).map((hash) => `${id} was answered about ${hash}`),
        ];
      }),
    ...programmeVersion
      .filter(({ approvedIn, issuedAt }) => approvedIn !== null && issuedAt !== null)
      .filter(
        ({ hash }) =>
          !request.some(({ subjectHash, outcome }) => subjectHash === hash && outcome === 'approve'),
      )
      .map(({ version }) => `version ${version} was issued and not approved`),
  ],

  'no answer is lost': ({ after: { answer }, play }) => {
    const essence = (one: Record<string, unknown>) => {
      const { data = {}, content, ...row } = one;
      const { cooperation: _, subject: __, door: ___, withdrawnTold: ____, before: _____, ...rest } = row;
      const { withdrawnAt = null, withdrawnBy = null, withdrawnHow = null, revision = 1, ...kept } = rest;
      const { inPlaceOf: ______, ...said } = data as Record<string, unknown>;
      const stands = { withdrawnAt, withdrawnBy, withdrawnHow, revision };
      return hashOf({ ...kept, ...stands, ...said, ...(content !== null && { content }) });
    };
    const kept = answer.map(essence);
    const given = play.accepted().map(essence);
    return [
      ...answer
        .filter((one) => !given.includes(essence(one)))
        .map(({ request, by }) => `${request} by ${by} is not as it was given`),
      ...play
        .accepted()
        .filter((one) => !kept.includes(essence(one)))
        .map(({ request, by }) => `${request} by ${by} is not in the case file`),
    ];
  },

  'nobody is chased who owes nothing': ({ after }) =>
    after.mail
      .flatMap(({ key, person, preparedAt, notice, request, beside }) => {
        // The mail is about the first request that it tells of, and that may stand in what it tells beside.
        const own = beside.some((one) => one.request === request) ? undefined : (request ?? undefined);
        return [{ notice, request: own }, ...beside].map((one) => ({ key, person, preparedAt, ...one }));
      })
      .flatMap(({ key, request: id, person, preparedAt, notice }) => {
        if (id === undefined || !CHASING.includes(notice)) return [];
        const row = after.request.find((one) => one.id === id);
        const party = after.person.find((one) => one.id === person)?.party ?? '';
        const before = (at: string) => !isAfter(at, preparedAt);
        if (row?.closedAt && before(row.closedAt))
          return [`${key}: ${id} was closed already (${row.outcome})`];
        const answered = after.answer.find((one) => one.request === id && one.party === party);
        // The Secretariat hears last of all of those who are silent, also where it was asked itself.
        const silent = row?.parties.some(
          (one) =>
            !row.waived.includes(one) &&
            !after.answer.some((given) => given.request === id && given.party === one && before(given.at)),
        );
        if (
          silent &&
          notice === 'reminder' &&
          after.person.find((one) => one.id === person)?.role === 'staff'
        )
          return [];
        if (answered && before(answered.at)) return [`${key}: ${party} had answered`];
        const turns = madeChanges(after).flatMap(({ what, madeAt }) => {
          if (!('request' in what) || what.request !== id || !before(madeAt)) return [];
          if (what.change === 'waive' && what.party === party) return ['waived'];
          if (what.change === 'reassign' && what.from === party) return ['released'];
          return what.change === 'reassign' && what.to === party ? ['asked'] : [];
        });
        const last = turns.at(-1) ?? 'asked';
        return last === 'asked' ? [] : [`${key}: ${party} was ${last}, and gets a ${notice}`];
      }),

  'nothing goes to somebody replaced but what tells them so': ({ after, world }) =>
    madeChanges(after).flatMap(({ what, madeAt }) => {
      if (what.change !== 'replace' && what.change !== 'remove-person' && what.change !== 'withdraw-guest')
        return [];
      return after.mail
        .filter(({ person, messageId }) => person === what.person && !world.overtaken.has(messageId))
        .flatMap((mail) => {
          const [calendar] =
            world.posted.find(({ messageId }) => messageId === mail.messageId)?.calendars ?? [];
          const isCancel =
            mail.notice === 'invitation' && (mail.state !== 'sent' || calendar?.method === 'CANCEL');
          const toldSo = mail.notice === 'replaced' || mail.notice === 'left' || isCancel;
          if (mail.state === 'pending' && !toldSo) return [`${mail.key} is still to be sent`];
          const sentAfter = mail.sentAt !== null && isAfter(mail.sentAt, madeAt);
          return (sentAfter || isAfter(mail.preparedAt, madeAt)) && !toldSo
            ? [`${mail.key} (${mail.state})`]
            : [];
        });
    }),

  'no mail is sent twice': ({ world, after }) => {
    const ids = world.posted.map(({ messageId }) => messageId);
    return [
      ...ids.filter((id, index) => ids.indexOf(id) !== index),
      ...ids.filter((id) => !after.mail.some(({ messageId }) => messageId === id)),
    ];
  },

  'nobody gets more mails about a request than is said': ({ after }) =>
    after.request.flatMap(({ id, parties, openedAt }) =>
      after.person.flatMap(({ id: person, party, focalPoint, role }) => {
        const mails = after.mail.filter((one) => one.request === id && one.person === person);
        const reminders = mails.filter(({ notice, state }) => notice === 'reminder' && state !== 'withdrawn');
        const replanned = madeChanges(after)
          .filter(
            ({ what, effects }) =>
              what.change === 'resume' ||
              ((what.change === 'extend' || what.change === 'reassign') &&
                what.request === id &&
                effects !== null),
          )
          .map(({ madeAt }) => madeAt);
        const asked =
          parties.includes(party) ||
          madeChanges(after).some(({ what }) => what.change === 'reassign' && what.from === party);
        const most = (asked ? 3 : 0) + (asked && focalPoint ? 1 : 0) + (role === 'staff' ? 1 : 0);
        const starts = [openedAt, ...replanned.filter((at) => isAfter(at, openedAt))];
        const counts = starts.map(
          (from, index) =>
            reminders.filter(
              ({ preparedAt }) =>
                isAfter(preparedAt, from) &&
                !(starts[index + 1] && isAfter(preparedAt, starts[index + 1] ?? '')),
            ).length,
        );
        const passed = madeChanges(after).flatMap(({ told }) =>
          told.filter(
            (one) => one.person === person && one.about.notice === 'request' && one.about.request === id,
          ),
        );
        const requests = mails.filter(({ notice }) => notice === 'request').length;
        return [
          ...counts.filter((n) => n > most).map((n) => `${person} gets ${n} reminders of ${id}, not ${most}`),
          ...(requests > 1 + passed.length ? [`${person} is asked ${requests} times for ${id}`] : []),
        ];
      }),
    ),

  'versions and sequences only grow': ({ before, after }) => [
    ...after.programmeVersion
      .filter(({ version }, index) => version !== index + 1)
      .map(({ version }) => `version ${version} is not the next one`),
    ...before.programmeVersion
      .filter(({ issuedAt, doneAt: _, ...version }, index) => {
        const { issuedAt: now = null, doneAt: __, ...same } = after.programmeVersion[index] ?? {};
        return digest(same) !== digest(version) || (issuedAt !== null && now !== issuedAt);
      })
      .map(({ version }) => `version ${version} has changed`),
    ...before.session
      .filter(
        ({ number, sequence }) =>
          (after.session.find((one) => one.number === number)?.sequence ?? -9) < sequence,
      )
      .map(({ number }) => `the sequence of session ${number} fell`),
  ],

  'what goes to a calendar is newer than what it holds': ({ world, after }) =>
    [...calendarsOf(world, after)].flatMap(([key, objects]) =>
      objects.flatMap(({ sequence }, index) => {
        const earlier = objects[index - 1]?.sequence ?? -1;
        return sequence > earlier ? [] : [`${key} gets SEQUENCE ${sequence} after ${earlier}`];
      }),
    ),

  'the record only grows': ({ before, after, began, world }) => [
    ...(digest(after.record.slice(0, before.record.length)) === digest(before.record)
      ? []
      : ['what was read before has changed']),
    ...after.record
      .slice(before.record.length)
      .filter(({ at }) => Date.parse(at) < began || Date.parse(at) > world.time())
      .map(({ key, at }) => `${key} is entered at ${at}`),
  ],
};

/** Holds when everything has been sent that could be. */
export const AT_LAST: Record<string, Invariant> = {
  'who was to be told was told': ({ world, after }) =>
    madeChanges(after).flatMap(({ number, told }) =>
      told.flatMap(({ person: id, about }) => {
        const prefix = `${world.id}|change-${number}|`;
        const mails = after.mail.filter(
          ({ key, person, notice, beside }) =>
            person === id &&
            key.startsWith(prefix) &&
            [notice, ...beside.map((one) => one.notice)].includes(about.notice),
        );
        if (mails.some(({ state }) => state === 'sent' || state === 'refused')) return [];
        const active = after.person.find((one) => one.id === id)?.active;
        // Whoever owes nothing any more is not asked, and calendars are looked at by themselves.
        const told = !active || about.notice === 'invitation' || CHASING.includes(about.notice);
        return told ? [] : [`${id} never hears: ${about.notice}`];
      }),
    ),

  'calendars agree with the case file': ({ world, after }) => {
    const calendars = calendarsOf(world, after);
    return after.session.flatMap(({ number, startsAt, endsAt, cancelledAt, recordedAt, sequence }) =>
      after.person.flatMap((person) => {
        const key = `${person.id} session ${number}`;
        const held = calendars.get(key)?.at(-1);
        const unreachable = after.mail.some((one) => one.person === person.id && one.state === 'refused');
        const isPast = held && Date.parse(held.endsAt) <= world.time();
        if (unreachable || recordedAt || isPast) return [];
        const invited =
          person.active &&
          !cancelledAt &&
          sequence >= 0 &&
          (person.role === 'delegate' || person.role === 'staff' || person.session === number);
        if (!invited) return held?.method === 'REQUEST' ? [`${key} is still on the calendar`] : [];
        if (endsAt && Date.parse(endsAt) <= world.time()) return [];
        if (held?.method !== 'REQUEST') return [`${key} is not on the calendar`];
        return held.startsAt === startsAt && held.endsAt === endsAt
          ? []
          : [`${key} is on the calendar at ${held.startsAt}–${held.endsAt}, not ${startsAt}–${endsAt}`];
      }),
    );
  },
};

/** What each person's calendar got of each session, in the order it was sent. */
function calendarsOf({ id, posted }: World, { mail }: Snapshot) {
  return Map.groupBy(
    posted.flatMap(({ messageId, calendars }) => calendars.map((one) => ({ ...one, messageId }))),
    ({ uid, messageId }) => {
      const number = new RegExp(`^${id}\\.session-(\\d+)@`).exec(uid)?.[1];
      return `${mail.find((one) => one.messageId === messageId)?.person} session ${number}`;
    },
  );
}

const digest = (value: unknown): string => JSON.stringify(value);

export function check(invariants: Record<string, Invariant>, seen: Seen): void {
  for (const [name, invariant] of Object.entries(invariants)) fail(name, invariant(seen));
}

/** @throws Error where something speaks against what must stay true */
export function fail(name: string, against: readonly string[]): void {
  if (against.length > 0) throw new Error(`${name}: ${against.join('; ')}`);
}
