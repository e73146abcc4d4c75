import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Outside } from '../../activities/context.ts';
import { sendDigests } from '../../activities/digests.ts';
import { deliver, type Parcel } from '../../activities/email.ts';
import { cooperationOf } from '../../activities/headings.ts';
import { sendLeftMails, tellEnded } from '../../activities/reconciling.ts';
import { requestActivities } from '../../activities/requests.ts';
import { setDigest } from '../../src/casefile/mails/digests.ts';
import { mailsOf, withdrawMails } from '../../src/casefile/mails/mails.ts';
import { staffOf } from '../../src/casefile/people.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { asked, invited, NOW, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** One mail a morning for the officer who wants that, from a thing that happens to the mail server. */

setting();

const SITE = 'https://cooperacion.oas.example';
const NAMING = 'systematization/name-consultant.1';
/** In Washington: Thursday 13:00, Friday and Saturday 7:30; Monday is a holiday there; Tuesday. */
const [FRIDAY, SATURDAY] = ['2021-07-02T11:30:00.000Z', '2021-07-03T11:30:00.000Z'];
const [MONDAY, TUESDAY] = ['2021-07-05T11:30:00.000Z', '2021-07-06T11:30:00.000Z'];

let outside: Outside;
let sent: { to: string; parsed: Email }[];
let away: boolean;
let now: string;
let address: string;
beforeEach(async () => {
  sent = [];
  away = false;
  now = NOW;
  outside = outsideWith(
    async ({ to, raw }) => {
      if (away) throw new MailUnavailable('ECONNECTION', 'away');
      sent.push({ to, parsed: await PostalMime.parse(raw) });
    },
    { now: () => now, site: SITE },
  );
  // An officer of this cooperation alone: those of other tests have theirs.
  address = `officer.${the().id}@oea.example`;
  await the()
    .db.updateTable('person')
    .set({ email: address })
    .where('cooperation', '=', the().id)
    .where('id', '=', 'oas-1')
    .execute();
  await setDigest(the().db, address.toUpperCase(), true, NOW);
});

const paused = async (key: string) =>
  deliver(outside, {
    cooperation: await cooperationOf(the().db, the().id),
    key,
    to: await staffOf(the().db, the().id),
    notice: () => ({ notice: 'paused', reason: 'Elecciones.', sessions: [] }),
  });
const tell = (request: string) => requestActivities(outside).tellRequest({ cooperation: the().id, request });
const theirs = () => sent.filter(({ to }) => to === address);
const states = async () =>
  (await mailsOf(the().db, the().id)).filter(({ person }) => person === 'oas-1').map(({ state }) => state);
const digestAt = async (at: string) => {
  now = at;
  return sendDigests(outside);
};

