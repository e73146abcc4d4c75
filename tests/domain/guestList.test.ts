import { describe, expect, it } from 'vitest';
import { listedPeople } from '../../src/domain/people/guestList.ts';

const read = (text: string) =>
  listedPeople(text).people.map(({ name, post, count, email }) =>
    [name, post, count, email].filter(Boolean).join(' | '),
  );
const wrong = (text: string) => listedPeople(text).faults.map(({ line, what }) => `${line} ${what}`);
const ROSA = 'Rosa Quispe | Gerente Regional de Cusco | rosa.quispe@cusco.example';

describe('a list of people as it is pasted', () => {
  it.each([
    ['as it is asked for', 'Rosa Quispe, Gerente Regional de Cusco, rosa.quispe@cusco.example'],
    ['from a spreadsheet', 'Rosa Quispe\tGerente Regional de Cusco\trosa.quispe@cusco.example\t'],
    ['with semicolons', 'Rosa Quispe; Gerente Regional de Cusco; rosa.quispe@cusco.example;'],
    ['with the address first', 'rosa.quispe@cusco.example, Rosa Quispe, Gerente Regional de Cusco'],
    ['with a link', 'Rosa Quispe – Gerente Regional de Cusco – mailto:rosa.quispe@cusco.example'],
    ['in angle brackets', '"Rosa Quispe" <rosa.quispe@cusco.example> (Gerente Regional de Cusco)'],
    [
      'with what nobody sees',
      '\u200BRosa Quispe,\u00a0Gerente  Regional de Cusco, rosa.quispe@cusco.example\u200B',
    ],
  ])('is read %s', (_, line) => {
    expect(read(line)).toEqual([ROSA]);
    expect(wrong(line)).toEqual([]);
  });

  it('may be the recipients of a mail, on one line', () => {
    expect(
      read('Rosa Quispe <rosa@cusco.example>; Luis Paz <luis@puno.example>, Eva Sol <eva@ica.example>'),
    ).toEqual([
      'Rosa Quispe | rosa@cusco.example',
      'Luis Paz | luis@puno.example',
      'Eva Sol | eva@ica.example',
    ]);
  });

  it('has each person once, and lines that say nothing are none', () => {
    expect(read('Rosa, rosa@cusco.example\r\n\r\n;\t;\nRosa, ROSA@cusco.example')).toEqual([
      'Rosa | rosa@cusco.example',
    ]);
  });

  it('says of each line what is missing, and reads the others', () => {
    const text = [
      'Nombre\tCargo\tCorreo',
      'rosa@cusco.example',
      'Luis Paz, luis@puno',
      'Eva Sol, eva@ica.example',
      'Otra Persona, eva@ica.example',
      'Luis Paz, luis.paz(at)puno.example',
    ].join('\n');
    expect(wrong(text)).toEqual(['2 name-missing', '3 address-malformed', '6 address-malformed']);
    // Two people may have one mailbox.
    expect(read(text)).toEqual(['Eva Sol | eva@ica.example', 'Otra Persona | eva@ica.example']);
  });

  it.each([
    ['Gerentes regionales de trabajo, 12', 'Gerentes regionales de trabajo | 12'],
    ['12 personas; Aliados sociolaborales; Lima', 'Aliados sociolaborales | Lima | 12'],
    [
      'Gerentes regionales (12 personas) <gerentes@mtpe.example>',
      'Gerentes regionales | 12 | gerentes@mtpe.example',
    ],
    ['Rosa Quispe, 1', 'Rosa Quispe'],
    ['Rosa Quispe, Gerente Regional de Cusco', 'Rosa Quispe | Gerente Regional de Cusco'],
    ['Comité 2021', 'Comité 2021'],
  ])('takes a group, and whoever has no address: %s', (line, expected) => {
    expect(read(line)).toEqual([expected]);
    expect(wrong(line)).toEqual([]);
  });

  it('is quickly done with what is no list', () => {
    expect(wrong(`${'a@'.repeat(200_000)}`)).toEqual(['1 line-too-long']);
    expect(wrong('x'.repeat(1_000_000))).toEqual(['1 line-too-long']);
    expect(wrong('x'.repeat(301))).toEqual(['1 line-too-long']);
  });
});
