import type { Contribution, WithReport } from '../content.ts';

/** What the Final Report says as data beside its file: lessons, and what institutions put in in money. */
export type ReportData = { lessons: string[]; funding: Contribution[] };

/** Of what came with its versions, in their order, the last that says it: each takes the place of the one before. */
export const reportedBy = (versions: readonly WithReport[]): ReportData => ({
  lessons: versions.findLast(({ lessons }) => lessons)?.lessons ?? [],
  funding: versions.findLast(({ funding }) => funding)?.funding ?? [],
});
