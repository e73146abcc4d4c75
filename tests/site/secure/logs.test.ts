import { Readable } from 'node:stream';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../../src/api/server.ts';
import { mintLink } from '../../../src/casefile/access/access.ts';
import { securityLogOver } from '../../../src/casefile/access/securityLog.ts';
import { openCaseFile } from '../../../src/casefile/database/database.ts';
import { cooperationsOver } from '../../../src/client/index.ts';
import type { DocumentStore } from '../../../src/documents/store.ts';
import { createTransport } from '../../../src/mail/transport.ts';
import { logTo, temporalLogger } from '../../../src/process/log.ts';
import { signInSender } from '../../../src/runtime/signInMail.ts';
import type { SiteOutside } from '../../../src/site/outside.ts';
import { emptyDatabase } from '../../support/database.ts';
import { allWell } from '../../support/health.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource } from '../../support/programme.ts';
import { testSeal } from '../../support/seal.ts';
import { type Browser, siteOver } from '../../support/site.ts';
import { smtpServer } from '../../support/smtp.ts';
import { freePorts } from '../../support/system.ts';

const ID = '14-per-chl';
const STAFF_TOKEN = 'testigo-del-personal-4711';
const QUESTION = '¿Cómo se financian las escuelas de formación sindical?';
const FILE = 'nomina-reservada-de-2026.txt';
const QUERY = 'consulta-reservada';

