import { Hono } from 'hono';
import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import {
  type CertificateState,
  type CertificateView,
  LONGEST_WITHDRAWAL,
} from '../../../domain/results/certificate.ts';
import {
  areSessionsOver,
  attendedIn,
  certificateState,
  certificatesDue,
  type Participation,
} from '../../../domain/results/certifiedAttendance.ts';
import { zippedCertificates } from '../../../export/zip.ts';
import { attendeeText } from '../../../words/attendance.ts';
import { colonIn } from '../../../words/colon.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { printedSessionName } from '../../../words/papers.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { PDF, sendFile, sendZip } from '../../downloads.ts';
import {
  type Field,
  type Mistake,
  partsHtml,
  postedForm,
  smallForm,
  textIn,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { certificateHref, isOwnCertificate, seesCertificates } from '../../parts/certificates.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import { success, tag } from '../../parts/govuk.ts';
import { authorIn } from '../../parts/talk.ts';
import { refusedText } from '../../refusals.ts';
import { missing, staffOnly, type Visit, type VisitSite } from '../../visit.ts';

/** Certificates of a cooperation: given and withdrawn by staff, downloaded by them and by whoever they are of. */

const COLOURS = { valid: 'green', withdrawn: 'red', corrected: 'grey' } as const satisfies Record<
  CertificateState,
  string
>;

export function certificatePages({ cooperations, documents }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/certificates', (c) => {
    const visit = c.get('visit');
    return seesCertificates(visit) ? list(c, visit) : missing(c);
  });
  app.post('/certificates', staffOnly, smallForm, async (c) => {
    const visit = c.get('visit');
    const { values } = await postedForm(c, [ANEW]);
    const anew = Number(textIn(values, 'anew'));
    try {
      const { given } = await cooperations.giveCertificates(visit.view.id, {
        by: authorIn(visit),
        ...(Number.isInteger(anew) && anew > 0 && { anew: [anew] }),
      });
      return c.redirect(`/c/${visit.view.id}/certificates?given=${given.length}`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return list(c, visit, [{ field: 'give', message: refusedText(error, visit) }]);
    }
  });
  app.get('/certificates/all.zip', async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    if (!seesCertificates(visit)) return missing(c);
    await c.get('note')({ code: 'certificates-exported', cooperation: view.id, by: 'page' });
    const zip = await zippedCertificates(view, documents, new Date(clock.now));
    const name = speaker('papers.certificate', clock.language)('fileName');
    return sendZip(c, zip, `${name}-${view.id}.zip`);
  });
  app.get('/certificates/:file{[0-9]{1,6}\\.pdf}', (c) => {
    const visit = c.get('visit');
    const number = Number(c.req.param('file').replace('.pdf', ''));
    const one = visit.view.certificates.find((other) => other.number === number);
    if (!one || !(seesCertificates(visit) || isOwnCertificate(visit, one))) return missing(c);
    const name = speaker('papers.certificate', one.language)('fileName');
    return sendFile(c, documents, {
      ...{ sha256: one.sha256, mediaType: PDF, fileName: `${name}-${visit.view.id}-${number}.pdf` },
    });
  });
  app.get('/certificates/:number{[0-9]{1,6}}/withdraw', staffOnly, (c) => {
    const visit = c.get('visit');
    const one = standing(visit, c.req.param('number'));
    return one ? ask(c, visit, one) : missing(c);
  });
  app.post('/certificates/:number{[0-9]{1,6}}/withdraw', staffOnly, smallForm, async (c) => {
    const visit = c.get('visit');
    const one = standing(visit, c.req.param('number'));
    if (!one) return missing(c);
    const { values, mistakes } = await postedForm(c, [reasonField(visit)]);
    if (mistakes.length > 0) return ask(c, visit, one, values, mistakes);
    try {
      await cooperations.withdrawCertificate(visit.view.id, {
        ...{ by: authorIn(visit), certificate: one.number, reason: textIn(values, 'reason').trim() },
      });
      return c.redirect(`/c/${visit.view.id}/certificates?withdrawn`, 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return ask(c, visit, one, values, [{ field: 'reason', message: refusedText(error, visit) }]);
    }
  });
  return app;
}

/** A withdrawn one, to whose owner one is given all the same. */
const ANEW: Field = { as: 'hidden', name: 'anew', value: '' };

const standing = ({ view }: Visit, number: string): CertificateView | undefined =>
  view.certificates.find((one) => one.number === Number(number) && one.withdrawn === null);

