import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { mainOf, siteOver } from '../../support/site.ts';

/** The start of a delegate who takes part in several cooperations. */

const [QUIET, ASKED, CANCELLED] = ['15-quiet', '16-asked', '17-cancelled'];
const [DELEGATE, GUEST] = ['margarita.spoerer@mtps-chile.example', 'invitada@oit.example'];
const REVIEW = 'coordination/approve-programme.1';

let system: InProcess;
beforeAll(async () => {
  system = await inProcess();
  for (const id of [QUIET, ASKED, CANCELLED]) {
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -1)(file);
        file.id = id;
        const one = file.participants.find(({ institution }) => institution === 'chl-mtps');
        if (one) one.email = DELEGATE;
        const [first] = file.sessions;
        if (first && id !== CANCELLED)
          first.guests = [{ name: 'Ana Invitada', email: GUEST, invitedBy: 'chl-mtps' }];
      }),
    );
    await system.open(id, 'coordination/confirm-coordination.1');
  }
  await system.answer(ASKED, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Acuerdos.' },
  });
  await system.open(ASKED, REVIEW);
  await system.change(CANCELLED, { change: 'cancel' });
  await vi.waitFor(async () => expect((await system.view(CANCELLED)).cancelledAt).not.toBeNull(), 30_000);
});
afterAll(() => system[Symbol.asyncDispose]());

/** The cooperations that a page leads to, in its order, each with what is said of it. */
const told = (page: string) =>
  page
    .split(/(?=<a class="govuk-link" href="\/c\/[^/"]+">)/)
    .slice(1)
    .map((part) => [/\/c\/([^"]+)/.exec(part)?.[1], mainOf(`<main>${part}</main>`)] as const);

it('says what each of them waits on the reader for, what is due first; what has ended comes last', async () => {
  const reader = await siteOver(system).as(DELEGATE);
  const page = await reader.text('/');
  const lines = told(page);
  expect(lines.map(([id]) => id)).toEqual([ASKED, QUIET, CANCELLED]);
  const [asked, quiet, cancelled] = lines.map(([, said]) => said);
  expect(asked).toContain('Aprobar los contenidos del programa');
  expect(asked).toMatch(/Hasta: .* \(Santiago\)/);
  expect(page).toContain(`href="/c/${ASKED}/requests/${REVIEW}"`);
  expect(asked).toContain('Sigue: 1.ª sesión — ');
  expect(quiet).toContain('Por ahora no se le pide nada.');
  expect(quiet).not.toContain('Responder');
  expect(page.indexOf('Cooperaciones concluidas o canceladas')).toBeGreaterThan(page.indexOf(`/c/${QUIET}"`));
  expect(cancelled).toContain('La cooperación se canceló el');

  await system.answer(ASKED, REVIEW, 'chl-mtps-1', { decision: 'approve' });
  const [answered] = told(await reader.text('/')).filter(([id]) => id === ASKED);
  expect(answered?.[1]).toContain('Por ahora no se le pide nada.');
});

it('asks a guest of two sessions nothing, and says when they are', async () => {
  const lines = told(await (await siteOver(system).as(GUEST)).text('/'));
  expect(lines.map(([id]) => id).sort()).toEqual([QUIET, ASKED]);
  for (const [, said] of lines) {
    expect(said).toContain('Sigue: 1.ª sesión — ');
    expect(said).not.toContain('Responder');
  }
});
