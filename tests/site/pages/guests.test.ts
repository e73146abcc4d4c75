import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const SECOND = `/c/${ID}/sessions/2`;
const LIST = 'Rosa Quispe\tGerente de Cusco\t<rosa@cusco.example>\n"Luis & Paz" <luis@puno.example>;';

describe('the guests of a session', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const guests = async () =>
    (await system.view(ID)).people.filter(
      ({ role, session, active }) => role === 'guest' && session === 2 && active,
    );

  it('are named by their institution, as a list that is shown before it counts', async () => {
    expect(await browsers.peru.text(SECOND)).toContain('Nombrar a las personas invitadas del MTPE del Perú');
    const before = await guests();
    const checked = await browsers.peru.post(`${SECOND}/guests`, { guests: LIST });
    const text = await checked.text();
    expect(checked.status).toBe(200);
    expect(text).toContain('¿Invitar a estas 2 personas?');
    expect(text).toMatch(/Rosa Quispe<.*Gerente de Cusco<.*rosa@cusco\.example</s);
    expect(text).toContain('Luis &amp; Paz<');
    expect(await guests()).toEqual(before);

    for (let n = 0; n < 2; n++) {
      const made = await browsers.peru.post(`${SECOND}/guests`, { guests: LIST, confirmed: '1' });
      expect([made.status, made.headers.get('location')]).toEqual([303, `${SECOND}?named=2`]);
    }
    expect((await guests()).slice(before.length)).toMatchObject([
      { name: 'Rosa Quispe', post: 'Gerente de Cusco', email: 'rosa@cusco.example', party: 'per-mtpe' },
      { name: 'Luis & Paz', post: null, email: 'luis@puno.example', party: 'per-mtpe' },
    ]);
    const { changes, mails, record } = await system.view(ID);
    expect(changes.at(-1)).toMatchObject({
      ...{ kind: 'name-guests', by: 'per-mtpe-1' },
      reason: 'El MTPE del Perú nombra a sus personas invitadas.',
    });
    expect(record.findLast(({ kind }) => kind === 'guests-named')?.data).toMatchObject({
      door: { door: 'site' },
    });
    // One mail to each of the Secretariat, whatever the number of guests.
    const toStaff = mails.filter(
      ({ person, notice }) => person === 'oas-1' && /guests|programme-changed/.test(notice),
    );
    expect(toStaff.filter(({ subject }) => !subject.includes('1.ª')).length).toBeLessThanOrEqual(2);
  });

  it('are seen by all who take part, with who named them; guests see none', async () => {
    for (const who of ['peru', 'chile', 'staff', 'observer'] as const) {
      const text = await browsers[who].text(SECOND);
      expect(text).toMatch(/Rosa Quispe<\/strong> <strong class="govuk-tag govuk-tag--grey">Nombrada/);
      expect(text).toContain('la nombró Jorge Larrea');
      expect(text.includes('rosa@cusco.example')).toBe(who === 'peru' || who === 'staff');
    }
    // The group that the programme has is expected, until its mailbox is written to.
    expect(await browsers.peru.text(SECOND)).toMatch(
      /Gerentes regionales de trabajo[^<]*<\/strong> <strong class="govuk-tag govuk-tag--grey">Prevista en el programa/,
    );
    expect(await browsers.guest.text(`/c/${ID}/sessions/1`)).not.toContain('Nombrar');
    // Those of a session that has been invited to are invited at once.
    await expect
      .poll(() => browsers.chile.text(`/c/${ID}/sessions/1`))
      .toMatch(/Ana Invitada<\/strong> <strong class="govuk-tag govuk-tag--green">Invitada/);
  });

  it('that cannot be read are told of line by line, and what was written stays', async () => {
    const answer = await browsers.peru.post(`${SECOND}/guests`, {
      guests: `${'Rosa '.repeat(80)}\nEva, eva@ica`,
      note: 'Nota.',
    });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(text).toContain('Línea 1: es demasiado larga para ser una persona: «Rosa Rosa');
    expect(text).toContain('Línea 2: el correo no está completo');
    expect(text).toContain('Eva, eva@ica</textarea>');
    expect(text).toContain('Nota.</textarea>');
    const empty = await browsers.peru.post(`${SECOND}/guests`, { guests: ' \n' });
    expect([empty.status, await empty.text()]).toEqual([
      422,
      expect.stringContaining('al menos una persona'),
    ]);
    const twice = await browsers.peru.post(`${SECOND}/guests`, { guests: 'Rosa Quispe, rosa@cusco.example' });
    expect([twice.status, await twice.text()]).toEqual([
      422,
      expect.stringContaining('Rosa Quispe ya tiene'),
    ]);
    const mended = await browsers.peru.post(`${SECOND}/guests`, { guests: LIST, mend: '1' });
    expect([mended.status, await mended.text()]).toEqual([200, expect.stringContaining('Gerente de Cusco')]);
  });

  it('may be a group, or somebody without an address, whom the institution invites itself', async () => {
    const list = 'Gerentes del sur, 12\nEva Sol, Gerente de Ica';
    const checked = await (await browsers.peru.post(`${SECOND}/guests`, { guests: list })).text();
    expect(checked).toMatch(/Gerentes del sur \(12 personas\)<.*Sin correo</s);
    expect(checked).toContain('2 entradas no tienen correo');
    expect(checked).toContain('el MTPE del Perú transmite la invitación');
    expect(checked).not.toContain('Recibirán la invitación');
    for (let n = 0; n < 2; n++)
      expect(
        (await browsers.peru.post(`${SECOND}/guests`, { guests: list, confirmed: '1' })).headers.get(
          'location',
        ),
      ).toBe(`${SECOND}?named=2`);
    expect((await guests()).slice(-2)).toMatchObject([
      { name: 'Gerentes del sur', count: 12, email: null, party: 'per-mtpe' },
      { name: 'Eva Sol', count: null, email: null, post: 'Gerente de Ica' },
    ]);
    for (const who of ['peru', 'chile', 'staff', 'observer'] as const) {
      const text = await browsers[who].text(SECOND);
      expect(text).toMatch(/Gerentes del sur \(12 personas\)<\/strong> <strong class="[^"]*">Sin correo/);
      expect(text).not.toContain('null');
    }
    expect(await browsers.chile.text(`/c/${ID}/people`)).toContain('Gerentes del sur (12 personas)');
    const twice = await browsers.peru.post(`${SECOND}/guests`, { guests: 'Eva Sol\nOtra Persona' });
    expect([twice.status, await twice.text()]).toEqual([422, expect.stringContaining('Eva Sol ya tiene')]);
  });

  it('are withdrawn by their own institution alone, with a reason', async () => {
    const rosa = (await guests()).find(({ name }) => name === 'Rosa Quispe');
    const path = `${SECOND}/guests/${rosa?.id}/withdraw`;
    for (const who of ['chile', 'observer', 'guest', 'other', 'staff'] as const)
      expect(`${who} ${(await browsers[who].get(path)).status}`).toBe(`${who} 404`);
    expect(await browsers.peru.text(path)).toContain('Rosa Quispe deja de estar');
    expect((await browsers.peru.post(path, { reason: '' })).status).toBe(422);
    // Who they are was corrected after the page was opened.
    const as = { post: 'Gerente de Puno' };
    await system.change(ID, { change: 'correct-person', person: rosa?.id ?? '', as });
    const late = await browsers.peru.post(path, { reason: 'Viaja.', seen: '1' });
    expect([late.status, await late.text()]).toEqual([422, expect.stringContaining('Desde que usted')]);
    const made = await browsers.peru.post(path, { reason: 'Viaja.' });
    expect(made.headers.get('location')).toBe(`${SECOND}?withdrawn`);
    expect(await browsers.peru.text(`${SECOND}?withdrawn`)).toContain('Se retiró la invitación.');
    expect((await guests()).map(({ name }) => name)).not.toContain('Rosa Quispe');
    expect((await browsers.peru.post(path, { reason: 'Otra vez.' })).status).toBe(404);
  });

  it('are nobody else’s to name, nor of a session that is not there or not held', async () => {
    for (const who of ['observer', 'guest', 'other', 'staff'] as const)
      expect(`${who} ${(await browsers[who].post(`${SECOND}/guests`, { guests: LIST })).status}`).toBe(
        `${who} 404`,
      );
    expect((await browsers.peru.post(`/c/${ID}/sessions/9/guests`, { guests: LIST })).status).toBe(404);
    await system.change(ID, { change: 'cancel-session', session: 3 });
    expect((await browsers.peru.post(`/c/${ID}/sessions/3/guests`, { guests: LIST })).status).toBe(404);
    expect(await browsers.peru.text(`/c/${ID}/sessions/3`)).not.toContain('Nombrar');
  });
});
