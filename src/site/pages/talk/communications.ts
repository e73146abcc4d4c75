import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { Refused } from '../../../client/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { readableBy } from '../../../domain/communication.ts';
import { isRecordable } from '../../../domain/mails/incomingMail.ts';
import { readersNamed, writerNamed } from '../../../words/communications.ts';
import { sizeText } from '../../../words/dates/clock.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { requestLabel } from '../../../words/labels.ts';
import { personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext, SiteContext } from '../../context.ts';
import { disposition } from '../../downloads.ts';
import {
  type Field,
  hiddenHtml,
  type Mistake,
  partsHtml,
  postedForm,
  textIn,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { cooperationNavigation } from '../../parts/cooperationNavigation.ts';
import { dropWritten, type ShortForm, shortForm, withWritten, writtenPath } from '../../parts/draft.ts';
import { details, success, tag } from '../../parts/govuk.ts';
import { authorIn, mayAsk, talkReader } from '../../parts/talk.ts';
import { refusedText } from '../../refusals.ts';
import { isSecretariat, missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';
import { writingPages } from './communications/write.ts';

/** What the Secretariat and those who take part write to each other, as each reader may read it. */

type Communication = CaseView['communications'][number];

const MAX_FORM = 1024 * 1024;

/** A form as it comes back. `number`: of the enquiry that it answers. */
type Standing = {
  mistakes?: readonly Mistake[];
  values?: Values | undefined;
  number?: number;
  sent?: number;
};

export function communicationPages(outside: SiteOutside): Hono<VisitSite> {
  const { cooperations } = outside;
  const app = new Hono<VisitSite>();
  app.use('/communications', notForGuests);
  app.use('/communications/*', notForGuests);
  app.use('/communications/*', bodyLimit({ maxSize: MAX_FORM, onError: (c) => missing(c as SiteContext) }));
  for (const path of ['/communications', '/communications/ask', '/communications/:number/answer'])
    app.use(path, withWritten(outside));
  writingPages(app, outside);

  app.get('/communications', (c) => {
    const sent = Number(c.req.query('sent'));
    return show(c, c.get('visit'), Number.isInteger(sent) && sent > 0 ? { sent } : {});
  });

  app.post('/communications/ask', async (c) => {
    const visit = c.get('visit');
    const { person, view } = visit;
    if (!person || !mayAsk(visit)) return missing(c);
    const { values, mistakes } = await postedForm(c, askFields(visit));
    if (mistakes.length > 0) return show(c, visit, { mistakes, values });
    return tried(outside, c, visit, { values }, { field: 'text', form: 'enquiry' }, () =>
      cooperations.enquire(view.id, { by: person.id, text: textIn(values, 'text') }),
    );
  });

  app.post('/communications/:number{[1-9][0-9]{0,6}}/answer', async (c) => {
    const visit = c.get('visit');
    const number = Number(c.req.param('number'));
    if (!isSecretariat(visit)) return missing(c);
    if (!visit.view.communications.some((one) => one.number === number && one.kind === 'enquiry'))
      return missing(c);
    const { values, mistakes } = await postedForm(c, answerFields(visit, number));
    if (mistakes.length > 0) return show(c, visit, { mistakes, values, number });
    const form = { field: `answer-${number}`, form: `answer ${number}` } as const;
    return tried(outside, c, visit, { values, number }, form, () =>
      cooperations.answerEnquiry(visit.view.id, {
        ...{ by: authorIn(visit), enquiry: number, text: textIn(values, 'text') },
        shared: textIn(values, 'shared') === 'true',
      }),
    );
  });
  app.post('/communications/:number{[1-9][0-9]{0,6}}/seen', async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const communication = Number(c.req.param('number'));
    try {
      await cooperations.seeToMail(visit.view.id, { by: authorIn(visit), communication });
      return c.redirect(`/c/${visit.view.id}/communications#n${communication}`, 303);
    } catch (error) {
      if (error instanceof Refused && error.code === 'UnfiledMailUnknown') return missing(c);
      throw error;
    }
  });
  app.post('/communications/:number{[1-9][0-9]{0,6}}/recorded', async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const communication = Number(c.req.param('number'));
    try {
      await cooperations.recordMailAnswer(visit.view.id, { by: authorIn(visit), communication });
      return c.redirect(`/c/${visit.view.id}/communications#n${communication}`, 303);
    } catch (error) {
      if (error instanceof Refused && error.code === 'MailAnswerUnknown') return missing(c);
      return refusedFile(c, visit, error);
    }
  });
  const FILE = '/communications/:number{[1-9][0-9]{0,6}}/files/:file{[0-9]{1,3}}';
  const fileIn = (c: PageContext) => ({
    communication: Number(c.req.param('number')),
    file: Number(c.req.param('file')),
  });
  app.get(FILE, async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    try {
      const { bytes, fileName } = await cooperations.mailFile(visit.view.id, fileIn(c));
      return c.body(new Uint8Array(bytes), 200, {
        'cache-control': 'no-store',
        'content-type': 'application/octet-stream',
        'content-disposition': disposition(fileName),
        'x-content-type-options': 'nosniff',
      });
    } catch (error) {
      return refusedFile(c, visit, error);
    }
  });
  app.post(FILE, async (c) => {
    const visit = c.get('visit');
    if (!isSecretariat(visit)) return missing(c);
    const asked = fileIn(c);
    try {
      await cooperations.takeMailFile(visit.view.id, { ...asked, by: authorIn(visit) });
      return c.redirect(`/c/${visit.view.id}/communications#n${asked.communication}`, 303);
    } catch (error) {
      return refusedFile(c, visit, error);
    }
  });
  return app;
}

