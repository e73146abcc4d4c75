import { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { calendarActivities } from '../../activities/calendar.ts';
import { communicationActivities } from '../../activities/communications.ts';
import type { Outside } from '../../activities/context.ts';
import { calendarRepliesOf } from '../../src/casefile/mails/calendarReplies.ts';
import { communicationsOf } from '../../src/casefile/mails/communications.ts';
import { keepIncoming, mailAt } from '../../src/casefile/mails/incomingMails.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { cooperationsOver, type Workflows } from '../../src/client/index.ts';
import { type CaseView, caseView } from '../../src/domain/caseView.ts';
import { appointmentOfUid } from '../../src/domain/ids.ts';
import { attendancesOf } from '../../src/domain/mails/calendarReply.ts';
import { type OwnAddress, ownAddressIn } from '../../src/domain/mails/incomingMail.ts';
import { exportedMail } from '../../src/export/mail.ts';
import { caseFor } from '../../src/export/reader.ts';
import { attendingLines } from '../../src/words/attending.ts';
import { outsideWith } from '../activities/outside.ts';
import { NOW, setting, the } from '../casefile/changes/setting.ts';
import {
  type Answered,
  apple,
  attached,
  counter,
  exchange,
  google,
  methodOutside,
  outlook,
} from './calendars.ts';
import { JORGE } from './shapes.ts';

/** What people answer in their calendars, from the invitation that they have to what the Secretariat sees. */

setting();

const REPLIES = 'respuestas@coop.example';
const PERSON = 'per-mtpe-1';
let outside: Outside;
let sent: { to: string; raw: Buffer }[];
beforeEach(async () => {
  sent = [];
  outside = outsideWith(({ to, raw }) => void sent.push({ to, raw }), { replies: REPLIES });
  const { db, id } = the();
  await db
    .updateTable('person')
    .set({ email: JORGE })
    .where('cooperation', '=', id)
    .where('id', '=', PERSON)
    .execute();
});

/** Everybody is invited to the first session: what Jorge's calendar has been given of it, and of the further invitations. */
async function invite(round = 1, startsAt = '2021-07-14T15:00:00.000Z') {
  const { db, id } = the();
  await db
    .updateTable('session')
    .set({ startsAt, endsAt: new Date(Date.parse(startsAt) + 9_000_000).toISOString() })
    .where('cooperation', '=', id)
    .where('number', '=', 1)
    .execute();
  await calendarActivities(outside).invite({ cooperation: id, session: 1, round });
  const raw = sent.findLast(({ to }) => to === JORGE)?.raw as Buffer;
  const { attachments } = await PostalMime.parse(raw);
  const object = Buffer.from(
    attachments.find(({ mimeType }) => mimeType === 'text/calendar')?.content as ArrayBuffer,
  )
    .toString()
    .replace(/\r?\n /g, '');
  const valueIn = (name: string) =>
    new RegExp(`^${name}(?:;[^\\r\\n]*?)?:([^\\r\\n]*)`, 'm').exec(object)?.[1] ?? '';
  const organizer = /^ORGANIZER[^\r\n]*:mailto:([^\r\n]*)/im.exec(object)?.[1] ?? '';
  sent = [];

  return { raw, object, organizer, uid: valueIn('UID'), sequence: Number(valueIn('SEQUENCE')) };
}

/** A mail comes to an address, as a listener keeps it, and is read. */
async function come(organizer: string, raw: string, nullSender = false): Promise<void> {
  const mail = await mailAt(the().db, ownAddressIn(organizer, REPLIES) as OwnAddress);
  const { sha256, size } = await outside.documents.put(Readable.from([Buffer.from(raw)]));
  const { cooperation, key } = mail as NonNullable<typeof mail>;
  await keepIncoming(the().db, {
    ...{ cooperation, mail: key, purpose: 'reply', sha256, size, cameAt: NOW, nullSender },
  });
  const failures: unknown[] = [];
  await cooperationsOver({
    ...{ caseFile: the().db, documents: outside.documents, now: () => NOW },
    workflows: {
      exchange: async () => 'open',
      sendCommunication: async (_: unknown, number: number) => {
        await communicationActivities(outside).sendCommunication({ cooperation: the().id, number });
      },
    } as unknown as Workflows,
  }).fileMails((error) => failures.push(error));
  expect(failures).toEqual([]);
}

const replies = () => calendarRepliesOf(the().db, the().id);
const talk = () => communicationsOf(the().db, the().id);
const states = async () =>
  (
    await the()
      .db.selectFrom('incomingMail')
      .select('state')
      .where('cooperation', '=', the().id)
      .orderBy('id')
      .execute()
  ).map(({ state }) => state);
async function lines(): Promise<string[]> {
  const view = (await viewOf(the().db, the().id, NOW)) as CaseView;
  expect(caseView.safeParse(view).error).toBeUndefined();
  const { sequence = -1 } = view.sessions[0] ?? {};
  const attendances = attendancesOf(view, 1, sequence);
  return attendances ? attendingLines(attendances, 'es').map(({ line }) => line) : [];
}

describe('an invitation', () => {
  it('is answered to its reader’s own reply address, the same through every change, on behalf of which the mail is', async () => {
    const first = await invite();
    const [mail] = (await mailsOf(the().db, the().id)).filter(({ person }) => person === PERSON);
    expect(ownAddressIn(first.organizer, REPLIES)?.token).toBe(mail?.replyToken);
    expect(first.object).toMatch(/^ORGANIZER[^\r\n]*SENT-BY="mailto:coop\+test-\d+@rial\.example"/m);
    const moved = await invite(2, '2021-07-15T15:00:00.000Z');
    expect(moved.organizer).toBe(first.organizer);
    expect(moved.sequence).toBeGreaterThan(first.sequence);
    const token = mail?.replyToken as string;
    for (const raw of [first.raw, moved.raw]) {
      const out = await PostalMime.parse(await exportedMail(raw));
      const whole = out.attachments
        .map(({ content }) => Buffer.from(content as ArrayBuffer).toString())
        .join('\n');
      expect(whole.replace(/\r?\n /g, '')).not.toContain(token);
      expect(whole).toContain('ORGANIZER');
    }
  });

  it('is answered to whom its mail is from where no mail is taken', async () => {
    outside = outsideWith(({ to, raw }) => void sent.push({ to, raw }));
    const { object, organizer } = await invite();
    expect(organizer).toMatch(/^coop\+test-\d+@rial\.example$/);
    expect(object).not.toContain('SENT-BY');
  });
});

describe.each(Object.entries({ outlook, exchange, google, apple, attached, methodOutside }))(
  '%s',
  (_, shape) => {
    it('is counted, once, and nobody is written to', async () => {
      const { uid, sequence, organizer } = await invite();
      expect(await lines()).toEqual([]);
      const raw = shape({ uid, sequence });
      await come(organizer, raw);
      await come(organizer, raw);
      await come(organizer, `Received: by relay.example\r\n${raw}`);
      expect(await states()).toEqual(['calendar', 'again']);
      expect(await replies()).toEqual([
        {
          ...{ cooperation: the().id, session: 1, person: PERSON, attending: 'declined', sequence },
          ...{ comment: '', at: '2021-07-01T16:30:00.000Z' },
        },
      ]);
      expect(await talk()).toEqual([]);
      expect(sent).toEqual([]);
      const [declined, silent] = await lines();
      expect(declined).toMatch(/^No asistirá: 1 de \d+$/);
      expect(silent).toMatch(/^Sin respuesta: \d+ de \d+$/);
    });
  },
);

describe('of several answers', () => {
  it('the latest stands, whichever comes last', async () => {
    const { uid, sequence, organizer } = await invite();
    await come(organizer, outlook({ uid, sequence, partstat: 'ACCEPTED', stamp: '20210701T160000Z' }));
    await come(organizer, google({ uid, sequence, partstat: 'TENTATIVE', stamp: '20210701T150000Z' }));
    expect(await replies()).toMatchObject([{ attending: 'accepted' }]);
    await come(organizer, google({ uid, sequence, partstat: 'DECLINED', stamp: '20210701T161000Z' }));
    expect(await replies()).toMatchObject([{ attending: 'declined' }]);
  });

  it('one to an earlier date is none to that which stands, and one to that is not undone by it', async () => {
    const first = await invite();
    await come(first.organizer, outlook({ ...first, partstat: 'ACCEPTED' }));
    expect(await lines()).toContainEqual(expect.stringMatching(/^Asistirá: 1 de/));
    const moved = await invite(2, '2021-07-15T15:00:00.000Z');
    expect((await lines()).filter((line) => !line.startsWith('Sin respuesta'))).toEqual([]);
    await come(moved.organizer, outlook({ ...moved, partstat: 'DECLINED', stamp: '20210701T120000Z' }));
    await come(first.organizer, outlook({ ...first, partstat: 'ACCEPTED', stamp: '20210701T164500Z' }));
    expect((await lines())[0]).toMatch(/^No asistirá: 1 de/);
  });

  it('a clock that is fast does not outdo what comes later', async () => {
    const { uid, sequence, organizer } = await invite();
    await come(organizer, outlook({ uid, sequence, partstat: 'ACCEPTED', stamp: '20310701T160000Z' }));
    expect(await replies()).toMatchObject([{ at: NOW }]);
  });
});

describe('what is written with an answer', () => {
  it('is theirs, and what their program wrote is not', async () => {
    const { uid, sequence, organizer } = await invite();
    await come(organizer, google({ uid, sequence, comment: 'Va María en mi lugar' }));
    expect(await replies()).toMatchObject([{ comment: 'Va María en mi lugar' }]);
    expect(sent).toEqual([]);
  });

  it('with another date, is a message to the Secretariat, which names the date', async () => {
    const { uid, sequence, organizer } = await invite();
    await come(organizer, counter({ uid, sequence }));
    expect(await states()).toEqual(['filed']);
    expect(await replies()).toEqual([]);
    const [message] = await talk();
    expect(message).toMatchObject({ kind: 'enquiry', by: PERSON });
    expect(message?.text).toMatch(
      /^Propone otra fecha desde su calendario: viernes 16 de julio, 10:00–12:30 \(Lima\)\.\n\nEse día tenemos feriado\.$/,
    );
  });
});

describe('whoever is not invited', () => {
  const uninvited = (of: Partial<Answered>) => async () => {
    const { uid, sequence, organizer } = await invite();
    await come(organizer, google({ uid, sequence, ...of }));
    expect(await replies()).toEqual([]);
    expect(await states()).toEqual(['unfiled']);
    const [message] = await talk();
    expect(message).toMatchObject({
      kind: 'received',
      mail: { unfiled: of.from ? 'stranger' : 'uninvited' },
    });
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.some(({ to }) => to === JORGE || to === of.from)).toBe(false);
  };
  it(
    'and is a stranger goes on to the Secretariat',
    uninvited({ from: 'otra@mtpe.example', attendee: 'otra@mtpe.example' }),
  );
  it(
    'to this cooperation’s appointment goes on to the Secretariat',
    uninvited({ uid: 'otra-cita@calendar.example' }),
  );
  it('answers in nobody else’s name', async () => {
    await the()
      .db.updateTable('person')
      .set({ email: 'ana@mtpe.example' })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-2')
      .execute();
    await uninvited({ attendee: 'ana@mtpe.example' })();
  });
  it('counts for whom the invitation was alone: its address, which is theirs, says nothing in a colleague’s name', async () => {
    const ana = 'ana@mtpe.example';
    await the()
      .db.updateTable('person')
      .set({ email: ana })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-2')
      .execute();
    const { organizer, uid, sequence } = await invite();
    await come(organizer, outlook({ uid, sequence, from: ana, attendee: ana }));
    expect(await replies()).toEqual([]);
    expect((await talk())[0]).toMatchObject({ kind: 'received', mail: { unfiled: 'uninvited', from: ana } });
  });
});

