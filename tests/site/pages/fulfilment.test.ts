import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { closed } from '../../support/closing.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

/** What became of commitments, told in a form by the institution whose they are, and shown to both sides. */

const ID = '14-per-chl';
const ASKED = 'follow-up/tell-commitments.1';
const PAGE = `/c/${ID}/requests/${ASKED}`;

let system: InProcess;
let delegate: Browser;
let other: Browser;
beforeAll(async () => {
  system = await inProcess({ followUpMonthMs: 100, site: { url: 'http://site.example' } });
  await system.cooperations.start(
    changedSource((file) => {
      movedTo(new Date(), -3)(file);
      const second = file.objectives.items[1];
      if (second) second.change = 'La malla incluye un <b>módulo</b>.';
    }),
  );
  for (const what of ['Enviar el <b>manual</b>', 'Traducir la guía'])
    await system.change(ID, { change: 'add-commitment', what, owner: 'chl-mtps-1', due: '2021-09-30' });
  await closed(system, ID);
  await system.open(ID, ASKED);
  const { people } = await system.view(ID);
  const site = siteOver(system);
  const addressOf = (person: string) => people.find(({ id }) => id === person)?.email ?? '';
  delegate = await site.as(addressOf('chl-mtps-1'));
  other = await site.as(addressOf('per-mtpe-1'));
});
afterAll(() => system[Symbol.asyncDispose]());

it('the mail says which, and that they will be asked about stands in the one that closes the cooperation', async () => {
  const mail = await vi.waitFor(async () => {
    const [found] = await system.mailbox.list({ request: `${ID}/${ASKED}` });
    return found ?? Promise.reject(new Error('no mail'));
  });
  expect(mail.text).toContain('Enviar el <b>manual</b> — ');
  expect(mail.text).toContain('Traducir la guía');
  const asked = 'preguntaremos al punto focal de cada institución qué fue de los suyos';
  expect((await system.mailbox.list()).some(({ text }) => text.replace(/\s+/g, ' ').includes(asked))).toBe(
    true,
  );
});

it('each is told, with another day where it is put off; then it stands on the page of both sides', async () => {
  const page = await delegate.text(PAGE);
  expect(page).toContain('Enviar el &lt;b&gt;manual&lt;/b&gt;');
  expect(page).toContain('name="told-1-outcome"');
  const { subject } = await system.open(ID, ASKED);
  const given = { subject: subject.hash, 'told-1-outcome': 'partly', 'told-1-text': 'Falta <i>uno</i>.' };
  for (const [more, message] of [
    [{}, 'Elija qué fue de este compromiso'],
    [{ 'told-2-outcome': 'later' }, 'Escriba una fecha posterior a la que había'],
    [{ 'told-2-outcome': 'later', 'told-2-until': '2021-09-01' }, 'Escriba una fecha posterior'],
    [{ 'told-2-outcome': 'kept', 'told-2-until': '2031-09-01' }, 'pero no que queda aplazado'],
  ] as const) {
    const refused = await delegate.post(PAGE, { ...given, ...more });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain(message);
  }
  const told = await delegate.post(PAGE, {
    ...given,
    ...{ 'told-2-outcome': 'later', 'told-2-until': '2031-09-01' },
  });
  expect(told.status).toBe(303);
  for (const browser of [delegate, other]) {
    for (const path of [`/c/${ID}`, PAGE]) {
      const shown = await browser.text(path);
      expect(shown).toContain('Cumplido en parte');
      expect(shown).toContain('Falta &lt;i&gt;uno&lt;/i&gt;.');
      expect(shown).toContain('Aplazado hasta el 1 de septiembre de 2031');
    }
    expect(await browser.text(`/c/${ID}/record`)).toContain('Se informó qué fue de 2 compromisos');
  }
});

it('whether what an objective was to change did is told of each that says so, beside what came of it', async () => {
  const request = 'follow-up/tell-outcomes.1';
  const form = `/c/${ID}/requests/${request}`;
  const { subject } = await system.open(ID, request);
  const page = await delegate.text(form);
  expect(page).toContain('Cambio esperado: La malla incluye un &lt;b&gt;módulo&lt;/b&gt;.');
  expect(page).not.toContain('name="objective-1-seen"');
  const given = { subject: subject.hash, came: 'training', text: 'Un curso.' };
  const refused = await delegate.post(form, given);
  expect([refused.status, (await refused.text()).includes('Elija si se dio el cambio')]).toEqual([422, true]);
  const outcomes = { came: ['training' as const], text: 'Un curso.' };
  for (const [objectives, code] of [
    [[], 'ObjectiveUntold'],
    [[1], 'ObjectiveUnknown'],
    [[2, 2], 'ObjectiveUntold'],
  ] as [number[], string][])
    await expect(
      system.answer(ID, request, 'chl-mtps-1', {
        decision: 'done',
        outcomes: {
          ...outcomes,
          objectives: objectives.map((objective) => ({ objective, seen: 'brought' })),
        },
      }),
    ).rejects.toMatchObject({ code });

  const told = { 'objective-2-seen': 'in-part', 'objective-2-text': 'Desde <i>marzo</i>.' };
  expect((await delegate.post(form, { ...given, ...told })).status).toBe(303);
  for (const browser of [delegate, other]) {
    const shown = await browser.text(`/c/${ID}`);
    expect(shown).toContain(
      'La malla incluye un &lt;b&gt;módulo&lt;/b&gt;.<br><strong>Se dio en parte</strong>',
    );
    expect(shown).toContain('Desde &lt;i&gt;marzo&lt;/i&gt;.');
  }
});
