/**
 * The workflows' clock in a rehearsal, as a module of their bundle: the server's time, moved to the year that is
 * rehearsed. Timers are durations, so nothing else changes.
 */

/** `clock.ts` writes the milliseconds here, into the bundle's code: a bundle is then made once, and serves any year. */
const AHEAD_MS = Number('__RIAL_SERVER_IS_AHEAD_BY__');

/** Called for each workflow, before its code is loaded, with the sandbox's own globals in place. */
export function interceptors(): object {
  const Server = globalThis.Date;
  const now = (): number => Server.now() - AHEAD_MS;
  function Rehearsed(...given: [number]): Date {
    return given.length > 0 ? new Server(...given) : new Server(now());
  }
  Rehearsed.now = now;
  Rehearsed.parse = Server.parse;
  Rehearsed.UTC = Server.UTC;
  Rehearsed.prototype = Server.prototype;
  globalThis.Date = Rehearsed as unknown as DateConstructor;
  return {};
}
