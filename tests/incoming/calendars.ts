/** Answers to invitations as people's calendars send them. `of`: the invitation, and who answers. */

export type Answered = {
  uid: string;
  sequence: number;
  partstat?: string;
  from?: string;
  attendee?: string;
  stamp?: string;
  comment?: string;
};

const event = (
  {
    uid,
    sequence,
    partstat = 'DECLINED',
    attendee = 'jlarrea@mtpe.example',
    stamp = '20210701T163000Z',
    comment,
  }: Answered,
  {
    method = 'REPLY',
    zone = [] as string[],
    times = [] as string[],
    params = '',
    more = [] as string[],
  } = {},
): string[] => [
  'BEGIN:VCALENDAR',
  ...(method ? [`METHOD:${method}`] : []),
  'PRODID:-//Example//Calendar//EN',
  'VERSION:2.0',
  ...zone,
  'BEGIN:VEVENT',
  `ATTENDEE;CN="Larrea, Jorge";PARTSTAT=${partstat}${params}:mailto:${attendee}`,
  `UID:${uid}`,
  `SEQUENCE:${sequence}`,
  `DTSTAMP:${stamp}`,
  ...times,
  ...(comment === undefined ? [] : [`COMMENT:${comment}`]),
  ...more,
  'END:VEVENT',
  'END:VCALENDAR',
];

let counted = 0;
const mail = (
  of: Answered,
  { type, body, head = [] as string[] }: { type: string; body: readonly string[]; head?: readonly string[] },
): string =>
  [
    `From: "Larrea, Jorge" <${of.from ?? 'jlarrea@mtpe.example'}>`,
    'Subject: Declined: Sesion 1',
    'Date: Thu, 1 Jul 2021 11:30:00 -0500',
    `Message-ID: <calendar-${++counted}@mtpe.example>`,
    'MIME-Version: 1.0',
    ...head,
    `Content-Type: ${type}`,
    '',
    ...body,
    '',
  ].join('\r\n');
const multipart = (kind: string, bodies: readonly (readonly string[])[]) => ({
  type: `multipart/${kind}; boundary="=_c"`,
  body: [...bodies.flatMap((lines) => ['--=_c', ...lines]), '--=_c--'],
});
const base64 = (lines: readonly string[]): string[] =>
  Buffer.from(lines.join('\r\n'))
    .toString('base64')
    .match(/.{1,76}/g) ?? [];

const WINDOWS_ZONE = [
  ...['BEGIN:VTIMEZONE', 'TZID:SA Pacific Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
  ...['TZOFFSETFROM:-0500', 'TZOFFSETTO:-0500', 'END:STANDARD', 'END:VTIMEZONE'],
];
const windowsTimes = (day: string) => [
  `DTSTART;TZID=SA Pacific Standard Time:${day}T100000`,
  `DTEND;TZID=SA Pacific Standard Time:${day}T123000`,
];

export const outlook = (of: Answered): string =>
  mail(of, {
    ...multipart('alternative', [
      ['Content-Type: text/plain; charset="iso-8859-1"', '', ''],
      [
        'Content-Type: text/calendar; charset="utf-8"; method=REPLY',
        'Content-Transfer-Encoding: base64',
        '',
        ...base64(
          event(of, {
            zone: WINDOWS_ZONE,
            times: windowsTimes('20210714'),
            more: ['X-MICROSOFT-CDO-BUSYSTATUS:FREE', 'X-MICROSOFT-CDO-APPT-SEQUENCE:0'],
          }),
        ),
      ],
    ]),
    head: ['Thread-Topic: Sesion 1', 'X-MS-Has-Attach:', 'X-MS-TNEF-Correlator:'],
  });

/** The whole mail is the calendar object. */
export const exchange = (of: Answered): string =>
  mail(of, { type: 'text/calendar; method=REPLY; charset=UTF-8', body: event(of) });

/** It says itself that it is automatic, and what it says in words, its program wrote. */
export const google = (of: Answered): string =>
  mail(of, {
    ...multipart('mixed', [
      [
        'Content-Type: multipart/alternative; boundary="=_d"',
        '',
        '--=_d',
        'Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes',
        '',
        'Jorge Larrea ha rechazado esta invitación.',
        '--=_d',
        'Content-Type: text/calendar; charset="UTF-8"; method=REPLY',
        'Content-Transfer-Encoding: 7bit',
        '',
        ...event(of, { params: of.comment ? `;X-RESPONSE-COMMENT="${of.comment}"` : '' }),
        '--=_d--',
      ],
      [
        'Content-Type: application/ics; name="invite.ics"',
        'Content-Disposition: attachment; filename="invite.ics"',
        'Content-Transfer-Encoding: base64',
        '',
        ...base64(event(of)),
      ],
    ]),
    head: ['Auto-Submitted: auto-generated', 'Sender: Example Calendar <calendar@calendar.example>'],
  });

/** With a folded line, and line ends of one character alone. */
export const apple = (of: Answered): string =>
  mail(of, {
    ...multipart('alternative', [
      ['Content-Type: text/plain; charset=us-ascii', 'Content-Transfer-Encoding: 7bit', '', ''],
      [
        'Content-Type: text/calendar; charset=utf-8; method=REPLY; name=iCal.ics',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        ...event(of, { params: ';CUTYPE=3DINDIVIDUAL;ROLE=3DREQ-PARTICIPANT' })
          .map((line) => line.replace('PARTSTAT=', 'PARTSTAT=3D').replace('CN=', 'CN=3D'))
          .flatMap((line) => (line.length > 70 ? [line.slice(0, 60), ` ${line.slice(60)}`] : [line])),
      ],
    ]),
    head: ['X-Mailer: Apple Mail'],
  });

/** As a file alone, of which not even the mail says what it is. */
export const attached = (of: Answered): string =>
  mail(
    of,
    multipart('mixed', [
      ['Content-Type: text/plain; charset=utf-8', '', ''],
      [
        'Content-Type: application/octet-stream; name="respuesta.ics"',
        'Content-Disposition: attachment; filename="respuesta.ics"',
        'Content-Transfer-Encoding: base64',
        '',
        ...base64(event(of)),
      ],
    ]),
  );

/** Its method stands with the part alone. */
export const methodOutside = (of: Answered): string =>
  mail(of, { type: 'text/calendar; method=REPLY; charset=UTF-8', body: event(of, { method: '' }) });

export const counter = (of: Answered): string =>
  mail(of, {
    ...multipart('alternative', [
      ['Content-Type: text/plain; charset=utf-8', '', 'Ese día tenemos feriado.'],
      [
        'Content-Type: text/calendar; charset="utf-8"; method=COUNTER',
        '',
        ...event(
          { ...of, partstat: 'TENTATIVE' },
          { method: 'COUNTER', zone: WINDOWS_ZONE, times: windowsTimes('20210716') },
        ),
      ],
    ]),
  });
