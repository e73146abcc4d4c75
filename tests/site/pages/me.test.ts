import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addStaff, staffAt } from '../../../src/casefile/access/staff.ts';
import { changeOf } from '../../../src/casefile/changes/index.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { plain } from '../../support/programmeForm.ts';
import { type Browser, mainOf, siteOver } from '../../support/site.ts';
import { ID, OTHER, underway, type Who } from './underway.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the page of what is known of oneself', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const person = async (id: string, cooperation = ID) =>
    (await system.view(cooperation)).people.find((one) => one.id === id);
  /** What a browser sends that has opened the form and changes these fields. */
  async function form(browser: Browser, changed: Record<string, string>): Promise<Record<string, string>> {
    const text = await browser.text('/me');
    const fields = [...text.matchAll(/<input[^>]+name="(name|post|was|seen)"[^>]*value="([^"]*)"/g)];
    const chosen = ['language', 'timezone'].flatMap((name) => {
      const [, options = ''] =
        new RegExp(`<select[^>]+name="${name}"[^>]*>(.*?)</select>`, 's').exec(text) ?? [];
      const [, value] = /<option value="([^"]*)" selected/.exec(options) ?? [];
      return value === undefined ? [] : [[name, value] as const];
    });
    return {
      ...Object.fromEntries(fields.map(([, name = '', value = '']) => [name, plain(value)])),
      ...Object.fromEntries(chosen),
      ...changed,
    };
  }
  const saved = async (browser: Browser, changed: Record<string, string>) => {
    const response = await browser.post('/me', await form(browser, changed));
    expect(response.status).toBe(303);
    return mainOf(await browser.text(response.headers.get('location') ?? ''));
  };

  it('changes name, post, language and clock of a delegate, on record as theirs, and tells nobody', async () => {
    expect(await browsers.chile.text(`/c/${ID}`)).toContain('href="/me"');
    const told = await saved(browsers.chile, {
      name: 'Cristóbal Auger Díaz',
      post: '',
      language: 'pt',
      timezone: 'America/Lima',
    });
    // In the language that was chosen.
    expect(told).toMatch(/As alterações foram salvas.+não se escreve a ninguém/);
    expect(await person('chl-mtps-2')).toMatchObject({
      name: 'Cristóbal Auger Díaz',
      post: null,
      language: 'pt',
      timeZone: 'America/Lima',
    });
    const { changes, record } = await system.view(ID);
    expect(changes.at(-1)).toMatchObject({ kind: 'correct-person', by: 'chl-mtps-2' });
    const entry = record.findLast(({ kind }) => kind === 'person-corrected');
    expect(entry).toMatchObject({ person: 'chl-mtps-2', party: 'chl-mtps' });
    expect((await changeOf(system.caseFile, ID, changes.at(-1)?.number ?? 0))?.told).toEqual([]);
    expect(mainOf(await browsers.peru.text(`/c/${ID}/record`))).toContain('Cristóbal Auger Díaz');
    await saved(browsers.chile, { language: 'es' });
  });

  it('does so in all cooperations of the address, but for what is otherwise elsewhere and was not changed', async () => {
    const officer = await person('oas-1');
    const { people } = await system.view(OTHER);
    const same = people.find(({ id }) => id === 'oas-1')?.email ?? '';
    await system.caseFile
      .updateTable('person')
      .set({ email: officer?.email ?? '', post: 'Especialista' })
      .where('cooperation', '=', OTHER)
      .where('id', '=', 'oas-1')
      .execute();
    expect(same).not.toBe(officer?.email);
    expect(mainOf(await browsers.staff.text('/me'))).toMatch(/sus 2 cooperaciones.+figura: /);
    const told = await saved(browsers.staff, { name: 'María Camacho Ruiz' });
    expect(told.match(/no se escribe a nadie/g)).toHaveLength(2);
    expect(await person('oas-1')).toMatchObject({ name: 'María Camacho Ruiz', post: officer?.post });
    expect(await person('oas-1', OTHER)).toMatchObject({ name: 'María Camacho Ruiz', post: 'Especialista' });
    expect(await staffAt(system.caseFile, officer?.email ?? '')).toMatchObject({
      name: 'María Camacho Ruiz',
    });
  });

  it('tells what was changed by somebody else since the form was opened, and changes nothing', async () => {
    const open = await form(browsers.peru, { name: 'Jorge Larrea Soto' });
    await system.change(ID, { change: 'correct-person', person: 'per-mtpe-1', as: { post: 'Director' } });
    const response = await browsers.peru.post('/me', open);
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain('value="Jorge Larrea Soto"');
    expect((await person('per-mtpe-1'))?.name).toBe('Jorge Larrea');
  });

  it('takes no language that there is none of, which would be that of mails and pages', async () => {
    const before = await person('per-mtpe-1');
    for (const language of ['xx', '../../../../package', '__proto__']) {
      const open = await form(browsers.peru, { language });
      expect([language, (await browsers.peru.post('/me', open)).status]).toEqual([language, 400]);
    }
    expect(await person('per-mtpe-1')).toEqual(before);
  });

  it('asks for what is missing, and says where nothing differs', async () => {
    for (const [changed, told] of [
      [{}, 'No cambió ningún dato'],
      [{ name: ' ' }, 'Nombre completo'],
    ] as const) {
      const response = await browsers.peru.post('/me', await form(browsers.peru, changed));
      expect(response.status).toBe(422);
      expect(mainOf(await response.text())).toContain(told);
    }
    expect((await browsers.peru.post('/me', {}, 'https://evil.example')).status).toBe(403);
    expect((await browsers.peru.post('/me', { was: 'x', seen: '::', name: 'x'.repeat(301) })).status).toBe(
      422,
    );
  });

  it('notes an absence with who stands in, who alone is told, and ends it', async () => {
    const absence = { from: day(3), to: day(5), [`standIn-${ID}`]: 'chl-mtps-3' };
    const mails = async () => (await system.view(ID)).mails.filter(({ notice }) => notice === 'stands-in');
    const noted = await browsers.chile.post('/me/absences', absence);
    expect(noted.status).toBe(303);
    const text = mainOf(await browsers.chile.text(noted.headers.get('location') ?? ''));
    expect(text).toContain('se avisa por correo a Pedro Pablo Silva');
    expect(text).toMatch(/Responde en su lugar: Pedro Pablo Silva.+Terminar o cancelar/);
    expect((await system.view(ID)).absences).toMatchObject([{ person: 'chl-mtps-2', standIn: 'chl-mtps-3' }]);
    await expect.poll(async () => (await mails()).map(({ person }) => person)).toEqual(['chl-mtps-3']);

    expect((await browsers.chile.post('/me/absences', absence)).status).toBe(422);
    const ended = await browsers.chile.post('/me/absences/end', { cooperation: ID, from: day(3) });
    expect(mainOf(await browsers.chile.text(ended.headers.get('location') ?? ''))).toContain(
      'Pedro Pablo Silva',
    );
    expect((await system.view(ID)).absences).toEqual([]);
    await expect
      .poll(async () => (await mails()).map(({ person }) => person))
      .toEqual(['chl-mtps-3', 'chl-mtps-3']);
    expect((await mails()).at(-1)?.subject).toContain('Ya no es necesario');
  });

  it('hands an officer’s cases over, all of them to one colleague, who is whom everybody turns to then', async () => {
    const colleague = (await person('oas-2'))?.email ?? '';
    for (const id of ['oas-1', 'oas-2'])
      await system.caseFile
        .updateTable('person')
        .set({ email: (await person(id))?.email ?? '' })
        .where('cooperation', '=', OTHER)
        .where('id', '=', id)
        .execute();
    const text = mainOf(await browsers.staff.text('/me'));
    expect(text).toContain('Quién responde en su lugar en todas sus cooperaciones');
    const absences = async () =>
      (await Promise.all([ID, OTHER].map((id) => system.view(id)))).map(({ absences: all }) =>
        all.map(({ person: of, standIn }) => `${of} ${standIn}`).join(),
      );
    const days = { from: day(-3), to: day(2), standIn: colleague };
    const noted = await browsers.staff.post('/me/absences', { ...days, [`standIn-${OTHER}`]: 'none' });
    expect(noted.status).toBe(303);
    expect(await absences()).toEqual(['oas-1 oas-2', '']);
    const footer = async (path: string) =>
      /<footer.*?<\/footer>/s.exec(await browsers.peru.text(path))?.[0] ?? '';
    expect(await footer(`/c/${ID}`)).toContain(colleague);
    expect(await browsers.observer.text('/board')).toMatch(
      /Atiende Guillermo Calzada, por ausencia de María [^<]+ hasta el/,
    );
    expect((await browsers.staff.post('/me/absences', days)).status).toBe(422);
    await browsers.staff.post('/me/absences/end', { cooperation: ID, from: day(-3) });
    expect(await footer(`/c/${ID}`)).not.toContain(colleague);
    const again = { from: day(3), to: day(4), standIn: colleague };
    expect((await browsers.staff.post('/me/absences', again)).status).toBe(303);
    expect(await absences()).toEqual(['oas-1 oas-2,oas-1 oas-2', 'oas-1 oas-2']);
    for (const id of [ID, OTHER])
      await browsers.staff.post('/me/absences/end', { cooperation: id, from: day(3) });
  });

  it('has a colleague of the Secretariat stand in who takes no part yet: they join with it, on record', async () => {
    const address = 'sofia.ramos@oea.example';
    const staff = { address, role: 'staff', name: 'Sofía Ramos', by: null } as const;
    await addStaff(system.caseFile, staff, new Date().toISOString());
    const standIn = `join:${address}`;
    expect(await browsers.staff.text('/me')).toContain(
      `<option value="${standIn}">Sofía Ramos (se incorpora a esta cooperación)</option>`,
    );
    // Delegates are offered their own colleagues alone, whatever they send.
    expect(await browsers.chile.text('/me')).not.toContain('Sofía');
    const days = { from: day(10), to: day(12) };
    const tried = await browsers.chile.post('/me/absences', { ...days, [`standIn-${ID}`]: standIn });
    expect(tried.status).toBe(422);
    const { programme } = await system.view(ID);
    const joins = { name: 'Sofía Ramos', email: address };
    const delegate = { change: 'absence', person: 'chl-mtps-2', ...days, standIn: joins } as const;
    await expect(
      system.cooperations.preview(ID, { what: delegate, reason: 'x', by: 'chl-mtps-2' }),
    ).rejects.toMatchObject({ code: 'Malformed' });

    const noted = await browsers.staff.post('/me/absences', {
      ...days,
      [`standIn-${ID}`]: standIn,
      [`standIn-${OTHER}`]: 'none',
    });
    expect(noted.status).toBe(303);
    const view = await system.view(ID);
    const joined = view.people.find(({ email }) => email === address);
    expect(joined).toMatchObject({ name: 'Sofía Ramos', role: 'staff', party: 'oas', active: true });
    expect(view.absences).toContainEqual({ person: 'oas-1', ...days, standIn: joined?.id });
    const recorded = view.record.filter(({ data }) => JSON.stringify(data).includes(`"${joined?.id}"`));
    expect(recorded.map(({ kind, person: by }) => [kind, by])).toEqual([
      ['person-joined', 'oas-1'],
      ['absence-noted', 'oas-1'],
    ]);
    expect((await system.view(OTHER)).people.some(({ email }) => email === address)).toBe(false);
    // It is no version of the programme, and is told to whom it concerns.
    expect(view.programme).toEqual(programme);
    const told = () =>
      system.caseFile
        .selectFrom('mail')
        .select(['notice', 'beside'])
        .where('cooperation', '=', ID)
        .where('person', '=', joined?.id ?? '')
        .execute();
    await expect
      .poll(async () =>
        (await told()).map(({ notice, beside }) => [notice, ...beside.map((one) => one.notice)].slice(0, 2)),
      )
      .toContainEqual(['joined', 'stands-in']);
    await browsers.staff.post('/me/absences/end', { cooperation: ID, from: day(10) });
  });

  it('refuses days that are wrong, and a stand-in of nobody, keeping what was written', async () => {
    for (const [given, told] of [
      [{ from: day(3), to: day(2), [`standIn-${ID}`]: 'chl-mtps-3' }, /posterior|primero/],
      [{ from: 'ayer', to: day(2), [`standIn-${ID}`]: 'chl-mtps-3' }, /ayer/],
      [{ from: day(3), to: day(4) }, /Elija a quien responda/],
      [{ from: day(3), to: day(4), [`standIn-${ID}`]: 'per-mtpe-1' }, /./],
    ] as const) {
      const response = await browsers.chile.post('/me/absences', given);
      expect(response.status).toBe(422);
      const text = await response.text();
      expect(text).toMatch(told);
      expect(text).toContain(`value="${given.to}"`);
    }
    expect((await system.view(ID)).absences.filter((one) => one.person.startsWith('chl'))).toEqual([]);
  });

  it('is a guest’s too, without absences; an observer’s and staff’s without a part; and nobody’s else', async () => {
    await saved(browsers.guest, { name: 'Ana Invitada Paz' });
    expect((await system.view(ID)).people.find(({ role }) => role === 'guest')?.name).toBe(
      'Ana Invitada Paz',
    );
    expect(await browsers.guest.text('/me')).not.toContain('Mis ausencias');
    await saved(browsers.observer, { name: 'Olga Observa', language: 'en' });
    expect(await staffAt(system.caseFile, 'observer@oas.example')).toMatchObject({
      name: 'Olga Observa',
      language: 'en',
    });
    const nobody = siteOver(system).browser();
    expect((await nobody.get('/me')).headers.get('location')).toBe('/sign-in?next=%2Fme');
    expect((await nobody.post('/me', { name: 'x' })).headers.get('location')).toBe('/sign-in?next=%2Fme');
    expect((await nobody.post('/me/absences/end', {})).headers.get('location')).toBe('/sign-in?next=%2Fme');
  });

  it('has nothing to change once the cooperation is over', async () => {
    await system.change(OTHER, { change: 'cancel' });
    const text = mainOf(await browsers.other.text('/me'));
    expect(text).toContain('No participa ahora en ninguna cooperación en curso');
    expect((await browsers.other.post('/me', { name: 'Otra' })).status).toBe(422);
    expect((await person('chl-mtps-2', OTHER))?.name).not.toBe('Otra');
  });
});
