import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logTo } from '../../../src/process/log.ts';
import type { InProcess } from '../../support/inProcess.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

/** One's own calendar, as calendar programs fetch it: without a cookie. */
describe('the calendar', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  let anybody: Browser;
  let written = '';
  let log: ReturnType<typeof logTo>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    log = logTo('rial', { write: (line) => (written += line) });
    log.level = 'trace';
    anybody = siteOver(system, { log }).browser();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  const pathOn = (text: string): string | undefined => /\/calendar\/[0-9a-f]{48}\.ics/.exec(text)?.[0];
  /** Makes somebody's address, and says what it is. */
  async function made(who: Who): Promise<string> {
    expect((await browsers[who].post('/calendar', { do: 'make' })).status).toBe(303);
    return pathOn(await browsers[who].text('/calendar')) ?? '';
  }
  /** Lines that were folded in one. */
  const unfolded = (text: string): string => text.replaceAll('\r\n ', '').replaceAll('\r\n', '\n');
  const fetched = async (path: string) => unfolded(await anybody.text(path));
  const uids = (text: string) => [...text.matchAll(/^UID:(.+)$/gm)].map(([, uid]) => uid);

  it('has the sessions with the UIDs of their invitations, and what its reader owes until when', async () => {
    const guestKnows = () =>
      system.mailbox.list().then((all) => all.some(({ to }) => to[0] === 'guest@ilo.example'));
    await expect.poll(guestKnows, { timeout: 30_000 }).toBe(true);
    expect(pathOn(await browsers.chile.text('/calendar'))).toBeUndefined();
    const path = await made('chile');
    const response = await anybody.get(path);
    expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = unfolded(await response.text());
    const { requests, sessions } = await system.view(ID);
    const invited = sessions.filter(({ sequence }) => sequence >= 0);
    expect(invited.length).toBeGreaterThan(0);
    const owed = requests.filter(({ owing, closedAt }) => !closedAt && owing.includes('chl-mtps'));
    expect(owed.length).toBeGreaterThan(0);
    expect(uids(text).sort()).toEqual(
      [
        ...invited.map(({ number }) => `${ID}.session-${number}@rial.example`),
        ...owed.map(({ id }) => `${ID}.${id.replaceAll('/', '.')}.due@site.example`),
      ].sort(),
    );
    expect(text).toContain('SUMMARY:Plazo: Enviar los documentos');
    expect(text).toContain('TRANSP:TRANSPARENT');
    expect(text).toContain('BEGIN:VTIMEZONE\nTZID:America/Santiago');
    expect(text.match(/^TZID:/gm)).toHaveLength(new Set(text.match(/TZID=[^:]+/g)).size);
    for (const { sequence } of invited) expect(text).toContain(`SEQUENCE:${sequence}`);
    expect(text).not.toContain('METHOD:');
  });

  it('has of a guest the one session, and of who looks on nothing to fetch', async () => {
    expect(uids(await fetched(await made('guest')))).toEqual([`${ID}.session-1@rial.example`]);
    const text = await browsers.observer.text('/calendar');
    expect(text).toContain('no figura en ninguna cooperación');
  });

  it('is the same until something of it changes', async () => {
    const path = await made('peru');
    const etag = (await anybody.get(path)).headers.get('etag') ?? '';
    const again = await anybody.get(path, { 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const [owed] = (await system.view(ID)).requests.filter(
      ({ closedAt, owing }) => !closedAt && owing.includes('per-mtpe'),
    );
    const due = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    await system.change(ID, { change: 'extend', request: owed?.id ?? '', due });
    expect((await anybody.get(path, { 'if-none-match': etag })).status).toBe(200);
  });

  it('is somebody’s own, who makes its address anew and takes it away', async () => {
    const first = await made('peru');
    expect(pathOn(await browsers.peru.text('/calendar'))).toBe(first);
    const second = await made('peru');
    expect(second).not.toBe(first);
    expect((await anybody.get(first)).status).toBe(404);
    expect((await anybody.get(second)).status).toBe(200);
    await browsers.peru.post('/calendar', { do: 'end' });
    expect((await anybody.get(second)).status).toBe(404);
    expect(pathOn(await browsers.peru.text('/calendar'))).toBeUndefined();
    expect((await browsers.peru.post('/calendar', { do: 'make' }, 'https://evil.example')).status).toBe(403);
    expect((await anybody.get('/calendar')).headers.get('location')).toBe('/sign-in?next=%2Fcalendar');
  });

  it('is kept so that the database does not have its address', async () => {
    const path = await made('peru');
    const token = /[0-9a-f]{48}/.exec(path)?.[0] ?? '';
    const rows = await system.caseFile.selectFrom('calendarFeed').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    const other = siteOver(system, { signInKey: 'another-key' });
    const { people } = await system.view(ID);
    const peru = await other.as(people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '');
    // With another key it is not to be shown, but still holds.
    expect(pathOn(await peru.text('/calendar'))).toBeUndefined();
    expect((await anybody.get(path)).status).toBe(200);
  });

  it('ends with the part that its reader had', async () => {
    const path = await made('chile');
    await system.change(ID, {
      change: 'replace',
      person: 'chl-mtps-2',
      with: { name: 'Otra Persona', email: 'otra.persona@mtps-chile.example' },
    });
    expect((await anybody.get(path)).status).toBe(404);
  });

  it('is not fetched without end, and its address is in no log', async () => {
    const path = await made('guest');
    const statuses = new Set<number>();
    for (let n = 0; n < 130; n++) statuses.add((await anybody.get(path, { 'if-none-match': '*' })).status);
    expect([...statuses]).toEqual([200, 429]);
    expect((await anybody.get(`/calendar/${'0'.repeat(48)}.ics`)).status).toBe(404);
    // What fails is logged by the route alone.
    const broken = siteOver(system, {
      log,
      now: () => {
        throw new Error('the clock stands still');
      },
    }).browser();
    expect((await broken.get(path)).status).toBe(500);
    expect(written).toContain('a page failed');
    expect(written).not.toMatch(/[0-9a-f]{48}/);
  });
});
