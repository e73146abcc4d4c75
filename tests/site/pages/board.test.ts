import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, OFFICER, siteOver } from '../../support/site.ts';

const ID = '14-per-chl';
const OBSERVER = 'observa@oas.example';

describe('what staff see first: the board, a new cooperation, the outbox', () => {
  let system: InProcess;
  let staff: Browser;
  let observer: Browser;
  let delegate: Browser;
  beforeAll(async () => {
    system = await inProcess();
    const site = siteOver(system, {
      observers: [OBSERVER],
      temporalUiUrl: 'http://temporal.example/namespaces/default',
    });
    const first = await site.as(OFFICER);
    for (const [who, told] of [
      [first, true],
      [await site.as(OBSERVER), false],
    ] as const)
      expect((await who.text('/board')).includes('href="/new/form?example=peru-chile-2021"')).toBe(told);
    await system.cooperations.start(
      changedSource((file) => {
        movedTo(new Date(), -1)(file);
        file.subject = `<script>alert("1")</script> & 'x'`;
      }),
    );
    const { people } = await system.view(ID);
    staff = await site.as(people.find(({ role }) => role === 'staff')?.email ?? '');
    delegate = await site.as(people.find(({ role }) => role === 'delegate')?.email ?? '');
    observer = await site.as(OBSERVER);
    await system.open(ID, 'coordination/confirm-coordination.1');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('the board says who has to move, and leads there', async () => {
    const text = await staff.text('/board');
    expect(text).toContain(`href="/c/${ID}/requests/coordination/confirm-coordination.1"`);
    expect(text).toContain('Confirmar la reunión de coordinación');
    expect(text).toContain('http://temporal.example/namespaces/default/workflows/cooperation%2F14-per-chl');
    expect(text).toContain('Esperan a la OEA (1)');
    expect(text).toContain('href="/new"');
    expect(text).toMatch(/<svg[^>]*role="img"/);
    expect(text).not.toContain('style=');
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)');
  });

  it('filters by links', async () => {
    expect(await staff.text('/board?show=secretariat')).toContain(`href="/c/${ID}"`);
    expect(await staff.text('/board?show=closed')).not.toContain(`href="/c/${ID}"`);
    expect(await staff.text('/board?page=999')).toContain(`href="/c/${ID}"`);
  });

  it('is for staff, and without “new” for observers', async () => {
    expect((await delegate.get('/board')).status).toBe(404);
    const text = await observer.text('/board');
    expect(text).toContain(`href="/c/${ID}"`);
    expect(text).not.toContain('href="/new"');
    expect(text.match(/<form/g)).toHaveLength(3);
  });
});
