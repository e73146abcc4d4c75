import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Invitation, iCalendarOf } from '../../src/mail/iCalendar.ts';
import { CAPITAL_ZONES } from '../../src/words/names/cities.ts';

const GIVEN: Invitation = {
  uid: '14-per-chl.session-1@rial.example',
  sequence: 0,
  method: 'REQUEST',
  startsAt: '2021-07-14T15:00:00Z',
  endsAt: '2021-07-14T17:30:00Z',
  timeZone: 'America/Lima',
  summary: '1.ª sesión de cooperación Perú–Chile',
  description: 'Presentación de la Escuela de Formación Sindical de Chile.',
  location: 'Zoom',
  url: 'https://zoom.us/j/6458868936',
  organizer: { name: 'RIAL/OEA', email: 'rial@oea.example' },
  attendee: { name: 'Cristóbal Auger', email: 'cristobal.auger@mtps.example' },
  stamp: '2021-06-20T12:00:00Z',
};

const linesOf = (ics: string): string[] => ics.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
const read = (ics: string, property: string): string => {
  const line = linesOf(ics).find((each) => new RegExp(`^${property}[;:]`).test(each)) ?? '';
  return line.slice(line.indexOf(':') + 1);
};
const bytes = (text: string) => Buffer.byteLength(text);

/** Reads the hours of an appointment as a calendar would: by the observances of its own VTIMEZONE alone. */
function instantOf(ics: string, property: 'DTSTART' | 'DTEND'): string {
  const wall = (value: string) =>
    Date.parse(value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6Z'));
  const seconds = (value: string) => {
    const [, sign, h, m, s = '0'] = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(value) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(h) * 3600 + Number(m) * 60 + Number(s)) * 1000;
  };
  const zone = ics.slice(ics.indexOf('BEGIN:VTIMEZONE'), ics.indexOf('END:VTIMEZONE'));
  const observances = [...zone.matchAll(/BEGIN:(STANDARD|DAYLIGHT)([\s\S]*?)END:\1/g)].map(
    ([, , body = '']) => {
      const from = seconds(read(body, 'TZOFFSETFROM'));
      return { onset: wall(read(body, 'DTSTART')) - from, offset: seconds(read(body, 'TZOFFSETTO')) };
    },
  );
  const local = wall(read(ics.slice(ics.indexOf('BEGIN:VEVENT')), property));
  const inForce = observances
    .filter(({ onset, offset }) => onset <= local - offset)
    .sort((a, b) => b.onset - a.onset)[0];
  if (!inForce) throw new Error(`no observance is in force at ${property}`);
  return new Date(local - inForce.offset).toISOString();
}

