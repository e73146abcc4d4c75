import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeActivities } from '../../activities/changes.ts';
import type { Outside } from '../../activities/context.ts';
import { deliver } from '../../activities/email.ts';
import { cooperationOf } from '../../activities/headings.ts';
import { makeProgramme } from '../../activities/publications.ts';
import { changesOf, enterChange } from '../../src/casefile/changes/index.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { everyoneOf } from '../../src/casefile/people.ts';
import { noteIssued, programmesOf } from '../../src/casefile/programmes.ts';
import { addQuestion } from '../../src/casefile/questions.ts';
import { readRecord } from '../../src/casefile/record.ts';
import { diskStore } from '../../src/documents/disk.ts';
import type { Change } from '../../src/domain/change.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import {
  answers,
  approves,
  asked,
  CHILE,
  DELEGATIONS,
  invited,
  NOW,
  OAS,
  PERU,
  setting,
  the,
  written,
} from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

setting();

const REASON = 'La delegación lo pidió por escrito.';
const REQUEST = 'documents/send-documents.1';
let folder: string;
let outside: Outside;
/** Who got what: the person's id, and the mail as it was read. */
let sent: {
  to: string;
  text: string;
  subject: string;
  attached: string[];
  calendar?: string;
  /** All calendar objects: what the program shows, and those in files. */
  objects: string[];
  /** Its ways to the site. */
  links: string[];
}[] = [];
let away: string[] = [];
const { recordChange, tellChange, requestTimes, announceWindowRanOut } = {
  recordChange: (change: number) =>
    changeActivities(outside).recordChange({ cooperation: the().id, change, at: NOW }),
  tellChange: (change: number) => changeActivities(outside).tellChange({ cooperation: the().id, change }),
  requestTimes: (requests: string[]) =>
    changeActivities(outside).requestTimes({ cooperation: the().id, requests }),
  announceWindowRanOut: (session: number) =>
    changeActivities(outside).announceWindowRanOut({
      cooperation: the().id,
      session,
      round: 1,
      why: 'time',
    }),
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rial-changes-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(async () => {
  sent = [];
  away = [];
  const { db, id } = the();
  outside = outsideWith(
    async ({ to, raw }) => {
      const person = await personAt(to);
      if (away.includes(person)) throw new MailUnavailable('ECONNECTION', 'away');
      const mail = await PostalMime.parse(raw);
      const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
      const files = mail.attachments.filter(({ filename }) => /^invite-\d+\.ics$/.test(filename ?? ''));
      sent.push({
        to: person,
        text: (mail.text ?? '').replace(/\s+/g, ' '),
        subject: mail.subject ?? '',
        attached: mail.attachments.flatMap(({ filename }) => filename ?? []),
        ...(calendar && { calendar: textOf(calendar.content) }),
        objects: [...(calendar ? [calendar] : []), ...files].map(({ content }) => textOf(content)),
        links: [...new Set((mail.text ?? '').match(/https:\/\/rial\.example\/r\/\w+/g))],
      });
    },
    { documents: diskStore(folder) },
  );
  const version = await makeProgramme(outside, id, 'coordination.1');
  await noteIssued(db, id, version.version, NOW);
});

const textOf = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : Buffer.from(content as ArrayBuffer).toString('utf8');

async function personAt(address: string): Promise<string> {
  const people = await the()
    .db.selectFrom('person')
    .select(['id', 'email', 'active'])
    .where('cooperation', '=', the().id)
    .execute();
  return people.findLast(({ email }) => email === address)?.id ?? address;
}

/** Makes a change and tells it; the same once more tells nobody anything. */
async function told(what: Change): Promise<number> {
  const number = await enterChange(the().db, the().id, { what, reason: REASON }, NOW);
  const { refusal } = await recordChange(number);
  if (refusal) throw new Error(refusal.code);
  await tellChange(number);
  const before = sent.length;
  await tellChange(number);
  expect(sent).toHaveLength(before);
  return number;
}
const to = (mails = sent) => mails.map((mail) => mail.to);
const mailTo = (person: string) => {
  const mail = sent.find((one) => one.to === person);
  if (!mail) throw new Error(`no mail to ${person}`);
  return mail;
};
const property = (calendar: string | undefined, name: string) =>
  new RegExp(`^${name}[^:\r\n]*:(.*?)\r?$`, 'm').exec(
    (calendar ?? '').replace(/BEGIN:VTIMEZONE.*END:VTIMEZONE/s, ''),
  )?.[1];

describe('what is told of a change', () => {
  it('that invites says where materials are put in and until when, to those who may', async () => {
    await invited(2, '2021-08-17T15:00:00.000Z');
    // A Monday in Washington: the materials are to be there on Friday.
    await told({ change: 'reschedule', session: 2, startsAt: '2021-08-23T16:00:00Z' });
    const asks =
      'se incorporan en la página de la sesión, en el sitio de la cooperación, hasta el viernes 20 de agosto.';
    for (const { to: person, text } of sent)
      expect(`${person} ${text.includes(asks)}`).toBe(`${person} ${!person.startsWith('guest')}`);
    expect(to()).toContain('guest-2-1');
  });

  it('that moves a session is another calendar object under the same UID, with the programme for delegates', async () => {
    await invited(2, '2021-08-17T15:00:00.000Z');
    await told({ change: 'reschedule', session: 2, startsAt: '2021-08-19T16:00:00Z' });
    expect(to()).toEqual([...DELEGATIONS, 'guest-2-1', 'guest-2-2']);
    for (const { calendar } of sent)
      expect(
        ['METHOD', 'SEQUENCE', 'UID', 'DTSTART', 'STATUS'].map((name) => property(calendar, name)),
      ).toEqual(['REQUEST', '1', `${the().id}.session-2@rial.example`, '20210819T110000', 'CONFIRMED']);
    expect(mailTo('chl-mtps-1').attached).toContain('programa-v2.pdf');
    expect(mailTo('guest-2-1').attached).not.toContain('programa-v2.pdf');
    expect(mailTo('chl-mtps-1').text).toContain(REASON);
    expect(await programmesOf(the().db, the().id)).toMatchObject([
      { cause: 'coordination.1' },
      { cause: 'change-1', version: 2, issuedAt: NOW },
    ]);
    expect((await readRecord(the().db, the().id)).at(-1)).toMatchObject({ kind: 'programme-issued' });
    expect((await readRecord(the().db, the().id)).map(({ kind, data }) => [kind, data])).toContainEqual([
      'invitation-sent',
      {
        session: 2,
        sequence: 1,
        startsAt: '2021-08-19T16:00:00.000Z',
        change: 1,
        notified: DELEGATIONS.length + 2,
        refused: 0,
      },
    ]);
  });

  it('so near to the session that its agenda is due brings the agenda too', async () => {
    await addQuestion(
      the().db,
      {
        cooperation: the().id,
        fromParty: 'per-mtpe',
        by: 'per-mtpe-1',
        toParty: 'chl-mtps',
        session: 1,
        text: '¿Cómo se financia?',
      },
      NOW,
    );
    await invited(1);
    await told({ change: 'reschedule', session: 1, startsAt: '2021-07-02T15:00:00.000Z' });
    expect(mailTo('per-mtpe-1').text).toContain('¿Cómo se financia?');
  });

  it('that cancels a session takes it off the calendars', async () => {
    await invited(1);
    await told({ change: 'cancel-session', session: 1 });
    expect(to()).toEqual(DELEGATIONS);
    for (const { calendar } of sent)
      expect(['METHOD', 'SEQUENCE', 'STATUS'].map((name) => property(calendar, name))).toEqual([
        'CANCEL',
        '1',
        'CANCELLED',
      ]);
  });

  it('that replaces somebody says good-bye to one and welcomes the other', async () => {
    await written('chl-mtps-1');
    await invited(1);
    await asked(REQUEST, ['chl-mtps']);
    await told({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Nueva Persona', email: 'nueva@example.org' },
    });
    const others = DELEGATIONS.filter((one) => one !== 'chl-mtps-1');
    expect(
      sent.map((mail) => [mail.to, property(mail.calendar, 'METHOD'), property(mail.calendar, 'SEQUENCE')]),
    ).toEqual([
      ['chl-mtps-1', 'CANCEL', '1'],
      ['chl-mtps-5', 'REQUEST', '1'],
      ...others.map((one) => [one, undefined, undefined]),
    ]);
    expect(mailTo('per-mtpe-1').text).toContain(
      'Nueva Persona participa en la cooperación Perú–Chile en lugar de Margarita Spoerer, como integrante de la delegación del MTPS de Chile.',
    );
    expect(mailTo('per-mtpe-1').text).toContain('nueva@example.org');
    const [goodBye, welcome] = sent;
    expect(goodBye?.text).toContain('Nueva Persona');
    expect(goodBye?.text).toContain(
      'El archivo adjunto retira esta cita de su calendario: - 1.ª sesión miércoles 14 de julio',
    );
    expect(welcome?.attached).toEqual(['programa-v1.pdf', 'invite.ics']);
    expect(welcome?.subject).toBe(
      '[Bienvenida] Su participación en la cooperación Perú–Chile' +
        ' · [Acción requerida] Enviar los documentos pertinentes para la cooperación — hasta el viernes 9 de julio' +
        ' · 1.ª sesión: miércoles 14 de julio',
    );
    expect(welcome?.text).toMatch(
      /en lugar de Margarita Spoerer\..* Hay una solicitud pendiente de su parte, que figura a continuación\. Enviar los documentos .* Adjuntamos la cita para su calendario\. 1\.ª sesión Fecha: miércoles 14 de julio/,
    );
    const lines = await mailsOf(the().db, the().id);
    expect(lines.find(({ person }) => person === 'chl-mtps-5')).toMatchObject({
      ...{ notice: 'joined', request: REQUEST, session: null, method: 'REQUEST' },
      beside: [
        { notice: 'request', request: REQUEST },
        { notice: 'invitation', session: 1, sequence: 1 },
      ],
    });
  });

  const replaced: Change = {
    change: 'replace',
    person: 'chl-mtps-1',
    with: { name: 'Nueva Persona', email: 'nueva@example.org' },
  };

  it('is one mail with several requests, each with its button, and several sessions, each with its calendar object', async () => {
    outside = { ...outside, site: { url: 'https://rial.example' } };
    await written('chl-mtps-1');
    for (const [session, day] of [
      [1, '14'],
      [2, '21'],
      [3, '28'],
    ] as const)
      await invited(session, `2021-07-${day}T15:00:00.000Z`);
    await asked(REQUEST, ['chl-mtps']);
    await asked('session-3/choose-date.1', ['chl-mtps', 'per-mtpe']);
    await told(replaced);
    const [goodBye, welcome] = sent;
    expect(to().filter((one) => /-(1|5)$/.test(one) && one.startsWith('chl'))).toEqual([
      'chl-mtps-1',
      'chl-mtps-5',
    ]);
    for (const [mail, method] of [
      [goodBye, 'CANCEL'],
      [welcome, 'REQUEST'],
    ] as const) {
      expect(mail?.objects.map((one) => [property(one, 'METHOD'), property(one, 'UID')?.slice(-36)])).toEqual(
        [1, 2, 3].map((session) => [method, expect.stringContaining(`session-${session}@`)]),
      );
      expect(mail?.attached).toEqual(expect.arrayContaining(['invite.ics', 'invite-2.ics', 'invite-3.ics']));
    }
    expect(goodBye?.text).toContain('la primera con este correo; las demás, si abre el archivo de cada una.');
    expect(goodBye?.text).not.toContain(REASON);
    const { links } = welcome ?? { links: [] };
    expect(links).toHaveLength(2);
    const paths = await the().db.selectFrom('accessLink').select('path').execute();
    expect(paths.map(({ path: one }) => one.replace(/^.*requests\//, ''))).toEqual(
      expect.arrayContaining([REQUEST, 'session-3/choose-date.1']),
    );
    // Why it comes to them stands there once.
    expect(welcome?.text.split('le corresponde responder esta solicitud')).toHaveLength(2);
    expect(welcome?.text.split(REASON)).toHaveLength(2);
  });

  it('introduces the cooperation to whoever hears of it first: who comes, who is a guest, the consultant; and no more after', async () => {
    const introduces = (person: string) =>
      sent.filter(({ to: one }) => one === person).map(({ text }) => text.includes('Quiénes participan'));
    await invited(2, '2021-07-21T15:00:00.000Z');
    await told({
      change: 'add-person',
      party: 'chl-mtps',
      person: { name: 'Rosa Prado', email: 'rosa@example.org' },
    });
    await told({
      change: 'add-guest',
      session: 2,
      guest: { name: 'Luz Paz', email: 'luz@example.org', invitedBy: 'chl-mtps' },
    });
    await asked('systematization/draft-sheet.1', ['consultant']);
    await told({ change: 'extend', request: 'systematization/draft-sheet.1', due: '2021-07-16' });
    await told({
      change: 'replace',
      person: 'consultant-1',
      with: { name: 'Sol Vega', email: 'sol@example.org' },
    });
    await told({ change: 'reschedule', session: 2, startsAt: '2021-07-22T15:00:00Z' });
    expect(introduces('chl-mtps-5')[0]).toBe(true);
    expect(introduces('chl-mtps-5').slice(1)).not.toContain(true);
    const guest = sent.find(({ text }) => text.includes('Luz Paz') && text.includes('persona invitada'));
    expect(introduces(guest?.to ?? '')).toEqual([true, false]);
    expect(guest?.text).not.toContain('Margarita Spoerer');
    expect(introduces('consultant-2')).toEqual([true]);
    expect(mailTo('consultant-2').text).toContain(
      'Usted participa en ella a cargo de la sistematización, en lugar de',
    );
    expect(mailTo('consultant-2').text).toContain('le enviaremos recordatorios');
    for (const { text } of sent) expect(text).not.toContain('consultor o consultora');
  });

  it('is composed anew where some of it is over before it could be sent', async () => {
    await written('chl-mtps-1');
    await invited(1);
    await invited(2, '2021-07-21T15:00:00.000Z');
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    away = ['chl-mtps-5'];
    const number = await enterChange(the().db, the().id, { what: replaced, reason: REASON }, NOW);
    await recordChange(number);
    await expect(tellChange(number)).rejects.toMatchObject({ type: 'MailUnavailable' });
    away = [];
    await approves(REQUEST, 'chl-mtps-2');
    await told({ change: 'cancel-session', session: 2 });
    sent = [];
    await tellChange(number);
    expect(to()).toEqual(['chl-mtps-5']);
    const { text, objects, subject } = mailTo('chl-mtps-5');
    expect(subject).toBe(
      '[Bienvenida] Su participación en la cooperación Perú–Chile · 1.ª sesión: miércoles 14 de julio',
    );
    expect(text).toContain('Por el momento no hay solicitudes pendientes de su parte.');
    expect(objects.map((one) => property(one, 'UID'))).toEqual([expect.stringContaining('session-1@')]);
  });

  it('of the end takes all that is ahead out of the calendar in the mail that tells of it', async () => {
    await invited(1);
    await invited(2, '2021-07-21T15:00:00.000Z');
    await told({ change: 'cancel' });
    const delegates = sent.filter((mail) => !mail.to.startsWith('guest'));
    expect(to(delegates)).toEqual(DELEGATIONS);
    for (const { objects } of delegates)
      expect(objects.map((one) => property(one, 'METHOD'))).toEqual(['CANCEL', 'CANCEL']);
    expect(mailTo('chl-mtps-1').text.split('1.ª sesión')).toHaveLength(2);
    expect(to().filter((one) => one.startsWith('guest'))).toEqual(['guest-2-1', 'guest-2-2']);
  });

  it('of an address that was corrected is one mail with all that goes to the new one', async () => {
    await invited(1);
    await invited(2, '2021-07-21T15:00:00.000Z');
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'correct-person', person: 'chl-mtps-1', as: { email: 'nueva@example.org' } });
    expect(to()).toEqual(['chl-mtps-1']);
    const { objects, subject } = mailTo('chl-mtps-1');
    expect(subject).toMatch(
      /^\[Acción requerida\] Enviar los documentos .* · 1\.ª sesión: .* · 2\.ª sesión: /,
    );
    expect(objects).toHaveLength(2);
  });

  it('that adds somebody welcomes them to what is open, and says how to reach them to the others alone', async () => {
    await invited(1);
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await told({
      change: 'add-person',
      party: 'chl-mtps',
      person: { name: 'Nueva Persona', email: 'nueva@example.org', post: 'Directora' },
    });
    expect(to()).toEqual(['chl-mtps-5', ...DELEGATIONS]);
    const [welcome] = sent;
    expect(welcome?.text).toContain('delegación del MTPS de Chile');
    expect(welcome?.text).toContain('Su institución tiene una solicitud pendiente, que usted también puede');
    expect(welcome?.text).not.toContain('correo aparte');
    expect(welcome?.attached).toEqual(['programa-v1.pdf', 'invite.ics']);
    expect(property(welcome?.calendar, 'METHOD')).toBe('REQUEST');
    const { subject, text } = mailTo('per-mtpe-1');
    expect(subject).toBe('[Participantes] Nueva Persona se incorpora a la cooperación Perú–Chile');
    expect(text).toMatch(/Cargo: Directora Correo electrónico: nueva@example\.org/);
    expect(sent.every((mail) => !mail.text.includes(REASON))).toBe(true);
  });

  it('that takes somebody out tells them, their calendar, and those who work with them, without the reason', async () => {
    await invited(1);
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'hand-over', request: REQUEST, from: 'chl-mtps-3', to: 'chl-mtps-1' });
    sent = [];
    await told({ change: 'remove-person', person: 'chl-mtps-1' });
    const others = DELEGATIONS.filter((one) => one !== 'chl-mtps-1');
    expect(sent.map((mail) => [mail.to, property(mail.calendar, 'METHOD')])).toEqual([
      ['chl-mtps-1', 'CANCEL'],
      ['chl-mtps-3', undefined],
      ...others.filter((one) => one !== 'chl-mtps-3').map((one) => [one, undefined]),
    ]);
    const [farewell, request] = sent;
    expect(farewell?.subject).toBe('[Fin de su participación] Cooperación Perú–Chile');
    expect(farewell?.text).toContain('integrante de la delegación del MTPS de Chile');
    expect(request?.text).toContain('en lugar de Margarita Spoerer');
    expect(request?.text).toMatch(
      /Margarita Spoerer deja de participar en la cooperación Perú–Chile Le informamos/,
    );
    expect(request?.text).not.toContain('no requiere respuesta');
    expect(mailTo('per-mtpe-1').text).toContain('Margarita Spoerer deja de participar');
    // The form says that no mail does.
    expect(sent.filter(({ text }) => text.includes(REASON))).toEqual([]);
  });

  it('that gives somebody’s place to a colleague tells the colleague once, and what is asked', async () => {
    await invited(1);
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'replace', person: 'chl-mtps-3', with: 'chl-mtps-1' });
    expect(to().filter((one) => one === 'chl-mtps-1')).toHaveLength(1);
    const { subject, text } = mailTo('chl-mtps-1');
    expect(subject).toBe(
      '[Participantes] Usted ocupa el lugar de Pedro Pablo Silva en la cooperación Perú–Chile',
    );
    expect(text).toContain('Enviar los documentos');
    expect(mailTo('chl-mtps-2').text).toContain('Margarita Spoerer participa en la cooperación Perú–Chile');
  });

  it('of a focal point says so to all, and to the one what it means', async () => {
    await told({ change: 'focal-point', person: 'chl-mtps-1' });
    expect(to()).toEqual(DELEGATIONS);
    expect(mailTo('chl-mtps-1').text).toContain('usted es el punto focal del MTPS de Chile');
    expect(mailTo('per-mtpe-1').subject).toBe(
      '[Participantes] Margarita Spoerer es ahora el punto focal del MTPS de Chile en la cooperación Perú–Chile',
    );
  });

  it('of a request names the colleague to one, and the party to the other', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    await told({ change: 'hand-over', request: REQUEST, from: 'chl-mtps-1', to: 'chl-mtps-2' });
    expect(to()).toEqual(['chl-mtps-2', 'chl-mtps-1']);
    expect(mailTo('chl-mtps-2').text).toContain('Margarita Spoerer');
    expect(mailTo('chl-mtps-1').text).toContain('Cristóbal Auger');
    sent = [];
    await told({ change: 'reassign', request: REQUEST, from: 'per-mtpe', to: 'oas' });
    expect(to()).toEqual([...OAS, ...PERU]);
    expect(mailTo('oas-1').text).toContain('MTPE del Perú');
    expect(mailTo('per-mtpe-1').text).toContain('La Secretaría Técnica se hará cargo');
  });

  it('of a due date reaches nobody who has answered meanwhile', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    const what: Change = { change: 'extend', request: REQUEST, due: '2021-07-16' };
    const number = await enterChange(the().db, the().id, { what, reason: REASON }, NOW);
    await recordChange(number);
    await approves(REQUEST, 'per-mtpe-1');
    expect(await tellChange(number)).toEqual({ notified: CHILE.length, refused: 0 });
    expect(to()).toEqual(CHILE);
    expect(mailTo('chl-mtps-1').text).toContain(REASON);
  });

  it('goes to an address that was corrected as it went to the old one', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'correct-person', person: 'chl-mtps-1', as: { email: 'nueva@example.org' } });
    expect(to()).toEqual(['chl-mtps-1']);
    expect(mailTo('chl-mtps-1').text).not.toContain('en lugar de');
  });

  it.each<[string, Change, string[]]>([
    [
      'an absence',
      {
        change: 'absence',
        person: 'chl-mtps-1',
        from: '2021-07-01',
        to: '2021-07-05',
        standIn: 'chl-mtps-2',
      },
      ['chl-mtps-2', 'chl-mtps-1'],
    ],
    ['a waiver', { change: 'waive', request: REQUEST, party: 'chl-mtps' }, CHILE],
    [
      'one more session',
      { change: 'add-session', as: { contents: 'Seguimiento.', date: '2021-11-10', starts: '10:00' } },
      DELEGATIONS,
    ],
    [
      'a guest',
      {
        change: 'add-guest',
        session: 2,
        guest: { name: 'Nueva Persona', email: 'nueva@example.org', invitedBy: 'chl-mtps' },
      },
      DELEGATIONS,
    ],
    ['a guest less', { change: 'withdraw-guest', person: 'guest-2-1' }, DELEGATIONS],
    ['a pause', { change: 'pause' }, DELEGATIONS],
    ['the end', { change: 'cancel' }, DELEGATIONS],
  ])('of %s reaches those whom the change lists', async (_, change, people) => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    const number = await told(change);
    expect(to()).toEqual(people);
    const [row] = (await changesOf(the().db, the().id)).filter((one) => one.number === number);
    expect(
      (await mailsOf(the().db, the().id))
        .flatMap(({ person, notice, beside }) =>
          [{ notice }, ...beside].map((one) => `${person} ${one.notice}`),
        )
        .sort(),
    ).toEqual(row?.told.map(({ person, about }) => `${person} ${about.notice}`).sort());
  });

  it('of the end of a pause has what is asked, with its new date', async () => {
    await asked(REQUEST, ['chl-mtps']);
    await told({ change: 'pause' });
    sent = [];
    await told({ change: 'resume' });
    expect(to()).toEqual(DELEGATIONS);
  });

  it('goes out to the others where one mail cannot be sent, and to that one later', async () => {
    await asked(REQUEST, ['chl-mtps', 'per-mtpe']);
    away = ['oas-1', 'per-mtpe-1'];
    const what: Change = { change: 'reassign', request: REQUEST, from: 'per-mtpe', to: 'oas' };
    const number = await enterChange(the().db, the().id, { what, reason: REASON }, NOW);
    await recordChange(number);
    await expect(tellChange(number)).rejects.toMatchObject({ type: 'MailUnavailable' });
    expect(to()).toEqual(['oas-2', ...PERU.slice(1)]);
    away = [];
    await tellChange(number);
    expect(to().slice(-2)).toEqual(['oas-1', 'per-mtpe-1']);
  });

  it('is not told before it was made', async () => {
    const number = await enterChange(the().db, the().id, { what: { change: 'pause' }, reason: REASON }, NOW);
    await expect(tellChange(number)).rejects.toThrow(/that was made/);
  });
});

