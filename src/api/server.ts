import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { CaseFile } from '../casefile/database.ts';
import { hasBegun, watchingEffects } from '../casefile/effects.ts';
import { DatabaseUnavailable } from '../casefile/pool.ts';
import { readRecord } from '../casefile/record.ts';
import { summaries, viewOf } from '../casefile/view.ts';
import { type Cooperations, givenAnswer, givenQuestion, Refused, type Workflows } from '../client/index.ts';
import { type DocumentStore, NotStored } from '../documents/store.ts';
import { givenChange } from '../domain/change.ts';
import type { Mistake } from '../domain/mistake.ts';
import { checkProgrammeFile } from '../domain/programmeFile.ts';
import { parsedAs } from '../domain/shapeMistakes.ts';
import { mistakeText } from '../words/mistakes.ts';

/**
 * The HTTP API that `rial` speaks, for OAS staff: JSON in and out, a bearer token, and one shape of error,
 * `{ "error": { "code", "message", "earlier"?, "mistakes"? } }`.
 */

type Outside = {
  caseFile: CaseFile;
  documents: DocumentStore;
  cooperations: Cooperations;
  workflows: Workflows;
  /** The staff token; compared in constant time. */
  token: string;
  log: Logger;
  now: () => string;
};

const STATUS: Partial<Record<Refused['code'], 400 | 404 | 409 | 422 | 503>> = {
  CooperationUnknown: 404,
  RequestUnknown: 404,
  PersonUnknown: 404,
  DocumentUnknown: 404,
  CooperationTaken: 409,
  CooperationEnded: 409,
  AlreadyAnswered: 409,
  RequestClosed: 409,
  SubjectSuperseded: 409,
  Closed: 409,
  NotOwing: 409,
  AlreadyAsked: 409,
  SessionOver: 409,
  Paused: 409,
  NotPaused: 409,
  SessionUnknown: 404,
  Malformed: 400,
  Unavailable: 503,
};

const documentQuery = z.strictObject({
  by: z.string().max(80),
  name: z.string().min(1).max(4096),
  title: z.string().max(300).optional(),
  kind: z.enum(['shared', 'sheet', 'report', 'answer']).default('shared'),
  document: z.string().max(120).optional(),
});

const MB = 1024 * 1024;

