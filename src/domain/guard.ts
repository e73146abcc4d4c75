import type { RefusalOf } from './refusal.ts';

/**
 * Whether what came in a message is of a shape. Workflows hold their messages to it: each of them would have a copy of
 * a library of schemas in its memory.
 */

export type Guard<T> = (value: unknown) => value is T;

/** For each key of an object, what its value is held to. It has no others. */
export type Shape<T> = { readonly [K in keyof T]-?: Guard<T[K]> };

/** Of so many characters at most, and as the pattern has it. */
export const text =
  (most: number, pattern = /^/): Guard<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= most && pattern.test(value);

/** A number that counts from 1. */
export const ordinal: Guard<number> = (value): value is number =>
  Number.isSafeInteger(value) && Number(value) > 0;

export const boolean: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';

/** An instant in ISO 8601 and UTC, that is in the calendar. */
export const instant: Guard<string> = (value): value is string => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z$/.test(value))
    return false;
  const at = new Date(value);
  return !Number.isNaN(at.valueOf()) && at.toISOString().startsWith(value.slice(0, 16));
};

export const oneOf =
  <T extends string>(values: readonly T[]): Guard<T> =>
  (value): value is T =>
    values.some((one) => one === value);

export const optional =
  <T>(guard: Guard<T>): Guard<T | undefined> =>
  (value): value is T | undefined =>
    value === undefined || guard(value);

export const listOf =
  <T>(guard: Guard<T>, most: number): Guard<T[]> =>
  (value): value is T[] =>
    Array.isArray(value) && value.length <= most && value.every(guard);

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with any keys, each held to one guard, its value to another. */
export const recordOf =
  <T>(key: Guard<string>, guard: Guard<T>): Guard<Record<string, T>> =>
  (value): value is Record<string, T> =>
    isObject(value) && Object.entries(value).every(([name, one]) => key(name) && guard(one));

export const objectOf =
  <T>(shape: Shape<T>): Guard<T> =>
  (value): value is T =>
    malformed(shape, value) === null;

/** Where a value is not of a shape, by its key; `null` where it is of it. */
export function malformed<T>(shape: Shape<T>, value: unknown): RefusalOf<'Malformed'> | null {
  if (!isObject(value) || Object.keys(value).some((key) => !Object.hasOwn(shape, key)))
    return { code: 'Malformed', path: '' };
  const guards = Object.entries(shape) as [string, Guard<unknown>][];
  const path = guards.find(([key, guard]) => !guard(value[key]))?.[0];
  return path === undefined ? null : { code: 'Malformed', path };
}
