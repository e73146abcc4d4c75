import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getsDigest } from '../../../src/casefile/mails/digests.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

describe('the page of how an officer gets their mails', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('is turned on and off by officers, who find it at the foot of every page', async () => {
    const address = (await system.view(ID)).people.find(({ id }) => id === 'oas-1')?.email ?? '';
    expect(await browsers.staff.text('/board')).toContain('href="/digest"');
    expect(await browsers.staff.text('/digest')).toContain('Recibe cada correo en cuanto ocurre algo');
    for (const [on, told] of [
      ['yes', 'Recibe un solo correo cada mañana'],
      ['no', 'Recibe cada correo en cuanto'],
    ] as const) {
      expect((await browsers.staff.post('/digest', { on })).status).toBe(303);
      expect(await browsers.staff.text('/digest')).toContain(told);
      expect(await getsDigest(system.caseFile, address)).toBe(on === 'yes');
    }
    await browsers.staff.post('/digest', { on: 'nonsense' });
    expect(await getsDigest(system.caseFile, address)).toBe(false);
    expect((await browsers.staff.post('/digest', { on: 'yes' }, 'https://evil.example')).status).toBe(403);
  });

  it('is nobody else’s', async () => {
    for (const who of ['peru', 'observer', 'guest'] as const) {
      expect((await browsers[who].get('/digest')).status).toBe(404);
      expect((await browsers[who].post('/digest', { on: 'yes' })).status).toBe(404);
      expect(await browsers[who].text(who === 'observer' ? '/board' : `/c/${ID}/sessions/1`)).not.toContain(
        'href="/digest"',
      );
    }
    expect((await siteOver(system).browser().get('/digest')).headers.get('location')).toBe(
      '/sign-in?next=%2Fdigest',
    );
  });

  it('shows in the outbox what waits for the morning, and what went out with it', async () => {
    const [mail] = (await system.view(ID)).mails;
    for (const [state, told] of [
      ['held', 'Espera el resumen del día'],
      ['gathered', 'En el resumen del día'],
    ] as const) {
      await system.caseFile
        .updateTable('mail')
        .set({ state })
        .where('messageId', '=', mail?.messageId ?? '')
        .execute();
      expect(await browsers.staff.text(`/c/${ID}/outbox/1`)).toContain(told);
    }
  });
});
