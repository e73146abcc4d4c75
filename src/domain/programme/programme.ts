import { z } from 'zod';
import { deadlines } from '../dates/deadlineShape.ts';
import { withoutTurns } from '../direction.ts';
import { field } from '../field.ts';
import { language } from '../language.ts';
import { CONSULTANT, OBSERVER } from '../methodology.ts';
import type { Fault } from '../mistake.ts';
import { cleanAddress } from '../people/address.ts';
import { isSameName } from '../people/samePerson.ts';
import { named, ruled } from './shapeMistakes.ts';

/**
 * The programme file: one cooperation as its officials write it down, and the only way in for its data.
 *
 * Every field is content that the product prints, sends or schedules by. Dates are calendar dates
 * (`2021-07-14`), times are wall-clock times in the time zone beside them. Rules across fields
 * (windows, institutions named and listed, addresses used once) are at the end, each with its own path,
 * so that a mistake is shown where it was made. What is wrong is told by its code (see `mistake.ts`). Descriptions and examples go into `docs/programme.schema.json`, for editors.
 */

/** The methodology's ceiling for one session, in hours. Source: the programme's methodology, point 3. */
export const LONGEST_SESSION_HOURS = 2.5;

/**
 * What a person wrote, its lines ending in `\n`, without marks that turn it, and what no database keeps: the character NUL,
 * and halves of characters.
 */
export const written = z
  .string()
  .overwrite((text) => withoutTurns(text.replaceAll('\0', '').replaceAll(/\r\n?/g, '\n').toWellFormed()));
const text = written.trim().min(1).max(20_000);
/** Characters in a line that somebody writes: a name, a post, a title. */
export const LONGEST_LINE = 300;
/** A name, a post, a title: it stands in headers of mails and in columns, where a line break would begin something else. */
export const lineOfText = written
  .trim()
  .min(1)
  .max(LONGEST_LINE)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, named('LineBroken'));
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, named('CodeMalformed'));

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$|^UTC$/.test(zone);
  } catch {
    return false;
  }
};
export const timeZone = z.string().refine(isTimeZone, named('TimeZoneUnknown'));

export const plainDate = z.iso.date(named('DateMalformed'));
export const plainTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, named('TimeMalformed'));

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
/** `ZZ`, `XA` and `XB` are in the list of regions, but stand for nowhere. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !/^(ZZ|XA|XB)$/.test(code) && regions.of(code) !== undefined;
const country = z.string().refine(isCountry, named('CountryUnknown'));
const hours = z.number().positive().max(LONGEST_SESSION_HOURS, named('SessionTooLong'));
const link = z.url({ protocol: /^https$/, ...named('LinkMalformed') });
/** As it is pasted, and kept clean. */
export const email = z
  .string()
  .overwrite(cleanAddress)
  .check(z.email(named('AddressMalformed')))
  .max(254);

/** As many institutions and sessions as a programme has. */
const MOST_INSTITUTIONS = 12;
export const MOST_SESSIONS = 12;

export const ROLES = ['requesting', 'providing', 'secretariat'] as const;

const institution = z.strictObject({
  /** Stands in workflow ids, requests and search attributes. */
  id: field(slug, 'Code of the institution, used wherever the file refers to it.', 'per-mtpe'),
  name: field(lineOfText, 'Full name, with the country.', 'Ministry of Labour of Barbados'),
  acronym: field(lineOfText.max(30), 'Short name.', 'MTPE'),
  /** Of the name in Spanish, Portuguese and French; else its first words tell: a ministry is masculine. */
  gender: field(
    z.enum(['masculine', 'feminine']),
    'Gender of the name in a sentence, where its first words do not tell it.',
    'feminine',
  ).optional(),
  country: field(country, 'Two ISO 3166 letters, for its public holidays.', 'PE'),
  /** Where its capital's clocks and working days are read. */
  timezone: field(timeZone, 'IANA time zone of the capital.', 'America/Lima'),
  role: field(
    z.enum(ROLES),
    'Who asks (requesting), who has the experience (providing), and the Technical Secretariat.',
  ),
  /** Beside weekends and holidays. Nobody is reminded on them, nothing falls due on them, and no date is proposed there. */
  closedDays: field(
    z
      .array(
        z.strictObject({
          from: field(plainDate, 'First day.', '2021-12-20'),
          to: field(plainDate, 'Last day.', '2021-12-31'),
        }),
      )
      .max(50),
    'Days on which it does not work beside weekends and holidays: by decree, or collective leave.',
  ).optional(),
});

