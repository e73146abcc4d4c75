import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import nodemailer from 'nodemailer';
import { generate } from 'selfsigned';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mailsOf, prepareMail } from '../../src/casefile/mails/mails.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import type { DocumentStore } from '../../src/documents/store.ts';
import { MOST_MAIL_BYTES, ownAddress } from '../../src/domain/mails/incomingMail.ts';
import { type MailIn, takeMails } from '../../src/runtime/mailIn.ts';
import { HASH, NOW, setting, the } from '../casefile/changes/setting.ts';

/** Mail over SMTP, as far as it is kept: another server hands it on, or hangs up in the middle. */

setting();

const ADDRESS = 'respuestas@coop.example';
const TOKEN = 'ab'.repeat(16);
const log = { warn: vi.fn(), error: vi.fn() };
const securityLog = { note: vi.fn(async () => {}) };
let documents: DocumentStore;
let taking: MailIn | undefined;
let came: number;
beforeEach(async () => {
  documents = memoryStore();
  came = 0;
  log.error.mockClear();
  securityLog.note.mockClear();
  const { db, id } = the();
  await db.updateTable('mail').set({ replyToken: null }).execute();
  await prepareMail(db, {
    ...{ key: `${id}|x|per-mtpe-1`, cooperation: id, notice: 'communication', request: null },
    ...{
      person: 'per-mtpe-1',
      address: `${id}@mtpe.example`,
      subject: 'x',
      messageId: `<${id}@rial.example>`,
    },
    ...{ sha256: HASH, preparedAt: NOW, replyToken: TOKEN },
  });
});
afterEach(async () => {
  await taking?.stop();
  taking = undefined;
});

async function listen(tls?: { key: string; cert: string }): Promise<number> {
  taking = await takeMails(
    { caseFile: the().db, documents, address: ADDRESS, log, securityLog, now: () => NOW },
    { port: 0, ip: '127.0.0.1', ...(tls && { tls }) },
    () => {
      came += 1;
    },
  );
  return taking.port;
}
const ours = ownAddress(ADDRESS, 'reply', TOKEN);
const rows = () =>
  the().db.selectFrom('incomingMail').selectAll().where('cooperation', '=', the().id).execute();

async function send(
  port: number,
  to: string,
  { raw = 'Subject: x\r\n\r\nhola\r\n', from = 'jorge@mtpe.example', secure = false } = {},
) {
  const server = nodemailer.createTransport({
    ...{ host: '127.0.0.1', port, ignoreTLS: !secure, requireTLS: secure },
    tls: { rejectUnauthorized: false },
  });
  try {
    return await server.sendMail({ envelope: { from, to: [to] }, raw });
  } finally {
    server.close();
  }
}
/** Says lines one after another, each once the one before was answered, and gives all that was answered. */
function converse(port: number, lines: string[], hangUp = false): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let heard = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      heard += text;
      if (!/^\d{3} .*\r\n$/m.test(text)) return;
      const line = lines.shift();
      if (line !== undefined) socket.write(line);
      if (lines.length === 0 && hangUp) socket.destroy();
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(heard));
  });
}

it('keeps a mail to a reply address before it says that it has it; the same once', async () => {
  const port = await listen();
  await send(port, ours.toUpperCase().replace('COOP.EXAMPLE', 'coop.example'));
  await send(port, ours);
  expect(came).toBe(2);
  const [row, ...more] = await rows();
  expect(more).toEqual([]);
  expect(row).toMatchObject({ state: 'waiting', mail: `${the().id}|x|per-mtpe-1`, nullSender: false });
  expect(await documents.size(row?.sha256 as string)).toBe(row?.size);
});

it('knows a mail from nobody who can be answered', async () => {
  await send(await listen(), ours, { from: '' });
  expect((await rows())[0]?.nullSender).toBe(true);
});

it('knows what is told of a mail from a reply to it', async () => {
  const [mail] = await mailsOf(the().db, the().id);
  await send(await listen(), ownAddress(ADDRESS, 'bounce', mail?.bounceToken ?? ''), { from: '' });
  expect((await rows())[0]).toMatchObject({ purpose: 'bounce', nullSender: true });
});

it.each([
  ADDRESS,
  ownAddress(ADDRESS, 'reply', 'cd'.repeat(16)),
  `otro+r${TOKEN}@coop.example`,
  `respuestas+r${TOKEN}@otra.example`,
  `respuestas+x${TOKEN}@coop.example`,
  // What becomes of a mail is told to another address than replies, which everybody who has had it knows.
  ownAddress(ADDRESS, 'bounce', TOKEN),
])('takes nothing for %s, and whoever sends it hears so', async (to) => {
  await expect(send(await listen(), to)).rejects.toThrow(/550 5\.1\.1/);
  expect(await rows()).toEqual([]);
});

it('sends away whoever tries one address after another', async () => {
  const tried = Array.from(
    { length: 6 },
    (_, n) => `RCPT TO:<respuestas+r${String(n).repeat(32)}@coop.example>\r\n`,
  );
  const heard = await converse(await listen(), [
    'EHLO x.example\r\n',
    'MAIL FROM:<a@x.example>\r\n',
    ...tried,
    'QUIT\r\n',
  ]);
  expect(heard.match(/^550 5\.1\.1/gm)).toHaveLength(5);
  expect(heard).toContain('421 4.7.0');
  expect(securityLog.note.mock.calls).toEqual([
    [{ code: 'mail-addresses-guessed', tries: 5 }, { from: '127.0.0.1' }],
  ]);
});

