import { afterAll, beforeAll, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

/** What people take upon themselves, entered with the minutes in a form and shown to both sides. */

const ID = '14-per-chl';
const MEETING = 'coordination/confirm-coordination.1';
const PAGE = `/c/${ID}/requests/${MEETING}`;
const WHAT = 'Enviar el <b>manual</b>';

let system: InProcess;
let staff: Browser;
let delegate: Browser;
let other: Browser;
beforeAll(async () => {
  system = await inProcess();
  await system.cooperations.start(changedSource(movedTo(new Date(), -3)));
  await system.open(ID, MEETING);
  const { people } = await system.view(ID);
  const addressOf = (person: string) => people.find(({ id }) => id === person)?.email ?? '';
  const site = siteOver(system, { staff: [addressOf('oas-1')] });
  staff = await site.as(addressOf('oas-1'));
  delegate = await site.as(addressOf('per-mtpe-1'));
  other = await site.as(addressOf('chl-mtps-1'));
});
afterAll(() => system[Symbol.asyncDispose]());

it('a row that is begun is filled in whole; then it stands on the pages, in the mail and in the terminal’s case', async () => {
  const { subject } = await system.open(ID, MEETING);
  const given = { subject: subject.hash, held: 'yes', minutes: 'Acuerdos.' };
  const form = await staff.text(PAGE);
  expect(form).toMatch(/>Fecha<span class="govuk-visually-hidden">/);
  expect(form).not.toContain('Fecha (opcional)');
  const noDay = {
    'commitment-1-what': WHAT,
    'commitment-1-owner': 'chl-mtps',
    'commitment-1-due': '2031-13-45',
  };
  expect((await staff.post(PAGE, { ...given, ...noDay })).status).toBe(422);
  const half = await staff.post(PAGE, { ...given, 'commitment-2-what': WHAT });
  expect(half.status).toBe(422);
  const again = await half.text();
  expect(again).toContain('Compromiso 2: elija al responsable');
  expect(again).toContain('Compromiso 2: indique la fecha');
  expect(again).toContain('value="Enviar el &lt;b&gt;manual&lt;/b&gt;"');
  expect((await system.view(ID)).commitments).toEqual([]);

  const whole = await staff.post(PAGE, {
    ...given,
    ...{ 'commitment-2-what': WHAT, 'commitment-2-owner': 'chl-mtps-1', 'commitment-2-due': '2031-09-30' },
  });
  expect(whole.status).toBe(303);
  const { commitments, record, people } = await system.view(ID);
  expect(commitments).toMatchObject([
    { number: 1, origin: 'coordination', what: WHAT, party: 'chl-mtps', person: 'chl-mtps-1' },
  ]);
  expect(record.find(({ kind }) => kind === 'commitments-recorded')?.data).toMatchObject({ count: 1 });
  const name = people.find(({ id }) => id === 'chl-mtps-1')?.name;
  for (const browser of [staff, delegate, other]) {
    const page = await browser.text(`/c/${ID}`);
    expect(page).toContain('Enviar el &lt;b&gt;manual&lt;/b&gt;');
    expect(page).toContain(`${name} (MTPS de Chile)`);
    expect(page).toContain('30 de septiembre de 2031');
    expect(page).toContain('Por cumplir');
    expect(await browser.text(`/c/${ID}/meeting`)).toContain(', hasta el 30 de septiembre de 2031');
  }
  expect(await staff.text(`/c/${ID}`)).toContain('changes/new/correct-commitment?commitment=1');
  expect(await delegate.text(`/c/${ID}`)).not.toContain('correct-commitment');
});

it('is corrected with the minutes, whose form shows it, and by itself', async () => {
  expect(await staff.text(`/c/${ID}/changes/new/correct-meeting`)).toContain('value="2031-09-30"');
  const one = await staff.text(`/c/${ID}/changes/new/correct-commitment?commitment=1`);
  expect(one).toContain('<option value="chl-mtps-1" selected>');
  await system.change(ID, { change: 'correct-commitment', commitment: 1, due: '2031-10-31' });
  expect(await delegate.text(`/c/${ID}`)).toContain('31 de octubre de 2031');
});

it('of whom the cooperation does not know is refused, with who there is', async () => {
  await expect(
    system.change(ID, { change: 'add-commitment', what: 'x', owner: 'bra-mte', due: '2031-10-31' }),
  ).rejects.toMatchObject({ code: 'PartyUnknown' });
});
