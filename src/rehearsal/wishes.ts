import { Readable } from 'node:stream';
import type { CaseView } from '../domain/caseView.ts';
import type { Language } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';
import { instantOfMoment, scenarioChange } from './changes.ts';
import type { Deed, Try } from './deeds.ts';
import type { Moment, Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

/** What people do of their own accord, at a moment that may not be known yet. */
export type Wish = { moment: Moment; act(): Promise<void> };

/** What a scenario says of it: questions, documents, changes. */
export function wishesOf(
  { questions = [], documents = [], changes = [] }: Scenario,
  setting: {
    id: string;
    language: Language;
    /** The Secretariat's. */
    timeZone: string;
    cooperations: Pick<Stage['cooperations'], 'ask' | 'putDocument' | 'change'>;
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
    ...documents.map(({ at, by, title = say('documentTitle') }) => ({
      moment: at,
      act: () =>
        attempt({ party: null, person: by }, () => {
          const bytes = Readable.from([Buffer.from(`${say('document')}\n`)]);
          return cooperations.putDocument(id, { by, fileName: `${by}.txt`, title, kind: 'shared', bytes });
        }),
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
