import { Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import type { Email } from 'postal-mime';
import { withoutLinks } from '../../casefile/access/access.ts';
import { HOUR_MS } from '../../domain/dates/durations.ts';
import { NOTICES, type NoticeKind } from '../../domain/mails/notice.ts';
import type { RecordGroup } from '../../domain/recordGroups.ts';
import { isOneOf, withheldOf } from '../../mail/withheld.ts';
import { sizeText } from '../../words/dates/clock.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { details, scrollTable } from '../parts/govuk.ts';
import { filteredPath, filterForm, filterIn } from '../parts/recordFilter.ts';
import { missing, staffOrObserver, type Visit, type VisitSite } from '../visit.ts';
import { againLink, againPages, againSection, mayBeAgain } from './outbox/again.ts';
import { copiesOf, fact, type Mail, parsedMailOf, sendingState } from './outbox/mail.ts';

/** The mails of a cooperation: what became of each, and each as it was sent, but for what lets its reader in. */

const SHOWS = ['all', 'refused', 'pending'] as const;
const A_PAGE = 100;

type PlacedMail = { mail: Mail; place: number };

export function outboxPages(outside: SiteOutside): Hono<VisitSite> {
  const { documents } = outside;
  const app = new Hono<VisitSite>();
  againPages(app, outside);
  app.get('/outbox', staffOrObserver as MiddlewareHandler, (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const say = speaker('site.outbox', clock.language);
    const show = SHOWS.find((one) => one === c.req.query('show')) ?? 'all';
    const filter = filterIn(c, view);
    const all = view.mails
      .map((mail, index): PlacedMail => ({ mail, place: index + 1 }))
      .filter(
        ({ mail }) =>
          (!filter.group || groupOf(mail) === filter.group) &&
          (!filter.person || mail.person === filter.person),
      )
      .reverse();
    const chosen = (of: (typeof SHOWS)[number]) =>
      all.filter(({ mail }) => of === 'all' || mail.state === of);
    const found = chosen(show);
    const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
    const given = c.req.query('page') ?? '';
    const at = /^\d{1,6}$/.test(given) ? Math.min(Math.max(1, Number(given)), pages) : 1;
    const path = `/c/${view.id}/outbox`;
    const to = (number: number, key: 'newer' | 'older') =>
      number >= 1 && number <= pages
        ? html`<a class="govuk-link" href="${filteredPath(path, filter, { show, page: String(number) })}">${say(key)}</a>`
        : '';
    return page(c, {
      title: say('title'),
      ownHeading: true,
      styles: 'board.css',
      body: html`${cooperationNavigation(c, visit, 'outbox')}
<h1 class="govuk-heading-l">${say('title')}</h1>
<nav aria-label="${say('filters')}"><ul class="rial-board-filters govuk-body">${SHOWS.map(
        (one) =>
          html`<li><a class="govuk-link" href="${filteredPath(path, filter, { show: one === 'all' ? undefined : one })}"${one === show ? html` aria-current="true"` : ''}>${say(one, { n: chosen(one).length })}</a></li>`,
      )}</ul></nav>
${filterForm(c, path, view, filter, {
  groups: Object.values(NOTICES).map(({ group }) => group),
  ...(show !== 'all' && { more: { show } }),
})}
${
  found.length === 0
    ? html`<p class="govuk-body">${say('none')}</p>`
    : table(found.slice((at - 1) * A_PAGE, at * A_PAGE), visit)
}
${pages > 1 ? html`<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${to(at - 1, 'newer')}${to(at + 1, 'older')}</nav>` : ''}`,
    });
  });

  app.get('/outbox/:n{[1-9][0-9]{0,6}}', staffOrObserver as MiddlewareHandler, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const mail = view.mails[Number(c.req.param('n')) - 1];
    if (!mail) return missing(c);
    const say = speaker('site.outbox', clock.language);
    const message = await parsedMailOf(documents, mail.sha256);
    return page(c, {
      title: withoutLinks(mail.subject),
      back: { href: `/c/${view.id}/outbox`, label: say('back') },
      styles: 'board.css',
      body: html`<dl class="govuk-summary-list">${fact(say('to'), html`${personName(view, mail.person)} (${mail.address})`)}${fact(
        say('prepared'),
        html`<time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time>`,
      )}${fact(say('state'), sendingState(mail, visit))}</dl>
${againSection(visit, mail, view.mails.indexOf(mail) + 1)}
${message ? sentMessage(message, visit) : html`<p class="govuk-body">${say('notStored')}</p>`}`,
    });
  });
  return app;
}

