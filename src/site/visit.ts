import { createMiddleware } from 'hono/factory';
import { html } from 'hono/html';
import type { PersonRow } from '../casefile/database/schema.ts';
import type { Draft } from '../casefile/drafts.ts';
import { viewOf } from '../casefile/view.ts';
import type { CaseView } from '../domain/caseView.ts';
import type { Language } from '../domain/language.ts';
import { officerToTurnTo } from '../domain/people/officer.ts';
import { writtenRoute } from '../http/noting.ts';
import type { Clock } from '../words/dates/dates.ts';
import { speaker } from '../words/speaker.ts';
import type { PageContext, Site } from './context.ts';
import { mailLink, page } from './frame.ts';
import type { SiteOutside } from './outside.ts';
import { ofAnother, toKeyboard } from './signing-in/keyboard.ts';
import { signedOutPage, unsentText } from './signing-in/signedOut.ts';
import { actorOf, isOf, isUnnamed, readsLibrary, type Viewer } from './viewer.ts';

/** One cooperation as one person may see it. */
export type Visit = {
  viewer: Viewer;
  view: CaseView;
  /** Who they are in it; nobody where they look on as staff or observer. */
  person: PersonRow | undefined;
  /** All that they are in it, `person` among it: an officer may be the consultant, a delegate the guest of a session. */
  parts: readonly PersonRow[];
  /**
   * `guest` sees the one session they are invited to; `observer` sees everything and decides nothing, in all cooperations
   * or, as a person of it, in this one; `officer` answers
   * for the Secretariat in this cooperation, by its programme, and is no staff.
   */
  capacity: 'staff' | 'observer' | 'officer' | 'delegate' | 'consultant' | 'guest';
  /** For `words/dates.ts`: their own capital first, the cooperation's others after. */
  clock: Clock;
  /** What they have written in its short forms and not sent, by where each is kept (`parts/draft.ts`). */
  written?: ReadonlyMap<string, Draft>;
};
export type VisitSite = { Variables: Site['Variables'] & { visit: Visit } };

/** Whoever answers for the Secretariat, by its programme or as staff. */
export const isSecretariat = ({ capacity }: Visit): boolean => capacity === 'staff' || capacity === 'officer';

/** What is not there, and what is not theirs to see: the same page for both. */
export async function missing(c: PageContext): Promise<Response> {
  const say = speaker('site.visit', c.get('language'));
  const contact = c.get('contact');
  return page(c, {
    title: say('missing'),
    body: html`<p class="govuk-body">${say('missingHint')}</p>
<ul class="govuk-list govuk-list--bullet"><li><a class="govuk-link" href="/">${say('home')}</a></li>${
      c.get('viewer') && !c.get('viewer')?.cooperations
        ? ''
        : html`<li><a class="govuk-link" href="/sign-in">${say('signIn')}</a></li>`
    }</ul>${contact ? html`<p class="govuk-body">${say('ask')} ${mailLink(contact)}.</p>` : ''}${await unsentText(c, true)}`,
    status: 404,
  });
}

/** The same, where it is there and not for whoever looks. */
async function notTheirs(c: PageContext): Promise<Response> {
  const [, cooperation] = /^\/c\/([a-z0-9-]{1,60})(?:\/|$)/.exec(c.req.path) ?? [];
  await c.get('note')({ code: 'role-refused', ...writtenRoute(c), ...(cooperation && { cooperation }) });
  return missing(c);
}

