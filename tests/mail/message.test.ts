import PostalMime from 'postal-mime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { composeMail } from '../../src/mail/compose.ts';
import { iCalendarOf } from '../../src/mail/iCalendar.ts';
import { buildMessage, type Message } from '../../src/mail/message.ts';
import { messageIdOf, threadRootOf } from '../../src/mail/thread.ts';
import { cooperation, delegate, first, NOW } from './samples.ts';

const ICS = iCalendarOf({
  uid: 'a@rial.example',
  sequence: 0,
  method: 'REQUEST',
  startsAt: '2021-07-14T15:00:00Z',
  endsAt: '2021-07-14T17:30:00Z',
  timeZone: 'America/Lima',
  summary: '1.ª sesión',
  description: 'Presentación',
  organizer: { name: 'RIAL', email: 'rial@oea.example' },
  attendee: { name: delegate.name, email: delegate.email },
  stamp: NOW,
});
const PDF = Uint8Array.from({ length: 5000 }, (_, i) => i % 256);
const MESSAGE: Message = {
  mail: composeMail({ notice: 'invitation', session: first, guest: false }, delegate, cooperation, NOW),
  from: { name: 'RIAL/OEA · Cooperación Perú–Chile', email: 'coop+14-per-chl@rial.example' },
  replyTo: { email: 'rial@oea.example' },
  to: { name: delegate.name, email: delegate.email },
  messageId: messageIdOf('14-per-chl session-1 invitation 1 mtps-2', 'rial.example'),
  references: [threadRootOf('14-per-chl', 'rial.example'), '<before@rial.example>'],
  date: new Date(NOW),
  attachments: [{ fileName: 'programa año 1.pdf', mediaType: 'application/pdf', content: PDF }],
  calendar: { method: 'REQUEST', content: ICS },
  headers: { 'X-RIAL-Request': 'session-1/invite.1' },
};

afterEach(() => {
  vi.useRealTimers();
});

