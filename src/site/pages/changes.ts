import { Hono } from 'hono';
import { changeOf, toldOf } from '../../casefile/changes/index.ts';
import { viewOf } from '../../casefile/view.ts';
import { Refused } from '../../client/index.ts';
import type { ChangeKind, GivenChange } from '../../domain/change.ts';
import { HOUR_MS } from '../../domain/dates/durations.ts';
import { changesPeople } from '../../domain/securityEvent.ts';
import type { PageContext } from '../context.ts';
import { type Field, postedForm, type Reading, seenAgain, textsOf, valuesOf } from '../form.ts';
import type { SiteOutside } from '../outside.ts';
import { draftOfReader, dropWritten, keepWritten } from '../parts/draft.ts';
import { againHtml, isFresh, movesAccess, staleText } from '../signing-in/freshness.ts';
import { missing, staffOnly, type Visit, type VisitSite } from '../visit.ts';
import { changeIn, fieldsOf, formPage, refusedAs } from './changes/form.ts';
import { bodyOf, type KeptForm, keptForm, keptReading, keyOf } from './changes/keptForm.ts';
import { isKind, KINDS } from './changes/kinds.ts';
import { listPage, madePage, notNowPage } from './changes/list.ts';
import { previewPage } from './changes/preview.ts';
import { correctedAgain, correctionPath } from './correction.ts';
import { limitedForm } from './programmeForm/answers.ts';

/** What OAS staff change in a cooperation under way: a form, a preview of who would be told, and the change. */

/** What a preview sends beside the fields of its change; `mend` asks for the form again, `base` is of a page of its own, `draft` says where what is written is kept. */
const MORE = ['kind', 'token', 'mend', 'base', 'draft'].map(
  (name): Field => ({ as: 'hidden', name, value: '' }),
);

export function changePages(outside: SiteOutside): Hono<VisitSite> {
  const { caseFile, cooperations } = outside;
  const app = new Hono<VisitSite>();
  const once = confirmations();
  app.use('/changes/*', staffOnly);
  app.use('/changes/*', limitedForm);

  app.get('/changes', (c) => listPage(c, c.get('visit')));

  app.get('/changes/new/:kind', (c) => {
    const visit = c.get('visit');
    const kind = c.req.param('kind');
    if (!isKind(kind)) return missing(c);
    if (!KINDS[kind].possible(visit.view, visit.clock.now)) return notNowPage(c, visit);
    return openForm(outside, c, visit, kind);
  });

  app.post('/changes/new/:kind', async (c) => {
    const kind = c.req.param('kind');
    if (!isKind(kind)) return missing(c);
    const visit = c.get('visit');
    const reading = await postedForm(c, fieldsOf(kind, visit));
    const { mend, draft = '' } = textsOf((await postedForm(c, MORE)).values);
    const form = keptForm(kind, visit, draft);
    if (mend) return formPage(c, visit, kind, { ...reading, mistakes: [] }, { form });
    if (form) await keepWritten(outside, c, form.path, bodyOf(reading.values));
    return preview(c, visit, kind, reading, form);
  });

  app.post('/changes/make', async (c) => {
    const visit = c.get('visit');
    const { kind = '', token = '', base, draft = '' } = textsOf((await postedForm(c, MORE)).values);
    if (!isKind(kind)) return missing(c);
    const reading = await postedForm(c, fieldsOf(kind, visit));
    // What was not previewed is previewed first.
    const form = keptForm(kind, visit, draft);
    if (token.length < 32) return preview(c, visit, kind, reading, form);
    const { id } = visit.view;
    const known = once.known(`${id} ${token}`);
    // Only what was not made yet is read again: after it was, the form may have nothing to choose from any more.
    const checked = known ? undefined : await changeIn(kind, reading, visit, cooperations.checkProgramme);
    if (checked && 'mistakes' in checked)
      return formPage(c, visit, kind, { ...reading, mistakes: checked.mistakes }, { form });
    if (checked && isStale(c, checked.given, outside.now())) return stalePage(c, visit, kind, reading, form);
    const make = async () => {
      const { change } = await cooperations.change(id, checked?.given as GivenChange, { door: 'site' });
      if (changesPeople(kind)) await c.get('note')({ code: 'people-changed', cooperation: id, change, kind });
      return change;
    };
    try {
      // Another press of the button may have been read meanwhile.
      const key = `${id} ${token}`;
      const number = await (once.known(key) ?? once.make(key, make));
      await dropWritten(outside, c, form?.path ?? correctionPath(visit.view));
      return c.redirect(`/c/${id}/changes/${number}`, 303);
    } catch (error) {
      if (!base || kind !== 'amend' || !(error instanceof Refused))
        return refused(c, visit, kind, reading, error, form);
      // The view is from before.
      const view = (await viewOf(caseFile, id, visit.clock.now)) ?? visit.view;
      const { programme: source = '', reason = '' } = textsOf(reading.values);
      const written = { source, reason, base };
      return correctedAgain(c, { ...visit, view }, written, cooperations.checkProgramme, error);
    }
  });

  app.get('/changes/:number{[1-9][0-9]{0,5}}', (c) =>
    showChange(outside, c, c.get('visit'), Number(c.req.param('number'))),
  );

  async function preview(c: PageContext, visit: Visit, kind: ChangeKind, reading: Reading, form?: KeptForm) {
    const checked = await changeIn(kind, reading, visit, cooperations.checkProgramme);
    if ('mistakes' in checked)
      return formPage(c, visit, kind, { ...reading, mistakes: checked.mistakes }, { form });
    const { given } = checked;
    if (isStale(c, given, outside.now())) return stalePage(c, visit, kind, reading, form);
    try {
      const foreseen = await cooperations.preview(visit.view.id, given);
      return previewPage(c, visit, { kind, values: textsOf(reading.values), given, foreseen, form });
    } catch (error) {
      return refused(c, visit, kind, reading, error, form);
    }
  }

  /** The form again, as it was filled, with why it was refused. */
  function refused(
    c: PageContext,
    visit: Visit,
    kind: ChangeKind,
    reading: Reading,
    error: unknown,
    form?: KeptForm,
  ) {
    if (!(error instanceof Refused)) throw error;
    const status = error.code === 'Unavailable' ? 503 : 422;
    return formPage(
      c,
      visit,
      kind,
      { values: seenAgain(reading.values, error), mistakes: refusedAs(error, kind, visit) },
      { status, form },
    );
  }

  return app;
}

