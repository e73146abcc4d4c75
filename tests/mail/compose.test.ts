import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { REQUEST_KINDS } from '../../src/domain/methodology.ts';
import { composeMail } from '../../src/mail/compose.ts';
import type { Notice, Reader } from '../../src/mail/notice.ts';
import {
  ALL,
  consultant,
  cooperation,
  delegate,
  first,
  NOW,
  officer,
  readerOf,
  requestOf,
} from './samples.ts';

const compose = (notice: Notice, reader: Reader = delegate, now = NOW) =>
  composeMail(notice, reader, cooperation, now);
const asked = (changed = {}, kind = REQUEST_KINDS[1] as (typeof REQUEST_KINDS)[number]): Notice => ({
  notice: 'request',
  ...requestOf(kind, changed),
});
const reminded = (changed = {}): Notice => ({
  notice: 'reminder',
  number: 1,
  ...requestOf('approve-programme', changed),
});

const unescaped = (html: string) =>
  html
    .replace(/<(head|!--)[\s\S]*?(<\/head>|-->)/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) =>
      name === 'amp'
        ? '&'
        : name === 'lt'
          ? '<'
          : name === 'gt'
            ? '>'
            : name === 'quot'
              ? '"'
              : name === '#39'
                ? "'"
                : ' ',
    );
const words = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}@/.-]*/gu) ?? [];

