import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { DRAFT_DAYS, draftOf, draftsOf, forgetDrafts, keepDraft } from '../../src/casefile/drafts.ts';
import { testCaseFile } from '../support/database.ts';

let caseFile: CaseFile;
let drop: () => Promise<void>;
beforeAll(async () => {
  ({ caseFile, drop } = await testCaseFile());
});
afterAll(() => drop());

const daysAfter = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();
const keep = (address: string, form: string, days: number) =>
  keepDraft(caseFile, address, { form, body: `${form}, day ${days}` }, daysAfter(days));
const formsOf = async (address: string) => (await draftsOf(caseFile, address)).map(({ form }) => form);

it('keeps one draft of a form, and the fifty that somebody wrote last', async () => {
  for (let day = 0; day < 50; day++) await keep('Ana@mtpe.example', `form-${day}`, day);
  await keep('eva@mtps.example', 'form-0', 0);
  // Who goes on with the oldest has it as the newest.
  await keep('ana@mtpe.example', 'form-0', 50);
  await keep('ana@mtpe.example', 'form-50', 51);
  const forms = await formsOf('ana@mtpe.example');
  expect(forms).toHaveLength(50);
  expect([forms[0], forms[1], forms.at(-1)]).toEqual(['form-50', 'form-0', 'form-2']);
  expect(await draftOf(caseFile, 'ana@mtpe.example', 'form-0')).toMatchObject({ body: 'form-0, day 50' });
  expect(await formsOf('eva@mtps.example')).toEqual(['form-0']);
});

it('forgets what nobody went on with, and nothing else', async () => {
  await keep('leo@mtps.example', 'early', 200);
  await keep('leo@mtps.example', 'late', 201);
  expect(await forgetDrafts(caseFile, daysAfter(201 + DRAFT_DAYS))).toBe(52);
  expect(await formsOf('leo@mtps.example')).toEqual(['late']);
});
