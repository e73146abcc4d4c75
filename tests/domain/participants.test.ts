import { describe, expect, test } from 'vitest';
import { peopleReached } from '../../src/domain/people/attendance.ts';
import { matchedTo, participantsIn, tableText } from '../../src/domain/people/participants.ts';
import { attendeeIn, attendeeLine } from '../../src/words/attendance.ts';

/** Lists of participants as Zoom exports them, and what they propose. */

const PEOPLE = [
  { id: 'per-mtpe-1', name: 'Jorge Larrea', email: 'jlarrea@mtpe.example', party: 'per-mtpe' },
  { id: 'per-mtpe-2', name: 'Ana María Pérez', email: 'asuntos@mtpe.example', party: 'per-mtpe' },
  { id: 'per-mtpe-3', name: 'Luis Paz', email: 'asuntos@mtpe.example', party: 'per-mtpe' },
  { id: 'chl-mtps-1', name: 'Cristóbal Auger', email: 'cauger@mtps.example', party: 'chl-mtps' },
];

const utf16 = (text: string) => Uint8Array.from(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const utf8 = (text: string) => new TextEncoder().encode(text);
const namesIn = (bytes: Uint8Array) => participantsIn(tableText(bytes))?.map(({ name }) => name);

describe('a list of participants', () => {
  test.each([
    [
      'Spanish, with semicolons',
      'Nombre (nombre original);Correo electrónico;Hora para unirse;Duración (minutos);Invitado',
      ';',
    ],
    ['English', 'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest', ','],
    ['Portuguese', 'Nome (nome original),E-mail do usuário,Hora de entrada,Duração (minutos),Convidado', ','],
    [
      'French, with tabs',
      "Nom (nom d'origine)\tE-mail de l’utilisateur\tHeure d’arrivée\tDurée (minutes)",
      '\t',
    ],
  ])('is read in %s', (_, head, by) => {
    const text = `${head}\r\n${['"Pérez, Ana"', 'ana@sence.example', '1', '2'].join(by)}\r\n`;
    const found = [{ name: 'Pérez, Ana', email: 'ana@sence.example' }];
    for (const bytes of [utf8(text), utf8(`\uFEFF${text}`), utf16(text), utf16(text).slice(2)])
      expect(participantsIn(tableText(bytes))).toEqual(found);
    expect(namesIn(Uint8Array.from(Buffer.from(text.replaceAll('’', "'"), 'latin1')))).toEqual([
      'Pérez, Ana',
    ]);
  });

  test('begins after what is told of the meeting, and names each once, whoever came back', () => {
    const text = [
      'Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants',
      '123,Sesión 1,07/15/2021 10:00:00 AM,07/15/2021 12:00:00 PM,oas@oas.example,120,4',
      '',
      'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room',
      'Jorge Larrea,jlarrea@mtpe.example,07/15/2021 10:00:00 AM,07/15/2021 10:20:00 AM,20,No,No',
      'JORGE LARREA (Jorge Larrea),,07/15/2021 10:25:00 AM,07/15/2021 12:00:00 PM,95,Yes,No',
      'Rosa Quispe,,07/15/2021 10:25:00 AM,07/15/2021 12:00:00 PM,95,Yes,Yes',
      '',
    ].join('\n');
    expect(participantsIn(text)).toEqual([{ name: 'Jorge Larrea', email: 'jlarrea@mtpe.example' }]);
  });

  test.each(['', 'Estimados:', 'a,b\nc,d', 'id: 14-per-chl\nname: Ana'])('is not %o', (text) => {
    expect(participantsIn(text)).toBeUndefined();
  });

  test('is matched by address and by name, and leaves open what is doubtful', () => {
    const { present, others } = matchedTo(
      [
        { name: 'iPad de Jorge', email: 'jlarrea@mtpe.example' },
        { name: 'Ana Pérez - MTPE', email: 'asuntos@mtpe.example' },
        { name: 'cristobal auger (MTPS)' },
        { name: 'Ana' },
        { name: 'Rosa Quispe', email: 'rquispe@mtps.example' },
        { name: 'Rosa Quispe', email: 'rquispe@mtps.example' },
      ],
      PEOPLE,
    );
    expect(present).toEqual(['per-mtpe-1', 'chl-mtps-1']);
    expect(others).toEqual([
      { name: 'Ana Pérez - MTPE', party: 'per-mtpe' },
      { name: 'Ana' },
      { name: 'Rosa Quispe', party: 'chl-mtps' },
    ]);
  });
});

describe('those who attended', () => {
  const programme = {
    institutions: [
      {
        id: 'per-mtpe',
        name: 'Ministerio de Trabajo',
        acronym: 'MTPE',
        country: 'PE',
        role: 'requesting' as const,
      },
      {
        id: 'chl-mtps',
        name: 'Ministerio del Trabajo',
        acronym: 'MTPS',
        country: 'CL',
        role: 'providing' as const,
      },
    ],
  };

  test.each([
    ['Ana', 'Ana'],
    ['Luis Paz', { name: 'Luis Paz', party: 'per-mtpe', person: 'per-mtpe-3' }],
    ['Rosa Quispe; SENCE; mujer', { name: 'Rosa Quispe', institution: 'SENCE', sex: 'woman' }],
    ['Rosa; man; MTPS', { name: 'Rosa', party: 'chl-mtps', sex: 'man' }],
    ['Gerentes; chl-mtps; 12', { name: 'Gerentes', party: 'chl-mtps', count: 12 }],
  ])('are read from %o, and written so that they are read as the same', (line, attendee) => {
    const knowing = { programme, people: PEOPLE };
    expect(attendeeIn(line, knowing)).toEqual(attendee);
    for (const language of ['es', 'en', 'pt', 'fr'] as const)
      expect(attendeeIn(attendeeLine(attendee as never, programme, language), knowing)).toEqual(attendee);
  });

  test('are counted once each, by institution and sex', () => {
    const larrea = { name: 'Jorge Larrea', party: 'per-mtpe', person: 'per-mtpe-1' };
    expect(
      peopleReached([
        [larrea, { name: 'Rosa', institution: 'SENCE', sex: 'woman' }, 'Ana'],
        [
          { ...larrea, sex: 'man' },
          { name: 'rosa', institution: 'Sence' },
          { name: 'G', party: 'per-mtpe', count: 12 },
        ],
      ]),
    ).toEqual([
      { from: { party: 'per-mtpe' }, woman: 0, man: 1, unstated: 12 },
      { from: { institution: 'SENCE' }, woman: 1, man: 0, unstated: 0 },
      { from: {}, woman: 0, man: 0, unstated: 1 },
    ]);
  });
});
