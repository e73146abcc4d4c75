import { html, raw } from 'hono/html';
import { MANY_GUESSES } from '../casefile/access/signInCodes.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../domain/language.ts';
import { speaker } from '../words/speaker.ts';
import { type AnsweredForm, localPart, withAnsweredForm } from './answeredForm.ts';
import { asset } from './assets.ts';
import type { Contact, Html, PageContext } from './context.ts';
import { NOT_TAKEN } from './drawing.ts';
import { errorSummary, type Field, hiddenHtml, type Mistake, shownMistakes } from './form.ts';
import type { SentForm } from './multipart.ts';
import { MOST_TEXT_BYTES, sentFormOf } from './sentForm.ts';
import { isOfficer, readsLibrary } from './viewer.ts';

/** What is around every page: who the site is of, who is looking, in which language; and how pages are made. */

export type Page = {
  /** The page's heading, unless the body has its own `h1`, and its name in the browser. */
  title: string;
  body: Html;
  /** The page above this one. */
  back?: { href: string; label?: string } | undefined;
  mistakes?: readonly Mistake[] | undefined;
  /** The body has the `h1`. */
  ownHeading?: boolean;
  /** For tables as wide as the window. */
  wide?: boolean;
  script?: 'upload.js' | 'passkey.js';
  /** Keeps what is written in a form of the page. */
  drafts?: boolean;
  /** Of pages for OAS staff, beside `site.css`. */
  styles?: 'board.css';
  /** Whether the page does nothing but show what was sent: it may be sent once more, in another language. */
  shows?: boolean;
  /** Whether the page is for somebody who is not in yet, and has a form: it is shown as it is filled in another language. */
  typed?: boolean;
  status?: 200 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503 | 507;
};

/** A page of the site as the response to a request. */
export function page(c: PageContext, given: Page): Response | Promise<Response> {
  const { status = 200, shows = false, typed = false } = given;
  const { pathname } = new URL(c.req.url);
  const isAnswer = c.req.method !== 'GET' && !GUESSED.test(pathname);
  if (!isAnswer && !typed) return framed(c, given, 'chosen');
  if (!shows && !typed && !NOT_TAKEN.includes(status)) return framed(c, given, 'none');
  return Promise.resolve(given.body).then((body) => {
    const answered = withAnsweredForm(`${body}`, pathname);
    return framed(c, { ...given, body: raw(answered.text) }, answered.form ?? 'sent');
  });
}

/**
 * How the language is chosen: by a page that is opened once more; on one that answers a form, by that form as it is filled, or,
 * where it has none to be filled in, by what was sent; or not at all.
 */
type Choosing = 'chosen' | 'none' | 'sent' | AnsweredForm;

