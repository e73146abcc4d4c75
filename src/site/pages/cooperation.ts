import { Hono } from 'hono';
import { html } from 'hono/html';
import { noteVisit } from '../../casefile/access/access.ts';
import { knownDisagreements } from '../../casefile/disagreements.ts';
import { hasAnsweredSurvey } from '../../casefile/results/survey.ts';
import { awaitsAnswer, type CaseView, openRequests, reportedIn } from '../../domain/caseView.ts';
import { entriesFor } from '../../domain/communication.ts';
import { isExchanged } from '../../domain/document.ts';
import { workflowId } from '../../domain/ids.ts';
import { hasClosingPaper } from '../../domain/results/closingPaper.ts';
import { nextEvent } from '../../domain/standing.ts';
import { momentOf, ownMomentOf, sessionDate } from '../../words/dates/dates.ts';
import { sessionTitle, stepLabel } from '../../words/labels.ts';
import { eventOf } from '../../words/record.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { attendingInShort, ofMeeting } from '../parts/attending.ts';
import { banner } from '../parts/banner.ts';
import { ownCertificates } from '../parts/certificates.ts';
import { commitmentsSection } from '../parts/commitments.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { disagreementList } from '../parts/disagreements.ts';
import { followsStart } from '../parts/following.ts';
import { meetingLinks } from '../parts/meeting.ts';
import { callName, cooperationName } from '../parts/names.ts';
import { outcomesSection } from '../parts/outcomes.ts';
import { reportedSection } from '../parts/reportData.ts';
import { searchBox } from '../parts/searchBox.ts';
import { sessionLinks } from '../parts/sessions.ts';
import { progress } from '../parts/steps.ts';
import { surveySection } from '../parts/survey.ts';
import { latestCommunications, talkReader, withOwnReasons } from '../parts/talk.ts';
import { turnsOf, waitingOn, yourTurn } from '../parts/waiting.ts';
import type { Visit, VisitSite } from '../visit.ts';
import { surveyed } from './results/survey.ts';

/** The cooperation's page: how far it is, what is asked of the reader, whom it waits on, and what comes next. */

/** Sees all cooperations, and what is behind them. */
const isOverseer = ({ viewer }: Pick<Visit, 'viewer'>): boolean => viewer.role !== 'participant';

/** How many entries of the record the page shows. */
const LATEST = 8;

export function cooperationPage(outside: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/', async (c) => {
    const visit = c.get('visit');
    const { view, viewer, clock, capacity } = visit;
    // A guest's cooperation is the session they are invited to.
    if (capacity === 'guest') return c.redirect(`/c/${view.id}/sessions/${visit.person?.session}`);
    const { caseFile } = outside;
    const before = await noteVisit(caseFile, view.id, viewer.address, clock.now);
    const turns = await turnsOf(caseFile, visit);
    const say = speaker('site.cooperation', clock.language);
    const name = cooperationName(view, clock.language);
    const asks = !view.closedAt || openRequests(view.requests).length > 0;
    return page(c, {
      title: `${name} · ${view.programme.subject}`,
      ownHeading: true,
      ...((view.commitments.length > 0 ||
        reportedIn(view).funding.length > 0 ||
        (view.survey?.shown ?? 0) > 0) && { styles: 'board.css' as const }),
      body: html`${cooperationNavigation(c, visit, 'cooperation')}
<span class="govuk-caption-l">${callName(view, clock.language)}</span>
<h1 class="govuk-heading-l rial-close">${name}</h1>
<p class="govuk-body-l">${view.programme.subject}</p>
${c.req.query('started') !== undefined && viewer.role === 'staff' ? followsStart(visit) : ''}
${banner(view, clock)}
${await surveyCall(outside, visit)}
${isOverseer(visit) ? disagreementList(await knownDisagreements(caseFile, view.id), clock.language) : ''}
<h2 class="govuk-visually-hidden">${say('steps')}</h2>
${progress(view, clock)}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${visit.person && capacity !== 'observer' && asks ? yourTurn(turns.yours, view, clock) : ''}
${asks ? waitingOn(turns.others, visit, clock) : ''}
${outcomesSection(view, clock.language)}
</div><div class="govuk-grid-column-one-third">
${view.closedAt ? '' : comingSession(visit)}
${visit.person && !view.closedAt ? html`<p class="govuk-body"><a class="govuk-link" href="/calendar">${speaker('site.calendar', clock.language)('link')}</a></p>` : ''}
${paperLink(visit)}
${ownCertificates(visit)}
${material(visit, before)}
${latestCommunications(visit)}
</div></div>
${commitments(visit)}
${reportedSection(view, clock.language)}
${isOverseer(visit) && view.survey ? surveySection(view.survey, clock.language, { texts: true }) : ''}
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
${lately(visit)}
${searchBox(clock.language)}
${temporalLink(outside, visit)}
</div></div>`,
    });
  });
  return app;
}

