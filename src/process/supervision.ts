/** A process that `npm start` runs beside others, and starts again when it ends by itself. */

/** Whether this is one; else it is run by itself. */
export const supervised = (): boolean => process.send !== undefined;

/** Says that it does its work. */
export function ready(): void {
  // One that is gone does not hear it, which is told by the channel's end.
  process.send?.('ready', () => {});
}

/** Ends at once when whoever runs it was killed: the next start is to find nobody at work. */
export function endWithSupervisor(): void {
  if (supervised()) process.once('disconnect', () => process.exit(1));
}