describe('the zone', () => {
  test('Asunción has kept the time of its last summer since October 2024, and that is its standard time', () => {
    for (const startsAt of ['2024-11-14T15:00:00Z', '2025-07-14T15:00:00Z', '2026-08-11T13:00:00Z']) {
      const endsAt = new Date(Date.parse(startsAt) + 9_000_000).toISOString();
      const ics = iCalendarOf({ ...GIVEN, timeZone: 'America/Asuncion', startsAt, endsAt });
      expect(ics).not.toContain('BEGIN:DAYLIGHT');
      expect(ics).toContain('TZOFFSETTO:-0300');
    }
    const before = iCalendarOf({
      ...GIVEN,
      timeZone: 'America/Asuncion',
      startsAt: '2024-01-14T15:00:00Z',
      endsAt: '2024-01-14T17:00:00Z',
    });
    expect(before).toContain('BEGIN:DAYLIGHT');
  });

  const MONTHS = Array.from({ length: 84 }, (_, m) => new Date(Date.UTC(2021, m, 14, 15)).toISOString());

  test.each(CAPITAL_ZONES)(
    '%s gives the hours that were agreed, in every month of seven years',
    (timeZone) => {
      for (const startsAt of MONTHS) {
        const endsAt = new Date(Date.parse(startsAt) + 9_000_000).toISOString();
        const ics = iCalendarOf({ ...GIVEN, timeZone, startsAt, endsAt });
        expect([instantOf(ics, 'DTSTART'), instantOf(ics, 'DTEND')], startsAt).toEqual([startsAt, endsAt]);
      }
    },
  );

  test.each([
    ['America/Santiago', '2021-04-04T03:00:00Z'],
    ['America/Santiago', '2021-09-05T04:00:00Z'],
    ['America/New_York', '2021-11-07T06:00:00Z'],
    ['America/Havana', '2024-03-10T05:00:00Z'],
    ['America/Asuncion', '2024-10-06T04:00:00Z'],
    ['America/Mexico_City', '2022-10-30T07:00:00Z'],
    ['America/Port-au-Prince', '2025-03-09T07:00:00Z'],
  ])('%s holds in the hours around the change of %s', (timeZone, change) => {
    for (const hours of [-3, -1, 0, 1, 3]) {
      const startsAt = new Date(Date.parse(change) + hours * 3_600_000).toISOString();
      const endsAt = new Date(Date.parse(startsAt) + 3_600_000).toISOString();
      const ics = iCalendarOf({ ...GIVEN, timeZone, startsAt, endsAt });
      // Where clocks are put back an hour occurs twice, and a wall clock cannot say which it means.
      const wall = (instant: string) =>
        new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
          new Date(instant),
        );
      const twice = (instant: string) =>
        [-1, 1].some(
          (h) => wall(new Date(Date.parse(instant) + h * 3_600_000).toISOString()) === wall(instant),
        );
      if (!twice(startsAt)) expect(instantOf(ics, 'DTSTART'), `${hours}`).toBe(startsAt);
      if (!twice(endsAt)) expect(instantOf(ics, 'DTEND'), `${hours}`).toBe(endsAt);
    }
  });

  test('is the one the date was agreed in, with summer and winter told apart', () => {
    const ics = iCalendarOf({ ...GIVEN, timeZone: 'America/Santiago' });
    expect(linesOf(ics)).toEqual(
      expect.arrayContaining([
        'DTSTART;TZID=America/Santiago:20210714T110000',
        'DTEND;TZID=America/Santiago:20210714T133000',
        'BEGIN:DAYLIGHT',
        'DTSTART:20200906T000000',
        'BEGIN:STANDARD',
        'DTSTART:20210404T000000',
      ]),
    );
    expect(ics.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
  });

  test('that never changes has one observance', () => {
    const ics = iCalendarOf(GIVEN);
    expect(ics.match(/BEGIN:(STANDARD|DAYLIGHT)/g)).toEqual(['BEGIN:STANDARD']);
    expect(read(ics, 'TZOFFSETTO')).toBe('-0500');
  });
});

