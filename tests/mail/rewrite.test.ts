import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { againNote, noted, readdressed } from '../../src/mail/again.ts';
import { type Invitation, iCalendarOf } from '../../src/mail/iCalendar.ts';
import { buildMessage, type Message } from '../../src/mail/message.ts';
import { plainTextOf, rewriteMessage } from '../../src/mail/rewrite.ts';
import { speaker } from '../../src/words/speaker.ts';

const appointment: Invitation = {
  uid: '14-per-chl.session-1@rial.example',
  sequence: 2,
  method: 'REQUEST',
  startsAt: '2021-07-14T15:00:00Z',
  endsAt: '2021-07-14T17:30:00Z',
  timeZone: 'America/Lima',
  summary: 'Primera sesión · orientación laboral',
  description: 'Contenidos: «orientación», certificación y ñandúes.\nATTENDEE: nadie',
  organizer: { name: 'RIAL/OEA', email: 'coop@rial.example' },
  attendee: { name: 'María Íñiguez de la Torre y Ñandú', email: 'maria.iniguez.de.la.torre@chile.example' },
  stamp: '2021-07-01T12:00:00Z',
};
const message: Message = {
  mail: {
    subject: 'Invitación a la 1.ª sesión',
    text: `Cordial saludo:\n\n=ñ ${'palabra '.repeat(40)}https://site.example/r/${'ab12'.repeat(12)}\n.\n`,
    html: `<!doctype html>\n<p style="color:#003f72">RIAL</p>\n<p>Hola ñ</p>\n`,
  },
  from: { name: 'RIAL/OEA · Cooperación Perú–Chile', email: 'coop+14@rial.example' },
  replyTo: { name: 'RIAL', email: 'secretaria@rial.example' },
  to: { name: 'María Íñiguez, "jefa"', email: 'maria@chile.example' },
  messageId: '<1@rial.example>',
  references: ['<root@rial.example>', '<0@rial.example>'],
  date: new Date('2021-07-01T12:00:00Z'),
  attachments: [
    {
      fileName: 'programa ñ.pdf',
      mediaType: 'application/pdf',
      content: Buffer.from('%PDF-\u0000\xff', 'latin1'),
    },
    { fileName: 'notas.csv', mediaType: 'text/csv', content: Buffer.from('Hola;ñ\n') },
  ],
  calendar: { method: 'REQUEST', content: iCalendarOf(appointment) },
  headers: { 'X-RIAL-Request': '14-per-chl/coordination/approve-programme.1' },
};
const raw = await buildMessage(message);

describe('a message told otherwise', () => {
  test('shows each of its texts, and no document; unchanged, it keeps its bytes', async () => {
    const seen: [string, string][] = [];
    const same = await rewriteMessage(raw, {
      text: (text, mediaType) => {
        seen.push([mediaType, text]);
        return text;
      },
    });
    expect(same.equals(raw)).toBe(true);
    expect(seen.map(([mediaType]) => mediaType)).toEqual([
      'text/plain',
      'text/html',
      'text/calendar',
      'application/ics',
    ]);
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    expect(seen[0]?.[1].trimEnd()).toBe(crlf(message.mail.text).trimEnd());
    expect(seen[1]?.[1].trimEnd()).toBe(crlf(message.mail.html).trimEnd());
    expect(seen[3]?.[1]).toBe(message.calendar?.content);
    expect((await plainTextOf(raw)).trimEnd()).toBe(crlf(message.mail.text).trimEnd());
  });

  test('changes what it is told to, and nothing else', async () => {
    const written = await rewriteMessage(raw, {
      text: (text, mediaType) => (mediaType === 'text/html' ? text.replace('Hola', '¡=Olá—') : text),
    });
    const [before, after] = [await PostalMime.parse(raw), await PostalMime.parse(written)];
    expect(after.html).toBe(before.html?.replace('Hola', '¡=Olá—'));
    expect(after.text).toBe(before.text);
    expect(after.headers).toEqual(before.headers);
    expect(after.attachments).toEqual(before.attachments);
    expect(
      written
        .toString('latin1')
        .split('\r\n')
        .every((line) => line.length <= 78),
    ).toBe(true);
  });

  test('gets another envelope, with each header once', async () => {
    const envelope = {
      from: { name: 'Secretaría', email: 'otra@rial.example' },
      to: { name: 'Zoë\r\nBcc: x@y.example', email: 'zoe@chile.example' },
      messageId: '<2@rial.example>',
      references: ['<root@rial.example>', '<1@rial.example>'],
      date: new Date('2021-07-05T12:00:00Z'),
    };
    const after = await PostalMime.parse(await rewriteMessage(raw, { envelope }));
    const names = after.headers.map(({ key }) => key);
    expect(new Set(names).size).toBe(names.length);
    expect(after.to).toMatchObject([{ address: 'zoe@chile.example' }]);
    expect(after).toMatchObject({
      from: { name: 'Secretaría', address: 'otra@rial.example' },
      messageId: '<2@rial.example>',
      inReplyTo: '<1@rial.example>',
      references: '<root@rial.example> <1@rial.example>',
      subject: message.mail.subject,
      date: '2021-07-05T12:00:00.000Z',
    });
    expect(after.bcc ?? []).toEqual([]);
    // Nothing is said of who answers are for, where the envelope does not.
    expect(names).not.toContain('reply-to');
    expect(names).toContain('x-rial-request');
    expect(after.attachments).toEqual((await PostalMime.parse(raw)).attachments);
  });
});

describe('a mail that goes out once more', () => {
  test('invites the address it goes to, to the same appointment', () => {
    const before = iCalendarOf(appointment);
    const email = 'maria.iniguez.de.la.torre.y.nandu@direccion.nueva.chile.example';
    const after = readdressed(before, { email, stamp: '2021-07-05T12:00:00.123Z' });
    const unfolded = (text: string) => text.replace(/\r\n[ \t]/g, '');
    expect(unfolded(after)).toBe(
      unfolded(
        iCalendarOf({
          ...appointment,
          attendee: { ...appointment.attendee, email },
          stamp: '2021-07-05T12:00:00Z',
        }),
      ),
    );
    expect(after.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    // It is a text, not an attendee.
    expect(unfolded(after)).toContain('ATTENDEE: nadie');
  });

  test.each(['es', 'en', 'pt', 'fr'] as const)('says so at its head, in %s', (language) => {
    const note = againNote('2021-07-01T12:00:00Z', {
      language,
      timeZone: 'America/Lima',
      others: [],
      now: '2021-07-05T12:00:00Z',
    });
    expect(note).not.toContain('{');
    expect(note.slice(0, 12)).toBe(speaker('mail.again', language)('note', { day: '' }).slice(0, 12));
    const [first = '', second = '', blank, text] = noted('Texto', 'text/plain', note).split('\r\n');
    expect(`${first} ${second}`).toBe(note);
    expect(Math.max(first.length, second.length)).toBeLessThan(90);
    expect([blank, text]).toEqual(['', 'Texto']);
    expect(noted('<p>RIAL</p>\r\n<p>Texto</p>', 'text/html', `${note} <b>&`)).toMatch(
      /^<p>RIAL<\/p>\r\n<p[^>]*><em>[^<]+ &lt;b&gt;&amp;<\/em><\/p>\r\n<p>Texto<\/p>$/,
    );
  });
});