/** All that the running application logs, at every level and wherever, while people use it and parts of it fail. */
describe('the log', () => {
  let system: InProcess;
  let sha256: string;
  let address = '';
  /** Of people, and what the application gave them: nothing of it may be in the log. */
  let people: string[] = [];
  const secrets = new Set<string>();
  const codes = new Set<string>();
  let written = '';
  const log = logTo('rial', {
    write: (line) => {
      written += line;
    },
  });
  log.level = 'trace';

  beforeAll(async () => {
    system = await inProcess();
    await system.cooperations.start(changedSource(() => {}));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos.' },
    });
    for (const by of ['chl-mtps-2', 'per-mtpe-1'])
      await system.answer(ID, 'coordination/approve-programme.1', by, { decision: 'approve' });
    await system.open(ID, 'documents/send-documents.1');
    ({ sha256 } = await system.cooperations.putDocument(ID, {
      ...{ by: 'chl-mtps-2', fileName: FILE, kind: 'shared', bytes: Readable.from([Buffer.from('Nómina')]) },
    }));
    const view = await system.view(ID);
    address = view.people.find(({ id }) => id === 'chl-mtps-2')?.email ?? '';
    people = view.people.flatMap(({ name, email }) => [name, email ?? name, email?.split('@')[0] ?? name]);
  });
  afterAll(() => system[Symbol.asyncDispose]());
  beforeEach(() => {
    written = '';
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        written += String(text);
        return true;
      });
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
      vi.spyOn(console, method).mockImplementation((...given) => {
        written += `${given.map(String).join(' ')}\n`;
      });
  });
  afterEach(() => vi.restoreAllMocks());

  const link = async () => {
    const token = await mintLink(
      system.caseFile,
      { address, path: `/c/${ID}?${QUERY}`, cooperation: ID, person: 'chl-mtps-2' },
      new Date().toISOString(),
    );
    secrets.add(token);
    return token;
  };
  const keep = (browser: Browser) => {
    for (const value of browser.cookies.values()) if (value.length > 5) secrets.add(value);
  };
  const over = (given: Partial<SiteOutside> = {}) => siteOver(system, { log, ...given });
  const entries = () => written.split('\n').filter(Boolean);
  /** Nothing of what people and links are is in the log, which has entries of these messages. */
  function expectSilent(...messages: string[]) {
    vi.restoreAllMocks();
    for (const message of messages) expect(written).toContain(message);
    if (messages.length === 0) expect(entries()).toEqual([]);
    const lower = written.toLowerCase();
    const all = [...secrets, ...people, QUESTION, FILE, encodeURIComponent(FILE), QUERY, STAFF_TOKEN];
    expect(all.filter((one) => lower.includes(one.toLowerCase()))).toEqual([]);
    for (const code of codes) expect(written).not.toMatch(new RegExp(`(?<![0-9a-f])${code}(?![0-9a-f])`));
    expect(written).not.toMatch(
      /@[\w-]+\.example|\/r\/[0-9a-f]|[?&]\w+=|"(params|parameters|detail|input)":/,
    );
  }

  it('has nothing of people who come in, look, write and go, and of those who are refused', async () => {
    const { sent, browser } = over();
    const [first, second] = [await link(), await link()];
    const one = browser();
    await one.get(`/r/${first}?${QUERY}=1`);
    await one.post(`/r/${first}`);
    const other = browser();
    await other.post(`/r/${second}/fresh`);
    await expect.poll(() => sent.length).toBe(1);
    await other.post('/sign-in/code', { code: '00000000' });
    expect((await other.post('/sign-in/code', { code: sent[0]?.code ?? '' })).status).toBe(303);
    for (const each of [one, other]) keep(each);
    await browser().post('/sign-in', { address, next: `/c/${ID}?${QUERY}=1` });
    await browser().post('/sign-in', { address: 'nadie@ninguna.example' });
    for (let n = 0; n < 4; n++) await browser().post('/sign-in', { address });
    await expect.poll(() => sent.length).toBeGreaterThan(1);
    for (const { code } of sent) codes.add(code);
    // Two links, and of two browsers their session and what they are known by.
    expect(secrets.size).toBe(6);
    for (const path of ['', '/documents', '/questions', '/people', '/record', `/files/${sha256}/${FILE}`])
      expect((await one.get(`/c/${ID}${path}?${QUERY}=1`)).status).toBe(200);
    await one.get(`/nowhere/${FILE}?${QUERY}=1`);
    await one.post(`/c/${ID}/questions`, { to: 'per-mtpe', text: QUESTION });
    const form = new FormData();
    form.append('files', new File(['MZ'], `${FILE}.exe`));
    form.append('files', new File(['Nómina, corregida'], FILE));
    await one.upload(`/c/${ID}/documents`, form);
    await one.post('/sign-out');
    await browser().post('/sign-out', {}, 'https://evil.example');
    expectSilent();
  });

  it('has nothing of them where the case file fails, which says what it was asked', async () => {
    const token = await link();
    const session = await over().as(address);
    keep(session);
    // It has no tables: every query fails, with its values.
    const { url: nothing, drop } = await emptyDatabase();
    const caseFile = openCaseFile(nothing);
    const { browser } = over({
      caseFile,
      cooperations: cooperationsOver({ ...system, caseFile, now: () => new Date().toISOString() }),
    });
    const asked = [
      () => browser().get(`/r/${token}?${QUERY}=1`),
      () => browser().post(`/r/${token}`),
      () => browser().post(`/r/${token}/fresh`),
      () => browser().post('/sign-in/code', { code: '48392114' }),
      () => browser().post('/sign-in', { address }),
      () =>
        browser().ask('GET', `/c/${ID}?${QUERY}=1`, {
          headers: { cookie: [...session.cookies].map((one) => one.join('=')).join() },
        }),
    ];
    for (const ask of asked) {
      const response = await ask();
      expect(response.status).toBe(500);
      expect(await response.text()).not.toMatch(/relation|select|access_link|\bat \//);
    }
    await caseFile.destroy();
    await drop();
    const pages = entries().flatMap((line) => JSON.parse(line).page ?? []);
    expect(pages).toEqual(expect.arrayContaining(['/r/:token', '/r/:token/fresh', '/sign-in/code']));
    expectSilent('a page failed', '"code":"42P01"');
  });

  it('has nothing of them where documents fail, or a form is broken', async () => {
    const failing: DocumentStore = {
      ...system.documents,
      get: () => Promise.reject(new Error(`no file ${FILE} of ${address} at /r/x?${QUERY}=1`)),
      put: () => Promise.reject(new TypeError('no space', { cause: new Error(`of ${address}`) })),
    };
    const { browser, as, app, url } = over({
      documents: failing,
      cooperations: cooperationsOver({
        ...system,
        documents: failing,
        now: () => new Date().toISOString(),
      }),
    });
    const one = await as(address);
    keep(one);
    const form = new FormData();
    form.append('files', new File(['Nómina, otra'], 'otra.txt'));
    expect((await one.upload(`/c/${ID}/documents`, form)).status).toBe(500);
    const broken = await app.request(`${url}/sign-in?${QUERY}=1`, {
      method: 'POST',
      headers: { origin: url, 'content-type': 'multipart/form-data; boundary=x' },
      body: `--x\r\naddress: ${address}`,
    });
    expect(broken.status).toBeGreaterThanOrEqual(400);
    expect(broken.status).toBeLessThan(501);
    await browser().ask('POST', '/sign-in', {
      headers: { 'content-type': 'application/json' },
      body: `{"address":"${address}`,
    });
    expectSilent('a page failed', `"cooperation":"${ID}"`, 'no space');
  });

  it('has nothing of who writes to the API, also where that fails', async () => {
    const { url: nothing, drop } = await emptyDatabase();
    const caseFile = openCaseFile(nothing);
    const now = () => new Date().toISOString();
    const app = api({
      url: 'https://cooperacion.oas.example',
      seal: testSeal,
      health: allWell,
      ...{ caseFile, documents: system.documents, workflows: system.workflows, log, now },
      securityLog: securityLogOver({ caseFile, log, now }),
      cooperations: cooperationsOver({ ...system, caseFile, now }),
      machineToken: async () => STAFF_TOKEN,
      sendInvitation: async () => {},
    });
    for (const authorization of [`Bearer ${STAFF_TOKEN}`, `Bearer ${STAFF_TOKEN}x`])
      for (const body of [
        JSON.stringify({ by: 'chl-mtps-2', to: 'per-mtpe', text: QUESTION }),
        `{"${QUESTION}`,
      ])
        await app.request(`/cooperations/${ID}/questions?${QUERY}=1`, {
          method: 'POST',
          headers: { authorization },
          body,
        });
    await caseFile.destroy();
    await drop();
    expectSilent('request failed');
  });

  it('has nothing of whom a mail cannot be sent to', async () => {
    const [port] = (await freePorts(1)) as [number];
    const server = smtpServer(port);
    await server.start();
    server.objections.set(address, `550 5.1.1 <${address}>: Recipient address rejected`);
    const sendOver = (port: number) =>
      signInSender({
        transport: createTransport({ host: '127.0.0.1', port }),
        sender: { address: 'coop@rial.example', replyTo: 'coop@rial.example', domain: 'rial.example' },
        log,
        now: () => new Date().toISOString(),
      });
    const mail = {
      to: address,
      name: people[0] ?? '',
      language: 'es' as const,
      code: '48392114',
      known: true,
    };
    codes.add('48392114');
    await sendOver(port)(mail);
    await server.stop();
    await sendOver(port)(mail);
    expect(entries()).toHaveLength(2);
    people.push('coop@rial.example');
    expectSilent('a code to sign in could not be sent');
  });

  it('has nothing of what activities fail with', () => {
    const error = Object.assign(new Error(`duplicate key: (email)=(${address})`), {
      ...{ severity: 'ERROR', code: '23505', detail: `Key (email)=(${address})`, params: [address] },
      cause: new SyntaxError(`Unexpected token in "${QUESTION}"`),
    });
    const logger = temporalLogger(log);
    logger.warn('Activity failed', { error, workflowId: `${ID}/coordination` });
    logger.error('Worker failed', { error: 'of no kind' });
    log.error({ err: { address } }, 'no error');
    expect(entries().map((line) => pino.levels.labels[JSON.parse(line).level])).toEqual([
      'warn',
      'error',
      'error',
    ]);
    expectSilent('Activity failed', 'coordination', '"code":"23505"');
  });
});
