import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followsAnswer } from '../../../src/site/parts/following.ts';
import { progress } from '../../../src/site/parts/steps.ts';
import { replyByMail } from '../../support/incomingMail.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}`;
const DOCUMENTS = 'documents/send-documents.1';
const HOSTILE = '"Razón" <script>alert(1)</script>';

describe("the cooperation's page", () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const page = (who: Who) => browsers[who].text(PAGE);
  /** A part of the page by its heading's id, without tags. */
  const part = async (who: Who, id: string): Promise<string> => {
    const text = await page(who);
    const found =
      new RegExp(`<section[^>]*aria-labelledby="${id}">(.*?)</section>`, 's').exec(text)?.[1] ?? '';
    return found.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  };
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('names the cooperation, and says of each step how it stands and since when', async () => {
    const text = await page('chile');
    expect(text.match(/<h1/g)).toHaveLength(1);
    expect(text).toContain('Cooperación Perú–Chile</h1>');
    expect(text).toContain('14.ª Convocatoria de la RIAL, 2021');
    const states = [...text.matchAll(/<li data-state="(\w+)">.*?<strong[^>]*>([^<]+)</gs)];
    expect(states.map(([, state, said]) => [state, said])).toEqual([
      ['done', 'Concluida'],
      ['current', 'En curso'],
      ['current', 'En curso'],
      ['ahead', 'Por comenzar'],
      ['ahead', 'Por comenzar'],
    ]);
    expect(text).toMatch(/Programa enviado: \p{L}+ \d+ de/u);
    expect(text).toContain('0 de 3 realizadas');
  });

  it('does not say of a meeting, or of sessions, that nobody met in, that they are concluded', async () => {
    const view = await system.view(ID);
    const now = new Date().toISOString();
    const clock = { language: 'es' as const, timeZone: 'America/Lima', others: [], now };
    const firstSaid = (state: 'done' | 'current', times: Partial<typeof view.meeting>) => {
      const steps = view.steps.map((one) => (one.step === 'coordination' ? { ...one, state } : one));
      const meeting = { ...view.meeting, recordedAt: null, ...times };
      return String(progress({ ...view, steps, meeting }, clock)).split('</li>')[0];
    };
    const calledOff = firstSaid('done', { cancelledAt: now });
    expect(calledOff).toMatch(/No se realizó.+Reunión cancelada: .+Programa enviado/);
    expect(calledOff).not.toContain('Concluida');
    expect(firstSaid('current', { notHeldAt: now })).toMatch(/En curso.+Reunión no realizada: .+otra fecha/);
    const none = view.steps.map((one) =>
      one.step === 'sessions' ? { ...one, state: 'done' as const, sessions: { held: 0, planned: 0 } } : one,
    );
    expect(String(progress({ ...view, steps: none }, clock))).toContain('No se realizaron');
  });

  it('names the next session after an answer once the programme is approved, and not before', async () => {
    const view = await system.view(ID);
    const now = new Date().toISOString();
    const clock = { language: 'es' as const, timeZone: 'America/Lima', others: [], now };
    const said = (state: 'current' | 'done') => {
      const steps = view.steps.map((one) => (one.step === 'coordination' ? { ...one, state } : one));
      return String(
        followsAnswer(
          { view: { ...view, requests: [], steps }, clock },
          { closedAt: now, kind: 'confirm-coordination', item: null },
        ),
      );
    };
    expect(said('done')).toContain('.ª sesión: ');
    expect(said('current')).not.toContain('sesión');
    expect(said('current')).toContain('Lo que sigue aparece en unos instantes');
  });

  it('says first what is asked of the reader, then whom it waits on by their own clock', async () => {
    expect(await part('chile', 'yours')).toMatch(
      /Enviar los documentos.+Faltan \d+ días.+\(Santiago\).+Responder/,
    );
    expect(await page('chile')).toContain(`href="/c/${ID}/requests/${DOCUMENTS}"`);
    const waiting = await part('chile', 'waiting');
    expect(waiting).toMatch(
      /MTPE del Perú — Enviar los documentos.+desde hoy · vence: [^·]+\(Lima\) · [^·]+\(Santiago\)/,
    );
    expect(waiting).not.toContain('MTPS de Chile');
    expect(await part('staff', 'yours')).toContain('no se requiere ninguna respuesta');
    expect(await part('staff', 'waiting')).toMatch(/MTPE del Perú.+MTPS de Chile/);
  });

  it('tells the Secretariat, on the board too, whose mailbox answers that they are away, of whom it waits on', async () => {
    const away = /Jorge Larrea[^<:]*: respuesta automática de ausencia \(\p{L}+ \d+ de \p{L}+\)/u;
    expect(await part('staff', 'waiting')).not.toMatch(away);
    await replyByMail(system, ID, 'per-mtpe-1', [
      'Subject: Fechas',
      'Auto-Submitted: auto-replied',
      '',
      'Vuelvo el lunes.',
    ]);
    expect((await system.view(ID)).communications).toEqual([]);
    expect(await part('staff', 'waiting')).toMatch(away);
    expect(await browsers.staff.text('/board')).toMatch(away);
    expect(await part('chile', 'waiting')).not.toMatch(away);
  });

  it('asks nothing of somebody whose colleague has the request, and says who that is', async () => {
    await system.change(ID, {
      change: 'hand-over',
      request: DOCUMENTS,
      from: 'chl-mtps-2',
      to: 'chl-mtps-3',
    });
    expect(await part('chile', 'yours')).toContain('no se requiere ninguna respuesta');
    expect(await part('chile', 'waiting')).toMatch(/MTPS de Chile.+a cargo de .*Pedro Pablo Silva/);
  });

  it('counts what is new since the last visit, but not what the reader handed in', async () => {
    await page('chile');
    await page('peru');
    // The visit before was yesterday.
    const yesterday = new Date(Date.now() - 86_400_000).toISOString();
    await system.caseFile.updateTable('visit').set({ at: yesterday, before: null }).execute();
    await system.cooperations.putDocument(ID, {
      by: 'chl-mtps-2',
      fileName: 'malla.txt',
      kind: 'shared',
      bytes: Readable.from([Buffer.from('Malla.')]),
    });
    expect(await part('peru', 'material')).toContain('1 documento 1 nuevo desde su última visita');
    const own = await part('chile', 'material');
    expect(own).toContain('1 documento');
    expect(own).not.toContain('nuevo');
  });

  it('shows the next session in the reader’s time, with its link and its entry for a calendar', async () => {
    await expect.poll(() => part('chile', 'next')).toContain('Agregar al calendario');
    expect(await part('chile', 'next')).toMatch(/1\.ª sesión .+ \(Santiago\) · .+\(Lima, Washington\)/);
    expect(await page('chile')).toContain('href="https://zoom.us/j/6458868936"');
  });

  it('observers see it without a form or a button of a request; guests are led to their session', async () => {
    const observed = await page('observer');
    expect(observed).not.toContain('id="yours"');
    // They may look for something, and change nothing.
    expect(observed.split(/<\/?main/)[1]).not.toMatch(/<form(?![^>]*method="get")/);
    const guest = await browsers.guest.get(PAGE);
    expect([guest.status, guest.headers.get('location')]).toEqual([302, `${PAGE}/sessions/1`]);
    expect((await browsers.other.get(PAGE)).status).toBe(404);
  });

  it('says first that it is paused, and why, as inert text; while it is, nothing runs out', async () => {
    await system.change(ID, { change: 'pause' }, HOSTILE);
    const text = await page('peru');
    expect(text).toContain('La cooperación está en pausa desde el');
    expect(text).toContain('Motivo: &quot;Razón&quot; &lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toContain('<script>alert');
    expect(await part('peru', 'yours')).not.toMatch(/Faltan|Vencida/);
    // The page of a request says it once.
    const [, request] = /href="(\/c\/[^"]+\/requests\/documents\/send-documents\.1)/.exec(text) ?? [];
    expect(request).toBeDefined();
    expect((await browsers.peru.text(`${request}`)).match(/está en pausa/g)).toHaveLength(1);
  });

  it('says that it was cancelled, and asks nothing of anybody', async () => {
    await system.change(ID, { change: 'cancel' }, 'Por acuerdo.');
    const text = await page('chile');
    expect(text).toContain('La cooperación se canceló el');
    expect(text).toContain('Interrumpido');
    expect(text).not.toMatch(/id="(yours|waiting|next)"/);
  });
});
