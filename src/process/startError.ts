/** A program of ours cannot be started. The message says which setting or file is at fault and what to do: no stack. */
export class StartError extends Error {
  override name = 'StartError';
  /** What the process ends with: one of `START_EXITS`. */
  readonly code: number = 1;
}
