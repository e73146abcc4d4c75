import { Temporal as Dates } from 'temporal-polyfill';

/**
 * The VTIMEZONE of an appointment, from the same time-zone data that the appointment's hours were worked out
 * with. It holds the changes of the clock that bear on the appointment as they were or will be, not rules that
 * extrapolate them: governments move these dates at short notice (Chile, Paraguay and Mexico all have).
 */

/** Before this, zones kept the local time of their observatories, to the second. */
const EPOCH = 1970;
const A_YEAR_AND_MORE = { days: 400 } as const;

/** "-0400". Offsets since {@link EPOCH} have no seconds, which some clients cannot read. */
const offset = (zoned: Dates.ZonedDateTime): string => zoned.offset.replace(':', '');

/** "-04", as the IANA database names offsets that have no abbreviation of their own. */
const nameOf = (text: string): string => text.replace(/00$/, '');

/**
 * Whether a change puts the clocks ahead for summer, and is undone within a year: what stays is standard time, as IANA
 * has it, whatever Unicode's data goes on calling it (Asunción since October 2024).
 */
function beginsSummer(change: Dates.ZonedDateTime): boolean {
  const back = change.getTimeZoneTransition('next');
  return (
    isSummer(change) && back !== null && Dates.ZonedDateTime.compare(back, change.add(A_YEAR_AND_MORE)) <= 0
  );
}

/** From the name Unicode's data gives that time of the zone. */
const isSummer = (zoned: Dates.ZonedDateTime): boolean =>
  new Intl.DateTimeFormat('en', { timeZone: zoned.timeZoneId, timeZoneName: 'long' })
    .formatToParts(zoned.epochMilliseconds)
    .some(({ type, value }) => type === 'timeZoneName' && /\b(Summer|Daylight)\b/.test(value));

const local = (zoned: Dates.ZonedDateTime): string =>
  zoned.toPlainDateTime().toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '');

function observance(change: Dates.ZonedDateTime): string[] {
  const before = change.subtract({ nanoseconds: 1 });
  // The moment of a change is written in the time that ended with it.
  const onset = change.toInstant().toZonedDateTimeISO(before.offset);
  const kind = beginsSummer(change) ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${kind}`,
    `DTSTART:${local(onset)}`,
    `TZOFFSETFROM:${offset(before)}`,
    `TZOFFSETTO:${offset(change)}`,
    `TZNAME:${nameOf(offset(change))}`,
    `END:${kind}`,
  ];
}

/** The VTIMEZONE component for an appointment in a zone, lines joined by CRLF. Instants are ISO 8601 in UTC. */
export function vtimezone(timeZone: string, startsAt: string, endsAt: string): string {
  const start = Dates.Instant.from(startsAt).toZonedDateTimeISO(timeZone);
  const end = Dates.Instant.from(endsAt).toZonedDateTimeISO(timeZone);
  const changes: Dates.ZonedDateTime[] = [];
  const inForce = start.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  if (inForce && inForce.year > EPOCH) {
    // Where clocks change twice a year, clients expect to find the other half of the year as well.
    const other = inForce.getTimeZoneTransition('previous');
    const alternates = Dates.ZonedDateTime.compare(inForce.add(A_YEAR_AND_MORE), start) > 0;
    if (other && alternates) changes.push(other);
    changes.push(inForce);
  }
  for (
    let next = start.getTimeZoneTransition('next');
    next && Dates.ZonedDateTime.compare(next, end) <= 0;
    next = next.getTimeZoneTransition('next')
  )
    changes.push(next);
  const observances = changes.some((change) => Dates.ZonedDateTime.compare(change, start) <= 0)
    ? changes.flatMap(observance)
    : [...always(start), ...changes.flatMap(observance)];
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances, 'END:VTIMEZONE'].join('\r\n');
}

/** A zone whose clocks have not been changed for as long as calendars remember. */
const always = (start: Dates.ZonedDateTime): string[] => [
  'BEGIN:STANDARD',
  `DTSTART:${EPOCH}0101T000000`,
  `TZOFFSETFROM:${offset(start)}`,
  `TZOFFSETTO:${offset(start)}`,
  `TZNAME:${nameOf(offset(start))}`,
  'END:STANDARD',
];
