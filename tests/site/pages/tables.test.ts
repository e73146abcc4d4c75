import JSZip from 'jszip';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

describe('tables to take along, and help', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('the board, a line for each answer that is owed', async () => {
    const response = await browsers.staff.get('/board.csv');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="rial-\d{4}-/);
    const bytes = new Uint8Array(await response.clone().arrayBuffer());
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toContain('Convocatoria,Cooperación,Tema,Estado,Paso,Espera a');
    expect(lines.filter((line) => line.startsWith(`${ID},`)).length).toBeGreaterThan(1);
    const { label } = await system.open(ID, 'documents/send-documents.1');
    expect(lines.filter((line) => line.includes(label))).toHaveLength(2);
    for (const format of ['csv', 'xlsx'])
      expect(await browsers.staff.text('/board')).toContain(`href="/board.${format}"`);
  });

  it('the people of a cooperation, with no formula among them, and on the security log', async () => {
    await system.change(ID, {
      ...{ change: 'correct-person', person: 'chl-mtps-4' },
      as: { name: '=HYPERLINK("http://evil.example")' },
    });
    const text = await browsers.staff.text(`/c/${ID}/people.csv`);
    expect(text).toContain('Persona invitada,Ana Invitada');
    expect(text).toContain('"\'=HYPERLINK(""http://evil.example"")"');
    const events = await system.caseFile
      .selectFrom('securityEvent')
      .select('code')
      .where('code', '=', 'case-exported')
      .execute();
    expect(events).toHaveLength(1);
  });

  it('the same for Excel, cell by cell', async () => {
    for (const path of ['/board', `/c/${ID}/people`]) {
      const response = await browsers.staff.get(`${path}.xlsx`);
      expect(response.headers.get('content-type')).toContain('spreadsheetml.sheet');
      expect(response.headers.get('content-disposition')).toMatch(/\.xlsx"/);
      const zip = await JSZip.loadAsync(await response.arrayBuffer());
      const sheet = (await zip.file('xl/worksheets/sheet1.xml')?.async('string')) ?? '';
      const strings = (await zip.file('xl/sharedStrings.xml')?.async('string')) ?? '';
      const csv = await browsers.staff.text(`${path}.csv`);
      expect(sheet.match(/<row /g)).toHaveLength(csv.trim().split('\r\n').length);
      for (const head of (csv.replace('\ufeff', '').split('\r\n')[0] ?? '').split(','))
        expect(strings).toContain(`>${head}<`);
      expect(sheet).not.toContain('<f');
    }
  });

  it('are for those who see all cooperations', async () => {
    expect((await browsers.observer.get('/board.csv')).status).toBe(200);
    for (const who of ['peru', 'guest', 'other'] as const)
      for (const path of ['/board.csv', `/c/${ID}/people.csv`, '/board.xlsx', `/c/${ID}/people.xlsx`])
        expect((await browsers[who].get(path)).status).toBe(404);
    expect(await browsers.peru.text(`/c/${ID}/people`)).not.toContain('/people.');
  });

  it('each page says whom to turn to: the Secretariat, within a cooperation its officer', async () => {
    const site = siteOver(system, { contact: 'secretaria@rial.example' });
    const nobody = site.browser();
    for (const path of ['/sign-in', '/nowhere'])
      expect(await nobody.text(path)).toContain('href="mailto:secretaria@rial.example"');
    const { people } = await system.view(ID);
    const email = (id: string) => people.find((one) => one.id === id)?.email ?? '';
    const peru = await site.as(email('per-mtpe-1'));
    for (const path of [`/c/${ID}`, `/c/${ID}/documents`]) {
      const text = await peru.text(path);
      expect(text).toContain('¿Necesita ayuda? Escriba a');
      expect(text).toContain(`href="mailto:${email('oas-1')}"`);
    }
    // Nobody is told to write to themselves: an officer turns to another, where there is one.
    const officers = people.filter(({ role, active }) => role === 'staff' && active);
    const footer = async (who: string) => {
      const text = await (await site.as(email(who))).text(`/c/${ID}`);
      return text.slice(text.indexOf('rial-footer'));
    };
    expect(await footer('oas-1')).not.toContain(email('oas-1'));
    for (const { id } of officers.slice(1)) {
      expect(await footer('oas-1')).toContain(email('oas-2'));
      expect(await footer(id)).toContain(email('oas-1'));
    }
    await system.caseFile
      .updateTable('person')
      .set({ active: false })
      .where('cooperation', '=', ID)
      .where('role', '=', 'staff')
      .where('id', '!=', 'oas-1')
      .execute();
    expect(await footer('oas-1')).not.toContain('¿Necesita ayuda?');
    // What is not there: where to go, and whom to ask.
    const missing = await nobody.get('/nowhere');
    expect(missing.status).toBe(404);
    const text = await missing.text();
    expect(text).toContain('href="/sign-in"');
    expect(text).toContain('Si esperaba encontrar algo aquí, escriba a');
  });
});
