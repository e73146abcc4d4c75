import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { keepContent } from '../../src/casefile/contents.ts';
import { hashOf } from '../../src/casefile/filing.ts';
import { recordAnswer } from '../../src/casefile/requests.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { type InProcess, inProcess } from '../support/inProcess.ts';
import { putUnderReview } from '../support/review.ts';

/** A programme that was sent back is revised as what it is: that of a cooperation under way, which others change too. */
describe('a programme that is revised', () => {
  const REVISE = 'coordination/revise-programme.1';
  let system: InProcess;
  let count = 0;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  async function sentBack(): Promise<string> {
    const id = `revised-${++count}`;
    await putUnderReview(system, (file) => {
      file.id = id;
    });
    const review = 'coordination/approve-programme.1';
    await system.answer(id, review, 'per-mtpe-1', { decision: 'changes', reason: 'Otro tema.' });
    await system.answer(id, review, 'chl-mtps-1', { decision: 'approve' });
    await system.open(id, REVISE);
    return id;
  }
  const programmeOf = async (id: string) => (await system.view(id)).programme;
  async function revised(id: string, change: (programme: Programme) => void): Promise<string> {
    const programme = structuredClone(await programmeOf(id));
    change(programme);
    return stringify(programme);
  }

  it('is not held to the order that sessions had when it was new', async () => {
    const id = await sentBack();
    const { sessions } = await programmeOf(id);
    for (const session of [2, 3]) await system.change(id, { change: 'cancel-session', session });
    const { window: _, date: __, ...kept } = sessions[2] as Programme['sessions'][number];
    // After the first, and before the two that are no more.
    const date = sessions[0]?.date as string;
    await system.change(id, {
      change: 'add-session',
      as: { ...kept, contents: 'Otra.', date, starts: '20:00' },
    });
    await system.answer(id, REVISE, 'oas-1', {
      decision: 'submit',
      programme: await revised(id, (programme) => {
        programme.subject = 'Otro tema';
      }),
    });
    expect((await programmeOf(id)).subject).toBe('Otro tema');
  });

  it('takes nothing back that a colleague changed since its author looked', async () => {
    const id = await sentBack();
    const before = await revised(id, (programme) => {
      programme.subject = 'Otro tema';
    });
    const frame = 'En el marco de otra red';
    await system.change(id, {
      change: 'amend',
      programme: await revised(id, (programme) => {
        programme.frame = frame;
      }),
    });
    const given = { decision: 'submit', programme: before, seen: 0 } as const;
    await expect(system.answer(id, REVISE, 'oas-1', given)).rejects.toMatchObject({
      refusal: { code: 'ChangedSince', changes: [{ number: 1, kind: 'amend' }] },
    });
    expect(await programmeOf(id)).toMatchObject({ frame });
    // What is kept beside the answer says it, too, to whoever records it.
    const hash = await kept(id, { programme: { ...(await programmeOf(id)), subject: 'Otro tema' }, seen: 0 });
    const { subject } = await system.open(id, REVISE);
    const late = await recordAnswer(
      system.caseFile,
      id,
      {
        ...{ request: REVISE, party: 'oas', by: 'oas-1', subject: subject.hash },
        ...{ decision: 'submit', content: hash },
      },
      new Date().toISOString(),
    );
    expect(late).toMatchObject({ code: 'ChangedSince' });

    const after = await revised(id, (programme) => {
      programme.subject = 'Otro tema';
    });
    await system.answer(id, REVISE, 'oas-1', { decision: 'submit', programme: after, seen: 1 });
    expect(await programmeOf(id)).toMatchObject({ frame, subject: 'Otro tema' });
  });

  async function kept(id: string, value: { programme: Programme; seen: number }): Promise<string> {
    const hash = hashOf(value);
    await keepContent(system.caseFile, id, hash, value, new Date().toISOString());
    return hash;
  }
});
