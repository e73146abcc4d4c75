import { createHash, timingSafeEqual } from 'node:crypto';
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono } from 'hono';
import { sql } from 'kysely';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { CaseFile } from '../casefile/database/database.ts';
import { POOL_METRICS, type PoolUse } from '../casefile/database/pool.ts';
import type { Health } from './health.ts';

/**
 * `/metrics` for Prometheus: numbers, by names of checks and states alone; no label names a person or a cooperation. For
 * whoever asks from this machine, or shows the token for it.
 */
export function metricsApp({
  caseFile,
  connections,
  health,
  token,
}: {
  caseFile: CaseFile;
  /** What the connections to it do. */
  connections: () => PoolUse;
  health: Health;
  token: string | undefined;
}): Hono {
  const { registry, refresh } = registryOver(caseFile, connections, health);
  const app = new Hono();
  app.get('/metrics', async (c) => {
    if (!mayRead(c, token))
      return c.text('Only for this machine, or with the token of --metrics-token.', 401);
    await refresh();
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType });
  });
  return app;
}

/** As proxies say that they ask for somebody else. */
const PROXY_HEADERS = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
];

/** A proxy on this machine asks for others, and says so. */
function mayRead(c: Context, token: string | undefined): boolean {
  const given = c.req.header('authorization')?.replace(/^Bearer /, '');
  if (token !== undefined && given !== undefined) return timingSafeEqual(digest(given), digest(token));
  const forwarded = PROXY_HEADERS.some((name) => c.req.header(name) !== undefined);
  return !forwarded && /^(::ffff:)?127\.|^::1$/.test(getConnInfo(c).remote.address ?? '');
}
const digest = (text: string) => createHash('sha256').update(text).digest();

type Numbers = {
  cooperations: string;
  followUpsOpen: string;
  followUpsAnswered: string;
  requests: string;
  overdue: string;
  oldestRequest: string;
  pending: string;
  refused: string;
  oldestMail: string;
  unread: string;
  leftThere: string;
  aside: string;
};

/** All in one query, so that they are of one moment. */
const numbersOf = async (db: CaseFile): Promise<Numbers | undefined> =>
  (
    await sql<Numbers>`
      select
        (select count(*) from cooperation where closed_at is null and cancelled_at is null) as cooperations,
        (select count(*) from request where kind = 'tell-outcomes' and closed_at is null) as follow_ups_open,
        (select count(*) from request r where r.kind = 'tell-outcomes' and r.closed_at is not null
          and exists (select 1 from answer a
            where a.cooperation = r.cooperation and a.request = r.id and a.withdrawn_at is null))
          as follow_ups_answered,
        (select count(*) from request where closed_at is null) as requests,
        (select count(*) from request where closed_at is null and due_at < now()) as overdue,
        (select coalesce(extract(epoch from now() - min(opened_at)), 0) from request where closed_at is null)
          as oldest_request,
        (select count(*) from mail where state = 'pending') as pending,
        (select count(*) from mail where state = 'refused') as refused,
        (select coalesce(extract(epoch from now() - min(prepared_at)), 0) from mail where state = 'pending')
          as oldest_mail,
        (select count(*) from incoming_mail where state = 'waiting') as unread,
        coalesce((select left_there from mailbox_look), 0) as left_there,
        coalesce((select aside from mailbox_look), 0) as aside`.execute(db)
  ).rows[0];

function registryOver(
  db: CaseFile,
  poolUse: () => PoolUse,
  health: Health,
): { registry: Registry; refresh(): Promise<void> } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  const requests = gauge('rial_requests_open', 'Requests that somebody is asked for');
  const overdue = gauge('rial_requests_overdue', 'Those of them whose day has passed');
  const oldestRequest = gauge('rial_request_oldest_seconds', 'Age of the oldest open request');
  const mails = gauge('rial_mails', 'Mails by how they stand', ['state']);
  const oldestMail = gauge(
    'rial_mail_pending_oldest_seconds',
    'Age of the oldest mail that waits to be sent',
  );
  const incoming = gauge('rial_mails_in', 'Replies by mail that wait, by where', ['place']);
  const well = gauge('rial_health', 'Whether a dependency is well (1) or ill (0)', ['check']);
  const cooperations = gauge('rial_cooperations_open', 'Cooperations under way');
  const followUps = gauge('rial_follow_ups', 'Times that ministries are asked what came of a cooperation', [
    'state',
  ]);
  const pool = POOL_METRICS.map(({ name, help, values }) => ({ one: gauge(name, help, ['state']), values }));
  return {
    registry,
    async refresh() {
      const use = poolUse();
      for (const { one, values } of pool)
        for (const { value, ...labels } of values(use)) one.set(labels, value);
      const [numbers, findings] = await Promise.all([numbersOf(db).catch(() => undefined), health.look()]);
      for (const { check, ok } of findings) well.set({ check }, ok ? 1 : 0);
      // Without the database, numbers of before would pass for those of now.
      for (const one of [
        cooperations,
        followUps,
        requests,
        overdue,
        oldestRequest,
        mails,
        oldestMail,
        incoming,
      ])
        one.reset();
      if (!numbers) return;
      cooperations.set(Number(numbers.cooperations));
      followUps.set({ state: 'open' }, Number(numbers.followUpsOpen));
      followUps.set({ state: 'answered' }, Number(numbers.followUpsAnswered));
      requests.set(Number(numbers.requests));
      overdue.set(Number(numbers.overdue));
      oldestRequest.set(Number(numbers.oldestRequest));
      mails.set({ state: 'pending' }, Number(numbers.pending));
      mails.set({ state: 'refused' }, Number(numbers.refused));
      oldestMail.set(Number(numbers.oldestMail));
      incoming.set({ place: 'unread' }, Number(numbers.unread));
      incoming.set({ place: 'mailbox' }, Number(numbers.leftThere));
      incoming.set({ place: 'aside' }, Number(numbers.aside));
    },
  };
}
