import { z } from 'zod';
import { language } from './language.ts';

/**
 * The programme file: one cooperation as its officials write it down, and the only way in for its data.
 *
 * Every field is content that the product prints, sends or schedules by. Dates are calendar dates
 * (`2021-07-14`), times are wall-clock times in the time zone beside them. Rules across fields
 * (windows, institutions named and listed, addresses used once) are at the end, each with its own path,
 * so that a mistake is shown where it was made. Messages are for the officer who writes the file: they say
 * what to write instead. Descriptions and examples go into `docs/programme.schema.json`, for editors.
 */

/** The methodology's ceiling for one session, in hours. Source: the programme's methodology, point 3. */
export const LONGEST_SESSION_HOURS = 2.5;

/** What was written, for a message. */
const shown = (input: unknown): string => {
  const text = String(input);
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`;
};

/** A message about the value itself. A value of a wrong type is somebody else's message. */
const told =
  (say: (input: string) => string) =>
  ({ code, input }: { code?: string | undefined; input?: unknown }): string | undefined =>
    code === 'invalid_type' ? undefined : say(String(input));

/** A schema with what an editor shows beside it. */
const field = <T extends z.ZodType>(schema: T, description: string, ...examples: unknown[]): T =>
  schema.meta({ description, ...(examples.length > 0 && { examples }) });

/** What a person wrote, without what no database keeps: the character NUL, and halves of characters. */
export const written = z.string().overwrite((text) => text.replaceAll('\0', '').toWellFormed());
const text = written.trim().min(1).max(20_000);
const line = written
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}]*$/u, { error: 'this has to be one line; write it without line breaks and tabs' });
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: told(
      (input) =>
        `${shown(input)} is not written as a code; write lower-case letters, digits and hyphens, such as 14-per-chl`,
    ),
  });

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$|^UTC$/.test(zone);
  } catch {
    return false;
  }
};
export const timeZone = z.string().refine(isTimeZone, {
  error: told(
    (input) =>
      `there is no time zone ${shown(input)}; write one of the IANA list, region/city, such as America/Lima`,
  ),
});

/** Says of a date that is well written but not in the calendar how long its month is. */
function noDate(input: string): string {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])-\d{2}$/.exec(input) ?? [];
  if (!year || !month)
    return `${shown(input)} is not written as a date; write year-month-day, such as 2021-07-14`;
  const last = new Date(Date.UTC(Number(year), Number(month), 0));
  const name = last.toLocaleDateString('en', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return `${input} does not exist: ${name} has ${last.getUTCDate()} days; write a date that exists`;
}
export const plainDate = z.iso.date({ error: told(noDate) });
export const plainTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, {
  error: told((input) => `${shown(input)} is not a time of day; write it in 24 hours, such as "10:00"`),
});

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
/** `ZZ`, `XA` and `XB` are in the list of regions, but stand for nowhere. */
const isCountry = (code: string): boolean =>
  /^[A-Z]{2}$/.test(code) && !/^(ZZ|XA|XB)$/.test(code) && regions.of(code) !== undefined;
const country = z.string().refine(isCountry, {
  error: told(
    (input) => `${shown(input)} is no country; write its two ISO 3166 letters in capitals, such as PE`,
  ),
});
const hours = z
  .number()
  .positive()
  .max(LONGEST_SESSION_HOURS, {
    error: ({ input }) =>
      `${input} hours are more than a session may last; write ${LONGEST_SESSION_HOURS} or less`,
  });
const link = z.url({
  protocol: /^https$/,
  error: told((input) =>
    /^http:\/\//i.test(input)
      ? `${shown(input)} is not a secure link; write it with https:// in place of http://`
      : `${shown(input)} is not a link; write it whole, such as https://zoom.us/j/1234567890`,
  ),
});
const email = z
  .email({
    error: told(
      (input) => `${shown(input)} is not a mail address; write one such as ana.perez@ministry.example`,
    ),
  })
  .max(254);

export const ROLES = ['requesting', 'providing', 'secretariat'] as const;

