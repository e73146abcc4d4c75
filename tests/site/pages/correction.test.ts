import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { type Fields, fieldsOf, hiddenIn, plain } from '../../support/programmeForm.ts';
import { putUnderReview } from '../../support/review.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const OBSERVER = 'observer@oas.example';
const REVIEW = 'coordination/approve-programme.1';
const REVISE = 'coordination/revise-programme.1';

describe('the programme of a cooperation under way, in the form', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let staff: Browser;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { observers: [OBSERVER] });
  });
  afterAll(() => system[Symbol.asyncDispose]());

  /** A cooperation whose ministries have the programme before them. */
  async function started(): Promise<string> {
    const id = `corrected-${++count}`;
    await putUnderReview(system, (file) => {
      file.id = id;
    });
    const { people } = await system.view(id);
    staff = await site.as(people.find((one) => one.id === 'oas-1')?.email ?? '');
    return id;
  }
  const formPath = (id: string) => `/c/${id}/programme/form`;
  const programmeOf = async (id: string) => (await system.view(id)).programme;
  const opened = async (id: string): Promise<Fields> => fieldsOf(await staff.text(formPath(id)));
  async function send(path: string, fields: Fields, what = 'check') {
    const reason = fields.reason || 'Por acuerdo.';
    const response = await staff.post(path, { ...fields, reason, do: what });
    return { status: response.status, text: await response.text() };
  }
  const changed = (programme: Programme, change: (programme: Programme) => void): Programme => {
    const copy = structuredClone(programme);
    change(copy);
    return copy;
  };
  const amended = async (id: string, change: (programme: Programme) => void, reason: string) => {
    const programme = stringify(changed(await programmeOf(id), change));
    await system.cooperations.change(id, { what: { change: 'amend', programme }, reason });
  };

  it('is staff’s, and of a cooperation that is not over', async () => {
    const id = await started();
    const { people } = await system.view(id);
    const delegate = await site.as(people.find((one) => one.id === 'chl-mtps-2')?.email ?? '');
    for (const browser of [delegate, await site.as(OBSERVER)]) {
      expect((await browser.get(formPath(id))).status).toBe(404);
      expect((await browser.post(formPath(id), { do: 'check' })).status).toBe(404);
    }
    expect(await staff.text(`/c/${id}/changes`)).toContain(`href="${formPath(id)}"`);
    expect(await staff.text(`/c/${id}/changes/new/amend`)).toContain(`href="${formPath(id)}"`);
    await system.change(id, { change: 'cancel' });
    expect((await staff.get(formPath(id))).status).toBe(409);
  });

  it('gives back what it was made from, where nobody writes in it', async () => {
    const id = await started();
    const { status, text } = await send(formPath(id), await opened(id));
    expect([status, text.includes('dice lo mismo que el programa')]).toEqual([422, true]);
    const fields = await opened(id);
    const kept = await staff.post(formPath(id), { ...fields, do: 'download' });
    expect(parse(await kept.text())).toEqual(await programmeOf(id));
  });

  it('corrects what the file corrects, after what it changes was shown', async () => {
    const id = await started();
    const before = await programmeOf(id);
    const fields: Fields = {
      ...(await opened(id)),
      subject: 'Otro tema',
      'sessions-1-contents': 'Otros contenidos.',
      'deadlines-draftSheet': '17',
    };
    const silent = await send(formPath(id), { ...fields, reason: ' ' });
    expect([silent.status, silent.text.includes('href="#reason"')]).toEqual([422, true]);
    expect(fieldsOf(silent.text)).toMatchObject({ subject: 'Otro tema', 'deadlines-draftSheet': '17' });
    const preview = await send(formPath(id), fields);
    expect(preview.status, preview.text).toBe(200);
    const shown = plain(preview.text);
    for (const text of ['Qué cambia en el programa', `Antes: ${before.subject}`, 'Ahora: Otro tema'])
      expect(shown).toContain(text);
    expect(shown).toContain('2.ª sesión: contenidos');
    expect(shown).toContain('Ahora: 17 días hábiles');
    expect(await programmeOf(id)).toEqual(before);

    // More is corrected, and what was written is still there.
    const again = await staff.post(`${formPath(id)}/open`, hiddenIn(preview.text));
    expect(fieldsOf(await again.text())).toMatchObject({ subject: 'Otro tema', reason: 'Por acuerdo.' });

    const made = await staff.post(`/c/${id}/changes/make`, hiddenIn(preview.text));
    expect(made.headers.get('location'), await made.text()).toBe(`/c/${id}/changes/1`);
    expect(await programmeOf(id)).toEqual(
      changed(before, (programme) => {
        programme.subject = 'Otro tema';
        (programme.sessions[1] as Programme['sessions'][number]).contents = 'Otros contenidos.';
        programme.deadlines = { ...programme.deadlines, draftSheet: 17 };
      }),
    );
    expect((await system.view(id)).changes).toMatchObject([{ kind: 'amend', by: 'oas-1' }]);
    await system.open(id, 'coordination/approve-programme.2');
  });

  it('takes days on which an institution is closed, beside those that a colleague enters meanwhile', async () => {
    const id = await started();
    const before = await programmeOf(id);
    const list = 'institutions-1-closedDays';
    const opening = await opened(id);
    expect(Object.keys(opening)).not.toContain(`${list}-0-from`);
    const fields = fieldsOf((await send(formPath(id), opening, `add:${list}`)).text);
    Object.assign(fields, { [`${list}-0-from`]: '2031-12-31', [`${list}-0-to`]: '2031-12-20' });
    const reversed = await send(formPath(id), fields);
    expect([reversed.status, reversed.text.includes(`href="#${list}-0-to"`)]).toEqual([422, true]);
    expect(fieldsOf(reversed.text)).toMatchObject({ [`${list}-0-from`]: '2031-12-31' });
    Object.assign(fields, { [`${list}-0-from`]: '2031-12-20', [`${list}-0-to`]: '2031-12-31' });

    const theirs = [{ from: '2031-09-18', to: '2031-09-19' }];
    await amended(
      id,
      ({ institutions }) => Object.assign(institutions[0] as object, { closedDays: theirs }),
      'Decreto.',
    );
    const news = await send(formPath(id), fields);
    expect([news.status, plain(news.text).includes('Decreto.')]).toEqual([409, true]);
    expect(fieldsOf(news.text)).toMatchObject({
      'institutions-0-closedDays-0-to': '2031-09-19',
      [`${list}-0-to`]: '2031-12-31',
    });
    const preview = await send(formPath(id), fieldsOf(news.text));
    expect(preview.status, preview.text).toBe(200);
    for (const text of ['Días de cierre de', 'Antes: ninguno', 'Ahora: del 20 al 31 de diciembre de 2031'])
      expect(plain(preview.text)).toContain(text);
    await staff.post(`/c/${id}/changes/make`, hiddenIn(preview.text));
    const { institutions } = await programmeOf(id);
    expect(institutions.map(({ closedDays }) => closedDays)).toEqual([
      theirs,
      [{ from: '2031-12-20', to: '2031-12-31' }],
      undefined,
    ]);
    expect((await system.view(id)).programme.title).toBe(before.title);
  });

  it('takes in another institution with its people, and leaves those that are there', async () => {
    const id = await started();
    const before = await programmeOf(id);
    let fields = await opened(id);
    for (const list of ['institutions', 'participants', 'sessions', 'sessions-0-guests'])
      fields = fieldsOf((await send(formPath(id), fields, `add:${list}`)).text);
    const [i, p] = [before.institutions.length, before.participants.length];
    expect(Object.keys(fields)).not.toContain(`sessions-${before.sessions.length}-contents`);
    Object.assign(fields, {
      [`institutions-${i}-name`]: 'Ministerio de Trabajo y Seguridad Social del Uruguay',
      [`institutions-${i}-acronym`]: 'MTSS',
      [`institutions-${i}-role`]: 'providing',
      [`institutions-${i}-country`]: 'UY',
      [`participants-${p}-name`]: 'Inés Rey',
      [`participants-${p}-email`]: 'ines.rey@mtss.example',
      [`participants-${p}-institution`]: fields[`institutions-${i}-key`],
      // What is not there to be changed.
      'institutions-0-name': 'Otro ministerio',
      'coordination-date': '2030-01-01',
    });
    fields['finalReport-complements'] = [
      ...[fields['finalReport-complements'] ?? []].flat(),
      String(fields[`institutions-${i}-key`]),
    ];
    const preview = await send(formPath(id), fields);
    expect(preview.status, preview.text).toBe(200);
    expect(plain(preview.text)).toContain('Informe final: lo complementa también');
    await staff.post(`/c/${id}/changes/make`, hiddenIn(preview.text));
    expect(await programmeOf(id)).toEqual(
      changed(before, (programme) => {
        programme.institutions.push({
          ...{
            id: 'ury-mtss',
            name: 'Ministerio de Trabajo y Seguridad Social del Uruguay',
            acronym: 'MTSS',
          },
          ...{ role: 'providing', country: 'UY', timezone: 'America/Montevideo' },
        });
        programme.participants.push({
          ...{ name: 'Inés Rey', email: 'ines.rey@mtss.example', institution: 'ury-mtss' },
        });
        programme.finalReport.complements.push('ury-mtss');
      }),
    );
  });

  it('shows what a colleague changed meanwhile, and overwrites nothing', async () => {
    const id = await started();
    const mine: Fields = { ...(await opened(id)), subject: 'El tema de él', frame: 'El marco de él' };
    await amended(
      id,
      (programme) => {
        programme.subject = 'El tema de ella';
        programme.title = 'EL TÍTULO DE ELLA';
      },
      'Lo pidió Chile.',
    );
    const told = await send(formPath(id), mine);
    expect(told.status).toBe(409);
    const page = plain(told.text);
    for (const text of ['El programa cambió mientras usted escribía', 'Lo pidió Chile.', 'href="#subject"'])
      expect(page).toContain(text);
    expect(page).toContain('Ahora dice: «El tema de ella»');
    expect(page).toContain(`href="/c/${id}/changes/1"`);
    const merged = fieldsOf(told.text);
    expect(merged).toMatchObject({
      ...{ subject: 'El tema de él', frame: 'El marco de él', title: 'EL TÍTULO DE ELLA' },
      reason: 'Por acuerdo.',
    });
    expect(await programmeOf(id)).toMatchObject({ subject: 'El tema de ella' });

    // Once more, between what was shown and its confirmation.
    const preview = await send(formPath(id), merged);
    expect(preview.status, preview.text).toBe(200);
    await amended(
      id,
      (programme) => {
        programme.description = ['La descripción de ella.'];
      },
      'Más breve.',
    );
    const late = await staff.post(`/c/${id}/changes/make`, hiddenIn(preview.text));
    expect(late.status).toBe(409);
    const lately = await late.text();
    expect(lately).toContain('Más breve.');
    expect(fieldsOf(lately)).toMatchObject({
      subject: 'El tema de él',
      'description-0': 'La descripción de ella.',
    });
    expect((await system.view(id)).changes).toHaveLength(2);
    const last = await send(formPath(id), fieldsOf(lately));
    expect((await staff.post(`/c/${id}/changes/make`, hiddenIn(last.text))).status).toBe(303);
    expect(await programmeOf(id)).toMatchObject({
      ...{ subject: 'El tema de él', frame: 'El marco de él', title: 'EL TÍTULO DE ELLA' },
      description: ['La descripción de ella.'],
    });
  });

  describe('that was sent back', () => {
    async function sentBack(): Promise<string> {
      const id = await started();
      await system.answer(id, REVIEW, 'per-mtpe-1', { decision: 'changes', reason: 'Falta el costo.' });
      await system.answer(id, REVIEW, 'chl-mtps-1', { decision: 'approve' });
      await system.open(id, REVISE);
      return id;
    }
    const revisePath = (id: string) => `/c/${id}/requests/${REVISE}/form`;

    it('is revised, after what it changes was shown', async () => {
      const id = await sentBack();
      const before = await programmeOf(id);
      expect(await staff.text(`/c/${id}/requests/${REVISE}`)).toContain(`href="${revisePath(id)}"`);
      const page = await staff.text(revisePath(id));
      expect(page).toContain('Falta el costo.');
      const fields = fieldsOf(page);
      expect((await send(revisePath(id), fields)).text).toContain('No cambia nada');
      const shown = await send(revisePath(id), {
        ...fields,
        subject: 'Otro tema',
        'deadlines-draftSheet': '9',
      });
      expect(shown.status, shown.text).toBe(200);
      expect(plain(shown.text)).toContain('Ahora: Otro tema');
      const hidden = hiddenIn(shown.text);
      const again = fieldsOf(await (await staff.post(`${revisePath(id)}/open`, hidden)).text());
      expect(again).toMatchObject({ subject: 'Otro tema' });
      const answered = await staff.post(`/c/${id}/requests/${REVISE}`, hidden);
      expect(answered.status, await answered.text()).toBe(303);
      await system.open(id, 'coordination/approve-programme.2');
      // What follows from the answer stands where it was given.
      const after = await staff.text(`/c/${id}/requests/${REVISE}`);
      expect(after).toContain('Qué sigue');
      expect(after).toContain(`href="/c/${id}/requests/coordination/approve-programme.2"`);
      expect(await programmeOf(id)).toEqual({ ...before, subject: 'Otro tema' });
      expect((await staff.get(revisePath(id))).status).toBe(303);
    });

    it('has what a colleague corrected meanwhile', async () => {
      const id = await sentBack();
      const fields: Fields = { ...fieldsOf(await staff.text(revisePath(id))), subject: 'Otro tema' };
      const shown = await send(revisePath(id), fields);
      await amended(
        id,
        (programme) => {
          programme.frame = 'Otro marco';
        },
        'Lo pidió Chile.',
      );
      const late = await staff.post(`/c/${id}/requests/${REVISE}`, hiddenIn(shown.text));
      expect(late.status).toBe(409);
      const page = await late.text();
      expect(page).toContain('Lo pidió Chile.');
      expect(fieldsOf(page)).toMatchObject({ subject: 'Otro tema', frame: 'Otro marco' });
      const last = await send(revisePath(id), fieldsOf(page));
      expect((await staff.post(`/c/${id}/requests/${REVISE}`, hiddenIn(last.text))).status).toBe(303);
      expect(await programmeOf(id)).toMatchObject({ subject: 'Otro tema', frame: 'Otro marco' });
    });

    it('is revised by whoever is asked; others do not find the form', async () => {
      const id = await sentBack();
      const { people } = await system.view(id);
      const delegate = await site.as(people.find((one) => one.id === 'chl-mtps-2')?.email ?? '');
      const refused = await delegate.get(revisePath(id));
      expect([refused.status, refused.headers.get('location')]).toEqual([303, `/c/${id}/requests/${REVISE}`]);
      expect((await staff.get(`/c/${id}/requests/${REVIEW}/form`)).status).toBe(404);
    });
  });
});