/** Why what a mail brought cannot be had, taken in or recorded, above all that was written. */
function refusedFile(c: PageContext, visit: Visit, error: unknown): Response | Promise<Response> {
  if (!(error instanceof Refused)) throw error;
  if (error.code === 'DocumentUnknown') return missing(c);
  const number = Number(c.req.param('number'));
  return show(c, visit, { mistakes: [{ field: `n${number}`, message: refusedText(error, visit) }], number });
}

/** Sends what a form has, and shows the page with it; or the form again, with why it was not. */
async function tried(
  outside: SiteOutside,
  c: PageContext,
  visit: Visit,
  standing: Standing,
  { field, form }: { field: string; form: ShortForm },
  send: () => Promise<{ number: number }>,
) {
  try {
    const { number } = await send();
    await dropWritten(outside, c, writtenPath(visit, form));
    return c.redirect(`/c/${visit.view.id}/communications?sent=${number}`, 303);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return show(c, visit, { ...standing, mistakes: [{ field, message: refusedText(error, visit) }] });
  }
}

function askFields({ clock }: Visit): Field[] {
  const say = speaker('site.communications', clock.language);
  return [
    {
      ...{ name: 'text', as: 'long', rows: 5, label: say('question'), hint: say('questionHint') },
      required: say('writeText'),
    },
  ];
}

function answerFields({ clock }: Visit, number: number): Field[] {
  const say = speaker('site.communications', clock.language);
  return [
    {
      ...{ name: 'text', id: `answer-${number}`, as: 'long', rows: 4, label: say('answerText') },
      required: say('writeText'),
    },
    { name: 'shared', id: `shared-${number}`, as: 'check', label: say('share'), hint: say('shareHint') },
  ];
}

