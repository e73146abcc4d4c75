import { Temporal as Dates } from 'temporal-polyfill';
import type { GivenDecision, Refused } from '../../../client/index.ts';
import { MARKS, type Mark } from '../../../domain/answer.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import type { Form } from '../../../domain/kinds/kind.ts';
import { momentOf } from '../../../words/dates.ts';
import { formMistakeText } from '../../../words/mistakes.ts';
import type { Mistake } from '../../frame.ts';
import { fileMistakes, refusedText } from '../../refusals.ts';
import { zoneOf } from './about.ts';
import { type Asked, sayIn } from './asked.ts';
import { one } from './controls.ts';
import { markField } from './forms.ts';

/** What somebody filled in, as an answer; or the mistakes in it, each at its field. */

export type Read = { said: GivenDecision; mistakes?: undefined } | { said?: undefined; mistakes: Mistake[] };

const mistaken = (...mistakes: Mistake[]): Read => ({ mistakes });

/** @param put the files that came with the form: documents as `doc-3@1`, and the hash of the last one */
export function readAnswer(asked: Asked, put: { documents: string[]; sha256?: string | undefined }): Read {
  return READERS[kinds[asked.request.kind].form](asked, put);
}

type Put = Parameters<typeof readAnswer>[1];
const READERS: Readonly<Record<Form, (asked: Asked, put: Put) => Read>> = {
  minutes: readMinutes,
  review: readReview,
  programme: ({ fields }) => ({ said: { decision: 'submit', programme: one(fields, 'programme') } }),
  documents: readDocuments,
  question: readText,
  marks: readMarks,
  date: readDate,
  session: readSession,
  person: readPerson,
  draft: readDraft,
  confirmation: () => ({ said: { decision: 'done' } }),
};

function readReview(asked: Asked): Read {
  const { fields } = asked;
  const say = sayIn(asked);
  const decision = one(fields, 'decision');
  const reason = one(fields, 'reason').trim();
  if (decision === 'changes')
    return reason
      ? { said: { decision, reason } }
      : mistaken({ field: 'reason', message: say('reasonMissing') });
  if (decision !== 'approve') return mistaken({ field: 'decision', message: say('choose') });
  // Neither the approval nor the words may be what was not meant.
  return reason
    ? mistaken({ field: 'decision', message: say('reasonWithApproval') })
    : { said: { decision } };
}

function readMarks(asked: Asked): Read {
  const { fields, request, seen } = asked;
  const say = sayIn(asked);
  const marks: Record<string, Mark> = {};
  const mistakes: Mistake[] = [];
  for (const { id, startsAt } of request.slots) {
    const mark = MARKS.find((known) => known === one(fields, markField(id)));
    if (mark) marks[id] = mark;
    else {
      const slot = momentOf(startsAt, { ...seen.clock, others: [] });
      mistakes.push({ field: markField(id), message: say('markMissing', { slot }) });
    }
  }
  return mistakes.length > 0 ? { mistakes } : { said: { decision: 'marks', marks } };
}

