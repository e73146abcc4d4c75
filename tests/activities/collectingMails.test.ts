import { beforeEach, expect, it } from 'vitest';
import type { MailRow } from '../../src/casefile/database/schema.ts';
import { lastMailboxLook } from '../../src/casefile/mails/mailboxLook.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { MOST_ADDRESSED, MOST_MAIL_BYTES, ownAddress } from '../../src/domain/mails/incomingMail.ts';
import { MailboxUnavailable, type OpenMailbox } from '../../src/mail/imap.ts';
import { NOW, setting, the } from '../casefile/changes/setting.ts';
import { ADDRESS, collecting, incoming, mailed, OURS, TOKEN } from './replyMailbox.ts';

/** What becomes of each mail in the mailbox of replies; what is said over IMAP is in tests/mail/imap.test.ts. */

setting();

type Lies = { uid: number; raw: string; size?: number };
/** What lies in each folder, and what is wrong with the line. */
let folders: Record<'from' | 'done' | 'aside', Lies[]>;
let trouble: { at?: 'bytes' | 'move'; of?: number; line?: boolean };
let documents: ReturnType<typeof memoryStore>;
let opened: number;
beforeEach(async () => {
  folders = { from: [], done: [], aside: [] };
  trouble = {};
  documents = memoryStore();
  opened = 0;
  await the().db.deleteFrom('mailboxLook').execute();
  await mailed();
});

const lie = (raw: string, size?: number): void => {
  const uid = 1 + Math.max(0, ...Object.values(folders).flatMap((all) => all.map((one) => one.uid)));
  folders.from.push({ uid, raw, ...(size !== undefined && { size }) });
};
const mail = (to = OURS, text = 'hola') =>
  `To: ${to}\r\nFrom: jorge@mtpe.example\r\nSubject: x\r\n\r\n${text}\r\n`;

async function open(): Promise<OpenMailbox> {
  opened += 1;
  let usable = true;
  const fails = (at: typeof trouble.at, uid: number) => {
    if (trouble.at !== at || (trouble.of ?? uid) !== uid) return;
    if (trouble.line) usable = false;
    throw new MailboxUnavailable(Object.assign(new Error('x'), { code: 'EConnectionClosed' }));
  };
  const found = (uid: number) => folders.from.find((one) => one.uid === uid) as Lies;
  return {
    list: async () => folders.from.map(({ uid }) => uid),
    heads: async (uids) =>
      uids.map((uid) => {
        const { raw, size = raw.length } = found(uid);
        return { uid, size, head: Buffer.from(raw.slice(0, raw.indexOf('\r\n\r\n') + 4)) };
      }),
    bytes: async (uid, most) => {
      fails('bytes', uid);
      return Buffer.from(found(uid).raw.slice(0, most));
    },
    move: async (uid, to) => {
      fails('move', uid);
      folders[to].push(found(uid));
      folders.from = folders.from.filter((one) => one.uid !== uid);
      return true;
    },
    aside: async () => folders.aside.length,
    usable: () => usable,
    close: async () => {
      opened -= 1;
    },
  };
}
const look = async () => {
  const { look: once, failures } = collecting({ open, documents });
  try {
    return { found: await once(), failures };
  } catch (error) {
    return { error: (error as Error).message, failures };
  } finally {
    // Whatever happens, it is closed.
    expect(opened).toBe(0);
  }
};
const counts = () => Object.values(folders).map((all) => all.length);

it('keeps what replies to a mail of ours, and puts it where those go that were taken', async () => {
  lie(mail());
  expect((await look()).found).toEqual({ taken: 1, aside: 0, later: 0, leftThere: 0 });
  const [row, ...more] = await incoming();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ state: 'waiting', purpose: 'reply', nullSender: false, size: mail().length });
  expect(await documents.size(row?.sha256 as string)).toBe(mail().length);
  expect(counts()).toEqual([0, 1, 0]);
  expect(await lastMailboxLook(the().db)).toEqual({ at: NOW, why: null, leftThere: 0, aside: 0 });
});

it.each([
  ['the head that the server in front adds', `Delivered-To: ${OURS}\r\n${mail(ADDRESS)}`],
  ['another letter case', mail(OURS.toUpperCase())],
  ['a copy', `Cc: "Secretaría" <a@oas.example>,\r\n <${OURS}>\r\n${mail('a@oas.example')}`],
])('knows whom it is for by %s', async (_, raw) => {
  lie(raw);
  await look();
  expect(await incoming()).toHaveLength(1);
});

it('knows what is told of a mail, and that it comes from nobody', async () => {
  const [{ bounceToken }] = (await mailsOf(the().db, the().id)) as [MailRow];
  lie(`Return-Path: <>\r\n${mail(ownAddress(ADDRESS, 'bounce', bounceToken ?? ''))}`);
  await look();
  expect(await incoming()).toMatchObject([{ purpose: 'bounce', nullSender: true }]);
});

