/** What came before, where the workflow of a session goes on that was under way. */
export type SessionState = {
  /** How often it is being held: once more than it was not, or than its date was annulled. */
  round: number;
  /** How often dates were proposed in vain, or for a date that is past. */
  polls: number;
  /** How often its record was asked for in vain. */
  records: number;
  /** When it begins (ISO 8601, UTC); left out while its date is looked for. */
  date?: string | undefined;
};
