/** What the record's entries are of, by which they are looked for. */
export const RECORD_GROUPS = [
  ...(['requests', 'programme', 'sessions', 'exchange', 'results'] as const),
  ...(['talk', 'people', 'mails', 'course'] as const),
] as const;
export type RecordGroup = (typeof RECORD_GROUPS)[number];
