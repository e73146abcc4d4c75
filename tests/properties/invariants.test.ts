import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { testCaseFile } from '../support/database.ts';
import { ALWAYS, AT_LAST, type Seen } from './invariants.ts';
import { openScene } from './scene.ts';

/** Each invariant sees what it is there for: nothing speaks against a cooperation as it is, and much once it is spoilt. */

vi.mock('../../src/publications/programme.ts', () => import('./plainProgramme.ts'));

const ALL = { ...ALWAYS, ...AT_LAST };
let db: CaseFile;
let drop: () => Promise<void>;
let seen: Seen;
beforeAll(async () => {
  ({ caseFile: db, drop } = await testCaseFile());
  const scene = await openScene(db);
  await scene.change({ change: 'waive', request: 'documents/send-documents.1', party: 'per-mtpe' });
  await scene.change({
    change: 'replace',
    person: 'chl-mtps-1',
    with: { name: 'Nueva Persona', email: 'nueva@example.org' },
  });
  await scene.play.work();
  seen = await scene.seen();
});
afterAll(() => drop());

it.each(Object.keys(ALL))('nothing speaks against it: %s', (name) => {
  expect(ALL[name]?.(seen)).toEqual([]);
});

type Spoil = (seen: Seen) => void;
const mailTo = ({ after }: Seen, person: string, notice: string) =>
  after.mail.find(
    (mail) => mail.person === person && mail.notice === notice,
  ) as Seen['after']['mail'][number];
const LATER = '2021-06-30T12:00:00.000Z';

const SPOILT: Record<keyof typeof ALL, Record<string, Spoil>> = {
  'no programme passes without its approvals': {
    'an approval is missing': ({ after }) => after.answer.splice(0, 1),
    'one asks for changes': ({ after }) => {
      for (const answer of after.answer.slice(0, 1)) answer.decision = 'changes';
    },
    'one approved another version': ({ after }) => {
      for (const { kind, data } of after.record) if (kind === 'answer-received') data.subject = 'a';
    },
    'a version goes out that nobody was asked for': ({ after }) => {
      for (const version of after.programmeVersion) version.hash = 'a';
    },
  },
  'no answer is lost': {
    'one is gone': ({ after }) => after.answer.splice(0, 1),
    'one is under the name of a colleague': ({ after }) => {
      for (const answer of after.answer) answer.by = answer.by.replace('-1', '-2');
    },
    'one was refused and is there': ({ after }) =>
      after.answer.push({ ...(after.answer[0] as (typeof after.answer)[0]), party: 'oas' }),
  },
  'nobody is chased who owes nothing': {
    'a party that has answered': (seen) => {
      Object.assign(mailTo(seen, 'per-mtpe-1', 'request'), { preparedAt: LATER });
    },
    'a party that was waived': (seen) => {
      const mails = seen.after.mail.filter(({ request }) => request === 'documents/send-documents.1');
      for (const mail of mails.filter(({ person }) => person === 'per-mtpe-2')) mail.preparedAt = LATER;
    },
  },
  'nothing goes to somebody replaced but what tells them so': {
    'something is sent': (seen) => {
      Object.assign(mailTo(seen, 'chl-mtps-1', 'request'), { sentAt: LATER });
    },
    'something is still to be sent': (seen) => {
      Object.assign(mailTo(seen, 'chl-mtps-1', 'request'), { state: 'pending' });
    },
  },
  'no mail is sent twice': {
    'one is': ({ world }) => world.posted.push(...world.posted.slice(0, 1)),
    'one is that the case file does not know': ({ world }) =>
      world.posted.push({ messageId: '<other>', calendars: [] }),
  },
  'nobody gets more mails about a request than is said': {
    'four reminders': (seen) => {
      const mail = mailTo(seen, 'per-mtpe-1', 'request');
      for (const n of [1, 2, 3, 4]) seen.after.mail.push({ ...mail, notice: 'reminder', key: `${n}` });
    },
    'asked twice': (seen) => seen.after.mail.push(mailTo(seen, 'per-mtpe-1', 'request')),
  },
  'versions and sequences only grow': {
    'a version is left out': ({ after }) => {
      for (const version of after.programmeVersion) version.version++;
    },
    'a version is another now': ({ after }) => {
      for (const version of after.programmeVersion) version.pdfSha256 = 'a';
    },
    'a sequence falls': ({ after }) => {
      for (const session of after.session) session.sequence -= 1;
    },
  },
  'what goes to a calendar is newer than what it holds': {
    'it is as old': ({ world }) =>
      world.posted.push(...world.posted.filter(({ calendars }) => calendars.length > 0).slice(0, 1)),
  },
  'the record only grows': {
    'an entry is gone': ({ after }) => after.record.splice(0, 1),
    'an entry is another now': ({ after }) => {
      Object.assign(after.record[0] as object, { kind: 'cooperation-closed' });
    },
    'an entry comes from the past': ({ after }) => {
      Object.assign(after.record.at(-1) as object, { at: '2021-06-09T12:00:00.000Z' });
    },
  },
  'who was to be told was told': {
    'one is not': (seen) => {
      Object.assign(mailTo(seen, 'chl-mtps-3', 'joined'), { state: 'withdrawn' });
    },
  },
  'calendars agree with the case file': {
    'a session is at another time': ({ after }) => {
      for (const session of after.session) session.startsAt = LATER;
    },
    'a session is not held': ({ after }) => {
      for (const session of after.session) session.cancelledAt = LATER;
    },
    'somebody was not invited': ({ world }) => {
      world.posted.splice(0, world.posted.length);
    },
  },
};

const spoilt = Object.entries(SPOILT).flatMap(([name, cases]) =>
  Object.entries(cases).map(([what, spoil]) => [name, what, spoil] as const),
);
it('each is spoilt somehow', () => {
  expect(Object.keys(SPOILT).sort()).toEqual(Object.keys(ALL).sort());
});
it.each(spoilt)('%s: it sees that %s', (name, _, spoil) => {
  const { world, play, ...rest } = seen;
  const copy: Seen = { ...structuredClone(rest), world: { ...world, posted: [...world.posted] }, play };
  spoil(copy);
  expect(ALL[name]?.(copy)).not.toEqual([]);
});