function framed(c: PageContext, given: Page, choosing: Choosing): Response | Promise<Response> {
  const { title, body, back, ownHeading, wide, script, drafts, styles, status = 200 } = given;
  const mistakes = shownMistakes(given.mistakes ?? []);
  const language = c.get('language');
  const viewer = c.get('viewer');
  const contact = c.get('contact');
  const say = speaker('site.frame', language);
  const container = wide ? 'govuk-width-container rial-wide' : 'govuk-width-container';
  const keyboard = c.get('keyboard');
  const whole = html`<!doctype html>
<html lang="${language}" class="govuk-template">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${mistakes.length > 0 ? `${speaker('form.kit', language)('error')} ` : ''}${title} · ${say('network')}</title>
<link rel="stylesheet" href="${asset('govuk.css')}">
<link rel="stylesheet" href="${asset('site.css')}">
${styles ? html`<link rel="stylesheet" href="${asset(styles)}">` : ''}
<link rel="icon" href="${asset('icon.svg')}" type="image/svg+xml">
${script ? html`<script src="${asset(script)}" defer></script>` : ''}
${drafts ? html`<script src="${asset('draft.js')}" defer></script>` : ''}
</head>
<body class="govuk-template__body">
<a href="#main" class="govuk-skip-link">${say('skip')}</a>
<header class="rial-header">
<div class="${container} rial-header__row">
<a href="/" class="rial-header__name"><strong>${say('network')}</strong> ${say('site')}</a>
${
  viewer
    ? html`<div class="rial-header__who"><a href="/me">${viewer.name}</a>${keyboard ? html` <a href="/who/${keyboard.cooperation}">${say('notMe')}</a>` : ''}
<form method="post" action="/sign-out"><button class="rial-link-button" type="submit">${say('signOut')}</button></form></div>`
    : ''
}
${languageChoice(c, choosing)}
${sections(c)}
</div>
</header>
${viewer?.role === 'staff' ? illLine(c) : ''}${guessLine(c)}
<div class="${container}">
${back ? html`<nav aria-label="${say('back')}"><a href="${back.href}" class="govuk-back-link">${back.label ?? say('back')}</a></nav>` : ''}
<main class="govuk-main-wrapper" id="main">
${errorSummary(mistakes, language)}
${ownHeading ? '' : html`<h1 class="govuk-heading-l">${title}</h1>`}
${body}
</main>
</div>
<footer class="rial-footer"><div class="${container}"><p class="govuk-body-s">${say('secretariat')}</p>${contact ? html`<p class="govuk-body-s">${say('help')} ${mailLink(contact)}</p>` : ''}<p class="govuk-body-s"><a class="govuk-link" href="/sheets">${speaker('site.sheets', language)('title')}</a> · <a class="govuk-link" href="/privacy">${say('privacy')}</a></p>${
    viewer
      ? html`<p class="govuk-body-s"><a class="govuk-link" href="/me">${say('me')}</a> · <a class="govuk-link" href="/sign-ins">${say('signIns')}</a> · <a class="govuk-link" href="/calendar">${say('calendar')}</a>${isOfficer(viewer) ? html` · <a class="govuk-link" href="/digest">${say('digest')}</a>` : ''}${viewer.cooperations ? html` · <a class="govuk-link" href="/sign-in">${say('more')}</a>` : ''}</p>`
      : ''
  }</div></footer>
</body>
</html>`;
  return keyboard
    ? Promise.resolve(whole).then((text) => c.html(saidBy(`${text}`, keyboard.person), status))
    : c.html(whole, status);
}

/** Where what was sent counts as a try, or is not for a page to hold; they can be opened once more. */
const GUESSED = /^\/(sign-in|setup|r)(\/|$)/;
/** Those of them that show their form as it is filled when they are drawn in another language, and try nothing. */
const SHOWN_AS_FILLED = /^\/(sign-in(\/(code|step))?|setup(\/[^/]+)?)$/;

/** Whether what a form of the page at an address holds may be sent to draw it in another language. */
export function isDrawn(address: string): boolean {
  const path = localPart(address);
  return !GUESSED.test(path) || SHOWN_AS_FILLED.test(path);
}

/**
 * The languages of the site. On a page that answers a form they draw it anew from what the form holds, or from what was sent,
 * and nothing is performed by that; nothing where the page does not hold what was sent.
 */
async function languageChoice(c: PageContext, choosing: Choosing): Promise<Html | ''> {
  if (choosing === 'none') return '';
  const language = c.get('language');
  const label = speaker('site.frame', language)('language');
  const buttons = (how: (language: Language) => Html) =>
    LANGUAGES.map(
      (one) =>
        html`<button class="rial-link-button" type="submit"${how(one)} lang="${one}"${one === language ? html` aria-pressed="true"` : ''}>${one.toUpperCase()}<span class="govuk-visually-hidden"> ${LANGUAGE_NAMES[one]}</span></button>`,
    );
  const { pathname, search } = new URL(c.req.url);
  const next = pathname + search;
  const again = (language: Language, more: Record<string, string>) =>
    html` formaction="/language/again?${new URLSearchParams({ language, ...more })}"`;
  if (typeof choosing === 'object') {
    const { id, action, first } = choosing;
    const keyboard = c.get('keyboard');
    const as =
      keyboard && action.startsWith('/c/') && `${action.includes('?') ? '&' : '?'}as=${keyboard.person}`;
    const sent = localPart(action) === pathname ? next : action + (as || '');
    // The first button of a form is what the Enter key presses: one that says the same as the form's own stands before these.
    const own = html`<button class="govuk-visually-hidden" type="submit" form="${id}"${raw(first)} tabindex="-1" aria-hidden="true"></button>`;
    // Files stay where they are: a page holds none.
    return html`<div class="rial-header__languages" role="group" aria-label="${label}">${own}${buttons(
      (one) =>
        html` form="${id}" formmethod="post" formenctype="application/x-www-form-urlencoded" formnovalidate${again(one, { next: sent, typed: 'yes' })}`,
    )}</div>`;
  }
  const sent = choosing === 'sent' ? await sentFormOf(c).catch(() => undefined) : undefined;
  if (choosing === 'sent' && (!sent || sizeOf(sent) > MOST_TEXT_BYTES / 2)) return '';
  return html`<form method="post" action="/language" class="rial-header__languages" aria-label="${label}">
${sent ? sent.texts.map(([name, value]) => hiddenHtml(name, value)) : hiddenHtml('next', next)}
${buttons((one) => (sent ? again(one, { next }) : html` name="language" value="${one}"`))}
</form>`;
}

