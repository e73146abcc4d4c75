import { z } from 'zod';
import { language } from './language.ts';

/**
 * The programme file: one cooperation as its officials write it down, and the only way in for its data.
 *
 * Every field is content that the product prints, sends or schedules by. Dates are calendar dates
 * (`2021-07-14`), times are wall-clock times in the time zone beside them. Rules across fields
 * (windows, institutions named and listed, addresses used once) are at the end, each with its own path,
 * so that a mistake is shown where it was made.
 */

/** The methodology's ceiling for one session, in hours. Source: the programme's methodology, point 3. */
export const LONGEST_SESSION_HOURS = 2.5;

const text = z.string().trim().min(1).max(20_000);
const line = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .regex(/^[^\p{Cc}]*$/u, { error: 'one line, without control characters' });
const slug = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    error: 'lower-case letters, digits and hyphens, such as "14-per-chl"',
  });

const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$|^UTC$/.test(zone);
  } catch {
    return false;
  }
};
export const timeZone = z
  .string()
  .refine(isTimeZone, { error: 'a time zone of the IANA list, such as "America/Lima"' });
export const plainDate = z.iso.date({ error: 'a date that exists, as 2021-07-14' });
export const plainTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'a time of day in 24 hours, as "10:00"' });
const country = z
  .string()
  .regex(/^[A-Z]{2}$/, { error: 'a country by its two ISO 3166 letters, such as PE' });
const hours = z
  .number()
  .positive()
  .max(LONGEST_SESSION_HOURS, { error: `a session lasts ${LONGEST_SESSION_HOURS} hours at most` });
const link = z.url({ protocol: /^https$/, error: 'a link that starts with https://' });

export const ROLES = ['requesting', 'providing', 'secretariat'] as const;

const institution = z.strictObject({
  /** Stands in workflow ids, requests and search attributes. */
  id: slug,
  name: line,
  acronym: line.max(30),
  country,
  /** Where its capital's clocks and working days are read. */
  timezone: timeZone,
  role: z.enum(ROLES),
});

/** Someone who gets mail. `language` and `timezone` are the institution's and programme's unless said. */
const addressee = {
  name: line,
  post: line.optional(),
  email: z.email({ error: 'a mail address, such as ana.perez@ministerio.example' }).max(254),
  language: language.optional(),
  timezone: timeZone.optional(),
};

const participant = z.strictObject({
  ...addressee,
  institution: slug,
  /** Reached when the delegates do not answer. The first of each institution where none is marked. */
  focalPoint: z.boolean().optional(),
});

const guest = z.strictObject({ ...addressee, invitedBy: slug });

const session = z.strictObject({
  date: plainDate.optional(),
  /** When the session starts on `date`, in `timezone`. */
  starts: plainTime.optional(),
  timezone: timeZone.optional(),
  window: z.strictObject({ from: plainDate, to: plainDate }).optional(),
  hours: hours.optional(),
  contents: text,
  /** Invited to this session alone. */
  guests: z.array(guest).max(200).optional(),
  link: link.optional(),
  place: line.optional(),
});

/** Working days given for each kind of request; the methodology's defaults are in `methodology.ts`. */
const days = z.int().min(1).max(90);
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

const step = z.strictObject({ title: line, text });

export const programmeShape = z.strictObject({
  /** The cooperation's code, such as `14-per-chl`. */
  id: slug,
  language,
  title: line,
  /** The frame the cooperation takes place in, printed under the title. */
  frame: line,
  /** What it is about, in a few words: the board's and the mails' name for it. */
  subject: line.max(120),
  modality: z.enum(['virtual', 'in-person', 'hybrid']),
  call: z.strictObject({ number: z.int().min(1).max(999), year: z.int().min(2000).max(2100) }),
  /** The date of this text; printed with the first version. */
  dated: plainDate,
  institutions: z.array(institution).min(3).max(12),
  participants: z.array(participant).min(3).max(100),
  description: z.array(text).min(1).max(20),
  objectives: z.strictObject({
    introduction: text,
    items: z
      .array(z.strictObject({ title: line, text }))
      .min(1)
      .max(20),
  }),
  methodology: z.strictObject({
    introduction: text,
    coordination: step,
    documents: step,
    sessions: step,
    systematization: step,
    finalReport: step,
  }),
  coordination: z.strictObject({
    date: plainDate,
    starts: plainTime,
    timezone: timeZone,
    hours: hours.optional(),
    link: link.optional(),
    place: line.optional(),
  }),
  /** Where the sessions meet, unless a session says otherwise. */
  meeting: z
    .strictObject({ platform: line.optional(), link: link.optional(), place: line.optional() })
    .optional(),
  contents: z.strictObject({ introduction: text }),
  sessions: z.array(session).min(1).max(12),
  systematization: z.strictObject({
    /** Named later when it is left out: the Technical Secretariat is asked for it in time. */
    consultant: z.strictObject(addressee).optional(),
  }),
  finalReport: z.strictObject({
    drafts: z.array(slug).min(1),
    complements: z.array(slug).min(1),
    receives: slug,
  }),
  deadlines: deadlines.optional(),
});

