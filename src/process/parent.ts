/**
 * Calls `gone` once when the process that started this one (bin/start.mjs) has ended without ending this one: it
 * was killed. Does nothing where Node was started directly, and does not keep the process alive.
 */
export function whenParentIsGone(gone: () => void, env: NodeJS.ProcessEnv = process.env): void {
  const parent = Number(env.RIAL_PARENT_PID);
  // Not ours: a grandchild inherits the variable.
  if (parent !== process.ppid) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    gone();
  }, 500);
  watch.unref();
}
