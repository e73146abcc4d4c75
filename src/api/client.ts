import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import { Refused, refusal } from '../domain/refusal.ts';
import { ApiError, Unreachable } from './errors.ts';
import {
  type Answer,
  type Call,
  isStream,
  ROUTE_NAMES,
  ROUTES,
  type Route,
  type RouteName,
} from './routes.ts';

/**
 * The HTTP API of `routes.ts` as typed calls, one for each route, by its name: `api.show({ id })`. What comes back is
 * parsed here, once; what has no shape is a stream, whose bytes are not verified here. Every call throws {@link Refused}
 * when the server says no, {@link ApiError} when it cannot be asked or fails, and {@link Unreachable} when no answer comes.
 */
export type ApiClient = {
  /** Where the server is. */
  url: string;
} & { readonly [R in RouteName]: (...given: CallArguments<Call<R>>) => Promise<Answer<R>> };

/** What need not be said may be left out. */
type CallArguments<C> = Record<never, never> extends C ? [given?: C] : [given: C];

type Place = {
  url: string;
  token: string | undefined;
  /** How long a call may take that moves no documents, in milliseconds. */
  patienceMs: number;
};

/**
 * @param url the server's origin, such as `http://127.0.0.1:8080`; the API's own address, `…/api`, is understood too
 * @param token this machine's or one that was made; without one only what anybody may ask is answered
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
}): ApiClient {
  const origin = new URL(url).href.replace(/(?<!\/)\/+$/, '').replace(/\/api$/, '');
  const place = { url: origin, token, patienceMs };
  const calls = ROUTE_NAMES.map((name) => [
    name,
    (given: object = {}) => call(place, ROUTES[name], new Map(Object.entries(given))),
  ]);
  return { url: origin, ...Object.fromEntries(calls) } as ApiClient;
}

/** Calls a route with what its path, its query and its body have of what is given. */
async function call(place: Place, route: Route, given: Map<string, unknown>): Promise<unknown> {
  const { method, body, answer, unwell } = route;
  const query = new URLSearchParams();
  for (const name of Object.keys(route.query?.shape ?? {}))
    if (given.get(name) !== undefined) query.set(name, String(given.get(name)));
  const path = `${pathOf(route, given)}${query.size > 0 ? `?${query}` : ''}`;
  const movesBytes = [body, answer].some((one) => one && isStream(one));
  const response = await ask(place, path, {
    method,
    ...(body && contentOf(body, given.get('body'))),
    ...(!movesBytes && { signal: AbortSignal.timeout(place.patienceMs) }),
  });
  if (!response.ok && response.status !== unwell) throw await refusedBy(place, response, path);
  if (!answer.shape)
    return response.body ? Readable.fromWeb(response.body as ReadableStream<Uint8Array>) : Readable.from([]);
  const result = answer.shape.safeParse(await jsonOf(place, response));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join('.') || 'the whole';
  throw unexpected(place, response, `${path}, ${where}: ${issue?.message}`);
}

const pathOf = ({ path }: Route, given: Map<string, unknown>): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const text = String(given.get(name));
    // A URL drops what is empty or a dot, and would be another one.
    if (/^\.{0,2}$/.test(text)) throw new Refused({ code: 'CooperationUnknown', cooperation: text });
    return encodeURIComponent(text);
  });

function contentOf(content: NonNullable<Route['body']>, body: unknown): RequestInit {
  const headers = { 'content-type': content.type };
  if (!isStream(content)) return { headers, body: content.shape ? JSON.stringify(body) : String(body) };
  return { headers, body: Readable.toWeb(body as Readable) as globalThis.ReadableStream, duplex: 'half' };
}

/** The server's answer, whatever it says. @throws Unreachable */
async function ask({ url, token }: Place, path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(`${url}/api${path}`, {
      ...init,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...init.headers },
      // A token goes nowhere but where it was meant to go.
      redirect: 'manual',
    });
  } catch (error) {
    throw away(url, error);
  }
}

/** The JSON that came, or `undefined` where it is none. @throws Unreachable */
async function jsonOf({ url }: Place, response: Response): Promise<unknown> {
  const text = await response.text().catch((error: unknown) => {
    throw away(url, error);
  });
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const away = (url: string, cause: unknown): Unreachable =>
  new Unreachable(url, { late: cause instanceof Error && cause.name === 'TimeoutError', cause });

const unexpected = ({ url }: Place, { status }: Response, what: string): ApiError =>
  new ApiError(
    status,
    'UnexpectedAnswer',
    `what answers at ${url} is no RIAL server of this version: ${what}`,
  );

const failure = z.object({ error: z.looseObject({ code: z.string(), message: z.string().optional() }) });

/** What the server answered that did not do what was asked. */
async function refusedBy(place: Place, response: Response, path: string): Promise<Refused | ApiError> {
  const said = failure.safeParse(await jsonOf(place, response));
  if (!said.success) return unexpected(place, response, `it says ${response.status} to ${path}`);
  const { error } = said.data;
  const sent = refusal.safeParse(error);
  return sent.success ? new Refused(sent.data) : new ApiError(response.status, error.code, error.message);
}
