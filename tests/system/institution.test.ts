import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testProvider } from '../support/provider.ts';
import { freePorts, systemProcess } from '../support/system.ts';
import { timestampAuthority } from '../support/timestampAuthority.ts';

/** `npm start` with the settings of an institution's provider and time stamp authority, and real ones. */

vi.setConfig({ testTimeout: 180_000, hookTimeout: 60_000 });

const OFFICER = 'ana@oas.example';
let there: Awaited<ReturnType<typeof testProvider>>;
let folder: string;
let secret: string;
let port: number;
let settings: string[];
beforeAll(async () => {
  [port] = (await freePorts(1)) as [number];
  const accounts = {
    officer: { email: OFFICER, email_verified: true },
    stranger: { email: 'nadie@ministerio.example', email_verified: true },
  };
  there = await testProvider(accounts, { url: `http://127.0.0.1:${port}` });
  folder = mkdtempSync(path.join(tmpdir(), 'rial-institution-'));
  secret = path.join(folder, 'client-secret');
  writeFileSync(secret, `${there.given.clientSecret}\n`, { mode: 0o600 });
  settings = [
    ...['--oidc-issuer', there.issuer, '--oidc-client-id', there.given.clientId],
    ...['--oidc-client-secret-file', secret, '--oidc-name', 'el Ministerio', '--staff', OFFICER],
  ];
});
afterAll(async () => {
  await there?.close();
  rmSync(folder, { recursive: true, force: true });
});

it('asks for a stamp at the start, and lets in who signs in there and is known here', async () => {
  await using authority = await timestampAuthority();
  const flags = [...settings, '--timestamp-url', authority.url];
  await using system = await systemProcess({ flags, group: true, port });
  expect(authority.asked()).toBe(1);
  const signIn = async (account: string) => {
    const cookies = new Map<string, string>();
    const ask = async (to: string, init: RequestInit = {}) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, origin: system.url };
      const response = await fetch(new URL(to, system.url), { ...init, headers, redirect: 'manual' });
      for (const one of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
        cookies.set(name, value);
      }
      return response;
    };
    expect(await (await ask('/sign-in')).text()).toContain('Ingresar con el Ministerio');
    const body = new URLSearchParams({ next: '/board' });
    const sent = await ask('/sign-in/institution', { method: 'POST', body });
    const back = await there.goOn(sent.headers.get('location') ?? '', { account });
    const entered = await ask(back.href);
    return { entered, board: await ask('/board') };
  };
  const officer = await signIn('officer');
  expect([officer.entered.status, officer.entered.headers.get('location')]).toEqual([303, '/board']);
  expect(officer.board.status).toBe(200);
  const stranger = await signIn('stranger');
  expect([stranger.entered.status, stranger.board.status]).toEqual([422, 302]);
  expect(system.log()).not.toContain(there.given.clientSecret);
});

it('does not start with a secret that others can read', async () => {
  chmodSync(secret, 0o644);
  const started = systemProcess({ flags: settings, group: true });
  await expect(started).rejects.toThrow(/client-secret \(--oidc-client-secret-file\).*chmod 600/s);
});
