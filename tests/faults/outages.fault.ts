import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import { locateTemporalCli } from '../../src/temporal-server/locate.ts';
import { startTemporalServer, type TemporalServer } from '../../src/temporal-server/server.ts';
import { essenceOf } from '../support/essence.ts';
import { exampleSource } from '../support/programme.ts';
import { type Smtp, smtpServer } from '../support/smtp.ts';
import { freePorts, type SystemProcess, systemProcess } from '../support/system.ts';

/**
 * The mail server and the Temporal server stand elsewhere, and go away for a while. One cooperation, in the order of
 * its steps: each test goes on from where the one before left it.
 */

vi.setConfig({ testTimeout: 120_000 });
const WITHIN = { timeout: 45_000, interval: 100 };

const ID = '14-per-chl';
const RECORDED = { by: 'oas', how: 'Por correo' };
const REVIEW = 'coordination/approve-programme.1';
const DOCUMENTS = 'documents/send-documents.1';
const [RENZO, ENRIQUE] = ['renzo.cardenas@mtpe-peru.example', 'enrique.arias@mtpe-peru.example'];

let folder: string;
let smtp: Smtp;
let startTemporal: () => Promise<TemporalServer>;
let temporal: TemporalServer;
let system: SystemProcess;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rial-outages-'));
  const [smtpPort, port] = (await freePorts(2)) as [number, number];
  smtp = smtpServer(smtpPort);
  await smtp.start();
  const cli = await locateTemporalCli();
  startTemporal = () =>
    startTemporalServer({
      cli,
      port,
      dbFile: path.join(folder, 'temporal.db'),
      log: path.join(folder, 'temporal.log'),
      // The system registers its own.
      searchAttributes: [],
    });
  temporal = await startTemporal();
  system = await systemProcess({ flags: ['--smtp-url', smtp.url, '--temporal-address', temporal.address] });
}, 120_000);
afterAll(async () => {
  await system?.[Symbol.asyncDispose]();
  await temporal?.stop();
  await smtp?.stop();
  await rm(folder, { recursive: true, force: true });
});

const view = (): Promise<CaseView> => system.api.show({ id: ID });

/** The request, once it is open. */
async function open(request: string) {
  return vi.waitFor(async () => {
    const found = (await view()).requests.find(({ id, closedAt }) => id === request && closedAt === null);
    if (!found) throw new Error(`${request} is not open`);
    return found;
  }, WITHIN);
}

async function answer(request: string, by: string, given: object) {
  const { subject } = await open(request);
  return system.api.answer({
    id: ID,
    body: { request, by, subject: subject.hash, decision: 'approve', recorded: RECORDED, ...given },
  });
}

/** How the mails of a request, or of a notice, stand: each person's, in the programme's order. */
async function mailsOf(about: string): Promise<Record<string, string>> {
  const { mails } = await view();
  return Object.fromEntries(
    mails
      .filter(({ request, notice }) => request === about || notice === about)
      .map(({ person, state }) => [person, state])
      .sort(),
  );
}
const everyone = (state: string, people: string[]) => Object.fromEntries(people.map((one) => [one, state]));
const CHILE = ['chl-mtps-1', 'chl-mtps-2', 'chl-mtps-3', 'chl-mtps-4'];

it('takes answers while the mail server is away', async () => {
  await system.api.start({ body: exampleSource(), demonstration: 'yes' });
  await expect
    .poll(() => mailsOf('coordination/confirm-coordination.1'), WITHIN)
    .toEqual({ 'oas-1': 'sent', 'oas-2': 'sent' });
  await smtp.stop();

  await answer('coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Acuerdos de la reunión.' },
  });
  await expect.poll(() => mailsOf(REVIEW), WITHIN).toMatchObject({ 'per-mtpe-5': 'pending' });
  const { mails } = await view();
  expect(mails.find(({ state }) => state === 'pending')?.response).toMatch(/ECONNREFUSED|connect/i);

  const { stillOwing } = await answer(REVIEW, 'chl-mtps-2', {});
  expect(stillOwing).toEqual(['per-mtpe']);
  await expect(answer(REVIEW, 'chl-mtps-1', {})).rejects.toMatchObject({
    refusal: { code: 'AlreadyAnswered', by: 'chl-mtps-2' },
  });
});

