import { Readable } from 'node:stream';
import { workflowId } from '../../workflows/messages.ts';
import type { CaseView, RequestView } from '../casefile/caseView.ts';
import { peopleOf } from '../casefile/filing.ts';
import { planOf } from '../domain/planOf.ts';
import type { Programme } from '../domain/programme.ts';
import { checkProgrammeFile } from '../domain/programmeFile.ts';
import { type Refusal, Refused } from '../domain/refusal.ts';
import { speaker } from '../words/speaker.ts';
import { beginningOf } from './beginning.ts';
import { answerInstant, answerOf, type Party, persons, reached, roleOf, secretariatZone } from './cast.ts';
import { changeIn, instantOfMoment } from './changes.ts';
import type { PostRules } from './post.ts';
import { instantFrom, type Moment, type Scenario } from './scenario.ts';
import { openStage, type Stage } from './stage.ts';

/**
 * A whole cooperation on virtual time, in seconds: the real workflows and activities, with people who answer as the
 * scenario says.
 */

export type RehearsalOptions = {
  /** The programme file's text. */
  programme: string;
  scenario?: Scenario | undefined;
  /** `postgres://…` of an empty database; without it there is one for as long as the rehearsal lasts. */
  database?: string | undefined;
  /** The text of a file that the scenario names. */
  read?: (file: string) => string;
  /** Hears where the rehearsal is: its instant (ISO 8601, UTC), and the share of the months that has passed. */
  onTime?: (at: string, share: number) => void;
  /** Hears what takes long before it begins, a line at a time. */
  onProgress?: (line: string) => void;
  /** Is given the stage at the end, before it is closed: for what is to be taken from it. */
  atEnd?: ((stage: Stage, rehearsed: Rehearsed) => Promise<void>) | undefined;
  signal?: AbortSignal | undefined;
};

/** What somebody tried and the cooperation refused. */
export type Attempt = {
  at: string;
  refusal: Refusal;
  party: string | null;
  person: string | null;
  request?: string;
  /** The change that was asked for. */
  change?: string;
};

export type Rehearsed = {
  view: CaseView;
  /** When it began and ended (ISO 8601, UTC). */
  from: string;
  to: string;
  /** `closed` with the accepted report or before its time; `waiting` on answers that never come; `until` the scenario's end. */
  end: 'closed' | 'waiting' | 'until';
  refusals: Attempt[];
};

/** Far less than a working day, so that what is opened meanwhile is seen before it is answered. */
const STEP_MS = 8 * 60 * 60 * 1000;
const SHORT_STEP_MS = 30 * 60 * 1000;
/** People act a little after the minute, when what happens by itself at the minute has happened. */
const AFTER_THE_MINUTE_MS = 10_000;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Something that somebody does. */
type Deed = { at: string; order: number; act(view: CaseView): Promise<void> };