describe('an officer’s digest', () => {
  it('waits while they are away, and has it all on the first morning on which they are back', async () => {
    await paused('paused-1');
    await the()
      .db.insertInto('absence')
      .values({
        ...{ cooperation: the().id, change: 1, person: 'oas-1', standIn: 'oas-2' },
        ...{ from: '2021-07-01', to: '2021-07-05' },
      })
      .execute();
    expect(await digestAt(FRIDAY)).toBe(0);
    expect(await digestAt(TUESDAY)).toBe(1);
    expect(theirs()[0]?.parsed.text).toContain('[Pausa]');
  });

  it('has what was held once, with what waits on them, linked; others get each mail as it comes', async () => {
    await asked(NAMING, ['oas']);
    await tell(NAMING);
    await paused('paused-1');
    expect(theirs()).toEqual([]);
    expect(sent).toHaveLength(2);
    expect(await states()).toEqual(['held', 'held']);
    // In the afternoon nothing goes out.
    expect(await digestAt(NOW)).toBe(0);
    expect(await digestAt(FRIDAY)).toBe(1);
    expect(await digestAt(FRIDAY)).toBe(0);
    const [mail, ...more] = theirs();
    expect(more).toEqual([]);
    const text = mail?.parsed.text ?? '';
    const link = `${SITE}/c/${the().id}`;
    expect(text.split(`${link}/requests/${NAMING}`)).toHaveLength(2);
    expect(text.split('[Pausa]')).toHaveLength(2);
    // The other officer, to whom a reply goes, too.
    expect(text).toContain('guillermo.calzada@oea.example');
    expect(mail?.parsed.replyTo?.map((one) => one.address)).toEqual(['guillermo.calzada@oea.example']);
    expect(mail?.parsed.subject).toBe('[Resumen del día] Una solicitud pendiente · una novedad');
    expect(await states()).toEqual(['gathered', 'gathered', 'sent']);
  });

  it('is one a day, and none on days on which the officer does not work', async () => {
    await paused('paused-1');
    expect(await digestAt(FRIDAY)).toBe(1);
    await paused('paused-2');
    for (const at of [FRIDAY, SATURDAY, MONDAY]) expect(await digestAt(at)).toBe(0);
    expect(await digestAt(TUESDAY)).toBe(1);
    expect(theirs()).toHaveLength(2);
  });

  it('leaves out what cannot wait: it comes at once', async () => {
    await asked('coordination/resolve-trouble.1', ['oas']);
    await tell('coordination/resolve-trouble.1');
    expect(theirs()).toHaveLength(1);
    await tellEnded(outside, { cooperation: the().id, was: 'terminated', run: 'r1' });
    expect(theirs()).toHaveLength(2);
    await asked(NAMING, ['oas'], { dueAt: '2021-07-06T22:00:00.000Z' });
    await tell(NAMING);
    expect(theirs()).toHaveLength(3);
    await invited(1, '2021-07-06T15:00:00.000Z');
    await paused('paused-1');
    expect(theirs()).toHaveLength(4);
    expect(await states()).not.toContain('held');
  });

  it('leaves out what cannot wait, too, where a mail tells it beside what could', async () => {
    const { db, id } = the();
    await asked(NAMING, ['oas'], { dueAt: '2021-07-30T22:00:00.000Z' });
    await asked('coordination/resolve-trouble.1', ['oas']);
    const cooperation = await cooperationOf(db, id);
    const beside = (request: string): Parcel => ({
      request,
      notice: () => ({ notice: 'paused', reason: 'Elecciones.', sessions: [] }),
    });
    const to = await staffOf(db, id);
    const stands: Parcel = {
      notice: () => ({
        ...{ notice: 'stands-in', absent: 'Ana', from: '2021-07-12', to: '2021-07-16', requests: [] },
      }),
    };
    const told = { cooperation, to, ...stands };
    await deliver(outside, { ...told, key: 'absence-1', beside: [beside(NAMING)] });
    expect(theirs()).toEqual([]);
    const both = [beside(NAMING), beside('coordination/resolve-trouble.1')];
    await deliver(outside, { ...told, key: 'absence-2', beside: both });
    expect(theirs()).toHaveLength(1);
    expect(await digestAt(FRIDAY)).toBe(1);
  });

  it('has nothing of what was answered meanwhile', async () => {
    await asked(NAMING, ['oas']);
    await tell(NAMING);
    await withdrawMails(the().db, the().id, NAMING);
    expect(await states()).toEqual(['withdrawn']);
    expect(await digestAt(FRIDAY)).toBe(0);
  });

  it('is not lost while the mail server is away, nor sent twice', async () => {
    await paused('paused-1');
    away = true;
    await digestAt(FRIDAY);
    expect(theirs()).toEqual([]);
    away = false;
    expect(await digestAt(FRIDAY)).toBe(0);
    expect(await sendLeftMails(outside, the().id)).toBe(true);
    expect(await sendLeftMails(outside, the().id)).toBe(true);
    expect(theirs()).toHaveLength(1);
  });

  it('goes out at once to whoever wants none any more, after whom each mail comes as it did', async () => {
    await paused('paused-1');
    await setDigest(the().db, address, false, now);
    expect(await digestAt(SATURDAY)).toBe(1);
    await paused('paused-2');
    expect(theirs()).toHaveLength(2);
    expect(await states()).toEqual(['gathered', 'sent', 'sent']);
  });
});
