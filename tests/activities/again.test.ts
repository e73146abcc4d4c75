import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { againActivities } from '../../activities/again.ts';
import { changeActivities } from '../../activities/changes.ts';
import type { Outside } from '../../activities/context.ts';
import { makeProgramme } from '../../activities/publications.ts';
import { findLink } from '../../src/casefile/access/access.ts';
import { enterChange } from '../../src/casefile/changes/index.ts';
import type { MailRow } from '../../src/casefile/database/schema.ts';
import { addDocumentVersion } from '../../src/casefile/documents.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { enterResending, sendableAgain } from '../../src/casefile/mails/resendings.ts';
import { noteIssued } from '../../src/casefile/programmes.ts';
import { readRecord } from '../../src/casefile/record.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { readAll } from '../../src/documents/store.ts';
import type { Change } from '../../src/domain/change.ts';
import { isAbridged, mailOfCase } from '../../src/export/mail.ts';
import { MailRefused, MailUnavailable } from '../../src/mail/transport.ts';
import { asked, invited, NOW, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** Mails that staff had sent again, from the case file to the mail server. */

setting();

const SITE = 'https://cooperacion.oas.example';
const TWO_DAYS_LATER = '2021-07-03T17:00:00.000Z';
let outside: Outside;
let now: string;
let sent: { to: string; parsed: Email }[];
let answers: Error[];
beforeEach(async () => {
  now = NOW;
  sent = [];
  answers = [];
  outside = outsideWith(
    async ({ to, raw }) => {
      const answer = answers.shift();
      if (answer) throw answer;
      sent.push({ to, parsed: await PostalMime.parse(raw) });
    },
    { now: () => now, site: SITE },
  );
  const version = await makeProgramme(outside, the().id, 'coordination.1');
  await noteIssued(the().db, the().id, version.version, NOW);
  await invited(2, '2021-08-17T15:00:00.000Z');
  await told({ change: 'reschedule', session: 2, startsAt: '2021-08-19T16:00:00Z' });
  sent = [];
  now = TWO_DAYS_LATER;
});

async function told(what: Change): Promise<void> {
  const { db, id } = the();
  const change = await enterChange(db, id, { what, reason: 'Por acuerdo.' }, now);
  const { refusal } = await changeActivities(outside).recordChange({ cooperation: id, change, at: now });
  if (refusal) throw new Error(refusal.code);
  await changeActivities(outside).tellChange({ cooperation: id, change });
}
const invitationTo = async (person: string): Promise<MailRow> => {
  const mails = await mailsOf(the().db, the().id);
  const found = mails.findLast((mail) => mail.person === person && mail.notice === 'invitation');
  if (!found) throw new Error(`no invitation to ${person}`);
  return found;
};
const again = async ({ key }: MailRow, nth = 1) => {
  const { db, id } = the();
  const number = await enterResending(db, { cooperation: id, mail: key, nth, by: 'oas-1' }, now);
  return { cooperation: id, number: number as number };
};
const sendAgain = (input: { cooperation: string; number: number }) =>
  againActivities(outside).sendAgain(input);
const correct = (email: string) =>
  the()
    .db.updateTable('person')
    .set({ email })
    .where('cooperation', '=', the().id)
    .where('id', '=', 'chl-mtps-1')
    .execute();
const calendarOf = ({ attachments }: Email) =>
  attachments
    .filter(({ mimeType }) => mimeType === 'text/calendar' || mimeType === 'application/ics')
    .map(({ content }) =>
      Buffer.from(content as ArrayBuffer)
        .toString('utf8')
        .replace(/\r?\n[ \t]/g, '')
        .replaceAll('\r\n', '\n'),
    );

describe('an invitation sent again', () => {
  it('brings no document that was withheld since, nor does the mail as it is exported or tried once more', async () => {
    const { db, id } = the();
    const first = await invitationTo('chl-mtps-1');
    const files = async (raw: Buffer) =>
      (await PostalMime.parse(raw)).attachments.map(({ filename }) => filename ?? '');
    const kept = await readAll(outside.documents, first.sha256);
    const [pdf] = (await PostalMime.parse(kept)).attachments.filter(({ mimeType }) => /pdf/.test(mimeType));
    const sha256 = createHash('sha256')
      .update(Buffer.from(pdf?.content as ArrayBuffer))
      .digest('hex');
    await addDocumentVersion(
      db,
      {
        ...{ cooperation: id, document: undefined, title: 'Expediente', kind: 'shared', party: 'per-mtpe' },
        ...{ by: 'per-mtpe-1', sha256, size: 9, mediaType: 'application/pdf', fileName: 'expediente.pdf' },
      },
      NOW,
    );
    await told({ change: 'withhold', document: 'doc-1@1' });
    sent = [];
    await sendAgain(await again(first));
    const [{ parsed }] = sent as [(typeof sent)[number]];
    const names = parsed.attachments.map(({ filename }) => filename ?? '');
    expect(names).toContain('retenido.txt');
    expect(names).not.toContain(pdf?.filename);
    const view = await viewOf(db, id, now);
    if (!view) throw new Error('the cooperation is there');
    const exported = await mailOfCase(outside.documents, view, first.sha256);
    expect(await files(exported)).toContain('retenido.txt');
    expect(await files(exported)).not.toContain(pdf?.filename);
    expect(await isAbridged(exported)).toBe(true);
    expect(await files(kept)).toContain(pdf?.filename);
  });

  it('is the same appointment, for the address its reader has now', async () => {
    const first = await invitationTo('chl-mtps-1');
    const [before = ''] = calendarOf(await PostalMime.parse(await readAll(outside.documents, first.sha256)));
    await correct('margarita.nueva@chile.example');
    await sendAgain(await again(first));
    expect(sent.map(({ to }) => to)).toEqual(['margarita.nueva@chile.example']);
    const [{ parsed }] = sent as [(typeof sent)[number]];
    const calendars = calendarOf(parsed);
    // Within the mail and beside it.
    expect(calendars).toHaveLength(2);
    for (const calendar of calendars)
      expect(calendar).toBe(
        before
          .replace(/(\nATTENDEE[^\n]*:mailto:)[^\n]*/i, '$1margarita.nueva@chile.example')
          .replace(/\nDTSTAMP:[^\n]*/, '\nDTSTAMP:20210703T170000Z'),
      );
    expect(parsed.date).toBe(TWO_DAYS_LATER);
    expect(parsed.text).toContain('Le enviamos de nuevo este correo del jueves 1 de julio.');
    const [, token = ''] = new RegExp(`${SITE}/r/([0-9a-f]{48})`).exec(parsed.text ?? '') ?? [];
    expect(await findLink(the().db, token, now)).toMatchObject({
      state: 'open',
      person: 'chl-mtps-1',
      address: 'margarita.nueva@chile.example',
      path: `/c/${the().id}/sessions/2`,
    });
  });

  it('is not sent where a newer one has gone out, before or meanwhile', async () => {
    const { db, id } = the();
    const first = await invitationTo('chl-mtps-2');
    const asked = await again(first);
    await told({ change: 'reschedule', session: 2, startsAt: '2021-08-24T16:00:00Z' });
    expect(await sendableAgain(db, id, first.messageId)).toEqual({ refusal: 'outdated' });
    sent = [];
    expect(await sendAgain(asked)).toEqual({ notified: 0, refused: 0 });
    expect(sent).toEqual([]);
    expect(await sendableAgain(db, id, (await invitationTo('chl-mtps-2')).messageId)).toMatchObject({
      nth: 1,
    });
  });
});

describe('a mail sent again', () => {
  it('is the same message at every attempt, and in the record once', async () => {
    const input = await again(await invitationTo('per-mtpe-1'));
    answers.push(new MailUnavailable('ECONNECTION', 'away'));
    await expect(sendAgain(input)).rejects.toThrow('1 of 1 mails could not be sent yet');
    const [pending] = (await mailsOf(the().db, the().id)).filter(({ state }) => state === 'pending');
    now = '2021-07-04T17:00:00.000Z';
    expect(await sendAgain(input)).toEqual({ notified: 1, refused: 0 });
    // Once more, as Temporal asks when it lost the answer.
    expect(await sendAgain(input)).toEqual({ notified: 1, refused: 0 });
    expect(sent).toHaveLength(1);
    expect(sent[0]?.parsed.messageId).toBe(pending?.messageId);
    expect(sent[0]?.parsed.date).toBe(TWO_DAYS_LATER);
    const record = (await readRecord(the().db, the().id)).filter(({ kind }) => kind === 'mail-sent-again');
    expect(record).toMatchObject([{ person: 'per-mtpe-1', at: TWO_DAYS_LATER }]);
    // Ids alone.
    expect(JSON.stringify(record)).not.toMatch(/example"|oas-1/);
  });

  it('is refused for good by a server that refuses it, and no more', async () => {
    const input = await again(await invitationTo('per-mtpe-2'));
    answers.push(new MailRefused(550, '550 no'));
    expect(await sendAgain(input)).toEqual({ notified: 0, refused: 1 });
    expect(await sendAgain(input)).toEqual({ notified: 0, refused: 1 });
    expect(sent).toEqual([]);
  });

  it('does not reach somebody who has left since it was asked for', async () => {
    const input = await again(await invitationTo('chl-mtps-1'));
    await the()
      .db.updateTable('person')
      .set({ active: false })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'chl-mtps-1')
      .execute();
    expect(await sendAgain(input)).toEqual({ notified: 0, refused: 0 });
    expect(sent).toEqual([]);
  });

  it('tells somebody who was replaced so again', async () => {
    await told({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Otra Persona', email: 'otra@chile.example' },
    });
    sent = [];
    const { db, id } = the();
    const mail = (await mailsOf(db, id)).find(({ notice }) => notice === 'replaced') as MailRow;
    expect(await sendableAgain(db, id, mail.messageId)).toMatchObject({ nth: 1 });
    expect(await sendAgain(await again(mail))).toEqual({ notified: 1, refused: 0 });
    expect(sent[0]?.parsed.text).not.toContain('/r/');
  });

  it('has a number for each time, whoever asks', async () => {
    const first = await invitationTo('per-mtpe-1');
    const other = await invitationTo('per-mtpe-2');
    expect((await again(first)).number).toBe(1);
    expect((await again(first)).number).toBe(1);
    expect((await again(other)).number).toBe(2);
    expect((await again(first, 3)).number).toBeUndefined();
    expect((await again(first, 2)).number).toBe(3);
  });
});

describe('a mail that asks for several things, sent again', () => {
  it('has a new way to each of them', async () => {
    const { db, id } = the();
    const paths = async (mail: MailRow) => {
      const { text = '' } = await PostalMime.parse(await readAll(outside.documents, mail.sha256));
      const tokens = [...new Set(text.match(/(?<=\/r\/)[0-9a-f]{48}/g))];
      const links = await db
        .selectFrom('accessLink')
        .select(['path', 'tokenHash'])
        .where('cooperation', '=', id)
        .execute();
      return tokens.map(
        (token) =>
          [token, links.find(({ tokenHash }) => tokenHash === hashOfToken(token))?.path.slice(-10)] as const,
      );
    };
    const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex');
    await asked('documents/send-documents.1', ['chl-mtps']);
    await asked('session-2/choose-date.1', ['chl-mtps']);
    await told({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Nueva Persona', email: 'nueva@example.org' },
    });
    const first = (await mailsOf(db, id)).find(({ notice }) => notice === 'joined') as MailRow;
    await sendAgain(await again(first));
    const second = (await mailsOf(db, id)).find(
      ({ notice, key }) => notice === 'joined' && key !== first.key,
    ) as MailRow;
    const [before, after] = [await paths(first), await paths(second)];
    expect(before).toHaveLength(2);
    expect(after.map(([, path]) => path)).toEqual(before.map(([, path]) => path));
    for (const [token] of after) expect(before.map(([one]) => one)).not.toContain(token);
  });
});
