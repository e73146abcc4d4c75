import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { matchedRoutes } from 'hono/route';
import { type Catalogue, speaker } from '../mail/catalogue.ts';
import { assets } from './assets.ts';
import { page, type SiteContext, siteApp } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import { boardPage } from './pages/board.ts';
import { changePages } from './pages/changes.ts';
import { cooperationPage } from './pages/cooperation.ts';
import { documentPages } from './pages/documents.ts';
import { draftPages } from './pages/drafts.ts';
import { homePage } from './pages/home.ts';
import { newCooperationPages } from './pages/newCooperation.ts';
import { outboxPages } from './pages/outbox.ts';
import { peoplePage } from './pages/people.ts';
import { programmeFormPages } from './pages/programmeForm.ts';
import { questionPages } from './pages/questions.ts';
import { recordPages } from './pages/record.ts';
import { requestPages } from './pages/request.ts';
import { sessionPages } from './pages/session.ts';
import { headers, limits, notStored, ownOrigin } from './security.ts';
import { cooperationGuard, missing, type SeenSite } from './seen.ts';
import { foreign, signIn, whoIsLooking } from './signIn.ts';

/**
 * The cooperation site: pages for delegates and OAS staff, made on the server, working without client script. One file
 * a page under `pages/`.
 */

const TEXTS = {
  failed: {
    es: 'Algo no ha funcionado',
    en: 'Something went wrong',
    pt: 'Algo não funcionou',
    fr: 'Un problème est survenu',
  },
  failedLead: {
    es: 'Quedó registrado y lo revisaremos. Lo que ya había enviado no se ha perdido; inténtelo de nuevo en unos minutos.',
    en: 'It was logged and we will look into it. What you had already sent is not lost; try again in a few minutes.',
    pt: 'O problema foi registrado e será verificado. O que já havia enviado não se perdeu; tente novamente em alguns minutos.',
    fr: 'Le problème a été consigné et sera examiné. Ce que vous aviez déjà envoyé n’est pas perdu\u00a0; réessayez dans quelques minutes.',
  },
  tooLarge: {
    es: 'El texto es demasiado extenso',
    en: 'The text is too long',
    pt: 'O texto é longo demais',
    fr: 'Le texte est trop long',
  },
  tooLargeLead: {
    es: 'No se recibió. Vuelva a la página anterior, acórtelo y envíelo de nuevo.',
    en: 'It was not received. Go back to the page before, shorten it and send it again.',
    pt: 'Ele não foi recebido. Volte à página anterior, reduza-o e envie-o novamente.',
    fr: 'Il n’a pas été reçu. Revenez à la page précédente, abrégez-le et renvoyez-le.',
  },
} as const satisfies Catalogue;

/** What there is of one cooperation, under `/c/:id`. */
const COOPERATION_PAGES = [
  cooperationPage,
  sessionPages,
  peoplePage,
  recordPages,
  requestPages,
  documentPages,
  questionPages,
  draftPages,
  outboxPages,
  changePages,
];

export function site(outside: SiteOutside) {
  const app = siteApp();
  app.use('*', headers(outside.url));
  app.use('*', compress());
  app.route('/assets', assets);
  app.use('*', notStored);
  app.use('*', ownOrigin(outside.url, foreign));
  app.use('*', whoIsLooking(outside));
  app.route('/', signIn(outside, limits(outside.proxies)));
  app.route('/', homePage(outside));
  app.route('/', boardPage(outside));
  app.route('/', newCooperationPages(outside));
  app.route('/', programmeFormPages(outside));

  const cooperation = new Hono<SeenSite>();
  const guard = cooperationGuard(outside);
  // The cooperation's own page among them.
  cooperation.use('/:id/*', guard);
  for (const pages of COOPERATION_PAGES) cooperation.route('/:id', pages(outside));
  app.route('/c', cooperation);

  app.notFound((c) => missing(c as SiteContext));
  app.onError((error, given) => {
    const c = given as SiteContext;
    if (!c.get('language')) c.set('language', 'es');
    const say = speaker(TEXTS, c.get('language'));
    const told = (title: keyof typeof TEXTS, lead: keyof typeof TEXTS, status: 413 | 500) =>
      page(c, { title: say(title), body: html`<p class="govuk-body">${say(lead)}</p>`, status });
    if (error instanceof HTTPException && error.status === 413) return told('tooLarge', 'tooLargeLead', 413);
    // As it is written in the program: in an address stand links that let people in, and names of files.
    const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL')?.path;
    const [, cooperation] = /^\/c\/([a-z0-9-]{1,60})(?:\/|$)/.exec(c.req.path) ?? [];
    outside.log.error({ err: error, method: c.req.method, page: route, cooperation }, 'a page failed');
    return told('failed', 'failedLead', 500);
  });
  return app;
}
