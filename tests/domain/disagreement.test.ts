import { expect, it } from 'vitest';
import {
  type Disagreement,
  disagreements,
  type FiledCooperation,
  isUnclear,
  type WorkflowFacts,
  wanted,
} from '../../src/domain/disagreement.ts';
import type { RequestState } from '../../src/domain/request.ts';

/** The case file beside Temporal: facts in, codes with their values out. */

const ID = '14-per-chl';
const REQUEST = 'coordination/approve-programme.1';
const NOW = '2021-08-10T12:00:00.000Z';
/** Longer ago than what is under way, and not so long. */
const LONG_AGO = '2021-08-10T11:00:00.000Z';
const JUST_NOW = '2021-08-10T11:58:00.000Z';

type Filed = FiledCooperation['requests'][number];
const answer = (party: string, at = LONG_AGO) => ({ party, at });
const filedRequest = (more: Partial<Filed> = {}): Filed => ({
  ...{ id: REQUEST, of: ['per-mtpe', 'chl-mtps'], openedAt: LONG_AGO, closedAt: null, answers: [] },
  ...more,
});
const filed = (more: Partial<FiledCooperation> = {}): FiledCooperation => ({
  ...{ id: ID, unfinished: true, followedUp: false, since: LONG_AGO, paused: false, changes: [], mails: [] },
  sheets: [],
  requests: [filedRequest()],
  ...more,
});
const held = (more: Partial<Filed> = {}) =>
  ({
    id: REQUEST,
    of: ['per-mtpe', 'chl-mtps'],
    openedAt: LONG_AGO,
    answers: [],
    ...more,
  }) as unknown as RequestState;
const workflow = (scope: string, more: Partial<WorkflowFacts> = {}): WorkflowFacts => ({
  ...{ cooperation: ID, scope, status: 'running', run: 'r1', startedAt: LONG_AGO, atWork: false },
  waitingOn: [],
  ...more,
});
const own = (more: Partial<WorkflowFacts> = {}) => workflow('', more);
const step = (more: Partial<WorkflowFacts> = {}) => workflow('coordination', { requests: [held()], ...more });
const gone = { status: 'missing', run: undefined, startedAt: undefined, requests: undefined };
const ended = { status: 'terminated', closedAt: LONG_AGO, requests: undefined };
const over = { unfinished: false, requests: [] };
const SHEET = { ...over, sheets: [{ scope: 'sheet-5', since: LONG_AGO }] };