/** Someone who gets mail. `language` and `timezone` are the institution's and programme's unless said. */
const addressee = {
  name: field(lineOfText, 'Name of the person, or of the group.', 'Ana Pérez'),
  post: field(lineOfText, 'Post, as it is printed.', 'Director of International Affairs').optional(),
  email: field(
    email,
    'Mail address; people of one institution may share a mailbox.',
    'ana.perez@ministry.example',
  ),
  language: field(language, "Language of this person's mail, where it is not the programme's.").optional(),
  timezone: field(
    timeZone,
    "Time zone of this person, where it is not the institution's.",
    'America/Lima',
  ).optional(),
};

/** Whoever has no address is listed, printed and among those present, and nothing is sent to them. */
const listed = { ...addressee, email: addressee.email.optional() };

const participant = z.strictObject({
  ...listed,
  institution: field(slug, 'Code of the institution that the person answers for.', 'per-mtpe'),
  /** Reached when the delegates do not answer. The first of each institution where none is marked. */
  focalPoint: field(
    z.boolean(),
    'Whether this person is reached when the delegates do not answer.',
    true,
  ).optional(),
});

/** As many as an entry that is a group stands for. */
export const groupCount = z.int().min(2).max(999);

const guest = z.strictObject({
  ...listed,
  count: field(groupCount, 'How many they are, where the entry is a group.', 12).optional(),
  invitedBy: field(slug, 'Code of the institution that invites.', 'per-mtpe'),
});

export const sessionShape = z.strictObject({
  date: field(plainDate, 'Date of the session, once it is known.', '2021-07-14').optional(),
  /** When the session starts on `date`, in `timezone`. */
  starts: field(plainTime, 'When it starts on its date, in 24 hours.', '10:00').optional(),
  /** The coordination meeting's unless said. */
  timezone: field(timeZone, 'Time zone of "starts".', 'America/Lima').optional(),
  /** First and last day between which a date is to be agreed; `label` is its name in the printed programme. */
  window: field(
    z.strictObject({
      from: field(plainDate, 'First day of the window.', '2021-08-16'),
      to: field(plainDate, 'Last day of the window.', '2021-08-31'),
      label: field(
        lineOfText.max(120),
        'What the printed programme calls the window.',
        'second half of August',
      ).optional(),
    }),
    'The days between which the parties will agree a date, in place of a date.',
  ).optional(),
  hours: field(hours, `How long it lasts, in hours; ${LONGEST_SESSION_HOURS} at most.`, 2.5).optional(),
  contents: field(text, 'What the session is about.', 'Presentation of the programme.'),
  /** Invited to this session alone. */
  guests: field(z.array(guest).max(200), 'Who is invited to this session alone.').optional(),
  link: field(link, 'Where it meets, if not as under "meeting".', 'https://zoom.us/j/1234567890').optional(),
  place: field(
    lineOfText,
    'Where it meets in person, if not as under "meeting".',
    'Ministry of Labour, Lima',
  ).optional(),
});

const step = z.strictObject({
  title: field(lineOfText, 'Title of the step, as it is printed.', 'Coordination meeting'),
  text: field(text, 'What is done in it.', 'Held on 9 June with both ministries and the OAS.'),
});

