/** Names that a machine has for itself, as they stand in a URL. */
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

export const isThisMachine = (host: string): boolean =>
  LOOPBACK.includes(host) || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/** The origins that are one: on this machine the names that it has for itself, anywhere else the one alone. */
export function sameOrigins(url: string): string[] {
  const { protocol, hostname, port, origin } = new URL(url);
  if (!isThisMachine(hostname)) return [origin];
  return [hostname, ...LOOPBACK].map((host) => new URL(`${protocol}//${host}${port && `:${port}`}`).origin);
}