const CASES: [string, FiledCooperation[], WorkflowFacts[], Disagreement[]][] = [
  ['the same in both', [filed()], [own(), step()], []],
  [
    'Temporal knows nothing of it',
    [filed()],
    [own(gone), step(gone)],
    [{ code: 'workflow-missing', cooperation: ID }],
  ],
  ['it is about to be started', [filed({ since: JUST_NOW, requests: [] })], [own(gone)], []],
  [
    'it was ended, and its steps with it',
    [filed()],
    [own(ended), step(ended)],
    [{ code: 'workflow-ended', cooperation: ID, was: 'terminated', run: 'r1' }],
  ],
  ['it is ending', [filed()], [own({ status: 'completed', closedAt: JUST_NOW })], []],
  [
    'a step was ended',
    [filed()],
    [own(), step(ended)],
    [{ code: 'step-ended', cooperation: ID, scope: 'coordination', was: 'terminated', run: 'r1' }],
  ],
  [
    'a step was ended, and the cooperation cannot go on from it',
    [filed()],
    [own({ failing: 'workflow-worker-unhandled-failure' }), step(ended)],
    [{ code: 'step-ended', cooperation: ID, scope: 'coordination', was: 'terminated', run: 'r1' }],
  ],
  ['a step is ending', [filed()], [own(), step({ ...ended, closedAt: JUST_NOW })], []],
  ['a step begins', [filed({ requests: [filedRequest({ openedAt: JUST_NOW })] })], [own(), step(gone)], []],
  [
    'a step has ended that asks for nothing more',
    [filed({ requests: [] })],
    [own(), step({ ...ended, status: 'completed' })],
    [],
  ],
  [
    'it is over and runs',
    [filed(over)],
    [own(), workflow('documents')],
    [
      { code: 'workflow-left', cooperation: ID, scope: '' },
      { code: 'workflow-left', cooperation: ID, scope: 'documents' },
    ],
  ],
  ['it is just over', [filed({ ...over, since: JUST_NOW })], [own()], []],
  ['it is over and says so to everyone', [filed(over)], [own({ atWork: true })], []],
  ['a mail of one that is over goes out again', [filed(over)], [workflow('again-3')], []],
  ['a corrected sheet of one that is over is written', [filed(SHEET)], [workflow('sheet-5')], []],
  [
    'a corrected sheet of one that is over was published or called off, and its workflow runs',
    [filed(over)],
    [workflow('sheet-5')],
    [{ code: 'correction-left', cooperation: ID, scope: 'sheet-5' }],
  ],
  [
    'Temporal knows nothing of a corrected sheet of one that is over, whatever is asked in it',
    [filed({ ...SHEET, requests: [filedRequest({ id: 'sheet-5/draft-sheet.1' })] })],
    [workflow('sheet-5', gone)],
    [{ code: 'workflow-missing', cooperation: ID }],
  ],
  [
    'a corrected sheet has just been asked for',
    [filed({ ...SHEET, sheets: [{ scope: 'sheet-5', since: JUST_NOW }] })],
    [workflow('sheet-5', gone)],
    [],
  ],
  [
    'a corrected sheet of one that is over was ended',
    [filed(SHEET)],
    [workflow('sheet-5', ended)],
    [{ code: 'step-ended', cooperation: ID, scope: 'sheet-5', was: 'terminated', run: 'r1' }],
  ],
  ['it is unknown', [], [own(), step()], [{ code: 'cooperation-unknown', cooperation: ID }]],
  ['it is unknown and begins', [], [own({ startedAt: JUST_NOW })], []],
  ['one that is unknown has ended', [], [own(ended)], []],
  [
    'a request is not waited on',
    [filed()],
    [own(), step({ requests: [] })],
    [{ code: 'request-unwaited', cooperation: ID, request: REQUEST }],
  ],
  [
    'a request is just opened',
    [filed({ requests: [filedRequest({ openedAt: JUST_NOW })] })],
    [own(), step({ requests: [] })],
    [],
  ],
  ['a workflow has just begun', [filed()], [own(), step({ requests: [], startedAt: JUST_NOW })], []],
  ['a workflow was not asked', [filed()], [own(), step({ requests: undefined })], []],
  [
    'a request is not filed',
    [filed({ requests: [] })],
    [own(), step()],
    [{ code: 'request-unfiled', cooperation: ID, request: REQUEST }],
  ],
  [
    'a request is closed and waited on',
    [filed({ requests: [filedRequest({ closedAt: LONG_AGO })] })],
    [own(), step()],
    [{ code: 'request-unfiled', cooperation: ID, request: REQUEST }],
  ],
  [
    'a request is just closed',
    [filed({ requests: [filedRequest({ closedAt: JUST_NOW })] })],
    [own(), step()],
    [],
  ],
  [
    'an answer was not heard of',
    [filed({ requests: [filedRequest({ answers: [answer('per-mtpe')] })] })],
    [own(), step()],
    [{ code: 'answer-unheard', cooperation: ID, request: REQUEST, party: 'per-mtpe' }],
  ],
  [
    'the last answer was not heard of',
    [
      filed({
        requests: [filedRequest({ closedAt: LONG_AGO, answers: [answer('per-mtpe'), answer('chl-mtps')] })],
      }),
    ],
    [own(), step({ requests: [held({ answers: [answer('per-mtpe')] })] })],
    [{ code: 'answer-unheard', cooperation: ID, request: REQUEST, party: 'chl-mtps' }],
  ],
  [
    'an answer is on its way to the workflow',
    [filed({ requests: [filedRequest({ answers: [answer('per-mtpe', JUST_NOW)] })] })],
    [own(), step()],
    [],
  ],
  [
    'an answer is not filed',
    [filed()],
    [own(), step({ requests: [held({ answers: [answer('per-mtpe')] })] })],
    [{ code: 'answer-unfiled', cooperation: ID, request: REQUEST, party: 'per-mtpe' }],
  ],
  [
    'an answer is on its way to the case file',
    [filed()],
    [own(), step({ requests: [held({ answers: [answer('per-mtpe', JUST_NOW)] })] })],
    [],
  ],
  [
    'a change was not made',
    [filed({ changes: [{ number: 3, askedAt: LONG_AGO }] })],
    [own(), step()],
    [{ code: 'change-unmade', cooperation: ID, change: 3 }],
  ],
  ['a change is being made', [filed({ changes: [{ number: 3, askedAt: JUST_NOW }] })], [own(), step()], []],
  [
    'the code of a workflow fails',
    [filed()],
    [own(), step({ failing: 'non-deterministic-error', requests: undefined })],
    [
      {
        code: 'tasks-failing',
        cooperation: ID,
        scope: 'coordination',
        why: 'non-deterministic-error',
      },
    ],
  ],
  [
    'mails are left',
    [filed({ mails: [{ preparedAt: LONG_AGO }, { preparedAt: LONG_AGO }, { preparedAt: JUST_NOW }] })],
    [own(), step()],
    [{ code: 'mails-unsent', cooperation: ID, mails: 2 }],
  ],
  ['mails are sent', [filed({ mails: [{ preparedAt: LONG_AGO }] })], [own(), step({ atWork: true })], []],
  [
    'mails may be sent by a workflow that has just begun',
    [filed({ mails: [{ preparedAt: LONG_AGO }] })],
    [own({ startedAt: JUST_NOW }), step()],
    [],
  ],
  ['mails are just made', [filed({ mails: [{ preparedAt: JUST_NOW }] })], [own(), step()], []],
  [
    'mails are left of one that is over',
    [filed({ ...over, mails: [{ preparedAt: LONG_AGO }] })],
    [],
    [{ code: 'mails-unsent', cooperation: ID, mails: 1 }],
  ],
];