export const programmeShape = z
  .strictObject({
    /** The cooperation's code, such as `14-per-chl`. */
    id: field(slug, 'Code of the cooperation: call, who asks, who has the experience.', '14-per-chl'),
    language: field(language, 'Language of the programme, and of mail unless a person has another.'),
    translation: field(
      z.strictObject({
        language: field(language, 'The second language of the programme.', 'en'),
        by: field(slug, 'Code of the institution that puts the programme into it.', 'oas'),
        vouchedBy: field(
          slug,
          'Code of another institution, which reads it and vouches for what it was put into.',
          'brb-mol',
        ),
      }),
      'Where the parties read different languages: the programme is printed in two, side by side.',
    ).optional(),
    title: field(lineOfText, 'Title, as it is printed.', 'Bilateral cooperation between …'),
    /** The frame the cooperation takes place in, printed under the title. */
    frame: field(
      lineOfText,
      'What it takes place within; printed under the title.',
      'Within the Inter-American Network for Labor Administration (RIAL)',
    ),
    /** What it is about, in a few words: the board's and the mails' name for it. */
    subject: field(lineOfText.max(120), 'What it is about, in a few words.', 'Social dialogue'),
    modality: field(z.enum(['virtual', 'in-person', 'hybrid']), 'How the sessions meet.'),
    call: field(
      z.strictObject({
        number: field(z.int().min(1).max(999), 'Number of the call.', 14),
        year: field(z.int().min(2000).max(2100), 'Year of the call.', 2021),
      }),
      'The call for proposals that selected the cooperation.',
    ),
    /** The date of this text; printed with the first version. */
    dated: field(plainDate, 'Date of this version of the text.', '2021-07-09'),
    institutions: field(
      z.array(institution).min(3).max(MOST_INSTITUTIONS),
      'The ministries and the Technical Secretariat.',
    ),
    /** In the order in which they are printed. */
    participants: field(
      z.array(participant).min(3).max(100),
      'The delegates, in the order in which they are printed.',
    ),
    description: field(z.array(text).min(1).max(20), 'What the cooperation is, one entry a paragraph.'),
    /** Printed as "i) title: text", or "i) text" where there is no title. */
    objectives: field(
      z.strictObject({
        introduction: field(text, 'What comes before the list.', 'The objectives are:'),
        items: field(
          z
            .array(
              z.strictObject({
                title: field(lineOfText, 'What comes before the colon, if anything.', 'To learn').optional(),
                text: field(text, 'The objective.', 'how the programme was set up.'),
                change: field(
                  text,
                  'What it is to change at the requesting institution; the follow-up asks whether it did.',
                  'Inspectors are trained by the new curriculum.',
                ).optional(),
              }),
            )
            .min(1)
            .max(20),
          'The objectives; they are numbered when printed.',
        ),
      }),
      'What the cooperation is for.',
    ),
    methodology: field(
      z.strictObject({
        introduction: field(text, 'What comes before the five steps.', 'The exchange follows …'),
        coordination: step,
        documents: step,
        sessions: step,
        systematization: step,
        finalReport: step,
      }),
      'The five steps, as they are printed.',
    ),
    coordination: field(
      z.strictObject({
        date: field(plainDate, 'Date of the coordination meeting.', '2021-06-09'),
        starts: field(plainTime, 'When it starts, in 24 hours.', '10:00'),
        timezone: field(timeZone, 'Time zone of "starts".', 'America/Lima'),
        hours: hours.optional(),
        link: link.optional(),
        place: lineOfText.optional(),
      }),
      'The coordination meeting (step 1).',
    ),
    /** Where the sessions meet, unless a session says otherwise. */
    meeting: field(
      z.strictObject({
        platform: field(lineOfText, 'Name of the platform.', 'Zoom').optional(),
        link: field(link, 'Link that opens the meeting.', 'https://zoom.us/j/1234567890').optional(),
        place: field(lineOfText, 'Where it meets in person.', 'Ministry of Labour, Lima').optional(),
      }),
      'Where the sessions meet, unless a session says otherwise.',
    ).optional(),
    contents: field(
      z.strictObject({
        introduction: field(text, 'What comes before the contents of each session.', 'It was agreed that …'),
      }),
      'The contents proposed; those of each session are under "sessions".',
    ),
    sessions: field(
      z.array(sessionShape).min(1).max(MOST_SESSIONS),
      'The cooperation sessions (step 3), in the order in which they take place.',
    ),
    systematization: field(
      z.strictObject({
        /** Named later when it is left out: the Technical Secretariat is asked for it in time. */
        consultant: field(
          z.strictObject(addressee),
          'Who writes the sheet with the OAS; may be left out and named later.',
        ).optional(),
      }),
      'The systematization sheet (step 4); {} where the consultant is not known yet.',
    ),
    finalReport: field(
      z.strictObject({
        drafts: field(z.array(slug).min(1), 'Codes of the institutions that draft it.', ['per-mtpe']),
        complements: field(z.array(slug).min(1), 'Codes of the institutions that complement it.', [
          'chl-mtps',
        ]),
        receives: field(slug, 'Code of the institution that receives it.', 'oas'),
      }),
      'The Final Report (step 5).',
    ),
    followUp: field(
      z.union([
        z.literal('none'),
        z.strictObject({
          first: field(z.int().min(2).max(36), 'Months after the report was accepted.', 6),
          second: field(z.int().min(2).max(36), 'Months after the report was accepted.', 12).optional(),
        }),
      ]),
      'When both ministries are asked what came of the cooperation, after 6 and after 12 months where it is left out; `none`: nobody is asked.',
    ).optional(),
    deadlines: field(
      deadlines,
      "Working days given for a request, where they are not the methodology's.",
    ).optional(),
  })
  .meta({
    title: 'Programme of a RIAL cooperation',
    description: 'One cooperation between labour ministries, as its officials write it down.',
  });

