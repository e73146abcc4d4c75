import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../client/index.ts';
import { type CaseView, lastChangeOf } from '../../domain/caseView.ts';
import { LONGEST_REASON } from '../../domain/change.ts';
import { isExchanged, isHad, wasPublished } from '../../domain/document.ts';
import { documentVersionId } from '../../domain/ids.ts';
import { documentName } from '../../words/changes.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, PageContext, SiteContext } from '../context.ts';
import {
  type Field,
  type Mistake,
  partsHtml,
  postedForm,
  seenAgain,
  seenField,
  seenIn,
  textIn,
  type Values,
} from '../form.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { refusedText } from '../refusals.ts';
import { isSecretariat, missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** A document that a delegation sent by mistake is withheld by one of its own people; staff have a change for it. */

const MAX_FORM = 200_000;

type Entry = CaseView['documents'][number];

/**
 * Whether the reader may withhold a version: staff what is exchanged and the published sheet, at any time; others what their
 * own institution sent for the exchange, as long as that goes on.
 */
const mayWithhold = (visit: Visit, entry: Entry): boolean =>
  isHad(entry) &&
  (isSecretariat(visit)
    ? isExchanged(entry) || wasPublished(entry, visit.view.record)
    : isExchanged(entry) &&
      visit.view.closedAt === null &&
      visit.capacity === 'delegate' &&
      visit.person?.party === entry.party);

/** The way to withhold a version, beside its download; nothing where the reader may not. */
export function withholdLink(visit: Visit, entry: Entry): Html | '' {
  if (!mayWithhold(visit, entry)) return '';
  const { view, clock, capacity } = visit;
  const id = documentVersionId(entry);
  const href =
    capacity === 'staff'
      ? `/c/${view.id}/changes/new/withhold?${new URLSearchParams({ document: id })}`
      : `/c/${view.id}/documents/${entry.document}/${entry.version}/withhold`;
  const name = documentName(view, id, clock.language);
  return html` · <a class="govuk-link" href="${href}">${speaker('site.documents', clock.language)('withhold')}<span class="govuk-visually-hidden"> ${name}</span></a>`;
}

export function withholdingPages({ cooperations }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  const path = '/documents/:document/:version{[1-9][0-9]{0,5}}/withhold';
  app.get(path, notForGuests, (c) => {
    const entry = entryOf(c);
    return entry ? ask(c, c.get('visit'), entry) : missing(c);
  });
  app.post(
    path,
    notForGuests,
    bodyLimit({ maxSize: MAX_FORM, onError: (c) => missing(c as SiteContext) }),
    async (c) => {
      const visit = c.get('visit');
      const entry = entryOf(c);
      if (!entry || !visit.person) return missing(c);
      const { values, mistakes } = await postedForm(c, fieldsOf(visit, {}));
      if (mistakes.length > 0) return ask(c, visit, entry, values, mistakes);
      try {
        const what = { change: 'withhold', document: documentVersionId(entry) } as const;
        const given = {
          what,
          reason: textIn(values, 'reason'),
          by: visit.person.id,
          seen: seenIn(values, lastChangeOf(visit.view)),
        };
        await cooperations.change(visit.view.id, given, { door: 'site' });
        return c.redirect(`/c/${visit.view.id}/documents?withheld`, 303);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        const refused = [{ field: 'reason', message: refusedText(error, visit) }];
        return ask(c, visit, entry, seenAgain(values, error), refused);
      }
    },
  );
  return app;
}

/** The version that the address names, where its reader may withhold it. */
function entryOf(c: PageContext & { get(key: 'visit'): Visit }): Entry | undefined {
  const { document, version } = c.req.param() as { document?: string; version?: string };
  const visit = c.get('visit');
  const found = visit.view.documents.find(
    (one) => one.document === document && one.version === Number(version),
  );
  return found && mayWithhold(visit, found) ? found : undefined;
}

function fieldsOf({ clock, view }: Visit, values: Values): Field[] {
  const say = speaker('site.documents', clock.language);
  return [
    {
      ...{ name: 'reason', as: 'long', label: say('withholdReason'), rows: 3, most: LONGEST_REASON },
      ...{ hint: say('withholdReasonHint'), required: say('withholdNoReason') },
    },
    seenField(values, lastChangeOf(view)),
  ];
}

function ask(
  c: PageContext,
  visit: Visit,
  entry: Entry,
  values: Values = {},
  mistakes: readonly Mistake[] = [],
) {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.documents', language);
  const name = documentName(view, documentVersionId(entry), language);
  return page(c, {
    title: say('withholdTitle'),
    back: { href: `/c/${view.id}/documents` },
    mistakes,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('withholdLead', { document: name })}</p>
<form method="post" action="/c/${view.id}/documents/${entry.document}/${entry.version}/withhold" novalidate>${partsHtml({ language, mistakes, values }, fieldsOf(visit, values))}
<button type="submit" class="govuk-button govuk-button--warning">${say('withhold')}</button></form>`,
  });
}