type Shape = z.infer<typeof programmeShape>;
type Report = (path: (string | number)[], message: string) => void;

function checkInstitutions(file: Shape, report: Report): void {
  const seen = new Set<string>();
  file.institutions.forEach(({ id }, i) => {
    if (seen.has(id))
      report(['institutions', i, 'id'], `"${id}" is listed twice; give each institution its own id`);
    if (id === CONSULTANT)
      report(['institutions', i, 'id'], `"${CONSULTANT}" is kept for the consultant; choose another id`);
    seen.add(id);
  });
  for (const role of ROLES) {
    const count = file.institutions.filter((institution) => institution.role === role).length;
    if (count === 0) report(['institutions'], `no institution has the role "${role}"; add one`);
    if (role === 'secretariat' && count > 1)
      report(['institutions'], 'only one institution can be the secretariat');
  }
  file.institutions.forEach(({ id, name }, i) => {
    if (!file.participants.some((participant) => participant.institution === id))
      report(
        ['institutions', i],
        `${name} has no participant, so nobody could answer for it; add one under participants`,
      );
  });
}

function checkPeople(file: Shape, report: Report): void {
  const listed = file.institutions.map(({ id }) => id);
  const known = (path: (string | number)[], id: string) => {
    if (!listed.includes(id))
      report(path, `"${id}" is no listed institution; use one of: ${listed.join(', ')}`);
  };
  file.participants.forEach(({ institution }, i) => {
    known(['participants', i, 'institution'], institution);
  });
  file.sessions.forEach(({ guests = [] }, s) => {
    guests.forEach(({ invitedBy }, g) => {
      known(['sessions', s, 'guests', g, 'invitedBy'], invitedBy);
    });
  });
  for (const part of ['drafts', 'complements'] as const)
    file.finalReport[part].forEach((id, i) => {
      known(['finalReport', part, i], id);
    });
  known(['finalReport', 'receives'], file.finalReport.receives);

  const holders = new Map<string, string>();
  const once = (path: (string | number)[], email: string, name: string) => {
    const address = email.toLowerCase();
    const holder = holders.get(address);
    if (holder !== undefined && holder !== name)
      report(path, `${email} is the address of ${holder} already; each person needs an own address`);
    else if (holder !== undefined && path[0] === 'participants')
      report(path, `${name} is listed twice with ${email}; keep one entry`);
    holders.set(address, name);
  };
  file.participants.forEach(({ email, name }, i) => {
    once(['participants', i, 'email'], email, name);
  });
  file.sessions.forEach(({ guests = [] }, s) => {
    guests.forEach(({ email, name }, g) => {
      once(['sessions', s, 'guests', g, 'email'], email, name);
    });
  });
  const { consultant } = file.systematization;
  if (consultant) once(['systematization', 'consultant', 'email'], consultant.email, consultant.name);
}

function checkSessions(file: Shape, report: Report): void {
  let earliest = file.coordination.date;
  file.sessions.forEach((session, i) => {
    const { date, window } = session;
    const first = date ?? window?.from;
    const last = date ?? window?.to;
    if (date && window)
      report(['sessions', i, 'window'], 'a session has either a date or a window; keep one of them');
    else if (!first || !last) report(['sessions', i], 'a session needs a date, or a window with from and to');
    if (date && !session.starts)
      report(['sessions', i, 'date'], 'a session with a date needs the time it starts; add starts: "10:00"');
    if (!date && session.starts)
      report(
        ['sessions', i, 'starts'],
        'only a session with a date has a time; the poll finds it for a window',
      );
    if (window && window.to < window.from)
      report(
        ['sessions', i, 'window', 'to'],
        `the window ends (${window.to}) before it begins (${window.from}); swap them`,
      );
    if (first && last && last < earliest)
      report(
        ['sessions', i, date ? 'date' : 'window'],
        `session ${i + 1} is over before ${earliest}, when what comes before it takes place`,
      );
    if (first && first > earliest) earliest = first;
    const inPerson = session.place ?? file.meeting?.place;
    const online = session.link ?? file.meeting?.link;
    if (!inPerson && !online)
      report(
        ['sessions', i],
        `session ${i + 1} has neither a link nor a place; give it one, or give one under meeting`,
      );
  });
}

/** The party code that stands for the consultant, who belongs to no institution. */
export const CONSULTANT = 'consultant';

export const programme = programmeShape.superRefine((file, context) => {
  const report: Report = (path, message) => context.addIssue({ code: 'custom', path, message });
  checkInstitutions(file, report);
  checkPeople(file, report);
  checkSessions(file, report);
});

/** A checked programme file. */
export type Programme = Shape;
export type Institution = Programme['institutions'][number];
export type Participant = Programme['participants'][number];
export type Guest = NonNullable<Programme['sessions'][number]['guests']>[number];
export type SessionPlan = Programme['sessions'][number];
