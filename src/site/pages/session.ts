import { Hono } from 'hono';
import { html } from 'hono/html';
import { awaitsAnswer, type CaseView } from '../../domain/caseView.ts';
import { isExchanged, isHad, isMaterial, isNewest } from '../../domain/document.ts';
import { documentVersionId } from '../../domain/ids.ts';
import { commitmentsFrom } from '../../domain/results/commitments.ts';
import { nextSession, sessionStanding } from '../../domain/standing.ts';
import { attendeeText } from '../../words/attendance.ts';
import { sessionDate } from '../../words/dates/dates.ts';
import { sessionTitle } from '../../words/labels.ts';
import type { Form } from '../../words/names/noun.ts';
import { partyNamed } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { attendingInShort, attendingPart } from '../parts/attending.ts';
import { calendarFile } from '../parts/calendarFile.ts';
import { certificatesLink, ownCertificates } from '../parts/certificates.ts';
import { commitmentsLeft } from '../parts/commitments.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { correctionsOf } from '../parts/corrections.ts';
import { success } from '../parts/govuk.ts';
import { guestsPart } from '../parts/guests.ts';
import { materialsPart } from '../parts/materials.ts';
import { cooperationName } from '../parts/names.ts';
import { listLeft, type Session, sessionLinks, sessionTag } from '../parts/sessions.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';
import { withholdLink } from './withholding.ts';

/** The cooperation's sessions: the list, each one's page, and its entry for a calendar. */

export function sessionPages({ caseFile }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();

  app.get('/sessions', notForGuests, (c) => {
    const visit = c.get('visit');
    const say = speaker('site.session', c.get('language'));
    return page(c, {
      title: say('title'),
      ownHeading: true,
      body: html`${cooperationNavigation(c, visit, 'sessions')}
<h1 class="govuk-heading-l">${say('title')}</h1>
${certificatesLink(visit)}
<ol class="rial-sessions">${visit.view.sessions.map((session) => listed(session, visit))}</ol>`,
    });
  });

  app.get('/sessions/:n{[0-9]{1,3}}', (c) => {
    const visit = c.get('visit');
    const session = sessionFor(visit, c.req.param('n'));
    if (!session) return missing(c);
    const { view, clock, capacity } = visit;
    const title = sessionTitle(session.number, clock.language);
    return page(c, {
      title: `${title} · ${cooperationName(view, clock.language)}`,
      ownHeading: true,
      script: 'upload.js',
      body: html`${cooperationNavigation(c, visit, 'sessions')}
${done(c)}
<span class="govuk-caption-l">${cooperationName(view, clock.language)}</span>
<h1 class="govuk-heading-l">${title}</h1>
${facts(session, visit)}
${sessionLinks(view.id, session, clock)}
${capacity === 'guest' ? html`${ownCertificates(visit)}${otherInvitations(session, visit)}` : forMembers(session, visit)}`,
    });
  });

  app.get('/sessions/:n{[0-9]{1,3}}/calendar.ics', async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const session = sessionFor(visit, c.req.param('n'));
    if (!session || sessionStanding(session, clock.now) !== 'dated') return missing(c);
    const { id, programme } = view;
    const file = await calendarFile(caseFile, { id, programme, session, clock });
    if (file === undefined) return missing(c);
    return c.body(file, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${id}-session-${session.number}.ics"`,
    });
  });
  return app;
}

/** What whoever comes to the page has just done about its guests or materials. */
function done(c: PageContext): Html | '' {
  const say = speaker('site.guests', c.get('language'));
  const counted = (name: string): number => {
    const count = Number(c.req.query(name));
    return Number.isInteger(count) && count > 0 ? count : 0;
  };
  const [named, materials] = [counted('named'), counted('materials')];
  const what = [
    named > 0 ? say('namedDone', { count: named }) : '',
    materials > 0 ? speaker('site.materials', c.get('language'))('added', { count: materials }) : '',
    c.req.query('withdrawn') === undefined ? '' : say('withdrawnDone'),
  ].find(Boolean);
  return what ? success('done', say('done'), what) : '';
}

/** The sessions that a guest is invited to. */
const invitations = ({ view, viewer }: Visit): number[] =>
  viewer.people.flatMap(({ cooperation, role, session }) =>
    cooperation === view.id && role === 'guest' && session !== null ? [session] : [],
  );

/** A session by its number in the path, where there is one and the reader may see it. */
const sessionFor = (visit: Visit, number: string): Session | undefined =>
  visit.view.sessions.find(
    (session) =>
      session.number === Number(number) &&
      (visit.capacity !== 'guest' || invitations(visit).includes(session.number)),
  );

function listed(session: Session, visit: Visit): Html {
  const { view, clock } = visit;
  const { number, contents } = session;
  // "To be defined" is what its date says.
  const tag = sessionStanding(session, clock.now) === 'to-date' ? '' : sessionTag(session, clock);
  return html`<li><h2 class="govuk-heading-m rial-close"><a class="govuk-link" href="/c/${view.id}/sessions/${number}">${sessionTitle(number, clock.language)}</a></h2>
<p class="govuk-body">${tag} ${sessionDate(session, clock)}</p>${attendingInShort(visit, session)}
<p class="govuk-body-s rial-prewrap">${excerpt(contents)}</p>${sessionLinks(view.id, session, clock)}</li>`;
}

