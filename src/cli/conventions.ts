import type { RefusalCode } from '../domain/refusal.ts';

/** What a command of `rial` ends with, as data: `rial --help` and the table in docs/cli.md are made from it. */
export const EXITS = {
  done: { code: 0, meaning: 'done' },
  refused: {
    code: 1,
    meaning: 'refused: what was asked was not done, and why is said',
    more: '`doctor`: something is not well',
  },
  usage: { code: 2, meaning: 'the command was typed wrongly, or a file it names cannot be read' },
  unreachable: {
    code: 3,
    meaning: 'the server, or the Temporal behind it, cannot be reached',
    more: 'or what answers there is no RIAL server of this version',
  },
  mistaken: {
    code: 4,
    meaning: 'a file has mistakes; each is told with its place',
    more: '`verify`, `export`: something in a bundle is not as it was written',
  },
  internal: { code: 70, meaning: 'something failed inside rial or the server' },
  /** The shell's convention for a Ctrl-C. */
  interrupted: {
    code: 130,
    meaning: 'what writes a folder or a file was interrupted; nothing was left behind',
  },
} as const;

type Exit = keyof typeof EXITS;

/** The same by name: `EXIT.refused` is 1. */
export const EXIT = Object.fromEntries(Object.entries(EXITS).map(([name, { code }]) => [name, code])) as {
  [Name in Exit]: (typeof EXITS)[Name]['code'];
};

/** What the server needs is away for a moment. */
const AWAY: readonly RefusalCode[] = ['Unavailable', 'DatabaseAway', 'DatabaseAwayMidway'];

/** What a command ends with that was refused. */
export const exitOf = (code: RefusalCode): number => {
  if (AWAY.includes(code)) return EXIT.unreachable;
  return code === 'ProgrammeMistaken' ? EXIT.mistaken : EXIT.refused;
};
