import { describe, expect, it } from 'vitest';
import { tryChange } from '../../../src/casefile/changes/index.ts';
import { keepContent } from '../../../src/casefile/contents.ts';
import { findRequest } from '../../../src/casefile/requests.ts';
import { keepSlots } from '../../../src/casefile/sessions.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { Follow } from '../../../src/domain/follows.ts';
import { answers, approves, asked, HASH, LATER, made, NOW, setting, the } from './setting.ts';

/** What a preview says that follows; and that it is what comes of it. */

setting();

const REVIEW = 'coordination/approve-programme.1';
const DOCUMENTS = 'documents/send-documents.1';
const annul = (request: string, party: string): Change => ({ change: 'annul', request, party });
const follows = async (what: Change, at = LATER): Promise<Follow[]> => {
  const foreseen = await tryChange(the().db, the().id, { what, reason: 'x' }, at);
  if ('refusal' in foreseen) throw new Error(JSON.stringify(foreseen.refusal));
  return foreseen.follows;
};
const dueOf = async (request: string) => (await findRequest(the().db, the().id, request))?.dueAt;
const ofDocuments = { request: DOCUMENTS, kind: 'send-documents', item: null } as const;

describe('reassigning', () => {
  it('has another institution owe it, until when it then does', async () => {
    await asked(DOCUMENTS, ['chl-mtps', 'per-mtpe']);
    const what = { change: 'reassign', request: DOCUMENTS, from: 'chl-mtps', to: 'oas' } as const;
    const [follow, ...others] = await follows(what);
    expect(others).toEqual([]);
    await made(what, { at: LATER });
    expect(follow).toEqual({
      ...{ follows: 'asked', how: 'instead', parties: ['oas'], ...ofDocuments },
      due: await dueOf(DOCUMENTS),
    });
  });
});

describe('resuming', () => {
  it('goes on, with another due date for what is open', async () => {
    await asked(DOCUMENTS, ['chl-mtps', 'per-mtpe']);
    await made({ change: 'pause' });
    const at = '2021-07-20T15:00:00.000Z';
    const before = await dueOf(DOCUMENTS);
    const foreseen = await follows({ change: 'resume' }, at);
    await made({ change: 'resume' }, { at });
    const due = await dueOf(DOCUMENTS);
    expect(due).not.toBe(before);
    expect(foreseen).toEqual([
      { follows: 'goes-on' },
      { follows: 'due-moved', parties: ['chl-mtps', 'per-mtpe'], ...ofDocuments, due },
    ]);
  });
});

describe('annulling an answer', () => {
  it('while others owe theirs, has its party owe it again', async () => {
    await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
    await approves(REVIEW, 'chl-mtps-1');
    const what = annul(REVIEW, 'chl-mtps');
    const foreseen = await follows(what);
    await made(what, { at: LATER });
    expect(foreseen).toEqual([
      {
        ...{ follows: 'asked', how: 'anew', request: REVIEW, kind: 'approve-programme', item: null },
        ...{ parties: ['chl-mtps'], due: await dueOf(REVIEW) },
      },
    ]);
  });

  it('that was used, asks it anew, and what was asked after it stands no more', async () => {
    await asked(REVIEW, ['per-mtpe', 'chl-mtps']);
    await keepContent(the().db, the().id, HASH, { reason: 'Falta el financiamiento.' }, NOW);
    await answers(REVIEW, 'chl-mtps-1', { decision: 'changes', content: HASH });
    await approves(REVIEW, 'per-mtpe-1');
    await asked('coordination/revise-programme.1', ['oas'], { openedAt: NOW });
    const foreseen = await follows(annul(REVIEW, 'chl-mtps'));
    await made(annul(REVIEW, 'chl-mtps'), { at: LATER });
    expect(foreseen).toEqual([
      {
        ...{ follows: 'asked', how: 'anew', request: `${REVIEW}.2`, kind: 'approve-programme', item: null },
        ...{ parties: ['chl-mtps'], due: await dueOf(`${REVIEW}.2`) },
      },
      {
        ...{ follows: 'superseded', request: 'coordination/revise-programme.1' },
        ...{ kind: 'revise-programme', item: null },
      },
    ]);
  });

  it('by which a date was fixed, takes it back', async () => {
    const CONFIRM = 'session-2/confirm-date.1';
    const startsAt = '2021-08-18T15:00:00.000Z';
    await keepSlots(the().db, the().id, 2, 1, {
      slots: [{ id: 'a', startsAt, endsAt: '2021-08-18T17:30:00.000Z' }],
      ...{ opensAt: '2021-08-16T00:00:00.000Z', closesAt: '2021-08-31T23:00:00.000Z', hash: HASH },
    });
    await asked(CONFIRM, ['oas'], { openedAt: NOW });
    await answers(CONFIRM, 'oas-1', { decision: 'date', startsAt });
    const foreseen = await follows(annul(CONFIRM, 'oas'));
    expect(foreseen.map(({ follows: what }) => what)).toEqual(['asked', 'undated']);
    expect(foreseen.at(-1)).toEqual({ follows: 'undated', session: 2, startsAt });
  });
});
