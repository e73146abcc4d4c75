import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { peopleOf } from '../../src/casefile/filing.ts';
import { copiedProgramme, copiedProgrammeText } from '../../src/domain/programme/programmeCopy.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { caseOf } from '../cli/cases.ts';
import { example } from '../support/programme.ts';

/** A cooperation that another one begins with a copy of. */

const NOW = '2031-03-05T15:00:00.000Z';

const standing = () => {
  const programme = example();
  const people = peopleOf(programme).map(({ position: _, cooperation: __, ...one }) => ({
    ...one,
    post: one.post ?? null,
    email: one.email ?? null,
    count: one.count ?? null,
    session: one.session ?? null,
    focalPoint: one.focalPoint ?? false,
    active: one.active ?? true,
  }));
  const { sessions } = caseOf();
  return { programme, people, sessions };
};

test('has who takes part now, and nothing that is of one cooperation alone', () => {
  const view = standing();
  view.people[0] = { ...view.people[0], active: false } as (typeof view.people)[number];
  const copied = copiedProgramme(view, NOW);
  expect(Object.keys(copied)).not.toEqual(expect.arrayContaining(['id']));
  expect(Object.keys(copied)).not.toEqual(expect.arrayContaining(['call']));
  expect(copied).toMatchObject({ dated: '2031-03-05', systematization: {} });
  const text = JSON.stringify(copied);
  for (const left of [view.people[0]?.name, '"date"', '"window"', '"guests"', '"consultant"'])
    expect(text).not.toContain(left);
  expect(text).toContain(view.people[1]?.name);
});

test('is the programme again once that is written', () => {
  const view = standing();
  const { programme } = view;
  const copy = parse(copiedProgrammeText(view, NOW)) as Record<string, unknown>;
  const checked = checkProgrammeFile(
    JSON.stringify({
      ...copy,
      ...{ id: 'other', call: programme.call, coordination: programme.coordination },
      sessions: programme.sessions,
    }),
  );
  expect(checked).toEqual({
    programme: {
      ...programme,
      ...{ id: 'other', dated: '2031-03-05', systematization: {} },
      participants: programme.participants.map((one, index) => ({
        ...one,
        ...(view.people[index]?.focalPoint && { focalPoint: true }),
      })),
    },
  });
});

test('is without the sessions that were cancelled', () => {
  const view = standing();
  const [first, ...others] = view.sessions;
  if (!first) throw new Error('a case without sessions');
  const copied = copiedProgramme({ ...view, sessions: [{ ...first, cancelledAt: NOW }, ...others] }, NOW);
  expect((copied.sessions as { contents: string }[]).map(({ contents }) => contents)).toEqual(
    view.programme.sessions.slice(1).map(({ contents }) => contents),
  );
});