type Shape = z.infer<typeof programmeShape>;

/**
 * Tells of a mistake. `absent` says that it lies in something that is not there: in a file that could be read in
 * part only, it may be in the other part.
 */
type Report = (path: (string | number)[], fault: Fault, about?: { absent: true }) => void;
const ABSENT = { absent: true } as const;

/*
 * The rules across fields look at whatever parts of a file are well-formed, so that all mistakes of a file are
 * told at once: what a rule needs is read by the three functions below, and a rule is silent about what is not
 * written as it should be, because that is told already.
 */
const part = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const read = <T>(schema: z.ZodType<T>, value: unknown): T | undefined => schema.safeParse(value).data;
const isThere = (value: unknown): boolean => value !== undefined && value !== null;

function checkInstitutions(file: unknown, report: Report): void {
  const institutions = part(file, 'institutions');
  if (!Array.isArray(institutions)) return;
  const seen = new Set<string>();
  institutions.forEach((institution, i) => {
    const id = read(slug, part(institution, 'id'));
    if (id === undefined) return;
    if (seen.has(id)) report(['institutions', i, 'id'], { code: 'InstitutionTwice', id });
    if (id === CONSULTANT || id === OBSERVER)
      report(['institutions', i, 'id'], { code: 'InstitutionCodeReserved', id });
    seen.add(id);
  });

  const roles = institutions.map((institution) => read(z.enum(ROLES), part(institution, 'role')));
  for (const role of ROLES) {
    const count = roles.filter((known) => known === role).length;
    // An institution whose role is misspelt may be the one that is looked for.
    if (count === 0 && !roles.includes(undefined))
      report(['institutions'], { code: 'RoleMissing', role }, ABSENT);
    if (role === 'secretariat' && count > 1)
      report(['institutions', roles.lastIndexOf(role), 'role'], { code: 'SecretariatTwice' });
  }

  const participants = part(file, 'participants');
  if (!Array.isArray(participants)) return;
  const answeredFor = new Set(participants.map((participant) => part(participant, 'institution')));
  const listed = new Set(institutions.map((institution) => part(institution, 'id')));
  // Whoever is of no listed institution may be of the one that seems to have nobody.
  if ([...answeredFor].some((id) => !listed.has(id))) return;
  institutions.forEach((institution, i) => {
    const id = read(slug, part(institution, 'id'));
    if (id === undefined) return;
    const name = read(lineOfText, part(institution, 'name')) ?? id;
    const own = participants.flatMap((participant, n) =>
      part(participant, 'institution') === id ? [{ n, email: part(participant, 'email') }] : [],
    );
    const [first] = own;
    if (!first) report(['institutions', i], { code: 'InstitutionWithoutPeople', institution: name }, ABSENT);
    // Nobody of it could be asked for anything.
    else if (!own.some(({ email: address }) => isThere(address))) {
      const path = ['participants', first.n, 'email'];
      report(path, { code: 'InstitutionWithoutAddress', institution: name }, ABSENT);
    }
  });
}

/** Whoever is reached when the delegates do not answer has to have an address. */
function checkFocalPoints(file: unknown, report: Report): void {
  listOf(part(file, 'participants')).forEach((participant, i) => {
    if (part(participant, 'focalPoint') !== true || isThere(part(participant, 'email'))) return;
    const name = read(lineOfText, part(participant, 'name'));
    if (name !== undefined)
      report(['participants', i, 'focalPoint'], { code: 'FocalPointWithoutAddress', name });
  });
}

