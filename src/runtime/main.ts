import path from 'node:path';
import pc from 'picocolors';
import { playFile } from '../play/play.ts';
import { connectionFlags, DEFAULT_URL } from '../process/commandFlags.ts';
import { configFrom } from '../process/config.ts';
import { placesIn } from '../process/dataFolder.ts';
import { whenParentIsGone } from '../process/parent.ts';
import { givenBy, program } from '../process/program.ts';
import { START_EXITS, USAGE } from '../process/settings.ts';
import { refuseUnsafe } from './safety.ts';
import { startSystem } from './system.ts';

/** `npm start`: the whole system, and with `--play` a cooperation played in it from end to end. */

const print = (line: string) => console.log(line);

async function main(asked: AbortSignal): Promise<number> {
  const started = performance.now();
  const args = process.argv.slice(2);
  if (args.includes('--help') || args.includes('-h')) {
    print(USAGE);
    return START_EXITS.done.code;
  }
  const config = configFrom(args);
  refuseUnsafe(config);
  const parentGone = new AbortController();
  whenParentIsGone(() => parentGone.abort());
  const stopping = AbortSignal.any([asked, parentGone.signal]);
  const system = await startSystem(config, args, (line) => print(pc.dim(line)), stopping);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const rows = [
    ['Site', system.apiUrl],
    ['Mailbox', system.mailboxUrl ?? `mail goes to ${system.smtp}`],
    ['Temporal UI', system.temporalUiUrl ?? '—'],
    ['HTTP API', `${system.apiUrl}/api`],
    ['Temporal', system.temporalAddress],
    ['SMTP', system.smtp],
    ['Staff token', system.tokenFile],
  ];
  print(`\n${pc.bold('RIAL is ready')} ${pc.dim(`after ${seconds} s`)}\n`);
  for (const [what, where] of rows) print(`  ${String(what).padEnd(12)} ${pc.cyan(String(where))}`);

  if (system.setupWay)
    print(
      `\nNobody is staff yet. Within the hour the first officer comes in, once, by\n  ${pc.cyan(system.setupWay)}`,
    );

  const stopped = givenBy(stopping).then(() => START_EXITS.done.code);
  try {
    if (config.play) {
      const ended = await Promise.race([
        playFile(config.play, system, print),
        stopped.then(() => 'stopped' as const),
      ]);
      if (ended === 'stopped') return START_EXITS.interrupted.code;
      if (!ended.accepted || config.exit) return START_EXITS[ended.accepted ? 'done' : 'failed'].code;
    }
    print('\nNext:');
    const next = config.play
      ? [
          ['npx rial list', 'all cooperations, and who is waited on'],
          ['npx rial show ID', 'where one stands'],
          ['npx rial export ID --out DIR', 'takes it away: case, mails, documents, histories'],
        ]
      : [
          ['npx rial start examples/peru-chile-2021.yaml', 'starts a cooperation'],
          ['npx rial open 14-per-chl', 'says what waits on whom'],
        ];
    const flags = connectionFlags({
      url: system.apiUrl === DEFAULT_URL ? undefined : system.apiUrl,
      tokenFile: isUsual(system.tokenFile) ? undefined : path.resolve(system.tokenFile),
    });
    // A command that has flags leaves no room beside it.
    const between = flags === '' ? ' ' : '\n    ';
    for (const [command, what] of next)
      print(`  ${`${command}${flags}`.padEnd(flags === '' ? 46 : 0)}${between}${pc.dim(String(what))}`);
    print(pc.dim('\nCtrl-C stops everything; the next start picks up where this one stopped.'));
    return await stopped;
  } finally {
    print(pc.dim('\nStops …'));
    await system.stop();
  }
}

/** Whether the terminal looks for the token there by itself. */
const isUsual = (file: string): boolean =>
  path.resolve(file) === path.resolve(placesIn(process.env.RIAL_DATA || 'data').staffToken);

await program(main);