describe('a message', () => {
  test('carries the letter, the appointment twice, and the files', async () => {
    const raw = (await buildMessage(MESSAGE)).toString('latin1');
    const types = [...raw.matchAll(/^Content-Type: ([\w/-]+)/gm)].map(([, type]) => type);
    expect(types).toEqual([
      'multipart/mixed',
      'multipart/alternative',
      'text/plain',
      'text/html',
      'text/calendar',
      'application/pdf',
      'application/ics',
    ]);
    expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8;\s+method=REQUEST/);

    const mail = await PostalMime.parse(raw);
    expect(mail.subject).toBe(MESSAGE.mail.subject);
    expect(mail.text?.replaceAll('\r\n', '\n').trim()).toBe(MESSAGE.mail.text.trim());
    expect(mail.html?.replaceAll('\r\n', '\n').trim()).toBe(MESSAGE.mail.html.trim());
    const file = mail.attachments.find(({ filename }) => filename === 'programa año 1.pdf');
    expect(new Uint8Array(file?.content as ArrayBuffer)).toEqual(PDF);
    const appointments = mail.attachments.filter(({ mimeType }) => /calendar|ics/.test(mimeType));
    // postal-mime gives calendars with line feeds alone; on the wire they have CRLF, which the attachment shows.
    expect(appointments.map(({ content }) => Buffer.from(content as ArrayBuffer).toString())).toEqual([
      ICS.replaceAll('\r\n', '\n'),
      ICS.replaceAll('\r\n', '\n'),
    ]);
    expect(raw.replaceAll('\r\n', '')).toContain(Buffer.from(ICS).toString('base64'));
    expect(appointments.map(({ filename }) => filename ?? '')).toContain('invite.ics');
  });

  test('says who it is from, in which thread, and that no person wrote it', async () => {
    const mail = await PostalMime.parse(await buildMessage(MESSAGE));
    const header = (key: string) => mail.headers.find((each) => each.key === key)?.value;
    expect(mail.from).toMatchObject({ name: MESSAGE.from.name, address: MESSAGE.from.email });
    expect(mail.to?.[0]).toMatchObject({ name: delegate.name, address: delegate.email });
    expect(mail.replyTo?.[0]).toMatchObject({ address: 'rial@oea.example' });
    expect(mail.messageId).toBe(MESSAGE.messageId);
    expect(header('references')).toBe(MESSAGE.references.join(' '));
    expect(mail.inReplyTo).toBe('<before@rial.example>');
    expect(header('auto-submitted')).toBe('auto-generated');
    expect(header('x-rial-request')).toBe('session-1/invite.1');
    expect(mail.date).toBe('2021-06-11T15:00:00.000Z');
  });

  test('is the same bytes each time', async () => {
    const once = await buildMessage(MESSAGE);
    vi.useFakeTimers({ now: new Date('2030-01-01'), toFake: ['Date'] });
    expect((await buildMessage(MESSAGE)).equals(once)).toBe(true);
  });

  test('has another boundary when its contents are others', async () => {
    const boundary = async (message: Message) =>
      /boundary="([^"]+)"/.exec((await buildMessage(message)).toString())?.[1];
    const file = { fileName: 'programa año 1.pdf', mediaType: 'application/pdf', content: PDF.slice(1) };
    expect(await boundary({ ...MESSAGE, attachments: [file] })).not.toBe(await boundary(MESSAGE));
  });

  test('without appointment and files is text and HTML alone', async () => {
    const { calendar: _, ...letter } = MESSAGE;
    const raw = (await buildMessage({ ...letter, attachments: [], references: [] })).toString();
    expect([...raw.matchAll(/^Content-Type: ([\w/-]+)/gm)].map(([, type]) => type)).toEqual([
      'multipart/alternative',
      'text/plain',
      'text/html',
    ]);
    expect(raw).not.toMatch(/^(References|In-Reply-To):/m);
  });

  test('takes no header from what people wrote', async () => {
    const evil = 'x\r\nBcc: victim@example.com\r\n\r\n<b>';
    const raw = await buildMessage({
      ...MESSAGE,
      mail: { ...MESSAGE.mail, subject: evil },
      to: { name: evil, email: delegate.email },
      from: { name: evil, email: 'rial@oea.example' },
      attachments: [{ fileName: evil, mediaType: 'application/pdf', content: PDF }],
      headers: { 'X-RIAL-Request': evil },
    });
    const mail = await PostalMime.parse(raw);
    expect(mail.bcc).toBeUndefined();
    expect(mail.headers.some(({ key }) => key === 'bcc')).toBe(false);
    expect(mail.to).toHaveLength(1);
    expect(mail.text).toContain('Cordial saludo');
    expect(raw.toString()).not.toMatch(/^Bcc:/m);
  });

  test('has lines that every server takes', async () => {
    for (const line of (await buildMessage(MESSAGE)).toString('latin1').split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(998);
      expect(line).not.toMatch(/[\r\n]/);
    }
  });
});

describe('ids', () => {
  test('are functions of the key alone, and tell nothing of it', () => {
    const id = messageIdOf('14-per-chl session-1 invitation cristobal', 'rial.example');
    expect(id).toBe(messageIdOf('14-per-chl session-1 invitation cristobal', 'rial.example'));
    expect(id).toMatch(/^<[0-9a-f]{40}@rial\.example>$/);
    expect(id).not.toBe(messageIdOf('14-per-chl session-1 invitation margarita', 'rial.example'));
  });

  test('no mail has the id of its thread', () => {
    expect(threadRootOf('14-per-chl', 'rial.example')).not.toBe(messageIdOf('14-per-chl', 'rial.example'));
  });

  test('a domain cannot break out of the id', () => {
    expect(() => messageIdOf('x', 'a>\r\nBcc: b')).toThrow(/domain/);
  });
});