it('looks through a head as far as heads go, for as many addresses as a mail is for', async () => {
  const other = (n: number) => ownAddress(ADDRESS, 'reply', n.toString(16).padStart(32, '0'));
  const many = Array.from({ length: MOST_ADDRESSED }, (_, n) => other(n)).join(', ');
  lie(mail(`${many}, ${OURS}`));
  lie(`X-Pad: ${'x'.repeat(300_000)}\r\n${mail()}`);
  expect((await look()).found).toMatchObject({ taken: 0, aside: 2 });
  lie(mail(`${many.slice(0, many.lastIndexOf(','))}, ${OURS}`));
  expect((await look()).found).toMatchObject({ taken: 1 });
});

it('keeps one for each of those that it is for', async () => {
  await mailed('cd'.repeat(16), 'y');
  lie(mail(`${OURS}, ${ownAddress(ADDRESS, 'reply', 'cd'.repeat(16))}, ${OURS}`));
  await look();
  expect((await incoming()).map((one) => one.mail)).toEqual([
    `${the().id}|x|per-mtpe-1`,
    `${the().id}|y|per-mtpe-1`,
  ]);
});

it.each([
  ['the address alone', ADDRESS],
  ['an address that no mail of ours has given', ownAddress(ADDRESS, 'reply', 'cd'.repeat(16))],
  ['another domain', `respuestas+r${TOKEN}@otra.example`],
  ['what would be told of a mail, by its reply address', ownAddress(ADDRESS, 'bounce', TOKEN)],
])('puts aside what is for %s, and says how many lie there', async (_, to) => {
  lie(mail(to));
  expect((await look()).found).toMatchObject({ aside: 1 });
  expect([counts(), await incoming()]).toEqual([[0, 0, 1], []]);
  expect(await lastMailboxLook(the().db)).toMatchObject({ aside: 1, leftThere: 0 });
});

it('has a line that is lost half-way take nothing, and the next look take it', async () => {
  lie(mail());
  trouble = { at: 'bytes', line: true };
  expect(await look()).toEqual({ error: 'EConnectionClosed', failures: [] });
  expect([counts(), await incoming()]).toEqual([[1, 0, 0], []]);
  expect(await lastMailboxLook(the().db)).toMatchObject({ why: 'EConnectionClosed' });
  trouble = {};
  expect((await look()).found).toMatchObject({ taken: 1 });
  expect(await lastMailboxLook(the().db)).toMatchObject({ why: null });
});

it('keeps once what was kept and could not be moved any more', async () => {
  lie(mail());
  trouble = { at: 'move', line: true };
  await look();
  expect([counts(), (await incoming()).length]).toEqual([[1, 0, 0], 1]);
  trouble = {};
  await look();
  expect([counts(), (await incoming()).length]).toEqual([[0, 1, 0], 1]);
});

it('keeps once what lies there again under other numbers', async () => {
  lie(mail());
  await look();
  folders = {
    from: [{ uid: 1, raw: mail('a@oas.example') }, ...folders.done.map((one) => ({ ...one, uid: 2 }))],
    done: [],
    aside: [],
  };
  await look();
  expect([counts(), (await incoming()).length]).toEqual([[0, 1, 1], 1]);
});

it.each([
  ['as the server says', 50 * 1024 * 1024],
  ['whatever the server says', undefined],
])('keeps the head of what is too large, %s, and puts it aside', async (_, size) => {
  lie(size === undefined ? mail(OURS, 'x'.repeat(MOST_MAIL_BYTES)) : mail(), size ?? 100);
  expect((await look()).found).toMatchObject({ aside: 1 });
  const [row] = await incoming();
  expect(row?.size).toBeGreaterThan(MOST_MAIL_BYTES);
  expect(await documents.size(row?.sha256 as string)).toBeLessThan(200);
  expect(counts()).toEqual([0, 0, 1]);
});

it('leaves more than thirty an hour in reply to the mails of one mailbox for later', async () => {
  for (let n = 0; n < 31; n++) lie(mail(OURS, `hola ${n}`));
  expect((await look()).found).toMatchObject({ taken: 30, later: 1, leftThere: 0 });
  expect(counts()).toEqual([1, 30, 0]);
});

it('has one that cannot be kept hold up no other, and says that it is left', async () => {
  lie(mail(OURS, 'uno'));
  lie(mail(OURS, 'dos'));
  trouble = { at: 'bytes', of: 1 };
  expect(await look()).toEqual({
    found: { taken: 1, aside: 0, later: 0, leftThere: 1 },
    failures: ['EConnectionClosed'],
  });
  expect(await lastMailboxLook(the().db)).toMatchObject({ why: null, leftThere: 1 });
});

it('leaves where they are what there is no room for', async () => {
  lie(mail());
  documents.put = () => Promise.reject(Object.assign(new Error('no room'), { name: 'StoreFull' }));
  expect(await look()).toMatchObject({ found: { leftThere: 1 }, failures: ['StoreFull'] });
  expect([counts(), await incoming()]).toEqual([[1, 0, 0], []]);
});
