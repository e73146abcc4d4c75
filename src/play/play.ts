import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import pc from 'picocolors';
import { type ApiClient, apiClient } from '../api/client.ts';
import { ApiError, Unreachable } from '../api/errors.ts';
import type { GivenAnswer } from '../client/index.ts';
import type { CaseView, RequestView } from '../domain/caseView.ts';
import { CONSULTANT, STEPS } from '../domain/methodology.ts';
import { hasAddress } from '../domain/people/address.ts';
import { secretariatAmong } from '../domain/people/party.ts';
import { type RefusalCode, Refused } from '../domain/refusal.ts';
import { numberText } from '../words/dates/clock.ts';
import { mistakeLine } from '../words/mistakes.ts';
import { partyForms, partyNamed } from '../words/names/parties.ts';
import { refusalText } from '../words/refusals.ts';
import { speaker } from '../words/speaker.ts';
import { type Means, usualAnswer } from './answers.ts';
import { mailReader, type ReceivedMail } from './mailbox.ts';

/** How a play ended: with the accepted final report, or why not. */
export type PlayResult = { accepted: boolean; why?: string };

export type Stage = { apiUrl: string; token: string; mailboxUrl?: string };

/** Nothing moving for this long means that something is stuck. */
const STUCK_MS = 90_000;
/** Often enough that nobody waits for it; each look is at all of a case. */
const LOOK_MS = 120;
/** What the server needs is away for a moment. */
const AWAY: readonly RefusalCode[] = ['Unavailable', 'DatabaseAway', 'DatabaseAwayMidway'];

/**
 * Starts the cooperation of a programme file and takes it through all five steps with scripted delegates. They do
 * what people do, with what people have: each acts only on a mail that arrived, over the API that `rial` speaks.
 * One that is under way already is taken on from where it stands.
 */
export async function playFile(file: string, stage: Stage, say: (line: string) => void): Promise<PlayResult> {
  const source = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => error);
  if (typeof source !== 'string') return failed(say, `${file} cannot be read (${source.code})`);
  if (!stage.mailboxUrl)
    return failed(say, 'scripted delegates read the embedded mailbox; play without --smtp-url');
  try {
    return await play(source, stage as Required<Stage>, say);
  } catch (error) {
    if (error instanceof ApiError) return failed(say, error.message);
    if (!(error instanceof Refused)) throw error;
    const { refusal } = error;
    const mistakes = refusal.code === 'ProgrammeMistaken' ? refusal.mistakes : [];
    const lines = mistakes.map((mistake) => `  ${mistakeLine(mistake, file, 'en')}`);
    const why = refusalText(refusal, { language: 'en', when: (instant) => instant, day: (day) => day });
    return failed(say, [why, ...lines].join('\n'));
  }
}

const failed = (say: (line: string) => void, why: string): PlayResult => {
  say(`\n${pc.red('✖')} ${why}`);
  return { accepted: false, why };
};

async function play(
  source: string,
  stage: Required<Stage>,
  say: (line: string) => void,
): Promise<PlayResult> {
  const api = apiClient({ url: stage.apiUrl, token: stage.token });
  const reader = mailReader(stage.mailboxUrl);
  const began = performance.now();
  const { id } = await patiently(() => api.start({ body: source, demonstration: 'yes' }));
  const story = tellStory(say);
  const script = scripted(api, id, reader, story);
  let moved = performance.now();

  for (;;) {
    const view = await patiently(() => api.show({ id }));
    story.follow(view);
    if (view.closedAt !== null) break;
    if (await patiently(() => script.move(view))) {
      moved = performance.now();
      continue;
    }
    if (performance.now() - moved > STUCK_MS) {
      const open = view.requests
        .filter(({ closedAt }) => closedAt === null)
        .map((request) => `${request.id} (${request.owing.join(', ')})`);
      return failed(
        say,
        `nothing has moved for ${STUCK_MS / 1000} s; waiting on: ${open.join('; ') || 'nobody'}`,
      );
    }
    await delay(LOOK_MS);
  }
  const view = await patiently(() => api.show({ id }));
  const report = view.requests.filter(({ kind }) => kind === 'receive-report').at(-1);
  if (report?.outcome !== 'approve') return failed(say, `${id} was closed without an accepted final report`);
  story.end(view, (performance.now() - began) / 1000);
  return { accepted: true };
}

/** Tries again while the system is away: it may be starting again after it was killed. */
async function patiently<T>(call: () => Promise<T>): Promise<T> {
  const until = performance.now() + STUCK_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      const away =
        error instanceof Unreachable ||
        (error instanceof Refused && AWAY.includes(error.code)) ||
        error instanceof TypeError;
      if (!away || performance.now() > until) throw error;
      await delay(250);
    }
  }
}

/** What the delegates send by mail, the Secretariat records. */
const recordedIn = (view: CaseView) => ({
  by: secretariatOf(view),
  how: speaker('play.lines', view.language)('how'),
});

type Story = ReturnType<typeof tellStory>;

