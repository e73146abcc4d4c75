import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { composeMail } from '../../src/mail/compose.ts';
import { buildMessage, type Message } from '../../src/mail/message.ts';
import { createTransport, MailRefused, type Transport } from '../../src/mail/transport.ts';
import { type Mailbox, startMailbox } from '../../src/runtime/mailbox/mailbox.ts';
import { mailboxApp } from '../../src/runtime/mailbox/page.ts';
import { cooperation, delegate, NOW, requestOf } from './samples.ts';

let dir: string;
let mailbox: Mailbox;
let transport: Transport;

async function start(): Promise<void> {
  mailbox = await startMailbox({ port: 0, dir });
  transport = createTransport({ host: '127.0.0.1', port: mailbox.port });
}
async function stop(): Promise<void> {
  transport.close();
  await mailbox.stop();
}
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rial-mailbox-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(dir, { recursive: true, force: true });
});

const MESSAGE: Message = {
  mail: composeMail({ notice: 'request', ...requestOf('approve-programme') }, delegate, cooperation, NOW),
  from: { name: 'RIAL/OEA', email: 'rial@oea.example' },
  to: delegate,
  messageId: '<1@rial.example>',
  references: [],
  date: new Date(NOW),
  attachments: [{ fileName: 'programa año.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF') }],
  headers: { 'X-RIAL-Request': 'coordination/approve-programme.1' },
};
const deliver = async (changed: Partial<Message> = {}, to?: string): Promise<Buffer> => {
  const message = { ...MESSAGE, ...changed };
  const raw = await buildMessage(message);
  await transport.send({ from: message.from.email, to: to ?? message.to.email, raw });
  return raw;
};
const other = { name: 'Margarita Spoerer', email: 'margarita.spoerer@mtps.example' };