const institution = z.strictObject({
  /** Stands in workflow ids, requests and search attributes. */
  id: field(slug, 'Code of the institution, used wherever the file refers to it.', 'per-mtpe'),
  name: field(line, 'Full name, with the country.', 'Ministry of Labour of Barbados'),
  acronym: field(line.max(30), 'Short name.', 'MTPE'),
  country: field(country, 'Two ISO 3166 letters, for its public holidays.', 'PE'),
  /** Where its capital's clocks and working days are read. */
  timezone: field(timeZone, 'IANA time zone of the capital.', 'America/Lima'),
  role: field(
    z.enum(ROLES),
    'Who asks (requesting), who has the experience (providing), and the Technical Secretariat.',
  ),
});

/** Someone who gets mail. `language` and `timezone` are the institution's and programme's unless said. */
const addressee = {
  name: field(line, 'Name of the person, or of the group.', 'Ana Pérez'),
  post: field(line, 'Post, as it is printed.', 'Director of International Affairs').optional(),
  email: field(email, 'Mail address; each person has an own one.', 'ana.perez@ministry.example'),
  language: field(language, "Language of this person's mail, where it is not the programme's.").optional(),
  timezone: field(
    timeZone,
    "Time zone of this person, where it is not the institution's.",
    'America/Lima',
  ).optional(),
};

const participant = z.strictObject({
  ...addressee,
  institution: field(slug, 'Code of the institution that the person answers for.', 'per-mtpe'),
  /** Reached when the delegates do not answer. The first of each institution where none is marked. */
  focalPoint: field(
    z.boolean(),
    'Whether this person is reached when the delegates do not answer.',
    true,
  ).optional(),
});

const guest = z.strictObject({
  ...addressee,
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
        line.max(120),
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
    line,
    'Where it meets in person, if not as under "meeting".',
    'Ministry of Labour, Lima',
  ).optional(),
});

/** Working days given for each kind of request; the methodology's defaults are in `methodology.ts`. */
const days = field(z.int().min(1).max(90), 'Working days.', 5);
export const deadlines = z.strictObject({
  approveProgramme: days.optional(),
  sendDocuments: days.optional(),
  answerQuestion: days.optional(),
  chooseDate: days.optional(),
  recordSession: days.optional(),
  nameConsultant: days.optional(),
  draftSheet: days.optional(),
  reviewSheet: days.optional(),
  draftReport: days.optional(),
  complementReport: days.optional(),
  receiveReport: days.optional(),
});

const step = z.strictObject({
  title: field(line, 'Title of the step, as it is printed.', 'Coordination meeting'),
  text: field(text, 'What is done in it.', 'Held on 9 June with both ministries and the OAS.'),
});

