import type { Programme } from '../domain/programme/programme.ts';
import type { Difference } from '../domain/programme/programmeDifferences.ts';
import type { Item } from './blocks.ts';
import { dateText, momentOf, periodOf } from './dates/dates.ts';
import { dayOfDate } from './dates/days.ts';
import { partyNamed } from './names/parties.ts';
import { type Reading, sessionName } from './parts.ts';
import { speaker } from './speaker.ts';

/** What a version of the programme changes of the one before, in words: an entry for each thing, with what stood there. */
export const differenceItems = (
  differences: readonly Difference[],
  reader: Reading & { institutions: Programme['institutions'] },
): Item[] => differences.map((difference) => itemOf(difference, reader));

type Reader = Parameters<typeof differenceItems>[1];

function itemOf(difference: Difference, reader: Reader): Item {
  const { language, clock, institutions } = reader;
  const say = speaker('brief.difference', language);
  const nameOf = (code: string): string => partyNamed({ institutions }, code, language);
  const session = (number: number) => sessionName(number, language);
  const date = (day: string) => dateText(dayOfDate(day), language, true);
  switch (difference.what) {
    case 'text':
      return { text: say('text', { part: difference.part }), ...rewritten(difference, reader) };
    case 'institution':
      return { text: say('institution', { institution: nameOf(difference.institution) }) };
    case 'person': {
      const { change, name, institution } = difference;
      return { text: say('person', { change, name, institution: nameOf(institution) }) };
    }
    case 'guest': {
      const { change, name } = difference;
      return { text: say('guest', { session: session(difference.session), change, name }) };
    }
    case 'session':
      return { text: say('session', { session: session(difference.session), change: difference.change }) };
    case 'session-contents':
      return {
        text: say('session-contents', { session: session(difference.session) }),
        ...rewritten(difference, reader),
      };
    case 'session-date': {
      const { before, after } = difference;
      const moment = (at: string | null) => (at ? momentOf(at, clock) : say('undated'));
      return {
        text: say('session-date', { session: session(difference.session) }),
        note: lines(reader, moment(before), moment(after)),
      };
    }
    case 'session-place':
      return {
        text: say('session-place', { session: session(difference.session) }),
        note: lines(reader, difference.before, difference.after),
      };
    case 'dated':
      return { text: say('dated'), note: lines(reader, date(difference.before), date(difference.after)) };
    case 'closed-days': {
      const { institution, before, after } = difference;
      const days = (periods: typeof before) =>
        periods.length === 0
          ? say('noClosedDays')
          : periods.map((period) => periodOf(period, clock)).join('; ');
      return {
        text: say('closed-days', { institution: nameOf(institution) }),
        note: lines(reader, days(before), days(after)),
      };
    }
    case 'consultant':
      return { text: say('consultant', { name: difference.name }) };
    case 'report':
      return {
        text: say('report', { does: difference.does, institution: nameOf(difference.institution) }),
      };
    case 'deadline': {
      const days = (n: number | null) => (n === null ? say('usual') : say('days', { n }));
      return {
        text: say('deadline', { what: speaker('form.fields', language)(difference.deadline) }),
        note: lines(reader, days(difference.before), days(difference.after)),
      };
    }
  }
}

const rewritten = (
  { removed, added }: { removed: readonly string[]; added: readonly string[] },
  reader: Reader,
): { note?: string } => {
  const note = lines(reader, removed.join('\n'), added.join('\n'));
  return note ? { note } : {};
};

/** What stood there, and what stands there; of what was only added or taken away, that alone. */
function lines({ language }: Reader, before: string, after: string): string {
  const say = speaker('brief.difference', language);
  return [
    ...(before ? [say('before', { text: before })] : []),
    ...(after ? [say('after', { text: after })] : []),
  ].join('\n');
}
