import type { Hono } from 'hono';
import { html } from 'hono/html';
import type { Draft } from '../../../../casefile/drafts.ts';
import type { CommunicationForecast } from '../../../../client/communications.ts';
import { Refused } from '../../../../client/index.ts';
import { type Addressees, addressed as addressedShape } from '../../../../domain/communication.ts';
import { CONSULTANT } from '../../../../domain/methodology.ts';
import { hasAddress } from '../../../../domain/people/address.ts';
import { LONGEST_LINE } from '../../../../domain/programme/programme.ts';
import { composeMail } from '../../../../mail/compose.ts';
import { headingOf, readerOf } from '../../../../mail/headings.ts';
import { capitalized } from '../../../../words/names/capitals.ts';
import { partyNamed } from '../../../../words/names/parties.ts';
import { speaker } from '../../../../words/speaker.ts';
import type { Html, PageContext } from '../../../context.ts';
import {
  type Field,
  hiddenHtml,
  ofShape,
  partsHtml,
  postedForm,
  type Reading,
  textIn,
  type Values,
} from '../../../form.ts';
import { page } from '../../../frame.ts';
import type { SiteOutside } from '../../../outside.ts';
import {
  draftAttributes,
  draftNotice,
  draftOfReader,
  dropWritten,
  keepWritten,
  keptAnswer,
} from '../../../parts/draft.ts';
import { summaryList } from '../../../parts/govuk.ts';
import { authorIn } from '../../../parts/talk.ts';
import { refusedText } from '../../../refusals.ts';
import { isSecretariat, missing, type Visit, type VisitSite } from '../../../visit.ts';

/** The Secretariat writes: a form, who would get it and the mail as it would be, and the button. */

/** Whom the preview showed, whether the form is asked for again, and what becomes of its draft. */
const MORE = ['people', 'mend', 'do'].map((name): Field => ({ as: 'hidden', name, value: '' }));

export function writingPages(app: Hono<VisitSite>, outside: SiteOutside): void {
  const { cooperations, url } = outside;
  app.get('/communications/new', async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const to = c.req.query('to') ?? '';
    const draft = await draftOfReader(outside, c, pathOf(visit));
    const values = draft ? keptValues(draft) : { to: [to] };
    return formPage(c, visit, { values, mistakes: [] }, draft);
  });

  app.post('/communications/new', async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const path = pathOf(visit);
    const reading = await postedForm(c, fieldsOf(visit));
    const more = await postedForm(c, MORE);
    const action = textIn(more.values, 'do');
    if (action === 'discard') await dropWritten(outside, c, path);
    else await keepWritten(outside, c, path, bodyOf(reading));
    if (action) return keptAnswer(c, path);
    return textIn(more.values, 'mend')
      ? formPage(c, visit, { ...reading, mistakes: [] })
      : preview(c, visit, reading);
  });

  app.post('/communications/send', async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const { view } = visit;
    const reading = await postedForm(c, fieldsOf(visit));
    const seen = textIn((await postedForm(c, MORE)).values, 'people');
    // What was not previewed is previewed first.
    if (reading.mistakes.length > 0 || !seen) return preview(c, visit, reading);
    try {
      const { number } = await cooperations.write(view.id, {
        ...written(reading),
        ...{ by: authorIn(visit), people: seen.split(' ') },
      });
      await dropWritten(outside, c, pathOf(visit));
      return c.redirect(`/c/${view.id}/communications?sent=${number}`, 303);
    } catch (error) {
      if (error instanceof Refused && error.code === 'ReadersChanged')
        return preview(c, visit, reading, error);
      return refused(c, visit, reading, error);
    }
  });

  async function preview(c: PageContext, visit: Visit, reading: Reading, changed?: Refused) {
    if (reading.mistakes.length > 0) return formPage(c, visit, reading);
    try {
      const foreseen = await cooperations.foreseeCommunication(visit.view.id, written(reading));
      return previewPage(c, visit, reading, foreseen, { url, changed });
    } catch (error) {
      return refused(c, visit, reading, error);
    }
  }
}

/** Where the form is, by which its draft is kept. */
const pathOf = ({ view }: Visit): string => `/c/${view.id}/communications/new`;

const WRITTEN = ['to', 'subject', 'text'] as const;

/** What is written in it, as it would be sent. */
const bodyOf = ({ values }: Reading): string =>
  new URLSearchParams(
    Object.fromEntries(WRITTEN.map((name) => [name, textIn(values, name)] as const)),
  ).toString();

function keptValues({ body }: Draft): Values {
  const sent = new URLSearchParams(body);
  return Object.fromEntries(WRITTEN.map((name) => [name, [sent.get(name) ?? '']]));
}

/** The form again, as it was filled, with why it was refused. */
function refused(c: PageContext, visit: Visit, reading: Reading, error: unknown) {
  if (!(error instanceof Refused)) throw error;
  const mistakes = [{ field: 'to', message: refusedText(error, visit) }];
  return formPage(c, visit, { ...reading, mistakes });
}

/** `everybody`, `party oas`, `person oas-1`. */
const VALUE = /^(owing|everybody|party|person)(?: ([a-z0-9-]{1,80}))?$/;