/** The delegates' script: what each kind of request is answered with, and by whom. */
function scripted(api: ApiClient, id: string, reader: ReturnType<typeof mailReader>, story: Story) {
  /** Answers one request whose mail has arrived, the methodology's order first. Says whether anything was done. */
  async function move(view: CaseView): Promise<boolean> {
    const open = view.requests.filter(({ closedAt }) => closedAt === null).sort(inOrder);
    // In a programme of past dates all sessions are asked about at once; a story is told one session at a time.
    const session = view.sessions.find(({ recordedAt }) => recordedAt === null)?.number;
    if (session === 2 && view.questions.length === 0) return asks(view);
    const questionOpen = view.questions.some(({ answeredAt }) => answeredAt === null);
    for (const request of open) {
      if (request.step === 'sessions' && request.item !== session) continue;
      // What was asked after a session is answered before the next is over.
      if (request.kind === 'record-session' && questionOpen) continue;
      const asked = view.people
        .filter(hasAddress)
        .filter(({ party, active, role }) => active && role !== 'guest' && request.owing.includes(party));
      const mails = await Promise.all(asked.map(({ email }) => reader.asking(email, `${id}/${request.id}`)));
      // Nobody is so quick as to answer before the colleagues have the mail.
      const [person] = asked;
      const mail = mails[0]?.[0];
      if (!person || !mail || mails.some(({ length }) => length === 0)) continue;
      await answer(view, request, person, mail);
      return true;
    }
    return false;
  }

  async function answer(
    view: CaseView,
    request: RequestView,
    person: CaseView['people'][number],
    mail: ReceivedMail,
  ) {
    const given = await usualAnswer(view, request, person.id, meansOf(view, person.id, mail));
    try {
      await api.answer({
        id,
        body: {
          ...given,
          ...{ request: request.id, subject: request.subject.hash, by: person.id },
          recorded: recordedIn(view),
        },
      });
    } catch (error) {
      // Killed between our answer and its reply: the answer stands, and says that it was ours.
      const ours =
        error instanceof Refused &&
        error.refusal.code === 'AlreadyAnswered' &&
        error.refusal.by === person.id;
      if (!ours) throw error;
    }
    story.answered(view, request, person, given.decision);
  }

  const meansOf = (view: CaseView, by: string, mail: ReceivedMail): Means => ({
    attached: () => reader.attachment(mail, '.docx'),
    put: (kind, { fileName, content }, title) =>
      api.putDocument({
        ...{ id, by, name: fileName, kind, title, body: Readable.from([content]) },
        ...{ recordedBy: recordedIn(view).by, how: recordedIn(view).how },
      }),
  });

  /** After the first session, the requesting side asks what it still wants to know. */
  async function asks(view: CaseView): Promise<boolean> {
    const party = (role: string) =>
      view.programme.institutions.find((institution) => institution.role === role)?.id ?? '';
    const by = view.people.find((person) => person.party === party('requesting'));
    if (!by) return false;
    const text = speaker('play.lines', view.language)('question');
    await api.ask({
      id,
      body: { by: by.id, to: party('providing'), text, session: 2, recorded: recordedIn(view) },
    });
    story.asked(view, by, party('providing'));
    return true;
  }

  return { move };
}

/** Who records what the delegates of the script answer. */
const secretariatOf = ({ programme }: CaseView): string => secretariatAmong(programme.institutions).id;

/** The order of the methodology: its steps, then its sessions, then the order in which things were asked. */
function inOrder(a: RequestView, b: RequestView): number {
  const rank = ({ step, id }: RequestView) => [STEPS.indexOf(step), id];
  const [stepA, idA] = rank(a) as [number, string];
  const [stepB, idB] = rank(b) as [number, string];
  return stepA - stepB || idA.localeCompare(idB, 'en', { numeric: true });
}

/** Tells what happens, a line each, under the methodology's steps. */
function tellStory(say: (line: string) => void) {
  let seen = 0;
  let told = '';
  const who = ({ programme, language }: CaseView, { party, name }: CaseView['people'][number]) =>
    party === CONSULTANT ? name : `${partyNamed(programme, party, language)} (${name})`;

  return {
    /** Tells the mails that went out since the last look. */
    follow(view: CaseView): void {
      if (seen === 0) say(`\n${pc.bold(view.programme.title)}\n${pc.dim(`${view.pairing} · ${view.id}`)}`);
      const fresh = view.record.filter(
        ({ seq, kind }) =>
          seq > seen && (kind === 'request-opened' || kind === 'programme-issued' || kind === 'date-fixed'),
      );
      seen = view.record.at(-1)?.seq ?? seen;
      for (const { kind, data } of fresh) {
        if (kind !== 'request-opened' || typeof data !== 'object' || data === null || !('request' in data))
          continue;
        const request = view.requests.find(({ id }) => id === data.request);
        if (!request) continue;
        const chapter = `${STEPS.indexOf(request.step) + 1} ${speaker('labels.step', view.language)(request.step)}`;
        if (chapter !== told) say(`\n${pc.bold(chapter)}`);
        told = chapter;
        say(`  ${pc.yellow('✉')} ${request.asked.map((party) => party.label).join(', ')}: ${request.label}`);
      }
    },
    answered(
      view: CaseView,
      request: RequestView,
      person: CaseView['people'][number],
      decision: GivenAnswer['decision'],
    ): void {
      say(
        `  ${pc.green('✔')} ${who(view, person)} ${speaker('play.lines', view.language)(`decisions-${decision}`)}: ${pc.dim(request.label)}`,
      );
    },
    asked(view: CaseView, person: CaseView['people'][number], to: string): void {
      say(
        `  ${pc.cyan('?')} ${who(view, person)} ${speaker('play.lines', view.language)('asks', partyForms(view.programme, [to], view.language))}`,
      );
    },
    end(view: CaseView, seconds: number): void {
      const lines = speaker('play.lines', view.language);
      const sent = view.mails.filter(({ state }) => state === 'sent');
      const refused = view.mails.length - sent.length;
      say(`\n${pc.green('✔')} ${pc.bold(lines('closed'))}`);
      say(lines('sent', { n: sent.length, seconds: numberText(seconds, view.language), refused }));
      for (const person of view.people) {
        const count = sent.filter((mail) => mail.person === person.id).length;
        say(`  ${String(count).padStart(3)}  ${person.name}`);
      }
    },
  };
}
