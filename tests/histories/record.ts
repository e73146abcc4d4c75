// Records the histories that tests/workflows/replay.test.ts replays, in a system of its own: the three examples played
// to their end, and cooperations that are changed on the way, in the folder NAME beside those recorded before.
//
//   node_modules/.bin/node tests/histories/record.ts NAME
//
// Run it when a change to the workflows makes new histories, and commit what it writes with that change. What was
// recorded is never edited: there may be cooperations under way that went so.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { json } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CaseView, lastChangeOf } from '../../src/domain/caseView.ts';
import type { Change } from '../../src/domain/change.ts';
import { playFile } from '../../src/play/play.ts';
import { inProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';
import { systemProcess } from '../support/system.ts';
import startPostgres from '../support/postgres.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9-]+$/.test(name)) throw new Error('give a name for the folder: letters, digits, hyphens');
const folder = fileURLToPath(new URL(`./${name}`, import.meta.url));
if (existsSync(folder)) throw new Error(`${name} has been recorded; take another name`);

/** Which process on which machine did what is nobody's business here. */
const withoutIdentities = (value: unknown): unknown =>
  value !== null && typeof value === 'object'
    ? Array.isArray(value)
      ? value.map(withoutIdentities)
      : Object.fromEntries(
          Object.entries(value).map(([key, inner]) => [
            key,
            key === 'identity' ? 'recorded' : withoutIdentities(inner),
          ]),
        )
    : value;

await using system = await systemProcess();
const { api } = system;

async function keep(id: string): Promise<void> {
  for (const workflow of (await api.show({ id })).workflows) {
    const scope = workflow.file.replace(/^histories\/(.*)\.json$/, '$1');
    const recorded = await api.history({ id, scope }).catch(() => undefined);
    // A step that never began has none.
    if (!recorded) continue;
    await write(id, scope, await json(recorded));
  }
}

async function write(id: string, scope: string, history: unknown): Promise<void> {
  await mkdir(`${folder}/${id}`, { recursive: true });
  const text = JSON.stringify(withoutIdentities(history));
  await writeFile(`${folder}/${id}/${scope}.json`, `${text}\n`);
  console.log(`${name}/${id}/${scope}.json ${Math.round(text.length / 1024)} kB`);
}

const EXAMPLES = {
  'peru-chile-2021': '14-per-chl',
  'barbados-jamaica': '16-brb-jam-tto',
  'brasil-paraguai': '17-pry-bra',
};
for (const [example, id] of Object.entries(EXAMPLES)) {
  const file = fileURLToPath(new URL(`../../examples/${example}.yaml`, import.meta.url));
  const { accepted, why } = await playFile(file, system.stage, () => {});
  if (!accepted) throw new Error(`${example} was not played to its end: ${why}\n${system.log()}`);
  await keep(id);
}

/** Waits until a case is as it should be: mails and steps take their time. */
async function until(id: string, holds: (view: CaseView) => boolean): Promise<CaseView> {
  const end = performance.now() + 60_000;
  for (;;) {
    const view = await api.show({ id });
    if (holds(view)) return view;
    if (performance.now() > end) throw new Error(`${id} does not get there\n${system.log()}`);
    await delay(50);
  }
}
const isOpen = (request: string) => (view: CaseView) =>
  view.requests.some(({ id, closedAt }) => id === request && closedAt === null);
const change = async (id: string, what: Change): Promise<void> => {
  const seen = lastChangeOf(await api.show({ id }));
  await api.change({ id, body: { what, reason: 'Por acuerdo de las partes.', seen } });
};
async function answer(id: string, request: string, by: string, given: object): Promise<void> {
  const view = await until(id, isOpen(request));
  const { subject } = view.requests.find((one) => one.id === request) as CaseView['requests'][number];
  const recorded = { by: 'oas', how: 'Por correo' };
  await api.answer({
    id,
    body: { request, by, subject: subject.hash, decision: 'approve', recorded, ...given },
  });
}
const CONFIRM = 'coordination/confirm-coordination.1';
const REVIEW = 'coordination/approve-programme.1';
const amended = ({ programme }: CaseView, text: string): Change => ({
  change: 'amend',
  programme: changedSource((file) => {
    Object.assign(file, structuredClone(programme));
    file.objectives.items[0] = { title: 'Conocer', text };
  }),
});
async function begun(id: string, days: number): Promise<void> {
  await api.start({
    body: changedSource((file) => {
      movedTo(new Date(), days)(file);
      file.id = id;
    }),
  });
  await answer(id, CONFIRM, 'oas-1', { decision: 'done', minutes: { minutes: 'Acuerdos.' } });
  await until(id, isOpen(REVIEW));
}
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

// Changed in every way that a workflow hears of, and still under way.
await begun('changed', -1);
await change('changed', { change: 'extend', request: REVIEW, due: inDays(40).slice(0, 10) });
await change('changed', amended(await api.show({ id: 'changed' }), 'Mientras se aprueba.'));
await answer('changed', 'coordination/approve-programme.2', 'per-mtpe-1', {});
await change('changed', { change: 'pause' });
await answer('changed', 'coordination/approve-programme.2', 'chl-mtps-1', {});
await change('changed', { change: 'resume' });
await until('changed', ({ sessions }) => (sessions[0]?.sequence ?? -1) >= 0);
await change('changed', { change: 'reschedule', session: 1, startsAt: inDays(50) });
await change('changed', { change: 'waive', request: 'documents/send-documents.1', party: 'per-mtpe' });
await change('changed', { change: 'reassign', request: 'documents/send-documents.1', from: 'chl-mtps', to: 'oas' });
await change('changed', { change: 'reschedule', session: 2, startsAt: inDays(70) });
await change('changed', { change: 'cancel-session', session: 3 });
await change('changed', {
  change: 'add-session',
  as: { date: inDays(130).slice(0, 10), starts: '10:00', contents: 'Seguimiento.' },
});
await change('changed', amended(await api.show({ id: 'changed' }), 'Después de aprobado.'));
const { requests } = await until('changed', ({ requests }) =>
  requests.some(({ id }) => id.startsWith('amendment-')),
);
const again = requests.find(({ id }) => id.startsWith('amendment-'))?.id ?? '';
await answer('changed', again, 'per-mtpe-1', {});
await answer('changed', again, 'chl-mtps-1', {});
await change('changed', { change: 'cancel-session', session: 1 });
await until('changed', ({ sessions }) => (sessions[1]?.sequence ?? -1) >= 0);
await keep('changed');

// Cancelled while a session is invited to and a date is looked for.
await begun('cancelled', -1);
for (const by of ['per-mtpe-1', 'chl-mtps-1']) await answer('cancelled', REVIEW, by, {});
await until('cancelled', ({ sessions }) => (sessions[0]?.sequence ?? -1) >= 0);
await change('cancelled', { change: 'cancel' });
await delay(3_000);
await keep('cancelled');

// Answers that were used are annulled, and their steps taken again from the first line.
await begun('annulled', -1);
const annul = (request: string, party: string) => change('annulled', { change: 'annul', request, party });
await answer('annulled', REVIEW, 'chl-mtps-1', { decision: 'changes', reason: 'Falta una sesión.' });
await answer('annulled', REVIEW, 'per-mtpe-1', {});
await until('annulled', isOpen('coordination/revise-programme.1'));
await annul(REVIEW, 'chl-mtps');
await answer('annulled', `${REVIEW}.2`, 'chl-mtps-1', {});
const DOCUMENTS = 'documents/send-documents.1';
for (const by of ['per-mtpe-1', 'chl-mtps-1']) await answer('annulled', DOCUMENTS, by, { decision: 'done' });
await annul(DOCUMENTS, 'per-mtpe');
await answer('annulled', `${DOCUMENTS}.2`, 'per-mtpe-1', { decision: 'done' });
await change('annulled', { change: 'cancel-session', session: 1 });
const POLL = 'session-2/choose-date.1';
const polled = await until('annulled', isOpen(POLL));
const slots = polled.requests.find(({ id }) => id === POLL)?.slots ?? [];
const marks = Object.fromEntries(slots.map(({ id }) => [id, 'yes']));
for (const by of ['per-mtpe-1', 'chl-mtps-1']) await answer('annulled', POLL, by, { decision: 'marks', marks });
const sequence = (least: number) => until('annulled', ({ sessions }) => (sessions[1]?.sequence ?? -1) >= least);
await answer('annulled', 'session-2/confirm-date.1', 'oas-1', { decision: 'date', date: slots[0]?.id });
await sequence(0);
await annul('session-2/confirm-date.1', 'oas');
await answer('annulled', 'session-2/confirm-date.1.2', 'oas-1', { decision: 'date', date: slots[1]?.id });
await sequence(2);
await keep('annulled');

// A mail is sent again on the site alone.
await using _postgres = { [Symbol.asyncDispose]: (await startPostgres()) ?? (async () => {}) };
await using here = await inProcess();
await here.cooperations.start(changedSource(movedTo(new Date(), -1)));
const firstMail = async () => (await here.view('14-per-chl')).mails.find(({ state }) => state === 'sent');
while (!(await firstMail())) await delay(50);
await here.cooperations.sendAgain('14-per-chl', {
  messageId: (await firstMail())?.messageId ?? '',
  nth: 1,
  by: 'oas-1',
});
const AGAIN = 'cooperation/14-per-chl/again-1';
while ((await here.status(AGAIN)) !== 'COMPLETED') await delay(50);
await write('14-per-chl', 'again-1', await here.workflows.history(AGAIN));

const written = await here.cooperations.write('14-per-chl', {
  ...{ addressed: { to: 'everybody' }, subject: 'Cambio de sala', text: 'Será en la sala 4.' },
});
const WRITTEN = `cooperation/14-per-chl/communication-${written.number}`;
while ((await here.status(WRITTEN)) !== 'COMPLETED') await delay(50);
await write('14-per-chl', `communication-${written.number}`, await here.workflows.history(WRITTEN));
