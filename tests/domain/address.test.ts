import { describe, expect, it } from 'vitest';
import { givenChange } from '../../src/domain/change.ts';
import { cleanAddress } from '../../src/domain/people/address.ts';
import { email } from '../../src/domain/programme/programme.ts';
import { jsonSchema } from '../../src/domain/programme/shapeMistakes.ts';

const ADDRESS = 'ana.perez@ministerio.example';

describe('an address that was pasted', () => {
  it.each([
    ADDRESS,
    ` ${ADDRESS} `,
    `\u00a0${ADDRESS}\u00a0`,
    `\u2003${ADDRESS}\t\n`,
    `${ADDRESS};`,
    `${ADDRESS},`,
    `${ADDRESS}.`,
    `${ADDRESS} ; `,
    `${ADDRESS}...`,
    `mailto:${ADDRESS}`,
    `MAILTO: ${ADDRESS}`,
    `mailto:${ADDRESS}?subject=Programa`,
    `<${ADDRESS}>`,
    `<mailto:${ADDRESS}>`,
    `Ana Pérez <${ADDRESS}>`,
    `"Pérez, Ana" <${ADDRESS}>;`,
    `Ana Pérez\u00a0<mailto:${ADDRESS}>,`,
    `Ana Pérez (MTPE) < ${ADDRESS} >`,
    `"${ADDRESS}"`,
    `«${ADDRESS}»`,
    `(${ADDRESS})`,
    `\u200b${ADDRESS}\u200b`,
    `\ufeff${ADDRESS}`,
    'ana.perez\u200b@\u2060ministerio.example',
    'ana.pe\u00adrez@ministerio.example',
    `\u202a${ADDRESS}\u202c`,
  ])('%j is cleaned', (pasted) => {
    expect(cleanAddress(pasted)).toBe(ADDRESS);
    expect(email.parse(pasted)).toBe(ADDRESS);
  });

  it.each([
    '',
    ';',
    'ana.perez',
    'ana.perez@',
    '@ministerio.example',
    'ana perez@ministerio.example',
    `${ADDRESS}; otra@ministerio.example`,
    `${ADDRESS}, otra@ministerio.example`,
    `Ana <${ADDRESS}>, Luis <luis@ministerio.example>`,
    `Ana <${ADDRESS}`.replace('<', '< >'),
    'mailto:',
    'Ana <>',
    `${'a'.repeat(250)}@ministerio.example`,
  ])('%j is none, and is told as written', (pasted) => {
    const { success, error } = email.safeParse(pasted);
    expect(success).toBe(false);
    expect(error?.issues.length).toBeGreaterThan(0);
  });

  it('keeps how it is spelt', () => {
    expect(cleanAddress('Ana.Perez+RIAL@Ministerio.example.')).toBe('Ana.Perez+RIAL@Ministerio.example');
  });

  it('may come after a name of any length, and takes no time with what is long', () => {
    expect(email.parse(`${'Dirección de Diálogo Social '.repeat(20)}<${ADDRESS}>`)).toBe(ADDRESS);
    const before = performance.now();
    expect(email.safeParse(`a${';'.repeat(500_000)}a`).success).toBe(false);
    for (const piece of ['<', '> ', 'mailto:', ';', '\u200b', ' <a'])
      expect(email.safeParse(piece.repeat(50_000)).success).toBe(false);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('is kept clean in a change, and editors are told of an address', () => {
    const given = givenChange.parse({
      what: {
        change: 'add-person',
        party: 'per-mtpe',
        person: { name: 'Ana Pérez', email: `Ana <${ADDRESS}>;` },
      },
      reason: 'Se suma.',
    });
    expect(given.what).toMatchObject({ person: { email: ADDRESS } });
    expect(jsonSchema(email)).toMatchObject({ type: 'string', format: 'email', maxLength: 254 });
  });
});
