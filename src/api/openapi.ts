import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { anyJson, requestView } from '../domain/caseView.ts';
import { addressedTelling } from '../domain/mails/notice.ts';
import { mistake } from '../domain/mistake.ts';
import { REFUSAL_CODES, type RefusalCode, shapeOfRefusal } from '../domain/refusal.ts';
import { PARAMS, ROUTES, type Route, refusalsOf } from './routes.ts';
import { FAILURES, type FailureCode, STATUS } from './statuses.ts';

/** The API as an OpenAPI 3.1 document, made from `routes.ts`. Its schemas are JSON Schema (draft 2020-12). */

type Json = { readonly [key: string]: unknown };

/** Made once, when it is first asked for. */
export const openApi = (): ReturnType<typeof made> => {
  document ??= made();
  return document;
};
let document: ReturnType<typeof made> | undefined;

const made = () => ({
  openapi: '3.1.1',
  info: {
    title: 'RIAL',
    version: manifest.version,
    description:
      'Instants are ISO 8601 in UTC, hashes SHA-256 in hex. What is refused has changed nothing, unless its code says otherwise.',
  },
  servers: [{ url: '/api' }],
  paths: pathsOf(Object.entries(ROUTES)),
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: { ...schemasOf(), ...FAILED },
  },
});

const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

function pathsOf(routes: [name: string, route: Route][]): Record<string, Json> {
  const paths: Record<string, Json> = {};
  for (const [name, route] of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  return paths;
}

function operation(operationId: string, route: Route): Json {
  const { summary, may, body, answer, status, unwell } = route;
  const told = { description: 'done', content: contentOf(answer) };
  return {
    ...{ operationId, summary },
    security: may === 'anybody' ? [] : [{ token: [may] }],
    parameters: [...paramsIn(route), ...queryOf(route)],
    ...(body && { requestBody: { required: true, content: contentOf(body) } }),
    responses: {
      [status]: told,
      ...(unwell && { [unwell]: { ...told, description: 'the same, and something is not well' } }),
      ...Object.fromEntries(codesByStatus(route).map(([code, codes]) => [code, failing(codes)])),
    },
  };
}

const contentOf = ({ type, holds, shape }: Route['answer']): Json => ({
  [type]: { schema: shape ? refTo(holds) : { description: holds } },
});

const paramsIn = ({ path }: Route): Json[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    description: PARAMS[name as keyof typeof PARAMS],
    schema: { type: 'string' },
  }));

const queryOf = ({ query }: Route): Json[] =>
  Object.entries(query?.shape ?? {}).map(([name, shape]) => {
    const { $schema: _, description, ...schema } = z.toJSONSchema(shape as z.ZodType, { io: 'input' });
    const required = !(shape as z.ZodType).safeParse(undefined).success;
    return { ...{ name, in: 'query', required }, ...(description && { description }), schema };
  });

/** Everything that may be said in place of a route's answer, by its status. */
export function codesByStatus(route: Route): [status: number, codes: (RefusalCode | FailureCode)[]][] {
  const failures: FailureCode[] =
    route.may === 'anybody' ? ['Internal'] : ['Unauthorized', 'Forbidden', 'Internal'];
  const codes = new Map<number, (RefusalCode | FailureCode)[]>();
  const add = (status: number, code: RefusalCode | FailureCode) =>
    codes.set(status, [...(codes.get(status) ?? []), code]);
  for (const code of refusalsOf(route)) add(STATUS[code], code);
  for (const code of failures) add(FAILURES[code].status, code);
  return [...codes].toSorted(([one], [other]) => one - other);
}

const failing = (codes: readonly string[]): Json => ({
  description: codes.join(', '),
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error'],
        properties: { error: { oneOf: codes.map(refTo), discriminator: { propertyName: 'code' } } },
      },
    },
  },
});

/** What is said of it in English, beside its code and values. */
const inWords = ({ properties, required, ...schema }: Json): Json => ({
  ...schema,
  properties: { ...(properties as Json), message: { type: 'string' } },
  required: [...(required as string[]), 'message'],
});

const FAILED = Object.fromEntries(
  Object.keys(FAILURES).map((code) => [
    code,
    inWords({ type: 'object', properties: { code: { const: code } }, required: ['code'] }),
  ]),
);

/** The shapes of bodies as they may be sent, and of answers as they are. */
function schemasOf(): Record<string, Json> {
  const sent = z.registry<{ id: string }>();
  const answered = z.registry<{ id: string }>();
  answered.add(anyJson, { id: 'Json' }).add(requestView, { id: 'Request' }).add(mistake, { id: 'Mistake' });
  answered.add(addressedTelling, { id: 'AddressedTelling' });
  for (const { body, answer } of Object.values<Route>(ROUTES)) {
    if (body?.shape) sent.add(body.shape, { id: body.holds });
    if (answer.shape) answered.add(answer.shape, { id: answer.holds });
  }
  for (const code of REFUSAL_CODES) answered.add(shapeOfRefusal(code), { id: code });
  const schemas = { ...componentsOf(sent, 'input'), ...componentsOf(answered, 'output') };
  for (const code of REFUSAL_CODES) schemas[code] = inWords(schemas[code] ?? {});
  return {
    ...schemas,
    Mistake: inWords({ ...schemas.Mistake, type: 'object', properties: {}, required: [] }),
  };
}

function componentsOf(shapes: z.core.$ZodRegistry<{ id: string }>, io: 'input' | 'output') {
  const { schemas } = z.toJSONSchema(shapes, {
    io,
    uri: (id) => `#/components/schemas/${id}`,
    // What is told may grow: nothing is said of what else an object may have, unless its shape is a strict one.
    override: ({ zodSchema, jsonSchema }) => {
      const { def } = zodSchema._zod;
      if (def.type === 'object' && !(def as z.core.$ZodObjectDef).catchall)
        delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]): [string, Json] => [
      name,
      schema,
    ]),
  );
}