/** The beginning of a text, cut between words. */
const excerpt = (text: string): string =>
  text.length <= 300 ? text : `${text.slice(0, 300).replace(/(?<!\s)\s+\S*$/u, '')} …`;

function facts(session: Session, { clock }: Visit): Html {
  const say = speaker('site.session', clock.language);
  const row = (key: string, value: Html | string) =>
    html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;
  return html`<dl class="govuk-summary-list">${row(say('state'), sessionTag(session, clock))}
${row(say('date'), sessionDate(session, clock))}
${session.startsAt ? '' : row(say('hours'), say('hoursOf', { hours: session.hours }))}
${session.place ? row(say('place'), session.place) : ''}
${row(say('contents'), html`<div class="rial-prewrap">${session.contents}</div>`)}</dl>`;
}

function otherInvitations(session: Session, visit: Visit): Html | '' {
  const { view, clock } = visit;
  const others = invitations(visit).filter((number) => number !== session.number);
  if (others.length === 0) return '';
  return html`<h2 class="govuk-heading-m">${speaker('site.session', clock.language)('others')}</h2>
<ul class="govuk-list">${others.map(
    (number) =>
      html`<li><a class="govuk-link" href="/c/${view.id}/sessions/${number}">${sessionTitle(number, clock.language)}</a></li>`,
  )}</ul>`;
}

/** What a session left behind, what it is prepared with, and who comes as a guest. Guests are shown none of it. */
function forMembers(session: Session, visit: Visit): Html {
  return html`${left(session, visit)}${attendingPart(visit, session)}${agenda(session, visit)}${guestsPart(session, visit)}${materialsPart(session, visit, (one) => withholdLink(visit, one))}${documents(session, visit)}`;
}

function left(session: Session, visit: Visit): Html {
  const { number, outputs, minutes, attendance } = session;
  const { view, clock, capacity } = visit;
  const { language } = clock;
  const say = speaker('site.session', language);
  return html`${listLeft('outputs', outputs, language)}${
    minutes
      ? html`<h2 class="govuk-heading-m">${say('minutes')}</h2><p class="govuk-body rial-prewrap">${minutes}</p>`
      : ''
  }${listLeft(
    'attendance',
    attendance.map((one) => attendeeText(one, view.programme, language)),
    language,
  )}${commitmentsLeft(commitmentsFrom(view, 'session', number), view, language)}${correctionsOf(
    visit,
    session,
    (one) => one.change === 'correct-minutes' && one.session === number,
    (one) => one.kind === 'record-session' && one.item === number,
  )}${
    capacity === 'staff' && session.recordedAt && !view.closedAt
      ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/changes/new/correct-minutes?session=${number}">${say('correct')}</a></p>`
      : ''
  }`;
}

/** The questions asked of this session, and, where it comes next, every other one that is still open. */
function questionsFor(session: Session, view: CaseView, now: string): CaseView['questions'] {
  const isNext = nextSession(view.sessions, now) === session;
  return view.questions.filter((one) => one.session === session.number || (isNext && one.answer === null));
}

function agenda(session: Session, { view, clock }: Visit): Html {
  const say = speaker('site.session', clock.language);
  const party = (code: string, form: Form) => partyNamed(view.programme, code, clock.language, form);
  const found = questionsFor(session, view, clock.now);
  return html`<h2 class="govuk-heading-m">${say('agenda')}</h2>
${
  found.length === 0
    ? html`<p class="govuk-body">${say('noAgenda')}</p>`
    : html`<ol class="rial-waiting">${found.map(
        ({ number, from, to, text, answer }) =>
          html`<li><p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/questions">${say('question', { number: String(number), ofParty: party(from, 'of'), theParty: party(from, 'the'), toParty: party(to, 'to') })}</a>
${answer !== null ? html`<strong class="govuk-tag govuk-tag--green">${say('answered')}</strong>` : awaitsAnswer(view, { number, answer }) ? html`<strong class="govuk-tag govuk-tag--yellow">${say('open')}</strong>` : ''}</p>
<p class="govuk-body rial-prewrap">${text}</p></li>`,
      )}</ol>`
}`;
}

/** What the delegations are to have read, in its newest version; of a session that was held, what came with its record. */
function documents(session: Session, { view, clock }: Visit): Html {
  const say = speaker('site.session', clock.language);
  const recorded = view.requests
    .filter(({ kind, item }) => kind === 'record-session' && item === session.number)
    .flatMap(({ answers }) => answers.flatMap((answer) => answer.documents ?? []));
  const shown = session.recordedAt
    ? view.documents.filter((one) => recorded.includes(documentVersionId(one)))
    : view.documents.filter(
        (one) => isExchanged(one) && !isMaterial(one) && isHad(one) && isNewest(one, view.documents),
      );
  return html`<h2 class="govuk-heading-m">${say('documents')}</h2>
${
  shown.length === 0
    ? html`<p class="govuk-body">${say('noDocuments')}</p>`
    : html`<ul class="govuk-list govuk-list--bullet">${shown.map(
        ({ title, party, version }) =>
          html`<li><a class="govuk-link" href="/c/${view.id}/documents">${title}</a> <span class="rial-soft">(${say('document', { party: partyNamed(view.programme, party, clock.language), version: String(version) })})</span></li>`,
      )}</ul>`
}`;
}