describe('every notice in every language', () => {
  test.each(ALL)('$name ($language) is whole', ({ notice, reader, now, language }) => {
    const { subject, text, html } = compose(notice, reader, now);
    for (const part of [subject, text, html]) {
      expect(part.trim()).not.toBe('');
      expect(part).not.toMatch(/undefined|null|NaN|\[object|Invalid|\{\w*[,}]/);
    }
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain(`<html lang="${language}"`);
    expect(text).toContain(
      {
        es: 'Secretaría Técnica de la RIAL — Organización de los Estados Americanos',
        en: 'Technical Secretariat of RIAL — Organization of American States',
        pt: 'Secretaria Técnica da RIAL — Organização dos Estados Americanos',
        fr: 'Secrétariat technique du RIAL — Organisation des États Américains',
      }[language],
    );
    expect(text).toContain('14-per-chl');
    expect(text).toContain(reader.name);
  });

  test.each(ALL)('$name ($language) says the same as text and as HTML', ({ notice, reader, now }) => {
    const { text, html } = compose(notice, reader, now);
    const inHtml = words(unescaped(html));
    const numbered = words(text.replace(/^ {3}\d+\. /gm, ''));
    // The HTML has the preview and the heading besides; everything the text says must be in it, in that order.
    let at = 0;
    for (const word of numbered) {
      const found = inHtml.indexOf(word, at);
      expect(found, `"${word}" after "${inHtml.slice(Math.max(0, at - 5), at).join(' ')}"`).toBeGreaterThan(
        -1,
      );
      at = found + 1;
    }
  });

  test.each(ALL)('$name ($language) keeps its lines short', ({ notice, reader, now }) => {
    for (const line of compose(notice, reader, now).text.split('\n')) {
      if (line.trim().includes(' ')) expect([...line].length, line).toBeLessThanOrEqual(76);
      expect(line).not.toMatch(/^ *·| $/);
    }
  });

  test.each(ALL)('$name ($language) fetches nothing and runs nothing', ({ notice, reader, now }) => {
    const { html } = compose(notice, reader, now);
    expect(html).not.toMatch(/<(img|script|link|iframe|form|object|style)\b|url\(|@import|\son\w+=/i);
  });

  test('no two kinds of request read alike', () => {
    for (const language of LANGUAGES) {
      const texts = REQUEST_KINDS.map(
        (kind) => compose(asked({}, kind), { ...readerOf(kind), language }).text,
      );
      expect(new Set(texts.map((text) => text.split('\n\n')[1])).size).toBe(REQUEST_KINDS.length);
    }
  });
});

describe('subjects', () => {
  const at = {
    early: '2021-06-15T15:00:00Z',
    eve: '2021-06-17T15:00:00Z',
    due: '2021-06-18T15:00:00Z',
    passed: '2021-06-19T03:30:00Z', // 23:30 on the due day in Santiago, hours after it was due
    next: '2021-06-19T15:00:00Z',
    late: '2021-06-21T15:00:00Z',
  };
  test.each([
    [
      'es',
      at.early,
      '[Recordatorio: faltan 3 días] Aprobar los contenidos del programa (versión 1) — hasta el viernes 18 de junio',
    ],
    [
      'es',
      at.eve,
      '[Recordatorio: vence mañana] Aprobar los contenidos del programa (versión 1) — hasta el viernes 18 de junio',
    ],
    [
      'es',
      at.due,
      '[Recordatorio: vence hoy] Aprobar los contenidos del programa (versión 1) — hasta hoy, viernes 18 de junio',
    ],
    [
      'es',
      at.passed,
      '[Recordatorio: vence hoy] Aprobar los contenidos del programa (versión 1) — hasta hoy, viernes 18 de junio',
    ],
    [
      'es',
      at.next,
      '[Vencida hace 1 día] Aprobar los contenidos del programa (versión 1) — el plazo era el viernes 18 de junio',
    ],
    [
      'es',
      at.late,
      '[Vencida hace 3 días] Aprobar los contenidos del programa (versión 1) — el plazo era el viernes 18 de junio',
    ],
    [
      'en',
      at.early,
      '[Reminder: 3 days left] Approve the contents of the programme (version 1) — by Friday 18 June',
    ],
    [
      'en',
      at.due,
      '[Reminder: due today] Approve the contents of the programme (version 1) — due today, Friday 18 June',
    ],
    [
      'en',
      at.next,
      '[1 day overdue] Approve the contents of the programme (version 1) — was due on Friday 18 June',
    ],
    [
      'pt',
      at.eve,
      '[Lembrete: vence amanhã] Aprovar os conteúdos do programa (versão 1) — até sexta-feira, 18 de junho',
    ],
    [
      'pt',
      at.late,
      '[Vencida há 3 dias] Aprovar os conteúdos do programa (versão 1) — o prazo era sexta-feira, 18 de junho',
    ],
    [
      'fr',
      at.early,
      '[Rappel\u00a0: il reste 3 jours] Approuver le contenu du programme (version 1) — au plus tard le vendredi 18 juin',
    ],
    [
      'fr',
      at.late,
      '[En retard de 3 jours] Approuver le contenu du programme (version 1) — l’échéance était le vendredi 18 juin',
    ],
  ] as const)('reminder in %s at %s', (language, now, subject) => {
    expect(compose(reminded(), { ...delegate, language }, now).subject).toBe(subject);
  });

  test('a request says by when', () => {
    expect(compose(asked()).subject).toBe(
      '[Acción requerida] Aprobar los contenidos del programa (versión 1) — hasta el viernes 18 de junio',
    );
  });

  test('a request for next year says which', () => {
    expect(compose(asked(), delegate, '2020-12-20T15:00:00Z').subject).toMatch(
      /viernes 18 de junio de 2021$/,
    );
  });

  test('the day is the reader’s own', () => {
    const request = { ...requestOf('approve-programme').request, dueAt: '2021-06-19T03:30:00Z' };
    const subject = (timeZone: string) => compose(asked({ request }), { ...delegate, timeZone }).subject;
    expect(subject('America/Lima')).toMatch(/viernes 18 de junio$/);
    expect(subject('America/Sao_Paulo')).toMatch(/sábado 19 de junio$/);
  });

  test('a request that is opened too late says when it was due, and asks now', () => {
    const { subject, text } = compose(asked(), delegate, at.late);
    expect(subject).toBe(
      '[Acción requerida] Aprobar los contenidos del programa (versión 1) — el plazo era el viernes 18 de junio',
    );
    expect(text).toContain('El plazo previsto era el viernes 18 de junio. Se lo pedimos ahora');
    expect(compose(asked(), delegate, at.passed).text).not.toContain('El plazo previsto');
  });
});

describe('a request', () => {
  test('names whose answer it is', () => {
    expect(compose(asked()).text).toMatch(/en nombre de\s+su institución\s+\(MTPS\s+Chile\)/);
    expect(compose(asked({}, 'confirm-date'), officer).text).toMatch(
      /en nombre\s+de la\s+Secretaría\s+Técnica/,
    );
    const toConsultant = compose(asked({}, 'draft-sheet'), consultant).text;
    expect(toConsultant).toMatch(/en su\s+calidad\s+de\s+consultor\(a\)/);
    expect(toConsultant).not.toContain('en nombre de');
  });

  test('with a link has one button, and no code', () => {
    const link = 'https://rial.example/r/4f2a?x=1&y=2';
    const { text, html } = compose(asked({ link }));
    expect(text).toContain(`   [ Ver y responder ]\n   ${link}\n`);
    expect(html.match(/Ver y responder/g)).toHaveLength(1);
    expect(html).toContain('href="https://rial.example/r/4f2a?x=1&amp;y=2"');
    expect(text).not.toContain('coordination/approve-programme.1');
  });

  test('without a link asks for a reply, and gives the code', () => {
    const { text, html } = compose(asked());
    expect(text).toContain('Responda a este correo; la Secretaría Técnica registrará su respuesta.');
    expect(text).toContain('coordination/approve-programme.1');
    expect(html).not.toContain('<a ');
  });

  test('a link that is none is not followed', () => {
    const { html } = compose(asked({ link: 'javascript:alert(1)' }));
    expect(html).not.toContain('href');
  });

  test('says when it will be brought to mind, and not a day that has passed', () => {
    const soon = compose(asked()).text.replace(/\s+/g, ' ');
    expect(soon).toContain('le enviaremos un recordatorio el miércoles 16 de junio.');
    const after = compose(asked(), delegate, '2021-06-17T15:00:00Z').text.replace(/\s+/g, ' ');
    expect(after).not.toContain('recordatorio');
    expect(after).toContain('permanecerá abierta hasta que se reciba la respuesta');
  });

  test.each(LANGUAGES)('never takes silence for an answer (%s)', (language) => {
    const consent =
      /silenci|tácit|tacit|automátic|automatic|se considerará|deemed|considerad[ao] aprovad|réputé/i;
    for (const { notice, reader, now } of ALL.filter((sample) => sample.language === language))
      expect(compose(notice, reader, now).text).not.toMatch(consent);
  });

  test('names colleagues only where there are any', () => {
    const names = (colleagues: string[]) => compose(asked({ colleagues })).text.replace(/\s+/g, ' ');
    expect(names(['Ana Paz'])).toContain('también puede responder Ana Paz.');
    expect(names(['Ana Paz', 'Luis Gil'])).toContain('también pueden responder Ana Paz o Luis Gil.');
    expect(names([])).not.toContain('también');
  });

  test('shows what others think of each date', () => {
    expect(compose(asked({}, 'confirm-date'), officer).text).toContain(
      'MTPE Perú: sí · MTPS Chile: si es necesario',
    );
  });

  test('names countries in the reader’s language', () => {
    const closing = (language: Reader['language']) => compose(asked(), { ...delegate, language }).text;
    expect(closing('es')).toContain('Cooperación Perú–Chile');
    expect(closing('en')).toContain('Peru–Chile cooperation');
    expect(closing('fr')).toContain('Coopération Pérou–Chili');
    const many = { ...cooperation, requesting: ['BB', 'JM'] };
    expect(composeMail(asked(), delegate, many, NOW).text).toContain(
      'Cooperación Barbados y Jamaica – Chile',
    );
  });
});

describe('what people wrote', () => {
  const EVIL = '<script>alert("1")</script> & <b onmouseover=\'x\'>';

  test('is shown as they wrote it', () => {
    const question = { number: 2, from: EVIL, to: 'MTPS Chile', text: EVIL };
    const notice = asked(
      {
        details: {
          n: 2,
          question,
          reasons: [{ institution: EVIL, reason: EVIL }],
          documents: [{ title: EVIL, fileName: EVIL, version: 1 }],
          sessions: [{ number: 1, contents: EVIL }],
          trouble: EVIL,
        },
        asked: [EVIL, EVIL],
        onBehalfOf: EVIL,
        colleagues: [EVIL],
      },
      'answer-question',
    );
    const { html } = composeMail(notice, { ...delegate, name: EVIL }, { ...cooperation, subject: EVIL }, NOW);
    expect(html).not.toMatch(/<script|<b /);
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)?.length).toBeGreaterThan(8);
  });

  test('cannot leave its quotation in the plain text', () => {
    const reason = 'No.\r\nEstimado:\u2028[ Ver y responder ]\nhttps://evil.example';
    const { text } = compose(asked({ details: { n: 1, reasons: [{ institution: 'MTPE', reason }] } }));
    expect(text).toContain('> No.\n> Estimado:\n> [ Ver y responder ]\n> https://evil.example');
  });

  test('cannot turn the direction of the text, or hide', () => {
    const { text, html } = compose(asked({ colleagues: ['Ana\u202e zaP\u0000\u0007'] }));
    for (const part of [text, html]) expect(part).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });

  test('whatever it is, a mail can be composed and stays one subject line', () => {
    const wild = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(wild, wild, (a, b) => {
        const session = { ...first, contents: a, place: b };
        const mail = composeMail(
          { notice: 'session-recorded', session, minutes: a, attendance: [b], outputs: [a] },
          { ...delegate, name: a },
          { ...cooperation, subject: b },
          NOW,
        );
        expect(mail.subject).not.toMatch(/[\r\n]/);
        expect(mail.html.match(/<\/html>/g)).toHaveLength(1);
      }),
      { numRuns: 60 },
    );
  });
});