it('what is handed on to somebody else, or cannot be made out, is a mail like any', async () => {
  const { organizer, uid, sequence } = await invite();
  await come(organizer, attached({ uid, sequence, partstat: 'DELEGATED' }));
  await come(organizer, exchange({ uid: '', sequence }).replace('BEGIN:VEVENT', 'BEGIN:\u0000'));
  expect(await states()).toEqual(['filed', 'filed']);
  expect((await talk()).map(({ kind }) => kind)).toEqual(['enquiry', 'enquiry']);
});

it('from nobody, as Exchange sends some, it is counted', async () => {
  const { uid, sequence, organizer } = await invite();
  await come(organizer, exchange({ uid, sequence }), true);
  expect(await replies()).toHaveLength(1);
});

it('each has what they answered in their export, and the Secretariat everything', async () => {
  const { uid, sequence, organizer } = await invite();
  await come(organizer, outlook({ uid, sequence }));
  const view = (await viewOf(the().db, the().id, NOW)) as CaseView;
  const of = (person: string, secretariat: boolean) =>
    caseFor(view, { of: 'person', party: person.replace(/-\d+$/, ''), person, secretariat }).view
      .calendarReplies;
  expect(of(PERSON, false)).toHaveLength(1);
  expect(of('chl-mtps-1', false)).toEqual([]);
  expect(of('oas-1', true)).toHaveLength(1);
});

it.each([
  ['14-per-chl.session-2@coop.example', 2],
  ['14-PER-CHL.SESSION-2@COOP.EXAMPLE', 2],
  ['14-per-chl.coordination@coop.example', 0],
  ['14-per-chl.session-0@coop.example', undefined],
  ['14-per.session-2@coop.example', undefined],
  ['14-per-chl.session-2.x@coop.example', undefined],
])('%s is of %s', (uid, number) => {
  expect(appointmentOfUid(uid, '14-per-chl')).toBe(number);
});