/** What a mail is of; of one that no notice of today's made, nothing is known. */
const groupOf = ({ notice }: Mail): RecordGroup | undefined =>
  Object.hasOwn(NOTICES, notice) ? NOTICES[notice as NoticeKind].group : undefined;

/** What went to several people on one occasion is folded, but for what somebody has to see to. */
function table(mails: readonly PlacedMail[], visit: Visit): Html {
  const { view, clock } = visit;
  const say = speaker('site.outbox', clock.language);
  const columns = ['to', 'subject', 'prepared', 'state'] as const;
  const copies = copiesOf(view);
  const again = (mail: Mail) =>
    mail.again
      ? html`<br><span class="govuk-body-s">${say('sentAgain', { n: mail.again.length })}</span>`
      : '';
  const to = (mail: Mail) =>
    html`${personName(view, mail.person)}<br><span class="rial-soft">${mail.address}</span>`;
  const about = ({ mail, place }: PlacedMail) =>
    html`<a class="govuk-link" href="/c/${view.id}/outbox/${place}">${withoutLinks(mail.subject)}</a>${copies.has(mail.messageId) ? html`<br><strong class="govuk-tag govuk-tag--grey">${say('isCopy')}</strong>` : ''}${again(mail)}`;
  const became = ({ mail, place }: PlacedMail) =>
    html`${sendingState(mail, visit)}${mayBeAgain(visit, mail) ? html`<br>${againLink(visit, mail, place)}` : ''}`;
  return scrollTable(
    say('title'),
    columns.map((key) => say(key)),
    runsOf(mails).map((run) => {
      const [{ mail }] = run;
      const time = html`<time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time>`;
      if (run.length === 1) return [to(mail), about(run[0]), time, became(run[0])];
      const each = run.map((one) => html`<li>${to(one.mail)}<br>${about(one)}<br>${became(one)}</li>`);
      const folded = details(
        say('several', { count: run.length }),
        html`<ul class="govuk-list">${each}</ul>`,
        { style: 'rial-close' },
      );
      return [folded, withoutLinks(mail.subject), time, sendingState(mail, visit)];
    }),
  );
}

/** Mails that only went out, or wait for a morning: there is nothing in them to be seen to. */
const QUIET: readonly Mail['state'][] = ['sent', 'held', 'gathered', 'withdrawn'];

/**
 * Mails in their order; those together that stand the same and went to several people on one occasion: those of two may have
 * gone out among each other.
 */
function runsOf(mails: readonly PlacedMail[]): Run[] {
  const runs: Run[] = [];
  for (const one of mails) {
    const same = runs.findLast((run) => isOfRun(run, one));
    if (same) same.push(one);
    else runs.push([one]);
  }
  return runs;
}
type Run = [PlacedMail, ...PlacedMail[]];

const isOfRun = (run: Run, { mail }: PlacedMail): boolean => {
  const [{ mail: first }] = run;
  return (
    QUIET.includes(mail.state) &&
    mail.state === first.state &&
    mail.notice === first.notice &&
    mail.request === first.request &&
    Math.abs(Date.parse(first.preparedAt) - Date.parse(mail.preparedAt)) < HOUR_MS &&
    run.every((one) => one.mail.person !== mail.person)
  );
};

function sentMessage(message: Email, { view, clock }: Visit): Html {
  const withheld = withheldOf(view.documents);
  const say = speaker('site.outbox', clock.language);
  const { attachments, headers, text } = message;
  return html`<p class="govuk-body rial-soft">${say('blanked')}</p>
<h2 class="govuk-heading-m">${say('text')}</h2>
<pre class="rial-prewrap rial-mail">${withoutLinks(text ?? '')}</pre>
<h2 class="govuk-heading-m">${say('attachments')}</h2>
${
  attachments.length === 0
    ? html`<p class="govuk-body">${say('noAttachments')}</p>`
    : html`<ul class="govuk-list govuk-list--bullet">${attachments.map(
        ({ filename, mimeType, content }) =>
          html`<li>${filename ?? mimeType} (${mimeType}, ${sizeText(Buffer.byteLength(content), clock.language)})${isOneOf(withheld, content) ? html` <strong class="govuk-tag govuk-tag--grey">${say('withheld')}</strong>` : ''}</li>`,
      )}</ul>`
}
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('headers')}</span></summary>
<div class="govuk-details__text"><dl class="govuk-summary-list">${headers.map(({ originalKey, value }) => fact(originalKey, html`${withoutLinks(value)}`))}</dl></div></details>`;
}
