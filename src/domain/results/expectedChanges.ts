import type { ChangeState, Outcomes } from '../content.ts';
import type { Programme } from '../programme/programme.ts';

/** What each objective was to change, and whether ministries say later that it did. */

/** An objective, by the number that it is printed with, that says what it is to change. */
export type ExpectedChange = { number: number; text: string; change: string };

export const expectedChanges = ({
  objectives,
}: {
  objectives?: Programme['objectives'] | null | undefined;
}): ExpectedChange[] =>
  (objectives?.items ?? []).flatMap(({ title, text, change }, index) =>
    change === undefined ? [] : [{ number: index + 1, text: title ? `${title}: ${text}` : text, change }],
  );

/** One of them with what a ministry told of it. */
export type ToldChange = ExpectedChange & { seen: ChangeState; said: string };

export const toldChanges = (
  told: Outcomes['objectives'],
  expected: readonly ExpectedChange[],
): ToldChange[] =>
  expected.flatMap((one) => {
    const found = told?.find(({ objective }) => objective === one.number);
    return found ? [{ ...one, seen: found.seen, said: found.text ?? '' }] : [];
  });
