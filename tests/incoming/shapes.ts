import type { Delivery, FilingHindrance, IncomingState } from '../../src/domain/mails/incomingMail.ts';

/**
 * Shapes of mail as people’s programs make them, and what becomes of each: none is filed twice, and none is lost without
 * somebody hearing of it. They reply to a mail to Jorge Larrea, a delegate.
 */

export type Shape = {
  name: string;
  /** The mail, but for the To of it; lines end in CRLF. */
  raw: string | Buffer;
  nullSender?: boolean;
  state: IncomingState;
  unfiled?: FilingHindrance;
  /** What is filed. */
  text?: string;
  files?: string[];
};

export const JORGE = 'jlarrea@mtpe.example';
const HEAD = (more: string[] = [], from = `Jorge Larrea <${JORGE}>`) => [
  `From: ${from}`,
  'Subject: RE: Fechas de la sesion',
  'Date: Thu, 1 Jul 2021 10:00:00 -0500',
  'MIME-Version: 1.0',
  ...more,
];
let counted = 0;
/** A mail of one text. */
const plain = (
  body: string[],
  {
    head = [],
    type = 'text/plain; charset=utf-8',
    from,
  }: { head?: string[]; type?: string; from?: string } = {},
): string =>
  [
    ...HEAD([`Message-ID: <shape-${++counted}@mtpe.example>`, `Content-Type: ${type}`, ...head], from),
    '',
    ...body,
    '',
  ].join('\r\n');
/** A mail of several parts, each with its head and body. */
const parts = (
  kind: string,
  bodies: string[][],
  { head = [] as string[], from }: { head?: string[]; from?: string } = {},
): string =>
  [
    ...HEAD(
      [
        `Message-ID: <shape-${++counted}@mtpe.example>`,
        `Content-Type: multipart/${kind}; boundary="=_b"`,
        ...head,
      ],
      from,
    ),
    '',
    'This is a multi-part message in MIME format.',
    ...bodies.flatMap((body) => ['--=_b', ...body]),
    '--=_b--',
    '',
  ].join('\r\n');

const TEXT = ['Content-Type: text/plain; charset=utf-8', '', 'No podemos en julio.'];
const HTML = ['Content-Type: text/html; charset=utf-8', '', '<p>No podemos en <b>julio</b>.</p>'];
const pdf = (disposition: string) => [
  'Content-Type: application/pdf; name="informe.pdf"',
  'Content-Transfer-Encoding: base64',
  `Content-Disposition: ${disposition}; filename="informe.pdf"`,
  '',
  Buffer.from('%PDF-1.4 an example').toString('base64'),
];
const ANSWER = 'No podemos en julio.';
const OURS = [
  'De: RIAL/OEA · Cooperación Perú–Chile <coop+14-per-chl@rial.example>',
  'Enviado el: jueves, 1 de julio de 2021 9:00',
  'Para: Jorge Larrea',
  'Asunto: Fechas de la sesión',
  '',
  'Cordial saludo, Jorge Larrea:',
];