export const programmeShape = z
  .strictObject({
    /** The cooperation's code, such as `14-per-chl`. */
    id: field(slug, 'Code of the cooperation: call, who asks, who has the experience.', '14-per-chl'),
    language: field(language, 'Language of the programme, and of mail unless a person has another.'),
    title: field(line, 'Title, as it is printed.', 'Bilateral cooperation between …'),
    /** The frame the cooperation takes place in, printed under the title. */
    frame: field(
      line,
      'What it takes place within; printed under the title.',
      'Within the Inter-American Network for Labor Administration (RIAL)',
    ),
    /** What it is about, in a few words: the board's and the mails' name for it. */
    subject: field(line.max(120), 'What it is about, in a few words.', 'Social dialogue'),
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
    institutions: field(z.array(institution).min(3).max(12), 'The ministries and the Technical Secretariat.'),
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
                title: field(line, 'What comes before the colon, if anything.', 'To learn').optional(),
                text: field(text, 'The objective.', 'how the programme was set up.'),
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
        place: line.optional(),
      }),
      'The coordination meeting (step 1).',
    ),
    /** Where the sessions meet, unless a session says otherwise. */
    meeting: field(
      z.strictObject({
        platform: field(line, 'Name of the platform.', 'Zoom').optional(),
        link: field(link, 'Link that opens the meeting.', 'https://zoom.us/j/1234567890').optional(),
        place: field(line, 'Where it meets in person.', 'Ministry of Labour, Lima').optional(),
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
      z.array(sessionShape).min(1).max(12),
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

/** The party code that stands for the consultant, who belongs to no institution. */
export const CONSULTANT = 'consultant';

/**
 * Tells of a mistake. `absent` says that it lies in something that is not there: in a file that could be read in
 * part only, it may be in the other part.
 */
type Report = (path: (string | number)[], message: string, about?: { absent: true }) => void;
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
    if (seen.has(id))
      report(['institutions', i, 'id'], `"${id}" is listed twice; give each institution its own id`);
    if (id === CONSULTANT)
      report(['institutions', i, 'id'], `"${CONSULTANT}" is kept for the consultant; choose another id`);
    seen.add(id);
  });

  const roles = institutions.map((institution) => read(z.enum(ROLES), part(institution, 'role')));
  for (const role of ROLES) {
    const count = roles.filter((known) => known === role).length;
    // An institution whose role is misspelt may be the one that is looked for.
    if (count === 0 && !roles.includes(undefined))
      report(['institutions'], `no institution has the role "${role}"; add one`, ABSENT);
    if (role === 'secretariat' && count > 1)
      report(
        ['institutions', roles.lastIndexOf(role), 'role'],
        'there is a secretariat already; only one institution can be the secretariat',
      );
  }

  const participants = part(file, 'participants');
  if (!Array.isArray(participants)) return;
  const answeredFor = participants.map((participant) => part(participant, 'institution'));
  const listed = institutions.map((institution) => part(institution, 'id'));
  // Whoever is of no listed institution may be of the one that seems to have nobody.
  if (answeredFor.some((id) => !listed.includes(id))) return;
  institutions.forEach((institution, i) => {
    const id = read(slug, part(institution, 'id'));
    if (id !== undefined && !answeredFor.includes(id))
      report(
        ['institutions', i],
        `${read(line, part(institution, 'name')) ?? id} has no participant, so nobody could answer for it; add one under participants`,
        ABSENT,
      );
  });
}

function checkReferences(file: unknown, report: Report): void {
  const institutions = part(file, 'institutions');
  if (!Array.isArray(institutions)) return;
  // As written: an id that is not written as it should be is told of once, and not at each mention.
  const listed = institutions.map((institution) => part(institution, 'id'));
  const known = (path: (string | number)[], value: unknown) => {
    const id = read(slug, value);
    if (id !== undefined && !listed.includes(id))
      report(
        path,
        `"${id}" is no listed institution; write one of: ${listed.filter((other) => read(slug, other)).join(', ')}`,
        ABSENT,
      );
  };
  listOf(part(file, 'participants')).forEach((participant, i) => {
    known(['participants', i, 'institution'], part(participant, 'institution'));
  });
  listOf(part(file, 'sessions')).forEach((session, s) => {
    listOf(part(session, 'guests')).forEach((guest, g) => {
      known(['sessions', s, 'guests', g, 'invitedBy'], part(guest, 'invitedBy'));
    });
  });
  const finalReport = part(file, 'finalReport');
  for (const key of ['drafts', 'complements'] as const) {
    const codes = listOf(part(finalReport, key));
    codes.forEach((id, i) => {
      known(['finalReport', key, i], id);
      if (codes.indexOf(id) < i && read(slug, id))
        report(['finalReport', key, i], `"${id}" is listed twice; keep one entry`);
    });
  }
  known(['finalReport', 'receives'], part(finalReport, 'receives'));
}

function checkAddresses(file: unknown, report: Report): void {
  const holders = new Map<string, { name: string | undefined; where: string }>();
  const once = (path: (string | number)[], person: unknown, where: string) => {
    const address = read(email, part(person, 'email'));
    if (address === undefined) return;
    const name = read(line, part(person, 'name'));
    const holder = holders.get(address.toLowerCase());
    if (!holder) holders.set(address.toLowerCase(), { name, where });
    else if (name === undefined || holder.name !== name)
      report(
        [...path, 'email'],
        `${address} is the address of ${holder.name ?? 'somebody else'} already; each person needs an own address`,
      );
    // Whoever is a participant may be another session's guest as well, or the consultant.
    else if (holder.where === where)
      report([...path, 'email'], `${name} is listed twice with ${address}; keep one entry`);
  };
  listOf(part(file, 'participants')).forEach((participant, i) => {
    once(['participants', i], participant, 'participants');
  });
  listOf(part(file, 'sessions')).forEach((session, s) => {
    listOf(part(session, 'guests')).forEach((guest, g) => {
      once(['sessions', s, 'guests', g], guest, `session ${s}`);
    });
  });
  once(
    ['systematization', 'consultant'],
    part(part(file, 'systematization'), 'consultant'),
    'systematization',
  );
}

