import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { RECORD_GROUPS } from '../../domain/recordGroups.ts';
import type { RecordFilter } from '../../domain/recordKinds.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { type Field, partsHtml, valuesOf } from '../form.ts';

/** By kind and person, what of the record or the mails is shown. It stands in the address, and nowhere else. */

/** What an address asks for; whatever is no group and nobody is left out. */
export function filterIn(c: PageContext, { people }: Pick<CaseView, 'people'>): RecordFilter {
  const group = RECORD_GROUPS.find((one) => one === c.req.query('group'));
  const person = people.find(({ id }) => id === c.req.query('person'))?.id;
  return { ...(group && { group }), ...(person && { person }) };
}

/** The address of a page with a filter, and what else it says. */
export function filteredPath(
  path: string,
  filter: RecordFilter,
  more: Readonly<Record<string, string | undefined>> = {},
): string {
  const given = Object.entries({ ...more, ...filter }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given as [string, string][]).toString();
  return query ? `${path}?${query}` : path;
}

/** The form; `more` is what else the address says and is kept. */
export function filterForm(
  c: PageContext,
  path: string,
  { people }: Pick<CaseView, 'people'>,
  filter: RecordFilter,
  { groups = RECORD_GROUPS, more = {} }: { groups?: readonly string[]; more?: Record<string, string> } = {},
): Html {
  const language = c.get('language');
  const say = speaker('site.filter', language);
  const named = speaker('labels.recordGroup', language);
  const fields: Field[] = [
    ...Object.entries(more).map(([name, value]): Field => ({ as: 'hidden', name, value })),
    {
      ...{ as: 'select', name: 'group', label: say('group') },
      options: [
        { value: '', label: say('every') },
        ...RECORD_GROUPS.filter((one) => groups.includes(one)).map((one) => ({
          value: one,
          label: named(one),
        })),
      ],
    },
    {
      ...{ as: 'select', name: 'person', label: say('person') },
      options: [
        { value: '', label: say('everybody') },
        ...people.map(({ id, name }) => ({ value: id, label: name })),
      ],
    },
  ];
  const values = valuesOf({ group: filter.group ?? '', person: filter.person ?? '' });
  const isFiltered = filter.group !== undefined || filter.person !== undefined;
  return html`<form method="get" action="${path}" class="rial-filter">${partsHtml({ language, values, mistakes: [] }, fields)}
<div class="rial-actions"><button type="submit" class="govuk-button govuk-button--secondary rial-close">${say('do')}</button>${isFiltered ? html` <a class="govuk-link govuk-body rial-close" href="${filteredPath(path, {}, more)}">${say('clear')}</a>` : ''}</div></form>`;
}
