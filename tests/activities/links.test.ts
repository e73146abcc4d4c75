import PostalMime from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeActivities } from '../../activities/changes.ts';
import type { Outside } from '../../activities/context.ts';
import { makeProgramme } from '../../activities/publications.ts';
import { requestActivities } from '../../activities/requests.ts';
import { findLink, useLink } from '../../src/casefile/access/access.ts';
import { enterChange } from '../../src/casefile/changes/index.ts';
import { noteIssued } from '../../src/casefile/programmes.ts';
import { addToRecord } from '../../src/casefile/record.ts';
import type { Change } from '../../src/domain/change.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import {
  asked,
  CHILE,
  DELEGATIONS,
  invited,
  NOW,
  setting,
  the,
  written,
} from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** The way to the cooperation site that each mail carries: whose it is, where it leads, and who gets none. */

setting();

const SITE = 'https://cooperacion.oas.example';
const PRIVACY = `${SITE}/privacy`;
const REQUEST = 'documents/send-documents.1';
let outside: Outside;
let away = false;
type Sent = { to: string; raw: string; urls: string[] };
let sent: Sent[] = [];
beforeEach(async () => {
  sent = [];
  away = false;
  outside = outsideWith(
    async ({ to, raw }) => {
      const { text = '' } = await PostalMime.parse(raw);
      const urls = (text.match(/https:\/\/cooperacion\S*/g) ?? []).filter((url) => url !== PRIVACY);
      sent.push({ to, raw: raw.toString('utf8'), urls });
      if (away) throw new MailUnavailable('ECONNECTION', 'away');
    },
    { site: SITE },
  );
  const version = await makeProgramme(outside, the().id, 'coordination.1');
  await noteIssued(the().db, the().id, version.version, NOW);
});

async function told(what: Change): Promise<void> {
  const { db, id } = the();
  const change = await enterChange(db, id, { what, reason: 'Por acuerdo.' }, NOW);
  const { refusal } = await changeActivities(outside).recordChange({ cooperation: id, change, at: NOW });
  if (refusal) throw new Error(refusal.code);
  await changeActivities(outside).tellChange({ cooperation: id, change });
}
const tellRequest = () => requestActivities(outside).tellRequest({ cooperation: the().id, request: REQUEST });
const tokenOf = ({ urls }: Sent): string => {
  const [, token = ''] = new RegExp(`^${SITE}/r/([0-9a-f]{48})$`).exec(urls[0] ?? '') ?? [];
  return token;
};
const personAt = async (address: string) =>
  the()
    .db.selectFrom('person')
    .selectAll()
    .where('cooperation', '=', the().id)
    .where('email', '=', address)
    .orderBy('active', 'desc')
    .executeTakeFirstOrThrow();
/** `chl-mtps-1 /c/…`: whose the link of each mail is and where it leads, once it is known to be a good one. */
const led = () =>
  Promise.all(
    sent.map(async (mail) => {
      const { db, id } = the();
      expect(mail.urls).toHaveLength(1);
      const link = await findLink(db, tokenOf(mail), NOW);
      expect(link).toMatchObject({ state: 'open', cooperation: id, address: mail.to.toLowerCase() });
      expect(link?.person).toBe((await personAt(mail.to)).id);
      return `${link?.person} ${link?.path.replace(id, '*')}`;
    }),
  );
/** Documents are asked for with the first invitation, unless that has gone out. */
const invitedAlready = () =>
  addToRecord(the().db, {
    cooperation: the().id,
    key: 'invitation-sent:1:0',
    at: NOW,
    kind: 'invitation-sent',
    data: { session: 1, sequence: 0 },
  });
const each = (people: readonly string[], path: string) => people.map((person) => `${person} ${path}`);

