import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { GivenAnswer, GivenQuestion } from '../client/index.ts';
import { type CaseView, caseSummary, caseView } from '../domain/caseView.ts';
import type { GivenChange } from '../domain/change.ts';
import { mistake } from '../domain/mistake.ts';
import { Refused, refusal } from '../domain/refusal.ts';
import type { Told } from '../domain/telling.ts';
import { ApiError, Unreachable } from './errors.ts';

/**
 * The HTTP API of `src/api/server.ts` as typed calls. What comes back is parsed here, once, with the schemas of
 * `src/casefile/view.ts`; instants are ISO 8601 in UTC, hashes SHA-256 in hex. Every call throws {@link Refused}
 * when the server says no, {@link ApiError} when it cannot be asked or fails, and {@link Unreachable} when no answer comes.
 */
export type ApiClient = ReturnType<typeof apiClient>;

const shape = caseView.shape;

// A server may tell more of these than is read here; of a case it tells exactly what caseView says.
const health = z.object({
  ok: z.boolean(),
  temporal: z.boolean(),
  time: z.iso.datetime(),
  version: z.string().optional(),
});
const checked = z.object({ mistakes: z.array(mistake) });
const started = z.object({ id: z.string(), state: z.enum(['started', 'running', 'completed']) });
const summaries = z.array(caseSummary);
const record = shape.record;
const accepted = z.object({ at: z.iso.datetime(), stillOwing: z.array(z.string()) });
const asked = z.object({ number: z.int(), request: z.string() });
/** Of a notice that is new to this client its kind alone is known. */
const told = z.array(
  z.looseObject({
    person: z.string(),
    name: z.string(),
    party: z.string(),
    about: z.looseObject({ notice: z.string() }),
  }),
) as unknown as z.ZodType<Told[]>;
const foreseen = z.object({
  told,
  programmeChanges: z.array(z.string()),
  /** Whether the ministries are asked for the programme again. */
  approval: z.boolean().default(false),
});
const changed = z.object({ change: z.int(), at: z.iso.datetime(), ...foreseen.shape });
const documentShape = shape.documents.element.shape;
const putIn = z.object({
  document: documentShape.document,
  version: documentShape.version,
  title: documentShape.title,
  kind: documentShape.kind,
  party: documentShape.party,
  by: documentShape.by,
  at: documentShape.at,
  size: documentShape.size,
  mediaType: documentShape.mediaType,
  sha256: documentShape.sha256,
  fileName: z.string(),
});
const failure = z.object({ error: z.looseObject({ code: z.string(), message: z.string().optional() }) });

export type Health = z.infer<typeof health>;
export type RecordEntry = CaseView['record'][number];
export type PutDocument = z.infer<typeof putIn>;
/** What a change does, or under a dry run would do: who is told, and what of the programme is new. */
export type Foreseen = z.infer<typeof foreseen>;
export type Changed = z.infer<typeof changed>;
export type GivenBytes = {
  /** The person's id, such as `chl-mtps-2`. */
  by: string;
  /** The name it has at its owner's; its ending says what it is. */
  fileName: string;
  title?: string | undefined;
  /** `shared` unless said. */
  kind?: PutDocument['kind'] | undefined;
  /** The document to add a version to; a new one where it is left out. */
  document?: string | undefined;
};

/**
 * @param url the server's origin, such as `http://127.0.0.1:8080`; the API's own address, `…/api`, is understood too
 * @param token the staff token; without one only `health` is answered
 * @param patienceMs how long a call may take that moves no documents
 * @throws TypeError when the URL is none
 */