export const SHAPES: Shape[] = [
  { name: 'plain text', raw: plain([ANSWER]), state: 'filed', text: ANSWER },
  {
    name: 'Gmail in Spanish, quoting below',
    raw: plain([
      ANSWER,
      '',
      'El jue, 1 jul 2021 a las 9:00, RIAL (<coop@rial.example>)',
      'escribió:',
      '',
      '> Cordial saludo',
      '> ¿Puede?',
    ]),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'Gmail in English',
    raw: plain([
      ANSWER,
      '',
      'On Thu, Jul 1, 2021 at 9:00 AM RIAL <coop@rial.example> wrote:',
      '',
      '> ¿Puede?',
    ]),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'Thunderbird in French',
    raw: plain([ANSWER, '', 'Le 01/07/2021 à 09:00, RIAL a écrit :', '> ¿Puede?']),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'Apple Mail in Portuguese',
    raw: plain([
      ANSWER,
      '',
      'Em 1 de jul. de 2021, à(s) 09:00, RIAL <coop@rial.example> escreveu:',
      '',
      '> ¿Puede?',
    ]),
    ...{ state: 'filed', text: ANSWER },
  },
  { name: 'Outlook in Spanish', raw: plain([ANSWER, '', ...OURS]), state: 'filed', text: ANSWER },
  {
    name: 'Outlook with a rule above',
    raw: plain([ANSWER, '', '________________________________', ...OURS]),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'an old Outlook',
    raw: plain([ANSWER, '', '-----Mensaje original-----', ...OURS]),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'answers between what is quoted keep what they answer',
    raw: plain(['On Thu, RIAL wrote:', '> ¿En julio?', 'No.', '> ¿En agosto?', 'Sí.']),
    ...{ state: 'filed', text: 'No.\nSí.' },
  },
  {
    name: 'an answer below all that is quoted',
    raw: plain(['On Thu, RIAL wrote:', '> ¿En julio?', '', ANSWER]),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'a signature below two hyphens',
    raw: plain([ANSWER, '', '-- ', 'Jorge Larrea', 'Director']),
    ...{ state: 'filed', text: ANSWER },
  },
  { name: 'text and HTML', raw: parts('alternative', [TEXT, HTML]), state: 'filed', text: ANSWER },
  {
    name: 'HTML alone',
    raw: plain(
      [
        '<html><head><style>p{color:red}</style></head><body><p>No podemos<br>en julio &ndash; s&oacute;lo en agosto.</p></body></html>',
      ],
      {
        type: 'text/html; charset=utf-8',
      },
    ),
    ...{ state: 'filed', text: 'No podemos\nen julio – sólo en agosto.' },
  },
  {
    name: 'HTML of Outlook with what it replies to',
    raw: plain([`<div>${ANSWER}</div><div id="divRplyFwdMsg"><b>De:</b> RIAL<br>viejo</div>`], {
      type: 'text/html; charset=utf-8',
    }),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'HTML of Gmail with what it replies to',
    raw: plain(
      [
        `<div dir="ltr">${ANSWER}</div><div class="gmail_quote">El jue, RIAL escribió:<blockquote>viejo</blockquote></div>`,
      ],
      {
        type: 'text/html; charset=utf-8',
      },
    ),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'windows-1252, quoted-printable',
    raw: plain(['Ma=F1ana s=ED =97 gracias.'], {
      ...{ type: 'text/plain; charset=windows-1252', head: ['Content-Transfer-Encoding: quoted-printable'] },
    }),
    ...{ state: 'filed', text: 'Mañana sí — gracias.' },
  },
  {
    name: 'ISO-8859-1, eight bits',
    raw: Buffer.from(plain(['Mañana sí.'], { type: 'text/plain; charset=iso-8859-1' }), 'latin1'),
    ...{ state: 'filed', text: 'Mañana sí.' },
  },
  {
    name: 'UTF-8 in base64',
    raw: plain([Buffer.from('Mañana sí.').toString('base64')], {
      head: ['Content-Transfer-Encoding: base64'],
    }),
    ...{ state: 'filed', text: 'Mañana sí.' },
  },
  {
    name: 'a charset that nobody knows',
    raw: plain([ANSWER], { type: 'text/plain; charset=x-unknown-8bit' }),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'a file',
    raw: parts('mixed', [TEXT, pdf('attachment')]),
    ...{ state: 'filed', text: ANSWER, files: ['informe.pdf'] },
  },
  {
    name: 'a file that Apple Mail shows in the text',
    raw: parts('mixed', [TEXT, pdf('inline')]),
    ...{ state: 'filed', text: ANSWER, files: ['informe.pdf'] },
  },
  {
    name: 'a file without a word: the subject is what is said',
    raw: parts('mixed', [['Content-Type: text/plain', '', ''], pdf('attachment')]),
    ...{ state: 'filed', text: 'RE: Fechas de la sesion', files: ['informe.pdf'] },
  },
  {
    name: 'a name of a file in RFC 2231',
    raw: parts('mixed', [
      TEXT,
      [
        'Content-Type: application/pdf',
        "Content-Disposition: attachment; filename*=utf-8''informaci%C3%B3n.pdf",
        '',
        '%PDF-1.4',
      ],
    ]),
    ...{ state: 'filed', text: ANSWER, files: ['información.pdf'] },
  },
  {
    name: 'the logo of a signature is no file',
    raw: parts('related', [
      ['Content-Type: text/html; charset=utf-8', '', `<p>${ANSWER}</p><img src="cid:logo">`],
      [
        'Content-Type: image/png; name="image001.png"',
        'Content-ID: <logo>',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: inline',
        '',
        'iVBORw0KGgo=',
      ],
    ]),
    ...{ state: 'filed', text: ANSWER, files: [] },
  },
  {
    name: 'winmail.dat is kept as it is',
    raw: parts('mixed', [
      TEXT,
      [
        'Content-Type: application/ms-tnef; name="winmail.dat"',
        'Content-Transfer-Encoding: base64',
        'Content-Disposition: attachment; filename="winmail.dat"',
        '',
        'eJ8+IgAAAAA=',
      ],
    ]),
    ...{ state: 'filed', text: ANSWER, files: ['winmail.dat'] },
  },
  {
    name: 'another mail within is a file of it',
    raw: parts('mixed', [
      TEXT,
      ['Content-Type: message/rfc822', '', 'From: x@otra.example', 'Subject: otra', '', 'texto de otra'],
    ]),
    ...{ state: 'filed', text: ANSWER, files: ['1.eml'] },
  },
  {
    name: 'nothing but a quotation',
    raw: plain(['On Thu, RIAL wrote:', '> ¿En julio?']),
    state: 'unfiled',
    unfiled: 'empty',
  },
  { name: 'nothing at all', raw: plain(['']), state: 'unfiled', unfiled: 'empty' },
  {
    name: 'somebody whom nobody knows',
    raw: plain([ANSWER], { from: 'Otro <otro@afuera.example>' }),
    ...{ state: 'unfiled', unfiled: 'stranger' },
  },
  { name: 'nobody in From', raw: plain([ANSWER], { from: '' }), state: 'unfiled', unfiled: 'stranger' },
  {
    name: 'a name that looks like one of ours',
    raw: plain([ANSWER], { from: `"${JORGE}" <otro@afuera.example>` }),
    ...{ state: 'unfiled', unfiled: 'stranger' },
  },
  {
    name: 'the address in capitals',
    raw: plain([ANSWER], { from: JORGE.toUpperCase() }),
    ...{ state: 'filed', text: ANSWER },
  },
  {
    name: 'out of office, RFC 3834',
    raw: plain(['Estoy de vacaciones.'], { head: ['Auto-Submitted: auto-replied'] }),
    state: 'away',
  },
  {
    name: 'out of office, with parameters and a comment',
    raw: plain(['Estoy de vacaciones.'], {
      head: ['Auto-Submitted: auto-replied; owner-email="x@mtpe.example"'],
    }),
    state: 'away',
  },
  {
    name: 'out of office, as Exchange writes it',
    raw: plain(['No estoy.'], {
      head: ['Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: All'],
    }).replace('Subject: RE: Fechas de la sesion', 'Subject: Respuesta automática: Fechas'),
    state: 'away',
  },
  {
    name: 'out of office, from nobody',
    raw: plain(['No estoy.'], { head: ['Auto-Submitted: auto-replied'] }),
    nullSender: true,
    state: 'away',
  },
  {
    name: 'out of office, of another mailbox that got it',
    raw: plain(['No estoy.'], {
      head: ['Auto-Submitted: auto-replied'],
      from: 'Asistente <asistente@mtpe.example>',
    }),
    state: 'automatic',
  },
  {
    name: 'out of office, known by its subject alone',
    raw: plain(['I am away.']).replace('Subject: RE: Fechas de la sesion', 'Subject: Out of Office: Fechas'),
    state: 'away',
  },
  {
    name: 'a reply to what begins so is a person’s',
    raw: plain([ANSWER]).replace('Subject: RE: Fechas', 'Subject: RE: Out of Office: Fechas'),
    state: 'filed',
    text: ANSWER,
  },
  {
    name: 'a subject like it of a program that says it is a person’s',
    raw: plain([ANSWER], { head: ['Auto-Submitted: no'] }).replace(
      'Subject: RE: Fechas',
      'Subject: Respuesta automatica: Fechas',
    ),
    state: 'filed',
    text: ANSWER,
  },
  {
    name: 'a program that is not away',
    raw: plain(['Se registró el caso 12.'], { head: ['Auto-Submitted: auto-generated'] }),
    state: 'automatic',
  },
  {
    name: 'a mail server that delays, and says that it replies by itself',
    raw: plain(['Your message has been delayed.'], {
      head: ['Auto-Submitted: auto-replied'],
      from: 'MAILER-DAEMON@mtpe.example',
    }),
    nullSender: true,
    state: 'automatic',
  },
  {
    name: 'Auto-Submitted: no is a person',
    raw: plain([ANSWER], { head: ['Auto-Submitted: no'] }),
    state: 'filed',
    text: ANSWER,
  },
  { name: 'Precedence: bulk', raw: plain(['Boletín'], { head: ['Precedence: bulk'] }), state: 'automatic' },
  {
    name: 'Precedence: auto_reply',
    raw: plain(['Ausente'], { head: ['Precedence: auto_reply'] }),
    state: 'away',
  },
  { name: 'X-Autoreply', raw: plain(['Ausente'], { head: ['X-Autoreply: yes'] }), state: 'away' },
  {
    name: 'a mail of ours that came back',
    raw: plain(['Cordial saludo'], { head: ['X-RIAL-Cooperation: 14-per-chl'] }),
    state: 'automatic',
  },
  {
    name: 'from nobody who can be answered',
    raw: plain(['undeliverable']),
    nullSender: true,
    state: 'automatic',
  },
  {
    name: 'a notice that it was read',
    raw: parts('report; report-type=disposition-notification', [
      TEXT,
      [
        'Content-Type: message/disposition-notification',
        '',
        'Disposition: manual-action/MDN-sent-manually; displayed',
      ],
    ]),
    state: 'automatic',
  },
  {
    name: 'parts that never end',
    raw: parts('mixed', [TEXT]).replace('--=_b--\r\n', ''),
    state: 'filed',
    text: ANSWER,
  },
  { name: 'no head at all', raw: `\r\n${ANSWER}\r\n`, state: 'unfiled', unfiled: 'stranger' },
  {
    name: 'bytes that are no mail',
    raw: Buffer.from([0, 255, 1, 254, 10, 0, 13]),
    state: 'unfiled',
    unfiled: 'stranger',
  },
  {
    name: 'deeper than any mail of people',
    raw: HEAD(['Message-ID: <deep@mtpe.example>', 'Content-Type: multipart/mixed; boundary="b0"'])
      .concat(
        '',
        ...Array.from(
          { length: 80 },
          (_, depth) => `--b${depth}\r\nContent-Type: multipart/mixed; boundary="b${depth + 1}"\r\n`,
        ),
        ANSWER,
      )
      .join('\r\n'),
    ...{ state: 'unfiled', unfiled: 'unreadable' },
  },
  {
    name: 'characters that no database keeps',
    raw: plain(['No\u0000 podemos\u202e en julio.']),
    ...{ state: 'filed', text: 'No podemos en julio.' },
  },
];

