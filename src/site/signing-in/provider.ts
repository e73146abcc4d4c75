import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  type CustomFetch,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { ProviderAttempt } from '../../casefile/access/providerAttempts.ts';
import { isThisMachine } from '../../domain/thisMachine.ts';

/**
 * The provider at which people of an institution sign in: OpenID Connect, authorization code with PKCE, state and nonce.
 * What it says of itself is asked for at the start, and again while it could not be reached.
 */

export type ProviderPlace = { issuer: string; clientId: string; clientSecret: string; name: string };
/** Who signed in there, as far as it vouches for the address. */
export type ProviderAnswer =
  | { address: string; subject: string }
  | 'unverified'
  | 'declined'
  | 'wrong'
  | 'unreachable';

/** Seconds that the provider may take to answer. */
const PATIENCE_S = 10;
/** What it may say at once; a list of keys has some thousands. */
const MOST_BYTES = 1024 * 1024;
/** It is not asked again for so long where it was away. */
const AGAIN_MS = 15_000;

export type Provider = ReturnType<typeof providerAt>;

/** @param url the origin of the site, to which people come back */
export function providerAt({ name, ...given }: ProviderPlace, { url, log }: { url: string; log: Logger }) {
  const callback = new URL('/sign-in/institution/back', url);
  let known: Configuration | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<Configuration | undefined> | undefined;

  async function ask(): Promise<Configuration | undefined> {
    try {
      known = await discovered(given);
    } catch (error) {
      log.error({ err: error, setting: '--oidc-issuer' }, 'the provider of --oidc-issuer could not be asked');
    }
    asked = performance.now();
    asking = undefined;
    return known;
  }
  async function found(): Promise<Configuration | undefined> {
    if (known || performance.now() - asked < AGAIN_MS) return known;
    asking ??= ask();
    return asking;
  }

  return {
    /** What people call it. */
    name,
    /** By which its subjects are told from another's: they may be made for one client alone. */
    id: `${given.issuer} ${given.clientId}`,
    /** Whether it is known where to send people. */
    isThere: async (): Promise<boolean> => (await found()) !== undefined,
    /** Where a form that leads to it may go: the origins of the issuer and of its page. */
    origins(): string[] {
      const page = known?.serverMetadata().authorization_endpoint;
      return [...new Set([given.issuer, ...(page ? [page] : [])].map((one) => new URL(one).origin))];
    },
    /** Where to send a browser; nothing while the provider is away. */
    async pageFor({ state, nonce, verifier }: ProviderAttempt): Promise<URL | undefined> {
      const config = await found();
      return (
        config &&
        buildAuthorizationUrl(config, {
          ...{ redirect_uri: callback.href, scope: 'openid email', state, nonce },
          ...{ code_challenge: await calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' },
        })
      );
    },
    /** What a browser came back with, as its query. */
    async vouched(query: URLSearchParams, attempt: ProviderAttempt): Promise<ProviderAnswer> {
      const config = await found();
      if (!config) return 'unreachable';
      const back = new URL(callback);
      back.search = query.toString();
      try {
        return await addressOf(config, back, attempt);
      } catch (error) {
        const { code = '' } = error as { code?: string };
        log.warn({ code }, 'a sign-in at the provider of --oidc-issuer came to nothing');
        if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR') return 'declined';
        return code === 'OAUTH_TIMEOUT' || error instanceof TypeError ? 'unreachable' : 'wrong';
      }
    },
  };
}

async function discovered({
  issuer,
  clientId,
  clientSecret,
}: Omit<ProviderPlace, 'name'>): Promise<Configuration> {
  // Settings take plain http from this machine alone.
  const plain = isThisMachine(new URL(issuer).hostname) ? [allowInsecureRequests] : [];
  return discovery(new URL(issuer), clientId, undefined, secretWith(clientSecret), {
    execute: [enableNonRepudiationChecks, ...plain],
    [customFetch]: fetchLittle,
    timeout: PATIENCE_S,
  });
}

/** Fetches, and goes on with no more than a provider has to say: what it goes on sending would fill the memory. */
const fetchLittle: CustomFetch = async (address, { body, ...asked }) => {
  const response = await fetch(address, { ...asked, ...(body !== undefined && { body }) });
  let size = 0;
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        size += chunk.byteLength;
        if (size > MOST_BYTES) controller.error(new RangeError('the provider says too much'));
        else controller.enqueue(chunk);
      },
    }),
  );
  const { status, statusText, headers } = response;
  return new Response(counted ?? null, { status, statusText, headers });
};

/** The secret in the header, which every provider has to take that says nothing else. */
const secretWith = (secret: string): ClientAuth => {
  const [basic, post] = [ClientSecretBasic(secret), ClientSecretPost(secret)];
  return (server, client, body, headers) => {
    const ways = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const way = ways.includes('client_secret_basic') ? basic : post;
    return way(server, client, body, headers);
  };
};

const claims = z.object({ email: z.email(), email_verified: z.literal(true) });

/** The address in the ID token; where it has none, as the code flow lets a provider do, in what it says of the subject. */
async function addressOf(
  config: Configuration,
  back: URL,
  { state, nonce, verifier }: ProviderAttempt,
): Promise<ProviderAnswer> {
  const tokens = await authorizationCodeGrant(config, back, {
    ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
  });
  const token = tokens.claims();
  if (!token) return 'wrong';
  const said =
    token.email === undefined && config.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(config, tokens.access_token, token.sub)
      : token;
  const vouched = claims.safeParse(said);
  return vouched.success ? { address: vouched.data.email, subject: token.sub } : 'unverified';
}