/** The form of a change as it is opened: for what the address names, with what was written in it before. */
async function openForm(outside: SiteOutside, c: PageContext, visit: Visit, kind: ChangeKind) {
  const { request = '', session = '', person = '', commitment = '' } = c.req.query();
  const query = { request, session, person, commitment };
  const form = keptForm(kind, visit, keyOf(query));
  const draft = form && (await draftOfReader(outside, c, form.path));
  if (draft) return formPage(c, visit, kind, keptReading(kind, visit, draft.body), { form, draft });
  const values = valuesOf({ ...query, ...KINDS[kind].initial?.(query, visit) });
  return formPage(c, visit, kind, { values, mistakes: [] }, { form });
}

/** What a change that was made did. */
async function showChange({ caseFile }: SiteOutside, c: PageContext, visit: Visit, number: number) {
  const change = visit.view.changes.find((one) => one.number === number);
  const row = change && (await changeOf(caseFile, visit.view.id, number));
  if (!change || !row) return missing(c);
  return madePage(c, visit, change, {
    told: await toldOf(caseFile, visit.view.id, row.told),
    programmeChanges: row.programmeChanges,
    approval: row.effects?.approval === true,
    follows: row.follows ?? [],
  });
}

const isStale = (c: PageContext, given: GivenChange, now: string): boolean =>
  movesAccess(given) && !isFresh(c.get('viewer'), now);

/** The form again, as it was filled: whoever asks has to have signed in just now. */
function stalePage(c: PageContext, visit: Visit, kind: ChangeKind, reading: Reading, form?: KeptForm) {
  const mistakes = [{ field: 'email', message: staleText(c) }];
  const before = againHtml(c, `/c/${visit.view.id}/people`);
  return formPage(c, visit, kind, { ...reading, mistakes }, { status: 422, before, form });
}

/**
 * Confirmations by the token of their preview, for an hour, so that a button that is pressed twice makes one change.
 * In memory, because the token tells a second press from somebody who means the same again (paused, resumed, paused
 * anew for the same reason), which what the case file has cannot. What a restart forgets is most often refused as
 * changing nothing, and an unfinished change is the same change in the case file.
 */
function confirmations() {
  const made = new Map<string, { at: number; number: Promise<number> }>();
  return {
    known: (key: string): Promise<number> | undefined => made.get(key)?.number,
    make(key: string, change: () => Promise<number>): Promise<number> {
      for (const [old, { at }] of made) if (Date.now() - at > HOUR_MS) made.delete(old);
      const number = change();
      made.set(key, { at: Date.now(), number });
      // What was refused may be confirmed again.
      number.catch(() => made.delete(key));
      return number;
    },
  };
}