function checkSessions(file: unknown, report: Report, { inOrder }: { inOrder: boolean }): void {
  const meeting = part(file, 'meeting');
  const coordinated = read(plainDate, part(part(file, 'coordination'), 'date'));
  let before = coordinated && { date: coordinated, what: `the coordination meeting (${coordinated})` };
  listOf(part(file, 'sessions')).forEach((session, i) => {
    // An entry that is no session has been told of.
    if (typeof session !== 'object' || session === null || Array.isArray(session)) return;
    const at = (...keys: string[]) => ['sessions', i, ...keys];
    const hasDate = isThere(part(session, 'date'));
    const hasWindow = isThere(part(session, 'window'));
    const hasStart = isThere(part(session, 'starts'));
    if (hasDate && hasWindow)
      report(at('window'), 'a session has either a date or a window; keep one of them');
    if (!hasDate && !hasWindow)
      report(
        at(),
        `session ${i + 1} needs a date with the time it starts, or a window; write date: and starts:, or window: with from: and to:`,
        ABSENT,
      );
    if (hasDate && !hasStart)
      report(
        at('date'),
        'a session with a date needs the time it starts; write starts: "10:00" beside it',
        ABSENT,
      );
    if (hasWindow && !hasDate && hasStart)
      report(
        at('starts'),
        'only a session with a date has a time; leave it out, the parties will agree it with the date',
      );

    const date = read(plainDate, part(session, 'date'));
    const from = read(plainDate, part(part(session, 'window'), 'from'));
    const to = read(plainDate, part(part(session, 'window'), 'to'));
    if (from !== undefined && to !== undefined && to < from)
      report(
        at('window', 'to'),
        `the window ends (${to}) before it begins (${from}); write ${from} or a later day`,
      );
    // The last day it may take place on, and the first.
    const last = hasDate ? date : to;
    const first = hasDate ? date : from;
    if (
      inOrder &&
      before &&
      last !== undefined &&
      last < before.date &&
      !(first !== undefined && last < first)
    )
      report(
        hasDate ? at('date') : at('window'),
        `session ${i + 1} (${last}) is earlier than ${before.what}; write ${before.date} or a later day, or put the sessions in their order`,
      );
    if (first !== undefined && (!before || first > before.date))
      before = { date: first, what: `session ${i + 1} (${first})` };

    const somewhere = [session, meeting].some(
      (where) => isThere(part(where, 'link')) || isThere(part(where, 'place')),
    );
    if (!somewhere)
      report(
        at(),
        `session ${i + 1} has neither a link nor a place; write link: https://… or place: in it, or under meeting for all sessions`,
        ABSENT,
      );
  });
}

/** Reads a programme; the rules across fields run also where other parts of it are wrong. */
const readAs = (rules: { inOrder: boolean }) =>
  programmeShape.superRefine(
    (file, context) => {
      const report: Report = (path, message, about) =>
        context.addIssue({ code: 'custom', path, message, params: about });
      checkInstitutions(file, report);
      checkReferences(file, report);
      checkAddresses(file, report);
      checkSessions(file, report, rules);
    },
    { when: () => true },
  );

export const programme = readAs({ inOrder: true });

/**
 * A programme that corrects one under way. Its sessions are those that were filed and added: where some have been
 * moved or cancelled since, what was filed of them need not be in order any more.
 */
export const correctedProgramme = readAs({ inOrder: false });

/** A checked programme file. */
export type Programme = Shape;
export type Institution = Programme['institutions'][number];
export type SessionPlan = Programme['sessions'][number];
