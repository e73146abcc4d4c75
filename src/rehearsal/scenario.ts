import { z } from 'zod';
import { MARKS } from '../domain/answer.ts';
import { CHANGE_FIELDS, CHANGE_KINDS, type ChangeKind, MOST_GUESTS } from '../domain/change.ts';
import { listedGuest, listedPerson, person } from '../domain/content.ts';
import { instantOf } from '../domain/dates/dates.ts';
import { MATERIAL_KINDS } from '../domain/documentKinds.ts';
import { field } from '../domain/field.ts';
import { REQUEST_NAME } from '../domain/ids.ts';
import { plainDate, plainTime, sessionShape, written } from '../domain/programme/programme.ts';
import { named, ruled } from '../domain/programme/shapeMistakes.ts';
import { PUBLISH } from '../domain/results/publish.ts';

/**
 * A scenario: how people behave in a rehearsal, where it is not as everybody does who answers in a working day. It is
 * written in YAML by those who prepare a cooperation. Codes of parties and persons are those of the case file
 * (`per-mtpe`, `per-mtpe-2`); times are wall-clock times, of a party's capital in its answers and of the Secretariat's
 * elsewhere.
 */

const text = written.trim().min(1).max(10_000);
const line = written.trim().min(1).max(300);
const code = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, named('PartyCodeMalformed'));

const WHEN = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/;
const isWallClock = (input: string): boolean => {
  const [, date, time] = WHEN.exec(input) ?? [];
  return plainDate.safeParse(date).success && plainTime.safeParse(time).success;
};
/** A wall-clock time without a zone, or an instant in UTC. */
const time = z
  .string()
  .refine(
    (input) => isWallClock(input) || z.iso.datetime().safeParse(input).success,
    named('MomentMalformed'),
  );

/** A kind of request, or one request by its id; the round may be left out. */
const request = z.string().max(200).regex(REQUEST_NAME, named('RequestMalformed'));

const AFTER = /^(0|[1-9]\d{0,3}) (days?|hours?)$/;
const after = z.string().regex(/^((0|[1-9]\d{0,3}) (days?|hours?)|never)$/, named('DelayMalformed'));

const ANCHOR = /^(coordination|session-[1-9]\d?|[a-z0-9-]+\/[a-z0-9-]+\.[1-9]\d*)$/;
const anchor = z.string().regex(ANCHOR, named('AnchorMalformed'));
const count = z.int().min(0).max(1000);
const relative = z
  .strictObject({
    before: field(anchor, 'Before this session starts, or this request is due.', 'session-2').optional(),
    after: field(anchor, 'After this session ends, or this request was opened.', 'session-2').optional(),
    days: field(count, "Working days of the Secretariat's.", 1).optional(),
    hours: field(count, 'Hours.', 1).optional(),
  })
  .refine(
    ({ before, after }) => (before === undefined) !== (after === undefined),
    ruled({ code: 'BeforeOrAfter' }),
  )
  .refine(
    ({ days, hours }) => (days === undefined) !== (hours === undefined),
    ruled({ code: 'DaysOrHours' }),
  );
/** When something is done that nobody asked for. */
const moment = z.union([time, relative]);

const marks = z.union([z.enum(MARKS), z.record(z.string().max(40), z.enum(MARKS))]);

const answer = z.strictObject({
  request: field(
    request,
    'A kind of request, or the id of one; every request where it is left out.',
    'approve-programme',
  ).optional(),
  party: field(code, 'Whose answers; of all that are asked where it is left out.', 'per-mtpe').optional(),
  by: field(
    z.union([code, z.array(code).min(1).max(5)]),
    'The person who answers, or several at once.',
    'per-mtpe-2',
  ).optional(),
  rounds: field(
    z.int().min(1).max(20),
    'In how many rounds, from the first; all, or the first alone where changes are asked for or a session was not held.',
    1,
  ).optional(),
  after: field(after, 'How long after the mail: in working days, or hours; or never.', '3 days').optional(),
  at: field(time, "When, on the clock of the party's capital.", '2021-06-18 17:30').optional(),
  changes: field(
    text,
    'Asks for changes, with this reason.',
    'The second session should come first.',
  ).optional(),
  'not-held': field(
    z.union([z.literal(true), text]),
    'The session was not held, or why it was not.',
    'The connection broke off.',
  ).optional(),
  'nothing-to-add': field(z.literal(true), 'There is nothing to add to the report.', true).optional(),
  marks: field(
    marks,
    'One mark for all dates, or by date or slot: { 2021-08-17: no, others: yes }.',
    'no',
  ).optional(),
  date: field(
    line,
    'The date that is confirmed, with its hour where it matters; else that of the date proposed, or 10:00 on the Secretariat’s clock.',
    '2021-08-18',
  ).optional(),
  publish: field(
    z.enum(PUBLISH),
    'Whether people outside may read the sheet that is approved; not said where it is left out.',
    'yes',
  ).optional(),
});

