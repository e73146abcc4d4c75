import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApi } from '../../src/api/openapi.ts';
import { ROUTES, type Route, refusalsOf } from '../../src/api/routes.ts';
import { REFUSAL_CODES, type Refusal } from '../../src/domain/refusal.ts';
import { openApiChecks } from '../support/openApi.ts';
import { ALL_REFUSED } from '../support/refusals.ts';

const { check } = openApiChecks();

describe('the OpenAPI document', () => {
  it('is one, of version 3.1', async () => {
    const result = await new Validator().validate(structuredClone(openApi()));
    expect(result).toMatchObject({ valid: true });
  });

  it('has each route under its path and method, with its parameters', () => {
    for (const [operationId, { path, method, query = { shape: {} } }] of Object.entries<Route>(ROUTES))
      expect(openApi().paths[path]?.[method.toLowerCase()]).toMatchObject({
        operationId,
        parameters: [
          ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
          ...Object.keys(query.shape),
        ].map((name) => expect.objectContaining({ name })),
      });
  });

  it('has one shape under each name', () => {
    const shapes = new Map<string, unknown>();
    for (const { body, answer } of Object.values<Route>(ROUTES))
      for (const { holds, shape } of [...(body ? [body] : []), answer]) {
        const schema = shape && z.toJSONSchema(shape, { unrepresentable: 'any' });
        expect(schema, holds).toEqual(shapes.get(holds) ?? schema);
        shapes.set(holds, schema);
      }
  });

  it.each(ALL_REFUSED.map((refusal): [string, Refusal] => [JSON.stringify(refusal), refusal]))(
    'describes %s',
    (_, refusal) => {
      const pointer = ['components', 'schemas', refusal.code];
      const mistakes = 'mistakes' in refusal && {
        mistakes: refusal.mistakes?.map((mistake) => ({ ...mistake, message: 'x' })),
      };
      const told = { ...refusal, message: 'x', ...mistakes };
      expect(check(pointer, told)).toEqual([]);
      for (const key of Object.keys(told).filter((key) => key !== 'at' && key !== 'mistakes'))
        expect(check(pointer, { ...told, [key]: { other: true } }), key).not.toEqual([]);
    },
  );

  it('lists every code at a route, but for what only the site or a message to Temporal can be refused', () => {
    const listed = new Set(Object.values<Route>(ROUTES).flatMap(refusalsOf));
    expect(REFUSAL_CODES.filter((code) => !listed.has(code))).toEqual(['ChangeUnknown', 'MailNotSendable']);
  });
});
