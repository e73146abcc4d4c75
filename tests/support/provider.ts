import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';

/** An OpenID Connect provider in the process of the test, at which whoever writes an account's name is that account. */
export async function testProvider(
  accounts: Record<string, { email?: string; email_verified?: boolean }>,
  {
    url,
    inToken = true,
    forged,
  }: {
    /** The origin of the site. */
    url: string;
    /** Whether claims are in the ID token; else they are asked for. */
    inToken?: boolean;
    /** What becomes of the ID token on its way. */
    forged?: (token: string) => string;
  },
) {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { clientId: 'rial', clientSecret: 'a-secret-of-the-test-that-is-long-enough' };
  /** Another site that people sign in at there. */
  const other = { clientId: 'other', clientSecret: 'another-secret-of-the-test-that-is-long-enough' };
  const provider = new Provider(issuer, {
    clients: [client, other].map(({ clientId, clientSecret }) => ({
      ...{ client_id: clientId, client_secret: clientSecret },
      redirect_uris: [`${url}/sign-in/institution/back`],
    })),
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: !inToken,
    cookies: { keys: ['of the test'] },
    findAccount: (_, sub) => ({ accountId: sub, claims: async () => ({ sub, ...accounts[sub] }) }),
    // Nobody is asked whether the site may know their address.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId as string,
        accountId: oidc.session?.accountId as string,
      });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (forged && ctx.path === '/token' && body?.id_token) body.id_token = forged(body.id_token);
  });
  server.on('request', provider.callback());

  /** Goes on from a page of the provider in a browser of its own, until that is sent elsewhere: the address it is sent to. */
  async function goOn(from: string, answer: { account: string } | 'abort'): Promise<URL> {
    const cookies = new Map<string, string>();
    let next = new URL(from);
    let init: RequestInit = {};
    while (next.origin === issuer) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(next, { ...init, redirect: 'manual', headers: { cookie } });
      for (const one of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      const location = response.headers.get('location');
      init = {};
      if (location) next = new URL(location, next);
      else if (!next.pathname.startsWith('/interaction/'))
        throw new Error(`${next.pathname} ${response.status}: ${await response.text()}`);
      else if (answer === 'abort') next = new URL(`${next.pathname}/abort`, next);
      else
        init = {
          method: 'POST',
          body: new URLSearchParams({ prompt: 'login', login: answer.account, password: 'any' }),
        };
    }
    return next;
  }

  /** The ID token that one of its clients gets of an account, with a nonce of our choice. */
  async function tokenOf(of: 'rial' | 'other', account: string, nonce: string): Promise<string> {
    const { clientId, clientSecret } = of === 'rial' ? client : other;
    const redirect = `${url}/sign-in/institution/back`;
    const verifier = 'v'.repeat(43);
    const asked = new URL('/auth', issuer);
    asked.search = new URLSearchParams({
      ...{ client_id: clientId, redirect_uri: redirect, response_type: 'code', scope: 'openid email', nonce },
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const code = (await goOn(asked.href, { account })).searchParams.get('code') ?? '';
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
      body: new URLSearchParams({
        ...{ grant_type: 'authorization_code', code, redirect_uri: redirect, code_verifier: verifier },
      }),
    });
    return ((await response.json()) as { id_token: string }).id_token;
  }

  return {
    issuer,
    given: { issuer, ...client, name: 'el Ministerio' },
    goOn,
    tokenOf,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