it.each(CASES)('%s', (_, file, found, expected) => {
  expect(disagreements(file, found, NOW)).toEqual(expected);
});

it('looks at the workflows of what is open, and at no others', () => {
  const later = filed({ ...over, id: '13-col-mex', requests: [filedRequest()] });
  expect(
    wanted([filed({ requests: [filedRequest(), filedRequest({ id: 'documents/x.1' })] }), later]),
  ).toEqual(['', 'coordination', 'documents'].map((scope) => ({ cooperation: ID, scope })));
});

const UNCLEAR: [boolean, string, Partial<WorkflowFacts>, Partial<FiledCooperation>][] = [
  [false, 'whom it waits on is who owes', { waitingOn: ['chl-mtps', 'per-mtpe'] }, {}],
  [false, 'the Secretariat is to decide', { waitingOn: ['chl-mtps', 'oas', 'per-mtpe'] }, {}],
  [true, 'it waits on fewer', { waitingOn: ['chl-mtps'] }, {}],
  [
    true,
    'it waits on somebody who has answered',
    { waitingOn: ['chl-mtps', 'per-mtpe'] },
    { requests: [filedRequest({ answers: [answer('per-mtpe')] })] },
  ],
  [
    true,
    'it waits on two who are not asked',
    { waitingOn: ['chl-mtps', 'oas', 'per-mtpe'] },
    { requests: [filedRequest({ of: ['per-mtpe'] })] },
  ],
  [true, 'it waits on nobody', { waitingOn: [] }, {}],
  [true, 'it waits for something else', { waitingOn: ['per-mtpe'] }, { requests: [] }],
  [false, 'it waits for time to pass', { waitingOn: [] }, { requests: [] }],
  [true, 'it is paused', { waitingOn: [] }, { paused: true }],
  [
    true,
    'it waits on several requests',
    { waitingOn: ['chl-mtps', 'per-mtpe'] },
    { requests: [filedRequest(), filedRequest({ id: 'coordination/other.1' })] },
  ],
  [false, 'it has ended', { status: 'terminated' }, {}],
  [false, 'its code fails', { failing: 'unspecified' }, {}],
];
it.each(UNCLEAR)('it is %s that a workflow has to be asked: %s', (unclear, _, found, file) => {
  expect(isUnclear(step(found), filed(file))).toBe(unclear);
});
