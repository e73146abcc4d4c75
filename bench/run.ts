import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { json } from 'node:stream/consumers';
import { apiClient } from '../src/api/client.ts';
import { BUNDLE, bundleMemory } from './bundle.ts';
import { cachedWorkflows } from './cachedWorkflows.ts';
import { librarySection, librarySpeeds } from './library.ts';
import { scenarioEvents, timedRehearsal } from './rehearsal.ts';
import { listSection, listSpeeds, sitePages } from './site.ts';
import { exampleProgramme } from './siteSetting.ts';
import { measuredPlace } from './system.ts';
import { SAMPLE_MS, type UploadMemory, uploadMemory } from './upload.ts';

/** `npm run bench`: measures what docs/performance.md claims, and writes it there; with `-- library` or `-- lists` that part alone. */

const PAGE = new URL('../docs/performance.md', import.meta.url);
const EXAMPLE = 'examples/peru-chile-2021.yaml';

async function library(): Promise<string> {
  process.stderr.write('the library\n');
  return librarySection(await librarySpeeds(exampleProgramme()));
}

async function lists(): Promise<string> {
  process.stderr.write('lists\n');
  return listSection(await listSpeeds());
}

/** Sections that can be measured by themselves, by their heading. */
const ALONE: Readonly<Record<string, { heading: string; section(): Promise<string> }>> = {
  library: { heading: '## The library', section: library },
  lists: { heading: '## Lists', section: lists },
};

