import { html } from 'hono/html';
import { allStaff } from '../../../casefile/access/staff.ts';
import type { CaseFile } from '../../../casefile/database/database.ts';
import type { PersonRow } from '../../../casefile/database/schema.ts';
import { absencesAhead, type CaseView } from '../../../domain/caseView.ts';
import type { Person } from '../../../domain/content.ts';
import { type Clock, periodOf } from '../../../words/dates/dates.ts';
import { personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { type Field, hiddenHtml, partsHtml, type Reading, textIn } from '../../form.ts';
import { cooperationName } from '../../parts/names.ts';
import type { ChangeOfOwn, Own } from './own.ts';

/** One's absences in each cooperation: those that are noted, and another one with who answers meanwhile. */

type Part = { own: Own; row: PersonRow };

/** Where one answers for an institution, which others may do meanwhile. */
const parts = (own: readonly Own[]): Part[] =>
  own.flatMap((one) => {
    const row = one.rows.find(({ role }) => role === 'delegate' || role === 'staff');
    return row ? [{ own: one, row }] : [];
  });

const colleagues = ({ own: { view }, row }: Part): CaseView['people'] =>
  view.people.filter(
    ({ id, active, role, party, email }) =>
      active &&
      email !== null &&
      (role === 'delegate' || role === 'staff') &&
      party === row.party &&
      id !== row.id,
  );

/**
 * Whoever is of the Secretariat elsewhere: in another of one's cooperations, or as staff of the site. An officer may have
 * them stand in where they take no part yet; they join with it.
 */
export async function secretariatElsewhere(caseFile: CaseFile, own: readonly Own[]): Promise<Person[]> {
  if (!parts(own).some(({ row }) => row.role === 'staff')) return [];
  const found = new Map<string, Person>();
  for (const { name, email, post, language, timeZone } of own
    .flatMap(({ view }) => view.people)
    .filter(({ active, role }) => active && role === 'staff'))
    if (email)
      found.set(email.toLowerCase(), { name, email, language, timezone: timeZone, ...(post && { post }) });
  for (const { address, name, role, language } of await allStaff(caseFile))
    if (role === 'staff' && name && !found.has(address))
      found.set(address, { name, email: address, language });
  return [...found.values()];
}

/** Of those, whom a cooperation can have stand in by having them join. */
const joining = ({ own: { view }, row }: Part, elsewhere: readonly Person[]): Person[] =>
  row.role === 'staff'
    ? elsewhere.filter(
        (one) =>
          !view.people.some(
            ({ active, email }) => active && email?.toLowerCase() === one.email.toLowerCase(),
          ),
      )
    : [];
const JOINING = 'join:';

/** No absence is noted in this cooperation. */
const NOT_HERE = 'none';
const standInOf = ({ own }: Part): string => `standIn-${own.view.id}`;
/** Who stands in wherever nobody else is chosen: by their address, under which they are colleagues in several cooperations. */
const EVERYWHERE = 'standIn';

function colleaguesEverywhere(
  possible: readonly Part[],
  elsewhere: readonly Person[],
): { address: string; name: string }[] {
  const found = new Map<string, string>();
  const all = possible.flatMap((part) => [...colleagues(part), ...joining(part, elsewhere)]);
  for (const { email, name } of all) {
    const address = email?.toLowerCase();
    if (address && !found.has(address)) found.set(address, name);
  }
  return [...found].map(([address, name]) => ({ address, name }));
}

export function absenceFields(own: readonly Own[], elsewhere: readonly Person[], clock: Clock): Field[] {
  const { language } = clock;
  const say = speaker('site.me', language);
  const people = speaker('changes.people', language);
  const possible = parts(own).filter((part) => hasStandIn(part, elsewhere));
  return [
    { name: 'from', as: 'date', label: people('from'), required: true },
    { name: 'to', as: 'date', label: people('to'), hint: say('daysHint'), required: true },
    ...(possible.length > 1
      ? [
          {
            ...{ name: EVERYWHERE, as: 'select', label: say('standInEverywhere') },
            hint: say('standInEverywhereHint'),
            options: [
              { value: '', label: say('oneByOne') },
              ...colleaguesEverywhere(possible, elsewhere).map(({ address, name }) => ({
                value: address,
                label: `${name} (${address})`,
              })),
            ],
          } satisfies Field,
        ]
      : []),
    ...possible.map(
      (part): Field => ({
        ...{ name: standInOf(part), as: 'select' },
        label: say('standIn', { cooperation: cooperationName(part.own.view, language) }),
        hint: possible.length > 1 ? `${part.own.view.programme.subject} (${part.own.view.id})` : undefined,
        options: [
          { value: '', label: say(possible.length > 1 ? 'asEverywhere' : 'nobody') },
          ...(possible.length > 1 ? [{ value: NOT_HERE, label: say('notHere') }] : []),
          ...colleagues(part).map(({ id, name }) => ({ value: id, label: name })),
          ...joining(part, elsewhere).map(({ email, name }) => ({
            value: JOINING + email.toLowerCase(),
            label: say('joins', { name }),
          })),
        ],
      }),
    ),
  ];
}

const hasStandIn = (part: Part, elsewhere: readonly Person[]): boolean =>
  colleagues(part).length + joining(part, elsewhere).length > 0;

/** The absences that go on or are ahead, each with what ends it, and the form for another one. */
export function absenceSection(
  own: readonly Own[],
  { fields, elsewhere }: { fields: readonly Field[]; elsewhere: readonly Person[] },
  { values, mistakes }: Reading,
  clock: Clock,
): Html | '' {
  const all = parts(own);
  if (all.length === 0) return '';
  const { language } = clock;
  const say = speaker('site.me', language);
  const alone = all.filter((part) => !hasStandIn(part, elsewhere));
  const noted = all.flatMap(({ own: { view }, row }) =>
    absencesAhead(view, clock.now)
      .filter(({ person }) => person === row.id)
      .map((absence) => ({ view, ...absence })),
  );
  return html`<section aria-labelledby="absences"><h2 class="govuk-heading-m" id="absences">${say('absences')}</h2>
<p class="govuk-body">${say('absencesLead')}</p>
${
  noted.length > 0
    ? html`<ul class="rial-people">${noted.map(
        ({ view, from, to, standIn }) =>
          html`<li><p class="govuk-body"><strong>${periodOf({ from, to }, clock)}</strong> — ${cooperationName(view, language)}<br><span class="rial-soft">${say('answers', { name: personName(view, standIn) })}</span></p>
<form method="post" action="/me/absences/end">${hiddenHtml('cooperation', view.id)}${hiddenHtml('from', from)}<button class="rial-link-button" type="submit">${say('end')}<span class="govuk-visually-hidden"> (${periodOf({ from, to }, clock)})</span></button></form></li>`,
      )}</ul>`
    : ''
}
${alone.map(
  ({ own: { view } }) =>
    html`<p class="govuk-body">${say('alone', { cooperation: cooperationName(view, language) })}</p>`,
)}
${
  alone.length < all.length
    ? html`<form method="post" action="/me/absences" novalidate>
${partsHtml({ language, values, mistakes }, fields)}
<button class="govuk-button govuk-button--secondary" type="submit">${say('note')}</button></form>`
    : ''
}</section>`;
}

/** The absence that a form asks for, in each cooperation that somebody stands in for. */
export function wantedAbsences(
  { values }: Reading,
  own: readonly Own[],
  elsewhere: readonly Person[],
): ChangeOfOwn[] {
  const days = { from: textIn(values, 'from'), to: textIn(values, 'to') };
  return parts(own).flatMap((part) => {
    const chosen = textIn(values, standInOf(part));
    const everywhere = textIn(values, EVERYWHERE);
    const colleague = colleagues(part).find(({ email }) => everywhere && email?.toLowerCase() === everywhere);
    const address = chosen.startsWith(JOINING) ? chosen.slice(JOINING.length) : chosen ? '' : everywhere;
    const joins = joining(part, elsewhere).find(({ email }) => email.toLowerCase() === address);
    const standIn = joins ?? (chosen || colleague?.id);
    const { own: one, row } = part;
    if (!standIn || standIn === NOT_HERE || (typeof standIn === 'string' && standIn.startsWith(JOINING)))
      return [];
    return [{ own: one, by: row, what: { change: 'absence', person: row.id, ...days, standIn } }];
  });
}

/** The field that says who stands in first. */
export const firstStandIn = (fields: readonly Field[]): string =>
  fields.find(({ name }) => name.startsWith(EVERYWHERE))?.name ?? 'from';

/** The end of an absence that a form asks for. */
export function wantedEnd({ values }: Reading, own: readonly Own[]): ChangeOfOwn[] {
  const part = parts(own).find(({ own: { view } }) => view.id === textIn(values, 'cooperation'));
  const from = textIn(values, 'from');
  if (!part || from === '') return [];
  const { own: one, row } = part;
  return [{ own: one, by: row, what: { change: 'end-absence', person: row.id, from } }];
}
