import path from 'node:path';
import { type CallExpression, isCallExpression, type Node } from 'typescript/unstable/ast';
import { API, type Type } from 'typescript/unstable/sync';
import { afterAll, expect, it } from 'vitest';
import { CHANGES_SEEN, OUTCOMES, SEXES } from '../../src/domain/content.ts';
import { DISAGREEMENT_CODES, REMEDIES } from '../../src/domain/disagreement.ts';
import { HEALTH_CHECKS } from '../../src/domain/health.ts';
import { REQUEST_KINDS } from '../../src/domain/kinds/index.ts';
import { AGAIN, DECISION_NAMES, DECISIONS, ENCLOSURES } from '../../src/domain/kinds/kind.ts';
import { addressedTelling } from '../../src/domain/mails/notice.ts';
import { STEPS } from '../../src/domain/methodology.ts';
import { MISTAKE_CODES } from '../../src/domain/mistake.ts';
import { RECORD_GROUPS } from '../../src/domain/recordGroups.ts';
import { INFO, WITHHELD } from '../../src/domain/results/bundle.ts';
import { SECURITY_CODES } from '../../src/domain/securityEvent.ts';
import { CASE_STATES } from '../../src/domain/standing.ts';
import { catalogueOf } from '../../src/words/catalogue.ts';
import { areas } from '../../src/words/generate.ts';
import { literalsOf, root, sourceOf, sourcesUnder } from '../support/sources.ts';

/**
 * No message is unused. The compiler tells what is said: `say(key)` says those messages of its speaker's namespace that
 * the type of `key` names, be it one, a choice of two, or a family such as `day-${n}`. A key that may be
 * any of its namespace tells nothing; where one is passed on, the keys are looked for where they are written down.
 */

/** Namespaces with a message for each of a list. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  'agreement.todo': REMEDIES,
  'agreement.what': DISAGREEMENT_CODES,
  'case.told': addressedTelling.shape.about.options.map(({ shape }) => shape.notice.value),
  'brief.again': AGAIN,
  'bundle.sum': [...Object.values(INFO), WITHHELD],
  'health.ill': HEALTH_CHECKS,
  'health.todo': HEALTH_CHECKS,
  'health.well': HEALTH_CHECKS,
  'labels.attendance': SEXES,
  'labels.changeSeen': CHANGES_SEEN,
  'labels.decision': [...DECISIONS, ...DECISION_NAMES, 'held'],
  'labels.kind': REQUEST_KINDS,
  'labels.outcome': OUTCOMES,
  'labels.recordGroup': RECORD_GROUPS,
  'labels.request': [...REQUEST_KINDS, 'draft-sheet-corrected', 'review-sheet-corrected'],
  'labels.step': STEPS,
  'mistakes.file': MISTAKE_CODES,
  'refusals.decision': [...DECISIONS, ...DECISION_NAMES, 'held'],
  'refusals.enclosure': ENCLOSURES,
  'security.event': SECURITY_CODES,
  'labels.state': CASE_STATES,
  'labels.states': CASE_STATES,
};

/** Tables of keys, and arguments that are passed on: the files that write them down. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'form.fields': [
    'src/site/pages/programmeForm/fields.ts',
    'src/site/pages/programmeForm.ts',
    'src/words/refusals.ts',
  ],
  'mistakes.form': ['src/words/mistakes.ts'],
  'site.errors': ['src/site/site.ts'],
  'site.rehearsal': ['src/site/pages/newCooperation/timeline.ts'],
  'site.steps': ['src/site/parts/steps.ts'],
  'site.uploads': ['src/site/uploads.ts', 'src/site/multipart.ts'],
  'temporal.phrases': sourcesUnder('workflows'),
};

const NAMESPACES = Map.groupBy(
  areas().flatMap((area) => Object.keys(catalogueOf(area, 'es')).map((id) => `${area}.${id}`)),
  (id) => id.slice(0, id.lastIndexOf('.')),
);
const idsOf = (namespace: string): readonly string[] => NAMESPACES.get(namespace) ?? [];

const api = new API({ cwd: root });
afterAll(() => api.close());

function callsIn(node: Node): CallExpression[] {
  const found: CallExpression[] = isCallExpression(node) ? [node] : [];
  node.forEachChild((child) => {
    found.push(...callsIn(child));
  });
  return found;
}

const textsIn = (type: Type | undefined): string[] =>
  (type?.isUnionType() ? type.getTypes() : [type]).flatMap((one) =>
    one?.isStringLiteralType() ? [one.value] : [],
  );

/** The ids that each call of a speaker may say. */
function said(): string[][] {
  const [project] = api.updateSnapshot({ openProjects: [path.join(root, 'tsconfig.json')] }).getProjects();
  if (!project) throw new Error('the compiler does not open the project');
  const { program, checker } = project;
  return ['src', 'workflows', 'activities', 'worker'].flatMap(sourcesUnder).flatMap((name) => {
    const file = program.getSourceFile(path.join(root, name));
    const calls = file ? callsIn(file).filter((call) => call.arguments.length > 0) : [];
    if (calls.length === 0) return [];
    const callees = checker.getTypeAtLocation(calls.map((call) => call.expression));
    const speaks = calls.flatMap((call, n) => {
      const [key] = call.arguments;
      const speaker = callees[n];
      if (!key || speaker?.getAliasSymbol()?.name !== 'Speak') return [];
      return [{ key, namespace: textsIn(speaker.getAliasTypeArguments()[0])[0] ?? '' }];
    });
    if (speaks.length === 0) return [];
    const keys = checker.getTypeAtLocation(speaks.map(({ key }) => key));
    return speaks.map(({ namespace }, n) => textsIn(keys[n]).map((key) => `${namespace}.${key}`));
  });
}

it('every message is said', () => {
  const calls = said();
  const isAny = (ids: readonly string[]): boolean => {
    const namespace = ids[0]?.slice(0, ids[0].lastIndexOf('.')) ?? '';
    return ids.length > 1 && ids.length === idsOf(namespace).length;
  };
  const used = new Set(calls.filter((ids) => !isAny(ids)).flat());
  const passedOn = new Set(calls.filter(isAny).flat());

  for (const [namespace, keys] of Object.entries(FAMILIES)) {
    expect(passedOn, `${namespace} is no family any more`).toContain(idsOf(namespace)[0]);
    for (const key of keys) used.add(`${namespace}.${key}`);
  }
  for (const [namespace, files] of Object.entries(TABLES)) {
    const written = files
      .flatMap((file) => literalsOf(sourceOf(file)))
      .map((key) => `${namespace}.${key}`)
      .filter((id) => passedOn.has(id) && !used.has(id));
    expect(written, `${namespace} has no table any more`).not.toEqual([]);
    for (const id of written) used.add(id);
  }

  expect([...NAMESPACES.values()].flat().filter((id) => !used.has(id))).toEqual([]);
});