/** The way to the sealed case file, once it is over. */
const paperLink = ({ view, clock }: Visit): Html | '' =>
  hasClosingPaper(view)
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/paper">${speaker('site.paper', clock.language)('title')}</a></p>`
    : '';

/** That the survey is to be answered, to whoever has not. */
async function surveyCall({ caseFile }: SiteOutside, visit: Visit): Promise<Html | ''> {
  const { view, clock } = visit;
  const person = surveyed(visit);
  if (!person || (await hasAnsweredSurvey(caseFile, view.id, person))) return '';
  return html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/survey">${speaker('site.survey', clock.language)('link')}</a></p>`;
}

function comingSession(visit: Visit): Html {
  const { view, clock } = visit;
  const say = speaker('site.cooperation', clock.language);
  const next = nextEvent(view, clock.now);
  if (next && 'meeting' in next) {
    const { startsAt, endsAt } = next.meeting;
    return html`<section aria-labelledby="next"><h2 class="govuk-heading-m" id="next">${say('nextMeeting')}</h2>
<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/meeting">${stepLabel('coordination', clock.language)}</a><br>${momentOf(startsAt, clock, endsAt)}</p>${attendingInShort(visit, ofMeeting(visit))}${meetingLinks(view, clock)}</section>`;
  }
  const { session } = next ?? {};
  return html`<section aria-labelledby="next"><h2 class="govuk-heading-m" id="next">${say('next')}</h2>
${
  session
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/sessions/${session.number}">${sessionTitle(session.number, clock.language)}</a><br>${sessionDate(session, clock)}</p>${attendingInShort(visit, session)}${sessionLinks(view.id, session, clock)}`
    : html`<p class="govuk-body">${say('noNext')}</p>`
}</section>`;
}

/** As wide as the page; staff correct each from there. */
const commitments = ({ view, clock, capacity }: Visit): Html | '' =>
  commitmentsSection(
    view,
    clock.language,
    capacity === 'staff' && !view.closedAt
      ? ({ number }) => `/c/${view.id}/changes/new/correct-commitment?commitment=${number}`
      : undefined,
  );

function material({ view, clock, person }: Visit, before: string | null): Html {
  const say = speaker('site.cooperation', clock.language);
  const exchanged = view.documents.filter(isExchanged);
  const isNew = ({ at, by }: CaseView['documents'][number]) =>
    before !== null && Date.parse(at) > Date.parse(before) && by !== person?.id;
  const count = new Set(exchanged.map(({ document }) => document)).size;
  const fresh = new Set(exchanged.filter(isNew).map(({ document }) => document)).size;
  const open = view.questions.filter((question) => awaitsAnswer(view, question)).length;
  return html`<section aria-labelledby="material"><h2 class="govuk-heading-m" id="material">${say('material')}</h2>
<ul class="govuk-list"><li><a class="govuk-link" href="/c/${view.id}/documents">${say('documents', { count })}</a>${fresh > 0 ? html` <strong class="govuk-tag govuk-tag--green">${say('newOnes', { count: fresh })}</strong>` : ''}</li>
<li><a class="govuk-link" href="/c/${view.id}/questions">${say('questions', { count: view.questions.length })}</a>${open > 0 ? html` <strong class="govuk-tag govuk-tag--yellow">${say('openOnes', { count: open })}</strong>` : ''}</li></ul></section>`;
}

/** The newest entries of the record, but for the mails that went out because of them. */
function lately(visit: Visit): Html {
  const { clock } = visit;
  const view = withOwnReasons(visit);
  const say = speaker('site.cooperation', clock.language);
  const entries = entriesFor(view.record, view.communications, talkReader(visit))
    .filter(({ kind }) => !kind.startsWith('mail-'))
    .slice(-LATEST)
    .reverse();
  return html`<section aria-labelledby="lately"><h2 class="govuk-heading-m" id="lately">${say('lately')}</h2>
<ol class="rial-events">${entries.map(
    (entry) =>
      html`<li><time class="rial-soft" datetime="${entry.at}">${ownMomentOf(entry.at, clock)}</time> ${eventOf(entry, view, clock.language, new Date(clock.now)).what}</li>`,
  )}</ol>
<p class="govuk-body"><a class="govuk-link" href="/c/${view.id}/record">${say('all')}</a></p></section>`;
}

function temporalLink({ temporalUiUrl }: SiteOutside, { view, viewer, clock }: Visit): Html | '' {
  if (!temporalUiUrl || !isOverseer({ viewer })) return '';
  const workflow = encodeURIComponent(workflowId(view.id));
  return html`<p class="govuk-body"><a class="govuk-link" href="${temporalUiUrl}/workflows/${workflow}">${speaker('site.cooperation', clock.language)('temporal')}</a></p>`;
}
