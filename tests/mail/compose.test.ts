import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Brief } from '../../src/domain/brief.ts';
import { PROGRAMME_CHANGES, type ProgrammeChange } from '../../src/domain/change.ts';
import type { ReminderLevel } from '../../src/domain/dates/deadlines.ts';
import { REQUEST_KINDS, type RequestKind } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { composeMail } from '../../src/mail/compose.ts';
import type { Introduction, PassingOn, Reader } from '../../src/mail/notice.ts';
import type { Notice } from '../../src/mail/notices/index.ts';
import type { RequestLine, SessionHeading } from '../../src/words/lines.ts';
import type { NamedParty } from '../../src/words/names/parties.ts';
import {
  ALL,
  consultant,
  cooperation,
  delegate,
  first,
  lines,
  MTPE,
  MTPS,
  NOW,
  OEA,
  officer,
  readerOf,
  requestOf,
} from './samples.ts';

const compose = (notice: Notice, reader: Reader = delegate, now = NOW) =>
  composeMail(notice, reader, cooperation, now);
const asked = (changed = {}, kind: RequestKind = 'approve-programme'): Notice => ({
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
      expect(part).not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid|\{\w*[,}]/);
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

describe('the first mail', () => {
  const introduction: Omit<Introduction, 'who'> = {
    objectives: [{ title: 'Conocer', text: 'cómo se creó la Escuela.' }],
    delegations: [
      { institution: MTPE, people: [{ name: 'Jorge Larrea', post: 'Director' }] },
      { institution: MTPS, people: [] },
    ],
    current: ['documents', 'sessions'],
  };
  const introduced = (who: Introduction['who'], language = delegate.language, notice = asked()) =>
    composeMail(
      notice,
      { ...delegate, language },
      { ...cooperation, introduction: { who, ...introduction } },
      NOW,
      LINK,
    ).text.replaceAll(/\s+/g, ' ');
  const LINK = 'https://rial.example/r/1';

  test('says after what it is about what the cooperation is, who takes part, what for, and where it stands', () => {
    const text = introduced('ministry');
    expect(text).toMatch(
      /programa .*La cooperación, en breve .*Red Interamericana .*Quiénes participan - MTPE del Perú Jorge Larrea \(Director\) .*Para qué - Conocer: cómo se creó .*los cinco pasos.* están en curso estos pasos: .* y .*\. Le escribiremos .* le enviaremos recordatorios\./,
    );
  });

  test('says to each what is expected of them, and of reminders to whoever is asked alone', () => {
    expect(introduced('ministry')).toContain('De su delegación se espera');
    expect(introduced('consultant')).toContain('De usted se espera la ficha de sistematización');
    expect(introduced('secretariat')).toContain('acompaña cada paso');
    for (const who of ['observer', 'guest'] as const) expect(introduced(who)).not.toContain('recordatorios');
    expect(introduced('observer')).not.toContain('se espera');
    // A guest comes to one session, and does not learn who works with whom.
    expect(introduced('guest')).toContain('De usted se espera únicamente su participación en esta sesión.');
    expect(introduced('guest')).not.toMatch(/Jorge Larrea|cinco pasos/);
  });

  test('stands before what closes a welcome, in each language', () => {
    const welcome: Notice = { notice: 'joined', institution: MTPS, requests: [], sessions: [first] };
    expect(introduced('ministry', 'es', welcome)).toMatch(
      /pendientes de su parte\. La cooperación, en breve .* Sesiones de la cooperación .* Si hubiera un error/,
    );
    for (const language of LANGUAGES)
      expect(introduced('consultant', language, welcome)).not.toMatch(/undefined|\bnull\b|\{\w*[,}]/);
  });
});

describe('what falls together in one mail', () => {
  const meeting = { startsAt: '2021-06-20T15:00:00Z', endsAt: '2021-06-20T16:30:00Z' };
  const off = { kind: 'withdrawn' } as const;
  const invitedTo = (session: SessionHeading, change?: typeof off): Notice => ({
    ...{ notice: 'invitation', session, guest: false },
    ...(change && { change }),
  });
  const welcome: Notice = { notice: 'joined', institution: MTPS, requests: [], sessions: [] };
  const second = { ...first, number: 2, startsAt: '2021-08-17T15:00:00Z', endsAt: '2021-08-17T17:30:00Z' };
  const CASES: Record<string, [Notice, Notice[]]> = {
    'a welcome': [
      welcome,
      [asked(), asked({}, 'choose-date'), { notice: 'convocation', meeting }, invitedTo(first)],
    ],
    'a farewell': [
      { notice: 'left', institution: MTPS },
      [{ notice: 'convocation', meeting, change: off }, invitedTo(first, off), invitedTo(second, off)],
    ],
    'an invitation': [invitedTo(first), [invitedTo(second)]],
    'a request and news of people': [
      asked(),
      [
        {
          notice: 'people-changed',
          how: 'left',
          name: 'Ana Paz',
          as: 'ministry',
          institution: MTPS,
          requests: [],
        },
      ],
    ],
    'one who stands in': [
      { notice: 'stands-in', absent: 'Ana Paz', from: '2021-06-14', to: '2021-06-25', requests: [] },
      [asked()],
    ],
  };
  const LINK = 'https://rial.example/r/1';
  const together = (name: string, language = delegate.language) => {
    const [own, others] = CASES[name] as [Notice, Notice[]];
    const beside = others.map((notice, index) => ({ notice, link: `${LINK}${index}` }));
    return composeMail(own, { ...delegate, language }, cooperation, NOW, LINK, beside);
  };
  const flatly = (name: string) => together(name).text.replaceAll(/\s+/g, ' ');

  test.each(Object.keys(CASES).flatMap((name) => LANGUAGES.map((language) => [name, language] as const)))(
    '%s (%s) is whole, and says the same as text and as HTML',
    (name, language) => {
      const { subject, text, html } = together(name, language);
      for (const part of [subject, text, html])
        expect(part).not.toMatch(/undefined|\bnull\b|NaN|\[object|Invalid|\{\w*[,}]/);
      const inHtml = words(unescaped(html));
      let at = 0;
      for (const word of words(text.replace(/^ {3}\d+\. /gm, ''))) {
        const found = inHtml.indexOf(word, at);
        expect(found, word).toBeGreaterThan(-1);
        at = found + 1;
      }
      // One salutation, one officer, one way to the site beside the buttons.
      expect(text.split('claudia.camacho@oea.example')).toHaveLength(2);
      expect(text.split(delegate.name)).toHaveLength(2);
    },
  );

  test('a welcome asks first, with a button for each, and then invites', () => {
    const { subject } = together('a welcome');
    expect(subject).toMatch(
      /^\[Bienvenida\] .* · \[Acción requerida\] Aprobar .* · \[Acción requerida\] .* · Reunión de coordinación: .* · 1\.ª sesión: /,
    );
    const text = flatly('a welcome');
    expect(text).toMatch(/Hay 2 solicitudes pendientes de su parte, que figuran a continuación\. Aprobar/);
    expect(text).toMatch(
      /Adjuntamos las citas .*: la primera con este correo y las demás en archivos aparte/,
    );
    for (const link of [`${LINK}0`, `${LINK}1`]) expect(text.split(`${link} `)).toHaveLength(2);
    expect(text.indexOf(`${LINK}1`)).toBeLessThan(
      text.indexOf('Reuniones y sesiones a las que se le invita'),
    );
  });

  test('a farewell lists what leaves the calendar, and has no link to join by', () => {
    const text = flatly('a farewell');
    expect(text).toContain('- Reunión de coordinación');
    expect(text).toContain('- 2.ª sesión');
    expect(first.link && text.includes(first.link)).toBeFalsy();
  });

  test('nothing says that no answer is needed where something is asked', () => {
    expect(flatly('a request and news of people')).toContain('Ana Paz deja de participar');
    expect(flatly('a request and news of people')).not.toContain('no requiere respuesta');
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
    const brief = { dueAt: '2021-06-19T03:30:00Z' };
    const subject = (timeZone: string) => compose(asked({ brief }), { ...delegate, timeZone }).subject;
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
    expect(compose(asked()).text).toMatch(/en nombre de\s+su institución\s+\(MTPS\s+de\s+Chile\)/);
    expect(compose(asked({}, 'confirm-date'), officer).text).toMatch(
      /en nombre\s+de la\s+Secretaría\s+Técnica/,
    );
    const toConsultant = compose(asked({}, 'draft-sheet'), consultant).text;
    expect(toConsultant).toMatch(/como\s+responsable\s+de\s+la\s+sistematización/);
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
    expect(soon).toContain('le enviaremos un recordatorio el miércoles 16 de junio;');
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
      'MTPE del Perú: sí · MTPS de Chile: si es necesario',
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
    const [document] = requestOf('review-sheet').brief.documents;
    const evil = cooperation.institutions.map((one) => ({ ...one, acronym: EVIL }));
    const notice = asked(
      {
        brief: {
          question: { number: 2, from: 'per-mtpe', by: 'per-mtpe-1', session: null, text: EVIL },
          again: 'changes-asked',
          reasons: [{ party: 'per-mtpe', by: null, text: EVIL }],
          documents: document ? [{ ...document, kind: 'shared', title: EVIL, fileName: EVIL }] : [],
          sessions: [
            {
              number: 1,
              contents: EVIL,
              startsAt: null,
              endsAt: null,
              window: null,
              timeZone: 'America/Lima',
            },
          ],
          trouble: EVIL,
        },
        colleagues: [EVIL],
      },
      'answer-question',
    );
    const { html } = composeMail(
      notice,
      { ...delegate, name: EVIL },
      { ...cooperation, institutions: evil, subject: EVIL },
      NOW,
    );
    expect(html).not.toMatch(/<script|<b /);
    expect(html.match(/&lt;script&gt;alert\(&quot;1&quot;\)/g)?.length).toBeGreaterThan(8);
  });

  test('cannot leave its quotation in the plain text', () => {
    const reason = 'No.\r\nEstimado:\u2028[ Ver y responder ]\nhttps://evil.example';
    const { text } = compose(
      asked({ brief: { again: 'changes-asked', reasons: [{ party: 'per-mtpe', by: null, text: reason }] } }),
    );
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

describe('silence', () => {
  const flat = (notice: Notice, reader: Reader = delegate, now = NOW) =>
    compose(notice, reader, now).text.replace(/\s+/g, ' ');
  const late = '2021-06-25T15:00:00Z';
  const NEVER = {
    es: 'La falta de respuesta nunca equivale a una aprobación.',
    en: 'The lack of an answer never counts as approval.',
    pt: 'A falta de resposta nunca equivale a uma aprovação.',
    fr: 'L’absence de réponse ne vaut jamais approbation.',
  };
  const escalated = (
    level: ReminderLevel,
    changed = {},
    kind: RequestKind = 'approve-programme',
  ): Notice => ({
    notice: 'reminder',
    number: 4,
    level,
    silent: ['chl-mtps'],
    ...requestOf(kind, changed),
  });

  test.each(LANGUAGES)('is never an approval, and whoever is asked to approve reads so (%s)', (language) => {
    for (const level of ['delegates', 'focal-point', 'secretariat'] as const)
      for (const nextReminderLevel of ['delegates', 'focal-point', 'secretariat'] as const) {
        const reader = { ...(level === 'secretariat' ? officer : delegate), language };
        expect(flat(escalated(level, { nextReminderLevel }), reader)).toContain(NEVER[language]);
      }
    const documents = flat(asked({}, 'send-documents'), { ...delegate, language });
    expect(documents).not.toContain(NEVER[language]);
  });

  test('goes from the delegation to its focal point and to the Secretariat', () => {
    expect(flat(asked())).toContain(
      'más adelante avisaremos al punto focal de su institución y, por último, la Secretaría Técnica decidirá',
    );
    expect(flat(asked({}, 'draft-sheet'), consultant)).not.toContain('punto focal');
    expect(flat(asked({}, 'confirm-date'), officer)).not.toContain('punto focal');
  });

  test('says who hears of it next, and when', () => {
    const next = (nextReminderLevel: ReminderLevel, reader = delegate) =>
      flat(asked({ nextReminderLevel }), reader);
    expect(next('focal-point')).toContain('avisaremos el miércoles 16 de junio al punto focal');
    expect(next('focal-point')).not.toContain('le enviaremos un recordatorio');
    expect(next('secretariat')).toContain(
      'se informará el miércoles 16 de junio al equipo de la Secretaría Técnica',
    );
    expect(next('focal-point', consultant)).not.toContain('punto focal');
    expect(next('secretariat', officer)).toContain('le enviaremos un recordatorio el miércoles 16 de junio');
  });

  test('whoever takes the place of a focal point reads that they are one, and so do the others', () => {
    const changed = (how: 'yourPlace' | 'replaced', focalPoint?: true) =>
      flat(
        {
          ...{ notice: 'people-changed', how, name: 'Margarita Spoerer', by: 'Ana Paz', as: 'ministry' },
          ...{ institution: MTPS, requests: [], ...(focalPoint && { focalPoint }) },
        },
        delegate,
        late,
      );
    expect(changed('yourPlace', true)).toContain('usted pasa a ser el punto focal');
    expect(changed('replaced', true)).toContain('Ana Paz pasa a ser el punto focal');
    expect(changed('yourPlace')).not.toContain('punto focal');
    const joined = (focalPoint?: true) =>
      flat(
        {
          ...{
            notice: 'joined',
            institution: MTPS,
            replaces: 'Margarita Spoerer',
            requests: [],
            sessions: [],
          },
          ...(focalPoint && { focalPoint }),
        },
        delegate,
        late,
      );
    expect(joined(true)).toContain('usted pasa a ser el punto focal');
    expect(joined()).not.toContain('punto focal');
  });

  test('whoever reads that a cooperation is concluded reads each day once', () => {
    const [first, second] = ['2022-04-12T13:00:00.000Z', '2022-10-12T13:00:00.000Z'];
    const closed = (...followUps: string[]) =>
      flat({ notice: 'cooperation-closed', documents: [], followUps }, delegate, late);
    expect(closed(first, first)).toContain('(martes 12 de abril de 2022)');
    expect(closed(first, second)).toContain('(martes 12 de abril de 2022 y miércoles 12 de octubre de 2022)');
  });

  test('a focal point reads since when, and what follows', () => {
    const nextReminderAt = '2021-07-02T13:00:00Z';
    const { subject } = compose(escalated('focal-point', { nextReminderAt }), delegate, late);
    expect(subject).toMatch(/^\[Aviso al punto focal\] Aprobar los contenidos del programa/);
    const text = flat(escalated('focal-point', { nextReminderAt }), delegate, late);
    expect(text).toContain('como punto focal de su institución (MTPS de Chile)');
    expect(text).toContain(
      'que le enviamos el viernes 11 de junio y cuyo plazo venció el viernes 18 de junio',
    );
    expect(text).toContain('puede hacerlo cualquier persona de la delegación');
    expect(text).toContain('se informará el viernes 2 de julio al equipo de la Secretaría Técnica');
    expect(flat(escalated('focal-point'), delegate, late)).toContain(
      'se informará al equipo de la Secretaría Técnica, que decidirá',
    );
  });

  test('the Secretariat reads who has not answered, for how long, and what it may do', () => {
    const { subject } = compose(escalated('secretariat'), officer, late);
    expect(subject).toBe(
      '[Decisión requerida] Aprobar los contenidos del programa (versión 1) — sin respuesta del MTPS de Chile',
    );
    const text = flat(escalated('secretariat'), officer, late);
    expect(text).toContain('El plazo venció el viernes 18 de junio, hace 7 días.');
    expect(text).toContain('no habrá otros');
    expect(text).toContain('No han respondido: el MTPS de Chile');
    expect(text).toContain('Ya respondieron: el MTPE del Perú');
    expect(text).toContain('coordination/approve-programme.1');
    for (const way of ['ampliar el plazo', 'dirigir la solicitud a otra', 'continuar sin la respuesta'])
      expect(text).toContain(way);
    expect(text).not.toContain('Le pedimos que');
  });

  test('the Secretariat is not told that it may do without what cannot be done without', () => {
    const ways = (kind: RequestKind, changed = {}) =>
      flat(escalated('secretariat', changed, kind), officer, late);
    expect(ways('draft-report')).not.toContain('continuar sin la respuesta');
    expect(
      ways('approve-programme', {
        brief: { asked: [{ party: 'chl-mtps', label: 'MTPS de Chile', timeZone: 'America/Santiago' }] },
      }),
    ).not.toContain('continuar sin la respuesta');
    expect(ways('answer-question')).toContain('continuar sin la respuesta');
  });

  test('of its own the Secretariat is asked for the answer', () => {
    const notice = { ...escalated('secretariat', {}, 'confirm-date'), silent: ['oas'] } as Notice;
    const { subject } = compose(notice, officer, late);
    expect(subject).toMatch(/sin respuesta de la Secretaría Técnica$/);
    const text = flat(notice, officer, late);
    expect(text).toContain('corresponde responder a la propia Secretaría Técnica');
    expect(text).toContain('confirme la fecha y la hora de la 2.ª sesión');
    expect(text).not.toContain('Sin respuesta de:');
  });

  test('a day before the due date nothing is called overdue', () => {
    const text = flat(escalated('focal-point'), delegate, '2021-06-17T15:00:00Z');
    expect(text).toContain('cuyo plazo vence el viernes 18 de junio');
    expect(flat(escalated('secretariat'), officer, '2021-06-18T23:30:00Z')).toContain(
      'El plazo vence el viernes 18 de junio.',
    );
  });
});

describe('a request that comes to another', () => {
  const to = (passed: PassingOn, reader: Reader = delegate) =>
    compose({ ...(asked({}, 'answer-question') as object), passed } as Notice, reader).text.replace(
      /\s+/g,
      ' ',
    );

  test('says first why it is theirs', () => {
    const name = 'Ana Paz';
    const opening = (passed: PassingOn) => to(passed).split('Cordial saludo, Cristóbal Auger: ')[1];
    expect(opening({ how: 'handed-over', name })).toMatch(/^Ana Paz le ha trasladado esta solicitud/);
    expect(opening({ how: 'absent', name })).toMatch(
      /^Durante la ausencia de Ana Paz, le corresponde a usted/,
    );
    expect(opening({ how: 'replaced', name })).toMatch(
      /^Usted participa en la cooperación en lugar de Ana Paz;/,
    );
    expect(opening({ how: 'reassigned', name: MTPE, reason: 'Huelga.' })).toMatch(
      /^Por decisión de la Secretaría Técnica, .*MTPE del Perú, corresponde ahora a su institución\. Motivo > Huelga\. Le pedimos/,
    );
  });

  test('names nobody where nobody is named, and the Secretariat as itself', () => {
    for (const how of ['handed-over', 'absent', 'replaced', 'reassigned'] as const)
      expect(to({ how })).not.toMatch(/none|undefined|Motivo/);
    expect(to({ how: 'reassigned', name: OEA })).toContain('dirigida antes a la propia Secretaría');
    expect(to({ how: 'reassigned' }, consultant)).toContain('corresponde ahora a usted');
  });
});

describe('dates for a session', () => {
  const text = (kind: RequestKind, brief: Partial<Brief>, reader: Reader = delegate, link = {}) =>
    compose(asked({ brief, ...link }, kind), reader).text.replace(/\s+/g, ' ');
  const window = { number: 2, contents: '', window: { from: '2021-08-16', to: '2021-08-31' } };

  test('are asked for once more with the reason', () => {
    const anew = (brief: Partial<Brief>) => text('choose-date', brief);
    expect(anew({ again: 'none-suited' })).toContain('Ninguna de las fechas propuestas anteriormente');
    expect(anew({ again: 'not-held' })).toContain('La sesión no se realizó en la fecha prevista');
    expect(
      anew({ again: 'other-dates', reasons: [{ party: 'oas', by: null, text: 'Hay elecciones.' }] }),
    ).toMatch(/La Secretaría Técnica propone nuevas fechas.*Motivo > Hay elecciones\./);
    expect(anew({})).not.toMatch(/nuevas fechas|anteriormente|Motivo/);
  });

  test.each([{}, { link: 'https://rial.example/r/1' }])('may be asked for anew by staff %o', (link) => {
    const hint = 'puede pedir en su lugar que se propongan nuevas fechas, indicando el motivo';
    expect(text('confirm-date', {}, officer, link)).toContain(hint);
    const over = text('confirm-date', { windowRanOut: 'time' }, officer, link);
    expect(over).not.toContain(hint);
    expect(over).not.toContain('disponibilidad que indicaron');
    expect(over).toContain('concluyó sin que se fijara una fecha');
    expect(over).toContain('pueden ser posteriores a ese período');
  });

  test('none of which suited are told apart from days that are over', () => {
    expect(text('confirm-date', { windowRanOut: 'no-dates' }, officer)).toContain(
      'Ninguna de las fechas del período previsto para la 2.ª sesión',
    );
  });

  test('that ran out are told without blame, and with what follows', () => {
    const told = (unanswered: NamedParty[], reader: Reader = delegate) =>
      compose({ notice: 'window-ran-out', session: window, why: 'time', unanswered }, reader).text.replace(
        /\s+/g,
        ' ',
      );
    expect(told([MTPE, MTPS])).toContain(
      'Período previsto: del 16 al 31 de agosto No indicaron su disponibilidad: el MTPE del Perú y el MTPS de Chile',
    );
    expect(told([])).not.toContain('no recibida');
    expect(told([])).toContain('La Secretaría Técnica propondrá o confirmará otra fecha');
    expect(told([], officer)).toContain(
      'Corresponde a la Secretaría Técnica proponer o confirmar otra fecha',
    );
  });
});

describe('changes', () => {
  const flat = (notice: Notice, reader: Reader = delegate, now = NOW) =>
    compose(notice, reader, now).text.replace(/\s+/g, ' ');
  const reason = 'Hubo cambio de autoridades.';

  test('more time: until when, since when it was due, why, and the request itself', () => {
    const notice: Notice = {
      notice: 'deadline-extended',
      previousDueAt: '2021-06-16T22:00:00Z',
      reason,
      ...requestOf('approve-programme'),
    };
    expect(compose(notice).subject).toBe(
      '[Plazo ampliado] Aprobar los contenidos del programa (versión 1) — hasta el viernes 18 de junio',
    );
    const text = flat(notice);
    expect(text).toContain('vencía el miércoles 16 de junio y ahora vence el viernes 18 de junio');
    expect(text).toContain(`Motivo > ${reason}`);
    expect(text).toContain('los apruebe o indique qué cambiaría');
    expect(text).toContain('Hasta: viernes 18 de junio, 18:00 (Santiago) · 17:00 (Lima)');
  });

  test('each reader’s own clock comes first', () => {
    const hours = (timeZone: string, notice: Notice) => flat(notice, { ...delegate, timeZone });
    const extended: Notice = {
      notice: 'deadline-extended',
      previousDueAt: '2021-06-16T22:00:00Z',
      reason,
      ...requestOf('approve-programme'),
    };
    const notices: Notice[] = [
      extended,
      { notice: 'joined', requests: lines, sessions: [] },
      { notice: 'resumed', reason, requests: lines, sessions: [] },
      { notice: 'stands-in', absent: 'Ana Paz', from: '2021-06-14', to: '2021-06-18', requests: lines },
      { notice: 'request-released', request: lines[0] as RequestLine, how: 'waived', reason },
      { notice: 'reminder', number: 5, level: 'secretariat', silent: [], ...requestOf('approve-programme') },
    ];
    for (const notice of notices) {
      expect(hours('America/Santiago', notice)).toContain('junio, 18:00 (Santiago) · 17:00 (Lima)');
      expect(hours('America/Lima', notice)).toContain('junio, 17:00 (Lima) · 18:00 (Santiago');
    }
    const paused: Notice = { notice: 'paused', reason, sessions: [first] };
    expect(hours('America/Santiago', paused)).toContain('11:00–13:30 (Santiago) · 10:00–12:30 (Lima)');
    expect(hours('America/Lima', paused)).toContain('10:00–12:30 (Lima) · 11:00–13:30 (Santiago');
  });

  test('what is not asked any more has no due date to keep, and is no approval', () => {
    const released = (changed: object, reader: Reader = delegate) =>
      flat(
        { notice: 'request-released', request: lines[0], how: 'waived', reason, ...changed } as Notice,
        reader,
      );
    expect(released({})).toContain('continuar sin la respuesta de su institución');
    expect(released({})).toContain('no equivalen a una aprobación de su institución');
    expect(released({ request: lines[1] })).not.toContain('aprobación');
    expect(released({})).toContain('Ya no es necesario que usted la responda');
    expect(released({ how: 'reassigned', to: MTPE })).toContain('ha dirigido al MTPE del Perú la solicitud');
    expect(released({ how: 'reassigned', to: OEA })).toContain('La Secretaría Técnica se hará cargo');
    expect(released({ how: 'handed-over', to: 'Ana Paz' })).toContain('Ana Paz responderá en su lugar');
    // A poll whose date was set otherwise is no answer that one does without.
    expect(released({ how: 'superseded' })).toContain('un cambio en la cooperación la ha dejado sin objeto');
    expect(released({ how: 'superseded' })).not.toContain('continuar sin');
    for (const how of ['waived', 'reassigned', 'handed-over', 'superseded'])
      expect(released({ how })).not.toMatch(/undefined|none|Hasta:/);
  });

  test('whoever joins reads as what, in whose place, and what awaits them', () => {
    const joined = (changed: object, reader: Reader = delegate) =>
      flat({ notice: 'joined', requests: [], sessions: [], ...changed } as Notice, reader);
    expect(joined({ institution: MTPS, replaces: 'Ana Paz' })).toContain(
      'como integrante de la delegación del MTPS de Chile, en lugar de Ana Paz.',
    );
    expect(joined({ institution: OEA }, officer)).toContain('del equipo de la Secretaría Técnica.');
    expect(joined({}, consultant)).toContain('Usted participa en ella a cargo de la sistematización.');
    expect(joined({})).toContain('Por el momento no hay solicitudes pendientes');
    const text = joined({ institution: MTPS, requests: lines, sessions: [first] });
    expect(text).toContain('Su institución tiene 3 solicitudes pendientes');
    expect(text).toContain('- Responder la pregunta 2 Hasta: viernes 25 de junio');
    expect(text).toContain(
      '- Enviar los documentos pertinentes para la cooperación Plazo: jueves 10 de junio',
    );
    expect(text).toContain('1.ª sesión — miércoles 14 de julio');
  });

  test('a request in passing is named even where its number is not known', () => {
    const request = { kind: 'approve-programme', dueAt: '2021-06-18T22:00:00Z' } as const;
    const { subject } = compose({ notice: 'request-released', request, how: 'waived', reason });
    expect(subject).toBe('[Ya no se requiere su respuesta] Aprobar los contenidos del programa');
  });

  test('whoever is replaced is asked for nothing more', () => {
    const text = flat({ notice: 'replaced', by: 'Ana Paz', institution: MTPS });
    expect(text).toContain('Ana Paz participa en su lugar en la cooperación Perú–Chile');
    expect(text).toContain('Ya no se le solicitará ninguna respuesta');
    expect(flat({ notice: 'replaced', by: 'Ana Paz', institution: OEA }, officer)).not.toContain(
      'delegación',
    );
  });

  test('whoever stands in reads for whom and from when to when', () => {
    const period = (from: string, to: string) =>
      compose({ notice: 'stands-in', absent: 'Ana Paz', from, to, requests: lines }).subject;
    expect(period('2021-06-14', '2021-06-25')).toBe(
      '[Suplencia] Ausencia de Ana Paz (del 14 al 25 de junio)',
    );
    expect(period('2021-06-14', '2021-06-14')).toBe('[Suplencia] Ausencia de Ana Paz (lunes 14 de junio)');
  });

  test('a programme says what is different in it', () => {
    const changed = (changes: ProgrammeChange[], session?: SessionHeading) =>
      flat({ notice: 'programme-changed', version: 3, changes, reason, ...(session && { session }) });
    const all = changed([...PROGRAMME_CHANGES]);
    expect(all.match(/ - /g)).toHaveLength(PROGRAMME_CHANGES.length);
    expect(all).toContain('Esta versión no requiere aprobación.');
    const moved = changed(['session-moved'], first);
    expect(moved).toContain('- Nueva fecha de la 1.ª sesión');
    expect(moved).toContain('https://zoom.us/j/6458868936');
    expect(changed(['session-added'], first)).toContain('> Presentación de la Escuela');
    const cancelled = changed(['session-cancelled'], first);
    expect(cancelled).toContain('- La 1.ª sesión no se realizará');
    expect(cancelled).not.toContain('zoom');
    expect(changed([])).not.toContain('Qué cambia');
  });

  test('nobody is said to have approved who did not', () => {
    for (const notice of ['programme-issued', 'sheet-published'] as const) {
      const text = flat({ notice, version: 2, waived: [MTPE] });
      expect(text).toContain('decidió continuar sin la respuesta del MTPE del Perú');
      expect(text).not.toMatch(/delegaciones han aprobado|aprobada por las delegaciones/);
      expect(flat({ notice, version: 2 })).toMatch(/delegaciones han aprobado|aprobada por las delegaciones/);
    }
  });

  test('in a pause no period runs, and dated sessions stand', () => {
    const text = flat({ notice: 'paused', reason, sessions: [first] });
    expect(text).toContain('los plazos no corren y no se enviarán recordatorios');
    expect(text).toContain('se mantiene, salvo que le comuniquemos lo contrario');
    expect(text).toContain(`Motivo > ${reason}`);
    expect(flat({ notice: 'paused', reason, sessions: [] })).not.toContain('se mantiene');
  });

  test('after it each has their new dates', () => {
    const text = flat({ notice: 'resumed', reason, requests: lines.slice(0, 1), sessions: [] });
    expect(text).toContain(
      '- Aprobar los contenidos del programa (versión 1) Hasta: viernes 18 de junio, 18:00',
    );
    expect(flat({ notice: 'resumed', reason, requests: [], sessions: [] })).toContain(
      'Por el momento no se requiere ninguna respuesta de su parte.',
    );
  });

  test('a cooperation that ends before its time says why and what is not held', () => {
    const text = flat({ notice: 'cooperation-cancelled', reason, sessions: [first] });
    expect(text).toContain(`Motivo > ${reason}`);
    expect(text).toContain('Sesiones que no se realizarán - 1.ª sesión — miércoles 14 de julio');
    expect(text).toContain('no se requiere ninguna respuesta de su parte');
    expect(text).toContain('puede solicitarla a la Secretaría Técnica');
  });

  const ENDED = /cancelled|withdrawn|cooperation cancelled|replaced|released|paused/;
  test.each(ALL.filter(({ name, notice }) => ENDED.test(name) && notice.notice !== 'request'))(
    '$name ($language) has no link',
    ({ notice, reader, now }) => {
      const { text, html } = compose(notice, reader, now);
      expect(text).not.toMatch(/https?:|Zoom/);
      expect(html).not.toContain('<a ');
    },
  );

  test.each(ALL)('$name ($language) has one link to follow at most', ({ notice, reader, now }) => {
    expect(compose(notice, reader, now).html.match(/<a [^>]*inline-block/g)?.length ?? 0).toBeLessThan(2);
  });
});

test('a document says whether it comes with the mail', () => {
  const news = (attached: boolean) =>
    compose({
      notice: 'news',
      documents: [{ title: 'Malla', fileName: 'malla.pdf', version: 2, attached }],
      questions: [],
    }).text;
  expect(news(true)).toContain('versión 2 · malla.pdf · se adjunta a este correo');
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

  test('with other details keeps its date, and replaces the entry in the calendar', () => {
    const { subject, text } = to({ change: { kind: 'details', reason: 'Nueva sala.' }, programmeVersion: 3 });
    const flat = text.replace(/\s+/g, ' ');
    expect(subject).toMatch(/^\[Datos actualizados\] 1\.ª sesión/);
    expect(flat).toContain('mantiene su fecha');
    expect(flat).toContain('https://zoom.us/j/6458868936');
    expect(flat).toContain('> Nueva sala.');
    expect(flat).toContain(
      'que reemplaza la anterior en su calendario. También adjuntamos el programa, versión 3',
    );
  });

  test('that is withdrawn has no link, no contents, and takes its entry away', () => {
    const { subject, text } = to({ change: { kind: 'withdrawn' }, guest: true });
    expect(subject).toMatch(/^\[Invitación sin efecto\]/);
    expect(text).toContain('El archivo adjunto retira la cita de su calendario.');
    expect(text).not.toMatch(/zoom|Presentación|Lamentamos|invitada/i);
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
