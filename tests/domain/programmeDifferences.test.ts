import { describe, expect, it } from 'vitest';
import { differencesBetween, type PrintedVersion } from '../../src/domain/programme/programmeDifferences.ts';
import { example } from '../support/programme.ts';

const programme = example();

const session = (number: number, given = {}) => ({
  number,
  contents: 'Presentación.\nDiscusión.',
  startsAt: '2021-07-14T15:00:00.000Z',
  guests: [],
  ...given,
});
const before: PrintedVersion = {
  programme,
  sessions: [session(1), session(2)],
  people: [{ institution: 'per-mtpe', name: 'Ana' }],
};

describe('what a version changes of the one before', () => {
  it('is nothing where nothing is different, line breaks and spaces aside', () => {
    const same = {
      ...before,
      sessions: [session(1, { contents: 'Presentación. \n\nDiscusión.' }), session(2)],
    };
    expect(differencesBetween(before, same)).toEqual([]);
  });

  it('is what an objective is to change, in the programme’s objectives', () => {
    const [first, ...others] = programme.objectives.items;
    if (!first) throw new Error('the example has objectives');
    const items = [{ ...first, change: 'Se forman inspectores.' }, ...others];
    const changed = { ...programme, objectives: { ...programme.objectives, items } };
    expect(differencesBetween(before, { ...before, programme: changed })).toMatchObject([
      { part: 'objectives', added: ['Se forman inspectores.'], removed: [] },
    ]);
  });

  it.each<[string, Partial<PrintedVersion>, unknown]>([
    [
      'a rewritten text, by its paragraphs',
      { programme: { ...programme, description: [...programme.description.slice(1), 'Otra cosa.'] } },
      { what: 'text', part: 'description', added: ['Otra cosa.'] },
    ],
    [
      'contents of a session',
      { sessions: [session(1, { contents: 'Presentación.\nDiscusión y cierre.' }), session(2)] },
      { what: 'session-contents', session: 1, removed: ['Discusión.'], added: ['Discusión y cierre.'] },
    ],
    [
      'a session’s date',
      { sessions: [session(1, { startsAt: undefined }), session(2)] },
      { what: 'session-date', session: 1, before: '2021-07-14T15:00:00.000Z', after: null },
    ],
    [
      'a session’s place',
      { sessions: [session(1), session(2, { place: 'Lima' })] },
      { what: 'session-place', session: 2, before: '', after: 'Lima' },
    ],
    ['a session less', { sessions: [session(1)] }, { what: 'session', session: 2, change: 'removed' }],
    [
      'a session more',
      { sessions: [session(1), session(2), session(3)] },
      { what: 'session', session: 3, change: 'added' },
    ],
    [
      'a guest',
      { sessions: [session(1, { guests: [{ name: 'Eva', invitedBy: 'oas' }] }), session(2)] },
      { what: 'guest', session: 1, name: 'Eva', change: 'added' },
    ],
    [
      'somebody who left',
      { people: [] },
      { what: 'person', institution: 'per-mtpe', name: 'Ana', change: 'removed' },
    ],
  ])('%s', (_, changed, expected) => {
    expect(differencesBetween(before, { ...before, ...changed })).toMatchObject([expected]);
  });
});
