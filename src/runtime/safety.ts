import { isThisMachine } from '../domain/thisMachine.ts';
import { type Config, ConfigError } from '../process/config.ts';

/** By what the first officer comes in: a link, or where no address may have a secret in it, a page and what is typed there. */
export const setupWay = (
  { url, secondFactor }: Pick<Config, 'url' | 'secondFactor'>,
  secret: string,
): string =>
  secondFactor === 'everybody' ? `${url}/setup with the code ${secret}` : `${url}/setup/${secret}`;

/** @throws ConfigError where what is served to others would lack what keeps it theirs */
export function refuseUnsafe({ url, ip, smtp }: Config): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === 'http:' && !isThisMachine(hostname))
    throw new ConfigError(
      `--url ${url}: over http, links that sign people in can be read on the way. Put a reverse proxy with TLS in front and say --url https://…; http is for this machine alone.`,
    );
  if (!smtp.url && !(isThisMachine(hostname) && isThisMachine(ip)))
    throw new ConfigError(
      `--smtp-url is missing: the embedded mailbox shows every mail to whoever asks, so it is for this machine alone (--url ${url}, --ip ${ip}).`,
    );
}
