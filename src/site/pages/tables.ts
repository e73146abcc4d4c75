import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import { type BoardRow, boardRows, standings } from '../../casefile/board.ts';
import type { Language } from '../../domain/language.ts';
import { TABLE_FORMATS, type Table, type TableFormat, writtenTable } from '../../export/tables.ts';
import { requestLabel } from '../../words/labels.ts';
import { directionOf, partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type Site, type SiteContext, siteApp } from '../context.ts';
import { disposition, PDF, WORD } from '../downloads.ts';
import type { SiteOutside } from '../outside.ts';
import { staffOrObserver, type Visit, type VisitSite } from '../visit.ts';

/**
 * The board, and the people of a cooperation, as tables to take along, as CSV or for Excel. For those who see all
 * cooperations. A table is made once, whatever it is written as.
 */

/** What a file is, by the ending of its name. */
const TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: PDF,
  docx: WORD,
} as const;

/** A table as a file of this name. */
const sent = async (c: Pick<Context, 'body'>, table: Table, format: TableFormat, name: string) =>
  sentFile(c, new Uint8Array(await writtenTable(table, format)), format, `${name}.${format}`);

/** What was made, to be saved. */
export const sentFile = (
  c: Pick<Context, 'body'>,
  bytes: Uint8Array<ArrayBuffer>,
  format: keyof typeof TYPES,
  name: string,
) =>
  c.body(bytes, 200, {
    'content-type': TYPES[format],
    'content-disposition': disposition(name),
    'x-content-type-options': 'nosniff',
  });

/** What a link to a file of each kind says. */
const LINKS = { pdf: 'asPdf', docx: 'asWord', csv: 'asTable', xlsx: 'asSheet' } as const;

/** The links to files in each format; `path` is their address without the ending. */
export function tableLinks(
  path: string,
  language: Language,
  formats: readonly (keyof typeof LINKS)[] = TABLE_FORMATS,
): Html {
  const say = speaker('site.tables', language);
  return html`<p class="govuk-body rial-actions">${formats.map((format) => html`<a class="govuk-link" href="${path}.${format}" download>${say(LINKS[format])}</a> `)}</p>`;
}

export function boardTable({ caseFile, now }: SiteOutside): Hono<Site> {
  const app = siteApp();
  for (const format of TABLE_FORMATS)
    app.get(`/board.${format}`, staffOrObserver, async (c) => {
      const at = now();
      const rows = await boardRows(caseFile, await standings(caseFile, at), at);
      const table = boardAsTable(rows, (c as SiteContext).get('language'));
      return sent(c, table, format, `rial-${at.slice(0, 10)}`);
    });
  return app;
}

/** A row for each answer that is owed, and one for a cooperation that waits on nobody. */
function boardAsTable(rows: readonly BoardRow[], language: Language): Table {
  const say = speaker('site.tables', language);
  return {
    heads: [
      ...[say('id'), say('call'), say('cooperation'), say('subject'), say('state'), say('step')],
      ...[say('who'), say('what'), say('since'), say('due'), say('overdue')],
    ],
    rows: rows.flatMap((row) => {
      const step = row.steps.findLast(({ state }) => state === 'current');
      const head = [
        ...[row.id, `${row.callNumber}/${row.callYear}`, directionOf(row.institutions, language)],
        ...[
          row.subject,
          speaker('labels.state', language)(row.state),
          step ? speaker('labels.step', language)(step.step) : '',
        ],
      ];
      if (row.owed.length === 0) return [[...head, '', '', '', '', '']];
      return row.owed.map((owed) => [
        ...head,
        ...[
          partyNamed(row, owed.party, language),
          requestLabel({ ...owed, id: owed.request }, language),
          owed.openedAt,
          owed.dueAt,
        ],
        owed.overdue ? say('yes') : say('no'),
      ]);
    }),
  };
}

export function peopleTable(): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  for (const format of TABLE_FORMATS)
    app.get(`/people.${format}`, staffOrObserver as MiddlewareHandler, async (c) => {
      const visit = c.get('visit');
      const { view, clock } = visit;
      await c.get('note')({ code: 'case-exported', cooperation: view.id, by: 'page' });
      return sent(c, peopleAsTable(visit), format, `${view.id}-${clock.now.slice(0, 10)}`);
    });
  return app;
}

function peopleAsTable({ view, clock: { language } }: Visit): Table {
  const say = speaker('site.tables', language);
  return {
    heads: [
      ...[say('id'), say('institution'), say('role'), say('name'), say('post')],
      ...[say('address'), say('language'), say('zone'), say('session'), say('active')],
    ],
    rows: view.people.map((one) => [
      ...[one.id, partyNamed(view.programme, one.party, language), say(one.role), one.name, one.post],
      ...[one.email, one.language, one.timeZone, one.session, one.active ? say('yes') : say('no')],
    ]),
  };
}
