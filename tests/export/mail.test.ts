import PostalMime from 'postal-mime';
import { describe, expect, test } from 'vitest';
import { exportedMail } from '../../src/export/mail.ts';
import { composeMail } from '../../src/mail/compose.ts';
import { buildMessage } from '../../src/mail/message.ts';
import type { Attachment, Mail } from '../../src/mail/notice.ts';
import { ALL, cooperation } from '../mail/samples.ts';

const TOKEN = '0123456789abcdef'.repeat(3);
const LINK = `https://cooperacion.oas.example/r/${TOKEN}`;

const message = (mail: Mail, attachments: Attachment[] = []) =>
  buildMessage({
    mail,
    attachments,
    from: { name: 'RIAL/OEA · Cooperación Perú–Chile', email: 'coop@rial.example' },
    to: { name: 'María Ñ.', email: 'maria@chile.example' },
    messageId: '<1@rial.example>',
    references: [],
    date: new Date('2021-07-01T12:00:00Z'),
  });
const both = async (raw: Buffer) => {
  const { text = '', html = '' } = await PostalMime.parse(raw);
  return { text, html };
};

describe('an exported mail', () => {
  // A digest leads to where its reader signs in.
  test.each(ALL.filter(({ notice }) => notice.notice !== 'digest'))(
    '$name ($language) says all but what lets its reader in',
    async ({ notice, reader, now }) => {
      const raw = await message(composeMail(notice, reader, cooperation, now, LINK));
      const before = await both(raw);
      const after = await both(await exportedMail(raw));
      expect(before.text).toContain(TOKEN);
      const blanked = (told: string) => told.replaceAll(TOKEN, '•••');
      expect(after.text).toBe(blanked(before.text));
      expect(after.html).toBe(blanked(before.html));
      expect(after.html).toContain('color:#');
      expect(`${after.text}${after.html}`).not.toMatch(/0123456/);
    },
  );

  test('keeps its bytes where there is nothing to leave out', async () => {
    const { notice, reader, now } = ALL[0] as (typeof ALL)[number];
    const raw = await message(composeMail(notice, reader, cooperation, now));
    expect((await exportedMail(raw)).equals(raw)).toBe(true);
    const short = Buffer.from('Subject: uno\r\n\r\n');
    expect((await exportedMail(short)).equals(short)).toBe(true);
  });

  test('keeps the documents that came with it, whatever stands in them', async () => {
    const content = Buffer.from(`Código: 123\u00a0456\r\nhttps://otro.example/r/${TOKEN}\r\n`);
    const document = { fileName: 'notas.txt', mediaType: 'text/plain', content };
    const raw = await message({ subject: 's', text: LINK, html: `<p>${LINK}</p>` }, [document]);
    const [kept] = (await PostalMime.parse(await exportedMail(raw))).attachments;
    expect(Buffer.from(kept?.content as ArrayBuffer).equals(content)).toBe(true);
  });
});
