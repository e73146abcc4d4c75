import type { Hono } from 'hono';
import { html } from 'hono/html';
import { withoutLinks } from '../../../casefile/access/access.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import type { RehearsedMail } from '../../../domain/rehearsal.ts';
import { MAIL_POLICY, MAIL_SANDBOX } from '../../../http/mailFrame.ts';
import type { RehearsalReport } from '../../../rehearsal/apart.ts';
import { sizeText } from '../../../words/dates/clock.ts';
import { fullMoment } from '../../../words/dates/fullDates.ts';
import { requestLabel } from '../../../words/labels.ts';
import { speaker } from '../../../words/speaker.ts';
import { type Site, type SiteContext, siteApp } from '../../context.ts';
import { page } from '../../frame.ts';
import { summaryList } from '../../parts/govuk.ts';
import { cooperationName } from '../../parts/names.ts';
import { framesOwn } from '../../security.ts';
import { missing, staffOnly } from '../../visit.ts';

/**
 * The mails of a rehearsal, each as its reader would open it, with its button: in a frame that can run nothing and fetch
 * nothing. Its links would be its reader's; here they say where they would lead.
 */

type Opening = {
  view: CaseView;
  mail: CaseView['mails'][number];
  sent: RehearsedMail;
  path: string;
  above: string;
};

/** @param reportOf what a rehearsal came to, by its id */
export function rehearsedMailPages(reportOf: (id: string) => RehearsalReport | undefined): Hono<Site> {
  const app = siteApp();
  const found = (c: SiteContext): Opening | undefined => {
    const report = reportOf(c.req.param('id') ?? '');
    if (!report) return undefined;
    const { rehearsed, mails } = report;
    const place = Number(c.req.param('n')) - 1;
    const [mail, sent] = [rehearsed.view.mails[place], mails[place]];
    const above = `/new/rehearsals/${c.req.param('id')}`;
    return mail && sent && { view: rehearsed.view, mail, sent, above, path: `${above}/mails/${place + 1}` };
  };
  const one = '/new/rehearsals/:id/mails/:n{[1-9][0-9]{0,6}}';
  app.get(one, staffOnly, (c) => {
    const it = found(c);
    return it ? mailPage(c, it) : missing(c);
  });
  app.get(`${one}/letter`, staffOnly, (c) => {
    const it = found(c);
    if (!it) return missing(c);
    c.header('Content-Security-Policy', MAIL_POLICY);
    return c.html(withoutLinks(it.sent.html.replace(/href="[^"]*\/r\/\w+"/g, `href="${it.path}/link"`)));
  });
  app.get(`${one}/link`, staffOnly, (c) => {
    const it = found(c);
    return it ? linkPage(c, it) : missing(c);
  });
  return app;
}

function mailPage(c: SiteContext, { view, mail, sent, path, above }: Opening) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  const of = speaker('site.outbox', language);
  framesOwn(c);
  const { timeZone = 'UTC' } = view.people.find(({ id }) => id === mail.person) ?? {};
  return page(c, {
    title: mail.subject,
    back: { href: above, label: say('calendar') },
    styles: 'board.css',
    body: html`${summaryList([
      [say('from'), sent.from],
      [of('to'), sent.to],
      [say('sentAt'), fullMoment(sent.date, [timeZone], language)],
      [
        of('attachments'),
        sent.attachments.length === 0
          ? of('noAttachments')
          : html`<ul class="govuk-list">${sent.attachments.map(({ fileName, size }) => html`<li>${fileName} (${sizeText(size, language)})</li>`)}</ul>`,
      ],
    ])}
<iframe class="rial-letter" sandbox="${MAIL_SANDBOX}" src="${path}/letter" title="${mail.subject}"></iframe>`,
  });
}

function linkPage(c: SiteContext, { view, mail, path }: Opening) {
  const language = c.get('language');
  const say = speaker('site.rehearsal', language);
  const request = view.requests.find(({ id }) => id === mail.request);
  const name = view.people.find(({ id }) => id === mail.person)?.name ?? mail.person;
  return page(c, {
    title: say('linkTitle'),
    back: { href: path, label: mail.subject },
    body: html`<p class="govuk-body">${say('link', { name, what: request ? requestLabel(request, language) : cooperationName(view, language) })}</p>`,
  });
}
