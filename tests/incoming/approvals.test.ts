import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { communicationActivities } from '../../activities/communications.ts';
import type { Outside } from '../../activities/context.ts';
import { requestNoticesOf } from '../../activities/requestNotices.ts';
import type { MailRow, PersonRow, RequestRow } from '../../src/casefile/database/schema.ts';
import { communicationsOf } from '../../src/casefile/mails/communications.ts';
import { keepIncoming } from '../../src/casefile/mails/incomingMails.ts';
import { findMail, mailsOf, prepareMail } from '../../src/casefile/mails/mails.ts';
import { findPerson } from '../../src/casefile/people.ts';
import { answersTo, everyAnswerTo, findRequest, recordAnswer } from '../../src/casefile/requests.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { cooperationsOver, type Workflows } from '../../src/client/index.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { caseView } from '../../src/domain/caseView.ts';
import { hoursAfter } from '../../src/domain/dates/dates.ts';
import type { MailDoubt } from '../../src/domain/mails/incomingMail.ts';
import { Refused } from '../../src/domain/refusal.ts';
import type { Resolve } from '../../src/incoming/authenticity.ts';
import { outsideWith } from '../activities/outside.ts';
import { approves, asked, HASH, NOW, setting, the } from '../casefile/changes/setting.ts';
import { crafted, nobodyAnswers, resolving, type Signing, signed } from './signing.ts';

/** «De acuerdo» in reply to a mail that asks for an approval: what is one, what waits for a person, and what is neither. */

setting();

const REPLIES = 'respuestas@coop.example';
const JORGE = 'jlarrea@mtpe.example';
/** Of the mail of each test. */
let token: string;
const OTHER_TOKEN = 'b'.repeat(32);
const REQUEST = 'coordination/approve-programme.1';
const SUBJECT = '[Solicitud] Aprobar los contenidos del programa (versión 1) · hasta el viernes 9 de julio';
const ENCODED = `=?utf-8?B?${Buffer.from(`RE: ${SUBJECT}`).toString('base64')}?=`;

let outside: Outside;
let sent: { to: string; parsed: Email }[];
let now: string;
let resolve: Resolve;
beforeEach(async () => {
  token = randomBytes(16).toString('hex');
  sent = [];
  now = NOW;
  resolve = resolving();
  outside = outsideWith(
    async ({ to, raw }) => {
      sent.push({ to, parsed: await PostalMime.parse(raw) });
    },
    { replies: REPLIES, site: 'https://cooperacion.oas.example', now: () => now },
  );
  const { db, id } = the();
  // Mails of other tests have the same subject and are to the same address.
  await db.updateTable('mail').set({ subject: 'Antes' }).where('address', '=', JORGE).execute();
  await db
    .updateTable('person')
    .set({ email: JORGE, name: 'Jorge Larrea' })
    .where('cooperation', '=', id)
    .where('id', '=', 'per-mtpe-1')
    .execute();
  await asked(REQUEST, ['per-mtpe', 'chl-mtps'], { item: 1 });
});

const client = (on = true) =>
  cooperationsOver({
    caseFile: the().db,
    documents: outside.documents,
    now: () => now,
    ...(on && { mailAnswers: { address: REPLIES, resolve: (name, type) => resolve(name, type) } }),
    workflows: {
      respond: async (cooperation: string, given: Answer) => {
        const refusal = await recordAnswer(the().db, cooperation, given, now);
        if (refusal) throw new Refused(refusal);
        return { at: now, stillOwing: [] };
      },
      takeBack: async () => ({ at: now, stillOwing: [] }),
      sendCommunication: async (_: unknown, number: number) => {
        await communicationActivities(outside).sendCommunication({ cooperation: the().id, number });
      },
    } as unknown as Workflows,
  });

/** The mail that asks Jorge Larrea. */
async function asking(request = REQUEST, notice: MailRow['notice'] = 'request'): Promise<MailRow> {
  const key = `${the().id}|${request}|per-mtpe-1`;
  await prepareMail(the().db, {
    ...{ key, cooperation: the().id, notice, request, person: 'per-mtpe-1', address: JORGE },
    ...{ subject: SUBJECT, messageId: `<${key}@rial.example>`, sha256: HASH, replyToken: token },
    preparedAt: NOW,
  });
  await the().db.updateTable('mail').set({ state: 'sent' }).where('key', '=', key).execute();
  return (await findMail(the().db, key)) as MailRow;
}

