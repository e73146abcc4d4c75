import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import { createActivities } from '../../activities/create.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import { fileCooperation } from '../../src/casefile/filing.ts';
import type { DocumentStore } from '../../src/documents/store.ts';
import { instantOf } from '../../src/domain/dates/dates.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { MailRefused, MailUnavailable, type Transport } from '../../src/mail/transport.ts';
import { example } from '../support/programme.ts';

/** What the activities work with: a real case file, documents in memory, a mail server with moods, and a clock. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/** A mail that the server took. */
/** What a person's calendar program reads of it, or of a file in it that is opened, comes in their order. */
export type Posted = { messageId: string; calendars: CalendarObject[] };
export type CalendarObject = {
  uid: string;
  sequence: number;
  method: string;
  startsAt: string;
  endsAt: string;
};

/** The day after the coordination meeting: 12:00 in Lima and Washington, 13:00 in Santiago. */
const BEGINS = Date.parse('2021-06-10T16:00:00.000Z');

/** Files a cooperation under a code of its own. */
export async function openWorld(caseFile: CaseFile, id: string) {
  const programme = { ...small(), id };
  const plan = planOf(programme);
  await fileCooperation(caseFile, programme, plan, new Date(BEGINS).toISOString());

  let time = BEGINS;
  /** Each time it is read it is a little later, so that what comes after something else says so. */
  const now = (): string => new Date(++time).toISOString();
  const posted: Posted[] = [];
  const overtaken = new Set<string>();
  const moods = {
    /** Whether the server takes a mail, one after another, and from the start again. */
    takes: [true],
    /** Addresses that it knows nothing of. */
    unknown: new Set<string>(),
    sent: 0,
    /** What happens while the next mail is on its way. */
    meanwhile: [] as (() => Promise<void>)[],
  };
  const mail: Transport = {
    async send({ to, raw }) {
      const events = moods.meanwhile.splice(0);
      if (events.length > 0) overtaken.add(messageIdOf(raw));
      for (const event of events) await event();
      if (moods.takes[moods.sent++ % moods.takes.length] === false)
        throw new MailUnavailable('ECONNECTION', 'nobody listens');
      if (moods.unknown.has(to)) throw new MailRefused(550, 'no such user');
      posted.push(await read(raw));
      return { response: '250 taken' };
    },
    close: () => {},
  };
  const outside = {
    caseFile,
    documents: memoryStore(),
    mail,
    sender: { address: 'rial@oea.example', replyTo: 'secretaria@oea.example', domain: 'rial.example' },
    now,
  };
  return {
    id,
    plan,
    caseFile,
    activities: createActivities(outside),
    now,
    /** The clock as it stands, without moving it. */
    time: () => time,
    setTime: (to: number) => {
      time = Math.max(time, to);
    },
    moods,
    posted,
    /** Message-IDs of the mails that were on their way when something happened. */
    overtaken,
  };
}

/** The example with two people of each institution, the second of each ministry being its focal point. */
function small(): Programme {
  const programme = structuredClone(example());
  const kept = new Map<string, number>();
  programme.participants = programme.participants
    .filter(({ institution }) => {
      kept.set(institution, (kept.get(institution) ?? 0) + 1);
      return (kept.get(institution) ?? 0) <= 2;
    })
    .map((person, index) => ({ ...person, focalPoint: index % 2 === 1 }));
  return programme;
}

function memoryStore(): DocumentStore {
  const entries = new Map<string, Buffer>();
  const got = (sha256: string) => {
    const bytes = entries.get(sha256);
    if (!bytes) throw new Error(`the store does not hold ${sha256}`);
    return bytes;
  };
  return {
    async readable() {},
    async writable() {},
    async put(bytes) {
      const parts: Uint8Array[] = [];
      for await (const part of bytes) parts.push(part);
      const whole = Buffer.concat(parts);
      const sha256 = createHash('sha256').update(whole).digest('hex');
      entries.set(sha256, whole);
      return { sha256, size: whole.length };
    },
    get: async (sha256) => Readable.from([got(sha256)]),
    delete: async (sha256) => entries.delete(sha256) || true,
    size: async (sha256) => entries.get(sha256)?.length,
    async *list() {
      yield* entries.keys();
    },
  };
}

const messageIdOf = (raw: Buffer): string =>
  /^Message-ID: (<.*>)\r$/im.exec(raw.toString('latin1'))?.[1] ?? '';

async function read(raw: Buffer): Promise<Posted> {
  const messageId = messageIdOf(raw);
  if (!raw.includes('text/calendar')) return { messageId, calendars: [] };
  const { attachments } = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' });
  const files = attachments.filter(({ mimeType }) => mimeType.endsWith('ics'));
  return { messageId, calendars: files.map(({ content }) => calendarIn(content as string)) };
}

function calendarIn(ics: string): CalendarObject {
  const event = ics.slice(ics.indexOf('BEGIN:VEVENT')).replaceAll(/\r?\n /g, '');
  const property = (name: string, from = event) => new RegExp(`^${name}[;:](.*)`, 'm').exec(from)?.[1] ?? '';
  const instant = (name: string): string => {
    const [, zone = '', date = '', time = ''] =
      /TZID=([^:]+):(\d{8})T(\d{4})/.exec(property(name).replaceAll('"', '')) ?? [];
    return instantOf(date.replace(/(..)(..)$/, '-$1-$2'), time.replace(/(..)$/, ':$1'), zone);
  };
  return {
    uid: property('UID'),
    sequence: Number(property('SEQUENCE')),
    method: property('METHOD', ics),
    startsAt: instant('DTSTART'),
    endsAt: instant('DTEND'),
  };
}