function addressedIn(value: string): Addressees {
  const [, to, whom] = VALUE.exec(value) ?? [];
  return ofShape(addressedShape, {
    to,
    ...(to === 'party' && { party: whom }),
    ...(to === 'person' && { person: whom }),
  });
}

const written = ({ values }: Reading) => ({
  addressed: addressedIn(textIn(values, 'to')),
  subject: textIn(values, 'subject').replaceAll(/\s+/g, ' '),
  text: textIn(values, 'text'),
});

function fieldsOf({ view, clock }: Visit): Field[] {
  const { language } = clock;
  const say = speaker('site.writing', language);
  const people = view.people.filter(({ active }) => active);
  const parties = [
    ...view.programme.institutions.map(({ id }) => id),
    ...(people.some(({ role }) => role === 'consultant') ? [CONSULTANT] : []),
  ];
  return [
    {
      ...{ name: 'to', as: 'radios', label: say('to'), required: say('chooseTo') },
      options: [
        ...(['everybody', 'owing'] as const).map((value) => ({
          value,
          label: say(value),
          hint: say(`${value}Hint`),
        })),
        ...parties.map((party) => ({
          value: `party ${party}`,
          label: capitalized(partyNamed(view.programme, party, language), language),
        })),
        ...people
          .filter(({ role }) => role !== 'consultant')
          .map(({ id, name, party }) => ({
            value: `person ${id}`,
            label: `${name} (${partyNamed(view.programme, party, language)})`,
          })),
      ],
    },
    { name: 'subject', as: 'text', label: say('subject'), required: say('writeSubject'), most: LONGEST_LINE },
    {
      name: 'text',
      as: 'long',
      rows: 8,
      label: say('text'),
      hint: say('textHint'),
      required: say('writeText'),
    },
  ];
}

function formPage(
  c: PageContext,
  visit: Visit,
  { values, mistakes }: Pick<Reading, 'values' | 'mistakes'>,
  draft?: Draft,
) {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.writing', language);
  return page(c, {
    title: say('title'),
    back: { href: `/c/${view.id}/communications` },
    mistakes,
    drafts: true,
    shows: true,
    status: mistakes.length > 0 ? 422 : 200,
    body: html`<p class="govuk-body">${say('lead')}</p>
${draft ? draftNotice(draft, pathOf(visit), clock) : ''}
<form method="post" action="${pathOf(visit)}" novalidate${draftAttributes(pathOf(visit), language)}>
${partsHtml({ language, values, mistakes }, fieldsOf(visit))}
<p class="govuk-body">${say('nothingYet')}</p>
<div class="govuk-button-group"><button type="submit" class="govuk-button">${say('review')}</button>
<button type="submit" class="govuk-button govuk-button--secondary" name="do" value="keep">${speaker('form.draft', language)('keep')}</button></div></form>`,
  });
}

function previewPage(
  c: PageContext,
  visit: Visit,
  reading: Reading,
  { people }: CommunicationForecast,
  { url, changed }: { url: string; changed: Refused | undefined },
) {
  const { view, clock } = visit;
  const say = speaker('site.writing', clock.language);
  const ids = people.map(({ id }) => id);
  return page(c, {
    title: say('previewTitle'),
    shows: true,
    back: { href: `/c/${view.id}/communications` },
    mistakes: changed ? [{ field: 'send', message: refusedText(changed, visit) }] : [],
    ...(changed && { status: 409 as const }),
    body: html`<p class="govuk-body">${say('nothingYet')}</p>
${summaryList([
  [
    say('readers', { count: people.length }),
    html`${people.map(({ name, email, party }) => html`${name} <span class="rial-soft">${email} · ${partyNamed(view.programme, party, clock.language)}</span><br>`)}`,
  ],
])}
${mails(visit, reading, people, url)}
<form method="post" action="/c/${view.id}/communications/send">
${['to', 'subject', 'text'].map((name) => hiddenHtml(name, textIn(reading.values, name)))}${hiddenHtml('people', ids.join(' '))}
<div class="govuk-button-group"><button class="govuk-button" type="submit" id="send">${say('send')}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="mend" value="yes" formaction="/c/${view.id}/communications/new">${say('mend')}</button></div></form>`,
  });
}

/** The mail as its first reader of each language would get it. */
function mails(visit: Visit, reading: Reading, people: CommunicationForecast['people'], url: string): Html {
  const { view, clock, person } = visit;
  const { subject, text } = written(reading);
  const notice = {
    ...({ notice: 'communication', subject, text } as const),
    ...(person?.role === 'staff' && { by: person.name }),
  };
  const say = speaker('site.writing', clock.language);
  const firsts = [...Map.groupBy(people, ({ language }) => language).values()].flatMap(
    ([first]) => first ?? [],
  );
  return html`${firsts.map((first) => {
    const full = view.people.filter(hasAddress).find(({ id }) => id === first.id);
    if (!full) return '';
    const heading = { ...headingOf(view), officer: first.officer };
    const mail = composeMail(notice, readerOf(view, full), heading, clock.now, `${url}/r/•••`);
    return html`<h2 class="govuk-heading-s">${say('asFor', { name: first.name })}</h2>
<div class="govuk-inset-text" lang="${first.language}"><p class="govuk-body"><strong>${mail.subject}</strong></p>
<p class="govuk-body rial-prewrap">${mail.text}</p></div>`;
  })}`;
}