const reason = field(text, 'Why, as it is recorded and told.', 'The ministry moves to another building.');
const sessionNumber = field(z.int().min(1).max(99), 'Number of the session.', 2);
const personCode = field(code, 'Code of the person.', 'per-mtpe-2');
const partyCode = field(code, 'Code of the party.', 'per-mtpe');
const requestId = field(
  z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+\.[1-9]\d*(\.[1-9]\d*)?$/, named('RequestIdMalformed')),
  'Id of the request.',
  'session-2/choose-date.1',
);
const day = (description: string) => field(plainDate, description, '2021-08-25');
const whole = z.literal(true);

/** Changes whose fields are told otherwise in a scenario, with an example of each, or by times on a clock. */
const OWN = {
  extend: z.strictObject({ request: requestId, due: day('The new date it is due.') }),
  reassign: z.strictObject({ request: requestId, from: partyCode, to: partyCode }),
  waive: z.strictObject({ request: requestId, party: partyCode }),
  annul: z.strictObject({ request: requestId, party: partyCode }),
  'hand-over': z.strictObject({ request: requestId, from: personCode, to: personCode }),
  absence: z.strictObject({
    person: personCode,
    from: day('First day away.'),
    to: day('Last day away.'),
    standIn: z.union([person, personCode]),
  }),
  'end-absence': z.strictObject({ person: personCode, from: day('First day of the absence.') }),
  replace: z.strictObject({ person: personCode, with: z.union([person, personCode]) }),
  'add-person': z.strictObject({
    party: field(code, 'Code of the institution, or `observer`.', 'per-mtpe'),
    person: listedPerson,
    focalPoint: z.boolean().optional(),
  }),
  'remove-person': z.strictObject({ person: personCode }),
  'focal-point': z.strictObject({ person: personCode }),
  'correct-person': z.strictObject({
    person: personCode,
    as: person.partial().extend({ post: person.shape.post.unwrap().nullable().optional() }),
  }),
  reschedule: z.strictObject({
    session: sessionNumber,
    starts: field(time, "The new start, on the Secretariat's clock.", '2021-08-27 10:00').optional(),
    hours: sessionShape.shape.hours,
    link: sessionShape.shape.link,
    place: sessionShape.shape.place,
  }),
  'reschedule-meeting': z.strictObject({
    starts: field(time, "The new start, on the Secretariat's clock.", '2021-06-11 10:00').optional(),
    hours: sessionShape.shape.hours,
    link: sessionShape.shape.link,
    place: sessionShape.shape.place,
  }),
  'add-session': sessionShape,
  'cancel-session': z.strictObject({ session: sessionNumber }),
  'add-guest': z.strictObject({
    session: sessionNumber,
    guest: listedGuest.extend({ invitedBy: partyCode }),
  }),
  'name-guests': z.strictObject({
    session: sessionNumber,
    invitedBy: partyCode,
    guests: z.array(listedGuest).min(1).max(MOST_GUESTS),
  }),
  'withdraw-guest': z.strictObject({ person: personCode }),
  amend: z.strictObject({
    programme: field(line, 'The corrected programme file, beside this one.', 'programa-corregido.yaml'),
  }),
} as const satisfies Partial<Record<ChangeKind, z.ZodType>>;

/** What can be changed in a cooperation under way, one key each: what a change takes, or `true` where that is nothing. */
const fieldsOf = (kind: ChangeKind): z.ZodType => {
  if (Object.hasOwn(OWN, kind)) return OWN[kind as keyof typeof OWN];
  const fields = CHANGE_FIELDS[kind];
  return Object.keys(fields.shape).length > 0 ? fields : whole;
};

