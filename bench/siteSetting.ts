import { readFileSync } from 'node:fs';
import pino from 'pino';
import { beginSession } from '../src/casefile/access/access.ts';
import type { CaseFile } from '../src/casefile/database/database.ts';
import type { Programme } from '../src/domain/programme/programme.ts';
import { checkProgrammeFile } from '../src/domain/programme/programmeFile.ts';
import type { SiteOutside } from '../src/site/outside.ts';

/** What the processes of a site that is measured have in common. */

/** The programme of an example. */
export function exampleProgramme(name = 'peru-chile-2021'): Programme {
  const file = new URL(`../examples/${name}.yaml`, import.meta.url);
  const checked = checkProgrammeFile(readFileSync(file, 'utf8'));
  if (!('programme' in checked)) throw new Error(`${name} has mistakes`);
  return checked.programme;
}

/** What the site takes from outside, and nothing that is measured asks of. */
export const quiet = {
  log: pino({ level: 'silent' }),
  securityLog: { note: async () => {} },
  programmePdf: () => Promise.reject(new Error('nobody looks at a programme here')),
  startingDocument: () => Promise.reject(new Error('nobody begins a draft here')),
  signInKey: 'for-the-bench',
  seal: async (pdf) => ({ pdf, stamp: 'none' }),
  sessionHours: { idle: 8, most: 168 },
  afterwards: (work) => void work(),
  sendSignIn: async () => {},
  sendInvitation: async () => {},
  kept: { securityDays: 365 },
} satisfies Partial<SiteOutside>;

/** The cookie of somebody who has signed in. */
export async function cookieOf(caseFile: CaseFile, address: string, now: string): Promise<string> {
  const browser = { cooperations: null, browser: 'bench', program: null, network: '' };
  return `rial=${await beginSession(caseFile, { address, ...browser }, now)}`;
}
