import { Readable } from 'node:stream';
import type { MailRow, PersonRow } from '../src/casefile/database/schema.ts';
import { absenceOn, absencesOf } from '../src/casefile/handOvers.ts';
import {
  addressesWithHeld,
  getsDigest,
  noteGathered,
  officesOf,
  requestsOwedBy,
  withHeld,
} from '../src/casefile/mails/digests.ts';
import { prepareMail } from '../src/casefile/mails/mails.ts';
import { officerFor } from '../src/casefile/people.ts';
import { dateIn, isWorkingDay, timeIn } from '../src/domain/dates/dates.ts';
import { composeMail } from '../src/mail/compose.ts';
import { headingOf, readerOf } from '../src/mail/headings.ts';
import { buildMessage } from '../src/mail/message.ts';
import type { Notice } from '../src/mail/notices/index.ts';
import { messageIdOf } from '../src/mail/thread.ts';
import { requestLabel } from '../src/words/labels.ts';
import { pairingOf } from '../src/words/names/parties.ts';
import type { Outside } from './context.ts';
import { secretariatOfCooperation } from './digestWaits.ts';
import { deliverTo, mailKey } from './email.ts';
import { cooperationOf } from './headings.ts';

/** One mail a morning for the officers who want that, with all that was held for them and all that waits on them. */

/** On the clock of each. */
const MORNING = { from: '07:00', to: '12:00' };
/**
 * Sends each officer's digest of the day, once: on their working days, from the morning on. What is held for whoever wants
 * none any more goes out now. Returns how many went out.
 */
export async function sendDigests(outside: Outside): Promise<number> {
  const { caseFile, now } = outside;
  let sent = 0;
  for (const address of await addressesWithHeld(caseFile)) {
    const [first] = await officesOf(caseFile, address);
    if (!first) continue;
    const day = dateIn(now(), first.timeZone);
    const time = timeIn(now(), first.timeZone);
    const isMorning =
      isWorkingDay(day, await secretariatOfCooperation(caseFile, first.cooperation)) &&
      time >= MORNING.from &&
      time < MORNING.to;
    const wanted = await getsDigest(caseFile, address);
    if (wanted && (!isMorning || (await isAwayEverywhere(caseFile, address, day)))) continue;
    const made = await prepareDigest(outside, address, wanted ? day : now());
    if (!made) continue;
    await deliverTo(outside, {
      ...{ cooperation: made.cooperation, person: made.person, key: made.key },
      concerned: async ({ active }) => active,
      prepare: () => Promise.reject(new Error(`${made.key} is not in the ledger any more`)),
    });
    sent++;
  }
  return sent;
}

/** Whether an officer is away in all cooperations: what is held for them waits until they are back. */
async function isAwayEverywhere(db: Outside['caseFile'], address: string, day: string): Promise<boolean> {
  const offices = await officesOf(db, address);
  const absences = await Promise.all(offices.map(({ cooperation }) => absencesOf(db, cooperation)));
  return offices.every((office, index) => absenceOn(absences[index] ?? [], office, day) !== undefined);
}

/** Composes and keeps a digest, and notes what is in it, all or nothing: a day's has been made where its key is there. */
function prepareDigest(outside: Outside, address: string, occasion: string): Promise<MailRow | undefined> {
  const { caseFile, documents, sender, now } = outside;
  return withHeld(caseFile, address, async (held, tx) => {
    const [home] = held;
    if (!home || (await hasDigest(tx, address, occasion))) return undefined;
    const offices = (await officesOf(caseFile, address)).toSorted(
      (a, b) => Number(b.cooperation === home.cooperation) - Number(a.cooperation === home.cooperation),
    );
    const person = offices.find(({ cooperation }) => cooperation === home.cooperation);
    if (!person) return undefined;
    const cooperation = await cooperationOf(caseFile, home.cooperation);
    const reader = readerOf(cooperation, person);
    const at = now();
    const notice = { notice: 'digest' as const, cooperations: await partsOf(outside, offices, held) };
    const officer = await officerFor(tx, person, at);
    const mail = composeMail(notice, reader, { ...headingOf(cooperation), officer }, at);
    const key = digestKey(home.cooperation, occasion, person.id);
    const messageId = messageIdOf(key, sender.domain);
    const raw = await buildMessage({
      mail,
      ...{ from: { email: sender.address }, replyTo: officer ?? { email: sender.replyTo } },
      to: { name: reader.name, email: reader.email },
      ...{ messageId, references: [], date: new Date(at), attachments: [] },
    });
    const { sha256 } = await documents.put(Readable.from([raw]));
    const row = await prepareMail(tx, {
      ...{ key, cooperation: home.cooperation, notice: 'digest', request: null, person: person.id },
      ...{ address: reader.email, subject: mail.subject, messageId, sha256, preparedAt: at, digest: null },
      ...{ session: null, sequence: null, method: null },
    });
    await noteGathered(
      tx,
      held.map((one) => one.key),
      key,
    );
    return row;
  });
}

const digestKey = (cooperation: string, occasion: string, person: string): string =>
  mailKey(cooperation, `digest-${occasion}`, person);

/** Whether there is one for this occasion, in whichever cooperation it is kept. */
async function hasDigest(db: Outside['caseFile'], address: string, occasion: string): Promise<boolean> {
  const keys = (await officesOf(db, address)).map((one) => digestKey(one.cooperation, occasion, one.id));
  const found = await db.selectFrom('mail').select('key').where('key', 'in', keys).executeTakeFirst();
  return found !== undefined;
}

type Part = Extract<Notice, { notice: 'digest' }>['cooperations'][number];

/** Of each cooperation what is asked of an officer, and what else was held: a mail about what is asked is that line. */
async function partsOf(
  { caseFile, site, now }: Outside,
  offices: readonly PersonRow[],
  held: readonly MailRow[],
): Promise<Part[]> {
  const parts: Part[] = [];
  for (const person of offices) {
    const { id, programme } = await cooperationOf(caseFile, person.cooperation);
    const path = `${site?.url ?? ''}/c/${id}`;
    const owed = await requestsOwedBy(caseFile, person, ({ timeZone }) => dateIn(now(), timeZone));
    const others = held.filter(
      (one) =>
        one.cooperation === id &&
        (one.beside.length > 0 || !owed.some((request) => request.id === one.request)),
    );
    if (owed.length === 0 && others.length === 0) continue;
    parts.push({
      pairing: pairingOf(headingOf({ id, programme }), person.language),
      subject: programme.subject,
      asked: owed.map((request) => ({
        label: requestLabel(request, person.language),
        dueAt: request.dueAt,
        url: `${path}/requests/${request.id}`,
      })),
      others: others.map(({ subject, request, notice }) => ({
        subject,
        url: request ? `${path}/requests/${request}` : notice === 'enquiry' ? `${path}/communications` : path,
      })),
    });
  }
  return parts;
}
