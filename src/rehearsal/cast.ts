import { Readable } from 'node:stream';
import PostalMime from 'postal-mime';
import type { GivenAnswer, GivenDecision } from '../client/index.ts';
import { readAll } from '../documents/store.ts';
import type { Mark } from '../domain/answer.ts';
import type { CaseView, RequestView } from '../domain/caseView.ts';
import { addWorkingDays, dateIn, instantOf } from '../domain/dates/dates.ts';
import { HOUR_MS } from '../domain/dates/durations.ts';
import { dateAhead } from '../domain/dates/slots.ts';
import { isNameOf, partsOfPerson, partsOfRequest } from '../domain/ids.ts';
import { ruleOf } from '../domain/kinds/index.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import type { Plan } from '../domain/programme/plan.ts';
import { type Means, meetingIn, usualAnswer, type WordFile } from '../play/answers.ts';
import { speaker } from '../words/speaker.ts';
import { delayOf, instantFrom, type Scenario, type ScenarioAnswer } from './scenario.ts';
import type { Stage } from './stage.ts';

/**
 * The people of a rehearsal: who answers what, and when. Everybody answers on the next working day of their country, at
 * ten on the clock of their capital, and only once the mail is there; a scenario says who does otherwise.
 */

/** When people answer, on the clock of their capital. */
const AT_TEN = '10:00';

type Person = CaseView['people'][number];
export type Party = Plan['parties'][number];

/** What a scenario says of one party's answer to one request. */
export type Role = ScenarioAnswer;

/** The first entry of the scenario that fits; none where the party answers as everybody does. */
export function castRoleOf(scenario: Scenario, { id, round }: RequestView, party: string): Role | undefined {
  return scenario.answers?.find((entry) => {
    if (entry.party !== undefined && entry.party !== party) return false;
    if (
      entry.party === undefined &&
      entry.by !== undefined &&
      actorsOf(entry).every((by) => partsOfPerson(by).party !== party)
    )
      return false;
    const once = entry.changes !== undefined || entry['not-held'];
    const rounds =
      entry.rounds ?? (once && partsOfRequest(entry.request ?? '')?.round === undefined ? 1 : undefined);
    if (rounds !== undefined && round > rounds) return false;
    if (says(entry) && !isNamed(entry.request, id)) return false;
    return entry.request === undefined || isNameOf(entry.request, id);
  });
}

/** Whether it is about what is answered, and not only about who does and when. */
const says = ({ changes, date, marks, ...entry }: Role): boolean =>
  [changes, date, marks, entry['not-held']].some((one) => one !== undefined);

/** What is asked anew, since its answer was annulled, is answered anew, unless it is what the entry names. */
const isNamed = (written: string | undefined, id: string): boolean =>
  partsOfRequest(id)?.anew === partsOfRequest(written ?? '')?.anew;

export const actorsOf = ({ by }: Pick<Role, 'by'>): string[] => (by === undefined ? [] : [by].flat());

/**
 * When a party answers a mail that arrived at an instant (ISO 8601, UTC), or `undefined` where it never does.
 */
export function answerInstant(role: Role | undefined, arrivedAt: string, party: Party): string | undefined {
  const { timeZone } = party;
  if (role?.at !== undefined) return later(instantFrom(role.at, timeZone), arrivedAt);
  const wait = delayOf(role?.after ?? '1 day');
  if (wait === 'never') return undefined;
  if ('hours' in wait) return new Date(Date.parse(arrivedAt) + wait.hours * HOUR_MS).toISOString();
  const day = addWorkingDays(dateIn(arrivedAt, timeZone), wait.days, party);
  // On the same day, an hour after the mail at the earliest.
  const soonest = new Date(Date.parse(arrivedAt) + HOUR_MS).toISOString();
  const ten = instantOf(day, AT_TEN, timeZone);
  return wait.days === 0 ? later(ten, soonest) : ten;
}

const later = (a: string, b: string): string => (a < b ? b : a);

/** Those of a party who have the mail that asks for this, and since when, in the programme's order. */
export function reached(
  view: CaseView,
  request: RequestView,
  party: string,
): { person: Person; at: string }[] {
  // One mail asks about all sessions that had passed when the cooperation was entered.
  const asking =
    request.windowRanOut === 'entered'
      ? view.requests.filter(({ windowRanOut }) => windowRanOut === 'entered')
      : [request];
  return view.people
    .filter(
      (person) => person.party === party && person.active && person.role !== 'guest' && person.email !== null,
    )
    .flatMap((person) => {
      // Whoever joins is told of what is open in the mail that welcomes them.
      const mail = view.mails.find(
        (one) =>
          (asking.some(({ id }) => id === one.request) ||
            (one.notice === 'joined' && Date.parse(one.preparedAt) > Date.parse(request.openedAt))) &&
          one.person === person.id &&
          one.state === 'sent',
      );
      return mail?.sentAt ? [{ person, at: mail.sentAt }] : [];
    });
}