/** In characters, of which a form writes some as several. */
const sizeOf = ({ texts }: SentForm): number =>
  texts.reduce((sum, [name, value]) => sum + name.length + value.length, 0);

/** The sections of the site that somebody may see, on a line of their own. */
function sections(c: PageContext): Html | '' {
  const viewer = c.get('viewer');
  const say = speaker('site.frame', c.get('language'));
  const mailbox = c.get('mailboxUrl');
  const links = [
    ...(viewer && viewer.role !== 'participant' ? [['/board', say('board')] as const] : []),
    ...(viewer && readsLibrary(viewer) ? [['/library', say('library')] as const] : []),
    ...(viewer?.role === 'staff' ? [['/staff', say('staff')] as const] : []),
    ...(mailbox ? [[mailbox, say('mailbox')] as const] : []),
  ];
  return links.length === 0
    ? ''
    : html`<nav class="rial-header__sections" aria-label="${say('sections')}">${links.map(([href, label]) => html`<a href="${href}">${label}</a> `)}</nav>`;
}

/**
 * The forms of a page that send something to a cooperation, each with who it was opened by. What people wrote has no
 * such marks in it: it is escaped.
 */
const saidBy = (text: string, person: string): string =>
  text.replace(/<(?:form|button)\b[^<>]*>/g, (tag) =>
    tag.startsWith('<form') && !tag.includes(' method="post"')
      ? tag
      : tag.replace(/\b((?:form)?action=")(\/c\/[^"#?]*)(\?[^"#]*)?/, (all, action, path, query = '') =>
          /[?;]as=/.test(query) ? all : `${action}${path}${query ? `${query}&amp;` : '?'}as=${person}`,
        ),
  );

/** Whom to turn to, as a link that begins a mail. */
export const mailLink = ({ address, name }: Contact): Html =>
  html`<a class="govuk-link" href="mailto:${address}">${name ? `${name} <${address}>` : address}</a>`;

/** A path of this site, and nothing else: never another origin, `//evil`, or `/\evil`. */
export const localPath = (given: string | undefined): string =>
  given && /^\/(?![/\\])[^\\\p{Cc}]*$/u.test(given) ? given : '/';

/** Where to go on after a form. */
export const nextField = (value = '/'): Field => ({ as: 'hidden', name: 'next', value: localPath(value) });

/** One line while somebody may be guessing codes, of which only staff are told (`guesses`). */
function guessLine(c: PageContext): Html | '' {
  const tries = c.get('guesses') ?? 0;
  if (tries < MANY_GUESSES) return '';
  const say = speaker('site.frame', c.get('language'));
  return html`<p class="rial-ill" role="status">${say('guesses', { tries })} <a href="/security-log">${say('securityLog')}</a></p>`;
}

/** One line for staff, who can tell whoever runs the system. */
function illLine(c: PageContext): Html | '' {
  const ill = c.get('ill') ?? [];
  if (ill.length === 0) return '';
  const language = c.get('language');
  const what = ill.map((check) => speaker('health.ill', language)(check)).join('; ');
  return html`<p class="rial-ill" role="status">${speaker('health.site', language)('line', { what })}</p>`;
}
