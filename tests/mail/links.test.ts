import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { composeMail } from '../../src/mail/compose.ts';
import type { Notice } from '../../src/mail/notices/index.ts';
import { composeSignIn } from '../../src/mail/signIn.ts';
import { ALL, cooperation, delegate } from './samples.ts';

const SITE = 'https://cooperacion.oas.example';
const LINK = `${SITE}/r/${'0123456789abcdef'.repeat(3)}`;
const SITE_LINE = {
  es: 'Sitio de la cooperación:',
  en: 'Cooperation site:',
  pt: 'Site da cooperação:',
  fr: 'Site de la coopération\u00a0:',
};
const BUTTONS = {
  es: /\[ (Ver y responder|Ver la solicitud) \]/,
  en: /\[ (View and answer|View the request) \]/,
  pt: /\[ (Ver e responder|Ver a solicitação) \]/,
  fr: /\[ (Voir et répondre|Voir la demande) \]/,
};
/** What has a button; the first invitation asks for documents, too. */
const isAsking = (notice: Notice): boolean =>
  ['request', 'reminder', 'deadline-extended'].includes(notice.notice) ||
  (notice.notice === 'invitation' && notice.asked !== undefined);
/** Addresses of pages on the site, and of any site that has such pages. */
const linksIn = (text: string): string[] => text.match(/https?:\/\/[^\s"<]*\/r\/[^\s"<]*/g) ?? [];

/** A digest leads to several cooperations, and lets nobody in: officers sign in with a code. */
const isOfOne = ({ notice }: { notice: Notice }): boolean => notice.notice !== 'digest';

describe('a mail of an installation with a site', () => {
  test.each(ALL.filter((sample) => !isOfOne(sample)))(
    '$name ($language) has a way to each thing, without what signs in',
    ({ notice, reader, now }) => {
      const { text, html } = composeMail(notice, reader, cooperation, now);
      const urls = text.match(/https:\S+/g) ?? [];
      expect(urls).toHaveLength(3);
      for (const url of urls) {
        expect(text.split('\n').map((line) => line.trim())).toContain(url);
        expect(html.split(`<a href="${url}"`)).toHaveLength(2);
      }
      expect(linksIn(text + html)).toEqual([]);
    },
  );

  test.each(ALL.filter(isOfOne))('$name ($language) has one way there, and no code', (sample) => {
    const { notice, reader, now, language } = sample;
    const { text, html } = composeMail(notice, reader, cooperation, now, LINK);
    expect(linksIn(text)).toEqual([LINK]);
    // On a line of its own, which no mail program breaks.
    expect(text.split('\n').map((line) => line.trim())).toContain(LINK);
    expect(new Set(linksIn(html))).toEqual(new Set([LINK]));
    expect(html).toContain(`<a href="${LINK}"`);
    for (const part of [text, html]) expect(part).not.toMatch(/\d{3,4}\u00a0\d{3,4}/);

    const asks = isAsking(notice);
    expect(BUTTONS[language].test(text)).toBe(asks);
    expect(text.includes(SITE_LINE[language])).toBe(!asks);
    expect(html.includes('inline-block')).toBe(asks);
  });

  test.each(ALL)('$name ($language) says the same but for that', (sample) => {
    const { notice, reader, now, language } = sample;
    if ('link' in notice || isAsking(notice)) return;
    const linked = composeMail(notice, reader, cooperation, now, LINK);
    const plain = composeMail(notice, reader, cooperation, now);
    expect(linked.subject).toBe(plain.subject);
    expect(linked.text.replace(`${SITE_LINE[language]}\n${LINK}\n\n`, '')).toBe(plain.text);
  });

  test.each([
    [
      'es',
      'Basta la respuesta de una persona de su delegación. Si no puede responder usted, desde la misma página puede trasladar la solicitud a Margarita Spoerer, Pedro Pablo Silva o Maximiliano Gilabert.',
    ],
    ['en', 'you may pass the request on from the same page to Margarita Spoerer, Pedro Pablo Silva or'],
    ['pt', 'na mesma página pode repassar a solicitação a Margarita Spoerer, Pedro Pablo Silva ou'],
    ['fr', 'vous pouvez, sur la même page, transmettre la demande à Margarita Spoerer, Pedro Pablo Silva ou'],
  ] as const)('lets a request be passed on from its page (%s)', (language, sentence) => {
    const { notice } = ALL.find(({ name }) => name === 'request approve-programme') as (typeof ALL)[number];
    const { text } = composeMail(notice, { ...delegate, language }, cooperation, ALL[0]?.now ?? '', LINK);
    expect(text.replace(/\s+/g, ' ')).toContain(sentence);
  });
});

test.each(ALL)('without a site $name ($language) leads to none', (sample) => {
  const { notice, reader, now, language } = sample;
  if ('link' in notice) return;
  const { text, html } = composeMail(notice, reader, cooperation, now);
  for (const part of [text, html]) {
    expect(linksIn(part)).toEqual([]);
    expect(part).not.toContain(SITE_LINE[language]);
  }
});

describe('the mail to sign in with', () => {
  test.each(LANGUAGES)('has its code, no link, and until when the code is good (%s)', (language) => {
    const { subject, text, html } = composeSignIn(
      { name: 'Ana <b>Paz</b>', code: '48392114', minutes: 10 },
      language,
    );
    for (const part of [text, html]) {
      expect(linksIn(part)).toEqual([]);
      expect(part).toContain('4839\u00a02114');
      expect(part.replace(/\s+/g, ' ')).toMatch(/\b10 minut/);
      expect(part).not.toMatch(/undefined|\{\w/);
    }
    expect(html).not.toContain('<b>');
    // What an inbox shows, or a locked phone, lets nobody in.
    expect(subject).not.toContain('4839');
    const preview = /<div style="display:none[^>]*>([^<]*)</.exec(html)?.[1];
    expect(preview).not.toMatch(/4839/);
  });
});