it('sends what was held up when the mail server is back, to those who still owe an answer', async () => {
  smtp.objections.set(ENRIQUE, '550 5.1.1 no such user');
  smtp.objections.set(RENZO, '451 4.3.2 try again later');
  await smtp.start();
  await expect
    .poll(() => mailsOf(REVIEW), WITHIN)
    .toMatchObject({
      'per-mtpe-1': 'sent',
      'per-mtpe-2': 'pending',
      'per-mtpe-3': 'refused',
      'per-mtpe-4': 'sent',
      'per-mtpe-5': 'sent',
    });

  // Staff see which address it is and what the server said; nobody tries it again.
  const { mails, record } = await view();
  const refused = mails.filter(({ state }) => state === 'refused');
  expect(refused).toMatchObject([
    { person: 'per-mtpe-3', address: ENRIQUE, response: expect.stringContaining('550 5.1.1 no such user') },
  ]);
  expect(record.filter(({ kind }) => kind === 'mail-refused')).toMatchObject([{ person: 'per-mtpe-3' }]);
  expect(mails.find(({ address, request }) => address === RENZO && request === REVIEW)?.response).toContain(
    '451 4.3.2 try again later',
  );

  const sentMeanwhile = (await view()).mails.find(({ address }) => address === RENZO)?.attempts ?? 0;
  smtp.objections.delete(RENZO);
  await expect.poll(() => mailsOf(REVIEW), WITHIN).toMatchObject({ 'per-mtpe-2': 'sent' });
  expect((await view()).mails.find(({ address }) => address === RENZO)?.attempts).toBeGreaterThan(
    sentMeanwhile,
  );
  expect(smtp.named.filter((address) => address === ENRIQUE)).toHaveLength(1);
  expect(smtp.delivered.filter(({ to }) => to.endsWith('@mtps-chile.example'))).toEqual([]);
  const ids = smtp.delivered.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
});

it('goes on though an address is refused', async () => {
  await answer(REVIEW, 'per-mtpe-3', {});
  await expect
    // The approved programme comes with the invitation.
    .poll(() => mailsOf('invitation'), WITHIN)
    .toEqual({
      ...everyone('sent', CHILE),
      ...everyone('sent', ['per-mtpe-1', 'per-mtpe-2', 'per-mtpe-4', 'per-mtpe-5', 'oas-1', 'oas-2']),
      'per-mtpe-3': 'refused',
    });
  expect((await open(DOCUMENTS)).owing).toEqual(['per-mtpe', 'chl-mtps']);
});

it('says so while Temporal is away, changes nothing, and goes on when it is back', async () => {
  // Everything that follows from the approval has gone out.
  const followed = {
    [DOCUMENTS]: 9,
    'session-2/choose-date.1': 9,
    'session-3/choose-date.1': 9,
    invitation: 11,
    'session-1/record-session.1': 2,
  };
  await expect
    .poll(async () => {
      const states = await Promise.all(Object.keys(followed).map(mailsOf));
      return states.map((each) => Object.values(each).filter((state) => state !== 'pending').length);
    }, WITHIN)
    .toEqual(Object.values(followed));
  const { subject } = await open(DOCUMENTS);
  const given = {
    ...{ request: DOCUMENTS, by: 'chl-mtps-1', subject: subject.hash, decision: 'done' as const },
    recorded: RECORDED,
  };
  const question = {
    by: 'per-mtpe-1',
    to: 'chl-mtps',
    text: '¿Qué norma respalda la Escuela?',
    recorded: RECORDED,
  };
  const document = {
    ...{ by: 'per-mtpe-1', name: 'nota.txt' },
    ...{ recordedBy: RECORDED.by, how: RECORDED.how },
  };
  const other = exampleSource('barbados-jamaica');

  process.kill(temporal.pid, 'SIGKILL');
  await temporal.exited;
  const before = essenceOf(await view());
  // What was found within the last seconds may still be told of some.
  const ill = async () => (await system.api.health()).checks.flatMap(({ ok, check }) => (ok ? [] : [check]));
  await expect.poll(ill, WITHIN).toEqual(['temporal', 'worker', 'workflow-tasks']);
  const calls = await Promise.allSettled([
    system.api.answer({ id: ID, body: given }),
    system.api.ask({ id: ID, body: question }),
    system.api.putDocument({ id: ID, ...document, body: Readable.from([Buffer.from('Una nota.')]) }),
    system.api.start({ body: other }),
    system.api.history({ id: ID, scope: 'cooperation' }),
  ]);
  const refused = { refusal: { code: 'Unavailable' } };
  expect(calls).toMatchObject(calls.map(() => ({ status: 'rejected', reason: refused })));
  const told = await fetch(`${system.url}/api/cooperations/${ID}/histories/cooperation`, {
    headers: { authorization: `Bearer ${system.token}` },
  });
  expect([told.status, await told.text()]).toEqual([503, expect.stringContaining('Nothing was lost')]);
  expect(essenceOf(await view())).toEqual(before);

  temporal = await startTemporal();
  await expect.poll(async () => (await system.api.health()).ok, WITHIN).toBe(true);
  expect((await system.api.answer({ id: ID, body: given })).stillOwing).toEqual(['per-mtpe']);
  expect((await system.api.ask({ id: ID, body: question })).number).toBe(1);
  expect(
    await system.api.putDocument({ id: ID, ...document, body: Readable.from([Buffer.from('Una nota.')]) }),
  ).toMatchObject({
    document: 'doc-1',
    version: 1,
  });
  await expect.poll(() => mailsOf('documents/answer-question-1.1'), WITHIN).toEqual(everyone('sent', CHILE));
  expect((await view()).requests.find(({ id }) => id === DOCUMENTS)?.answers).toHaveLength(1);

  expect(await system.api.start({ body: other })).toMatchObject({ id: '16-brb-jam-tto' });
  await expect
    .poll(async () => (await system.api.show({ id: '16-brb-jam-tto' })).requests.map(({ id }) => id), WITHIN)
    .toEqual(['coordination/confirm-coordination.1']);
});
