import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { boardRows, standings } from '../../casefile/board.ts';
import { csvOf } from '../../export/csv.ts';
import { requestLabel } from '../../words/labels.ts';
import { directionOf, partyNamed } from '../../words/parties.ts';
import { speaker } from '../../words/speaker.ts';
import { type Site, type SiteContext, siteApp } from '../context.ts';
import { disposition } from '../downloads.ts';
import type { SiteOutside } from '../outside.ts';
import { staffOrObserver, type VisitSite } from '../visit.ts';

/** The board, and the people of a cooperation, as tables to take along. For those who see all cooperations. */

const sent = (c: Pick<Context, 'body'>, text: string, name: string) =>
  c.body(text, 200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': disposition(`${name}.csv`),
    'x-content-type-options': 'nosniff',
  });

export function boardTable({ caseFile, now }: SiteOutside): Hono<Site> {
  const app = siteApp();
  app.get('/board.csv', staffOrObserver, async (c) => {
    const language = (c as SiteContext).get('language');
    const say = speaker('site.tables', language);
    const at = now();
    const rows = await boardRows(caseFile, await standings(caseFile, at), at);
    const lines = rows.flatMap((row) => {
      const step = row.steps.findLast(({ state }) => state === 'current');
      const state = row.cancelledAt
        ? 'cancelled'
        : row.closedAt
          ? 'closed'
          : row.pausedAt
            ? 'paused'
            : 'open';
      const head = [
        ...[
          row.id,
          `${row.callNumber}/${row.callYear}`,
          directionOf(row.institutions, language),
          row.subject,
        ],
        ...[say(state), step ? speaker('labels.step', language)(step.step) : ''],
      ];
      if (row.owed.length === 0) return [[...head, '', '', '', '', '']];
      return row.owed.map((owed) => [
        ...head,
        ...[partyNamed(row, owed.party, language), requestLabel(owed, language), owed.openedAt, owed.dueAt],
        owed.overdue ? say('yes') : say('no'),
      ]);
    });
    const heads = [
      ...[say('id'), say('call'), say('cooperation'), say('subject'), say('state'), say('step')],
      ...[say('who'), say('what'), say('since'), say('due'), say('overdue')],
    ];
    return sent(c, csvOf(heads, lines), `rial-${at.slice(0, 10)}`);
  });
  return app;
}

export function peopleTable(): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/people.csv', staffOrObserver as MiddlewareHandler, async (c) => {
    const { view, clock } = c.get('visit');
    const { language } = clock;
    const say = speaker('site.tables', language);
    await c.get('note')({ code: 'case-exported', cooperation: view.id, by: 'page' });
    const lines = view.people.map((one) => [
      ...[one.id, partyNamed(view.programme, one.party, language), say(one.role), one.name, one.post],
      ...[one.email, one.language, one.timeZone, one.session, one.active ? say('yes') : say('no')],
    ]);
    const heads = [
      ...[say('id'), say('institution'), say('role'), say('name'), say('post')],
      ...[say('address'), say('language'), say('zone'), say('session'), say('active')],
    ];
    return sent(c, csvOf(heads, lines), `${view.id}-${clock.now.slice(0, 10)}`);
  });
  return app;
}
