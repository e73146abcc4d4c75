import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Language } from '../../src/domain/language.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { type Warning, warningsOf } from '../../src/domain/warning.ts';
import { warningText } from '../../src/words/warnings.ts';
import { changedSource, example } from '../support/programme.ts';

/** Written from outside, with invented people: each has one thing that the program knows better. */
const outside = (name: string): Programme => {
  const checked = checkProgrammeFile(readFileSync(new URL(`./cases/${name}.yaml`, import.meta.url), 'utf8'));
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  return checked.programme;
};

const changed = (change: (file: Programme) => void): Programme => {
  const checked = checkProgrammeFile(changedSource(change));
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  return checked.programme;
};
/** The first session of the example, at another time. */
const first = (given: Partial<Programme['sessions'][number]>) =>
  changed((file) => {
    Object.assign(file.sessions[0] as object, given);
  });

describe('what is worth a second look in a programme', () => {
  it.each(['peru-chile-2021', 'barbados-jamaica', 'brasil-paraguai'])('is nothing in %s', (name) => {
    expect(warningsOf(example(name))).toEqual([]);
  });

  it('names a holiday of the OAS in the language of the reader, and others as their country does', () => {
    const on = (date: string, language: Language) => {
      const programme = changed((file) => {
        file.sessions = file.sessions.slice(0, 1).map((one) => ({ ...one, date }));
      });
      return warningsOf(programme)
        .filter(({ code }) => code === 'MeetsOnHoliday')
        .map((one) => warningText(one, { language, programme }).split(': ').at(-1));
    };
    expect(on('2021-11-25', 'es')).toEqual(['Día de Acción de Gracias']);
    expect(on('2021-11-25', 'en')).toEqual(['Thanksgiving Day']);
    expect(on('2021-11-25', 'fr')).toEqual(['Action de grâce']);
    expect(on('2021-08-30', 'fr')).toEqual(['Sainte Rose de Lima']);
    expect(on('2021-08-30', 'es')).toEqual(['Santa Rosa de Lima']);
  });

  it('is each session that has passed when it would be entered, and none before', () => {
    const at = (now: string) =>
      warningsOf(example(), now).map((one) => ('session' in one ? `${one.code} ${one.session}` : one.code));
    expect(at('2021-07-14T17:29:00.000Z')).toEqual([]);
    expect(at('2021-07-14T17:30:00.000Z')).toEqual(['SessionPast 1']);
    // In every capital.
    expect(at('2021-09-01T03:59:00.000Z')).toEqual(['SessionPast 1']);
    expect(at('2021-09-01T05:01:00.000Z')).toEqual(['SessionPast 1', 'SessionPast 2']);
    const [told] = warningsOf(example(), '2026-01-01T00:00:00.000Z');
    const say = (language: Language) => told && warningText(told, { language, programme: example() });
    expect(say('es')).toBe(
      '1.ª sesión: el 14 de julio de 2021 ya pasó; si todavía no se ha realizado, póngale otra fecha antes de iniciar. A días pasados no se convoca a nadie ni se consultan: se preguntará a la Secretaría cuándo se realizó',
    );
  });

  it.each<[string, Programme, Warning[]]>([
    [
      'a window of one weekend',
      outside('chk-5'),
      [{ code: 'WindowWithoutWorkingDay', session: 2, from: '2026-05-16', to: '2026-05-17' }],
    ],
    [
      'a name that the paper cannot print',
      outside('chk-8'),
      [{ code: 'NameNotPrintable', name: 'José 🎉 日本' }],
    ],
    [
      'people who have no address',
      changed((file) => {
        for (const one of file.participants
          .filter(({ institution }) => institution === 'chl-mtps')
          .slice(2)) {
          delete one.email;
          delete one.focalPoint;
        }
        for (const one of file.sessions.flatMap(({ guests = [] }) => guests)) delete one.email;
      }),
      [
        {
          code: 'WithoutAddress',
          names: [
            'Pedro Pablo Silva',
            'Maximiliano Gilabert',
            'Gerentes regionales de trabajo y promoción del empleo',
            'Aliados sociolaborales representativos',
          ],
        },
      ],
    ],
    [
      'a mailbox that two of an institution share',
      changed((file) => {
        const [one, other] = file.participants.filter(({ institution }) => institution === 'chl-mtps');
        if (one && other) other.email = one.email?.toUpperCase();
      }),
      [
        {
          ...{ code: 'MailboxShared', address: 'margarita.spoerer@mtps-chile.example' },
          names: ['Margarita Spoerer', 'Cristóbal Auger'],
        },
      ],
    ],
    [
      'a holiday of one side, by its name',
      first({ date: '2021-07-16' }),
      [
        {
          ...{ code: 'MeetsOnHoliday', session: 1, date: '2021-07-16', institution: 'chl-mtps' },
          ...{ holiday: 'Virgen del Carmen', estimated: false },
        },
      ],
    ],
    [
      'a closing day of one side, which also leaves less notice',
      changed((file) => {
        const [one] = file.institutions;
        if (one) one.closedDays = [{ from: '2021-06-21', to: '2021-07-14' }];
      }),
      [
        { code: 'MeetsOnClosedDay', session: 1, date: '2021-07-14', institution: 'per-mtpe' },
        { code: 'NoticeShort', session: 1, date: '2021-07-14', days: 7 },
      ],
    ],
    [
      'a weekend',
      first({ date: '2021-07-17' }),
      [{ code: 'MeetsOnWeekend', session: 1, date: '2021-07-17' }],
    ],
    [
      'a night for one side',
      first({ starts: '07:00', timezone: 'America/Lima' }),
      [{ code: 'MeetsOutOfHours', session: 1, institution: 'per-mtpe', starts: '07:00', ends: '09:30' }],
    ],
    [
      'less notice than usual',
      first({ date: '2021-06-17' }),
      [{ code: 'NoticeShort', session: 1, date: '2021-06-17', days: 5 }],
    ],
    [
      'sessions that are out of order',
      changed((file) => {
        Object.assign(file.sessions[2] as object, { window: { from: '2021-07-19', to: '2021-07-30' } });
      }),
      [{ code: 'ComesFirst', session: 3, other: 2 }],
    ],
    [
      'sessions that may change places',
      changed((file) => {
        Object.assign(file.sessions[2] as object, { window: { from: '2021-08-17', to: '2021-08-25' } });
      }),
      [{ code: 'MayComeFirst', session: 3, other: 2 }],
    ],
    [
      'capitals that share no hours',
      changed((file) => {
        const [one] = file.institutions;
        if (one) one.timezone = 'Asia/Tokyo';
        file.sessions.splice(0, 1);
        file.sessions.splice(1);
      }),
      [{ code: 'WindowWithoutSharedHours', session: 1, hours: 2.5 }],
    ],
  ])('%s', (_, programme, warnings) => {
    expect(warningsOf(programme)).toEqual(expect.arrayContaining(warnings));
    // The meeting's hours are shared by nobody once a capital is on the other side of the world.
    expect(warningsOf(programme).filter((one) => !('session' in one) || one.session !== null)).toEqual(
      warnings,
    );
  });

  it.each<[Language, string[]]>([
    [
      'es',
      [
        '1.ª sesión: para el MTPE del Perú sería de 21:00 a 23:30, fuera del horario habitual',
        '1.ª sesión: el 16 de julio de 2021 es feriado para el MTPS de Chile: Virgen del Carmen',
        '1.ª sesión: para el MTPS de Chile sería de 22:00 a 00:30, fuera del horario habitual',
        '1.ª sesión: para la OEA sería de 22:00 a 00:30, fuera del horario habitual',
      ],
    ],
    [
      'en',
      [
        'Session 1: for the MTPE of Peru it would be from 9:00 p.m. to 11:30 p.m., outside the usual hours',
        'Session 1: 16 July 2021 is a holiday for the MTPS of Chile: Our Lady of Mount Carmel',
        'Session 1: for the MTPS of Chile it would be from 10:00 p.m. to 12:30 a.m., outside the usual hours',
        'Session 1: for the OAS it would be from 10:00 p.m. to 12:30 a.m., outside the usual hours',
      ],
    ],
    [
      'pt',
      [
        '1ª sessão: para o MTPE do Peru seria das 21h às 23h30, fora do horário habitual',
        '1ª sessão: 16 de julho de 2021 é feriado para o MTPS do Chile: Nossa Senhora do Carmo',
        '1ª sessão: para o MTPS do Chile seria das 22h às 0h30, fora do horário habitual',
        '1ª sessão: para a OEA seria das 22h às 0h30, fora do horário habitual',
      ],
    ],
    [
      'fr',
      [
        'Séance 1 : pour le MTPE du Pérou, elle aurait lieu de 21 h à 23 h 30, hors des heures habituelles',
        'Séance 1 : le 16 juillet 2021 est férié pour le MTPS du Chili : Notre-Dame du Mont-Carmel',
        'Séance 1 : pour le MTPS du Chili, elle aurait lieu de 22 h à 0 h 30, hors des heures habituelles',
        'Séance 1 : pour l’OEA, elle aurait lieu de 22 h à 0 h 30, hors des heures habituelles',
      ],
    ],
  ])('reads as a sentence in %s, with the names of sessions and institutions', (language, texts) => {
    const programme = first({ date: '2021-07-16', starts: '21:00', timezone: 'America/Lima' });
    // Which spaces stand in a time or before a colon is the language's own affair.
    const plain = (text: string) => text.replaceAll(/[\u00A0\u202F]/g, ' ');
    expect(warningsOf(programme).map((one) => plain(warningText(one, { language, programme })))).toEqual(
      texts,
    );
  });
});
