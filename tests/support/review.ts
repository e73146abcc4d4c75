import type { Programme } from '../../src/domain/programme/programme.ts';
import type { InProcess } from './inProcess.ts';
import { changedSource, movedTo } from './programme.ts';

/**
 * A cooperation of the example, moved to today, whose coordination meeting is over and whose ministries have the programme
 * before them.
 *
 * @param change what else is so in its file
 * @param days how many days before today it met
 * @returns its id
 */
export async function putUnderReview(
  system: InProcess,
  change: (file: Programme) => void = () => {},
  days = 1,
): Promise<string> {
  const now = new Date();
  const { id } = await system.cooperations.start(
    changedSource((file) => {
      movedTo(now, -days)(file);
      change(file);
    }),
  );
  await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Acuerdos.' },
  });
  await system.open(id, 'coordination/approve-programme.1');
  return id;
}
