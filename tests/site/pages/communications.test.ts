import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { noteMailboxLook } from '../../../src/casefile/mails/mailboxLook.ts';
import { replyByMail } from '../../support/incomingMail.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, mainHtmlOf } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/communications`;
const HOSTILE = '¿Quién "reserva"?\n<script>alert(1)</script>';

describe('what is written beside the process', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const browser = (who: Who): Browser => browsers[who];
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const subjects = async (notice: string) => {
    const { mails } = await system.view(ID);
    return mails
      .filter((mail) => mail.notice === notice && mail.state === 'sent')
      .map(({ person }) => person);
  };
  const field = (page: string, name: string): string =>
    new RegExp(`name="${name}" value="([^"]*)"`).exec(mainHtmlOf(page))?.[1] ?? '';
  const LETTER = { to: 'party per-mtpe', subject: 'Cambio de sala', text: 'Será en la <sala> 4.' };

  it('is shown before it goes out: to whom, and the mail; then it is sent, once', async () => {
    const shown = await browser('staff').post(`${PAGE}/new`, LETTER);
    expect(shown.status).toBe(200);
    const preview = await shown.text();
    expect(preview).toContain('5 destinatarios');
    expect(preview).toContain('Perú–Chile: Cambio de sala');
    expect(preview).toContain('Será en la &lt;sala&gt; 4.');
    expect(preview).toContain('Le escribe María Claudia Camacho');
    expect(preview).toMatch(/puede\s+dirigirse\s+a\s+María Claudia Camacho/);
    expect((await system.view(ID)).communications).toEqual([]);

    const form = { ...LETTER, people: field(preview, 'people') };
    for (let n = 0; n < 2; n++) {
      const sent = await browser('staff').post(`${PAGE}/send`, form);
      expect([sent.status, sent.headers.get('location')]).toEqual([303, `${PAGE}?sent=1`]);
    }
    await expect.poll(() => subjects('communication')).toHaveLength(5);
    expect((await system.view(ID)).communications).toHaveLength(1);
    await expect.poll(() => system.status(`cooperation/${ID}/communication-1`)).toBe('COMPLETED');
  });

  it('is read by those it went to and by the Secretariat, and others are not told of it', async () => {
    for (const who of ['peru', 'staff', 'observer'] as const) {
      expect(await browser(who).text(PAGE)).toContain('Será en la &lt;sala&gt; 4.');
      expect(await browser(who).text(`/c/${ID}`)).toContain('Cambio de sala');
      expect(await browser(who).text(`/c/${ID}/record`)).toContain('Cambio de sala');
    }
    for (const path of [PAGE, `/c/${ID}`, `/c/${ID}/record`])
      expect(await browser('chile').text(path)).not.toContain('Cambio de sala');
    expect((await browser('guest').get(PAGE)).status).toBe(404);
    expect((await browser('other').get(PAGE)).status).toBe(404);
  });

  it('is looked at again where others would get it than was shown', async () => {
    const preview = await (await browser('staff').post(`${PAGE}/new`, { ...LETTER, text: 'Otra.' })).text();
    const people = field(preview, 'people').split(' ').slice(1).join(' ');
    const changed = await browser('staff').post(`${PAGE}/send`, { ...LETTER, text: 'Otra.', people });
    expect(changed.status).toBe(409);
    const text = await changed.text();
    expect(text).toContain('ya no son los que se mostraron');
    expect(field(text, 'people').split(' ')).toHaveLength(5);
    expect((await system.view(ID)).communications).toHaveLength(1);
  });

  it('is written by the Secretariat alone', async () => {
    for (const who of ['peru', 'observer', 'guest', 'other'] as const) {
      expect((await browser(who).get(`${PAGE}/new`)).status).toBe(404);
      expect((await browser(who).post(`${PAGE}/new`, LETTER)).status).toBe(404);
      expect((await browser(who).post(`${PAGE}/send`, { ...LETTER, people: 'per-mtpe-1' })).status).toBe(404);
    }
    const empty = await browser('staff').post(`${PAGE}/new`, { to: '', subject: '', text: '' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Elija a quién se dirige');
  });

  it('asks the Secretariat, which hears of it, sees it on the board, and answers', async () => {
    const asked = await browser('peru').post(`${PAGE}/ask`, { text: HOSTILE });
    expect([asked.status, asked.headers.get('location')]).toEqual([303, `${PAGE}?sent=2`]);
    await expect.poll(() => subjects('enquiry')).toEqual(['oas-1', 'oas-2']);
    for (const path of ['/board', PAGE, `/c/${ID}`]) {
      const text = await browser('staff').text(path);
      expect(text).toMatch(/sin responder/i);
      expect(text).not.toContain('<script>alert');
    }
    expect(await browser('staff').text('/board')).toContain(`href="${PAGE}#n2"`);
    expect(await browser('peru').text(PAGE)).toContain('&lt;script&gt;alert(1)');
    expect(await browser('peru').text(PAGE)).not.toContain('Enviar la respuesta');
    expect(await browser('chile').text(PAGE)).not.toContain('reserva');

    expect((await browser('peru').post(`${PAGE}/2/answer`, { text: 'Yo.' })).status).toBe(404);
    expect((await browser('staff').post(`${PAGE}/9/answer`, { text: 'Yo.' })).status).toBe(404);
    expect((await browser('staff').post(`${PAGE}/2/answer`, { text: '' })).status).toBe(422);
    const answered = await browser('staff').post(`${PAGE}/2/answer`, { text: 'La Secretaría.' });
    expect(answered.status).toBe(303);
    await expect.poll(() => subjects('enquiry-answered')).toEqual(['per-mtpe-1']);
    expect(await browser('peru').text(PAGE)).toContain('La Secretaría.');
    expect(await browser('chile').text(PAGE)).not.toContain('La Secretaría.');
    expect(await browser('staff').text('/board')).not.toContain('Consultas sin responder');
    // It has an answer, and gets no other.
    const late = await browser('staff').post(`${PAGE}/2/answer`, { text: 'El MTPE.' });
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('ya tiene otra respuesta');
  });

  it('comes by mail, with files that the Secretariat has and takes in', async () => {
    const attached = (name: string, text: string) => [
      ...['--b', `Content-Disposition: attachment; filename="${name}"`, '', text],
    ];
    await replyByMail(system, ID, 'per-mtpe-1', [
      ...['Subject: RE: <b>Sala</b>', 'Content-Type: multipart/mixed; boundary=b', ''],
      ...['--b', '', 'Se <i>adjunta</i> el plano.'],
      ...[...attached('plano.txt', 'Sala 4'), ...attached('a.exe', 'MZ')],
      ...['--b--', ''],
    ]);
    await expect.poll(() => subjects('mail-receipt')).toEqual(['per-mtpe-1']);
    const number = (await system.view(ID)).communications.at(-1)?.number as number;
    const file = (index: number) => `${PAGE}/${number}/files/${index}`;
    for (const who of ['peru', 'staff', 'observer'] as const) {
      const text = await browser(who).text(PAGE);
      expect(text).toContain('Se &lt;i&gt;adjunta');
      expect(text).toContain('Por correo');
      expect(text).toContain('plano.txt');
      expect(text.includes(`action="${file(0)}"`)).toBe(who === 'staff');
    }
    for (const who of ['peru', 'observer', 'chile', 'guest'] as const) {
      expect((await browser(who).get(file(0))).status).toBe(404);
      expect((await browser(who).post(file(0), {})).status).toBe(404);
    }
    const had = await browser('staff').get(file(0));
    expect([had.status, had.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
    expect((await had.text()).trim()).toBe('Sala 4');
    expect((await browser('staff').get(file(9))).status).toBe(404);
    const refusedFile = await browser('staff').post(file(1), {});
    expect(refusedFile.status).toBe(422);
    expect(await refusedFile.text()).toContain('govuk-error-summary');
    expect((await browser('staff').post(file(0), {})).status).toBe(303);
    expect((await system.view(ID)).documents.at(-1)).toMatchObject({ party: 'per-mtpe', by: 'per-mtpe-1' });
    expect(await browser('peru').text(PAGE)).toContain('Está entre los documentos');
  });

  it('in nobody’s name is on the board until the Secretariat has seen to it', async () => {
    const stranger = 'x.desconocido@otra.example';
    await replyByMail(system, ID, 'per-mtpe-1', ['Subject: RE', '', '¿Me incluyen?', ''], stranger);
    const number = (await system.view(ID)).communications.at(-1)?.number as number;
    const seen = `${PAGE}/${number}/seen`;
    const board = await browser('staff').text('/board');
    expect(board).toMatch(/Correos sin registrar a nombre de nadie \(1\)/);
    expect(board).toContain(`href="${PAGE}#n${number}"`);
    expect(board).toContain(`de ${stranger}`);
    expect(await browser('staff').text(PAGE)).toContain(`action="${seen}"`);
    for (const who of ['peru', 'observer', 'chile', 'guest'] as const) {
      expect((await browser(who).post(seen, {})).status).toBe(404);
      expect(await browser(who).text(PAGE)).not.toContain(`action="${seen}"`);
    }
    expect((await browser('staff').post(`${PAGE}/1/seen`, {})).status).toBe(404);
    expect((await browser('staff').post(seen, {})).status).toBe(303);
    expect(await browser('staff').text(PAGE)).toMatch(/Atendido por María Claudia Camacho, /);
    expect(await browser('staff').text('/board')).not.toContain('Correos sin registrar');
  });

  it('that reads as an approval waits with why, and with a button for the Secretariat alone', async () => {
    await replyByMail(system, ID, 'per-mtpe-1', ['Subject: RE', '', 'De acuerdo', '']);
    const { communications, requests } = await system.view(ID);
    const { number = 0, mail } = communications.at(-1) ?? {};
    const request = requests.find(({ kind }) => kind === 'approve-programme');
    const { id = '', subject } = request ?? {};
    const answer = {
      says: 'approves',
      request: id,
      subject: subject?.hash,
      person: 'per-mtpe-1',
      doubt: 'unsigned',
    };
    await system.caseFile
      .updateTable('communication')
      .set({ mail: JSON.stringify({ ...mail, answer }) })
      .where('cooperation', '=', ID)
      .where('number', '=', number)
      .execute();
    const recorded = `${PAGE}/${number}/recorded`;
    for (const who of ['peru', 'chile', 'observer', 'guest'] as const) {
      expect(await browser(who).text(PAGE)).not.toContain(`action="${recorded}"`);
      expect((await browser(who).post(recorded, {})).status).toBe(404);
    }
    const page = mainHtmlOf(await browser('staff').text(PAGE));
    expect(page).toContain('ninguna firma del dominio de quien lo envió lo respalda');
    expect(page).toMatch(new RegExp(`action="${recorded}".*Registrar como aprobación de`));
    expect((await browser('staff').post(`${PAGE}/1/recorded`, {})).status).toBe(404);
    // It is answered by now: what stands is said, and nothing is changed.
    const refused = await browser('staff').post(recorded, {});
    expect(refused.status).toBe(422);
    expect(mainHtmlOf(await refused.text())).toContain('ya');
    expect((await system.view(ID)).requests.find((one) => one.id === id)?.answers).toEqual(request?.answers);
  });

  it('in the mailbox is counted on the board where it was put aside', async () => {
    await noteMailboxLook(system.caseFile, {
      at: new Date().toISOString(),
      why: null,
      leftThere: 0,
      aside: 2,
    });
    const board = await browser('staff').text('/board');
    expect(board).toMatch(/Correos sin registrar a nombre de nadie \(2\)/);
    expect(board).toContain('hay 2 correos apartados');
    await noteMailboxLook(system.caseFile, {
      at: new Date().toISOString(),
      why: null,
      leftThere: 0,
      aside: 0,
    });
    expect(await browser('staff').text('/board')).not.toContain('Correos sin registrar');
  });

  it('is read by all where the answer is shared', async () => {
    await browser('chile').post(`${PAGE}/ask`, { text: '¿Habrá interpretación?' });
    const asked = (await system.view(ID)).communications.at(-1)?.number ?? 0;
    await browser('staff').post(`${PAGE}/${asked}/answer`, { text: 'Sí, al francés.', shared: 'true' });
    const text = await browser('peru').text(PAGE);
    expect(text).toContain('¿Habrá interpretación?');
    expect(text).toContain('Sí, al francés.');
  });
});