const dsn = (fields: string[], text: string[] = ['No se pudo entregar.']): string =>
  [
    'From: Mail Delivery System <MAILER-DAEMON@mtpe.example>',
    'Message-ID: <b-1@mtpe.example>',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"',
    '',
    ...['--=_b', 'Content-Type: text/plain; charset=utf-8', '', ...text],
    ...[
      '--=_b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.mtpe.example',
      '',
      ...fields,
      '',
    ],
    ...['--=_b', 'Content-Type: text/rfc822-headers', '', 'Subject: Fechas', ''],
    '--=_b--',
    '',
  ].join('\r\n');
const server = (text: string[], head: string[] = [], from = 'MAILER-DAEMON@mtpe.example'): string =>
  [
    `From: ${from}`,
    `Message-ID: <s-${++counted}@mtpe.example>`,
    'Subject: failure notice',
    ...head,
    '',
    ...text,
    '',
  ].join('\r\n');

/** What mail servers say of a mail of ours, as RFC 3464 has it and as others write it. */
export const BOUNCES: { name: string; raw: string; delivery: Delivery | null }[] = [
  {
    name: 'Postfix: no such user',
    raw: dsn([
      'Final-Recipient: rfc822; x@mtpe.example',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    ]),
    delivery: { failed: true, status: '5.1.1' },
  },
  {
    name: 'Postfix: delayed',
    raw: dsn(['Action: delayed', 'Status: 4.4.1', 'Will-Retry-Until: Sat, 3 Jul 2021 10:00:00 -0500']),
    delivery: { failed: false, status: '4.4.1' },
  },
  {
    name: 'given up after days of a transient fault',
    raw: dsn(['Action: failed', 'Status: 4.4.7']),
    delivery: { failed: true, status: '4.4.7' },
  },
  {
    name: 'delivered',
    raw: dsn(['Action: delivered', 'Status: 2.0.0']),
    delivery: { failed: false, status: '2.0.0' },
  },
  {
    name: 'Exchange: a mailbox that is full',
    raw: dsn(['Action: failed', 'Status: 5.2.2']),
    delivery: { failed: true, status: '5.2.2' },
  },
  {
    name: 'one that says no status but what the other server said',
    raw: dsn(['Action: failed', 'Diagnostic-Code: smtp; 550 User unknown']),
    delivery: { failed: true, status: '5.0.0' },
  },
  {
    name: 'qmail, in its own words',
    raw: server([
      'Hi. This is the qmail-send program at mtpe.example.',
      "I'm afraid I wasn't able to deliver your message to the following addresses.",
      "This is a permanent error; I've given up. Sorry it didn't work out.",
      '',
      '<x@mtpe.example>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
    ]),
    delivery: { failed: true, status: '5.1.1' },
  },
  {
    name: 'Exim, with its header',
    raw: server(
      ['A message that you sent could not be delivered.'],
      ['X-Failed-Recipients: x@mtpe.example'],
      'Mail Delivery System <Mailer-Daemon@mtpe.example>',
    ),
    delivery: { failed: true, status: '5.0.0' },
  },
  {
    name: 'a postmaster in Spanish, with the reply alone',
    raw: server(
      ['No se pudo entregar el mensaje.', '550 usuario desconocido'],
      [],
      'postmaster@mtpe.example',
    ),
    delivery: { failed: true, status: '5.0.0' },
  },
  {
    name: 'a warning in words alone',
    raw: server(['Your message has been delayed. We are still trying to deliver it.']),
    delivery: { failed: false, status: '4.0.0' },
  },
  { name: 'a person who writes of numbers', raw: server(['Somos 550 personas.'], [], JORGE), delivery: null },
];
