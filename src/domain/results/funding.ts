import { z } from 'zod';

/** What institutions put into a cooperation in money, and what was learned, as the Final Report says it: kept as data beside its file. */

/** Those of the states of the network, and the euro. */
export const CURRENCIES = [
  'USD',
  'ARS',
  'BBD',
  'BOB',
  'BRL',
  'BSD',
  'BZD',
  'CAD',
  'CLP',
  'COP',
  'CRC',
  'CUP',
  'DOP',
  'EUR',
  'GTQ',
  'GYD',
  'HNL',
  'HTG',
  'JMD',
  'MXN',
  'NIO',
  'PEN',
  'PYG',
  'SRD',
  'TTD',
  'UYU',
  'VES',
  'XCD',
] as const;
export const LONGEST_PURPOSE = 200;
export const MOST_MONEY = 1_000_000_000;

export const sum = z.object({ currency: z.enum(CURRENCIES), amount: z.number() });
export type Sum = z.infer<typeof sum>;

/** How much of each currency, in the order in which they come. */
export const totalsIn = (given: readonly Sum[]): Sum[] =>
  [...Map.groupBy(given, ({ currency }) => currency)].map(([currency, all]) => ({
    currency,
    // In hundredths, which add up.
    amount: all.reduce((total, { amount }) => total + Math.round(amount * 100), 0) / 100,
  }));