it('keeps nothing of a mail that is cut off half-way', async () => {
  const port = await listen();
  await converse(
    port,
    [
      'EHLO x.example\r\n',
      'MAIL FROM:<a@x.example>\r\n',
      `RCPT TO:<${ours}>\r\n`,
      'DATA\r\n',
      'Subject: x\r\n\r\nThe first half',
    ],
    true,
  );
  // The next one is kept: the listener is well.
  await send(port, ours);
  expect(await rows()).toHaveLength(1);
  expect(came).toBe(1);
});

it('takes no mail that is too large, and goes on', async () => {
  const port = await listen();
  const raw = Buffer.alloc(MOST_MAIL_BYTES + 1024, 'x\r\n').toString();
  await expect(send(port, ours, { raw })).rejects.toThrow(/552/);
  expect(await rows()).toEqual([]);
  await send(port, ours);
  expect(await rows()).toHaveLength(1);
});

it('has what it cannot keep sent again', async () => {
  const port = await listen();
  documents.put = () => Promise.reject(Object.assign(new Error('no room'), { name: 'StoreFull' }));
  await expect(send(port, ours)).rejects.toThrow(/451/);
  expect(log.error).toHaveBeenCalledWith({ error: 'StoreFull' }, expect.any(String));
  expect(JSON.stringify(log.error.mock.calls)).not.toContain('@');
});

it('has more than thirty an hour in reply to the mails of one mailbox sent later, whichever of them', async () => {
  const port = await listen();
  const [mail] = await mailsOf(the().db, the().id);
  for (let n = 0; n < 30; n++)
    await the()
      .db.insertInto('incomingMail')
      .values({
        ...{ cooperation: the().id, mail: mail?.key as string, sha256: n.toString(16).padStart(64, '0') },
        ...{
          size: 1,
          cameAt: NOW,
          purpose: 'reply',
          state: 'filed',
          nullSender: false,
          essence: null,
          communication: null,
        },
      })
      .execute();
  await expect(send(port, ours)).rejects.toThrow(/451 4\.7\.1/);
  // A later mail to the same mailbox has another address, and a program there that answers each is bounded by that.
  const later = {
    key: `${the().id}|y|per-mtpe-1`,
    messageId: '<y@rial.example>',
    replyToken: '1'.repeat(32),
  };
  await prepareMail(the().db, {
    ...{ ...later, cooperation: the().id, notice: 'communication', request: null, subject: 'y' },
    ...{ person: 'per-mtpe-1', address: `${the().id}@mtpe.example`, sha256: HASH, preparedAt: NOW },
  });
  await expect(send(port, ownAddress(ADDRESS, 'reply', '1'.repeat(32)))).rejects.toThrow(/451 4\.7\.1/);
});

/** Connects from an address of this machine; what is said first, and the line. */
const greeted = (port: number, localAddress: string) =>
  new Promise<{ said: string; socket: Socket }>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress });
    socket.setEncoding('utf8').on('error', reject);
    socket.once('data', (said: string) => resolve({ said: said.slice(0, 3), socket }));
  });

it('leaves room for others where one peer holds as many connections as it can', async () => {
  const port = await listen();
  const first = await Promise.all(Array.from({ length: 60 }, () => greeted(port, '127.0.0.1')));
  const held = first.filter(({ said }) => said === '220');
  expect(held).toHaveLength(20);
  expect(first.filter(({ said }) => said === '421')).toHaveLength(40);
  expect((await greeted(port, '127.0.0.2')).said).toBe('220');
  // Whoever leaves makes room again.
  const [leaving] = held;
  const closed = once(leaving?.socket as Socket, 'close');
  leaving?.socket.write('QUIT\r\n');
  await closed;
  await vi.waitFor(async () => expect((await greeted(port, '127.0.0.1')).said).toBe('220'));
});

it('does not say what the machine is called', async () => {
  const heard = await converse(await listen(), ['EHLO x\r\n', 'QUIT\r\n']);
  expect(heard).toMatch(/^220 coop\.example ESMTP RIAL\r\n250-coop\.example /);
});

it('with a certificate takes nothing in plain text', async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'coop.example' }]);
  const port = await listen({ key, cert });
  await expect(send(port, ours)).rejects.toThrow(/530/);
  await send(port, ours, { secure: true });
  expect(await rows()).toHaveLength(1);
  // Nor with what is no longer recommended.
  for (const old of [
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' },
    { maxVersion: 'TLSv1.2', ciphers: 'AES256-SHA:@SECLEVEL=0' },
  ] as const) {
    const server = nodemailer.createTransport({
      ...{ host: '127.0.0.1', port, requireTLS: true },
      tls: { rejectUnauthorized: false, ...old },
    });
    await expect(server.verify()).rejects.toThrow(/protocol version|handshake failure/);
    server.close();
  }
});