describe('the appointment', () => {
  test('has what calendars need', () => {
    const ics = iCalendarOf(GIVEN);
    expect(read(ics, 'UID')).toBe(GIVEN.uid);
    expect(read(ics, 'METHOD')).toBe('REQUEST');
    expect(read(ics, 'STATUS')).toBe('CONFIRMED');
    expect(read(ics, 'DTSTAMP')).toBe('20210620T120000Z');
    expect(read(ics, 'LOCATION')).toBe('Zoom');
    expect(read(ics, 'URL')).toBe('https://zoom.us/j/6458868936');
    expect(read(ics, 'DESCRIPTION')).toMatch(/Chile\.\\n\\nhttps:\/\/zoom\.us\/j\/6458868936$/);
    expect(linesOf(ics).find((line) => line.startsWith('ATTENDEE'))).toMatch(
      /PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Cristóbal Auger":mailto:cristobal\.auger@mtps\.example$/i,
    );
  });

  test('does not repeat a link that the description has', () => {
    const ics = iCalendarOf({ ...GIVEN, description: 'Enlace: https://zoom.us/j/6458868936' });
    expect(read(ics, 'DESCRIPTION').match(/zoom\.us/g)).toHaveLength(1);
  });

  test('without a place is where the link leads', () => {
    const { location: _, ...nowhere } = GIVEN;
    expect(read(iCalendarOf(nowhere), 'LOCATION')).toBe(GIVEN.url);
  });

  test('is moved and cancelled under the same uid', () => {
    const moved = iCalendarOf({
      ...GIVEN,
      sequence: 1,
      startsAt: '2021-07-15T15:00:00Z',
      endsAt: '2021-07-15T17:00:00Z',
    });
    const cancelled = iCalendarOf({ ...GIVEN, sequence: 2, method: 'CANCEL' });
    expect([moved, cancelled].map((ics) => [read(ics, 'UID'), read(ics, 'SEQUENCE')])).toEqual([
      [GIVEN.uid, '1'],
      [GIVEN.uid, '2'],
    ]);
    expect(read(cancelled, 'METHOD')).toBe('CANCEL');
    expect(read(cancelled, 'STATUS')).toBe('CANCELLED');
  });

  test('is the same text each time', () => {
    expect(iCalendarOf(GIVEN)).toBe(iCalendarOf(GIVEN));
  });

  test('breaks lines at 75 octets, with CRLF, and within no character', () => {
    const ics = iCalendarOf({ ...GIVEN, description: 'ñandú 🦩 '.repeat(60) });
    expect(ics).toMatch(/END:VCALENDAR\r\n$/);
    expect(ics.replaceAll('\r\n', '')).not.toMatch(/[\r\n\ufffd]/);
    for (const line of ics.split('\r\n')) expect(bytes(line)).toBeLessThanOrEqual(75);
    expect(read(ics, 'DESCRIPTION')).toContain('ñandú 🦩 '.repeat(59));
  });
});

describe('injection', () => {
  const EVIL = 'x\r\nBEGIN:VALARM\nACTION:AUDIO\r\nEND:VALARM\rATTENDEE:mailto:evil@example.com;a,b\\c"';
  const names = (ics: string) => linesOf(ics).map((line) => line.split(/[;:]/)[0]);
  const with_ = (text: string): Invitation => ({
    ...GIVEN,
    summary: text,
    description: text,
    location: text,
    url: `https://zoom.us/j/1?${text}`,
    organizer: { ...GIVEN.organizer, name: text },
    attendee: { ...GIVEN.attendee, name: text },
  });
  const { url: _, ...withoutUrl } = GIVEN;

  test('no text can add a property', () => {
    expect(names(iCalendarOf(with_(EVIL)))).toEqual(names(iCalendarOf(withoutUrl)));
  });

  test('a title is one line, without control characters', () => {
    expect(read(iCalendarOf({ ...GIVEN, summary: 'a\r\nb\u0007\tc' }), 'SUMMARY')).toBe('a b c');
  });

  test('separators are escaped in texts', () => {
    const ics = iCalendarOf({ ...GIVEN, summary: 'a;b,c\\d', description: 'línea 1\nlínea 2' });
    expect(read(ics, 'SUMMARY')).toBe('a\\;b\\,c\\\\d');
    expect(read(ics, 'DESCRIPTION')).toMatch(/^línea 1\\nlínea 2/);
  });

  test('a name stays within its quotes', () => {
    const line = linesOf(
      iCalendarOf({ ...GIVEN, attendee: { ...GIVEN.attendee, name: 'A";RSVP=FALSE:mailto:b@c' } }),
    ).find((each) => each.startsWith('ATTENDEE'));
    expect(line).toContain('CN="A’;RSVP=FALSE:mailto:b@c"');
  });

  test('whatever the text is', () => {
    const expected = names(iCalendarOf(withoutUrl)).join();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const ics = iCalendarOf({ ...with_(`x${text}`), url: undefined });
        expect(names(ics).join()).toBe(expected);
      }),
    );
  });

  test.each(['a b@x', 'x\r\nSTATUS:CANCELLED', ''])('a uid such as %j is refused', (uid) => {
    expect(() => iCalendarOf({ ...GIVEN, uid })).toThrow(/uid/);
  });

  test.each(['a@b\r\nX:1', 'nobody', '"a@b"'])('an address such as %j is refused', (email) => {
    expect(() => iCalendarOf({ ...GIVEN, attendee: { name: 'A', email } })).toThrow(/address/);
  });
});
