import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { caseJsonSchema } from '../../src/domain/caseView.ts';
import { caseOf } from '../cli/cases.ts';

const written = JSON.parse(readFileSync(new URL('../../docs/case.schema.json', import.meta.url), 'utf8'));

test('docs/case.schema.json is current; write it with: npm run docs', () => {
  expect(written).toEqual(JSON.parse(JSON.stringify(caseJsonSchema())));
});

test('the schema in docs takes a case, and refuses one that lacks a part', () => {
  // JSON Schema reads patterns as Unicode, which zod does not.
  const schema = z.fromJSONSchema(
    JSON.parse(JSON.stringify(written).replaceAll(/(?:\\\\p\{(?:Cc|Zl|Zp)\})+/g, '\\\\u0000')),
  );
  const { mails: _, ...lacking } = caseOf();
  expect(schema.safeParse(caseOf()).success).toBe(true);
  expect(schema.safeParse(lacking).success).toBe(false);
});