const change = z.strictObject({
  at: field(
    moment,
    "When: on the Secretariat's clock, or counted from a session or request.",
    '2021-08-20 10:00',
  ),
  by: field(code, 'Who does it; the Secretariat where it is left out.', 'oas-1').optional(),
  reason,
  ...(Object.fromEntries(
    CHANGE_KINDS.map((kind) => [kind, field(fieldsOf(kind), `The change "${kind}".`).optional()]),
  ) as {
    [K in ChangeKind]: z.ZodOptional<K extends keyof typeof OWN ? (typeof OWN)[K] : z.ZodType<object | true>>;
  }),
});

const question = z.strictObject({
  at: field(
    moment,
    "When it is put, on the Secretariat's clock, or counted from a session or request.",
    '2021-07-20 10:00',
  ),
  by: personCode,
  to: partyCode,
  session: sessionNumber.optional(),
  text: field(text, 'The question.', '¿Cómo se financia la experiencia?').optional(),
});

const communication = z.strictObject({
  at: field(
    moment,
    "When it is written, on the Secretariat's clock, or counted from a session or request.",
    '2021-07-20 10:00',
  ),
  by: field(code, 'Who of the Secretariat writes; the Secretariat where it is left out.', 'oas-1').optional(),
  to: field(
    z.union([z.literal('owing'), z.literal('everybody'), code]),
    'A person or a party by its code, `owing` for those who owe an answer then, or `everybody`.',
    'owing',
  ),
  subject: field(line, 'Its subject.', 'Recordatorio'),
  text: field(text, 'What is written.', 'Les recordamos la fecha de la sesión.'),
});

const enquiry = z.strictObject({
  at: field(
    moment,
    "When it is put, on the Secretariat's clock, or counted from a session or request.",
    '2021-07-20 10:00',
  ),
  by: personCode,
  text: field(text, 'What the Secretariat is asked.', '¿Quién reserva la sala?'),
  answer: z
    .strictObject({
      at: field(moment, 'When the Secretariat answers, told as when it is asked.', '2021-07-21 10:00'),
      by: field(code, 'Who of the Secretariat answers.', 'oas-1').optional(),
      text: field(text, 'The answer.', 'La reserva la Secretaría.'),
      shared: field(z.boolean(), 'Whether all who take part may read it.', true).optional(),
    })
    .optional(),
});

const comment = z.strictObject({
  at: field(
    moment,
    "When it is written, on the Secretariat's clock, or counted from a session or request.",
    '2021-07-20 10:00',
  ),
  by: personCode,
  about: field(line, 'A document or a poll, by its id.', 'session-2/choose-date.1'),
  text: field(text, 'The comment.', 'El jueves es feriado en Lima.'),
});

const certificates = z.strictObject({
  at: field(
    moment,
    "When they are given, on the Secretariat's clock, or counted from a session or request.",
    '2021-10-06 10:00',
  ),
  by: field(
    code,
    'Who of the Secretariat gives them; the Secretariat where it is left out.',
    'oas-1',
  ).optional(),
});

const consent = z.strictObject({
  at: field(
    moment,
    "When it is said, on the Secretariat's clock, or counted from a session or request.",
    '2022-02-10 10:00',
  ),
  by: field(code, 'The focal point of the ministry.', 'chl-mtps-1'),
  publish: field(z.enum(PUBLISH), 'Whether people outside may read the published sheet.', 'yes'),
});

const sharedDocument = z.strictObject({
  at: field(
    moment,
    "When it is sent, on the Secretariat's clock, or counted from a session or request.",
    '2021-07-20 10:00',
  ),
  by: personCode,
  title: field(line, 'Its title.', 'Reglamento').optional(),
  session: field(z.int().min(1).max(99), 'The session that it is a material of.', 2).optional(),
  as: field(
    z.enum(MATERIAL_KINDS),
    'What it is of that session; a presentation where it is left out.',
    'progress',
  ).optional(),
});

const takenBack = z.strictObject({
  at: field(
    moment,
    "When it is taken back, on the Secretariat's clock, or counted from a session or request.",
    '2021-06-15 16:00',
  ),
  by: personCode,
  request: requestId,
});

