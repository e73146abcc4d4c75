import { createHash } from 'node:crypto';
import PostalMime from 'postal-mime';
import { expect, it } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { buildMessage } from '../../src/mail/message.ts';
import { isWithoutDocuments, withoutWithheld } from '../../src/mail/withheld.ts';

/** A document that was withheld is not had from the mails that brought it either. */

const PLAN = Buffer.from('%PDF-1.7 plan é\n');
const OTHER = Buffer.from('%PDF-1.7 other\n');
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const version = (bytes: Buffer, withheld: unknown) => ({
  sha256: hash(bytes),
  title: 'Plan «A»',
  withheld,
});
const raw = await buildMessage({
  from: { name: 'RIAL', email: 'coop@rial.example' },
  replyTo: { name: 'RIAL', email: 'coop@rial.example' },
  to: { name: 'Ana', email: 'ana@mtpe.example' },
  messageId: '<1@rial.example>',
  references: [],
  date: new Date('2021-06-01T15:00:00Z'),
  mail: { subject: 'Novedades', text: 'Dos documentos.', html: '<p>Dos documentos.</p>' },
  attachments: [
    { fileName: 'año.pdf', mediaType: 'application/pdf', content: PLAN },
    { fileName: 'other.pdf', mediaType: 'application/pdf', content: OTHER },
  ],
});

it.each(LANGUAGES)('has in its place that it was withheld: %s', async (language) => {
  const mail = await withoutWithheld(raw, [version(PLAN, {}), version(OTHER, null)], language);
  expect(mail.includes(PLAN.toString('base64').slice(0, 16))).toBe(false);
  expect(isWithoutDocuments(mail)).toBe(true);
  const { attachments, text, subject } = await PostalMime.parse(mail);
  expect([subject, text?.trim()]).toEqual(['Novedades', 'Dos documentos.']);
  const [gone, other] = attachments;
  expect(gone?.filename).toMatch(/^[a-z]+\.txt$/);
  expect(Buffer.from(gone?.content as ArrayBuffer).toString()).toContain('Plan «A»');
  expect(other?.filename).toBe('other.pdf');
  expect(Buffer.from(other?.content as ArrayBuffer).equals(OTHER)).toBe(true);
});

it('keeps its bytes where nothing in it is withheld, or the same is there under another name', async () => {
  for (const documents of [[], [version(PLAN, null)], [version(PLAN, {}), version(PLAN, null)]])
    expect((await withoutWithheld(raw, documents, 'es')).equals(raw)).toBe(true);
  expect(isWithoutDocuments(raw)).toBe(false);
});
