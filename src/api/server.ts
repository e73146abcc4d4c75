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
import { type Cooperations, givenQuestion, readGivenAnswer, type Workflows } from '../client/index.ts';
import { type DocumentStore, NotStored } from '../documents/store.ts';
import { givenChange } from '../domain/change.ts';
import type { Mistake } from '../domain/mistake.ts';
import { checkProgrammeFile } from '../domain/programmeFile.ts';
import { type Refusal, type RefusalCode, Refused, refused } from '../domain/refusal.ts';
import { parsedAs } from '../domain/shapeMistakes.ts';
import { mistakeText } from '../words/mistakes.ts';
import { refusalText } from '../words/refusals.ts';

/**
 * The HTTP API that `rial` speaks, for OAS staff: JSON in and out, a bearer token, and one shape of error,
 * `{ "error": { "code", "message", …values } }`: a refusal of `src/domain/refusal.ts`, or `Unauthorized`, `NotFound`, `Internal`.
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

/** The HTTP status of each refusal: what was sent cannot be read, is not there, is at odds with how things stand. */
const STATUS: Readonly<Record<RefusalCode, 400 | 404 | 409 | 413 | 422 | 503>> = {
  Malformed: 400,
  NotJson: 400,
  TooLarge: 413,
  CooperationUnknown: 404,
  RequestUnknown: 404,
  SessionUnknown: 404,
  PersonUnknown: 404,
  PersonLeft: 404,
  PartyUnknown: 422,
  DocumentUnknown: 404,
  HistoryUnknown: 404,
  ChangeUnknown: 404,
  ContentUnknown: 404,
  CooperationTaken: 409,
  CooperationEnded: 409,
  CooperationOver: 409,
  Paused: 409,
  NotPaused: 409,
  NotUnderWay: 409,
  ExchangeNotOpen: 409,
  Unavailable: 503,
  DatabaseAway: 503,
  DatabaseAwayMidway: 503,
  ProgrammeMistaken: 422,
  RequestClosed: 409,
  NotAsked: 422,
  NotOfParty: 422,
  NotSecretariat: 422,
  AlreadyAnswered: 409,
  SubjectSuperseded: 409,
  DecisionNotTaken: 422,
  EnclosureNotTaken: 422,
  ReasonMissing: 422,
  HowMissing: 422,
  ContentMissing: 422,
  ContentMistaken: 422,
  RevisionTooWide: 422,
  UnknownSlot: 422,
  DateUnreadable: 422,
  MarkMissing: 422,
  DateOutsideWindow: 422,
  DocumentRefused: 422,
  DocumentOfOther: 422,
  MailNotSendable: 422,
  ChangeElsewhere: 400,
  NotOwing: 409,
  AlreadyAsked: 409,
  NotWaivable: 422,
  LastToAnswer: 422,
  DateNotLater: 422,
  DatePast: 422,
  DayPast: 422,
  NobodyAnswers: 422,
  NoColleague: 422,
  NotColleague: 422,
  HasItAlready: 422,
  HandedOverAlready: 409,
  Away: 422,
  AwayAlready: 409,
  PeriodReversed: 422,
  IsGuest: 422,
  NotGuest: 422,
  AddressTaken: 422,
  GuestInvited: 409,
  PersonSame: 409,
  SessionRecorded: 409,
  SessionCancelled: 409,
  SessionTooLong: 422,
  SessionSame: 409,
  SessionThere: 409,
  TooManySessions: 422,
  SessionMistaken: 422,
  LastSession: 422,
  ProgrammeSame: 409,
  CorrectionMistaken: 422,
  NotAmendable: 422,
  ConsultantNamed: 422,
  ConsultantAsked: 422,
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
    onError: () => refusedWith({ code: 'TooLarge', most: 2 * MB }),
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
    c.json(await cooperations.answer(c.req.param('id'), readGivenAnswer(await bodyOf(c)))),
  );
  app.post('/cooperations/:id/questions', small, async (c) =>
    c.json(await cooperations.ask(c.req.param('id'), taken(givenQuestion, await bodyOf(c))), 201),
  );
  app.post('/cooperations/:id/changes', small, async (c) => {
    const given = taken(givenChange, await bodyOf(c));
    const dryRun = c.req.query('dry-run') !== undefined;
    return c.json(await cooperations[dryRun ? 'preview' : 'change'](c.req.param('id'), given));
  });
  app.post('/cooperations/:id/documents', async (c) => {
    const { name, ...query } = taken(documentQuery, c.req.query());
    const body = c.req.raw.body;
    if (!body) return refusedWith({ code: 'DocumentRefused', why: 'empty' });
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
    if (!held.includes(sha256)) throw new Refused({ code: 'DocumentUnknown', documents: [sha256] });
    const stream = Readable.toWeb(await documents.get(sha256)) as globalThis.ReadableStream;
    return c.body(stream, 200, {
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
    });
  });
  app.get('/cooperations/:id/histories/:scope', async (c) => {
    const view = await caseOf(c.req.param('id'));
    const scope = c.req.param('scope');
    const found = view.workflows.find(({ file }) => file === `histories/${scope}.json`);
    if (!found) throw new Refused({ code: 'HistoryUnknown', scope });
    return c.json(await workflows.history(found.id));
  });

  app.all('*', () =>
    failed(404, 'NotFound', 'there is nothing here; the API is described in docs/operations.md'),
  );
  app.onError((error) => {
    if (error instanceof Refused) return refusedWith(error.refusal);
    if (error instanceof HTTPException) return failed(error.status, 'Malformed', error.message, { path: '' });
    if (error instanceof NotStored) return refusedWith({ code: 'DocumentUnknown', documents: [] });
    if (error instanceof DatabaseUnavailable)
      return refusedWith({ code: hasBegun() ? 'DatabaseAwayMidway' : 'DatabaseAway' });
    log.error({ err: error }, 'request failed');
    return failed(
      500,
      'Internal',
      'something went wrong here; it was logged, and nothing is known to have changed',
    );
  });

  async function caseOf(id: string) {
    await cooperations.cooperation(id);
    const view = await viewOf(caseFile, id, now());
    return view ?? refused({ code: 'CooperationUnknown', cooperation: id });
  }

  return app;
}

const failed = (status: number, code: string, message: string, values: object = {}): Response =>
  Response.json({ error: { code, message, ...values } }, { status });
const refusedWith = (refusal: Refusal): Response => {
  const { code, ...values } = refusal;
  const mistakes = 'mistakes' in refusal && refusal.mistakes && { mistakes: toldOf(refusal.mistakes) };
  // In English, for whoever reads what a script prints: with the instants and codes that it has.
  const message = refusalText(refusal, { language: 'en', when: (instant) => instant, day: (day) => day });
  return failed(STATUS[code], code, message, { ...values, ...mistakes });
};

const bodyOf = (c: { req: { json(): Promise<unknown> } }): Promise<unknown> =>
  c.req.json().catch(() => refused({ code: 'NotJson' }));

function taken<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = parsedAs(shape, value);
  if ('value' in read) return read.value;
  return refused({ code: 'Malformed', path: read.mistakes[0]?.path ?? '', mistakes: read.mistakes });
}

/** Mistakes by their codes and values; each also in English, for whoever reads what a script prints. */
const toldOf = (mistakes: readonly Mistake[]) =>
  mistakes.map((mistake) => ({ ...mistake, message: mistakeText(mistake, 'en') }));

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
