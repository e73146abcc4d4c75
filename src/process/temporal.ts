import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { StartError } from './startError.ts';

/** How a Temporal that stands elsewhere is reached. Keys and certificates are in `options`: it is never logged. */
export type TemporalPlace = {
  /** host:port. */
  address: string;
  namespace: string;
  /** For `Connection.connect` and `NativeConnection.connect`. */
  options: ClientConnectConfig['connectionOptions'];
  /** Starts a sentence, with the setting. */
  name: string;
};

/** What is read where nothing but the address is to be: the embedded server's needs no more. */
export const NO_PROFILE = 'none';

/**
 * Temporal's own way of telling where a server is and how one is let in: `TEMPORAL_…` variables, and profiles in a
 * `temporal.toml`, by the SDK. An address and a namespace that are given come first.
 *
 * @returns undefined where no address is told
 * @throws StartError where a profile is not there, or a certificate cannot be read
 */
export function temporalPlace(
  given: { address: string | undefined; namespace: string | undefined; profile: string | undefined },
  env: NodeJS.ProcessEnv,
): TemporalPlace | undefined {
  const { address, namespace, profile } = given;
  // A file that is there for the Temporal CLI does not by itself place our Temporal elsewhere.
  if (!address && !profile && !env.TEMPORAL_ADDRESS && !env.TEMPORAL_PROFILE) return undefined;
  const { connectionOptions: found, namespace: theirs } =
    profile === NO_PROFILE ? { connectionOptions: {}, namespace: undefined } : loaded(profile, env);
  const at = address ?? found.address;
  if (!at) throw new StartError(`--temporal-profile ${profile ?? env.TEMPORAL_PROFILE}: it tells no address`);
  return {
    address: at,
    namespace: namespace ?? theirs ?? 'default',
    options: { ...found, address: at },
    name: `Temporal at ${at} (${address ? '--temporal-address' : '--temporal-profile, TEMPORAL_ADDRESS'})`,
  };
}

function loaded(profile: string | undefined, env: NodeJS.ProcessEnv): ClientConnectConfig {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  try {
    return loadClientConnectConfig({ ...(profile && { profile }), overrideEnvVars: Object.fromEntries(set) });
  } catch (error) {
    throw new StartError(`--temporal-profile ${profile ?? ''}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
