import { readFile } from 'node:fs/promises';
import { DEFAULT_URL } from '../process/commandFlags.ts';
import { placesIn } from '../process/dataFolder.ts';

/** Where the server is, and the token it is shown. */
export type Connection = {
  url: string;
  token: Token;
};
/** A token, or why there is none; `source` is where it was looked for, `RIAL_TOKEN` or a file. */
export type Token =
  | { source: string; token: string }
  | { source: string; problem: 'missing' | 'folder' | 'forbidden' | 'malformed' };

export type ConnectionOptions = { url?: string | undefined; tokenFile?: string | undefined };

/** Flags first, then `RIAL_…`, then where `npm start` puts things. */
export async function connectionOf(options: ConnectionOptions, env: NodeJS.ProcessEnv): Promise<Connection> {
  return { url: options.url ?? (env.RIAL_URL || DEFAULT_URL), token: await tokenOf(options, env) };
}

export const dataFolder = (env: NodeJS.ProcessEnv): string => env.RIAL_DATA || 'data';

/** The file that was named, if any, else the one in the data folder. */
export const tokenFile = ({ tokenFile }: ConnectionOptions, env: NodeJS.ProcessEnv): string =>
  tokenFile ?? (env.RIAL_TOKEN_FILE || placesIn(dataFolder(env)).staffToken);

async function tokenOf(options: ConnectionOptions, env: NodeJS.ProcessEnv): Promise<Token> {
  // A flag is nearer to the person who types than a variable of their shell.
  if (env.RIAL_TOKEN && options.tokenFile === undefined) return wellFormed('RIAL_TOKEN', env.RIAL_TOKEN);
  const file = tokenFile(options, env);
  try {
    return wellFormed(file, await readFile(file, 'utf8'));
  } catch (error) {
    return { source: file, problem: problemOf(error) };
  }
}

function wellFormed(source: string, text: string): Token {
  const token = text.trim();
  // Anything else cannot stand in a header.
  return /^[\x21-\x7e]+$/.test(token) ? { source, token } : { source, problem: 'malformed' };
}

/** Why a file cannot be read. @throws what is none of the usual reasons */
export function problemOf(error: unknown): 'missing' | 'folder' | 'forbidden' {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'missing';
    case 'EISDIR':
      return 'folder';
    case 'EACCES':
    case 'EPERM':
      return 'forbidden';
    default:
      throw error;
  }
}