export function api({ caseFile, documents, cooperations, workflows, token, log, now }: Outside): Hono {
  const app = new Hono();
  const small = bodyLimit({
    maxSize: 2 * MB,
    onError: () => failed(413, 'Malformed', 'the request is larger than 2 MB'),
  });

  app.use('*', (_, next) => watchingEffects(next));
  app.get('/health', async (c) => {
    const temporal = await workflows.reachable();
    return c.json({ ok: temporal, temporal, time: now() }, temporal ? 200 : 503);
  });

  app.use('*', async (c, next) => {
    const given = c.req.header('authorization')?.replace(/^Bearer /, '') ?? '';
    if (!same(given, token))
      return failed(401, 'Unauthorized', 'the staff token is missing or is not the right one');
    await next();
  });

  app.post('/check', small, async (c) => {
    const checked = checkProgrammeFile(await c.req.text());
    return c.json({ mistakes: 'mistakes' in checked ? toldOf(checked.mistakes) : [] });
  });
  app.get('/cooperations', async (c) => c.json(await summaries(caseFile, now())));
  app.post('/cooperations', small, async (c) => c.json(await cooperations.start(await c.req.text()), 201));

  app.get('/cooperations/:id', async (c) => c.json(await caseOf(c.req.param('id'))));
  app.get('/cooperations/:id/record', async (c) => {
    const { id } = await cooperations.cooperation(c.req.param('id'));
    const after = z
      .string()
      .regex(/^\d{1,18}$/)
      .catch('0')
      .parse(c.req.query('after'));
    return c.json(
      (await readRecord(caseFile, id, after)).map(({ cooperation: _, key: __, ...entry }) => ({
        ...entry,
        seq: Number(entry.seq),
      })),
    );
  });
  app.post('/cooperations/:id/answers', small, async (c) =>
    c.json(await cooperations.answer(c.req.param('id'), await json(c, givenAnswer))),
  );
  app.post('/cooperations/:id/questions', small, async (c) =>
    c.json(await cooperations.ask(c.req.param('id'), await json(c, givenQuestion)), 201),
  );
  app.post('/cooperations/:id/changes', small, async (c) => {
    const given = await json(c, givenChange);
    const dryRun = c.req.query('dry-run') !== undefined;
    return c.json(await cooperations[dryRun ? 'preview' : 'change'](c.req.param('id'), given));
  });
  app.post('/cooperations/:id/documents', async (c) => {
    const { name, ...query } = taken(documentQuery, c.req.query());
    const body = c.req.raw.body;
    if (!body) throw new Refused('DocumentRefused', `"${name}" is empty`);
    const version = await cooperations.putDocument(c.req.param('id'), {
      ...query,
      fileName: name,
      bytes: Readable.fromWeb(body as ReadableStream<Uint8Array>),
    });
    return c.json({ ...version, size: Number(version.size) }, 201);
  });
  app.get('/cooperations/:id/bytes/:sha256', async (c) => {
    const view = await caseOf(c.req.param('id'));
    const sha256 = c.req.param('sha256');
    const held = [
      ...view.documents.map((document) => document.sha256),
      ...view.mails.map((mail) => mail.sha256),
      ...view.programmeVersions.flatMap(({ pdf, docx }) => [pdf.sha256, docx.sha256]),
    ];
    if (!held.includes(sha256))
      throw new Refused('DocumentUnknown', `${view.id} holds no document ${sha256}`);
    const stream = Readable.toWeb(await documents.get(sha256)) as globalThis.ReadableStream;
    return c.body(stream, 200, {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
  });
  app.get('/cooperations/:id/histories/:scope', async (c) => {
    const view = await caseOf(c.req.param('id'));
    const found = view.workflows.find(({ file }) => file === `histories/${c.req.param('scope')}.json`);
    if (!found) throw new Refused('DocumentUnknown', `${view.id} has no workflow ${c.req.param('scope')}`);
    return c.json(await workflows.history(found.id));
  });

  app.all('*', () =>
    failed(404, 'NotFound', 'there is nothing here; the API is described in docs/operations.md'),
  );
  app.onError((error) => {
    if (error instanceof Refused) {
      const { code, message, earlier, mistakes } = error;
      return failed(STATUS[code] ?? 422, code, message, {
        ...(earlier && { earlier }),
        ...(mistakes && { mistakes: toldOf(mistakes) }),
      });
    }
    if (error instanceof HTTPException) return failed(error.status, 'Malformed', error.message);
    if (error instanceof NotStored) return failed(404, 'DocumentUnknown', error.message);
    log.error({ err: error }, 'request failed');
    if (error instanceof DatabaseUnavailable)
      return hasBegun()
        ? failed(
            503,
            'DatabaseAwayMidway',
            'the database does not answer at the moment; what was sent may have been recorded: look before it is sent again',
          )
        : failed(
            503,
            'DatabaseAway',
            'the database does not answer at the moment; nothing was recorded, try again in a minute',
          );
    return failed(
      500,
      'Internal',
      'something went wrong here; it was logged, and nothing is known to have changed',
    );
  });

  async function caseOf(id: string) {
    await cooperations.cooperation(id);
    const view = await viewOf(caseFile, id, now());
    if (!view) throw new Refused('CooperationUnknown', `there is no cooperation "${id}"`);
    return view;
  }

  return app;
}

const failed = (status: number, code: string, message: string, more: object = {}): Response =>
  Response.json({ error: { code, message, ...more } }, { status });

async function json<T>(c: { req: { json(): Promise<unknown> } }, shape: z.ZodType<T>): Promise<T> {
  const body = await c.req.json().catch(() => {
    throw new Refused('Malformed', 'the request is not JSON');
  });
  return taken(shape, body);
}

function taken<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = parsedAs(shape, value);
  if ('value' in read) return read.value;
  throw new Refused('Malformed', 'the request is not complete', read);
}

/** Mistakes by their codes and values; each also in English, for whoever reads what a script prints. */
const toldOf = (mistakes: readonly Mistake[]) =>
  mistakes.map((mistake) => ({ ...mistake, message: mistakeText(mistake, 'en') }));

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
