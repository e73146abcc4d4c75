import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/domain/oneAtATime.ts';

const held = () => Promise.withResolvers<string>();

test('what is of one line waits for what came before, however that ends; what is of another does not', async () => {
  const inTurn = oneAtATime();
  const begun: string[] = [];
  const [one, two, other] = [held(), held(), held()];
  const work =
    (name: string, { promise }: ReturnType<typeof held>) =>
    () => {
      begun.push(name);
      return promise;
    };
  const first = inTurn(work('first', one), 'a');
  const second = inTurn(work('second', two), 'a');
  const beside = inTurn(work('beside', other), 'b');
  other.resolve('b');
  expect(await beside).toBe('b');
  expect(begun.toSorted()).toEqual(['beside', 'first']);
  one.reject(new Error('failed'));
  await expect(first).rejects.toThrow('failed');
  two.resolve('done');
  expect(await second).toBe('done');
  expect(await inTurn(async () => 'after', 'a')).toBe('after');
});