const alone = ALONE[process.argv[2] ?? ''];
if (alone) {
  const parts = readFileSync(PAGE, 'utf8').split(/^(?=## )/m);
  const at = parts.findIndex((part) => part.startsWith(alone.heading));
  parts.splice(at < 0 ? 2 : at, at < 0 ? 0 : 1, `${await alone.section()}\n`);
  writeFileSync(PAGE, parts.join(''));
  process.exit();
}

const RUNS = Number(process.argv[2] ?? 5);

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const spread = (values: number[], digits = 1): string =>
  `${median(values).toFixed(digits)} (${Math.min(...values).toFixed(digits)}–${Math.max(...values).toFixed(digits)})`;

type History = { events: { eventType: string | number }[] };

const played: number[] = [];
const restarted: number[] = [];
const totals: number[] = [];
let table: [workflow: string, events: number, requests: number][] = [];
let kinds = new Map<string, number>();
let cooperation = '';

for (let run = 1; run <= RUNS; run++) {
  process.stderr.write(`run ${run} of ${RUNS}\n`);
  const place = await measuredPlace();
  const play = place.start(['--play', EXAMPLE, '--exit']);
  const { code, seconds } = await play.exited;
  if (code !== 0) throw new Error(`the play ended with ${code}`);
  played.push(seconds);

  const again = place.start();
  restarted.push(await again.ready);
  const api = apiClient({ url: place.url, token: await place.token() });
  const [{ id } = { id: '' }] = await api.list();
  cooperation = id;
  const view = await api.show({ id });
  table = [];
  kinds = new Map();
  for (const { id: workflow, file } of view.workflows) {
    const scope = file.replace(/^histories\/|\.json$/g, '');
    const { events } = (await json(await api.history({ id, scope }))) as History;
    const requests = view.requests.filter((request) => request.id.startsWith(`${scope}/`));
    table.push([workflow, events.length, requests.length]);
    for (const { kind } of requests) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  totals.push(table.reduce((sum, [, events]) => sum + events, 0));
  await again.stop();
  await place.remove();
}

const rehearsed: number[] = [];
for (let run = 1; run <= RUNS; run++) {
  process.stderr.write(`rehearsal ${run} of ${RUNS}\n`);
  rehearsed.push(await timedRehearsal(EXAMPLE));
}
process.stderr.write('scenarios\n');
const scenarios = await scenarioEvents(EXAMPLE);
const [worst] = scenarios;
process.stderr.write('pages of the site\n');
const pages = await sitePages();
const libraryPart = await library();
const listPart = await lists();
const cached = await cachedWorkflows();
const uploads: UploadMemory[] = [];
for (let run = 1; run <= RUNS; run++) {
  process.stderr.write(`uploads ${run} of ${RUNS}\n`);
  uploads.push(await uploadMemory());
}
process.stderr.write('a bundle\n');
const bundle = await bundleMemory();
const added = (of: keyof UploadMemory): string =>
  `${spread(
    uploads.map((one) => one[of]),
    0,
  )} MB`;

const asked = [...kinds.values()].reduce((sum, n) => sum + n, 0);
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const page = `# Performance

Written by \`npm run bench\` (version ${version}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB).
Each figure is the median of ${RUNS} runs with the smallest and largest in brackets; each run has a fresh data folder, the
embedded Temporal server, database and mailbox, and processes of its own. Machines are noisy: compare figures of one run.

| what | figure | how |
|---|---|---|
| \`--play ${EXAMPLE} --exit\` | ${spread(played)} s | whole process, from its start to its exit |
| ready, second start | ${spread(restarted)} s | from the start of the process until it prints that it is ready |
| history events, all workflows | ${spread(totals, 0)} | read over the API after the play; it asks ${asked} requests, one of them a question |
| \`rial rehearse ${EXAMPLE}\` | ${spread(rehearsed)} s | whole process; the months of the cooperation on virtual time |
| events of the worst scenario | ${worst?.events} | \`examples/scenarios/${worst?.scenario}\`: all workflows, read from what the rehearsal exports; once |

## Pages of the site

One process with an embedded case file of 1,000 cooperations; 20 requests at a time from another process, 600 of each page,
once. The page that is always the same is served signed in too. The aim is a p95 under 50 ms. What was read is
kept while nobody writes to the database ([decision 16](decisions/0016-read-once-while-nothing-is-written.md)): the last
two rows are with somebody writing ten times a second to another cooperation.

| page | requests a second | p95 |
|---|---|---|
${pages.map(({ page, perSecond, p95Ms }) => `| ${page} | ${perSecond.toFixed(0)} | ${p95Ms.toFixed(0)} ms |`).join('\n')}

${libraryPart}
${listPart}
## Memory while 100 MB is uploaded

One process of the site with an embedded case file and a data folder on disk, started anew for each of ${RUNS} runs. It is warmed
up with pages and small files, and its garbage collected, until it holds the same for a second. Then six files of 100 MB of
random bytes come one after the other, made on the way, as fast as they are taken: PDF and Word in turn, the latter an archive
that is unpacked to be looked at. The figure is what the process holds at most (resident, read every ${SAMPLE_MS} ms, on Linux) over what
it held before. The aim is less than 50 MB.

| what | memory added |
|---|---|
| the first, PDF | ${added('pdf')} |
| the second, Word | ${added('docx')} |
| any of the four after that, the most | ${added('later')} |
| all six, from before the first | ${added('all')} |

An upload is not held in memory. What is added are pieces of 64 KB that have been dealt with already: V8 counts what lies
outside its heap and collects it when about 64 MB have come together, later on a busy machine. That is added once, and not for
each upload.

## Memory while a cooperation is taken along

One process of the site with an embedded case file, a data folder on disk and one cooperation of ${BUNDLE.documents} documents of ${BUNDLE.documentMb} MB each
(${(bundle.bytes / 1e9).toFixed(1)} GB), 400 mails and its histories, warmed up with its pages. An officer takes its [bundle](bundle.md) along over HTTP, once. The aim
is less than 150 MB.

| what | figure |
|---|---|
| memory added to the site's process, at most | ${bundle.added.toFixed(0)} MB |
| the same with the process that sets the PDF, which ends before the first document is read | ${bundle.withPaper.toFixed(0)} MB |
| until all of it is there | ${bundle.seconds.toFixed(0)} s |
| \`rial verify\` of it, without the start of its process | ${bundle.checkSeconds.toFixed(0)} s |

## Memory of a waiting workflow

A worker keeps what it needs of workflows that wait, 100 at most, so that an answer is dealt with at once. Each has the bundle
evaluated for itself. A process with a worker alone, on Linux: after 10 workflows that only wait, 80 more are started, and 3
seconds later what the process holds (resident) over what it held before is divided by 80; once. \`coordination\` waits for the
coordination meeting; the other is of the SDK alone, bundled the same way. The aim is three times that.

| workflow | memory of each |
|---|---|
| \`coordination\` | ${cached.ours} kB |
| a bare one | ${cached.bare} kB |

## Events of each workflow

From the last run. A request costs what its workflow's events come to over its requests, sessions' invitations and\nminutes included. The aim was 450 in all; what it takes more is the question (about 20 events) and the timer of the next\nreminder, started and cancelled for each request (2).

| workflow | events | requests | events a request |
|---|---|---|---|
${table.map(([workflow, events, requests]) => `| \`${workflow.replace(cooperation, '…')}\` | ${events} | ${requests} | ${requests ? (events / requests).toFixed(1) : '—'} |`).join('\n')}

## Events of each scenario

Each rehearsed once with the same programme.

| scenario | events | workflows | seconds |
|---|---|---|---|
${scenarios.map(({ scenario, events, workflows, seconds }) => `| \`${scenario}\` | ${events} | ${workflows} | ${seconds.toFixed(1)} |`).join('\n')}
`;
writeFileSync(PAGE, page);
process.stderr.write('written to docs/performance.md\n');
