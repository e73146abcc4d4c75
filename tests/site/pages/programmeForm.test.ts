import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { LANGUAGES } from '../../../src/domain/language.ts';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../../../src/domain/programme/programmeFile.ts';
import { inspectionHere } from '../../../src/inspection/inspection.ts';
import { blankProgramme } from '../../../src/site/pages/programmeForm/blank.ts';
import { checkForm } from '../../../src/site/pages/programmeForm/check.ts';
import { writtenIn } from '../../../src/site/pages/programmeForm/entries.ts';
import { fileOf } from '../../../src/site/pages/programmeForm/file.ts';
import { openFile } from '../../../src/site/pages/programmeForm/openFile.ts';
import { mistakeText } from '../../../src/words/mistakes.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, example, exampleSource, movedTo } from '../../support/programme.ts';
import { asSent, type Fields, fieldsOf, parameters, plain } from '../../support/programmeForm.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const STAFF = 'secretaria@oas.example';
const OBSERVER = 'observa@oas.example';
const PAYLOAD = `<script>alert("x")</script>'"><img src=x onerror=alert(1)>`;

const sourceOf = (page: string): string => plain(/name="source" value="([^"]*)"/.exec(page)?.[1] ?? '');

/** The programme that the page after a check goes on with. */
function programmeOf(page: string): Programme {
  const result = checkProgrammeFile(sourceOf(page));
  if ('mistakes' in result) throw new Error(JSON.stringify(result.mistakes));
  return result.programme;
}

/** A page is too long to be shown when it lacks something. */
const expectIn = (page: string, text: string) =>
  expect(page.includes(text), `a page with ${text}`).toBe(true);
const expectNotIn = (page: string, text: string) =>
  expect(page.includes(text), `a page with ${text}`).toBe(false);

