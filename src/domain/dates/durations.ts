/** Spans of elapsed time, in milliseconds. A day on a calendar may be longer or shorter: `./dates.ts`. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