/** @throws TestServerNotFoundError, RehearsalStuck, or the signal's reason */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsed> {
  const { scenario = {}, database, onTime = () => {}, onProgress, signal } = options;
  const checked = checkProgrammeFile(options.programme);
  if ('mistakes' in checked) throw new Refused({ code: 'ProgrammeMistaken', mistakes: checked.mistakes });
  const { programme } = checked;
  const from =
    scenario.from === undefined
      ? beginningOf(programme)
      : instantFrom(scenario.from, secretariatZone({ programme }));
  const post = postRules(scenario, programme);
  const stage = await openStage({ start: from, post, database, onProgress, signal });
  try {
    const rehearsed = await run(stage);
    await options.atEnd?.(stage, rehearsed);
    return rehearsed;
  } finally {
    await stage.close();
  }

  async function run(stage: Stage): Promise<Rehearsed> {
    const { id, sessions } = programme;
    const plan = planOf(programme);
    const zone = secretariatZone({ programme });
    const workflows = ['', 'coordination', 'documents', 'systematization', 'final-report']
      .concat(Array.from({ length: sessions.length + 6 }, (_, n) => `session-${n + 1}`))
      .map((scope) => workflowId(id, scope || undefined));
    const refusals: Attempt[] = [];
    const deeds: Deed[] = [];
    let order = 0;
    const until = scenario.until === undefined ? undefined : instantFrom(scenario.until, zone);
    const guess = expectedEnd(programme, from);
    const impatient = scenario.answers?.some(
      ({ after }) => after?.includes('hour') || after?.startsWith('0 '),
    );
    const step = impatient ? SHORT_STEP_MS : STEP_MS;

    await stage.cooperations.start(options.programme);

    /** What is planned already: a request and the party that answers it. */
    const planned = new Set<string>();
    /** Who never answers what. */
    const never = new Set<string>();
    let resumedAt = '';
    let paused = false;

    function plan_(view: CaseView): void {
      const nowPaused = view.pausedAt !== null;
      if (paused && !nowPaused) resumedAt = stage.now();
      paused = nowPaused;
      if (paused) return;
      for (const request of view.requests.filter(({ closedAt }) => closedAt === null))
        for (const party of request.owing) planAnswer(view, request, party);
    }

    function planAnswer(view: CaseView, request: RequestView, code: string): void {
      const key = `${request.id} ${code}`;
      if (planned.has(key) || never.has(key)) return;
      const role = roleOf(scenario, request, code);
      const who = choose(view, request, code, persons(role ?? {}));
      const [first] = who;
      if (!first) return;
      const at = answerInstant(role, first.at > resumedAt ? first.at : resumedAt, partyOf(code));
      if (at === undefined) {
        never.add(key);
        return;
      }
      planned.add(key);
      deeds.push({
        at,
        order: order++,
        async act(view) {
          planned.delete(key);
          const standing = view.requests.find((one) => one.id === request.id);
          if (!standing || standing.closedAt !== null || !standing.owing.includes(code)) return;
          // Asked again once somebody has the mail, or the cooperation goes on.
          const now = choose(view, standing, code, persons(role ?? {}));
          if (view.pausedAt !== null || now.length === 0) return;
          planned.add(key);
          await Promise.all(
            now.map(async ({ person }) => {
              const about = { party: code, person: person.id, request: standing.id };
              await tried(about, async () => {
                const given = await answerOf(stage, view, standing, person.id, role);
                await stage.cooperations.answer(id, {
                  ...given,
                  request: standing.id,
                  by: person.id,
                  subject: standing.subject.hash,
                });
              });
            }),
          );
        },
      });
    }

    const partyOf = (code: string): Party =>
      plan.parties.find((party) => party.code === code) ?? (plan.parties[0] as Party);

    /** What somebody wants to do is told where it is refused. */
    async function tried(about: Omit<Attempt, 'at' | 'refusal'>, work: () => Promise<void>): Promise<void> {
      try {
        await work();
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        refusals.push({ at: stage.now(), refusal: error.refusal, ...about });
      }
    }

    /** What people do of their own accord, at a moment that may not be known yet. */
    const wishes: { moment: Moment; act(view: CaseView): Promise<void>; done: boolean }[] = [
      ...(scenario.questions ?? []).map(({ at, by, to, session, text }) => ({
        moment: at,
        done: false,
        act: () =>
          tried({ party: null, person: by }, async () => {
            await stage.cooperations.ask(id, {
              by,
              to,
              text: text ?? speaker('play.lines', programme.language)('question'),
              ...(session !== undefined && { session }),
            });
          }),
      })),
      ...(scenario.documents ?? []).map(({ at, by, title }) => ({
        moment: at,
        done: false,
        act: () =>
          tried({ party: null, person: by }, async () => {
            const lines = speaker('play.lines', programme.language);
            const bytes = Readable.from([Buffer.from(`${lines('document')}\n`)]);
            await stage.cooperations.putDocument(id, {
              by,
              fileName: `${by}.txt`,
              title: title ?? lines('documentTitle'),
              kind: 'shared',
              bytes,
            });
          }),
      })),
      ...(scenario.changes ?? []).map((entry) => ({
        moment: entry.at,
        done: false,
        act: () => {
          const given = changeIn(entry, zone, options.read ?? (() => ''));
          const about = { party: null, person: entry.by ?? null, change: given.what.change };
          return tried(about, async () => {
            await stage.cooperations.change(id, given);
          });
        },
      })),
    ];

    /** The next thing that somebody does, and when. */
    function next(view: CaseView): { at: string; act(view: CaseView): Promise<void> } | undefined {
      const wanted = wishes
        .filter(({ done }) => !done)
        .flatMap((wish) => {
          const at = instantOfMoment(wish.moment, view);
          return at === undefined ? [] : [{ at, order: -1, wish }];
        });
      const [first] = [
        ...wanted.map(({ at, order, wish }) => ({
          at,
          order,
          act: async (now: CaseView) => {
            wish.done = true;
            await wish.act(now);
          },
        })),
        ...deeds.map((deed) => ({
          at: deed.at,
          order: deed.order,
          act: async (now: CaseView) => {
            deeds.splice(deeds.indexOf(deed), 1);
            await deed.act(now);
          },
        })),
      ].sort((a, b) => (a.at === b.at ? a.order - b.order : a.at < b.at ? -1 : 1));
      return first;
    }

    let view = await stage.view(id);
    let seen = -1;
    let moved = stage.now();
    const look = async () => {
      if (seen === stage.stirred()) return;
      await stage.rest(workflows);
      seen = stage.stirred();
      view = await stage.view(id);
      moved = stage.now();
      plan_(view);
    };

    for (;;) {
      signal?.throwIfAborted();
      await look();
      const now = stage.now();
      onTime(now, Math.min(0.99, (Date.parse(now) - Date.parse(from)) / (guess - Date.parse(from))));
      if (view.closedAt !== null) break;
      if (until !== undefined && now >= until) return ended('until');
      const first = next(view);
      const due = first && Date.parse(first.at) + AFTER_THE_MINUTE_MS;
      if (first && due !== undefined && due <= Date.parse(now)) {
        await stage.rest(workflows);
        await first.act(view);
        // Whatever follows from it is under way before time passes on.
        seen = -1;
        await stage.pass(1_000);
        continue;
      }
      if (
        !first &&
        Date.parse(now) > (await horizon()) + 2 * DAY_MS &&
        Date.parse(now) > Date.parse(moved) + 2 * DAY_MS
      )
        return ended('waiting');
      const target = Math.min(
        due ?? Number.POSITIVE_INFINITY,
        Date.parse(now) + step,
        until ? Date.parse(until) : Number.POSITIVE_INFINITY,
      );
      await stage.passUntil(new Date(target).toISOString());
    }
    // The last of the workflows ends after the case file is closed.
    await stage.pass(60_000);
    seen = -1;
    await look();
    return ended('closed');

    /** After this instant nothing happens by itself any more. */
    async function horizon(): Promise<number> {
      const requests = await stage.requests(id);
      return Math.max(
        ...[
          plan.coordinationEndsAt,
          ...plan.sessions.map(({ opensAt }) => opensAt),
          ...view.sessions.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]),
          // A poll ends with the last date that it proposes.
          ...view.requests.flatMap(({ closedAt, slots }) =>
            closedAt ? [] : slots.map(({ endsAt }) => endsAt),
          ),
          ...requests.flatMap(({ closedAt, dueAt, reminders }) => (closedAt ? [] : [dueAt, ...reminders])),
        ].map((instant) => (instant ? Date.parse(instant) : 0)),
      );
    }

    function ended(end: Rehearsed['end']): Rehearsed {
      // What waits for good has done so since the last thing that happened.
      const to = view.closedAt ?? (end === 'waiting' ? lastOf(view) : stage.now());
      return { view, from, to, end, refusals };
    }
  }
}