describe('a programme form', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let staff: Browser;
  beforeAll(async () => {
    system = await inProcess();
    site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
    staff = await site.as(STAFF);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const send = async (fields: Fields, what: string): Promise<string> =>
    (await staff.post('/new/form', { ...fields, do: what })).text();
  const opening = async (name = 'peru-chile-2021'): Promise<Fields> =>
    fieldsOf(await staff.text(`/new/form?example=${name}`));

  /** Fills the blank form with a programme, as an officer does: adds what is missing, writes, chooses. */
  async function filledWith(programme: Programme): Promise<Fields> {
    let page = await staff.text('/new/form');
    const add = async (list: string, wanted: number, have: number) => {
      for (let n = have; n < wanted; n++) page = await send(fieldsOf(page), `add:${list}`);
    };
    await add('institutions', programme.institutions.length, 3);
    await add('participants', programme.participants.length, 3);
    await add('description', programme.description.length, 1);
    await add('objectives-items', programme.objectives.items.length, 1);
    await add('sessions', programme.sessions.length, 1);
    for (const [i, { guests = [] }] of programme.sessions.entries())
      await add(`sessions-${i}-guests`, guests.length, 0);
    const fields = fieldsOf(page);
    const keys = programme.institutions.map(({ id }, i): [string, string] => [
      id,
      String(fields[`institutions-${i}-key`]),
    ]);
    const codes = new Map(keys);
    const write = (value: unknown, id: string) => {
      if (/-(drafts|complements)$/.test(id))
        fields[id] = (value as string[]).map((code) => codes.get(code) as string);
      else if (typeof value === 'object' && value !== null)
        for (const [key, one] of Object.entries(value)) write(one, id ? `${id}-${key}` : key);
      else
        fields[id] = /-(institution|invitedBy|receives)$/.test(id)
          ? (codes.get(String(value)) as string)
          : String(value);
    };
    write(programme, '');
    return fields;
  }

  it('gives the programme of the example, written from nothing', async () => {
    const programme = example();
    const page = await send(await filledWith(programme), 'check');
    expectIn(page, 'El programa está completo');
    expectIn(page, '11 personas de 3 instituciones, 3 sesiones');
    expect(programmeOf(page)).toEqual(programme);
  });

  it('takes the gender of a name that does not tell it, and leaves it out of the file otherwise', async () => {
    const fields = await opening();
    expect(fields['institutions-0-gender']).toBe('');
    const page = await send({ ...fields, 'institutions-0-gender': 'feminine' }, 'check');
    expect(programmeOf(page).institutions.map(({ gender }) => gender)).toEqual([
      'feminine',
      undefined,
      undefined,
    ]);
  });

  it.each(['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai'])('opens %s whole', async (name) => {
    const fields = await opening(name);
    expect(programmeOf(await send(fields, 'check'))).toEqual(example(name));
  });

  it('knows codes and clocks from the countries, and what is left blank from the methodology', async () => {
    const programme = example();
    const fields = await filledWith(programme);
    for (const name of ['id', 'institutions-0-id', 'institutions-1-id', 'institutions-2-id'])
      fields[name] = '';
    for (const i of [0, 1, 2]) fields[`institutions-${i}-timezone`] = '';
    for (const field of Object.keys(fields).filter((name) => name.startsWith('systematization')))
      fields[field] = ' ';
    fields['sessions-0-hours'] = '1,5';
    fields['deadlines-chooseDate'] = '7';
    const made = programmeOf(await send(fields, 'check'));
    expect(made.id).toBe('14-per-chl');
    expect(made.institutions.map(({ id, timezone }) => [id, timezone])).toEqual([
      ['per-mtpe', 'America/Lima'],
      ['chl-mtps', 'America/Santiago'],
      ['oea', 'America/New_York'],
    ]);
    expect(made.finalReport).toEqual({ drafts: ['per-mtpe'], complements: ['chl-mtps'], receives: 'oea' });
    expect(made.systematization).toEqual({});
    expect([made.sessions[0]?.hours, made.deadlines]).toEqual([1.5, { chooseDate: 7 }]);
  });

  it('goes on to the preview of every file, and to a start; then the code is taken', async () => {
    const source = changedSource((file) => {
      movedTo(new Date(), 5)(file);
      file.id = '98-per-chl';
    });
    const form = new FormData();
    form.set('file', new File([source], 'programa.yaml'));
    const fields = fieldsOf(await (await staff.upload('/new/form/open', form)).text());
    const complete = await send(fields, 'check');
    const preview = await staff.post('/new/check', { source: sourceOf(complete) });
    expect(preview.status).toBe(200);
    expect(await preview.text()).toContain('action="/new/start"');
    const started = await staff.post('/new/start', { source: sourceOf(complete) });
    expect(started.headers.get('location')).toBe('/c/98-per-chl?started');
    const again = await send(fields, 'check');
    expectIn(again, 'href="#id"');
    expectIn(again, 'Ya hay otra cooperación con el código 98-per-chl');
    expect(fieldsOf(again)).toEqual(fields);
  });

  it('begins with a copy of a cooperation that there is: its people now, its sessions without dates', async () => {
    const copied = changedSource((file) => {
      movedTo(new Date(), -1)(file);
      file.id = 'copied';
    });
    await system.cooperations.start(copied);
    await system.change('copied', {
      change: 'replace',
      person: 'per-mtpe-1',
      with: { name: 'Nueva Persona', email: 'nueva.persona@mtpe.example' },
    });
    expectIn(await staff.text('/new/form'), '<option value="copied"');
    const page = await staff.text('/new/form?copy=copied');
    expectIn(page, '(copied). Faltan el código');
    const fields = fieldsOf(page);
    const { programme } = (await system.view('copied')) ?? {};
    expect(fields).toMatchObject({
      ...{ id: '', title: programme.title, 'call-number': '', 'coordination-date': '' },
      ...{ 'sessions-0-date': '', 'sessions-1-window-from': '' },
      'sessions-1-contents': programme.sessions[1]?.contents,
    });
    const values = Object.values(fields);
    expect(values).toContain('Nueva Persona');
    expect(values).not.toContain('Jorge Larrea');
    // What is missing is asked for, and nothing else.
    const checked = await send(fields, 'check');
    expectIn(checked, 'govuk-error-summary');
    const filled = {
      ...{ 'call-number': '15', 'call-year': '2026', id: 'copied-anew' },
      ...{ 'coordination-date': programme.coordination.date, 'coordination-starts': '10:00' },
      ...Object.fromEntries(
        programme.sessions.flatMap((_, n) => [
          [`sessions-${n}-window-from`, '2031-03-03'],
          [`sessions-${n}-window-to`, '2031-03-28'],
        ]),
      ),
    };
    const whole = await send({ ...fields, ...filled }, 'check');
    expectNotIn(whole, 'govuk-error-summary');
    expectIn(whole, 'copied-anew');
    expectNotIn(await staff.text('/new/form?copy=nowhere'), 'Faltan el código');
    for (const who of [await site.as(OBSERVER), await site.as('nueva.persona@mtpe.example')])
      expect((await who.get('/new/form?copy=copied')).status).toBe(404);
  });

  it('keeps what is written as a file, complete or not, and opens it again', async () => {
    const fields = fieldsOf(await staff.text('/new/form'));
    fields.subject = 'Inspección: «del trabajo»';
    fields['participants-0-name'] = 'Ana Pérez';
    fields['description-0'] = 'Un texto.\n\n  Con sangría y una línea\r\nmás.';
    const answer = await staff.post('/new/form', { ...fields, do: 'download' });
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z0-9-]+\.yaml"$/);
    const form = new FormData();
    form.set('file', new File([await answer.text()], 'a.yaml'));
    const reopened = await staff.upload('/new/form/open', form);
    expect(reopened.status).toBe(422);
    const found = fieldsOf(await reopened.text());
    for (const name of [
      'subject',
      'participants-0-name',
      'methodology-documents-text',
      'finalReport-receives',
    ])
      expect(found[name], name).toBe(fields[name]);
    expect(found['description-0']).toBe('Un texto.\n\n  Con sangría y una línea\nmás.');

    const complete = await send(await opening(), 'check');
    const kept = await staff.post('/new/form/keep', { source: sourceOf(complete) });
    expect(kept.headers.get('content-disposition')).toBe('attachment; filename="14-per-chl.yaml"');
    const result = checkProgrammeFile(await kept.text());
    expect('programme' in result && result.programme).toEqual(example());
    expect(
      fieldsOf(await (await staff.post('/new/form/open', { source: sourceOf(complete) })).text()),
    ).toEqual({ ...(await opening()), draft: expect.stringMatching(/^[0-9a-f]{8}$/) });
  });

  it('opens a file with mistakes, and says what it has no field for', async () => {
    const source = exampleSource()
      .replace('subject: ', 'subjet: ')
      .replace('country: CL', 'country: XX')
      .replace('date: 2021-06-09', 'date: 2021-06-31');
    const page = await (await staff.post('/new/form/open', { source })).text();
    expectIn(page, 'Del archivo no pudo abrirse todo');
    expectIn(page, 'subjet');
    expectIn(page, 'href="#subject"');
    expectIn(page, 'href="#institutions-1-country"');
    expectIn(page, 'Esta fecha no existe en el calendario');
    const fields = fieldsOf(page);
    expect(fields['institutions-1-country']).toBe('XX');
    expect(fields['coordination-date']).toBe('2021-06-31');
    expect(fields.title).toContain('COOPERACIÓN BILATERAL');
    for (const unread of ['[', '- a\n- b', 'x'.repeat(1_100_000), `a: ${'['.repeat(5000)}`, '\0', ' ']) {
      const answer = await staff.post('/new/form/open', { source: unread });
      expect(answer.status, unread.slice(0, 20)).toBe(422);
      expect(await answer.text(), unread.slice(0, 20)).toContain('href="#file"');
    }
  });

  it('makes the title from the parties where nobody wrote one, and the preview shows it', async () => {
    const fields: Fields = { ...(await opening()), title: ' ' };
    const made =
      'Cooperación bilateral entre el Ministerio de Trabajo y Promoción del Empleo de Perú y el Ministerio de ' +
      'Trabajo y Previsión Social de Chile';
    const page = await send(fields, 'check');
    expect(programmeOf(page).title).toBe(made);
    const preview = await (await staff.post('/new/check', { source: sourceOf(page) })).text();
    expectIn(plain(preview), `Título</dt><dd class="govuk-summary-list__value">${made}`);
    // Opened again it is there to be changed, and what another language calls it follows from that language.
    const again = await (await staff.post('/new/form/open', { source: sourceOf(page) })).text();
    expect(fieldsOf(again).title).toBe(made);
    expect(programmeOf(await send({ ...fields, language: 'en' }, 'check')).title).toMatch(
      /^Bilateral cooperation between the Ministerio .* and the Ministerio /,
    );
    // The country is named where the name of the institution does not say it; what is written is taken as it is.
    const { title } = programmeOf(
      await send({ ...fields, 'institutions-1-name': 'Secretaría de Trabajo' }, 'check'),
    );
    expect(title).toMatch(/ y la Secretaría de Trabajo de Chile$/);
    expect(programmeOf(await send({ ...fields, title: 'Otro' }, 'check')).title).toBe('Otro');
    // What its parties lack is told, and not the title.
    const lacking = await send({ ...fields, 'institutions-1-name': '' }, 'check');
    expectIn(lacking, 'href="#institutions-1-name"');
    expectNotIn(lacking, 'href="#title"');
  });

  it('names its parts, each with what is still to be completed there, and leads from one to the next', async () => {
    const whole = await staff.text('/new/form?example=peru-chile-2021');
    expect(whole).toContain('Parte 1 de 9');
    const going = (part: string, style: string, name: string) =>
      `<button class="${style}" type="submit" name="do" value="go:${part}" formaction="/new/form#${part}">${name}</button>`;
    expect(whole).toContain(going('parties', 'govuk-button', 'Siguiente: Instituciones'));
    expect(whole).toContain(going('about', 'rial-link-button', 'Anterior: La cooperación'));
    expect(whole).not.toContain('por completar');
    const wrong = { subject: ' ', 'call-number': ' ', 'participants-2-email': 'pedro' };
    const answer = await send({ ...fieldsOf(whole), ...wrong }, 'check');
    const [nav = ''] = /<ul class="rial-parts">.*?<\/ul>/s.exec(answer) ?? [];
    const told = [...nav.matchAll(/data-part="([a-z-]+)"[^>]*>[^<]*<\/button>(?: <strong[^>]*>([^<]*))?/g)];
    expect(told.flatMap(([, part, count]) => (count ? [[part, count]] : []))).toEqual([
      ['about', '2 por completar'],
      ['people', '1 por completar'],
    ]);
  });

  it('goes on to a part with what is written, which is kept, and says at which one is', async () => {
    const at = (page: string) => /data-part="([a-z-]+)" aria-current="step"/.exec(page)?.[1];
    const primary = (page: string) =>
      [
        ...page.matchAll(/<button class="govuk-button" type="submit" name="do" value="(check|go:[a-z-]+)"/g),
      ].map(([, value]) => value);
    const whole = await staff.text('/new/form?example=peru-chile-2021');
    expect([at(whole), whole.match(/aria-current="step"/g)?.length]).toEqual(['about', 1]);
    const fields = { ...fieldsOf(whole), subject: 'Otro tema' };
    const people = await send(fields, 'go:people');
    expect(at(people)).toBe('people');
    expect(fieldsOf(people)).toMatchObject({ subject: 'Otro tema' });
    const { draft = '' } = fieldsOf(people);
    expect(fieldsOf(await staff.text(`/new/form?draft=${draft}`))).toMatchObject({ subject: 'Otro tema' });
    // Adding to a list stays there.
    expect(at(await send(fields, 'add:participants'))).toBe('people');
    // To check is what is to be done at the last part, and where something is to be mended.
    expect(primary(people)).not.toContain('check');
    const parts = [...whole.matchAll(/data-part="([a-z-]+)"/g)].map(([, part = '']) => part);
    const last = parts.at(-1) ?? '';
    expect(primary(await send(fields, `go:${last}`))).toContain('check');
    const wrong = await send({ ...fields, 'participants-2-email': 'pedro' }, 'check');
    expect([at(wrong), primary(wrong)]).toEqual(['people', ['check']]);
    expect(at(await send(fields, 'go:nowhere'))).toBe('about');
  });

  describe('shows each mistake at its field:', () => {
    const cases: [what: string, change: Fields, field: string, message: string][] = [
      ['nothing written', { subject: ' ' }, 'subject', 'Falta completar: Tema'],
      [
        'nothing chosen',
        { 'participants-1-institution': '' },
        'participants-1-institution',
        'Falta completar: Institución',
      ],
      [
        'an address',
        { 'participants-2-email': 'pedro' },
        'participants-2-email',
        'Escriba una dirección de correo completa',
      ],
      [
        'an address of somebody of another institution',
        { 'participants-1-email': 'jorge.larrea@mtpe-peru.example' },
        'participants-4-email',
        'Ya es la dirección de Cristóbal Auger',
      ],
      [
        'a guest’s address',
        { 'sessions-1-guests-1-email': 'x@' },
        'sessions-1-guests-1-email',
        'Escriba una dirección de correo completa',
      ],
      [
        'a date',
        { 'coordination-date': '9 de junio' },
        'coordination-date',
        'Escriba la fecha como año-mes-día',
      ],
      ['a date that is none', { dated: '2021-02-30' }, 'dated', 'Esta fecha no existe'],
      ['a time', { 'coordination-starts': '10' }, 'coordination-starts', 'Escriba la hora en 24 horas'],
      [
        'a long session',
        { 'sessions-2-hours': '3' },
        'sessions-2-hours',
        'Una sesión dura 2,5 horas como máximo',
      ],
      ['no number', { 'call-number': 'catorce' }, 'call-number', 'Escriba un número'],
      ['no whole number', { 'call-number': '1,5' }, 'call-number', 'Escriba un número entero'],
      ['a small number', { 'deadlines-draftSheet': '0' }, 'deadlines-draftSheet', 'Escriba 1 o más'],
      ['a great number', { 'deadlines-draftSheet': '91' }, 'deadlines-draftSheet', 'Escriba 90 o menos'],
      ['no time at all', { 'sessions-0-hours': '0' }, 'sessions-0-hours', 'Escriba un número mayor que 0'],
      ['a code', { id: 'Perú Chile' }, 'id', 'Escriba solo minúsculas, cifras y guiones'],
      [
        'a code used twice',
        { 'institutions-1-id': 'per-mtpe' },
        'institutions-1-id',
        'Otra institución tiene ya este código (per-mtpe)',
      ],
      [
        'a code that is reserved',
        { 'institutions-1-id': 'consultant' },
        'institutions-1-id',
        'se reserva para el consultor',
      ],
      ['a link', { 'meeting-link': 'zoom.us/j/1' }, 'meeting-link', 'Escriba el enlace completo'],
      [
        'a link that is not secure',
        { 'meeting-link': 'http://zoom.us/j/1' },
        'meeting-link',
        'El enlace debe comenzar con https://',
      ],
      ['a long line', { subject: 'a'.repeat(121) }, 'subject', '120 caracteres como máximo'],
      ['several lines', { title: 'a\nb' }, 'title', 'Escríbalo en un solo renglón'],
      ['a choice that was not offered', { modality: 'postal' }, 'modality', 'Elija una de las opciones'],
      [
        'a country that is none',
        { 'institutions-0-country': 'ZZ' },
        'institutions-0-country',
        'Elija una de las opciones',
      ],
      [
        'a clock that is none',
        { 'coordination-timezone': 'Lima' },
        'coordination-timezone',
        'Elija una de las opciones',
      ],
      [
        'an institution that is none',
        { 'participants-0-institution': 'mex' },
        'participants-0-institution',
        'Elija una de las opciones',
      ],
      [
        'nobody drafts',
        { 'finalReport-drafts': [] },
        'finalReport-drafts',
        'Falta completar: Quién lo elabora',
      ],
      [
        'two secretariats',
        { 'institutions-0-role': 'secretariat' },
        'institutions-2-role',
        'Solo una institución puede ser la Secretaría Técnica',
      ],
      [
        'nobody who asks',
        { 'institutions-0-role': 'providing' },
        'institutions',
        'Falta una institución con este papel: Solicita',
      ],
      [
        'an institution without people',
        { 'participants-9-institution': '#0', 'participants-10-institution': '#0' },
        'institutions-2',
        'Nadie responde por esta institución',
      ],
      [
        'no date',
        { 'sessions-0-date': '', 'sessions-0-starts': '' },
        'sessions-0',
        'Indique la fecha y la hora',
      ],
      ['no time', { 'sessions-0-starts': '' }, 'sessions-0-starts', 'Indique la hora de inicio'],
      [
        'a time without a date',
        { 'sessions-1-starts': '10:00' },
        'sessions-1-starts',
        'Sin fecha no hay hora',
      ],
      [
        'a date and a window',
        { 'sessions-1-date': '2021-08-20', 'sessions-1-starts': '10:00' },
        'sessions-1-window',
        'no ambos',
      ],
      [
        'a window with an end alone',
        { 'sessions-1-window-from': '' },
        'sessions-1-window-from',
        'Falta completar: Primer día',
      ],
      [
        'a window turned round',
        { 'sessions-1-window-to': '2021-08-01' },
        'sessions-1-window-to',
        'El último día es anterior',
      ],
      [
        'a session too early',
        { 'sessions-0-date': '2021-06-01' },
        'sessions-0-date',
        'Es anterior a la reunión de coordinación (9 de junio de 2021)',
      ],
      ['nowhere to meet', { 'meeting-link': '' }, 'sessions-2', 'Indique un enlace o un lugar'],
      [
        'a consultant without an address',
        { 'systematization-consultant-email': '' },
        'systematization-consultant-email',
        'Falta completar: Correo electrónico',
      ],
      [
        'a long text',
        { 'sessions-0-contents': 'a '.repeat(10_001) },
        'sessions-0-contents',
        '20000 caracteres como máximo',
      ],
    ];
    it.each(cases)('%s', async (_, change, field, message) => {
      const fields = { ...(await opening()), ...change };
      const answer = await staff.post('/new/form', { ...fields, do: 'check' });
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expectIn(page, `<a href="#${field}">`);
      expectIn(page, ` id="${field}"`);
      const told = new RegExp(`<p id="${field}-error"[^>]*>[\\s\\S]*?</p>`).exec(page)?.[0] ?? '';
      expectIn(plain(told), message);
      // A list of groups is no field that could be described.
      if (field !== 'institutions')
        // Of several to choose from, it is the group that has the mistake; its link leads to the first of them.
        expect(page).toMatch(new RegExp(`aria-describedby="[^"]*\\b${field}-error"`));
      expect(page).toContain(` id="${field}"`);
      expect(fieldsOf(page)).toEqual(asSent(fields));
    });

    it('never in the words of a file, in no language', async () => {
      const fields = await opening();
      for (const [what, change] of cases) {
        const tree = writtenIn(parameters({ ...fields, ...change }));
        const result = checkProgrammeFile(fileOf(tree).source);
        const inFile = 'mistakes' in result ? result.mistakes : [];
        expect(inFile.length, what).toBeGreaterThan(0);
        for (const language of LANGUAGES) {
          const found = await checkForm(tree, language, inspectionHere.programme);
          const messages = 'mistakes' in found ? found.mistakes.map(({ message }) => message) : [];
          const ofFile = inFile.map((mistake) => mistakeText(mistake, language));
          expect(messages.length, what).toBe(ofFile.length);
          for (const message of messages) expect(ofFile, what).not.toContain(message);
        }
      }
    });
  });

  it('is reached from where a file is uploaded', async () => {
    expectIn(await staff.text('/new'), 'href="/new/form"');
  });

  it('begins with what most programmes have in common, and asks for the rest alone', async () => {
    for (const language of LANGUAGES) {
      const blank = blankProgramme(language, new Date().toISOString());
      const found = await checkForm(blank, language, inspectionHere.programme);
      const fields = 'mistakes' in found ? found.mistakes.map(({ field }) => field) : [];
      expect(fields).toContain('institutions-0-country');
      expect(
        fields.filter((field) => /^(methodology|finalReport|contents|frame|institutions-2)/.test(field)),
      ).toEqual([]);
    }
  });

  describe('adding and removing', () => {
    it('keeps what is written, and leads to what was added', async () => {
      const fields = { ...(await opening()), subject: 'Otro tema', 'sessions-2-date': 'pronto' };
      const added = await send(fields, 'add:participants');
      expectIn(added, 'formaction="/new/form#participants-12"');
      expect(fieldsOf(added)).toMatchObject({ ...fields, 'participants-11-name': '' });
      const guest = fieldsOf(await send(fieldsOf(added), 'add:sessions-0-guests'));
      expect(guest).toMatchObject({ ...fields, 'sessions-0-guests-0-name': '' });
      const back = fieldsOf(await send(guest, 'remove:sessions-0-guests-0'));
      expect(fieldsOf(await send(back, 'remove:participants-11'))).toEqual(fields);
    });

    it('takes out the one that is meant, and the others move up', async () => {
      const fields = await opening();
      const without = fieldsOf(await send(fields, 'remove:sessions-1'));
      expect(without['sessions-1-contents']).toBe(fields['sessions-2-contents']);
      expect(without['sessions-2-contents']).toBeUndefined();
      expect(without['sessions-1-guests-0-name']).toBeUndefined();
      expect(fieldsOf(await send(fields, 'remove:participants-0'))['participants-0-name']).toBe(
        'Cristóbal Auger',
      );
    });

    it('follows an institution whatever becomes of its code and place, and lets go of one that is gone', async () => {
      const four = fieldsOf(await send(await opening(), 'add:institutions'));
      expect(four['institutions-3-key']).toBe('#3');
      const fields = fieldsOf(
        await send({ ...four, 'participants-8-institution': '#3' }, 'remove:institutions-0'),
      );
      expect(fields['institutions-0-acronym']).toBe('MTPS');
      expect(fields['participants-0-institution']).toBe('#1');
      expect(fields['participants-4-institution']).toBe('');
      expect(fields['participants-8-institution']).toBe('#3');
      expect(fields['finalReport-drafts']).toBeUndefined();
      expect(fields['finalReport-receives']).toBe('#2');
      const next = fieldsOf(await send(fields, 'add:institutions'));
      expect(next['institutions-3-key']).toBe('#0');
      expect(next['participants-4-institution']).toBe('');
    });

    it('leaves as many as there have to be, and adds no more than there may be', async () => {
      const page = await staff.text('/new/form');
      expectNotIn(page, 'remove:institutions');
      const fields = fieldsOf(page);
      expect(fieldsOf(await send(fields, 'remove:institutions-0'))).toEqual(fields);
      let full = await opening();
      for (let n = 3; n < 12; n++) full = fieldsOf(await send(full, 'add:sessions'));
      const last = await send(full, 'add:sessions');
      expect(fieldsOf(last)).toEqual(full);
      expectNotIn(last, 'value="add:sessions"');
      for (const odd of ['add:constructor', 'add:title', 'remove:title-0', 'remove:sessions-99', 'add:', 'x'])
        expect(fieldsOf(await send(full, odd)), odd).toEqual(full);
    });

    it('leaves out of the file what nobody wrote in', async () => {
      let fields = await opening();
      for (const list of ['participants', 'description', 'objectives-items', 'sessions-0-guests'])
        fields = fieldsOf(await send(fields, `add:${list}`));
      expect(programmeOf(await send(fields, 'check'))).toEqual(example());
      // The one after it keeps its mistakes to itself.
      const odd = { ...fieldsOf(await send(fields, 'add:participants')), 'participants-12-name': 'Ana' };
      expect(await send(odd, 'check')).toContain('href="#participants-12-institution"');
    });
  });

  it('never runs what people write', async () => {
    const fields = await opening();
    const hostile = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [
        name,
        name.endsWith('-key') ? value : `${PAYLOAD}${name}`,
      ]),
    );
    for (const action of ['check', 'add:sessions', 'remove:participants-0', PAYLOAD]) {
      const page = await send(hostile, action);
      // What the site itself runs has an address.
      expectNotIn(page.replace(/<script src="\/assets\/[\w.-]+" defer>/, ''), '<script');
      expectNotIn(page, '<img');
      expectIn(page, '&lt;script&gt;');
    }
    const texts = ['subject', 'sessions-0-contents', 'participants-0-name', 'institutions-0-name', 'frame'];
    const right = { ...fields, ...Object.fromEntries(texts.map((name) => [name, PAYLOAD])) };
    const complete = await send(right, 'check');
    expectNotIn(complete, '<script');
    expect(programmeOf(complete).subject).toBe(PAYLOAD);
    const kept = await staff.post('/new/form/keep', { source: '<script>x</script>' });
    expect(kept.headers.get('content-type')).toContain('application/yaml');
    expect(kept.headers.get('content-disposition')).toBe('attachment; filename="programme.yaml"');
    expect(kept.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('takes no more than a programme has', async () => {
    const many = parameters(Object.fromEntries(Array.from({ length: 26_000 }, (_, i) => [`a${i}`, ''])));
    const crowd = Array.from({ length: 60 }, (_, i) => [`sessions-0-guests-${i}-post`, 'x']);
    const names = crowd.map(([name = '']) => [name.replace('post', 'name'), '']);
    const page = await send(
      Object.fromEntries([...Object.entries(await opening()), ...names, ...crowd]),
      'check',
    );
    expectIn(page, 'Hay 20 errores más; corrija primero estos.');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    for (const body of [many.toString(), `title=${'x'.repeat(4_100_000)}`]) {
      const answer = await staff.ask('POST', '/new/form', { body, headers });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('supera el tamaño de un programa');
    }
    const odd = {
      ...(await opening()),
      'participants-100-name': 'Nadie',
      __proto__x: '1',
      'sessions-0-guests-7-name': 'Gap',
    };
    const fields = fieldsOf(await send(odd, 'add:none'));
    expect(fields['participants-11-name']).toBeUndefined();
    expect(fields['sessions-0-guests-0-name']).toBe('Gap');
  });

  it('is for staff alone', async () => {
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), 5)(file);
        file.id = '97-per-chl';
      }),
    );
    const observer = await site.as(OBSERVER);
    const delegate = await site.as(example().participants[0]?.email ?? '');
    for (const one of [observer, delegate]) {
      expect((await one.get('/new/form')).status).toBe(404);
      for (const path of ['', '/open', '/keep'])
        expect((await one.post(`/new/form${path}`, { source: 'a: b', do: 'check' })).status).toBe(404);
    }
    const nobody = site.browser();
    expect((await nobody.get('/new/form')).headers.get('location')).toBe('/sign-in?next=%2Fnew%2Fform');
    for (const path of ['', '/open', '/keep'])
      expect((await nobody.post(`/new/form${path}`, { source: 'a: b', do: 'check' })).status).toBe(404);
    expect((await staff.post('/new/form', { do: 'check' }, 'https://evil.example')).status).toBe(403);
  });
});

describe('when it is asked what came of a cooperation', () => {
  const source = exampleSource();
  /** The file that the form writes of one that was opened in it. */
  const written = (followUp: string) => {
    const file = `${source}\n${followUp}\n`;
    const opened = openFile(file, checkProgrammeFile(file));
    if (!('tree' in opened)) throw new Error('it cannot be read');
    return parse(fileOf(opened.tree).source).followUp;
  };

  it.each([
    ['', undefined],
    ['followUp: none', 'none'],
    ['followUp: { first: 3, second: 9 }', { first: 3, second: 9 }],
  ])('%s comes out of the form as it went in', (followUp, expected) => {
    expect(written(followUp)).toEqual(expected);
  });

  it('nobody and after some months is a mistake of the form', () => {
    expect(written('followUp: { none: true, first: 3 }')).toEqual({ none: true, first: 3 });
    expect(checkProgrammeFile(`${source}\nfollowUp: { none: true, first: 3 }\n`)).toMatchObject({
      mistakes: [{ path: 'followUp.none' }],
    });
    expect(checkProgrammeFile(`${source}\nfollowUp: never\n`)).toMatchObject({
      mistakes: [{ path: 'followUp' }],
    });
  });
});
