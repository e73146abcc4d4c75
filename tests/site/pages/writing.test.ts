import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { draftsOf } from '../../../src/casefile/drafts.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Fields, fieldsOf, hiddenIn, plain } from '../../support/programmeForm.ts';
import { putUnderReview } from '../../support/review.ts';
import { type Browser, OFFICER, siteOver } from '../../support/site.ts';

const ID = 'written';
const REVIEW = 'coordination/approve-programme.1';
const FORM = `/c/${ID}/programme/form`;
const REQUEST = `/c/${ID}/requests/${REVIEW}`;

/** What is written in a long form, kept for whoever writes it until it is sent on. */
describe('what somebody is writing', () => {
  let system: InProcess;
  let staff: Browser;
  let colleague: Browser;
  let peru: Browser;
  let peruToo: Browser;
  beforeAll(async () => {
    system = await inProcess();
    const site = siteOver(system);
    await putUnderReview(system, (file) => {
      file.id = ID;
    });
    const { people } = await system.view(ID);
    const as = (person: string) => site.as(people.find(({ id }) => id === person)?.email ?? '');
    staff = await as('oas-1');
    colleague = await site.as(OFFICER);
    peru = await as('per-mtpe-1');
    peruToo = await as('per-mtpe-2');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('of a new programme is kept with every button, under a name of its own, and goes when it was started', async () => {
    const source = changedSource((file) => {
      movedTo(new Date(), 5)(file);
      file.id = 'begun';
      for (const one of file.participants) one.email = `b-${one.email}`;
    });
    const opened = fieldsOf(await (await staff.post('/new/form/open', { source })).text());
    const named = { ...opened, subject: 'Un tema <b>' };
    await staff.post('/new/form', { ...named, do: 'add:participants' });
    const kept = await staff.post('/new/form', { ...named, do: 'keep' });
    const path = `/new/form?draft=${opened.draft}`;
    expect([kept.status, kept.headers.get('location')]).toEqual([303, path]);
    expect(await staff.text('/new')).toContain(`<a class="govuk-link" href="${path}">Un tema &lt;b&gt;</a>`);
    expect(await colleague.text('/new')).not.toContain('?draft=');
    expect(fieldsOf(await colleague.text(path)).subject).toBe('');

    // On another day; and from what the form gave, where more is to be written.
    const page = await staff.text(path);
    expect(page).toContain('Continúa el borrador');
    expect(fieldsOf(page)).toEqual(named);
    const complete = await (await staff.post('/new/form', { ...named, do: 'check' })).text();
    const made = plain(/name="source" value="([^"]*)"/.exec(complete)?.[1] ?? '');
    const again = fieldsOf(await (await staff.post('/new/form/open', { source: made })).text());
    expect(again.draft).toBe(opened.draft);

    const other = fieldsOf(await staff.text('/new/form'));
    await staff.post('/new/form', { ...other, do: 'keep' });
    expect((await staff.text('/new')).match(/\?draft=/g)).toHaveLength(2);
    const discarded = await staff.post(`/new/form?draft=${other.draft}`, { do: 'discard' });
    expect(discarded.headers.get('location')).toBe('/new');
    expect((await staff.post('/new/start', { source: made })).headers.get('location')).toMatch(/^\/c\/begun/);
    expect(await staff.text('/new')).not.toContain('?draft=');
  });

  it('in answer to a request is its author’s alone, until it is given', async () => {
    const page = await peru.text(REQUEST);
    expect(page).toContain(`data-draft="${REQUEST}/draft"`);
    const written = { decision: 'changes', reason: 'Falta <el> costo.', subject: 'f'.repeat(64), do: 'keep' };
    expect((await peru.post(`${REQUEST}/draft`, written)).headers.get('location')).toBe(REQUEST);
    const later = await peru.text(REQUEST);
    expect(later).toContain('Falta &lt;el&gt; costo.</textarea>');
    // What it is about is as it is now.
    expect(later).not.toContain('f'.repeat(64));
    for (const browser of [peruToo, staff])
      expect(await browser.text(REQUEST)).not.toContain('Continúa el borrador');
    expect((await staff.post(`${REQUEST}/draft`, written)).status).toBe(404);
    const subject = /name="subject" value="([^"]*)"/.exec(later)?.[1] ?? '';
    // The button for what most answer stands no longer beside it; pressed on a page from before, it takes nothing away.
    expect(later).not.toContain('rial-usual');
    const pressed = await peru.post(REQUEST, { decision: 'approve', usual: 'yes', subject });
    const told = await pressed.text();
    expect([pressed.status, told.includes('Falta &lt;el&gt; costo.</textarea>')]).toEqual([422, true]);
    expect(told).toContain('Escribió cambios, pero eligió aprobar.');
    expect(
      (await peru.post(REQUEST, { decision: 'changes', reason: 'Falta el costo.', subject })).status,
    ).toBe(303);
    const address = (await system.view(ID)).people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
    expect(await draftsOf(system.caseFile, address)).toEqual([]);
  });

  it('to others is its author’s alone, until it is sent; the preview keeps it, too', async () => {
    const path = `/c/${ID}/communications/new`;
    const written = { to: 'party per-mtpe', subject: 'Sobre <el> plazo', text: 'Les pedimos el documento.' };
    expect(await staff.text(path)).toContain(`data-draft="${path}"`);
    const kept = await staff.post(path, { ...written, do: 'keep' });
    expect([kept.status, kept.headers.get('location')]).toEqual([303, path]);
    const later = await staff.text(path);
    expect(later).toContain('Continúa el borrador');
    expect(later).toContain('Les pedimos el documento.</textarea>');
    expect(plain(later)).toContain('value="Sobre <el> plazo"');
    expect(later).toMatch(/value="party per-mtpe"[^>]* checked/);
    expect(await colleague.text(path)).not.toContain('Continúa el borrador');
    // What was changed since is what the preview shows, and what is there afterwards.
    const preview = await (await staff.post(path, { ...written, text: 'Otro texto.' })).text();
    expect(await staff.text(path)).toContain('Otro texto.</textarea>');
    expect((await staff.post(`/c/${ID}/communications/send`, hiddenIn(preview))).status).toBe(303);
    expect(await staff.text(path)).not.toContain('Continúa el borrador');
    await staff.post(path, { ...written, do: 'keep' });
    expect((await staff.post(path, { do: 'discard' })).status).toBe(303);
    expect(await staff.text(path)).not.toContain('Les pedimos');
  });

  it('of a change, of what was agreed too, is there until it is made, and tells what changed since', async () => {
    const path = `/c/${ID}/changes/new/correct-meeting`;
    const opened = await staff.text(path);
    const own = /data-draft="([^"]*)"/.exec(opened)?.[1] ?? '';
    const fields = { ...hiddenIn(opened), minutes: 'Se acordó otra cosa.', reason: 'Lo pidió Chile.' };
    expect((await staff.post(own, { ...fields, do: 'keep' })).headers.get('location')).toBe(path);
    expect(await colleague.text(path)).not.toContain('Se acordó otra cosa.');
    await system.change(ID, { change: 'correct-meeting', minutes: 'Se acordó lo de Chile.' });
    const later = await staff.text(path);
    expect(later).toContain('Se acordó otra cosa.</textarea>');
    const told = await staff.post(path, { ...fields, ...hiddenIn(later) });
    const seen = await told.text();
    expect([told.status, seen.includes('Se acordó otra cosa.')]).toEqual([422, true]);
    const preview = await (await staff.post(path, { ...fields, ...hiddenIn(seen) })).text();
    expect((await staff.post(`/c/${ID}/changes/make`, hiddenIn(preview))).status).toBe(303);
    expect(await staff.text(path)).not.toContain('Continúa el borrador');
  });

  it('of an answer that staff record for another is theirs', async () => {
    const path = `${REQUEST}?for=chl-mtps-1`;
    const draft = /data-draft="([^"]*)"/.exec(await staff.text(path))?.[1] ?? '';
    expect(draft).toBe(`${REQUEST}/draft?for=chl-mtps-1`);
    await staff.post(draft, {
      decision: 'changes',
      reason: 'Falta el plazo.',
      how: 'Por teléfono',
      do: 'keep',
    });
    const later = await staff.text(path);
    expect(later).toContain('Falta el plazo.</textarea>');
    expect(later).toContain('value="Por teléfono"');
    expect(await staff.text(`${REQUEST}?for=chl-mtps-2`)).not.toContain('Falta el plazo.');
  });

  it('of a correction is there on another day, with what a colleague changed since', async () => {
    const fields: Fields = { ...fieldsOf(await staff.text(FORM)), subject: 'El tema de él' };
    const kept = await staff.post(FORM, { ...fields, reason: 'Lo pidió Perú.', do: 'keep' });
    expect([kept.status, kept.headers.get('location')]).toEqual([303, FORM]);
    const page = await staff.text(FORM);
    expect(page).toContain('Continúa el borrador');
    expect(fieldsOf(page)).toMatchObject({ subject: 'El tema de él', reason: 'Lo pidió Perú.' });
    expect(await colleague.text(FORM)).not.toContain('Continúa el borrador');
    const { programme } = await system.view(ID);
    const changed = stringify({ ...programme, frame: 'Otro marco' });
    await system.cooperations.change(ID, {
      what: { change: 'amend', programme: changed },
      reason: 'Lo pidió Chile.',
    });
    await staff.post(FORM, { ...fields, reason: 'Lo pidió Perú.', do: 'keep' });
    const told = await staff.get(FORM);
    expect(told.status).toBe(409);
    const later = await told.text();
    expect(later).toContain('Lo pidió Chile.');
    expect(fieldsOf(later)).toMatchObject({ subject: 'El tema de él', frame: 'Otro marco' });
    const preview = await (await staff.post(FORM, { ...fieldsOf(later), do: 'check' })).text();
    expect((await staff.post(`/c/${ID}/changes/make`, hiddenIn(preview))).status).toBe(303);
    const fresh = await staff.text(FORM);
    expect(fresh).not.toContain('Continúa el borrador');
    await staff.post(FORM, { ...fieldsOf(fresh), title: 'X', do: 'add:description' });
    expect((await staff.post(FORM, { do: 'discard' })).headers.get('location')).toBe(FORM);
    expect(fieldsOf(await staff.text(FORM)).title).toBe(programme.title);
  });
});
