import { expect, it } from 'vitest';
import { securityTextApp } from '../../src/http/securityText.ts';
import { configFrom } from '../../src/process/config.ts';

const PLACE = '/.well-known/security.txt';
const asked = (contact: string | undefined) =>
  securityTextApp({
    contact,
    url: 'https://coop.oas.example',
    now: () => '2026-01-10T12:00:00.000Z',
  }).request(PLACE);

it('says whom to tell, and until when that holds: RFC 9116', async () => {
  const { securityContact } = configFrom(['--security-contact', 'mailto:seguridad@oea.example'], {});
  const response = await asked(securityContact);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; ?charset=utf-8$/i);
  expect((await response.text()).split('\n')).toEqual([
    'Contact: mailto:seguridad@oea.example',
    'Expires: 2026-07-09T12:00:00.000Z',
    'Preferred-Languages: es, en, pt, fr',
    `Canonical: https://coop.oas.example${PLACE}`,
    '',
  ]);
});

it('is not there where nobody is named, and names nobody that cannot be reached', async () => {
  expect((await asked(undefined)).status).toBe(404);
  for (const contact of [
    'seguridad@oea.example',
    'http://oea.example',
    'javascript:alert(1)',
    'mailto:x\nExpires: 1',
  ])
    expect(() => configFrom(['--security-contact', contact], {})).toThrow('--security-contact');
});