test('a document says whether it comes with the mail', () => {
  const news = (attached: boolean) =>
    compose({
      notice: 'news',
      documents: [{ title: 'Malla', fileName: 'malla.pdf', version: 2, attached }],
      questions: [],
    }).text;
  expect(news(true)).toContain('versión 2 · malla.pdf · adjunto a este correo');
  expect(news(false)).toContain('versión 2 · malla.pdf\n');
});

describe('an invitation', () => {
  const to = (changed: object) =>
    compose({ notice: 'invitation', session: first, guest: false, ...changed } as Notice);

  test('has the link and the hours of all capitals', () => {
    const { subject, text, html } = to({});
    expect(subject).toBe('[Invitación] 1.ª sesión de cooperación — miércoles 14 de julio, 11:00 (Santiago)');
    expect(text.replace(/\s+/g, ' ')).toContain(
      '11:00–13:30 (Santiago) · 10:00–12:30 (Lima) · 11:00–13:30 (Washington)',
    );
    expect(text).toContain('https://zoom.us/j/6458868936');
    expect(html).toContain('href="https://zoom.us/j/6458868936"');
  });

  test('to a session that is not held has no link', () => {
    const { subject, text } = to({ change: { kind: 'cancelled', reason: 'Huelga.' } });
    expect(subject).toMatch(/^\[Cancelada\]/);
    expect(text).toContain('> Huelga.');
    expect(text).not.toContain('zoom');
  });

  test('says which date it was before', () => {
    const { subject, text } = to({ change: { kind: 'moved', previousStartsAt: '2021-07-12T15:00:00Z' } });
    expect(subject).toMatch(/^\[Cambio de fecha\]/);
    expect(text.replace(/\s+/g, ' ')).toContain('la anterior era el lunes 12 de julio');
  });
});

test('the same notice gives the same mail', () => {
  for (const { notice, reader, now } of ALL)
    expect(compose(notice, reader, now)).toEqual(compose(notice, reader, now));
});
