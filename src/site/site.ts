import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { hasBegun, onlyDrawing, watchingEffects } from '../casefile/database/effects.ts';
import { DatabaseUnavailable } from '../casefile/database/pool.ts';
import { Refused } from '../client/index.ts';
import { StoreFull, StoreUnavailable } from '../documents/store.ts';
import { noting, writtenRoute } from '../http/noting.ts';
import { type Key, speaker } from '../words/speaker.ts';
import { assets } from './assets.ts';
import { type Html, type SiteContext, siteApp } from './context.ts';
import { drawnLanguage, wouldChange } from './drawing.ts';
import { page } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import { secondFactorPage } from './pages/access/secondFactor.ts';
import { securityLogPage } from './pages/access/securityLog.ts';
import { setupPages } from './pages/access/setup.ts';
import { signInsPage } from './pages/access/signIns.ts';
import { staffPages } from './pages/access/staff.ts';
import { boardPage } from './pages/board.ts';
import { calendarAddress, calendarPage } from './pages/calendar.ts';
import { changePages } from './pages/changes.ts';
import { cooperationPage } from './pages/cooperation.ts';
import { correctionPages } from './pages/correction.ts';
import { digestPage } from './pages/digest.ts';
import { documentPages } from './pages/documents.ts';
import { draftPages } from './pages/drafts.ts';
import { guestPages } from './pages/guests.ts';
import { homePage } from './pages/home.ts';
import { materialPages } from './pages/materials.ts';
import { ownPage } from './pages/me.ts';
import { meetingPage } from './pages/meeting.ts';
import { newCooperationPages } from './pages/newCooperation.ts';
import { outboxPages } from './pages/outbox.ts';
import { peoplePage } from './pages/people.ts';
import { privacyPage } from './pages/privacy.ts';
import { programmeFormPages } from './pages/programmeForm.ts';
import { recordPages } from './pages/record.ts';
import { requestPages } from './pages/request.ts';
import { callReportPages } from './pages/results/callReport.ts';
import { certificatePage } from './pages/results/certificate.ts';
import { certificatePages } from './pages/results/certificates.ts';
import { consentPages } from './pages/results/consents.ts';
import { libraryPage } from './pages/results/library.ts';
import { logoPages } from './pages/results/logos.ts';
import { paperPages } from './pages/results/paper.ts';
import { sheetPages } from './pages/results/sheets.ts';
import { surveyPage } from './pages/results/survey.ts';
import { templatePages } from './pages/results/templates.ts';
import { verifyPage } from './pages/results/verify.ts';
import { searchPage } from './pages/search.ts';
import { sessionPages } from './pages/session.ts';
import { shortFormPages } from './pages/shortForms.ts';
import { boardTable, peopleTable } from './pages/tables.ts';
import { commentPages } from './pages/talk/comments.ts';
import { communicationPages } from './pages/talk/communications.ts';
import { questionPages } from './pages/talk/questions.ts';
import { withholdingPages } from './pages/withholding.ts';
import { headers, isReadable, limits, notStored, ownOrigin } from './security.ts';
import { institutionPages } from './signing-in/institution.ts';
import { keyboardPage } from './signing-in/keyboard.ts';
import { secondStepPages } from './signing-in/secondStep.ts';
import { unsentPage, unsentText } from './signing-in/signedOut.ts';
import { foreign, signIn, whoIsLooking } from './signing-in/signIn.ts';
import { cooperationGuard, missing, type VisitSite } from './visit.ts';

/**
 * The cooperation site: pages for delegates and OAS staff, made on the server, working without client script. One file
 * a page under `pages/`.
 */

/** What there is of one cooperation, under `/c/:id`. */
const COOPERATION_PAGES = [
  cooperationPage,
  meetingPage,
  sessionPages,
  guestPages,
  materialPages,
  peoplePage,
  peopleTable,
  recordPages,
  certificatePages,
  requestPages,
  documentPages,
  withholdingPages,
  questionPages,
  communicationPages,
  commentPages,
  consentPages,
  paperPages,
  draftPages,
  shortFormPages,
  surveyPage,
  outboxPages,
  changePages,
  correctionPages,
];