function list(c: PageContext, visit: Visit, mistakes: readonly Mistake[] = []) {
  const { view, clock } = visit;
  const say = speaker('site.certificates', clock.language);
  const attended = attendedIn(view);
  const valid = view.certificates.some((one) => certificateState(one, attended) === 'valid');
  return page(c, {
    title: say('title'),
    ownHeading: true,
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${cooperationNavigation(c, visit, 'sessions')}
${done(c, visit)}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
${due(visit, attended)}
<h2 class="govuk-heading-m">${say('list')}</h2>
${valid ? html`<p class="govuk-body"><a class="govuk-button govuk-button--secondary rial-close" href="/c/${view.id}/certificates/all.zip" download>${say('zip')}</a></p>` : ''}
${view.certificates.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : givenList(visit, attended)}`,
  });
}

function done(c: PageContext, { clock }: Visit): Html | '' {
  const say = speaker('site.certificates', clock.language);
  const given = c.req.query('given');
  if (given !== undefined && /^\d{1,4}$/.test(given))
    return success('done', say('done'), say('givenDone', { count: Number(given) }));
  return c.req.query('withdrawn') === undefined ? '' : success('done', say('done'), say('withdrawnDone'));
}

/** To whom they would be given now. */
function due(visit: Visit, attended: readonly Participation[]): Html {
  const { view, clock, capacity } = visit;
  const { language } = clock;
  const say = speaker('site.certificates', language);
  if (!areSessionsOver(view)) return html`<p class="govuk-body" id="give">${say('tooEarly')}</p>`;
  const { due: people, outdated } = certificatesDue(attended, view.certificates);
  if (people.length + outdated.length === 0)
    return html`<p class="govuk-body" id="give">${say(attended.length === 0 ? 'noneAttended' : 'nothingDue')}</p>`;
  return html`<h2 class="govuk-heading-m" id="give">${say('due', { count: people.length })}</h2>
<ul class="govuk-list govuk-list--bullet">${people.map(
    (one) =>
      html`<li>${attendeeText(one, view.programme, language)} <span class="rial-soft">${sessionNames(one, visit)}</span></li>`,
  )}</ul>
${outdated.length > 0 ? html`<p class="govuk-body">${say('outdated', { count: outdated.length })}</p>` : ''}
<p class="govuk-hint">${say('correct')}</p>
${capacity === 'staff' ? html`<form method="post" action="/c/${view.id}/certificates"><button type="submit" class="govuk-button">${say('give')}</button></form>` : ''}`;
}

const sessionNames = ({ sessions }: Pick<CertificateView, 'sessions'>, { clock }: Visit): string =>
  sessions.map(({ number }) => printedSessionName(number, clock.language)).join(', ');

/** Those that were given, each with how it stands; a list, which is as narrow as a telephone. */
function givenList(visit: Visit, attended: readonly Participation[]): Html {
  const { view, clock } = visit;
  const say = speaker('site.certificates', clock.language);
  return html`<ol class="rial-people">${view.certificates.map((one) => {
    const state = certificateState(one, attended);
    const hidden = html`<span class="govuk-visually-hidden"> ${one.name} (${one.number})</span>`;
    return html`<li><p class="govuk-body rial-close"><strong>${one.number}. ${attendeeText(one, view.programme, clock.language)}</strong> ${tag(COLOURS[state], say(`state-${state}`))}</p>
<p class="govuk-body-s rial-close">${sessionNames(one, visit)}<br><span class="rial-soft">${say('given')}${colonIn(clock.language)}${ownMomentOf(one.givenAt, clock)}</span>${one.withdrawn?.reason ? html`<br>${one.withdrawn.reason}` : ''}</p>
<div class="govuk-body-s rial-actions"><a class="govuk-link" href="${certificateHref(view.id, one)}">${say('download')}${hidden}</a>
${visit.capacity === 'staff' ? actions(one, visit, attended, hidden) : ''}</div></li>`;
  })}</ol>`;
}

/** What staff may do about one that was given. */
function actions(
  one: CertificateView,
  visit: Visit,
  attended: readonly Participation[],
  hidden: Html,
): Html | '' {
  const { view, clock } = visit;
  const say = speaker('site.certificates', clock.language);
  if (one.withdrawn === null)
    return html`<a class="govuk-link" href="/c/${view.id}/certificates/${one.number}/withdraw">${say('withdraw')}${hidden}</a>`;
  const { due } = certificatesDue(attended, view.certificates, [one.number]);
  const isLast = !view.certificates.some(({ number, name }) => number > one.number && name === one.name);
  return one.withdrawn.how === 'withdrawn' && isLast && due.some(({ name }) => name === one.name)
    ? html`<form method="post" action="/c/${view.id}/certificates"><input type="hidden" name="anew" value="${one.number}"><button type="submit" class="rial-link-button">${say('anew')}${hidden}</button></form>`
    : '';
}

function reasonField({ clock }: Visit): Field {
  const say = speaker('site.certificates', clock.language);
  return {
    ...{ name: 'reason', as: 'long', rows: 3, most: LONGEST_WITHDRAWAL },
    ...{ label: say('reason'), required: say('reasonMissing') },
  };
}

function ask(
  c: PageContext,
  visit: Visit,
  one: CertificateView,
  values: Values = {},
  mistakes: readonly Mistake[] = [],
) {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.certificates', language);
  return page(c, {
    title: say('withdrawTitle', { number: one.number, name: one.name }),
    back: { href: `/c/${view.id}/certificates`, label: say('title') },
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('withdrawLead')}</p>
<form method="post" action="/c/${view.id}/certificates/${one.number}/withdraw" novalidate>${partsHtml({ language, mistakes, values }, [reasonField(visit)])}
<button type="submit" class="govuk-button govuk-button--warning">${say('withdraw')}</button></form>`,
  });
}
