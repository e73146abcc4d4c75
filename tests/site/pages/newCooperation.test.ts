import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Outcome, RehearsalReport, Rehearse } from '../../../src/rehearsal/apart.ts';
import { readPdf } from '../../publications/reading.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, exampleSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const OBSERVER = 'observa@oas.example';
const STAFF = 'secretaria@oas.example';

describe('a new cooperation', () => {
  let system: InProcess;
  let staff: Browser;
  let observer: Browser;
  beforeAll(async () => {
    system = await inProcess();
    const site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
    staff = await site.as(STAFF);
    observer = await site.as(OBSERVER);
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('begins with an example', async () => {
    expect(await staff.text('/new')).toContain('/new?example=peru-chile-2021');
    expect(await staff.text('/new?example=peru-chile-2021')).toContain('id: 14-per-chl');
    expect(await staff.text('/new?example=../package')).not.toContain('devDependencies');
  });

  it('shows each mistake in its line, and keeps the text', async () => {
    const source = exampleSource().replace('language: es', 'language: "<script>x</script>"');
    const answer = await staff.post('/new/check', { source });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    const line = source.split('\n').findIndex((one) => one.includes('<script>')) + 1;
    expect(text).toContain(`href="#line-${line}"`);
    expect(text).toContain(`id="line-${line}"`);
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(text).not.toContain('<script>x');
    expect(text).toContain('no es una de las palabras previstas; escriba una de estas: es, en, pt, fr');
    expect(text).toMatch(/formaction="\/language\/again\?language=en[^"]*" lang="en">/);
    expect(text).toContain('14-per-chl');
    expect((await staff.post('/new/check', { source: ' ' })).status).toBe(422);
    // What was uploaded can be mended in the form's fields.
    expect(text).toContain('action="/new/form/open"');
    expect(await (await staff.post('/new/form/open', { source })).text()).toContain(
      'name="participants-0-name"',
    );
  });

  it('lists all whom a programme names: the consultant and the guests of each session too', async () => {
    const shown = async (source: string) =>
      (await (await staff.post('/new/check', { source })).text()).replaceAll(/<[^>]*>/g, '\n');
    const text = await shown(exampleSource());
    expect(text).toContain('El programa no tiene errores.');
    expect(text).toMatch(/Consultor o consultora\s+Consultor\(a\) — consultoria@rial\.example/);
    expect(text).toMatch(
      /2\.ª sesión[\s\S]*Personas invitadas \(MTPE del? Perú\):\s+Gerentes regionales de trabajo y promoción del empleo — gerentes\.regionales@mtpe-peru\.example\s+Aliados[\s\S]*3\.ª sesión/,
    );
    const unnamed = changedSource((file) => {
      file.systematization = {};
    });
    expect(await shown(unnamed)).toMatch(
      /Consultor o consultora\s+Por designar: se le pedirá a la Secretaría Técnica/,
    );
  });

  it('previews what is right, from a file too, and starts it', async () => {
    const form = new FormData();
    form.set('file', new File([exampleSource()], 'programa.yaml'));
    form.set('source', 'something else');
    const text = await (await staff.upload('/new/check', form)).text();
    expect(text).toContain('Cooperación Perú–Chile');
    expect(text).toContain('action="/new/start"');
    expect(text).toContain('A quién se escribirá primero');
    const started = await staff.post('/new/start', { source: exampleSource().replaceAll('\n', '\r\n') });
    expect([started.status, started.headers.get('location')]).toEqual([303, '/c/14-per-chl?started']);
    expect((await system.view('14-per-chl')).programme.subject).toBeTruthy();
    // What follows: the meeting is over, so what it agreed on is asked for at once.
    const page = await staff.text('/c/14-per-chl?started');
    expect(page).toContain('Cooperación iniciada');
    expect(page).toContain('María Claudia Camacho y Guillermo Calzada: «');
    expect(page).toContain('href="/c/14-per-chl/outbox"');
    expect(await staff.text('/c/14-per-chl')).not.toContain('Cooperación iniciada');
    await system.answer('14-per-chl', 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    expect(await staff.text('/c/14-per-chl?started')).not.toContain('Cooperación iniciada');
  });

  it('says who is convened, where the meeting is ahead, before and after the start', async () => {
    const source = changedSource((file) => {
      movedTo(new Date(), 5)(file);
      file.id = '97-per-chl';
    });
    const before = await (await staff.post('/new/check', { source })).text();
    const location = (await staff.post('/new/start', { source })).headers.get('location') ?? '';
    const after = await staff.text(location);
    for (const page of [before, after]) {
      expect(page).toContain('Se convoca a la reunión de coordinación (');
      expect(page).toContain('Jorge Larrea');
    }
    expect(after).toContain('Cuando termine (');
    await expect
      .poll(async () => (await system.view('97-per-chl')).mails.map(({ notice }) => notice))
      .toContain('convocation');
  });

  it('shows the programme as it would be printed, before anything is started', async () => {
    const source = exampleSource().replace('id: 14-per-chl', 'id: 88-per-chl');
    const preview = await (await staff.post('/new/check', { source })).text();
    expect(preview).toMatch(/<form method="post" action="\/new\/pdf" target="_blank"/);
    const shown = await staff.post('/new/pdf', { source });
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(shown.headers.get('content-disposition')).toMatch(/^inline; filename="88-per-chl\.pdf"/);
    const { text } = await readPdf(new Uint8Array(await shown.arrayBuffer()));
    expect(text).toContain('Jorge Larrea');
    expect(text).toContain('Ministerio de Trabajo y Previsión Social');
    expect((await staff.get('/c/88-per-chl')).status).toBe(404);
    expect((await staff.post('/new/pdf', { source: 'id: 1' })).status).toBe(422);
    expect((await observer.post('/new/pdf', { source })).status).toBe(404);
  });

  it('says whose code is taken, and keeps the text', async () => {
    const source = changedSource((file) => {
      file.id = '99-per-chl';
    });
    expect((await staff.post('/new/start', { source })).status).toBe(303);
    const other = source.replace('language: es', 'language: en');
    const answer = await staff.post('/new/start', { source: other });
    expect(answer.status).toBe(422);
    const text = await answer.text();
    expect(text).toContain('Ya hay otra cooperación con el código 99-per-chl');
    expect(text).toContain('href="/c/99-per-chl"');
    expect(text).toContain('language: en');
  });

  it('refuses what is too large', async () => {
    const answer = await staff.post('/new/check', { source: 'x'.repeat(5_000_000) });
    expect(answer.status).toBe(422);
  });

  it('is for staff alone', async () => {
    expect((await observer.get('/new')).status).toBe(404);
    expect((await observer.post('/new/check', { source: exampleSource() })).status).toBe(404);
    expect((await observer.post('/new/start', { source: exampleSource() })).status).toBe(404);
  });

  describe('and its rehearsal', () => {
    const source = changedSource((file) => {
      file.id = '77-per-chl';
    });
    /** Rehearsals that come to what a test says. */
    const asked: {
      programme: string;
      tell: Parameters<Rehearse>[1];
      course: Parameters<Rehearse>[2];
      end: (outcome: Outcome) => void;
    }[] = [];
    let later = 0;
    let mine: Browser;
    let site: ReturnType<typeof siteOver>;
    beforeAll(async () => {
      site = siteOver(system, {
        staff: [STAFF],
        observers: [OBSERVER],
        now: () => new Date(Date.now() + later).toISOString(),
        rehearse: (programme, tell, course) =>
          new Promise((end) => asked.push({ programme, tell, course, end })),
      });
      mine = await site.as(STAFF);
    });
    const begin = async (text = source): Promise<string> => {
      const answer = await mine.post('/new/rehearse', { source: text });
      expect(answer.status).toBe(303);
      return answer.headers.get('location') ?? '';
    };
    const other = (subject: string) =>
      changedSource((file) => {
        file.subject = subject;
      });
    const last = () => asked.at(-1) ?? expect.unreachable('nothing was rehearsed');

    it('is offered with the preview, and the command where the site cannot', async () => {
      const offered = await (await mine.post('/new/check', { source })).text();
      expect(offered).toContain('action="/new/rehearse"');
      expect(offered).not.toContain('npx rial rehearse');
      expect(offered).toContain('action="/new/start"');
      const without = await (await staff.post('/new/check', { source })).text();
      expect(without).toContain('npx rial rehearse');
      expect(without).not.toContain('action="/new/rehearse"');
      expect((await staff.post('/new/rehearse', { source })).status).toBe(404);
    });

    it('says that it is under way and how far, and looks again by itself', async () => {
      const path = await begin();
      expect(path).toMatch(/^\/new\/rehearsals\/[\w-]{22}$/);
      expect(last().programme).toBe(source);
      const answer = await mine.get(path);
      expect([answer.status, answer.headers.get('refresh')]).toEqual([200, '3']);
      expect(await answer.text()).toContain(`href="${path}"`);
      last().tell?.('2021-08-10T12:00:00.000Z', 0.42);
      expect(await mine.text(path)).toContain('Va por agosto de 2021 (42 %)');
      // Asked for twice, as with two clicks, it is rehearsed once.
      const before = asked.length;
      expect(await begin()).toBe(path);
      expect(asked.length).toBe(before);
    });

    it('then shows the calendar in the language of whoever reads, and what it came to; and is started from there', async () => {
      const path = await begin();
      last().end({ played: await playedOf('14-per-chl') });
      await expect.poll(async () => (await mine.get(path)).headers.get('refresh')).toBe(null);
      const text = await mine.text(path);
      expect(text).toContain('Termina el jueves 17 de junio de 2021, 09:00 (Washington), a los 8 días.');
      expect(text).toContain('junio de 2021');
      expect(text).toContain('Reunión de coordinación, hasta las 11:30');
      expect(text).toContain('MTPE del Perú (2): Acuerdo &lt;script&gt;x&lt;/script&gt; &quot;final&quot;');
      expect(text).not.toContain('<script>x');
      expect(text).toMatch(/>[^<]+ \(MTPE del Perú\)<\/th><td[^>]*>1<\/td><td[^>]*>0<\/td>/);
      expect(text).toContain('action="/new/start"');
      expect(text).toContain('id: 77-per-chl');
      await mine.post('/language', { language: 'fr', next: path });
      const french = await mine.text(path);
      await mine.post('/language', { language: 'es', next: path });
      expect(french).toContain('Réunion de coordination');
      expect(french).toContain('juin 2021');
    });

    it('opens each mail as its reader would, with its button, which says where it would lead', async () => {
      const path = await begin(other('opened'));
      last().end({ played: await playedOf('14-per-chl') });
      await expect.poll(() => mine.text(path)).toContain(`<a class="govuk-link" href="${path}/mails/2">`);
      const answer = await mine.get(`${path}/mails/2`);
      expect(answer.headers.get('content-security-policy')).toMatch(
        /form-action 'self'.*; frame-src 'self'$/,
      );
      const text = await answer.text();
      expect(text).toContain(
        `sandbox="allow-popups allow-popups-to-escape-sandbox" src="${path}/mails/2/letter"`,
      );
      for (const shown of [
        'per-mtpe-2@mtpe-peru.example',
        'programa.pdf (34\u00a0kB)',
        '10 jun 2021, 10:00 (Lima)',
        'RIAL &lt;coop@rial.example&gt;',
      ])
        expect(text).toContain(shown);
      const letter = await mine.get(`${path}/mails/2/letter`);
      expect(letter.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
      expect(await letter.text()).toBe(`<p>Para per-mtpe-2</p><a href="${path}/mails/2/link">Responder</a>`);
      expect(await mine.text(`${path}/mails/2/link`)).toContain('Aquí no abre nada.');
      const observer = await site.as(OBSERVER);
      for (const part of ['', '/letter', '/link']) {
        expect((await observer.get(`${path}/mails/2${part}`)).status).toBe(404);
        expect((await mine.get(`${path}/mails/3${part}`)).status).toBe(404);
      }
    });

    it.each([
      ['busy', 'Inténtelo de nuevo en un minuto'],
      ['impossible', 'necesita Java'],
      ['stuck', 'se detuvo antes de llegar al final'],
      ['too-long', 'tardó demasiado'],
      ['ended', 'El servidor se está deteniendo'],
      ['failed', 'Quedó registrado'],
    ] as const)('says what to do where it fails: %s', async (failed, words) => {
      const text = other(failed);
      const path = await begin(text);
      last().end({ failed });
      await expect.poll(() => mine.text(path)).toContain(words);
      const shown = await mine.text(path);
      expect(shown).toContain('action="/new/rehearse"');
      expect(shown).toContain('puede iniciarlo también sin ensayo');
      // Tried again, it is a new one.
      expect(await begin(text)).not.toBe(path);
    });

    it('is as is chosen: each choice is a rehearsal of its own, which says how its people behave', async () => {
      const text = other('chosen');
      const offered = await (await mine.post('/new/check', { source: text })).text();
      expect(offered).toMatch(/<option value="silent"[^>]*>Los ministerios no responden/);
      const asks = async (course: string) =>
        (await mine.post('/new/rehearse', { source: text, course })).headers.get('location') ?? '';
      const path = await asks('silent');
      expect(last().course).toBe('silent');
      expect(await asks('not-held')).not.toBe(path);
      expect(last().course).toBe('not-held');
      last().end({ played: await playedOf('14-per-chl') });
      const shown = await asks('not-held');
      await expect
        .poll(() => mine.text(shown))
        .toContain('Así se desarrollaría si la primera sesión no se realiza.');
      expect(await mine.text(shown)).toMatch(/<option value="not-held" selected/);
      expect(await asks('silent')).toBe(path);
      await asks('no-such');
      expect(last().course).toBe('punctual');
    });

    it('shows the mistakes of a text that has some, and rehearses nothing', async () => {
      const before = asked.length;
      const answer = await mine.post('/new/rehearse', {
        source: source.replace('language: es', 'language: it'),
      });
      expect(answer.status).toBe(422);
      expect(await answer.text()).toContain('href="#line-');
      expect(asked.length).toBe(before);
    });

    it('keeps twenty of them, for an hour', async () => {
      const first = await begin(other('first'));
      for (let n = 0; n < 19; n++) await begin(other(`another ${n}`));
      expect((await mine.get(first)).status).toBe(200);
      const newest = await begin(other('one more'));
      const gone = await mine.get(first);
      expect(gone.status).toBe(404);
      expect(await gone.text()).toContain('Puede ensayar de nuevo');
      later = 61 * 60_000;
      expect((await mine.get(newest)).status).toBe(404);
      later = 0;
      expect((await mine.get('/new/rehearsals/nothing')).status).toBe(404);
    });

    it('is for staff alone', async () => {
      const path = await begin();
      const delegate = (await system.view('14-per-chl')).people.find(({ role }) => role === 'delegate');
      for (const address of [OBSERVER, delegate?.email ?? '']) {
        const somebody = await site.as(address);
        const before = asked.length;
        expect((await somebody.get(path)).status).toBe(404);
        expect((await somebody.post('/new/rehearse', { source: other(address) })).status).toBe(404);
        expect(asked.length).toBe(before);
      }
    });
  });

  /** A rehearsal that ended after a mail to two of a ministry. */
  async function playedOf(id: string): Promise<RehearsalReport> {
    const from = '2021-06-09T13:00:00.000Z';
    const to = '2021-06-17T13:00:00.000Z';
    const timeZone = 'America/Lima';
    const common = { timeZone, local: '', workflow: null, party: 'per-mtpe', person: null };
    const meeting = { startsAt: '2021-06-09T15:00:00.000Z', endsAt: '2021-06-09T16:30:00.000Z' };
    const mail = {
      ...{ notice: 'news' as const, request: null, state: 'sent' as const, attempts: 1 },
      subject: 'Acuerdo <script>x</script> "final"',
    } as RehearsalReport['rehearsed']['view']['mails'][number];
    const to2 = ['per-mtpe-1', 'per-mtpe-2'].map((person) => ({
      ...{ ...common, person, at: '2021-06-10T15:00:00.000Z', kind: 'mail' as const },
      of: { mail: { ...mail, person, messageId: `<${person}@rial.example>` } },
    }));
    const mails = to2.map(({ of }) => of.mail);
    const view = { ...(await system.view(id)), closedAt: to, mails };
    return {
      rehearsed: { view, from, to, end: 'closed', refusals: [] },
      entries: [{ ...common, at: meeting.startsAt, kind: 'coordination', of: { meeting } }, ...to2],
      sums: {
        mails: view.people
          .filter(({ party }) => party === 'per-mtpe')
          .slice(0, 2)
          .map(({ id: person, name, party, role }) => ({
            ...{ person, name, party, role, sent: 1, reminders: 0, refused: 0, unsent: 0 },
          })),
        waited: [{ party: 'per-mtpe', label: 'MTPE del Perú', days: 3, overdue: 0 }],
      },
      mails: mails.map(({ person }) => ({
        ...{ from: 'RIAL <coop@rial.example>', to: `${person}@mtpe-peru.example`, date: to2[0]?.at ?? '' },
        html: `<p>Para ${person}</p><a href="https://rial.example/r/0123456789abcdef">Responder</a>`,
        attachments: [{ fileName: 'programa.pdf', size: 34_000 }],
      })),
    };
  }
});
