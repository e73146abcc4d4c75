import { html } from 'hono/html';
import type { Refused } from '../../../client/index.ts';
import { type ChangeKind, type GivenChange, givenChange } from '../../../domain/change.ts';
import type { RefusalCode } from '../../../domain/refusal.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Html, type Mistake, mistakeOf, type PageContext, page } from '../../frame.ts';
import { fileMistakes, refusedText } from '../../refusals.ts';
import type { Seen } from '../../seen.ts';
import type { Choice, Field, Values } from './kind.ts';
import { KINDS } from './kinds.ts';

/** The form of one kind of change: its fields, what is read from it, and its mistakes. */

/** The fields of a kind's form, and the reason that every change has. */
export function fieldsOf(kind: ChangeKind, seen: Seen): Field[] {
  const say = speaker('changes.form', seen.clock.language);
  return [
    ...KINDS[kind].fields(seen),
    { name: 'reason', label: say('reason'), hint: say('reasonHint'), as: 'long' },
  ];
}

/** What was sent of a kind's fields, trimmed and with plain line breaks. A file is taken for the text it replaces. */
export async function valuesOf(c: PageContext, kind: ChangeKind, seen: Seen): Promise<Values> {
  const body = await c.req.parseBody();
  const values: Record<string, string> = {};
  for (const { name } of fieldsOf(kind, seen)) {
    const given = body[name];
    if (typeof given === 'string') values[name] = given.replaceAll('\r\n', '\n').trim();
    else if (given instanceof File && given.size > 0) values.programme = await given.text();
  }
  return values;
}

/** The change that a form asks for, or what is wrong in it. */
export function changeGiven(
  kind: ChangeKind,
  values: Values,
  seen: Seen,
): { given: GivenChange } | { mistakes: Mistake[] } {
  const say = speaker('changes.form', seen.clock.language);
  const fields = fieldsOf(kind, seen);
  const empty = fields.filter(({ name, optional }) => !optional && !values[name]);
  const mistakes = [
    ...empty.map(({ name, label }) => ({ field: name, message: say('missing', { label }) })),
    ...(empty.some(({ name }) => name !== 'reason') ? [] : (KINDS[kind].mistakes?.(values, seen) ?? [])),
  ];
  const place = ({ field }: Mistake) => fields.findIndex(({ name }) => name === field);
  if (mistakes.length > 0) return { mistakes: mistakes.sort((a, b) => place(a) - place(b)) };
  const by = seen.person && seen.person.role !== 'guest' ? { by: seen.person.id } : {};
  const parsed = givenChange.safeParse({
    what: KINDS[kind].change(values, seen),
    reason: values.reason,
    ...by,
  });
  if (parsed.success) return { given: parsed.data };
  const wrong = new Map(
    parsed.error.issues.map(({ path }) => {
      const { name, label } = fieldAt(path, fields);
      return [name, { field: name, message: say('wrong', { label }) }];
    }),
  );
  return { mistakes: [...wrong.values()] };
}

/** The field that a part of the change was written in. */
const fieldAt = (path: readonly PropertyKey[], fields: readonly Field[]): Field =>
  fields.find(({ name }) => path.includes(name)) ??
  fields.find(({ name }) => name === 'date' && path.includes('startsAt')) ??
  (fields[0] as Field);