function checkReferences(file: unknown, report: Report): void {
  const institutions = part(file, 'institutions');
  if (!Array.isArray(institutions)) return;
  // As written: an id that is not written as it should be is told of once, and not at each mention.
  const listed = new Set(institutions.map((institution) => part(institution, 'id')));
  const known = [...listed]
    .slice(0, MOST_INSTITUTIONS)
    .map((id) => read(slug, id))
    .filter((id) => id !== undefined);
  const check = (path: (string | number)[], value: unknown) => {
    const id = read(slug, value);
    if (id !== undefined && !listed.has(id)) report(path, { code: 'InstitutionUnknown', id, known }, ABSENT);
  };
  listOf(part(file, 'participants')).forEach((participant, i) => {
    check(['participants', i, 'institution'], part(participant, 'institution'));
  });
  listOf(part(file, 'sessions')).forEach((session, s) => {
    listOf(part(session, 'guests')).forEach((guest, g) => {
      check(['sessions', s, 'guests', g, 'invitedBy'], part(guest, 'invitedBy'));
    });
  });
  const finalReport = part(file, 'finalReport');
  for (const key of ['drafts', 'complements'] as const) {
    const before = new Set<unknown>();
    listOf(part(finalReport, key)).forEach((code, i) => {
      const path = ['finalReport', key, i];
      check(path, code);
      const id = read(slug, code);
      if (id !== undefined && before.has(id)) report(path, { code: 'ListedTwice', id });
      before.add(code);
    });
  }
  check(['finalReport', 'receives'], part(finalReport, 'receives'));
  const translation = part(file, 'translation');
  for (const key of ['by', 'vouchedBy'] as const) check(['translation', key], part(translation, key));
}

/** It is put into another language, and vouched for by others than those who put it into that. */
function checkTranslation(file: unknown, report: Report): void {
  const translation = part(file, 'translation');
  const [from, into] = [part(file, 'language'), part(translation, 'language')].map((one) =>
    read(language, one),
  );
  if (from !== undefined && from === into)
    report(['translation', 'language'], { code: 'TranslationSameLanguage', language: from });
  const [by, vouchedBy] = [part(translation, 'by'), part(translation, 'vouchedBy')].map((one) =>
    read(slug, one),
  );
  if (by !== undefined && by === vouchedBy)
    report(['translation', 'vouchedBy'], { code: 'TranslationVouchedByItself', id: by });
  const readers = listOf(part(file, 'participants')).filter(
    (one) => part(one, 'institution') === vouchedBy && isThere(part(one, 'email')),
  );
  const isRead = readers.some((one) => (part(one, 'language') ?? part(file, 'language')) === into);
  if (into !== undefined && into !== from && vouchedBy !== undefined && readers.length > 0 && !isRead)
    report(['translation', 'vouchedBy'], { code: 'TranslationWithoutReader', id: vouchedBy, language: into });
}

function checkClosedDays(file: unknown, report: Report): void {
  listOf(part(file, 'institutions')).forEach((institution, i) => {
    listOf(part(institution, 'closedDays')).forEach((period, n) => {
      const [from, to] = [read(plainDate, part(period, 'from')), read(plainDate, part(period, 'to'))];
      if (from !== undefined && to !== undefined && to < from)
        report(['institutions', i, 'closedDays', n, 'to'], { code: 'ClosedDaysReversed', from, to });
    });
  });
}

function checkAddresses(file: unknown, report: Report): void {
  type Holder = { name: string | undefined; where: string; party: unknown };
  const holders = new Map<string, Holder[]>();
  const once = (path: (string | number)[], person: unknown, where: string, party?: unknown) => {
    const address = read(email, part(person, 'email'));
    if (address === undefined) return;
    const name = read(lineOfText, part(person, 'name'));
    const known = holders.get(address.toLowerCase()) ?? [];
    const isSame = (holder: Holder) =>
      name !== undefined && holder.name !== undefined && isSameName(holder.name, name);
    const at = [...path, 'email'];
    // Those of one institution may share a mailbox.
    const other = known.find((holder) => !isSame(holder) && (party === undefined || holder.party !== party));
    if (other)
      report(at, { code: 'AddressTaken', address, ...(other.name !== undefined && { holder: other.name }) });
    // Whoever is a participant may be another session's guest as well, or the consultant.
    else if (name !== undefined && known.some((holder) => isSame(holder) && holder.where === where))
      report(at, { code: 'PersonTwice', name, address });
    holders.set(address.toLowerCase(), [...known, { name, where, party }]);
  };
  listOf(part(file, 'participants')).forEach((participant, i) => {
    once(['participants', i], participant, 'participants', part(participant, 'institution'));
  });
  listOf(part(file, 'sessions')).forEach((session, s) => {
    listOf(part(session, 'guests')).forEach((guest, g) => {
      once(['sessions', s, 'guests', g], guest, `session ${s}`, part(guest, 'invitedBy'));
    });
  });
  once(
    ['systematization', 'consultant'],
    part(part(file, 'systematization'), 'consultant'),
    'systematization',
  );
}

