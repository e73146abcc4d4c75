import PostalMime from 'postal-mime';
import { Temporal as Dates } from 'temporal-polyfill';
import { readAll } from '../../../src/documents/store.ts';
import type { CaseView } from '../../../src/domain/caseView.ts';
import { partsOfPerson } from '../../../src/domain/ids.ts';
import type { RehearsalResult } from '../../../src/domain/rehearsal.ts';
import type { Stage } from '../../../src/rehearsal/stage.ts';

/** The mails of a rehearsal as those who get them open them, and as lines that a test can hold against its own. */

/** What a mail brings into a calendar. Instants are ISO 8601 in UTC. */
export type Appointment = {
  uid: string;
  session: number;
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  startsAt: string;
  endsAt: string;
  timeZone: string;
  where: string;
  attendee: string;
  ics: string;
};

export type Letter = {
  person: string;
  party: string;
  role: CaseView['people'][number]['role'];
  notice: string;
  request: string | null;
  state: CaseView['mails'][number]['state'];
  /** When it was sent; where it was not, when it was written. */
  at: string;
  messageId: string;
  subject: string;
  text: string;
  /** Version of the programme that is attached. */
  programme?: number;
  /** Names of all files that are attached. */
  attached: string[];
  /** Whom a reply goes to. */
  replyTo?: string | undefined;
  appointment?: Appointment;
  /** Of other sessions, which it also invites to. */
  further: Appointment[];
};

export async function lettersOf({ documents }: Stage, { view }: RehearsalResult): Promise<Letter[]> {
  return Promise.all(
    view.mails.map(async (mail): Promise<Letter> => {
      const person = view.people.find(({ id }) => id === mail.person) as CaseView['people'][number];
      const read = await PostalMime.parse(await readAll(documents, mail.sha256));
      const programme = read.attachments
        .map(({ filename }) => /^program\w+-v(\d+)\.pdf$/.exec(filename ?? '')?.[1])
        .find((version) => version !== undefined);
      const event = read.attachments.find(({ mimeType }) => mimeType === 'text/calendar');
      const ics =
        event &&
        (typeof event.content === 'string' ? event.content : new TextDecoder().decode(event.content));
      return {
        person: mail.person,
        party: person.party,
        role: person.role,
        notice: mail.notice,
        request: mail.request,
        state: mail.state,
        at: mail.sentAt ?? mail.preparedAt,
        messageId: mail.messageId,
        subject: read.subject ?? '',
        text: read.text ?? '',
        replyTo: read.replyTo?.[0]?.address,
        attached: read.attachments.flatMap(({ filename }) => filename ?? []),
        ...(programme && { programme: Number(programme) }),
        ...(ics && { appointment: appointmentIn(ics) }),
        further: read.attachments
          .filter(({ filename }) => /^invite-\d+\.ics$/.test(filename ?? ''))
          .map(({ content }) =>
            appointmentIn(typeof content === 'string' ? content : new TextDecoder().decode(content)),
          ),
      };
    }),
  );
}

function appointmentIn(ics: string): Appointment {
  const lines = ics.replaceAll(/\r?\n /g, '').split(/\r?\n/);
  const event = lines.slice(lines.indexOf('BEGIN:VEVENT'));
  const line = (name: string, among = event) =>
    among.find((one) => one.startsWith(`${name}:`) || one.startsWith(`${name};`)) ?? '';
  const value = (name: string, among = event) => line(name, among).replace(/^[^:]*:/, '');
  const timeZone = /TZID=([^:;]+)/.exec(line('DTSTART'))?.[1] ?? 'UTC';
  const instant = (name: string) =>
    new Date(Dates.PlainDateTime.from(value(name)).toZonedDateTime(timeZone).epochMilliseconds).toISOString();
  const uid = value('UID');
  return {
    uid,
    session: Number(/session-(\d+)@/.exec(uid)?.[1] ?? 0),
    sequence: Number(value('SEQUENCE')),
    method: value('METHOD', lines) as Appointment['method'],
    startsAt: instant('DTSTART'),
    endsAt: instant('DTEND'),
    timeZone,
    where: value('URL') || value('LOCATION').replaceAll(/\\(.)/g, '$1'),
    attendee: line('ATTENDEE').replace(/^.*mailto:/i, ''),
    ics,
  };
}

type Told = { view: CaseView; letters: readonly Letter[] };
export type Which = {
  notice?: string | readonly string[];
  /** Beginning of a request's id. */
  request?: string;
  /** A person's or party's code. */
  to?: string;
  session?: number;
  /** First and last day. */
  from?: string;
  until?: string;
};

/** The letters that were sent and fit, in their order. */
export const sent = ({ letters }: Pick<Told, 'letters'>, which: Which = {}): Letter[] =>
  letters
    .filter(
      (letter) =>
        letter.state === 'sent' &&
        (which.notice === undefined || [which.notice].flat().includes(letter.notice)) &&
        (which.request === undefined || (letter.request ?? '').startsWith(which.request)) &&
        (which.to === undefined || letter.person === which.to || letter.party === which.to) &&
        (which.session === undefined || letter.appointment?.session === which.session) &&
        (which.from === undefined || letter.at.slice(0, 10) >= which.from) &&
        (which.until === undefined || letter.at.slice(0, 10) <= which.until),
    )
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

