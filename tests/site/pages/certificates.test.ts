import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { securityEntries } from '../../../src/casefile/access/securityLog.ts';
import { caseView } from '../../../src/domain/caseView.ts';
import type { Attendee } from '../../../src/domain/content.ts';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { codeInGroups } from '../../../src/domain/results/certificateCode.ts';
import { caseFor } from '../../../src/export/reader.ts';
import { readPdf } from '../../publications/reading.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, mainOf, siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/certificates`;

describe('certificates', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  let nobody: Browser;

  /** What the minutes of a session have. */
  const recorded = (number: number, attendance: Attendee[]) =>
    system.caseFile
      .updateTable('session')
      .set({
        ...{ startsAt: '2021-08-18T15:00:00.000Z', endsAt: '2021-08-18T17:30:00.000Z', minutes: 'Acta.' },
        ...{ recordedAt: '2021-08-19T15:00:00.000Z', attendance: JSON.stringify(attendance), outputs: '[]' },
      })
      .where('cooperation', '=', ID)
      .where('number', '=', number)
      .execute();
  const certificates = async () => (await system.view(ID)).certificates;
  const of = async (name: string) => {
    const found = (await certificates()).findLast((one) => one.name === name);
    if (!found) throw new Error(`none of ${name}`);
    return found;
  };
  const check = async (code: string) => {
    const response = await nobody.get(`/certificates/${code}`);
    return { status: response.status, text: mainOf(await response.text()) };
  };
  const chilean: Attendee = { name: 'Cristóbal Auger', party: 'chl-mtps', person: 'chl-mtps-2' };

  beforeAll(async () => {
    ({ system, browsers } = await underway());
    nobody = siteOver(system).browser();
    const { people } = await system.view(ID);
    const guest = people.find(({ role }) => role === 'guest')?.id as string;
    await recorded(1, [
      chilean,
      { name: 'Ana Invitada', party: 'chl-mtps', person: guest },
      { name: 'Juan <b>Paz</b>', institution: 'SENCE' },
    ]);
    await recorded(2, [chilean]);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('are given once the sessions are over, and not before', async () => {
    expect(mainOf(await browsers.staff.text(PAGE))).toContain('cuando todas las sesiones estén registradas');
    const response = await browsers.staff.post(PAGE);
    expect([response.status, mainOf(await response.text())]).toEqual([
      422,
      expect.stringContaining('Todavía hay sesiones por realizar'),
    ]);
    expect(await certificates()).toEqual([]);
    await recorded(3, [chilean]);
    const text = mainOf(await browsers.staff.text(PAGE));
    expect(text).toContain('3 constancias por expedir');
    expect(text).toContain('Cristóbal Auger (MTPS de Chile) Primera sesión, Segunda sesión, Tercera sesión');
  });

  it('are given by staff alone, once to each, and stand on record', async () => {
    for (const who of ['peru', 'guest', 'observer', 'other'] as const)
      expect([who, (await browsers[who].post(PAGE)).status]).toEqual([who, 404]);
    expect(await certificates()).toEqual([]);
    const response = await browsers.staff.post(PAGE);
    expect(response.headers.get('location')).toBe(`${PAGE}?given=3`);
    expect((await browsers.staff.post(PAGE)).headers.get('location')).toBe(`${PAGE}?given=0`);
    const given = await certificates();
    expect(
      given.map(({ number, name, persons, sessions }) => [number, name, persons.length, sessions.length]),
    ).toEqual([
      [1, 'Cristóbal Auger', 1, 3],
      [2, 'Ana Invitada', 1, 1],
      [3, 'Juan <b>Paz</b>', 0, 1],
    ]);
    expect(new Set(given.map(({ code }) => code)).size).toBe(3);
    const { record } = await system.view(ID);
    const entries = record.filter(({ kind }) => kind === 'certificates-given');
    expect(entries).toMatchObject([
      { party: 'oas', person: 'oas-1', data: { certificates: [1, 2, 3], replaced: [] } },
    ]);
    expect(await browsers.peru.text(`/c/${ID}/record`)).toContain(
      'La OEA expidió 3 constancias de participación',
    );
    const list = await browsers.staff.text(PAGE);
    expect(list).toContain('Juan &lt;b&gt;Paz&lt;/b&gt;');
    expect(list).not.toContain('<b>Paz');
  });

  it('are had by whoever they are of, and all of them by the Secretariat and who looks on', async () => {
    const own = `${PAGE}/1.pdf`;
    const { programme } = await system.view(ID);
    const pdf = await browsers.chile.get(own);
    expect(pdf.headers.get('content-disposition')).toContain(`constancia-${ID}-1.pdf`);
    const { text } = await readPdf(new Uint8Array(await pdf.arrayBuffer()));
    expect(text.replaceAll(/\s+/g, ' ')).toContain(programme.subject);
    expect(await browsers.chile.text(`/c/${ID}`)).toContain(`href="${own}"`);
    expect(await browsers.guest.text(`/c/${ID}/sessions/1`)).toContain(`href="${PAGE}/2.pdf"`);
    expect(await browsers.peru.text(`/c/${ID}`)).not.toContain('/certificates/');
    for (const [who, file, status] of [
      ['guest', '2.pdf', 200],
      ['guest', '1.pdf', 404],
      ['peru', '1.pdf', 404],
      ['other', '1.pdf', 404],
      ['observer', '1.pdf', 200],
      ['observer', 'all.zip', 200],
      ['chile', 'all.zip', 404],
      ['staff', '4.pdf', 404],
    ] as const)
      expect([who, file, (await browsers[who].get(`${PAGE}/${file}`)).status]).toEqual([who, file, status]);
    const zip = await JSZip.loadAsync(await (await browsers.staff.get(`${PAGE}/all.zip`)).arrayBuffer());
    expect(Object.keys(zip.files)).toEqual([
      '0001 Cristóbal Auger.pdf',
      '0002 Ana Invitada.pdf',
      expect.stringMatching(/^0003 .*Paz.*\.pdf$/),
    ]);
    const noted = await securityEntries(system.caseFile, { most: 9, code: 'certificates-exported' });
    expect(noted.map(({ who, event }) => [who?.kind, event])).toEqual([
      ['staff', { code: 'certificates-exported', cooperation: ID, by: 'page' }],
      ['observer', { code: 'certificates-exported', cooperation: ID, by: 'page' }],
    ]);
  });

  it('are checked by anybody who has the code, in each language, and by nobody who has none', async () => {
    const { code } = await of('Cristóbal Auger');
    const { status, text } = await check(codeInGroups(code));
    expect(status).toBe(200);
    for (const stated of [
      'Constancia vigente',
      'Cristóbal Auger',
      'Primera sesión: 18 de agosto de 2021 (2,5 h)',
    ])
      expect(text).toContain(stated);
    const heads = new Set<string>();
    for (const language of LANGUAGES) {
      const page = await nobody.ask('GET', `/certificates/${code.toLowerCase()}`, {
        headers: { 'accept-language': language },
      });
      expect(page.headers.get('x-robots-tag')).toBe('noindex');
      const html = await page.text();
      expect(html).toContain(`<html lang="${language}"`);
      expect(html).toContain('Cristóbal Auger');
      heads.add(/<title>([^<]+)/.exec(html)?.[1] ?? '');
    }
    expect(heads.size).toBe(LANGUAGES.length);
    const unknown = await check('0000-0000-0000-0000-0000');
    expect([unknown.status, unknown.text]).toEqual([
      404,
      expect.stringContaining('No existe una constancia'),
    ]);
    expect((await nobody.get('/certificates')).status).toBe(200);
    expect((await nobody.get('/certificates?code=corto')).status).toBe(422);
    const found = await nobody.get(`/certificates?code=${encodeURIComponent(` ${codeInGroups(code)} `)}`);
    expect(found.headers.get('location')).toBe(`/certificates/${codeInGroups(code)}`);
    // Nothing of the code tells whose it is.
    expect(code).toMatch(/^[0-9A-Z]{20}$/);
  });

  it('fall with a correction of the attendance, and are replaced by what is so then', async () => {
    const before = await of('Cristóbal Auger');
    await system.change(ID, { change: 'correct-minutes', session: 3, attendance: ['Nadie más'] });
    const fallen = await check(before.code);
    expect(fallen.text).toContain('Los datos se corrigieron después');
    expect(fallen.text).not.toContain('Auger');
    expect(await browsers.chile.text(`/c/${ID}`)).not.toContain(`${PAGE}/1.pdf`);
    expect(mainOf(await browsers.staff.text(PAGE))).toContain(
      '1 constancia ya no coincide con la asistencia',
    );
    await browsers.staff.post(PAGE);
    const after = await of('Cristóbal Auger');
    expect([after.number, after.sessions.length]).toEqual([4, 2]);
    expect((await check(after.code)).text).toContain('Constancia vigente');
    expect((await check(before.code)).text).toContain('Los datos se corrigieron después');
    expect((await certificates()).filter(({ withdrawn }) => withdrawn).map(({ number }) => number)).toEqual([
      1,
    ]);
  });

  it('are withdrawn for a reason, not given again by themselves, and given anew where staff say so', async () => {
    const { code, number } = await of('Ana Invitada');
    const page = `${PAGE}/${number}/withdraw`;
    expect((await browsers.peru.get(page)).status).toBe(404);
    expect((await browsers.peru.post(page, { reason: 'x' })).status).toBe(404);
    expect((await browsers.staff.post(page, { reason: ' ' })).status).toBe(422);
    expect((await check(code)).text).toContain('vigente');
    const done = await browsers.staff.post(page, { reason: 'Se fue a los diez minutos.' });
    expect(done.headers.get('location')).toBe(`${PAGE}?withdrawn`);
    const { text } = await check(code);
    expect(text).toContain('Constancia anulada');
    expect(text).not.toMatch(/Ana|diez minutos/);
    expect((await browsers.staff.post(page, { reason: 'Otra vez.' })).status).toBe(404);
    expect((await browsers.staff.post(PAGE)).headers.get('location')).toBe(`${PAGE}?given=0`);
    await browsers.staff.post(PAGE, { anew: String(number) });
    expect((await of('Ana Invitada')).number).toBe(number + 4);
    expect(await browsers.peru.text(`/c/${ID}/record`)).toContain(
      'La OEA anuló la constancia de participación n.º 2',
    );
  });

  it('go with the case to whoever sees them, each person’s own to others', async () => {
    const view = caseView.parse(await system.view(ID));
    const withheld = (person: string, secretariat: boolean) =>
      caseFor(view, { of: 'person', person, party: 'chl-mtps', secretariat }).view.certificates.map(
        ({ name }) => name,
      );
    expect(new Set(withheld('chl-mtps-2', false))).toEqual(new Set(['Cristóbal Auger']));
    expect(withheld('chl-mtps-1', false)).toEqual([]);
    expect(withheld('oas-1', true)).toHaveLength(view.certificates.length);
    const zip = await JSZip.loadAsync(
      await (await browsers.staff.get(`/c/${ID}/record/export`)).arrayBuffer(),
    );
    for (const { file } of view.certificates) expect(zip.file(`${ID}/data/${file}`)).not.toBeNull();
  });

  it('are asked about so often from one network, and then no more for a while', async () => {
    let last = 200;
    for (let tries = 0; tries < 700 && last !== 429; tries++)
      last = (await nobody.get('/certificates/0000-0000-0000-0000-0001')).status;
    expect(last).toBe(429);
    const noted = await securityEntries(system.caseFile, { most: 1, code: 'certificates-guessed' });
    expect(noted).toHaveLength(1);
    // Whoever signs in is not kept out by it.
    expect((await nobody.get('/sign-in')).status).toBe(200);
  });
});
