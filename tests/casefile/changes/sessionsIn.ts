import type { Programme } from '../../../src/domain/programme/programme.ts';

/** As many sessions as asked for, each a week after the one before. */
export const sessionsIn = ({ sessions }: Programme, count: number): Programme['sessions'] =>
  Array.from({ length: count }, (_, index) => ({
    ...(sessions[0] as Programme['sessions'][number]),
    date: new Date(Date.parse('2021-07-14') + index * 7 * 86_400_000).toISOString().slice(0, 10),
  }));