/** What a person answers. */
export async function answerOf(
  stage: Stage,
  view: CaseView,
  request: RequestView,
  by: string,
  role: Role | undefined,
): Promise<GivenDecision> {
  if (role?.changes !== undefined && takes(request, 'changes'))
    return { decision: 'changes', reason: role.changes };
  const notHeld = role?.['not-held'];
  if (notHeld && takes(request, 'not-held'))
    return { decision: 'not-held', ...(typeof notHeld === 'string' && { reason: notHeld }) };
  if (role?.['nothing-to-add'] && takes(request, 'nothing-to-add')) return { decision: 'nothing-to-add' };
  if (takes(request, 'marks')) return { decision: 'marks', marks: marksOf(request, role?.marks) };
  if (takes(request, 'date') && (role?.date !== undefined || !takes(request, 'done')))
    return datesAreGone(request, stage.now())
      ? { decision: 'changes', reason: speaker('play.lines', view.language)('datesGone') }
      : { decision: 'date', date: dateOf(view, request, role?.date, stage.now()) };
  const usual = await usualAnswer(view, request, by, meansOf(stage, view, request, by));
  const isAsked = ruleOf(request.kind, 'approve')?.takes?.includes('publish');
  return usual.decision === 'approve' && isAsked && role?.publish
    ? { ...usual, publish: role.publish }
    : usual;
}

const takes = ({ decisions }: RequestView, decision: GivenAnswer['decision']): boolean =>
  decisions.includes(decision);

/** Every date suits, unless the scenario says otherwise: of all, of a day, or of a slot. */
function marksOf({ slots }: RequestView, marks: Role['marks'] = 'yes'): Record<string, Mark> {
  return Object.fromEntries(
    slots.map(({ id }) => [
      id,
      typeof marks === 'string' ? marks : (marks[id] ?? marks[id.slice(0, 10)] ?? marks.others ?? 'yes'),
    ]),
  );
}

/** Whether the dates there were to choose from have passed since it was asked: others are wanted then. */
const datesAreGone = (request: RequestView, now: string): boolean => {
  const there = request.slots.filter(({ startsAt }) => startsAt > request.openedAt);
  return takes(request, 'changes') && there.length > 0 && there.every(({ startsAt }) => startsAt <= now);
};

/** What a scenario means by a day alone, where there are no slots to choose from. */
const USUAL_HOUR = '10:00';
const isDay = (written: string): boolean => /^\d{4}-\d\d-\d\d$/.test(written);

/**
 * The slot that suits most: first those that nobody says no to, then by how many say yes. Where there is none, a date
 * ahead.
 */
function dateOf(view: CaseView, request: RequestView, wanted: string | undefined, now: string): string {
  const { slots } = request;
  if (wanted !== undefined) {
    const slot = slots.find(({ id }) => id === wanted || id.slice(0, 10) === wanted);
    const zone = secretariatZone(view);
    return slot?.id ?? (isDay(wanted) ? instantOf(wanted, USUAL_HOUR, zone) : instantFrom(wanted, zone));
  }
  const count = (slot: string, mark: string) =>
    slots.find(({ id }) => id === slot)?.marks.filter((one) => one.mark === mark).length ?? 0;
  const ahead = slots.filter(({ startsAt }) => startsAt > now);
  const [best] = (ahead.length > 0 ? ahead : [...slots]).sort(
    (a, b) => count(a.id, 'no') - count(b.id, 'no') || count(b.id, 'yes') - count(a.id, 'yes'),
  );
  return best?.id ?? dateAhead(now, meetingIn(view, request));
}

export const secretariatZone = ({ programme }: Pick<CaseView, 'programme'>): string =>
  secretariatAmong(programme.institutions).timezone;

/** The Word file of a person's mail, and the documents of the case: what people have at hand. */
function meansOf(
  { documents, cooperations }: Stage,
  view: CaseView,
  request: RequestView,
  by: string,
): Means {
  return {
    async attached() {
      const mail = view.mails.find(
        (one) => one.request === request.id && one.person === by && one.state === 'sent',
      );
      if (!mail) return undefined;
      const { attachments } = await PostalMime.parse(await readAll(documents, mail.sha256));
      const file = attachments.find(({ filename }) => filename?.endsWith('.docx'));
      if (!file?.filename || typeof file.content === 'string') return undefined;
      return { fileName: file.filename, content: new Uint8Array(file.content as ArrayBuffer) };
    },
    async before(kind): Promise<WordFile | undefined> {
      const last = view.documents.filter((document) => document.kind === kind).at(-1);
      if (!last) return undefined;
      // The case names it by document and version too.
      const fileName = last.file.replace(/^documents\/.*?-v\d+-/, '');
      return { fileName, content: await readAll(documents, last.sha256) };
    },
    put: (kind, { fileName, content }, title) =>
      cooperations.putDocument(view.id, { by, fileName, kind, title, bytes: Readable.from([content]) }),
  };
}