function readDate(asked: Asked): Read {
  const { fields } = asked;
  const say = sayIn(asked);
  const chosen = one(fields, 'choice');
  const reason = one(fields, 'reason').trim();
  if (chosen.startsWith('slot:')) return { said: { decision: 'date', date: chosen.slice('slot:'.length) } };
  if (chosen === 'changes')
    return reason
      ? { said: { decision: 'changes', reason } }
      : mistaken({ field: 'reason', message: say('whyMissing') });
  if (chosen !== 'other') return mistaken({ field: 'choice', message: say('dateMissing') });
  try {
    const day = Dates.PlainDate.from(one(fields, 'date'));
    const time = Dates.PlainTime.from(one(fields, 'time'));
    const instant = day.toZonedDateTime({ timeZone: zoneOf(asked), plainTime: time }).toInstant();
    return { said: { decision: 'date', date: instant.toString() } };
  } catch {
    return mistaken({ field: 'date', message: say('otherMissing') });
  }
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function readMinutes(asked: Asked): Read {
  const { fields } = asked;
  const minutes = one(fields, 'minutes').trim();
  if (!minutes) return mistaken({ field: 'minutes', message: sayIn(asked)('minutesMissing') });
  const attendance = [...(fields.attendance ?? []), ...lines(one(fields, 'others'))];
  return {
    said: { decision: 'done', minutes: { minutes, attendance, outputs: lines(one(fields, 'outputs')) } },
  };
}

function readSession(asked: Asked): Read {
  const say = sayIn(asked);
  const held = one(asked.fields, 'held');
  const reason = one(asked.fields, 'reason').trim();
  if (held === 'no') return { said: { decision: 'not-held', ...(reason && { reason }) } };
  if (held !== 'yes') return mistaken({ field: 'held', message: say('heldMissing') });
  return reason ? mistaken({ field: 'held', message: say('reasonWithHeld') }) : readMinutes(asked);
}

function readText(asked: Asked, { documents }: Put): Read {
  const text = one(asked.fields, 'text').trim();
  if (!text) return mistaken({ field: 'text', message: sayIn(asked)('textMissing') });
  return { said: { decision: 'done', text, ...(documents.length > 0 && { documents }) } };
}

function readDocuments(asked: Asked, { documents }: Put): Read {
  const say = sayIn(asked);
  const nothing = one(asked.fields, 'nothing') === 'yes';
  if (nothing && documents.length > 0) return mistaken({ field: 'nothing', message: say('nothingAndFiles') });
  if (!nothing && documents.length === 0) return mistaken({ field: 'files', message: say('filesMissing') });
  return { said: { decision: 'done', ...(documents.length > 0 && { documents }) } };
}

function readDraft(asked: Asked, { sha256 }: Put): Read {
  return sha256
    ? { said: { decision: 'submit', document: sha256 } }
    : mistaken({ field: 'files', message: sayIn(asked)('fileMissing') });
}

function readPerson(asked: Asked): Read {
  const { fields } = asked;
  const say = sayIn(asked);
  const [name, email, post] = ['name', 'email', 'post'].map((field) => one(fields, field).trim()) as [
    string,
    string,
    string,
  ];
  const mistakes = [
    ...(name ? [] : [{ field: 'name', message: say('nameMissing') }]),
    ...(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)
      ? []
      : [{ field: 'email', message: say('emailMistaken') }]),
  ];
  if (mistakes.length > 0) return { mistakes };
  const [language, timezone] = [one(fields, 'language'), one(fields, 'timezone')];
  return {
    said: {
      decision: 'done',
      person: {
        name,
        email,
        ...(post && { post }),
        ...(language && { language }),
        ...(timezone && { timezone }),
      },
    },
  };
}

/** Where a form is corrected first. */
const FIRST_FIELD: Readonly<Record<Form, string>> = {
  minutes: 'minutes',
  review: 'decision',
  programme: 'programme',
  documents: 'files',
  question: 'text',
  marks: 'form',
  date: 'choice',
  session: 'minutes',
  person: 'name',
  draft: 'files',
  confirmation: 'form',
};

const FIELDS = new Set([
  'minutes',
  'attendance',
  'outputs',
  'text',
  'reason',
  'name',
  'email',
  'post',
  'language',
  'timezone',
]);

/** A refusal at the fields it is about: of a programme, each mistake with its line. */
export function mistakesOf(error: Refused, asked: Asked): Mistake[] {
  const { seen, view, request } = asked;
  const { language } = seen.clock;
  const { refusal } = error;
  const message = refusedText(error, { clock: seen.clock, view });
  const field = FIRST_FIELD[kinds[request.kind].form];
  switch (refusal.code) {
    case 'ProgrammeMistaken':
      return fileMistakes(refusal, language).map((told) => ({ field, message: told }));
    case 'DateOutsideWindow':
      return [{ field: one(asked.fields, 'choice') === 'other' ? 'date' : field, message }];
    case 'ContentMistaken':
      return refusal.mistakes.map((mistake) => {
        const [at = ''] = mistake.path.split(/[.[]/);
        return { field: FIELDS.has(at) ? at : field, message: formMistakeText(mistake, language) };
      });
    default:
      return [{ field, message }];
  }
}