type Composed = {
  from?: string;
  to?: string;
  subject?: string;
  head?: string[];
  type?: string;
  id?: string;
  date?: string;
};
let counted = 0;
const reply = (
  body: string,
  {
    from = `Jorge Larrea <${JORGE}>`,
    to = `RIAL <respuestas+r${token}@coop.example>`,
    subject = ENCODED,
    head = [],
    type = 'text/plain; charset=utf-8',
    id = `approval-${++counted}`,
    date = 'Thu, 1 Jul 2021 12:00:00 -0500',
  }: Composed = {},
): string => {
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Date: ${date}`,
    `Message-ID: <${id}@mtpe.example>`,
    'MIME-Version: 1.0',
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: 8bit',
    ...head,
    '',
    ...body.split('\n'),
    '',
  ];
  // A letter for each byte, as mails are.
  return Buffer.from(lines.join('\r\n')).toString('latin1');
};

async function come(mail: MailRow, raw: string): Promise<void> {
  const { sha256, size } = await outside.documents.put(Readable.from([Buffer.from(raw, 'latin1')]));
  await keepIncoming(the().db, {
    ...{ cooperation: the().id, mail: mail.key, purpose: 'reply', sha256, size, cameAt: now },
    nullSender: false,
  });
}
const file = async (on = true) => {
  const failures: unknown[] = [];
  await client(on).fileMails((error) => failures.push(error));
  expect(failures).toEqual([]);
};
const talk = () => communicationsOf(the().db, the().id);
const standing = () => answersTo(the().db, the().id, REQUEST);

const QUOTED =
  '\n\nEl jue, 1 jul 2021 a las 9:00, RIAL (<coop@rial.example>) escribió:\n> ¿Aprueba la versión 1?';
const SIGNED = '\n\nSaludos cordiales,\n\nJorge Larrea\nDirector de Políticas\nMinisterio de Trabajo';
const OUTLOOK = `${QUOTED.slice(0, 2)}De: RIAL <coop@rial.example>\nEnviado el: jueves, 1 de julio de 2021\nPara: Jorge\nAsunto: Aprobar\n\n¿Aprueba?`;

type Case = {
  name: string;
  raw: () => string | Promise<string>;
  /** An approval; why it waits; or nothing of the kind. */
  becomes: 'taken' | MailDoubt | 'message' | 'unfiled' | 'nothing';
  before?: () => Promise<unknown>;
};
const approving = (
  name: string,
  body: string,
  composed: Composed = {},
  signing: Signing | 'none' = {},
): Pick<Case, 'name' | 'raw'> => ({
  name,
  raw: () => (signing === 'none' ? reply(body, composed) : signed(reply(body, composed), signing)),
});
const cases = (becomes: Case['becomes'], all: (Pick<Case, 'name' | 'raw'> & Partial<Case>)[]): Case[] =>
  all.map((one) => ({ becomes, ...one }));

/** Plain and HTML of the same, as programs send them. */
const inTwoForms = (plain: string, html: string, composed: Composed = {}, subtype = 'alternative') =>
  reply(
    [
      `--_f\nContent-Type: text/plain; charset=utf-8\n\n${plain}`,
      `--_f\nContent-Type: text/html; charset=utf-8\n\n${html}`,
      '--_f--',
    ].join('\n'),
    { type: `multipart/${subtype}; boundary="_f"`, ...composed },
  );
const GOOGLE = 'To:Subject:Message-ID:Date:From:MIME-Version';
const MICROSOFT = 'From:Date:Subject:Message-ID:Content-Type:MIME-Version';
const HTML: Composed = { type: 'text/html; charset=utf-8' };
/** The mail of somebody who did not agree, with another text above its own that only some programs take for one. */
const withHeadCutBy = async (end: string) =>
  (await signed(reply('No apruebo'))).replace(
    '\r\n\r\n',
    `\r\nX-A: b${end}De acuerdo\r\nOn 1 July, RIAL wrote:\r\n\r\n`,
  );

const CASES: Case[] = [
  ...cases('taken', [
    approving('as it is asked for', 'De acuerdo'),
    approving('with a full stop, in capitals', 'DE ACUERDO.'),
    approving('in quotation marks', '«De acuerdo»'),
    approving('above what it quotes', `De acuerdo.${QUOTED}`),
    approving('above what Outlook quotes', `Conforme${OUTLOOK}`),
    approving('with a closing and who writes', `Estamos de acuerdo.${SIGNED}${QUOTED}`),
    approving(
      'with a greeting, thanks and a name',
      'Estimada Ana:\n\nAprobado, muchas gracias.\n\nJorge Larrea',
    ),
    approving(
      'with what an institution puts below every mail',
      `Apruebo.${SIGNED}\n\nAviso de confidencialidad: si usted no es el destinatario, no lo lea.`,
    ),
    approving('from a telephone', 'Lo apruebo\n\nEnviado desde mi iPhone'),
    approving('in English', 'I agree.\n\nBest regards,\nJorge'),
    approving('in English, in one word', 'Approved!'),
    approving('in Portuguese', 'De acordo.\n\nAtenciosamente,\nJorge Larrea'),
    approving('in French, with a curly apostrophe', 'D’accord.'),
    approving('in French, with an accent', 'Approuvé\n\nCordialement'),
    approving('in decomposed letters', 'J’approuve.'.normalize('NFD')),
    approving('as HTML alone', '<html><body><p>De acuerdo.</p></body></html>', {
      type: 'text/html; charset=utf-8',
    }),
    {
      name: 'of an organization that signs the subject and not To',
      raw: () =>
        signed(reply('De acuerdo'), {
          fields: 'From:Date:Subject:Message-ID:Content-Type:Content-Transfer-Encoding:MIME-Version',
        }),
    },
    approving(
      'signed by the mail server of the same organization',
      'De acuerdo',
      {},
      { domain: 'correo.mtpe.example' },
    ),
    {
      name: 'with another signature beside that of its sender',
      raw: async () => signed(await signed(reply('De acuerdo')), { domain: 'otro.example' }),
    },
  ]),
  ...cases('taken', [
    {
      name: 'in two forms, as Google signs it',
      raw: () =>
        crafted(inTwoForms('De acuerdo', '<div>De acuerdo</div>'), {
          fields: GOOGLE,
          more: ' t=1625158800;',
        }),
    },
    {
      name: 'in two forms, as Microsoft signs it',
      raw: () =>
        crafted(
          inTwoForms(
            `De acuerdo\n\nJorge Larrea\n\n________________________________\nDe: RIAL`,
            '<html><head><style type="text/css" style="display:none;"> P {margin-top:0;} </style></head><body><div style="font-size: 12pt">De acuerdo</div><div>Jorge Larrea</div><hr><div id="divRplyFwdMsg"><span style="display:none">x</span></div></body></html>',
          ),
          { fields: MICROSOFT },
        ),
    },
    approving('with who writes below two hyphens', `De acuerdo\n\n-- \nMinisterio de Trabajo\nTel. 123 456`),
  ]),
  ...cases('unclear', [
    approving('as a question', '¿De acuerdo?'),
    approving('as a question in a greeting', 'Hola, ¿estamos\nde acuerdo?'),
    approving('in a sentence that says no over two lines', 'Hola, nosotros nunca estaremos\nde acuerdo.'),
    approving('with a thumb that points down', 'De acuerdo 👎'),
    approving('in a box that is not ticked', '☐ De acuerdo'),
    approving('in brackets to be filled', '( ) De acuerdo'),
    approving('in letters that are struck through', [...'De acuerdo'].join('\u0336')),
    approving('backwards for who reads it', '\u202eDe acuerdo'),
    approving('with thanks for something else', 'De acuerdo.\n\nGracias por mover la sesión 2 al martes'),
    approving('waiting for something', 'De acuerdo.\n\nQuedo esperando la otra fecha'),
    approving('with a postscript', `De acuerdo.${SIGNED}\n\nPD: la sesión 2 va el martes.`),
    approving('with a note', `De acuerdo.${SIGNED}\n\nNota: la sesión 2 va el martes, cambien la fecha.`),
    approving('with a condition below two hyphens', 'De acuerdo\n--\nsiempre que cambien la fecha'),
    approving(
      'in what is quoted in HTML alone',
      '<div><br></div><blockquote type="cite"><div>De acuerdo</div></blockquote>',
      HTML,
    ),
    approving('struck through in HTML', '<p><s>De acuerdo</s></p>', HTML),
    approving('that HTML hides', '<p style="display: none">De acuerdo</p><img src="cid:no">', HTML),
    approving('too small to be seen', '<p style="font-size:0px">De acuerdo</p>', HTML),
    approving(
      'that a style hides',
      '<html><head><style>p{display:none}</style></head><p>De acuerdo</p></html>',
      HTML,
    ),
    {
      name: 'of which the other form says no',
      raw: () => signed(inTwoForms('De acuerdo', '<p>No apruebo</p>')),
    },
    {
      name: 'of which the other form says more',
      raw: () => signed(inTwoForms('De acuerdo', '<p>De acuerdo</p><p>La sesión 2 va el martes</p>')),
    },
    { name: 'in two parts', raw: () => signed(inTwoForms('De acuerdo', '<p>Todavía no</p>', {}, 'mixed')) },
    approving('with a condition', 'De acuerdo, pero cambien la fecha.'),
    approving('with a condition below', `De acuerdo.\n\nSi cambian la fecha.`),
    approving('with more beside it', 'De acuerdo con la sesión 2.'),
    approving('with a yes, which is also an if', 'Sí, de acuerdo'),
    approving('after what is no greeting', 'Revisamos el programa.\n\nDe acuerdo.'),
    approving(
      'with an answer between what it quotes',
      '> ¿Aprueba la versión 1?\nDe acuerdo\n> ¿Y la sesión 2?\nTodavía no',
    ),
  ]),
  ...cases('unsigned', [
    {
      name: 'signed in part, with more below',
      raw: () => `${crafted(reply('De acuerdo'), { length: 10 })}\r\n`,
    },
    { name: 'signed up to its end', raw: () => crafted(reply('De acuerdo'), { length: 12 }) },
    { name: 'signed with SHA-1', raw: () => crafted(reply('De acuerdo'), { algorithm: 'rsa-sha1' }) },
    { name: 'signed with a key of 512 bits', raw: () => crafted(reply('De acuerdo'), { selector: 'corta' }) },
    {
      name: 'signed until yesterday',
      raw: () => crafted(reply('De acuerdo'), { more: ' t=1625000000; x=1625060000;' }),
    },
    { name: 'signed tomorrow', raw: () => crafted(reply('De acuerdo'), { more: ' t=1625260000;' }) },
    {
      name: 'signed before it was asked for',
      raw: () => crafted(reply('De acuerdo'), { more: ' t=1625060000;' }),
    },
    {
      name: 'written before it was asked for',
      raw: () => signed(reply('De acuerdo', { date: 'Wed, 30 Jun 2021 12:00:00 -0500' })),
    },
    {
      name: 'without a date',
      raw: async () =>
        (
          await signed(reply('De acuerdo'), {
            fields: 'From:To:Subject:MIME-Version:Content-Type:Content-Transfer-Encoding',
          })
        ).replace(/Date: .*\r\n/, ''),
    },
    ...['MIME-Version', 'Content-Type', 'Content-Transfer-Encoding', 'Date', 'From'].map((left) => ({
      name: `whose signature leaves out ${left}`,
      raw: () =>
        crafted(reply('De acuerdo'), {
          fields: [
            'From',
            'To',
            'Subject',
            'Date',
            'MIME-Version',
            'Content-Type',
            'Content-Transfer-Encoding',
          ]
            .filter((field) => field !== left)
            .join(':'),
        }),
    })),
    {
      name: 'of which another type makes another text',
      raw: () =>
        crafted(reply('No apruebo.\n\n--x\n\nDe acuerdo\n--x--'), { fields: GOOGLE }).replace(
          'text/plain; charset=utf-8',
          'multipart/mixed; boundary=x',
        ),
    },
    ...['To', 'Subject', 'Date', 'Content-Type', 'Reply-To', 'MIME-Version'].map((name) => ({
      name: `with ${name} twice`,
      raw: async () => {
        const raw = await signed(reply('De acuerdo', { head: ['Reply-To: jlarrea@mtpe.example'] }));
        const field = new RegExp(`^${name}: .*\\r\\n`, 'm').exec(raw)?.[0] ?? '';
        return `${field}${raw}`;
      },
    })),
    { name: 'whose head ends twice, by a carriage return', raw: () => withHeadCutBy('\r\n\r\r\n') },
    { name: 'whose head ends twice, by another', raw: () => withHeadCutBy('\r\r\n\r\r\n') },
    {
      name: 'that a colleague got in the same thread',
      raw: () => signed(reply('De acuerdo', { to: 'ana@mtpe.example' })),
    },
    {
      name: 'with a hidden second author',
      raw: () => signed(reply('De acuerdo', { from: `${JORGE}, otro@otro.example` })),
    },
    {
      ...approving(
        'whose subject another mail has, too',
        'De acuerdo',
        {},
        { fields: 'From:Date:Subject:Message-ID:Content-Type:Content-Transfer-Encoding:MIME-Version' },
      ),
      before: async () => {
        const mail = await asking();
        const key = `${the().id}|other`;
        await prepareMail(the().db, {
          ...{ key, cooperation: the().id, notice: 'request', request: 'coordination/approve-programme.9' },
          ...{
            person: 'per-mtpe-1',
            address: JORGE,
            subject: mail.subject,
            messageId: `<${key}@rial.example>`,
          },
          ...{ sha256: HASH, replyToken: OTHER_TOKEN, preparedAt: NOW },
        });
      },
    },
    ...['ESERVFAIL', 'EREFUSED', 'EBADRESP'].map((code) => ({
      ...approving(`while the name system answers ${code}`, 'De acuerdo'),
      before: async () => {
        resolve = async () => {
          throw Object.assign(new Error('away'), { code });
        };
      },
    })),
    {
      ...approving('while its rules cannot be asked for', 'De acuerdo'),
      before: async () => {
        const answering = resolving();
        resolve = (name, type) =>
          name.startsWith('_dmarc') ? nobodyAnswers(name, type) : answering(name, type);
      },
    },
    {
      ...approving('with an answer without end', 'De acuerdo'),
      before: async () => {
        const answering = resolving();
        resolve = async (name, type) => [
          ...((await answering(name, type)) as string[][]),
          ...Array.from({ length: 5000 }, (_, index) => [`more of it ${index}`]),
        ];
      },
    },
    {
      name: 'with a signature of another and the words of ARC',
      raw: async () =>
        `ARC-Authentication-Results: i=1; mx.example; dkim=pass header.d=mtpe.example; spf=pass\r\nAuthentication-Results: coop.example; dmarc=pass header.from=mtpe.example\r\n${await signed(reply('De acuerdo'), { domain: 'otro.example' })}`,
    },
    approving('without a signature', 'De acuerdo', {}, 'none'),
    approving('signed by somebody else', 'De acuerdo', {}, { domain: 'otro.example' }),
    approving('signed with a key that is not published', 'De acuerdo', {}, { selector: 's9' }),
    approving('signed with another key', 'De acuerdo', {}, { key: 'stranger' }),
    approving('signed with a key on trial', 'De acuerdo', {}, { selector: 'prueba' }),
    {
      name: 'altered after it was signed',
      raw: async () => (await signed(reply('No apruebo'))).replace('No apruebo', 'De acuerdo'),
    },
    {
      name: 'with a second From above the signed one',
      raw: async () => `From: Jorge Larrea <${JORGE}>\r\n${await signed(reply('De acuerdo'))}`,
    },
    {
      name: 'that another mail to somebody else was',
      raw: () => signed(reply('De acuerdo', { to: 'ana@mtpe.example', subject: 'RE: ¿Almorzamos?' })),
    },
    {
      name: 'that another mail to somebody else was, with To added',
      raw: async () =>
        (
          await signed(reply('De acuerdo', { to: 'ana@mtpe.example', subject: 'RE: ¿Almorzamos?' }), {
            fields: 'From:Date:Message-ID',
          })
        ).replace('To: ana@mtpe.example', `To: respuestas+r${token}@coop.example`),
    },
    {
      ...approving('while nobody says whose it is', 'De acuerdo'),
      before: async () => {
        resolve = nobodyAnswers;
      },
    },
  ]),
  ...cases('sender', [
    approving('of somebody else of the institution', 'De acuerdo', { from: 'colega@mtpe.example' }),
  ]).map((one) => ({
    ...one,
    before: () =>
      the()
        .db.updateTable('person')
        .set({ email: 'colega@mtpe.example' })
        .where('cooperation', '=', the().id)
        .where('id', '=', 'per-mtpe-2')
        .execute(),
  })),
  ...cases('several', [
    {
      name: 'to two mails of ours',
      raw: () =>
        signed(
          reply('De acuerdo', {
            to: `respuestas+r${token}@coop.example, respuestas+r${OTHER_TOKEN}@coop.example`,
          }),
        ),
    },
    {
      ...approving('from a mailbox that several share', 'De acuerdo'),
      before: () =>
        the()
          .db.updateTable('person')
          .set({ email: JORGE })
          .where('cooperation', '=', the().id)
          .where('id', '=', 'per-mtpe-2')
          .execute(),
    },
  ]),
  ...cases('files', [
    {
      name: 'with a file',
      raw: () =>
        signed(
          reply(
            [
              '--=_b\nContent-Type: text/plain; charset=utf-8\n\nDe acuerdo',
              '--=_b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nJVBERi0=',
              '--=_b--',
            ].join('\n'),
            { type: 'multipart/mixed; boundary="=_b"' },
          ),
        ),
    },
  ]),
  ...cases('paused', [
    {
      ...approving('while the cooperation is paused', 'De acuerdo'),
      before: () =>
        the().db.updateTable('cooperation').set({ pausedAt: NOW }).where('id', '=', the().id).execute(),
    },
  ]),
  ...cases('closed', [
    {
      ...approving('after the request was closed', 'De acuerdo'),
      before: () =>
        the()
          .db.updateTable('request')
          .set({ closedAt: NOW, lapse: 'superseded', outcome: 'lapsed' })
          .where('cooperation', '=', the().id)
          .execute(),
    },
  ]),
  ...cases('superseded', [
    {
      ...approving('about a version that another has taken the place of', 'De acuerdo'),
      before: async () => {
        await the()
          .db.updateTable('request')
          .set({ closedAt: NOW, lapse: 'superseded', outcome: 'lapsed' })
          .where('cooperation', '=', the().id)
          .execute();
        await asked('coordination/approve-programme.2', ['per-mtpe', 'chl-mtps'], {
          ...{ item: 2, openedAt: NOW },
        });
      },
    },
  ]),
  ...cases('answered', [
    {
      ...approving('after a colleague has answered', 'De acuerdo'),
      before: () => approves(REQUEST, 'per-mtpe-2'),
    },
  ]),
  ...cases('message', [
    approving('which is none', 'No estamos de acuerdo.'),
    approving('a question', '¿Cuándo es la sesión?'),
    approving('from a list', 'De acuerdo', { head: ['List-Id: <equipo.mtpe.example>'] }),
    approving('passed on', 'De acuerdo', { subject: `Fwd: ${SUBJECT.slice(0, 20)}` }),
    approving('handed on once more', 'De acuerdo', { head: ['Resent-From: x@otro.example'] }),
  ]),
  ...cases('unfiled', [
    { ...approving('from an address that nobody has', 'De acuerdo', { from: 'jorge@casa.example' }) },
  ]),
  ...cases('nothing', [
    approving('of a program', 'De acuerdo', { head: ['Auto-Submitted: auto-replied'] }),
    approving('of a mailbox whose owner is away', 'De acuerdo', {
      subject: 'Respuesta automática: De acuerdo',
    }),
  ]),
];

it('has at least 45 shapes', () => expect(CASES.length).toBeGreaterThanOrEqual(45));

describe.each(CASES)('$becomes: $name', ({ raw, becomes, before }) => {
  it('is that, once', async () => {
    const mail = await asking();
    await before?.();
    const given = (await standing()).length;
    const bytes = await raw();
    await come(mail, bytes);
    await file();
    await come(mail, `Received: by relay.example\r\n${bytes}`);
    await file();
    const filed = await talk();
    const answers = await standing();
    expect(answers).toHaveLength(given + (becomes === 'taken' ? 1 : 0));
    if (becomes === 'nothing') return expect(filed).toEqual([]);
    expect(filed).toHaveLength(1);
    const [one] = filed;
    const read = one?.mail?.answer;
    if (becomes === 'message') {
      expect(one?.kind).toBe('enquiry');
      return expect(read).toBeUndefined();
    }
    if (becomes === 'unfiled') {
      expect(one).toMatchObject({ kind: 'received', mail: { unfiled: 'stranger' } });
      return expect(read).toMatchObject({ doubt: 'sender', person: 'per-mtpe-1' });
    }
    if (becomes === 'taken') {
      expect(answers[0]).toMatchObject({
        ...{ party: 'per-mtpe', by: 'per-mtpe-1', decision: 'approve', door: { door: 'mail' } },
      });
      expect(read).toMatchObject({ says: 'approves', request: REQUEST, subject: HASH });
      expect(read?.signedBy).toMatch(/mtpe\.example$/);
      expect(sent.map(({ to }) => to)).toEqual([JORGE]);
      expect(sent[0]?.parsed.text).toContain('aprueba');
    } else {
      expect(read).toMatchObject({ says: 'approves', doubt: becomes });
      // It goes on as what it was before.
      expect(one?.kind).toBe('enquiry');
      const receipt = sent.find(({ to }) => to === one?.mail?.from)?.parsed.text?.replace(/\s+/g, ' ');
      expect(receipt).toContain('no cuenta como respuesta');
    }
    expect(caseView.safeParse(await viewOf(the().db, the().id, now)).error).toBeUndefined();
  });
});

it.each([
  ['correo.estricto.example', 'unsigned'],
  ['estricto.example', undefined],
])('a domain that wants its own name alone: signed by %s, %s', async (domain, doubt) => {
  await moved('jlarrea@estricto.example');
  await come(
    await asking(),
    await signed(reply('De acuerdo', { from: 'jlarrea@estricto.example' }), { domain }),
  );
  await file();
  expect((await talk())[0]?.mail?.answer?.doubt).toBe(doubt);
});

it.each([
  ['mtpe.gob.pe', undefined],
  ['otro.gob.pe', 'unsigned'],
  ['gob.pe', 'unsigned'],
])('what all ministries of a country share signs for none: %s', async (domain, doubt) => {
  await moved('jlarrea@mtpe.gob.pe');
  await come(await asking(), await signed(reply('De acuerdo', { from: 'jlarrea@mtpe.gob.pe' }), { domain }));
  await file();
  expect((await talk())[0]?.mail?.answer?.doubt).toBe(doubt);
});

it('eight signatures of domains that do not answer are asked about once', async () => {
  const names: string[] = [];
  resolve = async (name, type) => {
    names.push(name);
    return nobodyAnswers(name, type);
  };
  let raw = reply('De acuerdo');
  for (let index = 0; index < 8; index++) raw = await signed(raw, { domain: `d${index}.mtpe.example` });
  await come(await asking(), raw);
  await file();
  expect(names).toHaveLength(1);
  expect((await talk())[0]?.mail?.answer?.doubt).toBe('unsigned');
});

it('a domain that publishes no rules has its own signature for it', async () => {
  await moved('jlarrea@callado.example');
  const from = 'jlarrea@callado.example';
  await come(await asking(), await signed(reply('De acuerdo', { from }), { domain: 'callado.example' }));
  await file();
  expect((await talk())[0]?.mail?.answer).toMatchObject({ signedBy: 'callado.example' });
});

const moved = (email: string) =>
  the()
    .db.updateTable('person')
    .set({ email })
    .where('cooperation', '=', the().id)
    .where('id', '=', 'per-mtpe-1')
    .execute();

it('nobody is asked about a mail that is no approval', async () => {
  const names: string[] = [];
  resolve = resolving(undefined, names);
  await come(await asking(), await signed(reply('¿Cuándo es la sesión?')));
  await file();
  expect(names).toEqual([]);
  await come(await asking(), await signed(reply('De acuerdo')));
  await file();
  expect(names).toContain('s1._domainkey.mtpe.example');
});

it('where it is not switched on, it is a message', async () => {
  await come(await asking(), await signed(reply('De acuerdo')));
  await file(false);
  expect(await standing()).toEqual([]);
  expect((await talk())[0]).toMatchObject({ kind: 'enquiry', text: 'De acuerdo' });
  expect((await talk())[0]?.mail?.answer).toBeUndefined();
});

it('what cannot be approved in words is a message', async () => {
  await asked('documents/send-documents.1', ['per-mtpe']);
  const mail = await asking('documents/send-documents.1');
  await come(mail, await signed(reply('De acuerdo')));
  await file();
  expect((await talk())[0]?.mail?.answer).toBeUndefined();
});

describe('what tells how it was read', () => {
  /** An approval that was taken, and the mail that tells of it. */
  async function told(): Promise<{ mail: MailRow; to: string; subject: string }> {
    await come(await asking(), await signed(reply('De acuerdo')));
    await file();
    const mail = (await mailsOf(the().db, the().id)).find(
      ({ notice }) => notice === 'answer-by-mail',
    ) as MailRow;
    sent = [];
    return {
      mail,
      to: `respuestas+r${mail.replyToken}@coop.example`,
      subject: `=?utf-8?B?${Buffer.from(`RE: ${mail.subject}`).toString('base64')}?=`,
    };
  }
  const every = () => everyAnswerTo(the().db, the().id, REQUEST);

  it('leads to the page of the request, and says until when', async () => {
    await come(await asking(), await signed(reply('De acuerdo')));
    await file();
    const { parsed } = sent[0] as (typeof sent)[number];
    expect(parsed.text).toContain('Aprobar los contenidos del programa (versión 1)');
    expect(parsed.text).toMatch(/responda «No» a este correo antes del .*2 de julio/);
    const [link] = await the()
      .db.selectFrom('accessLink')
      .selectAll()
      .where('cooperation', '=', the().id)
      .execute();
    expect(link?.path).toBe(`/c/${the().id}/requests/${REQUEST}`);
  });

  it.each(['No', 'No.', 'Não', 'Non', 'No es así'])('«%s» takes it back within a day', async (text) => {
    const { mail, ...composed } = await told();
    now = hoursAfter(NOW, 23);
    await come(mail, await signed(reply(text, composed)));
    await file();
    expect(await standing()).toEqual([]);
    expect(await every()).toMatchObject([{ withdrawnHow: 'taken-back', withdrawnBy: 'per-mtpe-1' }]);
    expect(sent.map(({ to }) => to)).toEqual([JORGE]);
    expect(sent[0]?.parsed.text).toMatch(/sigue\s+pendiente/);
    // What was taken back is not given again by the same words.
    await come(await asking(), await signed(reply('De acuerdo')));
    await file();
    expect((await talk()).at(-1)?.mail?.answer).toMatchObject({ doubt: 'answered' });
    expect(await standing()).toEqual([]);
  });

  it.each<[string, MailDoubt, (composed: Composed) => Promise<string>]>([
    ['a day later', 'late', (composed) => signed(reply('No', composed))],
    ['without a signature', 'unsigned', async (composed) => reply('No', composed)],
  ])('«No» %s is a message', async (_, doubt, raw) => {
    const { mail, ...composed } = await told();
    if (doubt === 'late') now = hoursAfter(NOW, 25);
    await come(mail, await raw(composed));
    await file();
    expect(await standing()).toHaveLength(1);
    expect((await talk()).at(-1)).toMatchObject({
      kind: 'enquiry',
      mail: { answer: { says: 'declines', doubt } },
    });
  });

  it('«No» once all have answered is a message, for what follows has begun', async () => {
    const { mail, ...composed } = await told();
    await approves(REQUEST, 'chl-mtps-1');
    await come(mail, await signed(reply('No', composed)));
    await file();
    expect(await standing()).toHaveLength(2);
    expect((await talk()).at(-1)).toMatchObject({ kind: 'enquiry', mail: { answer: { doubt: 'used' } } });
  });

  it('thanks are a message', async () => {
    const { mail, ...composed } = await told();
    await come(mail, await signed(reply('Gracias', composed)));
    await file();
    expect(await standing()).toHaveLength(1);
    expect((await talk()).at(-1)?.mail?.answer).toBeUndefined();
  });
});

it('the mail that asks says that it can be answered so, where it can', async () => {
  const { db, id } = the();
  const row = (await findRequest(db, id, REQUEST)) as RequestRow;
  await asked('documents/send-documents.1', ['per-mtpe']);
  const documents = (await findRequest(db, id, 'documents/send-documents.1')) as RequestRow;
  const person = (await findPerson(db, id, 'per-mtpe-1')) as PersonRow;
  const officer = (await findPerson(db, id, 'oas-1')) as PersonRow;
  const noticed = async (request: RequestRow, answers: boolean, of = person) =>
    (await requestNoticesOf({ ...outside, sender: { ...outside.sender, answers } }, request, ['per-mtpe']))(
      of,
    ).byMail;
  expect(await noticed(row, true)).toBe(true);
  expect(await noticed(row, false)).toBeUndefined();
  expect(await noticed(row, true, officer)).toBeUndefined();
  expect(await noticed(documents, true)).toBeUndefined();
});

describe('what waits for the Secretariat', () => {
  it('is recorded by one click as the answer of whoever it is of, who is told', async () => {
    await come(await asking(), reply('De acuerdo'));
    await file();
    sent = [];
    const { number } = (await talk())[0] as { number: number };
    const recorded = await client().recordMailAnswer(the().id, { by: 'oas-1', communication: number });
    expect(recorded).toEqual({ request: REQUEST, at: NOW });
    expect(await standing()).toMatchObject([
      {
        by: 'per-mtpe-1',
        decision: 'approve',
        door: { door: 'staff', by: 'oas-1' },
        data: { recorded: { by: 'oas-1' } },
      },
    ]);
    expect(sent.map(({ to }) => to)).toEqual([JORGE]);
    expect(sent[0]?.parsed.text).toMatch(/como\s+la\s+aprobación\s+de\s+su\s+institución/);
    // Once more changes nothing.
    await client().recordMailAnswer(the().id, { by: 'oas-1', communication: number });
    expect(await standing()).toHaveLength(1);
    expect(await talk()).toHaveLength(2);
  });

  it('is recorded of somebody who wrote from elsewhere, and the mail is seen to', async () => {
    await come(await asking(), reply('De acuerdo', { from: 'jorge@casa.example' }));
    await file();
    const { number } = (await talk())[0] as { number: number };
    await client().recordMailAnswer(the().id, { by: 'oas-1', communication: number });
    expect(await standing()).toMatchObject([{ by: 'per-mtpe-1' }]);
    expect((await talk())[0]).toMatchObject({ seenToBy: 'oas-1' });
  });

  it('is not recorded by others, nor where there is none', async () => {
    await come(await asking(), reply('¿Cuándo es la sesión?'));
    await come(await asking(), reply('De acuerdo'));
    await file();
    const record = (given: { by: string; communication: number }) =>
      client()
        .recordMailAnswer(the().id, given)
        .then(
          () => 'recorded',
          (error: Refused) => error.code,
        );
    expect(await record({ by: 'oas-1', communication: 1 })).toBe('MailAnswerUnknown');
    expect(await record({ by: 'oas-1', communication: 9 })).toBe('MailAnswerUnknown');
    expect(await record({ by: 'chl-mtps-1', communication: 2 })).toBe('NotSecretariat');
    expect(await standing()).toEqual([]);
  });
});