function checkSessions(file: unknown, report: Report, { afterMeeting }: Rules): void {
  const meeting = part(file, 'meeting');
  const coordinated = read(plainDate, part(part(file, 'coordination'), 'date'));
  listOf(part(file, 'sessions')).forEach((session, i) => {
    // An entry that is no session has been told of.
    if (typeof session !== 'object' || session === null || Array.isArray(session)) return;
    const at = (...keys: (string | number)[]) => ['sessions', i, ...keys];
    const number = i + 1;
    checkSessionTimes(session, (path, fault, about) => report(at(...path), fault, about), number);

    const { first, last, dated } = spanOf(session);
    const reversed = first !== undefined && last !== undefined && last < first;
    if (afterMeeting && coordinated && last !== undefined && last < coordinated && !reversed)
      report(at(dated ? 'date' : 'window'), {
        ...{ code: 'SessionBeforeMeeting', session: number, date: last, meeting: coordinated },
      });

    const somewhere = [session, meeting].some(
      (where) => isThere(part(where, 'link')) || isThere(part(where, 'place')),
    );
    if (!somewhere) report(at(), { code: 'SessionWithoutPlace', session: number }, ABSENT);
  });
}

/** A session has a date with its time, or a window. `number` is that of one in a programme. */
export function checkSessionTimes(session: object, report: Report, number?: number): void {
  const hasDate = isThere(part(session, 'date'));
  const hasWindow = isThere(part(session, 'window'));
  const hasStart = isThere(part(session, 'starts'));
  if (hasDate && hasWindow) report(['window'], { code: 'SessionDateAndWindow' });
  if (!hasDate && !hasWindow)
    report([], { code: 'SessionWithoutDate', ...(number !== undefined && { session: number }) }, ABSENT);
  if (hasDate && !hasStart) report(['date'], { code: 'SessionStartMissing' }, ABSENT);
  if (hasWindow && !hasDate && hasStart) report(['starts'], { code: 'SessionStartWithoutDate' });

  const from = read(plainDate, part(part(session, 'window'), 'from'));
  const to = read(plainDate, part(part(session, 'window'), 'to'));
  if (from !== undefined && to !== undefined && to < from)
    report(['window', 'to'], { code: 'SessionWindowReversed', from, to });
}

/** The first and the last day that a session may take place on, as far as they are written as they should be. */
function spanOf(session: object) {
  const dated = isThere(part(session, 'date'));
  const [first, last] = dated
    ? [part(session, 'date'), part(session, 'date')]
    : [part(part(session, 'window'), 'from'), part(part(session, 'window'), 'to')];
  return { first: read(plainDate, first), last: read(plainDate, last), dated };
}

/** Whether no session is before the coordination meeting. */
type Rules = { afterMeeting: boolean };

/** Reads a programme; the rules across fields run also where other parts of it are wrong. */
const readAs = (rules: Rules) =>
  programmeShape.superRefine(
    (file, context) => {
      const report: Report = (path, fault, about) =>
        context.addIssue({ code: 'custom', path, ...ruled(fault, about) });
      checkInstitutions(file, report);
      checkFocalPoints(file, report);
      checkReferences(file, report);
      checkTranslation(file, report);
      checkClosedDays(file, report);
      checkAddresses(file, report);
      checkSessions(file, report, rules);
    },
    { when: () => true },
  );

export const programme = readAs({ afterMeeting: true });

/**
 * A programme that corrects one under way. Its sessions are those that were filed and added: where some have been
 * moved or cancelled since, or the coordination meeting was, what was filed of them need not come after it any more.
 */
export const correctedProgramme = readAs({ afterMeeting: false });

/** A checked programme file. */
export type Programme = Shape;
export type Institution = Programme['institutions'][number];
export type SessionPlan = Programme['sessions'][number];