describe('a window that ran out', () => {
  it('is told once to the delegations and the Secretariat, with who was silent', async () => {
    await asked('session-2/choose-date.1', ['per-mtpe', 'chl-mtps']);
    await answers('session-2/choose-date.1', 'chl-mtps-1', { decision: 'marks', marks: {} });
    await announceWindowRanOut(2);
    await announceWindowRanOut(2);
    expect(to()).toEqual(DELEGATIONS);
    expect(mailTo('chl-mtps-1').text).toContain('MTPE del Perú');
    const entries = (await readRecord(the().db, the().id)).filter(({ kind }) => kind === 'window-ran-out');
    expect(entries.map(({ data }) => data)).toEqual([
      { session: 2, round: 1, why: 'time', unanswered: ['per-mtpe'] },
    ]);
  });
});

describe('the times of requests', () => {
  it('are those of the case file; of one that is not there, nothing', async () => {
    await asked(REQUEST, ['per-mtpe']);
    expect(await requestTimes([REQUEST, 'documents/answer-question-9.1'])).toEqual({
      [REQUEST]: {
        dueAt: '2021-07-09T23:00:00.000Z',
        reminders: ['2021-07-07T14:00:00.000Z', '2021-07-09T14:00:00.000Z'],
        of: ['per-mtpe'],
        waived: [],
      },
    });
  });
});

it('a mail carries each file once, and two that have one name both', async () => {
  const { db, id } = the();
  const file = (text: string) => ({
    ...{ fileName: 'informe.docx', mediaType: 'application/octet-stream' },
    content: Buffer.from(text),
  });
  await deliver(outside, {
    ...{ cooperation: await cooperationOf(db, id), key: 'files' },
    to: (await everyoneOf(db, id)).filter((person) => person.id === 'per-mtpe-1'),
    notice: () => ({ notice: 'programme-issued', version: 1 }),
    attachments: [file('la ficha'), file('el informe'), file('la ficha')],
  });
  expect(sent.map(({ attached }) => attached)).toEqual([['informe.docx', 'informe.docx']]);
});