export function site(outside: SiteOutside) {
  const app = siteApp();
  app.use('*', (_, next) => watchingEffects(next));
  app.use('*', headers(outside.url));
  app.use('*', compress());
  app.route('/assets', assets);
  app.use('*', notStored);
  app.use('*', noting(outside.securityLog, outside.proxies));
  const tries = limits();
  app.route('/', calendarAddress(outside, tries));
  app.use('*', ownOrigin(outside.url, foreign));
  app.use('*', whoIsLooking(outside));
  app.use('*', (_, next) => (drawnLanguage() ? onlyDrawing(next) : next()));
  app.use('*', async (c, next) => {
    if (isReadable(c.req.url)) return next();
    await c.get('note')({ code: 'malformed', ...writtenRoute(c) });
    return missing(c);
  });
  app.route(
    '/',
    signIn(outside, tries, (request, env) => app.fetch(request, env as object)),
  );
  app.route('/', institutionPages(outside, tries));
  app.route('/', secondStepPages(outside, tries));
  app.route('/', setupPages(outside, tries));
  app.route('/', staffPages(outside));
  app.route('/', signInsPage(outside));
  app.route('/', secondFactorPage(outside));
  app.route('/', calendarPage(outside));
  app.route('/', digestPage(outside));
  app.route('/', ownPage(outside));
  app.route('/', keyboardPage(outside));
  app.route('/', homePage(outside));
  app.route('/', searchPage(outside));
  app.route('/', libraryPage(outside));
  app.route('/', boardPage(outside));
  app.route('/', boardTable(outside));
  app.route('/', callReportPages(outside));
  app.route('/', newCooperationPages(outside));
  app.route('/', programmeFormPages(outside));
  app.route('/', securityLogPage(outside));
  app.route('/', templatePages(outside));
  app.route('/', logoPages(outside));
  app.route('/', verifyPage(outside));
  app.route('/', certificatePage(outside, limits()));
  app.route('/', sheetPages(outside, limits()));
  app.route('/', privacyPage(outside));

  const cooperation = new Hono<VisitSite>();
  const guard = cooperationGuard(outside);
  // The cooperation's own page among them.
  cooperation.use('/:id/*', guard);
  for (const pages of COOPERATION_PAGES) cooperation.route('/:id', pages(outside));
  app.route('/c', cooperation);

  // A route, and not what it answers where it finds none: of an app that is part of another, that is not asked.
  app.all('*', (c) => missing(c));
  app.onError(async (error, given) => {
    const c = given as SiteContext;
    if (!c.get('language')) c.set('language', 'es');
    if (wouldChange(error)) return unsentPage(c);
    const say = speaker('site.errors', c.get('language'));
    const told = (
      title: Key<'site.errors'>,
      lead: Key<'site.errors'>,
      status: 400 | 413 | 500 | 503 | 507,
      kept: Html | '' = '',
    ) => page(c, { title: say(title), body: html`<p class="govuk-body">${say(lead)}</p>${kept}`, status });
    if (error instanceof HTTPException && error.status === 413)
      return told('tooLarge', 'tooLargeLead', 413, await unsentText(c, true));
    if (error instanceof HTTPException && error.status === 400) {
      await c.get('note')({ code: 'malformed', ...writtenRoute(c) });
      return told('broken', 'brokenLead', 400, await unsentText(c, true));
    }
    if (error instanceof Refused && error.code === 'InspectionUnavailable')
      return told('away', 'unseen', 503, await unsentText(c, hasBegun()));
    // As it is written in the program: in an address stand links that let people in, and names of files.
    const { method, route } = writtenRoute(c);
    const [, cooperation] = /^\/c\/([a-z0-9-]{1,60})(?:\/|$)/.exec(c.req.path) ?? [];
    outside.log.error({ err: error, method, page: route, cooperation }, 'a page failed');
    // Files of the same form that came before it are there.
    if (error instanceof StoreFull)
      return told('full', hasBegun() ? 'fullMidway' : 'fullNothing', 507, await unsentText(c, hasBegun()));
    if (error instanceof DatabaseUnavailable || error instanceof StoreUnavailable) {
      const read = c.req.method === 'GET' || c.req.method === 'HEAD';
      const lead = read ? 'awayReading' : hasBegun() ? 'awayMidway' : 'awayNothing';
      return told('away', lead, 503, await unsentText(c, hasBegun()));
    }
    return told('failed', 'failedLead', 500, await unsentText(c, hasBegun()));
  });
  return app;
}