describe('the link of a mail', () => {
  it('leads to the request that the first invitation brings, and for others to the session', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await tellRequest();
    expect((await led()).toSorted()).toEqual(
      [
        ...each(CHILE, `/c/*/requests/${REQUEST}`),
        ...each(
          DELEGATIONS.filter((one) => !CHILE.includes(one)),
          '/c/*/sessions/1',
        ),
      ].sort(),
    );
  });

  it('is the reader’s own, and leads to what is asked', async () => {
    await invitedAlready();
    await asked(REQUEST, ['chl-mtps']);
    await tellRequest();
    expect(await led()).toEqual(each(CHILE, `/c/*/requests/${REQUEST}`));
    expect(new Set(sent.map(tokenOf)).size).toBe(CHILE.length);

    const [mail] = sent as [Sent];
    const path = `/c/${the().id}/requests/${REQUEST}`;
    const where = { browser: 'one', program: null, network: '192.0.2.…' };
    expect(await useLink(the().db, tokenOf(mail), where, NOW)).toMatchObject({ path });
  });

  it('has the privacy notice beside it in the first mail to each person, as text and as a link, and in no other', async () => {
    await invitedAlready();
    await asked(REQUEST, ['chl-mtps']);
    await tellRequest();
    const first = sent.splice(0);
    expect(first).toHaveLength(CHILE.length);
    for (const { raw } of first) {
      const { text, html } = await PostalMime.parse(raw);
      expect(text).toContain(`durante cuánto tiempo:\n${PRIVACY}\n`);
      expect(html).toContain(`href="${PRIVACY}"`);
    }
    await told({ change: 'extend', request: REQUEST, due: '2021-07-15' });
    expect(sent).toHaveLength(CHILE.length);
    for (const { raw } of sent) expect((await PostalMime.parse(raw)).text).not.toContain(PRIVACY);
  });

  it('leads to a request that is due later, and to one that came from a colleague', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'extend', request: REQUEST, due: '2021-07-15' });
    expect(await led()).toEqual(each(CHILE, `/c/*/requests/${REQUEST}`));
    sent = [];
    await told({ change: 'hand-over', request: REQUEST, from: 'chl-mtps-1', to: 'chl-mtps-2' });
    expect(await led()).toContain(`chl-mtps-2 /c/*/requests/${REQUEST}`);
  });

  it('leads to the session, for guests to the one they are invited to', async () => {
    await invited(2, '2021-08-17T15:00:00.000Z');
    await told({ change: 'reschedule', session: 2, startsAt: '2021-08-19T16:00:00Z' });
    expect(await led()).toEqual(each([...DELEGATIONS, 'guest-2-1', 'guest-2-2'], '/c/*/sessions/2'));
  });

  it('leads to the cooperation where nothing is asked', async () => {
    await told({ change: 'pause' });
    expect(await led()).toEqual(each(DELEGATIONS, '/c/*'));
  });

  it('is in no mail to somebody whose part is over', async () => {
    await written('chl-mtps-1');
    await invited(2, '2021-08-17T15:00:00.000Z');
    const { email } = await the()
      .db.selectFrom('person')
      .select('email')
      .where('cooperation', '=', the().id)
      .where('id', '=', 'chl-mtps-1')
      .executeTakeFirstOrThrow();
    const guest = await the()
      .db.selectFrom('person')
      .select('email')
      .where('cooperation', '=', the().id)
      .where('id', '=', 'guest-2-1')
      .executeTakeFirstOrThrow();
    await told({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Nueva Persona', email: 'nueva@example.org' },
    });
    await told({ change: 'withdraw-guest', person: 'guest-2-1' });
    const over = sent.filter(({ to }) => to === email || to === guest.email);
    expect(over.map(({ to }) => to)).toEqual([email, guest.email]);
    for (const { urls } of over) expect(urls).toEqual([]);
    // Whoever takes the place has a link of their own.
    sent = sent.filter(({ to }) => to === 'nueva@example.org');
    expect((await led()).length).toBeGreaterThan(0);
    const links = await the()
      .db.selectFrom('accessLink')
      .select('address')
      .where('cooperation', '=', the().id)
      .execute();
    expect(links.map(({ address }) => address)).not.toContain(email);
  });

  it('is the same however often a mail has to be tried', async () => {
    await invitedAlready();
    await asked(REQUEST, ['chl-mtps']);
    away = true;
    await expect(tellRequest()).rejects.toThrow(/could not be sent yet/);
    const tried = sent.map(({ raw }) => raw);
    sent = [];
    away = false;
    await tellRequest();
    expect(sent.map(({ raw }) => raw)).toEqual(tried);
    const links = await the()
      .db.selectFrom('accessLink')
      .selectAll()
      .where('cooperation', '=', the().id)
      .execute();
    expect(links).toHaveLength(CHILE.length);
  });
});

it('without a site no mail has a link, and none is made', async () => {
  delete outside.site;
  await invitedAlready();
  await asked(REQUEST, ['chl-mtps']);
  await tellRequest();
  await told({ change: 'pause' });
  expect(sent.length).toBeGreaterThan(CHILE.length);
  for (const { raw, urls } of sent) {
    expect(urls).toEqual([]);
    expect(raw).not.toContain('/r/');
  }
  const links = await the()
    .db.selectFrom('accessLink')
    .selectAll()
    .where('cooperation', '=', the().id)
    .execute();
  expect(links).toEqual([]);
});
