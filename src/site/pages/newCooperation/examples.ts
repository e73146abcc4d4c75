import { readFileSync } from 'node:fs';

/** Programmes to begin with. */
export const EXAMPLES = ['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai', 'peru-barbados'] as const;

/** The text of an example, or nothing where there is none of that name. */
export function exampleNamed(name: string | undefined): string | undefined {
  const known = EXAMPLES.find((one) => one === name);
  return known && readFileSync(new URL(`../../../../examples/${known}.yaml`, import.meta.url), 'utf8');
}
