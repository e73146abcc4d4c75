import PostalMime from 'postal-mime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteReply } from '../../../src/casefile/mails/calendarReplies.ts';
import { readAll } from '../../../src/documents/store.ts';
import { type Session, sessionLinks } from '../../../src/site/parts/sessions.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const LIST = `/c/${ID}/sessions`;
const FIRST = `${LIST}/1`;
const CALENDAR = `${FIRST}/calendar.ics`;
const HOSTILE = '¿Cuántas "mallas"? <script>alert(1)</script>';

describe('the sessions', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    await system.cooperations.ask(ID, { by: 'per-mtpe-1', to: 'chl-mtps', session: 2, text: HOSTILE });
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('can be put into a calendar once they are invited to', async () => {
    await expect.poll(async () => (await browsers.guest.get(CALENDAR)).status).toBe(200);
  });

  it('are listed with their dates, or what is to be defined', async () => {
    const text = await browsers.chile.text(LIST);
    expect(text).toMatch(/1\.ª sesión.+\(Santiago\).+2\.ª sesión.+por definir \(/s);
    expect(text.match(/calendar\.ics/g)).toHaveLength(1);
  });

  it('have the questions that concern them, as inert text', async () => {
    const second = await browsers.peru.text(`${LIST}/2`);
    expect(second).toContain('Pregunta 1, del MTPE del Perú al MTPS de Chile');
    expect(second).toContain('¿Cuántas &quot;mallas&quot;? &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(second).not.toContain('<script>alert');
    // Open ones stand on the agenda of the session that comes next.
    expect(await browsers.peru.text(FIRST)).toContain('Pregunta 1, del MTPE');
    expect(await browsers.peru.text(`${LIST}/3`)).not.toContain('Pregunta 1, del MTPE');
  });

  it('give the entry that the invitation put into the calendar', async () => {
    const response = await browsers.chile.get(CALENDAR);
    expect(response.headers.get('content-type')).toContain('text/calendar');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const file = await response.text();
    const sequence = Number(/^SEQUENCE:(\d+)/m.exec(file)?.[1]);
    const inviting = () =>
      system.caseFile
        .selectFrom('mail')
        .select('sha256')
        .where('cooperation', '=', ID)
        .where('session', '=', 1)
        .where('sequence', '=', sequence)
        .executeTakeFirst();
    await expect.poll(inviting).toBeDefined();
    const { sha256 = '' } = (await inviting()) ?? {};
    const mail = await PostalMime.parse(await readAll(system.documents, sha256));
    const sent = mail.attachments.find(({ mimeType }) => mimeType.includes('calendar'))?.content ?? '';
    const invitation = typeof sent === 'string' ? sent : new TextDecoder().decode(sent);
    const lines = (text: string) =>
      text
        .replaceAll(/\r?\n[ \t]/g, '')
        .split(/\r?\n/)
        .filter((line) => /^(UID|SEQUENCE|DTSTART;|DTEND|LOCATION|STATUS)/.test(line));
    expect(lines(file)).toHaveLength(6);
    expect(lines(file)).toEqual(lines(invitation));
    expect(file).not.toMatch(/^(METHOD|ATTENDEE)/m);
  });

  it('say to the Secretariat alone who comes, by what their calendars answered', async () => {
    const { sequence } = (await system.view(ID)).sessions[0] ?? {};
    const said = { cooperation: ID, session: 1, sequence: sequence as number, at: new Date().toISOString() };
    await noteReply(system.caseFile, {
      ...{ ...said, person: 'per-mtpe-1', attending: 'declined', comment: 'Va <María>' },
    });
    for (const path of [LIST, FIRST, `/c/${ID}`]) {
      const text = await browsers.staff.text(path);
      expect(text, path).toMatch(/No asistirá: 1 de \d+.*Sin respuesta: \d+ de \d+/s);
      for (const other of [browsers.chile, browsers.peru])
        expect(await other.text(path), path).not.toMatch(/No asistirá|Va &lt;/);
    }
    expect(await browsers.staff.text(FIRST)).toContain('«Va &lt;María&gt;»');
  });

  it('that are hybrid have their place and their link, in invitation, calendar and page', async () => {
    const id = 'hybrid';
    const place = 'Casa Central del Ministerio; Santiago';
    const link = 'https://zoom.us/j/6458868936';
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -1)(file);
        Object.assign(file, { id, modality: 'hybrid' });
        Object.assign(file.sessions[0] as object, { place });
      }),
    );
    await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
      ...{ decision: 'done', minutes: { minutes: 'Acuerdos.' } },
    });
    for (const by of ['chl-mtps-1', 'per-mtpe-1'])
      await system.answer(id, 'coordination/approve-programme.1', by, { decision: 'approve' });
    const invitations = () =>
      system.caseFile
        .selectFrom('mail')
        .select('sha256')
        .where('cooperation', '=', id)
        .where('notice', '=', 'invitation')
        .where('session', '=', 1)
        .execute();
    await expect.poll(async () => (await invitations()).length, { timeout: 20_000 }).toBeGreaterThan(8);
    for (const { sha256 } of await invitations()) {
      const mail = await PostalMime.parse(await readAll(system.documents, sha256));
      const text = mail.text?.replaceAll(/\s+/g, ' ') ?? '';
      expect([text.includes(place), text.includes(link)]).toEqual([true, true]);
      const sent = mail.attachments.find(({ mimeType }) => mimeType.includes('calendar'))?.content ?? '';
      const object = (typeof sent === 'string' ? sent : new TextDecoder().decode(sent)).replaceAll(
        /\r?\n[ \t]/g,
        '',
      );
      expect(object).toMatch(/^LOCATION[^:]*:Casa Central del Ministerio\\; Santiago\r?$/m);
      expect(object).toMatch(/^URL[^:]*:https:\/\/zoom\.us\/j\/6458868936\r?$/m);
    }
    const page = await browsers.staff.text(`/c/${id}/sessions/1`);
    expect(page).toContain(place);
    expect(page).toContain(`href="${link}"`);
  });

  it('show guests theirs alone: no questions, documents or others who come', async () => {
    const text = await browsers.guest.text(FIRST);
    expect(text).toContain('1.ª sesión</h1>');
    expect(text).toContain('https://zoom.us/');
    expect(text).not.toMatch(/Pregunta|Documentos|Ana Invitada \(|rial-inside/);
    for (const path of [LIST, `${LIST}/2`, `${LIST}/2/calendar.ics`])
      expect(`${path} ${(await browsers.guest.get(path)).status}`).toBe(`${path} 404`);
  });

  it('are nobody else’s, and those that are not there are missing', async () => {
    for (const path of [LIST, FIRST, CALENDAR]) expect((await browsers.other.get(path)).status).toBe(404);
    for (const path of [`${LIST}/9`, `${LIST}/x`, `${LIST}/2/calendar.ics`])
      expect(`${path} ${(await browsers.chile.get(path)).status}`).toBe(`${path} 404`);
    expect((await browsers.observer.post(FIRST)).status).toBe(404);
    expect((await browsers.observer.text(FIRST)).split(/<\/?main/)[1]).not.toContain('<form');
  });

  it('that are cancelled cannot be joined any more', async () => {
    await system.change(ID, { change: 'cancel-session', session: 1 });
    const text = await browsers.chile.text(FIRST);
    expect(text).toContain('Cancelada');
    expect(text).not.toMatch(/zoom\.us|calendar\.ics/);
    expect((await browsers.chile.get(CALENDAR)).status).toBe(404);
  });
});

describe('the link of a session', () => {
  const START = '2026-08-10T15:00:00.000Z';
  const session = {
    number: 1,
    startsAt: START,
    endsAt: '2026-08-10T17:00:00.000Z',
    link: 'https://meet.example/1',
    sequence: 0,
  } as Session;
  const shown = (now: string) =>
    String(sessionLinks(ID, session, { language: 'es', timeZone: 'America/Lima', others: [], now }));

  it.each([
    ['2026-08-10T14:44:59.000Z', 'govuk-link', 'Conectarse<'],
    ['2026-08-10T14:45:00.000Z', 'govuk-button', 'Conectarse a la sesión<'],
    ['2026-08-10T16:59:59.000Z', 'govuk-button', 'Conectarse a la sesión<'],
  ])('comes forward when it is time: %s', (now, style, label) => {
    expect(shown(now)).toContain(`class="${style}" href="https://meet.example/1"`);
    expect(shown(now)).toContain(label);
  });

  it('is gone when the session is over', () => {
    expect(shown('2026-08-10T17:00:00.000Z')).toBe('');
  });
});
