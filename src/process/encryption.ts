import { isIP } from 'node:net';
import tls from 'node:tls';
import { DAY_MS } from '../domain/dates/durations.ts';

/** How lines are encrypted, both those that we open and those that we take: what is recommended, and nothing older. */

/** From TLS 1.2 on, and with keys of the moment and authenticated ciphers alone, the strongest first. */
export const RECOMMENDED = {
  minVersion: 'TLSv1.2',
  ciphers: [
    ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
    ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
    ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
    ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ].join(':'),
} as const;

/** Has all of this process use nothing else, but what says otherwise. Node by itself also takes ciphers without either. */
export function encryptAsRecommended(): void {
  tls.DEFAULT_MIN_VERSION = RECOMMENDED.minVersion;
  tls.DEFAULT_CIPHERS = RECOMMENDED.ciphers;
}

const [TIMEOUT_MS, SOON_DAYS] = [10_000, 14];
/** That it cannot be reached from here says nothing of it. */
const UNREACHED = /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|ETIMEDOUT|EPIPE)/;
/** What browsers of many years ago would take, each by itself. */
const OLD = [
  ['old-tls', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
  [
    'weak-ciphers',
    {
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ciphers: 'ALL:!ECDHE+AESGCM:!ECDHE+CHACHA20:!DHE+AESGCM:!DHE+CHACHA20:@SECLEVEL=0',
    },
  ],
] as const;

/**
 * Looks at the TLS of an address that others stand at, as a browser would.
 * @param ca who is believed; those that the machine believes where it is left out
 * @returns what is wrong: `old-tls` where something before 1.2 is taken or 1.3 is not preferred, `weak-ciphers`,
 * `expires-soon`, or a code of what stands against its certificate; nothing also where it cannot be reached
 */
export async function encryptionAt(
  url: string,
  { ca, now = Date.now }: { ca?: string; now?: () => number } = {},
): Promise<string | undefined> {
  const first = await greeted(url, { minVersion: 'TLSv1.2', ...(ca && { ca }) });
  if ('error' in first) return UNREACHED.test(first.error) ? undefined : first.error;
  if (first.protocol !== 'TLSv1.3') return 'old-tls';
  if (Date.parse(first.until) < now() + SOON_DAYS * DAY_MS) return 'expires-soon';
  for (const [what, offered] of OLD)
    if ('protocol' in (await greeted(url, { ...offered, rejectUnauthorized: false }))) return what;
  return undefined;
}

const greeted = (
  url: string,
  offered: tls.ConnectionOptions,
): Promise<{ protocol: string | null; until: string } | { error: string }> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = tls.connect({
      host,
      port: Number(port) || 443,
      servername: isIP(host) ? '' : host,
      ...offered,
    });
    socket.setTimeout(TIMEOUT_MS, () =>
      socket.destroy(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })),
    );
    socket.once('secureConnect', () => {
      resolve({ protocol: socket.getProtocol(), until: socket.getPeerCertificate().valid_to });
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve({ error: error.code ?? 'failed' }));
    socket.once('close', () => resolve({ error: 'ECONNRESET' }));
  });