function show(
  c: PageContext,
  visit: Visit,
  { mistakes = [], values, number, sent }: Standing,
): Response | Promise<Response> {
  const { view, clock } = visit;
  const say = speaker('site.communications', clock.language);
  const readable = readableBy(view.communications, talkReader(visit));
  // Answers stand with what they answer.
  const shown = readable.filter(({ kind }) => kind !== 'answer').toReversed();
  const filled = { language: clock.language, mistakes };
  const sentAsked = number === undefined && mistakes.length > 0 ? (values ?? {}) : undefined;
  const asking = shortForm(visit, 'enquiry', askFields(visit), sentAsked);
  return page(c, {
    title: say('title'),
    ownHeading: true,
    mistakes,
    drafts: mayAsk(visit) || isSecretariat(visit),
    status: mistakes.length > 0 ? 422 : 200,
    body: html`${cooperationNavigation(c, visit, 'communications')}
${sent ? success('sent', say('done'), say('sent')) : ''}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say(isSecretariat(visit) ? 'leadSecretariat' : 'lead')}</p>
${isSecretariat(visit) ? html`<p class="govuk-body"><a class="govuk-button" role="button" draggable="false" href="/c/${view.id}/communications/new">${say('write')}</a></p>` : ''}
${
  mayAsk(visit)
    ? html`<section class="rial-call" aria-labelledby="ask"><h2 class="govuk-heading-m" id="ask">${say('ask')}</h2>${asking.before}
<form method="post" action="/c/${view.id}/communications/ask" novalidate${asking.attributes}>${partsHtml({ ...filled, values: asking.values }, askFields(visit))}
<button type="submit" class="govuk-button">${say('send')}</button></form></section>`
    : ''
}
${shown.length === 0 ? html`<p class="govuk-body">${say('none')}</p>` : html`<ul class="rial-waiting">${shown.map((one) => item(visit, one, number === one.number ? { values, mistakes } : {}))}</ul>`}`,
  });
}

function item(visit: Visit, one: Communication, standing: Standing): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.communications', language);
  const answer = view.communications.find(({ answers }) => answers === one.number);
  const when = ownMomentOf(one.at, clock);
  const told =
    one.kind === 'received' && one.mail
      ? say('mailFrom', { from: one.mail.from || 'none', when })
      : say('by', {
          writer: writerNamed(one, view, language),
          toReaders: readersNamed(one, view, language, 'to'),
          when,
        });
  const heading = one.subject ?? say('enquiry', { number: one.number });
  return html`<li id="n${one.number}"><h2 class="govuk-heading-s rial-close">${heading}${one.kind === 'enquiry' && !answer ? html` ${tag('yellow', say('unanswered'))}` : ''}${answer?.shared ? html` ${tag('blue', say('shared'))}` : ''}${one.mail ? html` ${tag('grey', say('byMail'))}` : ''}</h2>
<p class="govuk-body-s rial-soft">${told}</p>
<p class="govuk-body rial-prewrap">${one.text}</p>${mailPart(visit, one)}${
    answer
      ? html`<div class="govuk-inset-text"><p class="govuk-body-s rial-soft"><strong>${say('answer')}</strong> · ${writerNamed(answer, view, language)} · ${ownMomentOf(answer.at, clock)}</p>
<p class="govuk-body rial-prewrap">${answer.text}</p></div>`
      : ''
  }${one.kind === 'enquiry' && !answer && isSecretariat(visit) ? answerForm(visit, one, standing) : ''}</li>`;
}

/** Of what came by mail: why it is in nobody's name, and what came with it. */
function mailPart(visit: Visit, one: Communication): Html | '' {
  const { mail } = one;
  const { view, clock } = visit;
  if (!mail) return '';
  const say = speaker('site.communications', clock.language);
  const request = view.requests.find(({ id }) => id === mail.request);
  const why =
    mail.unfiled === 'bounced'
      ? say('bounced', { name: personName(view, one.by) })
      : mail.unfiled && say('unfiled', { why: mail.unfiled });
  return html`${why ? html`<p class="govuk-body">${why}</p>` : ''}${seenPart(visit, one)}${
    request
      ? html`<p class="govuk-body">${say('isAnswer', { request: requestLabel(request, clock.language) })}</p>`
      : ''
  }${answerPart(visit, one)}${mail.shortened ? html`<p class="govuk-body-s rial-soft">${say('shortened')}</p>` : ''}${
    mail.attachments.length > 0
      ? html`<h3 class="govuk-heading-s">${say('files')}</h3><ul class="govuk-list govuk-list--bullet">${mail.attachments.map((file, index) => fileItem(visit, one, file, index))}</ul>`
      : ''
  }`;
}