/** Where a refusal is shown; of several fields of a code, the first that the form has. */
const FIELDS_OF: Readonly<Partial<Record<RefusalCode, readonly string[]>>> = {
  AddressTaken: ['email'],
  GuestInvited: ['email'],
  AlreadyAsked: ['to'],
  NobodyAnswers: ['to'],
  PartyUnknown: ['invitedBy', 'to'],
  DateNotLater: ['due'],
  DatePast: ['due', 'date', 'to'],
  DayPast: ['to', 'date'],
  NotColleague: ['standIn', 'to', 'person'],
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
export function refusedAs(error: Refused, kind: ChangeKind, seen: Seen): Mistake[] {
  const fields = fieldsOf(kind, seen);
  const field = FIELDS_OF[error.code]?.find((name) => fields.some((one) => one.name === name));
  const at = field ?? (fields[0] as Field).name;
  return [
    { field: at, message: refusedText(error, seen) },
    ...fileMistakes(error.refusal, seen.clock.language).map((message) => ({ field: at, message })),
  ];
}

/** The page with the form. */
export function formPage(
  c: PageContext,
  seen: Seen,
  kind: ChangeKind,
  values: Values,
  mistakes: readonly Mistake[] = [],
  status: 200 | 422 | 503 = mistakes.length > 0 ? 422 : 200,
) {
  const { language } = seen.clock;
  const say = speaker('changes.form', language);
  const named = speaker('changes.kinds', language);
  const fields = fieldsOf(kind, seen);
  const hasFile = fields.some(({ as }) => as === 'file');
  return page(c, {
    title: named(kind),
    back: { href: `/c/${seen.view.id}/changes` },
    mistakes,
    status,
    body: html`<p class="govuk-body-l">${named(`${kind}Does`)}</p>
<form method="post" action="/c/${seen.view.id}/changes/new/${kind}"${hasFile ? html` enctype="multipart/form-data"` : ''} novalidate>
${fields.map((field) => group(c, field, values[field.name] ?? '', mistakes))}
<p class="govuk-body">${say('nothingYet')}</p>
<button class="govuk-button" type="submit">${say('review')}</button>
</form>`,
  });
}

function group(c: PageContext, field: Field, value: string, mistakes: readonly Mistake[]): Html {
  const say = speaker('changes.form', c.get('language'));
  const { name, label, hint, optional } = field;
  const wrong = mistakes.some((one) => one.field === name);
  const described = [hint ? `${name}-hint` : '', wrong ? `${name}-error` : ''].filter(Boolean).join(' ');
  return html`<div class="govuk-form-group${wrong ? ' govuk-form-group--error' : ''}">
<label class="govuk-label govuk-label--s" for="${name}">${optional ? say('optional', { label }) : label}</label>
${hint ? html`<div class="govuk-hint" id="${name}-hint">${hint}</div>` : ''}
${mistakeOf(c, mistakes, name)}
${control(field, value, { described, wrong }, say('choose'))}</div>`;
}

function control(
  { name, as }: Field,
  value: string,
  { described, wrong }: { described: string; wrong: boolean },
  choose: string,
): Html {
  const about = html`${described ? html` aria-describedby="${described}"` : ''}${wrong ? html` aria-invalid="true"` : ''}`;
  const of = (block: string): string => (wrong ? `${block} ${block}--error` : block);
  if (typeof as !== 'string')
    return html`<select class="${of('govuk-select')}" id="${name}" name="${name}"${about}>${
      as.some((one) => one.value === '') ? '' : html`<option value="">${choose}</option>`
    }${grouped(as).map(([group, choices]) =>
      group
        ? html`<optgroup label="${group}">${choices.map((one) => option(one, value))}</optgroup>`
        : choices.map((one) => option(one, value)),
    )}</select>`;
  if (as === 'long' || as === 'code')
    // A line break that stands first in a textarea is dropped by browsers, hence the one before the text.
    return html`<textarea class="${of('govuk-textarea')}" id="${name}" name="${name}" rows="${as === 'code' ? 25 : 4}"${as === 'code' ? html` spellcheck="false"` : ''}${about}>
${value}</textarea>`;
  if (as === 'file')
    return html`<input class="${of('govuk-file-upload')}" type="file" accept=".yaml,.yml" id="${name}" name="${name}"${about}>`;
  if (as === 'number')
    return html`<input class="${of('govuk-input')} govuk-input--width-5" type="text" inputmode="decimal" id="${name}" name="${name}" value="${value}"${about}>`;
  const short = as === 'date' || as === 'time';
  return html`<input class="${of('govuk-input')}${short ? ' govuk-input--width-10' : ''}" type="${as}" id="${name}" name="${name}" value="${value}" autocomplete="off"${about}>`;
}

const option = ({ value, label }: Choice, chosen: string): Html =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`;

/** Choices under the heading each belongs to, in the order in which headings come. */
function grouped(choices: readonly Choice[]): [group: string, choices: Choice[]][] {
  const groups = new Map<string, Choice[]>();
  for (const choice of choices) {
    const group = choice.group ?? '';
    groups.set(group, [...(groups.get(group) ?? []), choice]);
  }
  return [...groups];
}
