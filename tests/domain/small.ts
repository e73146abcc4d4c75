import type { FileMistake } from '../../src/domain/mistake.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';

/** A programme that is as short as a programme can be, and without a mistake. */
export const SMALL = `id: 15-aaa-bbb
language: en
title: Cooperation between two ministries
frame: RIAL
subject: Labour inspection
modality: virtual
call: { number: 15, year: 2022 }
dated: 2022-03-01
institutions:
  - id: aaa
    name: Ministry A
    acronym: MA
    country: PE
    timezone: America/Lima
    role: requesting
  - id: bbb
    name: Ministry B
    acronym: MB
    country: CL
    timezone: America/Santiago
    role: providing
  - id: oas
    name: Organization of American States
    acronym: OAS
    country: US
    timezone: America/New_York
    role: secretariat
participants:
  - name: Ana
    email: ana@a.example
    institution: aaa
  - name: Berta
    email: berta@b.example
    institution: bbb
  - name: Olga
    email: olga@oas.example
    institution: oas
description: [What it is.]
objectives:
  introduction: "The objectives are:"
  items:
    - text: To learn.
methodology:
  introduction: Five steps.
  coordination: { title: One, text: Meeting. }
  documents: { title: Two, text: Documents. }
  sessions: { title: Three, text: Sessions. }
  systematization: { title: Four, text: Sheet. }
  finalReport: { title: Five, text: Report. }
coordination:
  date: 2022-03-02
  starts: "10:00"
  timezone: America/Lima
meeting:
  link: https://zoom.example/j/1
contents:
  introduction: "The contents are:"
sessions:
  - date: 2022-04-06
    starts: "10:00"
    timezone: America/Lima
    hours: 2
    contents: First.
    guests:
      - name: Gil
        email: gil@guests.example
        invitedBy: aaa
  - window:
      from: 2022-05-02
      to: 2022-05-13
    contents: Second.
systematization:
  consultant:
    name: Carla
    email: carla@consultants.example
finalReport:
  drafts: [aaa]
  complements: [bbb]
  receives: oas
`;

/** Stands in a text at the place where a mistake is expected, and is no part of it. */
const MARK = '¶';

/**
 * Takes the mark out of a text.
 *
 * @returns the text, and the line and column (from 1) that the mark stood at
 */
export function marked(text: string): { text: string; line: number; column: number } {
  const before = text.slice(0, text.indexOf(MARK)).split('\n');
  if (!text.includes(MARK) || text.indexOf(MARK) !== text.lastIndexOf(MARK))
    throw new Error(`the text needs ${MARK} once`);
  return {
    text: text.replace(MARK, ''),
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
  };
}

/** `text` with one passage written otherwise. The passage has to be there once. */
export function edited(text: string, [passage, otherwise]: readonly [string, string]): string {
  if (text.split(passage).length !== 2) throw new Error(`"${passage}" has to be there once`);
  return text.replace(passage, () => otherwise);
}

export function mistakesOf(source: string): FileMistake[] {
  const checked = checkProgrammeFile(source);
  return 'mistakes' in checked ? checked.mistakes : [];
}