describe('the mailbox', () => {
  test('keeps what was sent, byte by byte', async () => {
    const sent = await deliver();
    const [summary] = await mailbox.list();
    expect(summary).toMatchObject({
      from: 'rial@oea.example',
      to: ['cristobal.auger@mtps.example'],
      toName: 'Cristóbal Auger',
      subject: MESSAGE.mail.subject,
      date: '2021-06-11T15:00:00.000Z',
      messageId: '<1@rial.example>',
      request: 'coordination/approve-programme.1',
    });
    const mail = await mailbox.read(summary?.id ?? '');
    expect(mail?.raw.subarray(-sent.length).equals(sent)).toBe(true);
    expect(mail?.parsed.text).toContain('en nombre de su institución');
    expect(mail?.parsed.attachments[0]?.filename).toBe('programa año.pdf');
  });

  test('lists by person and by request, in the order of arrival', async () => {
    await deliver();
    await deliver({ to: other });
    await deliver({
      headers: { 'X-RIAL-Request': 'session-1/choose-date.1' },
      messageId: '<3@rial.example>',
    });
    expect((await mailbox.list()).map(({ messageId, to }) => `${messageId} ${to}`)).toEqual([
      '<1@rial.example> cristobal.auger@mtps.example',
      '<1@rial.example> margarita.spoerer@mtps.example',
      '<3@rial.example> cristobal.auger@mtps.example',
    ]);
    expect(await mailbox.list({ to: 'Cristobal.AUGER@mtps.example' })).toHaveLength(2);
    expect(await mailbox.list({ request: 'session-1/choose-date.1' })).toHaveLength(1);
    expect(await mailbox.list({ to: other.email, request: 'session-1/choose-date.1' })).toEqual([]);
  });

  test('goes by the envelope, not by what the sender wrote', async () => {
    await deliver({ headers: { 'Delivered-To': 'forged@example.com' } }, other.email);
    expect((await mailbox.list())[0]?.to).toEqual([other.email]);
  });

  test('has its mails again after a restart, and puts new ones behind them', async () => {
    await deliver();
    const before = await mailbox.list();
    await stop();
    await writeFile(join(dir, '.incoming-half'), 'Subject: half');
    await start();
    expect(await mailbox.list()).toEqual(before);
    await deliver({ messageId: '<2@rial.example>' });
    expect((await mailbox.list()).map(({ messageId }) => messageId)).toEqual([
      '<1@rial.example>',
      '<2@rial.example>',
    ]);
    expect((await readdir(dir)).filter((file) => !file.endsWith('.eml'))).toEqual([]);
  });

  test('keeps the order of mails that come at once', async () => {
    await Promise.all(Array.from({ length: 40 }, () => deliver()));
    const ids = (await mailbox.list()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(40);
    expect([...ids].sort()).toEqual(ids);
  });

  test('refuses what is larger than 30 MB', async () => {
    const raw = Buffer.alloc(31 * 1024 * 1024, 'x');
    await expect(transport.send({ from: 'a@b.example', to: 'c@d.example', raw })).rejects.toBeInstanceOf(
      MailRefused,
    );
    expect(await mailbox.list()).toEqual([]);
  });

  test.each(['../../etc/passwd', '', '000000000000001-000000'])('has no mail %j', async (id) => {
    expect(await mailbox.read(id)).toBeUndefined();
  });
});

describe('its pages', () => {
  const EVIL = '"><script>alert(1)</script>';
  const get = (path: string) => new Hono().route('/mailbox', mailboxApp(mailbox)).request(path);
  const idOf = async () => (await mailbox.list())[0]?.id ?? '';

  test('show who received mail, and lead to it', async () => {
    await deliver();
    await deliver({ to: other });
    await deliver({ to: other });
    const people = await (await get('/mailbox')).text();
    expect(people).toContain('3 correos para 2 personas');
    expect(people).toContain('href="/mailbox/people/margarita.spoerer%40mtps.example"');
    const person = await (await get('/mailbox/people/margarita.spoerer%40mtps.example')).text();
    expect(person.match(/href="\/mailbox\/mails\//g)).toHaveLength(2);
    const mail = await (await get(`/mailbox/mails/${await idOf()}`)).text();
    expect(mail).toContain('pedimos que, en nombre de su institución (MTPS de Chile)');
    expect(mail).toContain('programa año.pdf');
  });

  test('show a person’s newest mail first', async () => {
    await deliver({ mail: { ...MESSAGE.mail, subject: 'primero' } });
    await deliver({ mail: { ...MESSAGE.mail, subject: 'segundo' } });
    const person = await (await get('/mailbox/people/cristobal.auger%40mtps.example')).text();
    expect(person.indexOf('segundo')).toBeLessThan(person.indexOf('primero'));
  });

  test('show what people wrote as they wrote it, and run nothing', async () => {
    await deliver({
      mail: { subject: EVIL, text: EVIL, html: EVIL },
      to: { name: EVIL, email: delegate.email },
      from: { name: EVIL, email: 'rial@oea.example' },
      attachments: [{ fileName: EVIL, mediaType: 'text/html', content: Buffer.from(EVIL) }],
      headers: { 'X-RIAL-Request': EVIL },
    });
    const id = await idOf();
    for (const path of [
      '/mailbox',
      `/mailbox/people/${encodeURIComponent(delegate.email)}`,
      `/mailbox/mails/${id}`,
    ]) {
      const response = await get(path);
      const policy = response.headers.get('content-security-policy');
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/script-src|unsafe/);
      expect(await response.text()).not.toContain('<script');
    }
  });

  test('show the HTML of a mail in a frame without rights', async () => {
    await deliver();
    const id = await idOf();
    expect(await (await get(`/mailbox/mails/${id}`)).text()).toMatch(
      new RegExp(`<iframe[^>]* sandbox="allow-popups[^"]*" src="/mailbox/mails/${id}/html"`),
    );
    const frame = await get(`/mailbox/mails/${id}/html`);
    const policy = frame.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox allow-popups/);
    expect(policy).not.toMatch(/allow-(scripts|same-origin|forms|top-navigation)/);
    expect(await frame.text()).toContain('<html lang="es"');
  });

  test('give out attachments as files, never as pages', async () => {
    await deliver({
      attachments: [
        { fileName: 'programa año.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF') },
        { fileName: 'x.html', mediaType: 'text/html', content: Buffer.from(EVIL) },
      ],
    });
    const id = await idOf();
    const pdf = await get(`/mailbox/mails/${id}/attachments/0`);
    expect(pdf.headers.get('content-type')).toBe('application/pdf');
    expect(pdf.headers.get('content-disposition')).toBe(
      "attachment; filename*=UTF-8''programa%20a%C3%B1o.pdf",
    );
    expect(await pdf.text()).toBe('%PDF');
    const page = await get(`/mailbox/mails/${id}/attachments/1`);
    expect(page.headers.get('content-type')).toBe('application/octet-stream');
    expect((await get(`/mailbox/mails/${id}/attachments/2`)).status).toBe(404);
  });

  test('have twins in JSON', async () => {
    await deliver();
    await deliver({ to: other });
    const list = async (query: string) => (await get(`/mailbox/api/mails${query}`)).json();
    expect(await list('')).toEqual(await mailbox.list());
    expect(await list(`?to=${encodeURIComponent(other.email)}`)).toHaveLength(1);
    expect(await list('?request=none')).toEqual([]);
    const one = await get(`/mailbox/api/mails/${await idOf()}`);
    expect(await one.json()).toMatchObject({
      subject: MESSAGE.mail.subject,
      attachments: [{ fileName: 'programa año.pdf' }],
    });
  });

  test.each(['/mailbox/mails/x', '/mailbox/mails/x/html', '/mailbox/api/mails/x', '/mailbox/people/nobody'])(
    'answer %s with 404',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