/**
 * Who was told what and when, a line for each party: `2021-06-15 10:00 Santiago reminder coordination/approve-programme.1
 * → chl-mtps (4)`, on the clock of the party's capital. Where not all of a party are told, by their codes.
 */
export function told(run: Told, which: Which = {}): string[] {
  const groups = Map.groupBy(sent(run, which), (letter) =>
    [letter.at.slice(0, 16), whatOf(letter), letter.role === 'guest' ? 'guest' : letter.party].join('|'),
  );
  const lines = [...groups].map(([, letters]) => {
    const [first] = letters as [Letter];
    const codes = letters.map(({ person }) => person).sort();
    const all = membersAt(run.view, first.party, first.at);
    const who =
      first.role !== 'guest' && codes.length > 1 && codes.length === all.length
        ? `${first.party} (${codes.length})`
        : codes.join(', ');
    const line = `${clockOf(first.at, zoneOf(run.view, first))} ${whatOf(first)} → ${who}`;
    return { line, minute: first.at.slice(0, 16) };
  });
  // What goes out in the same minute has no order of its own.
  return lines.sort((a, b) => (a.minute + a.line < b.minute + b.line ? -1 : 1)).map(({ line }) => line);
}

export const whatOf = ({ notice, request, appointment, programme }: Letter): string =>
  [
    notice,
    request,
    appointment && `session-${appointment.session} ${appointment.method} ${appointment.sequence}`,
    notice !== 'request' && notice !== 'reminder' && programme && `+v${programme}`,
  ]
    .filter(Boolean)
    .join(' ');

/** On the clock of the person's institution; a guest's, of whoever invites. */
const zoneOf = ({ programme, people }: CaseView, { party, person }: Letter): string =>
  programme.institutions.find(({ id }) => id === party)?.timezone ??
  people.find(({ id }) => id === person)?.timeZone ??
  'UTC';

/** `2021-06-15 10:00 Santiago`. */
export function clockOf(instant: string, timeZone: string): string {
  const local = Dates.Instant.from(instant).toZonedDateTimeISO(timeZone);
  const city = timeZone === 'America/New_York' ? 'Washington' : timeZone.replace(/^.*\//, '');
  return `${local.toPlainDate()} ${local.toPlainTime().toString().slice(0, 5)} ${city}`;
}

/** The same without the clock and the party: what one party was told, to be held against what another was. */
export const whatWasTold = (run: Told, which: Which): string[] =>
  told(run, which).map((line) => line.replace(/^\S+ \S+ \S+ (.*) → .*$/, '$1'));

/** Whether a mail says something, however its lines are broken. */
export const says = ({ text }: Letter, what: string): boolean =>
  text.replaceAll(/\s*\n(> ?)?\s*/g, ' ').includes(what);

/** When somebody came into the cooperation and left it; `undefined` for ever. */
export function stayOf({ record, programme }: CaseView, person: string): { from?: string; until?: string } {
  // A colleague who takes a place was there before.
  const { party, number = 0 } = partsOfPerson(person);
  const first = programme.participants.filter(({ institution }) => institution === party).length;
  const stay: { from?: string; until?: string } = {};
  for (const { kind, at, data } of record) {
    const of = data as { person?: string; by?: string; people?: string[]; guest?: string };
    if (kind === 'person-replaced' && of.by === person && number > first) stay.from ??= at;
    if (kind === 'person-joined' && of.person === person) stay.from = at;
    if (kind === 'person-left' && of.person === person) stay.until = at;
    if (kind === 'programme-amended' && of.people?.includes(person)) stay.from = at;
    if (kind === 'guest-added' && of.guest === person) stay.from = at;
    if (kind === 'person-replaced' && of.person === person) stay.until = at;
    if (kind === 'guest-withdrawn' && of.guest === person) stay.until = at;
  }
  return stay;
}

/** Those who answer for a party at an instant. */
export const membersAt = (view: CaseView, party: string, at: string): string[] =>
  view.people
    .filter((person) => person.party === party && person.role !== 'guest')
    .filter(({ id }) => {
      const { from, until } = stayOf(view, id);
      return (from === undefined || from <= at) && (until === undefined || at < until);
    })
    .map(({ id }) => id);

/** A line for each of the three institutions, on their clocks at an instant of the Secretariat's. */
export const everyone = (
  day: string,
  what: string,
  [lima, washington, santiago]: readonly string[],
): string[] =>
  [
    `${day} ${lima} Lima ${what} → per-mtpe (5)`,
    `${day} ${washington} Washington ${what} → oas (2)`,
    `${day} ${santiago} Santiago ${what} → chl-mtps (4)`,
  ].sort();
/** At ten in Washington, in June and July. */
export const AT_TEN = ['09:00', '10:00', '10:00'];