/** What a mail was read as; where that is doubtful the button by which the Secretariat records it all the same. */
function answerPart(visit: Visit, one: Communication): Html | '' {
  const { number, mail, seenTo } = one;
  const { view, clock } = visit;
  if (!mail?.answer || !isSecretariat(visit)) return '';
  const { says, doubt, signedBy, person } = mail.answer;
  const say = speaker('site.communications', clock.language);
  if (!doubt)
    return signedBy
      ? html`<p class="govuk-body-s rial-soft">${say('signedBy', { domain: signedBy })}</p>`
      : '';
  const request = view.requests.find(({ id }) => id === mail.answer?.request);
  const named = {
    name: personName(view, person),
    request: request ? requestLabel(request, clock.language) : mail.answer.request,
  };
  const told = html`<p class="govuk-body">${says === 'approves' ? say('doubtful', { ...named, why: doubt }) : say('doubtfulBack', { ...named, why: doubt })}</p>`;
  const isDealtWith = seenTo || view.communications.some(({ answers }) => answers === number);
  if (isDealtWith || !isRecordable(mail.answer)) return told;
  return html`${told}<form method="post" action="/c/${view.id}/communications/${number}/recorded" novalidate><button type="submit" class="govuk-button govuk-button--secondary">${say('recordAnswer', { name: named.name })}</button></form>`;
}

/** Who has seen to a mail that is in nobody's name; or the button by which the Secretariat says so. */
function seenPart(visit: Visit, { number, mail, seenTo }: Communication): Html | '' {
  const { view, clock } = visit;
  if (!mail?.unfiled || mail.unfiled === 'bounced' || !isSecretariat(visit)) return '';
  const say = speaker('site.communications', clock.language);
  if (seenTo) {
    const by = view.people.some(({ id }) => id === seenTo.by) ? personName(view, seenTo.by) : undefined;
    return html`<p class="govuk-body-s rial-soft">${say('seenTo', { by: by ?? 'none', when: ownMomentOf(seenTo.at, clock) })}</p>`;
  }
  return html`<form method="post" action="/c/${view.id}/communications/${number}/seen" novalidate><button type="submit" class="govuk-button govuk-button--secondary">${say('seeTo')}</button></form>`;
}

/** A file of a mail: the Secretariat may have it, and take it in for whoever sent it. */
function fileItem(
  visit: Visit,
  { number, by, party }: Communication,
  { fileName, size, sha256 }: NonNullable<Communication['mail']>['attachments'][number],
  index: number,
): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.communications', language);
  const path = `/c/${view.id}/communications/${number}/files/${index}`;
  const named = html`${fileName} (${sizeText(size, language)})`;
  if (view.documents.some((one) => one.sha256 === sha256 && one.party === party))
    return html`<li>${named} · <a class="govuk-link" href="/c/${view.id}/documents">${say('takenIn')}</a></li>`;
  if (!isSecretariat(visit)) return html`<li>${named}</li>`;
  const sender = view.people.find(({ id }) => id === by);
  const mayBeTaken = sender && !['guest', 'observer'].includes(sender.role);
  return html`<li><a class="govuk-link" href="${path}">${named}</a>${
    mayBeTaken
      ? html`<form method="post" action="${path}" novalidate><button type="submit" class="govuk-button govuk-button--secondary">${say('takeIn')}<span class="govuk-visually-hidden"> ${fileName}</span></button></form>`
      : ''
  }</li>`;
}

function answerForm(visit: Visit, { number }: Communication, { values, mistakes = [] }: Standing): Html {
  const { view, clock } = visit;
  const say = speaker('site.communications', clock.language);
  const form = shortForm(visit, `answer ${number}`, answerFields(visit, number), values);
  const filled = { language: clock.language, values: form.values, mistakes };
  return details(
    say('toAnswer'),
    html`${form.before}<form method="post" action="/c/${view.id}/communications/${number}/answer" novalidate${form.attributes}>${hiddenHtml('number', String(number))}${partsHtml(filled, answerFields(visit, number))}
<button type="submit" class="govuk-button">${say('sendAnswer')}</button></form>`,
    { open: mistakes.length > 0 || form.kept },
  );
}
