import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mintLink } from '../../src/casefile/access/access.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';
import { type Browser, mainOf, OFFICER, siteOver } from '../support/site.ts';

const ID = '14-per-chl';
const MAILBOX = 'dialogo.social@mtps-chile.example';
const APPROVE = `/c/${ID}/requests/coordination/approve-programme.1`;

describe('a mailbox that several people share', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  beforeAll(async () => {
    system = await inProcess({ site: { url: 'http://site.example' } });
    site = siteOver(system);
    await putUnderReview(system, (file) => {
      const chileans = file.participants.filter(({ institution }) => institution === 'chl-mtps');
      for (const one of chileans.slice(1, 3)) one.email = MAILBOX;
      // One person, in two parts.
      const officer = file.participants.find(({ email }) => email === OFFICER);
      file.systematization = { consultant: { name: officer?.name ?? '', email: OFFICER } };
    });
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const enter = async (path = APPROVE) =>
    mintLink(
      system.caseFile,
      { address: MAILBOX, cooperation: ID, person: 'chl-mtps-2', path },
      new Date().toISOString(),
    );
  /** Whoever comes by a link, as far as to where it is asked who they are. */
  async function opened(): Promise<Browser> {
    const browser = site.browser();
    const response = await browser.post(`/r/${await enter()}`);
    expect(response.headers.get('location')).toBe(APPROVE);
    return browser;
  }
  const choose = (browser: Browser, person: string, next = APPROVE) =>
    browser.post(`/who/${ID}?${new URLSearchParams({ next })}`, { person });
  const subject = (text: string) => /name="subject" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const action = (text: string) =>
    /<form method="post"[^>]* action="([^"]+approve-programme[^"]*)"/.exec(text)?.[1];

  it('gets a mail for each, by name', async () => {
    await expect
      .poll(async () =>
        (await system.view(ID)).mails
          .filter(
            ({ address, request }) => address === MAILBOX && request === 'coordination/approve-programme.1',
          )
          .map(({ person, state }) => `${person} ${state}`)
          .sort(),
      )
      .toEqual(['chl-mtps-2 sent', 'chl-mtps-3 sent']);
  });

  it('is asked once who is there, and goes on to where the link leads', async () => {
    const browser = await opened();
    const asked = await browser.get(APPROVE);
    expect(asked.status).toBe(303);
    const text = await browser.text(asked.headers.get('location') ?? '');
    expect(mainOf(text)).toMatch(/¿Quién es usted\?.+Cristóbal Auger.+Pedro Pablo Silva/);
    expect(text).not.toContain('Margarita Spoerer');
    // Nobody is named before that.
    expect(text).toContain(`<a href="/me">${MAILBOX}</a>`);
    const chosen = await choose(browser, 'chl-mtps-3');
    expect(chosen.headers.get('location')).toBe(APPROVE);
    const page = await browser.text(APPROVE);
    expect(page).toContain('<a href="/me">Pedro Pablo Silva</a>');
    expect(page).toContain(`href="/who/${ID}"`);
    // Not a second time: not by another link, either.
    await browser.post(`/r/${await enter()}`);
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    expect(mainOf(await browser.text('/me'))).toContain('Mis ausencias');
    // In another browser, somebody else may be there.
    expect((await (await opened()).get(`/c/${ID}`)).status).toBe(303);
  });

  it('is somebody of the mailbox, and nobody else', async () => {
    const browser = await opened();
    for (const person of ['chl-mtps-1', 'per-mtpe-1', 'nobody', '']) {
      const response = await choose(browser, person);
      expect(response.headers.get('location')).toMatch(/^\/who\//);
      expect((await browser.get(`/c/${ID}`)).status).toBe(303);
    }
    expect((await choose(browser, 'chl-mtps-2', 'https://evil.example')).headers.get('location')).toBe('/');
    const other = await site.as('margarita.spoerer@mtps-chile.example');
    await choose(other, 'chl-mtps-2');
    expect(await other.text(`/c/${ID}`)).toContain('<a href="/me">Margarita Spoerer</a>');
    expect((await site.browser().post(`/who/${ID}`, { person: 'chl-mtps-2' })).status).toBe(303);
  });

  it('records nothing for another: a form is of whoever opened it', async () => {
    const browser = await opened();
    await choose(browser, 'chl-mtps-2');
    const text = await browser.text(APPROVE);
    expect(action(text)).toBe(`${APPROVE}?as=chl-mtps-2`);
    await choose(browser, 'chl-mtps-3');
    const form = { subject: subject(text), decision: 'changes', reason: 'Falta el tercer objetivo.' };
    const body = new URLSearchParams(form).toString();
    const asked = await browser.ask('POST', `${APPROVE}?as=chl-mtps-2`, {
      body,
      // As browsers say.
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': `${body.length}` },
    });
    expect(asked.status).toBe(409);
    const question = await asked.text();
    expect(mainOf(question)).toMatch(/La abrió|abrió Cristóbal Auger.+Pedro Pablo Silva/);
    expect(question).toContain('value="Falta el tercer objetivo."');
    const answers = async () =>
      (await system.view(ID)).requests.find(({ id }) => id.endsWith('approve-programme.1'))?.answers;
    expect(await answers()).toEqual([]);
    expect((await browser.post(`${APPROVE}?as=per-mtpe-1`, form)).status).toBe(303);
    expect(await answers()).toEqual([]);

    const before =
      /<form method="post" action="([^"]+sent=yes)"/.exec(question)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const resent = await browser.post(before, form);
    expect(resent.status).toBe(307);
    expect(resent.headers.get('location')).toBe(`${APPROVE}?as=chl-mtps-2`);
    expect((await browser.post(resent.headers.get('location') ?? '', form)).status).toBe(303);
    expect(await answers()).toMatchObject([{ by: 'chl-mtps-2', party: 'chl-mtps' }]);
    expect(await browser.text(`/c/${ID}`)).toContain('<a href="/me">Cristóbal Auger</a>');
  });

  it('stays with those who are left when one of them goes', async () => {
    const browser = await opened();
    await choose(browser, 'chl-mtps-3');
    const { told } = await system.change(ID, { change: 'remove-person', person: 'chl-mtps-2' });
    // The meeting and the sessions stay in the calendar that both have.
    expect(told.filter(({ person }) => person === 'chl-mtps-2').map(({ about }) => about.notice)).toEqual([
      'left',
    ]);
    expect((await browser.get(`/c/${ID}`)).status).toBe(200);
    // Nobody is asked any more.
    const next = await site.as(MAILBOX);
    expect(await next.text(`/c/${ID}`)).toContain('<a href="/me">Pedro Pablo Silva</a>');
    expect((await next.get(`/who/${ID}`)).status).toBe(302);
  });

  it('is no matter where it is one person: an officer who is the consultant gets one mail, and answers as both', async () => {
    const { people, mails } = await system.view(ID);
    const own = people.filter(({ email }) => email === OFFICER).map(({ id }) => id);
    expect(own).toHaveLength(2);
    const twice = Map.groupBy(
      mails.filter(({ person }) => own.includes(person)),
      ({ notice, request, subject: line }) => `${notice} ${request} ${line}`,
    );
    expect([...twice.values()].filter(({ length }) => length > 1)).toEqual([]);
    const officer = await site.as(OFFICER);
    expect((await officer.get(`/c/${ID}`)).status).toBe(200);
  });
});