/** Lets somebody into the cooperation that the path names in `:id`, or answers 404; who is not signed in is asked to. */
export const cooperationGuard = (outside: SiteOutside) =>
  createMiddleware<VisitSite>(async (c, next) => {
    const viewer = c.get('viewer');
    const id = c.req.param('id') ?? '';
    // By a link another cooperation is not entered, whether there is one or not.
    if (!viewer || (viewer.cooperations && !viewer.cooperations.includes(id))) return toSignIn(c);
    if (isUnnamed(viewer, id)) return toKeyboard(c, id);
    const people = viewer.people.filter(({ cooperation }) => cooperation === id);
    const person = personAmong(people);
    if (!person && viewer.role === 'participant') return notTheirs(c);
    const view = await viewOf(outside.caseFile, id, outside.now());
    if (!view) return missing(c);
    if (person && viewer.mailbox.some(({ cooperation }) => cooperation === id)) {
      c.set('viewer', { ...viewer, name: person.name });
      c.set('keyboard', { cooperation: id, person: person.id });
      c.set('who', actorOf(viewer.address, viewer.role === 'participant' ? undefined : viewer.role, people));
      // A page that somebody else opened: nothing is recorded for another.
      const whose = c.req.method === 'POST' ? c.req.query('as') : undefined;
      if (whose !== undefined && whose !== person.id) return ofAnother(c, id, whose, person);
    }
    const officers = view.people.flatMap(({ role, active, email, ...one }) =>
      role === 'staff' && active && email !== null ? [{ ...one, email }] : [],
    );
    // Nobody is told to write to themselves: an officer turns to another, where there is one.
    const others = officers.filter(({ email }) => !isOf(viewer, email));
    const officer = officerToTurnTo(others, view.absences, outside.now())?.officer ?? others[0];
    if (officer) c.set('contact', { address: officer.email, name: officer.name });
    else if (officers.length > 0) c.set('contact', undefined);
    c.set('visit', visitOf(view, { viewer, people, language: c.get('language'), now: outside.now() }));
    return next();
  });

/** @param people all that the reader is in this cooperation */
export function visitOf(
  view: CaseView,
  { viewer, people, language, now }: { viewer: Viewer; people: PersonRow[]; language: Language; now: string },
): Visit {
  const person = personAmong(people);
  return {
    ...{ viewer, view, person, parts: people },
    capacity: viewer.role === 'participant' ? capacityOfPerson(person) : viewer.role,
    clock: {
      ...{ language, now },
      timeZone: person?.timeZone ?? viewer.timeZone,
      others: [...new Set(view.programme.institutions.map((one) => one.timezone))],
    },
  };
}

const personAmong = (people: readonly PersonRow[]): PersonRow | undefined =>
  people.find(({ role }) => role !== 'guest') ?? people[0];

/** What somebody may in a cooperation that they are a person of. */
export const capacityOfPerson = (person: PersonRow | undefined): Visit['capacity'] =>
  person?.role === 'staff' ? 'officer' : (person?.role ?? 'guest');

/** Closes a page to guests, who see their session alone. */
export const notForGuests = createMiddleware<VisitSite>(async (c, next) =>
  c.get('visit').capacity === 'guest' ? notTheirs(c) : next(),
);

/** Leaves a page to whoever is signed in for all of theirs: the link of a mail may be another's by now, and opens one. */
export const signedInForAll = createMiddleware<Site>(async (c, next) => {
  const viewer = c.get('viewer');
  return viewer && !viewer.cooperations && !viewer.unstepped ? next() : toSignIn(c);
});

/** Leaves what was published in all cooperations to those who read it. A link opens its own cooperation alone. */
export const libraryReaders = createMiddleware<Site>(async (c, next) => {
  const viewer = c.get('viewer');
  if (!viewer || viewer.cooperations || viewer.unstepped) return toSignIn(c);
  return readsLibrary(viewer) ? next() : notTheirs(c);
});

/** To where a code can be asked for, and from there back. What was written in a form is not lost. */
async function toSignIn(c: PageContext): Promise<Response> {
  const kept = await signedOutPage(c);
  return kept ?? c.redirect(`/sign-in?${new URLSearchParams({ next: new URL(c.req.url).pathname })}`);
}

/** Whoever came by a link alone may have the role that a page is for, and is asked for a code. */
const leftTo = (roles: readonly Viewer['role'][]) =>
  createMiddleware<Site>(async (c, next) => {
    const viewer = c.get('viewer');
    if (viewer?.cooperations || viewer?.unstepped) return toSignIn(c);
    return viewer && roles.includes(viewer.role) ? next() : notTheirs(c);
  });
/** Leaves a page to OAS staff. */
export const staffOnly = leftTo(['staff']);

/** The page to staff, and to observers who look on. */
export const staffOrObserver = leftTo(['staff', 'observer']);