const to = z
  .string()
  .max(254)
  .refine(
    (input) => code.safeParse(input).success || z.email().safeParse(input).success,
    named('RecipientMalformed'),
  );
const mail = z.strictObject({
  refuses: field(
    z
      .array(
        z.strictObject({
          to: field(to, 'Code of the person, or the address.', 'per-mtpe-3'),
          reply: field(
            z.string().regex(/^5\d\d .+/, named('MailRefusalMalformed')),
            'What the mail server says.',
            '550 5.1.1 no such user',
          ).optional(),
          from: field(time, 'From when on.', '2021-07-01 00:00').optional(),
          until: field(time, 'Until when.', '2021-07-05 00:00').optional(),
        }),
      )
      .max(100),
    'Whom the mail server takes no mail for.',
  ).optional(),
  away: field(
    z
      .array(
        z.strictObject({
          from: field(time, 'From when on.', '2021-07-01 08:00'),
          until: field(time, 'Until when.', '2021-07-01 20:00'),
        }),
      )
      .max(20),
    'When the mail server is away.',
  ).optional(),
});

export const scenarioShape = z
  .strictObject({
    title: field(line, 'What the scenario shows.', 'Chile answers late').optional(),
    from: field(
      time,
      "When it begins, on the Secretariat's clock; the day of the coordination meeting where it is left out.",
      '2021-06-09 09:00',
    ).optional(),
    until: field(time, 'When it ends at the latest.', '2022-06-30 18:00').optional(),
    followUp: field(
      z.boolean(),
      'Whether it goes on after the acceptance of the report, until what came of the cooperation has been told. Left out, it ends with the acceptance.',
      true,
    ).optional(),
    answers: field(
      z.array(answer).max(500),
      'Who answers otherwise than in a working day. The first entry that fits is followed.',
    ).optional(),
    questions: field(z.array(question).max(200), 'Questions that delegates put to a ministry.').optional(),
    communications: field(
      z.array(communication).max(200),
      'What the Secretariat writes of its own accord.',
    ).optional(),
    enquiries: field(z.array(enquiry).max(200), 'What the Secretariat is asked, and its answers.').optional(),
    comments: field(z.array(comment).max(200), 'Comments beside documents, drafts and polls.').optional(),
    documents: field(
      z.array(sharedDocument).max(200),
      'Documents that delegates send without being asked.',
    ).optional(),
    certificates: field(
      z.array(certificates).max(20),
      'When the Secretariat gives certificates to those who attended, once the sessions are over.',
    ).optional(),
    consents: field(
      z.array(consent).max(50),
      'What ministries say of people outside reading the published sheet, beside their approval.',
    ).optional(),
    takeBacks: field(
      z.array(takenBack).max(200),
      'Answers that somebody takes back; who owes one again gives it as all others.',
    ).optional(),
    changes: field(z.array(change).max(200), 'What is changed in the cooperation under way.').optional(),
    mail: field(mail, 'What the mail server does.').optional(),
  })
  .meta({
    title: 'Scenario of a rehearsal',
    description: 'How people behave in a rehearsal, where they do not answer in a working day.',
  });
export type Scenario = z.infer<typeof scenarioShape>;
export type ScenarioAnswer = z.infer<typeof answer>;
export type ScenarioChange = z.infer<typeof change>;
export type ScenarioCommunication = z.infer<typeof communication>;
export type ScenarioEnquiry = z.infer<typeof enquiry>;
export type Moment = z.infer<typeof moment>;

/** The instant (ISO 8601, UTC) of a time that was written on a clock, or in UTC. */
export function instantFrom(written: string, timeZone: string): string {
  const [, date, clock] = WHEN.exec(written) ?? [];
  return date && clock ? instantOf(date, clock, timeZone) : new Date(written).toISOString();
}

/** How long after a mail it is answered: `{ days: 3 }` of work, `{ hours: 2 }`, or `never`. */
export function delayOf(written: string): { days: number } | { hours: number } | 'never' {
  const [, n, unit] = AFTER.exec(written) ?? [];
  if (n === undefined || unit === undefined) return 'never';
  return unit.startsWith('day') ? { days: Number(n) } : { hours: Number(n) };
}
