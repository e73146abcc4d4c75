import { html } from 'hono/html';
import type { Draft } from '../../../casefile/drafts.ts';
import type { Refused } from '../../../client/index.ts';
import { lastChangeOf } from '../../../domain/caseView.ts';
import { type ChangeKind, type GivenChange, givenChange, LONGEST_REASON } from '../../../domain/change.ts';
import { jsonSchema, mistakesIn } from '../../../domain/programme/shapeMistakes.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import { formMistakeText } from '../../../words/mistakes.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { type Field, hiddenHtml, type Mistake, partsHtml, type Reading, textsOf } from '../../form.ts';
import { page } from '../../frame.ts';
import { draftAttributes, draftNotice } from '../../parts/draft.ts';
import { fileMistakes, refusedText } from '../../refusals.ts';
import type { Visit } from '../../visit.ts';
import type { CheckProgramme, Texts } from './kind.ts';
import { KINDS } from './kinds.ts';

/** The form of one kind of change: its fields, what is read from it, and its mistakes. */

/** The fields of a kind's form, and the reason that every change has. */
export function fieldsOf(kind: ChangeKind, visit: Visit, written?: Texts): Field[] {
  const say = speaker('changes.form', visit.clock.language);
  const fields: Field[] = [
    ...KINDS[kind].fields(visit, written),
    {
      name: 'reason',
      as: 'long',
      rows: 4,
      most: LONGEST_REASON,
      label: say('reason'),
      hint: KINDS[kind].reasonHint?.(visit) ?? say('reasonHint'),
    },
  ];
  const lastSeen: Field = { as: 'hidden', name: 'seen', value: String(lastChangeOf(visit.view)) };
  return [...fields, lastSeen].map((field) =>
    field.as === 'hidden' || field.optional || field.conditional ? field : { ...field, required: true },
  );
}

/** The change that a form asks for, or what is wrong in it. */
export async function changeIn(
  kind: ChangeKind,
  { values, mistakes }: Reading,
  visit: Visit,
  check: CheckProgramme,
): Promise<{ given: GivenChange } | { mistakes: Mistake[] }> {
  const { language } = visit.clock;
  const fields = fieldsOf(kind, visit);
  const texts = textsOf(values);
  // What cannot go together is told beside an empty reason, and not where something else is still to be mended.
  const others = mistakes.some(({ field }) => field !== 'reason')
    ? []
    : ((await KINDS[kind].mistakes?.(texts, visit, check)) ?? []);
  const place = ({ field }: Mistake) => fields.findIndex(({ name }) => name === field);
  const found = [...mistakes, ...others].sort((a, b) => place(a) - place(b));
  if (found.length > 0) return { mistakes: found };
  const by =
    visit.person && visit.person.role !== 'guest' && visit.person.role !== 'observer'
      ? { by: visit.person.id }
      : {};
  const what = KINDS[kind].change(texts, visit);
  const { read, found: faults } = mistakesIn(
    givenChange,
    {
      what,
      reason: texts.reason,
      ...by,
      seen: /^\d{1,6}$/.test(texts.seen ?? '') ? Number(texts.seen) : lastChangeOf(visit.view),
    },
    CHANGE_SCHEMA,
  );
  if (read) return { given: read.value };
  const wrong = new Map(
    faults.map(({ fault, path }) => {
      const { name } = fieldAt(path, fields);
      return [name, { field: name, message: formMistakeText(fault, language) }];
    }),
  );
  return { mistakes: [...wrong.values()] };
}

const CHANGE_SCHEMA = () => jsonSchema(givenChange);

/** The field that a part of the change was written in. */
const fieldAt = (path: readonly PropertyKey[], fields: readonly Field[]): Field =>
  fields.find(({ name }) => path.includes(name)) ??
  fields.find(({ name }) => name === 'date' && path.includes('startsAt')) ??
  (fields[0] as Field);

/** Where a refusal is shown; of several fields of a code, the first that the form has. */
const FIELDS_OF: Readonly<Partial<Record<RefusalCode, readonly string[]>>> = {
  AddressTaken: ['email', 'guests'],
  GuestInvited: ['email', 'guests'],
  NoAddress: ['standIn', 'to', 'successor', 'person'],
  AlreadyAsked: ['to'],
  NobodyAnswers: ['to'],
  VouchesForItself: ['to'],
  PartyUnknown: ['invitedBy', 'to', 'party', 'owner'],
  CommitmentNotLater: ['due'],
  CommitmentTheSame: ['commitment'],
  CommitmentUnknown: ['commitment'],
  DateNotLater: ['due'],
  SessionOver: ['session'],
  DatePast: ['due', 'date', 'to'],
  DayPast: ['to', 'date'],
  NotColleague: ['standIn', 'to', 'successor', 'person'],
  HasItAlready: ['to'],
  Away: ['standIn', 'to'],
  AwayAlready: ['from'],
  PeriodReversed: ['from', 'date'],
  SessionTooLong: ['hours'],
  SessionMistaken: ['date'],
  ProgrammeMistaken: ['programme'],
  NotAmendable: ['programme'],
};

/** Why a change was refused, in the reader's words, at the field that it is about. */
export function refusedAs(error: Refused, kind: ChangeKind, visit: Visit): Mistake[] {
  const fields = fieldsOf(kind, visit);
  const field = FIELDS_OF[error.code]?.find((name) => fields.some((one) => one.name === name));
  const at = field ?? (fields[0] as Field).name;
  return [
    { field: at, message: refusedText(error, visit) },
    ...fileMistakes(error.refusal, visit.clock.language).map((message) => ({ field: at, message })),
  ];
}

/** What is around a form: what is told above it, where it is kept, and that it was. */
type Around = {
  status?: 200 | 422 | 503;
  before?: Html | '';
  form?: { path: string; of: string } | undefined;
  draft?: Draft;
};

/** The page with the form. */
export function formPage(
  c: PageContext,
  visit: Visit,
  kind: ChangeKind,
  { values, mistakes }: Reading,
  { status = mistakes.length > 0 ? 422 : 200, before = '', form, draft }: Around = {},
) {
  const { language } = visit.clock;
  const say = speaker('changes.form', language);
  const named = speaker('changes.kinds', language);
  // What was looked at when the form was first shown, unless its reader is told what has changed since.
  const fields = fieldsOf(kind, visit, textsOf(values)).map((field) =>
    field.name === 'seen' && values.seen?.[0] ? { ...field, value: values.seen[0] } : field,
  );
  const own = KINDS[kind].page?.(visit.view);
  const hasFile = fields.some(({ as }) => as === 'file');
  return page(c, {
    title: named(kind),
    back: { href: `/c/${visit.view.id}/changes` },
    mistakes,
    status,
    drafts: form !== undefined,
    shows: true,
    body: html`${before}${form && draft ? draftNotice(draft, form.path, visit.clock) : ''}<p class="govuk-body-l">${named(`${kind}Does`)}</p>
${own ? html`<p><a class="govuk-button govuk-button--secondary" role="button" draggable="false" href="${own}">${speaker('form.standing', language)('inForm')}</a></p>` : ''}
<form method="post" action="/c/${visit.view.id}/changes/new/${kind}"${hasFile ? html` enctype="multipart/form-data"` : ''} novalidate${form ? draftAttributes(form.path, language) : ''}>
${form ? hiddenHtml('draft', form.of) : ''}${partsHtml({ language, values, mistakes }, fields)}
<p class="govuk-body">${say('nothingYet')}</p>
<button class="govuk-button" type="submit">${say('review')}</button>
</form>`,
  });
}
