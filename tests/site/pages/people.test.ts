import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const PAGE = `/c/${ID}/people`;
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

describe('the people’s page', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());
  /** What stands of a person, without tags. */
  const entry = async (name: string): Promise<string> => {
    const text = await browsers.peru.text(PAGE);
    const found = text.split('<li>').find((one) => one.includes(`<strong>${name}`)) ?? '';
    return (found.split('</li>')[0] ?? '').replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');
  };

  it('shows each with post, address, clock and role, by institution', async () => {
    expect(await entry('Pedro Pablo Silva')).toMatch(
      /Punto focal.+Jefe de Asuntos.+pedro\.silva@mtps-chile\.example.+Hora de Santiago/,
    );
    expect(await entry('Consultor')).not.toContain('Punto focal');
    expect(await entry('Ana Invitada')).toContain('1.ª sesión, por invitación del MTPS de Chile');
    expect((await browsers.peru.text(PAGE)).match(/\(Usted\)|<span class="rial-soft">\(Usted/g)).toHaveLength(
      1,
    );
  });

  it('says who is away, until when, and who answers meanwhile', async () => {
    const absence = { change: 'absence', person: 'chl-mtps-3', standIn: 'chl-mtps-4' } as const;
    await system.change(ID, { ...absence, from: day(-1), to: day(2) });
    expect(await entry('Pedro Pablo Silva')).toMatch(/Ausente.+Responde en su lugar: Maximiliano Gilabert/);
    expect(await entry('Margarita Spoerer')).not.toContain('Ausen');
  });

  it('shows who took a person’s place, as inert text, and the person no more', async () => {
    await system.change(ID, {
      change: 'replace',
      person: 'chl-mtps-4',
      with: { name: '<script>alert(1)</script> "Q"', email: 'nueva@mtps-chile.example' },
    });
    const text = await browsers.peru.text(PAGE);
    expect(text).toContain('<strong>&lt;script&gt;alert(1)&lt;/script&gt; &quot;Q&quot;</strong>');
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('maximiliano.gilabert@');
  });

  it('leads staff to the changes, and nobody else', async () => {
    const text = await browsers.staff.text(PAGE);
    const links = [...text.matchAll(/href="([^"]+\/changes\/new\/[^"]+chl-mtps-3)"/g)].map(([, to]) => to);
    expect(links).toEqual(
      ['correct-person', 'replace', 'remove-person'].map(
        (kind) => `/c/${ID}/changes/new/${kind}?person=chl-mtps-3`,
      ),
    );
    // Who is none may become the focal point; and somebody more may join.
    expect(text).toContain(`/c/${ID}/changes/new/focal-point?person=chl-mtps-2`);
    expect(text).toContain(`/c/${ID}/changes/new/add-person`);
    // The form has what is known of them.
    const form = await browsers.staff.text(links[0] ?? '');
    expect(form).toMatch(/<option value="chl-mtps-3" selected>/);
    expect(form).toContain('value="pedro.silva@mtps-chile.example"');
    for (const who of ['peru', 'observer'] as const) {
      const text = await browsers[who].text(PAGE);
      expect(text).not.toContain(`/c/${ID}/changes`);
      expect(text.split(/<\/?main/)[1]).not.toContain('<form');
    }
    expect((await browsers.observer.post(PAGE)).status).toBe(404);
    for (const who of ['guest', 'other'] as const) expect((await browsers[who].get(PAGE)).status).toBe(404);
  });
});
