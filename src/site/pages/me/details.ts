import { html } from 'hono/html';
import type { StaffRow } from '../../../casefile/database/schema.ts';
import type { ChangeOf } from '../../../domain/change.ts';
import {
  LANGUAGE_NAMES,
  LANGUAGES,
  type Language,
  language as languageShape,
} from '../../../domain/language.ts';
import { cityName } from '../../../words/names/cities.ts';
import { type Speak, speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { type Field, partsHtml, type Reading, textsOf, type Values, valuesOf } from '../../form.ts';
import { cooperationName } from '../../parts/names.ts';
import { zoneOptions } from '../changes/people.ts';
import { type ChangeOfOwn, lastChange, type Own } from './own.ts';

/** One's name, post, language and clock: what a form shows, and what it comes to in each cooperation. */

const DETAILS = ['name', 'post', 'language', 'timezone'] as const;
type Details = Record<(typeof DETAILS)[number], string>;

const detailsOf = ({ rows: [first] }: Own): Details => ({
  name: first?.name ?? '',
  post: first?.post ?? '',
  language: first?.language ?? 'es',
  timezone: first?.timeZone ?? '',
});

/** What stands in the form first: what the newest cooperation has, or the list of staff where there is none. */
export function standingDetails([newest]: readonly Own[], staff: StaffRow | undefined): Details {
  if (newest) return detailsOf(newest);
  return { name: staff?.name ?? '', post: '', language: staff?.language ?? 'es', timezone: '' };
}

/** A detail as somebody reads it. */
const shown = (key: (typeof DETAILS)[number], value: string, language: Language): string => {
  if (key === 'language') return LANGUAGE_NAMES[languageShape.parse(value)];
  if (key === 'timezone') return cityName(value, language);
  return value;
};

/** Where one is known otherwise elsewhere, that is said: what is not changed stays so. */
function elsewhere(
  key: (typeof DETAILS)[number],
  own: readonly Own[],
  language: Language,
  say: Speak<'site.me'>,
) {
  const [newest, ...others] = own;
  if (!newest) return undefined;
  const different = others.filter((one) => detailsOf(one)[key] !== detailsOf(newest)[key]);
  if (different.length === 0) return undefined;
  return different
    .map((one) =>
      say('elsewhere', {
        cooperation: cooperationName(one.view, language),
        value: shown(key, detailsOf(one)[key], language) || say('none'),
      }),
    )
    .join(' ');
}

export function detailFields(own: readonly Own[], standing: Details, language: Language): Field[] {
  const say = speaker('site.me', language);
  const people = speaker('changes.people', language);
  const hint = (key: (typeof DETAILS)[number]) => ({ hint: elsewhere(key, own, language, say) });
  const seen = own.map(({ view }) => `${view.id}:${lastChange(view)}`).join(' ');
  const zones = own.flatMap(({ view, rows }) => [...view.people, ...rows].map(({ timeZone }) => timeZone));
  const ofCases: Field[] = [
    {
      name: 'post',
      as: 'text',
      label: people('post'),
      optional: true,
      autocomplete: 'organization-title',
      ...hint('post'),
    },
  ];
  const zone: Field = {
    ...{ name: 'timezone', as: 'select', label: people('timezone'), required: true, ...hint('timezone') },
    options: zoneOptions(zones, language),
  };
  return [
    {
      name: 'name',
      as: 'text',
      label: people('name'),
      required: true,
      autocomplete: 'name',
      ...hint('name'),
    },
    ...(own.length > 0 ? ofCases : []),
    {
      ...{ name: 'language', as: 'select', label: say('language'), required: true, ...hint('language') },
      options: LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
    },
    ...(own.length > 0 ? [zone] : []),
    { name: 'was', as: 'hidden', value: JSON.stringify(standing) },
    { name: 'seen', as: 'hidden', value: seen },
  ];
}

export function detailsForm(
  fields: readonly Field[],
  language: Language,
  { values, mistakes }: Reading,
): Html {
  const say = speaker('site.me', language);
  // What was looked at when the form was first shown.
  const kept = fields.map((field) =>
    field.as === 'hidden' ? { ...field, value: values[field.name]?.[0] ?? field.value } : field,
  );
  return html`<form method="post" action="/me" novalidate>
${partsHtml({ language, values, mistakes }, kept)}
<button class="govuk-button" type="submit">${say('save')}</button></form>`;
}

export const detailValues = (standing: Details): Values => valuesOf(standing);

/** What was changed, as against what the form was made with. */
export function changedDetails(values: Values, standing: Details): Partial<Details> {
  const texts = textsOf(values);
  const was = { ...standing, ...parsed(texts.was) };
  return Object.fromEntries(
    DETAILS.flatMap((key) =>
      texts[key] !== undefined && texts[key] !== was[key] ? [[key, texts[key]]] : [],
    ),
  );
}

function parsed(text: string | undefined): Partial<Details> {
  try {
    const read: unknown = JSON.parse(text ?? '{}');
    if (typeof read !== 'object' || read === null) return {};
    return Object.fromEntries(Object.entries(read).filter(([, value]) => typeof value === 'string'));
  } catch {
    return {};
  }
}

/** What it comes to, of each part that one has in a cooperation: what is so already is not changed. */
export function wantedDetails(changed: Partial<Details>, own: readonly Own[], values: Values): ChangeOfOwn[] {
  const seen = new Map(
    (textsOf(values).seen ?? '').split(' ').flatMap((one) => {
      const [, id, number] = /^([a-z0-9-]+):(\d{1,6})$/.exec(one) ?? [];
      return id ? [[id, Number(number)] as const] : [];
    }),
  );
  return own.flatMap((one) =>
    one.rows.flatMap((row) => {
      const known: Details = detailsOf({ ...one, rows: [row] });
      const as = Object.fromEntries(
        Object.entries(changed)
          .filter(([key, value]) => known[key as keyof Details] !== value)
          .map(([key, value]) => [key, key === 'post' && value === '' ? null : value]),
      );
      if (Object.keys(as).length === 0) return [];
      const what = { change: 'correct-person', person: row.id, as } as ChangeOf<'correct-person'>;
      return [{ own: one, what, by: row, seen: seen.get(one.view.id) }];
    }),
  );
}
