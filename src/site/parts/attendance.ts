import type { CaseView } from '../../domain/caseView.ts';
import type { Attendee } from '../../domain/content.ts';
import type { Language } from '../../domain/language.ts';
import { attendeeOf } from '../../domain/people/attendance.ts';
import { matchedTo, participantsIn, tableText } from '../../domain/people/participants.ts';
import { isSameName } from '../../domain/people/samePerson.ts';
import { attendeeIn, attendeeLine } from '../../words/attendance.ts';
import { speaker } from '../../words/speaker.ts';
import { type Field, linesOf } from '../form.ts';

/** Who attended, as a form asks for it: a line each, and a list of participants that proposes lines. */

export const attendanceLines = (
  attendance: readonly Attendee[],
  { programme }: Pick<CaseView, 'programme'>,
  language: Language,
): string => attendance.map((one) => attendeeLine(one, programme, language)).join('\n');

export const attendanceOf = (text: string, view: CaseView): Attendee[] =>
  linesOf(text).map((line) => attendeeIn(line, view));

/** The lines, named `name`, and the file beside them. */
export function attendanceFields(view: CaseView, language: Language, name: string, label: string) {
  const say = speaker('site.attendance', language);
  const participants: Field = {
    ...{ name: 'participants', as: 'file', accept: '.csv,.txt', into: name, optional: true },
    ...{ label: say('participants'), hint: say('participantsHint') },
    propose(bytes, written) {
      const listed = participantsIn(tableText(bytes));
      if (!listed) return { mistake: say('noList') };
      if (listed.length === 0) return { mistake: say('emptyList') };
      const { present, others } = matchedTo(
        listed,
        view.people.filter(({ active }) => active),
      );
      const known = present.flatMap((person): Attendee[] =>
        view.people
          .filter(({ id }) => id === person)
          .map(({ id, name, party }) => ({ name, party, person: id })),
      );
      const before = attendanceOf(written, view);
      const added = [...known, ...others].filter((one) => !before.some((other) => isSame(one, other)));
      return { text: attendanceLines([...before, ...added], view, language) };
    },
  };
  const lines: Field = {
    ...{ name, as: 'long', rows: 4, label, hint: say('linesHint'), optional: true },
  };
  return { participants, others: lines };
}

/** The same person of the case, or the same name. */
function isSame(a: Attendee, b: Attendee): boolean {
  const [one, other] = [attendeeOf(a), attendeeOf(b)];
  return one.person !== undefined && other.person !== undefined
    ? one.person === other.person
    : isSameName(one.name, other.name);
}
