import { Readable } from 'node:stream';
import type { CaseView } from '../domain/caseView.ts';
import type { Addressees, GivenCommunication } from '../domain/communication.ts';
import type { Language } from '../domain/language.ts';
import { CONSULTANT } from '../domain/methodology.ts';
import { speaker } from '../words/speaker.ts';
import { instantOfMoment, scenarioChange } from './changes.ts';
import type { Deed, Try } from './deeds.ts';
import type { Moment, Scenario, ScenarioCommunication, ScenarioEnquiry } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What people do of their own accord, at a moment that may not be known yet. */
export type Wish = { moment: Moment; act(): Promise<void> };

type Acting = Pick<
  Stage['cooperations'],
  | 'ask'
  | 'putDocument'
  | 'takeBack'
  | 'change'
  | 'cooperation'
  | 'write'
  | 'enquire'
  | 'answerEnquiry'
  | 'comment'
  | 'giveCertificates'
  | 'consent'
  | 'publishedSheet'
>;

/** What a scenario says of it: questions, documents, answers that are taken back, changes. */
export function wishesOf(
  {
    questions = [],
    communications = [],
    enquiries = [],
    comments = [],
    documents = [],
    certificates = [],
    consents = [],
    takeBacks = [],
    changes = [],
  }: Scenario,
  setting: {
    id: string;
    language: Language;
    /** The Secretariat's. */
    timeZone: string;
    cooperations: Acting;
    attempt: Try;
    /** The text of a file that the scenario names. */
    read: (file: string) => string;
  },
): Wish[] {
  const { id, timeZone, cooperations, attempt, read } = setting;
  const say = speaker('play.lines', setting.language);
  return [
    ...questions.map(({ at, by, to, session, text = say('question') }) => ({
      moment: at,
      act: () =>
        attempt({ party: null, person: by }, () =>
          cooperations.ask(id, { by, to, text, ...(session !== undefined && { session }) }),
        ),
    })),
    ...communications.map((one) => ({
      moment: one.at,
      act: () =>
        attempt({ party: null, person: one.by ?? null }, async () => {
          const { plan } = await cooperations.cooperation(id);
          return cooperations.write(id, writtenAs(one, plan.parties));
        }),
    })),
    ...enquiries.flatMap((one) => enquiryWishes(one, setting)),
    ...comments.map(({ at, ...given }) => ({
      moment: at,
      act: () => attempt({ party: null, person: given.by }, () => cooperations.comment(id, given)),
    })),
    ...documents.map(({ at, by, title = say('documentTitle'), session, as = 'presentation' }) => ({
      moment: at,
      act: () =>
        attempt({ party: null, person: by }, () => {
          const bytes = Readable.from([Buffer.from(`${say('document')}\n`)]);
          const kind = session === undefined ? 'shared' : as;
          return cooperations.putDocument(id, { by, fileName: `${by}.txt`, title, kind, session, bytes });
        }),
    })),
    ...certificates.map(({ at, by }) => ({
      moment: at,
      act: () =>
        attempt({ party: null, person: by ?? null }, () => cooperations.giveCertificates(id, { by })),
    })),
    ...consents.map(({ at, ...given }) => ({
      moment: at,
      act: () =>
        attempt({ party: null, person: given.by }, async () => {
          const { version } = (await cooperations.publishedSheet(id)) ?? { version: 1 };
          return cooperations.consent(id, { ...given, version });
        }),
    })),
    ...takeBacks.map(({ at, by, request }) => ({
      moment: at,
      act: () => attempt({ party: null, person: by }, () => cooperations.takeBack(id, { by, request })),
    })),
    ...changes.map((entry) => ({
      moment: entry.at,
      act: () => {
        const given = scenarioChange(entry, timeZone, read);
        const who = { party: null, person: entry.by ?? null, change: given.what.change };
        return attempt(who, () => cooperations.change(id, given));
      },
    })),
  ];
}

/** The deeds that the wishes come to once their moment is known; each is done once, before all answers of its instant. */
export function deedsOf(wishes: readonly Wish[]): (view: CaseView) => Deed[] {
  const open = new Set(wishes);
  return (view) =>
    [...open].flatMap((wish) => {
      const at = instantOfMoment(wish.moment, view);
      if (at === undefined) return [];
      const act = async () => {
        open.delete(wish);
        await wish.act();
      };
      return [{ at, order: -1, act }];
    });
}

/** What the Secretariat writes, as it is given. */
function writtenAs(
  { by, to, subject, text }: ScenarioCommunication,
  parties: readonly { code: string }[],
): GivenCommunication {
  const isParty = to === CONSULTANT || parties.some(({ code }) => code === to);
  const addressed: Addressees =
    to === 'owing' || to === 'everybody'
      ? { to }
      : isParty
        ? { to: 'party', party: to }
        : { to: 'person', person: to };
  return { addressed, subject, text, ...(by !== undefined && { by }) };
}

/** What the Secretariat is asked, and when it answers. */
function enquiryWishes(
  { at, by, text, answer }: ScenarioEnquiry,
  { id, cooperations, attempt }: { id: string; cooperations: Acting; attempt: Try },
): Wish[] {
  let number: number | undefined;
  const asked: Wish = {
    moment: at,
    act: () =>
      attempt({ party: null, person: by }, async () => {
        ({ number } = await cooperations.enquire(id, { by, text }));
      }),
  };
  if (!answer) return [asked];
  const { at: moment, shared = false, ...given } = answer;
  const answered: Wish = {
    moment,
    act: () =>
      attempt({ party: null, person: answer.by ?? null }, () =>
        cooperations.answerEnquiry(id, { enquiry: number ?? 0, ...(given as { text: string }), shared }),
      ),
  };
  return [asked, answered];
}