export function apiClient({
  url,
  token,
  patienceMs = 60_000,
}: {
  url: string;
  token?: string | undefined;
  patienceMs?: number;
}) {
  const origin = new URL(url).href.replace(/\/+$/, '').replace(/\/api$/, '');

  /** The server's answer, whatever it says. Throws {@link Unreachable}. */
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await fetch(`${origin}/api${path}`, {
        ...init,
        headers: { ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
        // A token goes nowhere but where it was meant to go.
        redirect: 'manual',
      });
    } catch (error) {
      throw away(error);
    }
  }

  const away = (error: unknown): unknown =>
    error instanceof ApiError
      ? error
      : new Unreachable(origin, {
          late: error instanceof Error && error.name === 'TimeoutError',
          cause: error,
        });

  const unexpected = (status: number, what: string) =>
    new ApiError(
      status,
      'UnexpectedAnswer',
      `what answers at ${origin} is no RIAL server of this version: ${what}`,
    );

  /** Its answer when it did what was asked; throws {@link Refused} or {@link ApiError} when not. */
  async function granted(path: string, init?: RequestInit): Promise<Response> {
    const response = await ask(path, init);
    if (response.ok) return response;
    const said = failure.safeParse(await body(response));
    if (!said.success) throw unexpected(response.status, `it says ${response.status} to ${path}`);
    const sent = refusal.safeParse(said.data.error);
    if (sent.success) throw new Refused(sent.data);
    throw new ApiError(response.status, said.data.error.code, said.data.error.message);
  }

  async function body(response: Response): Promise<unknown> {
    const text = await response.text().catch((error: unknown) => {
      throw away(error);
    });
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  async function parsed<T>(form: z.ZodType<T>, response: Response, path: string): Promise<T> {
    const result = form.safeParse(await body(response));
    if (result.success) return result.data;
    const [issue] = result.error.issues;
    throw unexpected(response.status, `${path}, ${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
  }

  const quick = (init: RequestInit = {}): RequestInit => ({
    ...init,
    signal: AbortSignal.timeout(patienceMs),
  });
  const get = async <T>(form: z.ZodType<T>, path: string) => parsed(form, await granted(path, quick()), path);
  const post = async <T>(form: z.ZodType<T>, path: string, type: string, sent: string) =>
    parsed(
      form,
      await granted(path, quick({ method: 'POST', headers: { 'content-type': type }, body: sent })),
      path,
    );
  const json = <T>(form: z.ZodType<T>, path: string, sent: object) =>
    post(form, path, 'application/json', JSON.stringify(sent));
  async function stream(path: string): Promise<Readable> {
    const { body } = await granted(path);
    return body ? Readable.fromWeb(body as ReadableStream<Uint8Array>) : Readable.from([]);
  }

  return {
    /** Where the server is. */
    url: origin,
    /** Whether the server and its Temporal are well. Needs no token. */
    async health(): Promise<Health> {
      // A server whose Temporal is away says so with 503 and the same shape.
      return parsed(health, await ask('/health', quick()), '/health');
    },
    /** The mistakes of a programme file, by its text. */
    check: (source: string) => post(checked, '/check', 'text/plain; charset=utf-8', source),
    /** Files a programme and starts its cooperation; the same file again changes nothing. */
    start: (source: string) => post(started, '/cooperations', 'text/plain; charset=utf-8', source),
    list: () => get(summaries, '/cooperations'),
    show: (id: string): Promise<CaseView> => get(caseView, cooperation(id)),
    /** What happened after entry `after`, oldest first. */
    record: (id: string, after = 0): Promise<RecordEntry[]> =>
      get(record, `${cooperation(id)}/record?after=${after}`),
    answer: (id: string, given: GivenAnswer) => json(accepted, `${cooperation(id)}/answers`, given),
    ask: (id: string, given: GivenQuestion) => json(asked, `${cooperation(id)}/questions`, given),
    /** Changes a cooperation under way. */
    change: (id: string, given: GivenChange): Promise<Changed> =>
      json(changed, `${cooperation(id)}/changes`, given),
    /** Who would be told of a change, which is not made. */
    foresee: (id: string, given: GivenChange): Promise<Foreseen> =>
      json(foreseen, `${cooperation(id)}/changes?dry-run=1`, given),
    /** Streams a document in. */
    async putDocument(
      id: string,
      { by, fileName, title, kind, document }: GivenBytes,
      bytes: Readable | Uint8Array,
    ): Promise<PutDocument> {
      const query = new URLSearchParams({ by, name: fileName });
      for (const [key, value] of Object.entries({ title, kind, document })) if (value) query.set(key, value);
      const path = `${cooperation(id)}/documents?${query}`;
      const sent = bytes instanceof Uint8Array ? bytes : Readable.toWeb(bytes);
      const init: RequestInit = {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: sent as NonNullable<RequestInit['body']>,
        duplex: 'half',
      };
      return parsed(putIn, await granted(path, init), path);
    },
    /** Streams the bytes of a document, mail or programme out. They are not verified here. */
    bytes: (id: string, sha256: string): Promise<Readable> =>
      stream(`${cooperation(id)}/bytes/${segment(sha256)}`),
    /** Streams the Temporal history of a workflow out, as JSON: `cooperation`, `session-1` … */
    history: (id: string, scope: string): Promise<Readable> =>
      stream(`${cooperation(id)}/histories/${segment(scope)}`),
  };
}

const cooperation = (id: string): string => `/cooperations/${segment(id)}`;

function segment(text: string): string {
  // A URL drops what is empty or a dot, and would be another one.
  if (/^\.{0,2}$/.test(text)) throw new Refused({ code: 'CooperationUnknown', cooperation: text });
  return encodeURIComponent(text);
}
