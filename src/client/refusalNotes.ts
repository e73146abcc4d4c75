import { type DocumentFault, type Refusal, Refused } from '../domain/refusal.ts';
import type { Actor, SecurityEvent } from '../domain/securityEvent.ts';
import type { Cooperations } from './index.ts';

/** What is wrong with a file by accident: nobody notes it. */
const MISTAKES: readonly DocumentFault[] = [
  'kind',
  'empty',
  'size',
  'neither-word-nor-pdf',
  'protected',
  'damaged',
];

function eventOf(refusal: Refusal, cooperation: string): SecurityEvent | undefined {
  if (refusal.code === 'QuotaReached') return { code: 'quota-reached', of: refusal.of, cooperation };
  if (refusal.code === 'DocumentRefused' && !MISTAKES.includes(refusal.why))
    return { code: 'file-refused', why: refusal.why, cooperation };
  return undefined;
}

/**
 * The same, with what is refused of it in the security log where it may be an attempt: a file that holds what no document
 * needs, more than one person writes or sends.
 */
export function withRefusalsNoted(
  cooperations: Cooperations,
  note: (event: SecurityEvent, who?: Actor) => Promise<void>,
): Cooperations {
  const noticed = async (error: unknown, [cooperation, given]: readonly unknown[]): Promise<void> => {
    if (!(error instanceof Refused) || typeof cooperation !== 'string') return;
    const event = eventOf(error.refusal, cooperation);
    const by = (given as { by?: unknown } | undefined)?.by;
    if (event)
      await note(event, typeof by === 'string' ? { kind: 'person', id: `${cooperation}/${by}` } : undefined);
  };
  return Object.fromEntries(
    Object.entries(cooperations).map(([name, work]: [string, (...given: never[]) => unknown]) => [
      name,
      (...given: never[]) => {
        const doing = work(...given);
        if (doing instanceof Promise) doing.catch((error: unknown) => noticed(error, given));
        return doing;
      },
    ]),
  ) as unknown as Cooperations;
}