/** Who answers: those the scenario names, else the first of the party; each only with the mail in hand. */
function choose(view: CaseView, request: RequestView, party: string, named: readonly string[]) {
  const there = reached(view, request, party);
  const wanted = there.filter(({ person }) => named.includes(person.id));
  return wanted.length > 0 ? wanted : there.slice(0, 1);
}

/** The last thing that happened. */
const lastOf = ({ record }: CaseView): string =>
  record
    .map(({ at }) => at)
    .sort()
    .at(-1) ?? '';

/** For the progress line alone: two months after the last session. */
function expectedEnd({ sessions }: Programme, from: string): number {
  const last = sessions
    .flatMap(({ date, window }) => [date, window?.to].filter((day) => day !== undefined))
    .sort()
    .at(-1);
  return Math.max(Date.parse(from) + 30 * DAY_MS, Date.parse(last ?? from) + 60 * DAY_MS);
}

function postRules({ mail }: Scenario, programme: Programme): PostRules {
  const zone = secretariatZone({ programme });
  const people = peopleOf(programme);
  const instant = (written: string | undefined) =>
    written === undefined ? undefined : instantFrom(written, zone);
  return {
    refuses: (mail?.refuses ?? []).map(({ to, reply = '550 5.1.1 no such user', from, until }) => ({
      address: (people.find(({ id }) => id === to)?.email ?? to).toLowerCase(),
      reply,
      from: instant(from),
      until: instant(until),
    })),
    away: (mail?.away ?? []).map(({ from, until }) => ({
      from: instantFrom(from, zone),
      until: instantFrom(until, zone),
    })),
  };
}
