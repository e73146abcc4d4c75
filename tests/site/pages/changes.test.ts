import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { stringify } from 'yaml';
import { addToRecord } from '../../../src/casefile/record.ts';
import type { ChangeKind } from '../../../src/domain/change.ts';
import { CHANGE_KINDS } from '../../../src/domain/change.ts';
import { handedIn } from '../../support/handedIn.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { hiddenIn, plain } from '../../support/programmeForm.ts';
import { putUnderReview } from '../../support/review.ts';
import { type Browser, mainHtmlOf, siteOver } from '../../support/site.ts';

const ID = 'intervened';
const OTHER = 'not-theirs';
const OBSERVER = 'observer@oas.example';
const REVIEW = 'coordination/approve-programme.1';
const DOCUMENTS = 'documents/send-documents.1';
const HOSTILE = `<script>alert("1")</script> & 'comillas'\nsegunda línea`;

const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

describe('interventions', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let staff: Browser;

  async function started(id: string): Promise<void> {
    await putUnderReview(system, (file) => {
      file.id = id;
      if (id === OTHER)
        for (const [n, person] of file.participants.entries())
          if (person.institution !== 'oas') person.email = `other-${n}@ministry.example`;
    });
  }
  const addressOf = async (person: string, id = ID): Promise<string> => {
    const found = (await system.view(id)).people.find((one) => one.id === person);
    if (!found?.email) throw new Error(`no ${person}`);
    return found.email;
  };

  const sessionOf = async (number: number) =>
    (await system.view(ID)).sessions.find((one) => one.number === number);

  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { observers: [OBSERVER] });
    await Promise.all([started(ID), started(OTHER)]);
    await system.answer(ID, REVIEW, 'chl-mtps-2', { decision: 'approve' });
    await system.answer(ID, REVIEW, 'per-mtpe-1', { decision: 'approve' });
    await system.open(ID, DOCUMENTS);
    await vi.waitUntil(async () => (await sessionOf(1))?.sequence === 0, { timeout: 20_000, interval: 50 });
    staff = await site.as(await addressOf('oas-1'));
  }, 60_000);
  afterAll(() => system[Symbol.asyncDispose]());

  const at = (path: string, id = ID) => `/c/${id}/changes${path}`;
  const preview = async (kind: ChangeKind, values: Record<string, string>, id = ID) => {
    const response = await staff.post(at(`/new/${kind}`, id), { reason: 'Por acuerdo.', ...values });
    return { status: response.status, text: await response.text() };
  };
  /** Fills in the form, confirms the preview, and reads what was done. */
  async function made(kind: ChangeKind, values: Record<string, string>, id = ID) {
    expect((await staff.get(at(`/new/${kind}`, id))).status, kind).toBe(200);
    const before = (await system.view(id)).changes.length;
    const previewed = await preview(kind, values, id);
    expect(previewed.status, previewed.text).toBe(200);
    expect((await system.view(id)).changes, kind).toHaveLength(before);
    const confirmed = await staff.post(at('/make', id), hiddenIn(previewed.text));
    expect(confirmed.status, await confirmed.clone().text()).toBe(303);
    const location = confirmed.headers.get('location') ?? '';
    const { changes } = await system.view(id);
    expect(changes.at(-1)).toMatchObject({ kind, reason: 'Por acuerdo.', by: 'oas-1' });
    expect(location).toBe(at(`/${changes.at(-1)?.number}`, id));
    return { preview: plain(previewed.text), done: plain(await staff.text(location)) };
  }
  const requestOf = async (id: string) =>
    (await system.view(ID)).requests.find((request) => request.id === id);

  it('are for staff: others do not find them', async () => {
    const [delegate, observer, stranger] = await Promise.all([
      addressOf('chl-mtps-2').then(site.as),
      site.as(OBSERVER),
      addressOf('chl-mtps-2', OTHER).then(site.as),
    ]);
    for (const browser of [delegate, observer, stranger]) {
      for (const path of ['', '/new/pause', '/1'])
        expect((await browser.get(at(path))).status, path).toBe(404);
      for (const path of ['/new/pause', '/make']) {
        const form = { kind: 'pause', reason: 'x', token: 'x'.repeat(36) };
        expect((await browser.post(at(path), form)).status, path).toBe(404);
      }
    }
    expect((await system.view(ID)).pausedAt).toBeNull();
    expect((await system.view(ID)).changes).toEqual([]);
    expect((await staff.get(at('/new/unknown'))).status).toBe(404);
    expect((await staff.get(at('/99'))).status).toBe(404);
  });

  it('are offered where they are possible', async () => {
    const page = await staff.text(at(''));
    const offered = CHANGE_KINDS.filter((kind) => page.includes(`/changes/new/${kind}"`));
    // Nobody is a guest of a session ahead, and nothing is paused.
    expect(offered).toContain('extend');
    expect(offered).not.toContain('resume');
    expect((await staff.get(at('/new/resume'))).status).toBe(409);
    for (const language of ['en', 'pt', 'fr']) {
      await staff.post('/language', { language, next: '/' });
      expect(await staff.text(at(''))).toContain(`<html lang="${language}"`);
      for (const kind of offered) expect((await staff.get(at(`/new/${kind}`))).status).toBe(200);
    }
    await staff.post('/language', { language: 'es', next: '/' });
    const chosen = await staff.text(at(`/new/reassign?request=${encodeURIComponent(DOCUMENTS)}`));
    expect(chosen).toMatch(/<option value="documents\/send-documents\.1 [^"]+" selected>/);
    expect(await staff.text(at('/new/replace?person=chl-mtps-2'))).toContain(
      '<option value="chl-mtps-2" selected>',
    );
  });

  it('offer in the place of somebody, or of an institution, only who may take it', async () => {
    const choices = async (path: string, name: string) => {
      const select = new RegExp(`<select[^>]* name="${name}".*?</select>`, 's').exec(
        await staff.text(at(path)),
      );
      return [...(select?.[0] ?? '').matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value);
    };
    const { people } = await system.view(ID);
    const colleagues = people
      .filter(({ party, active, role }) => party === 'chl-mtps' && active && role === 'delegate')
      .map(({ id }) => id)
      .filter((id) => id !== 'chl-mtps-2');
    expect(colleagues.length).toBeGreaterThan(1);
    const query = 'person=chl-mtps-2';
    expect((await choices(`/new/replace?${query}`, 'successor')).toSorted()).toEqual(colleagues.toSorted());
    expect((await choices(`/new/absence?${query}`, 'standIn')).toSorted()).toEqual(colleagues.toSorted());
    expect((await choices(`/new/hand-over?${query}`, 'to')).toSorted()).toEqual(colleagues.toSorted());
    // While nobody is chosen, nobody is offered who is the only one of an institution; nor is who has it already.
    expect(await choices('/new/replace', 'successor')).not.toContain('consultant-1');
    const others = await choices(`/new/reassign?request=${encodeURIComponent(DOCUMENTS)}`, 'to');
    expect([others.includes('oas'), others.includes('chl-mtps'), others.includes('per-mtpe')]).toEqual([
      true,
      false,
      false,
    ]);
    // What was chosen stands with what goes with it where the form comes back.
    const refused = await preview('replace', { person: 'chl-mtps-2', successor: 'per-mtpe-1' });
    expect(refused.status).toBe(422);
    expect(refused.text).not.toContain('<option value="per-mtpe-1" selected>');
  });

  it('are shown in another language with what was written, and nothing is done by that', async () => {
    const written = { request: DOCUMENTS, due: day(60), reason: HOSTILE };
    for (const given of [{ ...written, due: '' }, written]) {
      const first = await preview('extend', given);
      const [languages = ''] = /<(form|div)[^>]*rial-header__languages.*?<\/\1>/s.exec(first.text) ?? [];
      expect(languages).not.toContain('<script>');
      const [, action = ''] = /formaction="([^"]+language=en[^"]*)"/.exec(languages) ?? [];
      const chosen = await staff.post(plain(action), { ...given, ...hiddenIn(languages) });
      expect(chosen.status).toBe(first.status);
      const said = await chosen.text();
      expect(said).toContain('<html lang="en"');
      expect(plain(said)).toContain(HOSTILE);
      await staff.post('/language', { language: 'es', next: '/' });
    }
    expect((await system.view(ID)).changes).toEqual([]);
  });

  it('keep what was written when something is missing or refused', async () => {
    const missing = await preview('extend', { request: DOCUMENTS, due: day(60), reason: '  ' });
    expect(missing.status).toBe(422);
    expect(missing.text).toContain('href="#reason"');
    expect(missing.text).toContain(`value="${day(60)}"`);
    expect(missing.text).toMatch(/<option value="documents\/send-documents\.1" selected>/);

    const refused = await preview('extend', { request: DOCUMENTS, due: day(-5), reason: HOSTILE });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('href="#due"');
    expect(refused.text).toContain(`value="${day(-5)}"`);
    expect(plain(refused.text)).toContain(HOSTILE);
    expect(refused.text).not.toContain('<script>alert');

    const wrong = await preview('replace', { person: 'chl-mtps-3', name: 'Ana', email: 'not an address' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('href="#email"');
    const length = await preview('reschedule', { session: '1', hours: '9' });
    expect([length.status, length.text.includes('href="#hours"')]).toEqual([422, true]);
    const half = await preview('reschedule', { session: '1', date: day(90) });
    expect([half.status, half.text.includes('href="#starts"')]).toEqual([422, true]);
    expect((await preview('correct-person', { person: 'chl-mtps-3' })).status).toBe(422);
    const known = (await system.view(ID)).people.find(({ id }) => id === 'chl-mtps-3');
    const { name = '', email } = { ...known, email: known?.email ?? '' };
    expect((await preview('correct-person', { person: 'chl-mtps-3', name, email })).status).toBe(422);
    expect((await preview('add-session', { contents: 'x', timezone: 'America/Lima' })).status).toBe(422);
    const amended = await preview('amend', { programme: 'id: 1\nlanguage: es\n' });
    expect(amended.status).toBe(422);
    expect(amended.text).toMatch(/Línea \d+/);
    expect((await system.view(ID)).changes).toEqual([]);
  });

  it('show what was written as text', async () => {
    const { status, text } = await preview('replace', {
      person: 'chl-mtps-3',
      name: `<script>"Ana"</script>`,
      email: 'ana@ministry.example',
      reason: HOSTILE,
    });
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script>(alert|"Ana|&quot;Ana)/);
    expect(plain(text)).toContain(`<script>"Ana"</script>`);
    expect(hiddenIn(text).reason).toBe(HOSTILE);
    const back = await staff.post(at('/new/replace'), { ...hiddenIn(text), mend: 'yes' });
    expect(back.status).toBe(200);
    const form = await back.text();
    expect(plain(form)).toContain(HOSTILE);
    expect(form).toContain('value="ana@ministry.example"');
    expect((await system.view(ID)).changes).toEqual([]);
  });

  it('are made once, however often they are confirmed', async () => {
    const previewed = await preview('extend', { request: DOCUMENTS, due: day(50) });
    const confirmation = hiddenIn(previewed.text);
    const both = await Promise.all([1, 2].map(() => staff.post(at('/make'), confirmation)));
    const again = await staff.post(at('/make'), confirmation);
    expect([...both, again].map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(new Set([...both, again].map(({ headers }) => headers.get('location'))).size).toBe(1);
    expect((await system.view(ID)).changes).toHaveLength(1);
    // Without a preview, the preview comes first.
    const { token: _, seen: __, ...rest } = confirmation;
    expect((await staff.post(at('/make'), { ...rest, due: day(55) })).status).toBe(200);
    expect((await system.view(ID)).changes).toHaveLength(1);
  });

  it('change requests', async () => {
    const { owing } = (await requestOf(DOCUMENTS)) ?? { owing: [] };
    expect(owing).toContain('chl-mtps');
    const extended = await made('extend', { request: DOCUMENTS, due: day(60) });
    expect(extended.preview).toContain('plazo ampliado');
    expect((await requestOf(DOCUMENTS))?.dueAt.slice(0, 10)).toBe(day(60));
    await made('hand-over', { request: DOCUMENTS, from: 'chl-mtps-2', to: 'chl-mtps-3' });
    expect((await requestOf(DOCUMENTS))?.handedOver).toMatchObject([
      { from: 'chl-mtps-2', to: 'chl-mtps-3' },
    ]);
    await made('reassign', { owed: `${DOCUMENTS} chl-mtps`, to: 'oas' });
    expect((await requestOf(DOCUMENTS))?.owing).toContain('oas');
    await system.answer(ID, DOCUMENTS, 'per-mtpe-1', { decision: 'done' });
    expect((await requestOf(DOCUMENTS))?.owing).toEqual(['oas']);
    const annulled = await made('annul', { given: `${DOCUMENTS} per-mtpe` });
    expect(annulled.preview).toContain('se le pide de nuevo');
    expect((await requestOf(DOCUMENTS))?.owing.toSorted()).toEqual(['oas', 'per-mtpe']);
    await made('waive', { owed: `${DOCUMENTS} oas` });
    expect((await requestOf(DOCUMENTS))?.waived).toEqual(['oas']);
  });

  it('change people', async () => {
    await made('absence', { person: 'chl-mtps-2', from: day(20), to: day(25), standIn: 'chl-mtps-3' });
    expect((await system.view(ID)).absences).toHaveLength(1);
    await made('end-absence', { absence: `chl-mtps-2 ${day(20)}` });
    expect((await system.view(ID)).absences).toEqual([]);
    const corrected = await made('correct-person', { person: 'chl-mtps-4', post: 'Asesora' });
    expect(corrected.preview).toMatch(/Qué cambia[\s\S]*Cargo[\s\S]*Hasta ahora: .+\s+Nuevo: Asesora/);
    const { preview: shown } = await made('replace', {
      person: 'chl-mtps-3',
      name: 'Elena Núñez',
      email: 'elena@mtps-chile.example',
    });
    expect(shown).toContain('Elena Núñez');
    const { people } = await system.view(ID);
    expect(people.find(({ id }) => id === 'chl-mtps-4')?.post).toBe('Asesora');
    expect(people.find(({ name }) => name === 'Elena Núñez')?.active).toBe(true);
    expect(people.find(({ id }) => id === 'chl-mtps-3')?.active).toBe(false);
  });

  it('say who comes and who goes: they come in, answer, and are out again', async () => {
    const neither = await preview('replace', { person: 'per-mtpe-2' });
    expect([neither.status, neither.text.includes('href="#name"')]).toEqual([422, true]);
    const joining = { name: 'Rosa Prado', email: 'rosa.prado@mtpe-peru.example' };
    const asked = await preview('add-person', { party: 'per-mtpe', ...joining, reason: 'Se suma.' });
    expect(asked.text).toContain('se incorpora a la cooperación');
    expect(asked.text).toContain('se le informa que Rosa Prado se incorpora');
    await made('add-person', { party: 'per-mtpe', ...joining });
    const joined = (await system.view(ID)).people.find(({ name }) => name === 'Rosa Prado');
    expect(joined).toMatchObject({ party: 'per-mtpe', role: 'delegate', active: true, focalPoint: false });
    const rosa = await site.as(joining.email);
    expect((await rosa.get(`/c/${ID}`)).status).toBe(200);
    expect((await rosa.text(`/c/${ID}/requests/${DOCUMENTS}`)).includes('<form')).toBe(true);

    await made('focal-point', { person: joined?.id ?? '' });
    const kept = await preview('remove-person', { person: joined?.id ?? '' });
    expect([kept.status, kept.text.includes('Designe antes a otro')]).toEqual([422, true]);
    await made('focal-point', { person: 'per-mtpe-1' });
    const { preview: shown } = await made('remove-person', { person: joined?.id ?? '' });
    expect(shown).toContain('deja de participar');
    expect((await rosa.get(`/c/${ID}`)).status).not.toBe(200);
    expect((await system.view(ID)).people.find(({ name }) => name === 'Rosa Prado')?.active).toBe(false);

    // Who looks on sees all pages of this one cooperation, and no form.
    await made('add-person', { party: 'observer', name: 'Lucía Méndez', email: 'lucia@fondo.example' });
    const lucia = await site.as('lucia@fondo.example');
    for (const page of ['', '/documents', '/questions', '/sessions', '/people', '/record', '/record/export'])
      expect((await lucia.get(`/c/${ID}${page}`)).status, page).toBe(200);
    expect(await lucia.text(`/c/${ID}`)).not.toContain(`/c/${ID}/outbox`);
    for (const page of ['/outbox', '/changes'])
      expect((await lucia.get(`/c/${ID}${page}`)).status, page).toBe(404);
    expect((await lucia.get(`/c/${OTHER}`)).status).toBe(404);
    const main = (await lucia.text(`/c/${ID}/requests/${DOCUMENTS}`)).split(/<\/?main/)[1];
    expect(main).not.toContain('<form');

    // A colleague takes a place: no further person, and one mail.
    const { preview: succession } = await made('replace', { person: 'per-mtpe-2', successor: 'per-mtpe-3' });
    expect(succession).toContain('ocupa el lugar de');
    const { people } = await system.view(ID);
    expect(
      people
        .filter((one) => one.party === 'per-mtpe' && one.role === 'delegate' && one.active)
        .map(({ id }) => id),
    ).toEqual([...['per-mtpe-1', 'per-mtpe-3', 'per-mtpe-4', 'per-mtpe-5']]);
  });

  it('change sessions', async () => {
    const { preview: shown, done } = await made('reschedule', {
      session: '1',
      date: day(40),
      starts: '11:30',
      hours: '1,5',
    });
    // What was ahead in the preview has happened once it is made.
    expect(shown).toMatch(/Fecha[\s\S]*Hasta ahora: .+\s+Nuevo: /);
    expect(shown).toContain('Habrá una nueva versión');
    expect(shown).toMatch(/Se avisa a \d+ personas/);
    expect(done).toContain('El programa tiene una nueva versión');
    expect(done).toMatch(/A quién se avisó.*Se avisó a \d+ personas/s);
    expect(done).not.toMatch(/Habrá|Se avisa/);
    const moved = await sessionOf(1);
    expect([moved?.hours, moved?.startsAt?.slice(0, 10)]).toEqual([1.5, day(40)]);
    const guest = {
      session: '1',
      invitedBy: 'per-mtpe',
      name: 'Inés Guest',
      email: 'ines@guest.example',
    };
    await made('add-guest', guest);
    const invited = (await system.view(ID)).people.find(({ name }) => name === 'Inés Guest');
    const asGuest = await site.as('ines@guest.example');
    expect((await asGuest.get(at(''))).status).toBe(404);
    await made('withdraw-guest', { person: invited?.id ?? '' });
    const { preview: several } = await made('name-guests', {
      ...{ session: '1', invitedBy: 'per-mtpe' },
      guests: 'Rosa Quispe\tGerente\trosa@cusco.example\nLuis Paz <luis@puno.example>',
    });
    expect(several).toContain('Rosa Quispe, Luis Paz');
    const unread = await preview('name-guests', {
      ...{ session: '1', invitedBy: 'per-mtpe', guests: 'Rosa Quispe, rosa@' },
    });
    expect([unread.status, unread.text]).toEqual([
      422,
      expect.stringContaining('Línea 1: el correo no está completo'),
    ]);
    await made('add-session', {
      contents: 'Seguimiento.',
      date: day(200),
      starts: '10:00',
      timezone: 'America/Lima',
    });
    expect(await sessionOf(4)).toMatchObject({ contents: 'Seguimiento.', timeZone: 'America/Lima' });
    await made('cancel-session', { session: '3' });
    expect((await sessionOf(3))?.cancelledAt).not.toBeNull();
  });

  it('are refused where somebody has changed the same since the form was opened, with what', async () => {
    const colleague = await site.as(await addressOf('oas-2'));
    const person = 'chl-mtps-4';
    const opened = await staff.text(at(`/new/correct-person?person=${person}`));
    const [, seen = ''] = /name="seen" value="(\d+)"/.exec(opened) ?? [];
    const before = await addressOf(person);
    // One corrects the address that the other still has in the form.
    const form = { person, email: 'right@mtps-chile.example', reason: 'Era de otra persona.' };
    const previewed = await (await colleague.post(at('/new/correct-person'), form)).text();
    expect((await colleague.post(at('/make'), hiddenIn(previewed))).status).toBe(303);
    const stale = { person, email: before, post: 'Asesora', reason: 'Cargo.', seen };
    const told = await preview('correct-person', stale);
    expect(told.status).toBe(422);
    expect(plain(told.text)).toMatch(/se hizo otro cambio: Datos corregidos \(\d+\)/);
    // Nor past the preview.
    const made = await staff.post(at('/make'), { kind: 'correct-person', token: 'x'.repeat(36), ...stale });
    expect(made.status).toBe(422);
    expect(await addressOf(person)).toBe('right@mtps-chile.example');
    // Whoever has been told may go on; what is about something else was never in the way.
    const again = /name="seen" value="(\d+)"/.exec(mainHtmlOf(told.text))?.[1];
    expect(Number(again)).toBeGreaterThan(Number(seen));
    expect((await preview('correct-person', { ...stale, seen: again ?? '' })).status).toBe(200);
    expect((await preview('pause', { seen })).status).toBe(200);
  });

  it('change a document, and what is on record of a session', async () => {
    const bytes = Readable.from([Buffer.from('Otro expediente')]);
    const put = { by: 'per-mtpe-1', fileName: 'reservado.txt', kind: 'shared', bytes } as const;
    const { document } = await system.cooperations.putDocument(ID, put);
    const withheld = async () => (await system.view(ID)).documents.map((one) => one.withheld !== null);
    await made('withhold', { document: `${document}@1` });
    expect(await withheld()).toContain(true);
    expect(await staff.text(`/c/${ID}/documents`)).toMatch(/Retenida por [^,<]+, /);
    await made('release', { document: `${document}@1` });
    expect(await withheld()).not.toContain(true);

    // Of a sheet there is nothing to correct until it is published.
    expect(await staff.text(at(''))).not.toContain('changes/new/correct-sheet');
    const { version, sha256 } = await handedIn(system, ID, {
      ...{ by: 'oas-1', fileName: 'ficha.pdf', kind: 'sheet' },
      bytes: Readable.from([Buffer.from('%PDF-1.7 ficha')]),
    });
    await addToRecord(system.caseFile, {
      ...{ cooperation: ID, key: 'sheet-published', at: new Date().toISOString(), kind: 'sheet-published' },
      data: { version, sha256 },
    });
    await made('withhold', { document: `sheet@${version}` });
    expect(await staff.text(`/c/${ID}/record`)).toContain('retiró la ficha publicada');
    expect(await staff.text(`/c/${ID}/drafts`)).toContain(at('/new/correct-sheet'));
    const foreseen = await preview('correct-sheet', {});
    expect(foreseen.text).toContain('Se pedirá a la Secretaría Técnica la versión corregida');
    // Nobody is told of it; whoever is asked for the sheet is named, and it stays said once it is made.
    const sheet = await made('correct-sheet', {});
    const writer = (await system.view(ID)).people.find(({ id }) => id === 'oas-1')?.name;
    for (const text of [sheet.preview, sheet.done]) {
      expect(text).not.toContain('No se avis');
      expect(text).toMatch(new RegExp(`${writer}[^.]* la solicitud por correo`));
      expect(text).toContain('Se pedirá a la Secretaría Técnica la versión corregida');
    }
    expect(await staff.text(at(''))).not.toContain('changes/new/correct-sheet');
    await vi.waitUntil(
      async () => (await system.view(ID)).requests.some(({ kind }) => kind === 'draft-sheet'),
      { timeout: 20_000, interval: 50 },
    );
    expect(await staff.text(`/c/${ID}/drafts`)).toMatch(/requests\/sheet-\d+\/draft-sheet\.1/);
    expect(await staff.text(`/c/${ID}/drafts`)).toContain(at('/new/cancel-sheet-correction'));
    const off = await preview('cancel-sheet-correction', {});
    expect(off.text).toContain('ya no se espera la versión corregida de la ficha');
    await made('cancel-sheet-correction', {});
    expect(await staff.text(`/c/${ID}/drafts`)).not.toContain(at('/new/cancel-sheet-correction'));
    expect(await staff.text(`/c/${ID}/record`)).toContain('dejó sin efecto la corrección de la ficha');
    await made('release', { document: `sheet@${version}` });

    await system.caseFile
      .updateTable('session')
      .set({ minutes: 'Se acordó.', recordedAt: new Date().toISOString() })
      .where('cooperation', '=', ID)
      .where('number', '=', 1)
      .execute();
    expect(await staff.text(at('/new/correct-minutes?session=1'))).toContain('>\nSe acordó.</textarea>');
    const minuted = await made('correct-minutes', {
      session: '1',
      minutes: 'Se acordó otra cosa.',
      attendance: 'Ana\r\nLuis',
    });
    expect(minuted.preview).toMatch(/Acta[\s\S]*Hasta ahora: Se acordó\.\s+Nuevo: Se acordó otra cosa\./);
    expect(minuted.preview).toMatch(/Asistencia[\s\S]*Nuevo: Ana\s+Luis/);
    await made('correct-minutes', {
      session: '1',
      minutes: 'Se acordó otra cosa.',
      attendance: 'Ana\r\nJorge Larrea; MTPE; hombre',
    });
    const people = (await system.view(ID)).sessions[0]?.attendance;
    expect(people).toEqual([
      'Ana',
      { name: 'Jorge Larrea', party: 'per-mtpe', sex: 'man', person: 'per-mtpe-1' },
    ]);
    expect(await staff.text(at('/new/correct-minutes?session=1'))).toContain(
      'Ana\nJorge Larrea; MTPE del Perú; hombre</textarea>',
    );
    await made('correct-minutes', {
      session: '1',
      minutes: 'Se acordó otra cosa.',
      attendance: 'Ana\r\nLuis',
    });
    const { sessions } = await system.view(ID);
    expect(sessions.find(({ number }) => number === 1)).toMatchObject({
      ...{ minutes: 'Se acordó otra cosa.', attendance: ['Ana', 'Luis'] },
    });
    expect(await staff.text(`/c/${ID}/sessions/1`)).toContain('Corregida 3 veces');

    const meeting = await staff.text(`/c/${ID}/meeting`);
    expect(meeting).toContain(`href="${at('/new/correct-meeting')}"`);
    const agreed = (await system.view(ID)).meeting.minutes ?? '';
    expect(plain(await staff.text(at('/new/correct-meeting')))).toContain(`>\n${agreed}</textarea>`);
    const corrected = { minutes: 'Se acordó una sesión más.', attendance: 'Ana', outputs: 'Ruta' };
    const { preview: shown } = await made('correct-meeting', corrected);
    expect(shown).toContain('recibe corregido lo acordado');
    const after = await staff.text(`/c/${ID}/meeting`);
    for (const text of ['Se acordó una sesión más.', 'Corregida', 'Lo que se registró primero'])
      expect(after).toContain(text);
    const first = /href="([^"]*)">Lo que se registró primero/.exec(after)?.[1] ?? '';
    expect(plain(await staff.text(first))).toContain(agreed);
    const delegate = await site.as(await addressOf('chl-mtps-2', ID));
    const read = await delegate.text(`/c/${ID}/meeting`);
    expect([read.includes('Se acordó una sesión más.'), read.includes('/changes/')]).toEqual([true, false]);
  });

  it('enter what somebody takes upon themselves, and what became of it', async () => {
    await made('add-commitment', { what: 'Enviar el manual', owner: 'chl-mtps', due: '2031-09-30' });
    const told = { commitment: '1', outcome: 'kept', text: 'Se envió en agosto.' };
    const { preview: kept } = await made('correct-commitment', {
      ...{ what: 'Enviar el manual', owner: 'chl-mtps', due: '2031-09-30' },
      ...told,
    });
    expect(kept).toMatch(/Qué pasó[\s\S]*Hasta ahora: .+\s+Nuevo: Cumplido/);
    const page = await staff.text(`/c/${ID}`);
    expect([page.includes('Cumplido'), page.includes('Se envió en agosto.')]).toEqual([true, true]);
  });

  it('change the cooperation', async () => {
    await made('pause', {});
    expect((await system.view(ID)).pausedAt).not.toBeNull();
    await made('resume', {});
    const programme = structuredClone((await system.view(ID)).programme);
    // As the form shows it, it is a programme file that changes nothing.
    const shown = plain(
      /<textarea[^>]*name="programme"[^>]*>\n([^<]*)</.exec(await staff.text(at('/new/amend')))?.[1] ?? '',
    );
    expect(shown).toMatch(/^id: intervened\nlanguage: es\n/);
    const same = await preview('amend', { programme: shown });
    expect([same.status, same.text.includes('dice lo mismo que el programa')]).toEqual([422, true]);
    programme.description = ['Una descripción nueva.'];
    const corrected = stringify(programme);
    const upload = new FormData();
    upload.set('programme', 'id: older');
    upload.set('reason', 'Por acuerdo.');
    upload.set('file', new File([corrected], 'programa.yaml'));
    const previewed = await staff.upload(at('/new/amend'), upload);
    const text = await previewed.text();
    expect(previewed.status, text).toBe(200);
    expect(text).toContain('aprobación');
    expect((await staff.post(at('/make'), hiddenIn(text))).status).toBe(303);
    expect((await system.view(ID)).programme.description).toEqual(['Una descripción nueva.']);
    const other = await preview('amend', { programme: corrected.replace(`id: ${ID}`, 'id: somewhere-else') });
    expect([other.status, other.text.includes('href="#programme"')]).toEqual([422, true]);

    const stale = hiddenIn((await preview('pause', {})).text);
    await made('cancel', {});
    const late = await staff.post(at('/make'), stale);
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('ya no cambia nada en ella');
    const list = await staff.text(at(''));
    // What is over changes no more, but for who leaves and what was sent by mistake.
    expect(new Set(list.match(/changes\/new\/[\w-]+/g))).toEqual(
      new Set(['changes/new/remove-person', 'changes/new/withhold']),
    );
    expect(list).toContain('Por acuerdo.');
    const kinds = new Set((await system.view(ID)).changes.map(({ kind }) => kind));
    const ofMeeting: ChangeKind[] = ['reschedule-meeting', 'cancel-meeting'];
    expect([...kinds, ...ofMeeting].toSorted()).toEqual([...CHANGE_KINDS].toSorted());
  });

  it('change the coordination meeting while it is ahead, which its page leads to', async () => {
    const id = 'to-meet';
    const now = new Date();
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(now, 30)(file);
        file.id = id;
      }),
    );
    await vi.waitUntil(async () => (await system.view(id)).meeting.sequence === 0, {
      timeout: 20_000,
      interval: 50,
    });
    const meeting = `/c/${id}/meeting`;
    for (const kind of ['reschedule-meeting', 'cancel-meeting'])
      expect(await staff.text(meeting)).toContain(at(`/new/${kind}`, id));
    expect(await staff.text(`/c/${id}`)).toContain(`href="${meeting}"`);
    expect((await preview('reschedule-meeting', { date: day(40) }, id)).status).toBe(422);
    const { preview: shown } = await made(
      'reschedule-meeting',
      { date: day(40), starts: '11:30', link: 'https://meet.oas.example/14' },
      id,
    );
    expect(shown).toContain('con la nueva fecha');
    expect((await system.view(id)).meeting).toMatchObject({
      startsAt: `${day(40)}T16:30:00.000Z`,
      link: 'https://meet.oas.example/14',
      sequence: 1,
    });
    const delegate = await site.as(await addressOf('chl-mtps-2', id));
    const page = await delegate.text(meeting);
    expect(page).toContain('href="https://meet.oas.example/14"');
    expect(page).not.toContain('/changes/');
    await vi.waitUntil(async () => (await delegate.get(`${meeting}/calendar.ics`)).status === 200, {
      timeout: 20_000,
      interval: 50,
    });
    const file = await (await delegate.get(`${meeting}/calendar.ics`)).text();
    expect(file).toContain(`UID:${id}.coordination@`);
    expect(file).toContain('SEQUENCE:1');
    await made('cancel-meeting', {}, id);
    expect((await delegate.get(`${meeting}/calendar.ics`)).status).toBe(404);
    expect((await staff.get(at('/new/reschedule-meeting', id))).status).toBe(409);
    await system.open(id, REVIEW);
  });
});
