import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { withoutLinks } from '../../../casefile/access/access.ts';
import { type Sendable, sendableAgain } from '../../../casefile/mails/resendings.ts';
import { isFarewell } from '../../../domain/mails/notice.ts';
import { type MailFault, Refused } from '../../../domain/refusal.ts';
import { isOneOf, withheldOf } from '../../../mail/withheld.ts';
import { colonIn } from '../../../words/colon.ts';
import { ownMomentOf } from '../../../words/dates/dates.ts';
import { personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext, SiteContext } from '../../context.ts';
import { type Field, hiddenHtml, postedForm, textsOf } from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { warning } from '../../parts/govuk.ts';
import { refusedText } from '../../refusals.ts';
import { missing, staffOnly, type Visit, type VisitSite } from '../../visit.ts';
import { copiesOf, fact, type Mail, parsedMailOf, sendingState } from './mail.ts';

/** A mail sent again: what it would be, the button, and what became of it. For OAS staff. */

/** A form of two hidden fields: the mail, and which time it would be. */
const NAMES = ['mail', 'nth'].map((name): Field => ({ as: 'hidden', name, value: '' }));
const MOST_BYTES = 10_000;
const THE_N = ':n{[1-9][0-9]{0,6}}';

/** Whether staff are offered to send a mail again. The case file knows more, and has the last word. */
export const mayBeAgain = ({ view, capacity }: Visit, mail: Mail): boolean =>
  capacity === 'staff' &&
  (mail.state === 'sent' || mail.state === 'refused') &&
  !copiesOf(view).has(mail.messageId) &&
  (isFarewell({ notice: mail.notice }) || view.people.some(({ id, active }) => id === mail.person && active));

export const againLink = ({ view, clock }: Visit, mail: Mail, place: number): Html =>
  html`<a class="govuk-link" href="/c/${view.id}/outbox/${place}/again">${speaker('site.outbox-again', clock.language)('again')}<span class="govuk-visually-hidden">${colonIn(clock.language)}${withoutLinks(mail.subject)} — ${personName(view, mail.person)}</span></a>`;

/** On a mail's page: the way to send it again, and what became of it each time. */
export function againSection(visit: Visit, mail: Mail, place: number): Html {
  const { view, clock } = visit;
  const say = speaker('site.outbox-again', clock.language);
  const path = `/c/${view.id}/outbox`;
  const placeOf = (messageId: string | null) =>
    view.mails.findIndex((one) => one.messageId === messageId) + 1;
  const original = view.mails.find(({ again }) => again?.some((one) => one.messageId === mail.messageId));
  const { again = [] } = mail;
  return html`${
    original
      ? html`<p class="govuk-inset-text">${say('isCopy')} <a class="govuk-link" href="${path}/${placeOf(original.messageId)}">${say('original')}</a></p>`
      : ''
  }${
    mayBeAgain(visit, mail)
      ? html`<p class="govuk-body"><a class="govuk-button govuk-button--secondary" href="${path}/${place}/again">${say('again')}</a></p>`
      : ''
  }${
    again.length > 0
      ? html`<h2 class="govuk-heading-m" id="again">${say('times')}</h2><ul class="govuk-list govuk-list--spaced">${again.map(
          ({ by, at, messageId }) => {
            const copy = view.mails.find((one) => one.messageId === messageId);
            return html`<li>${say('asked', { by: personName(view, by), when: ownMomentOf(at, clock) })}<br>${
              copy
                ? html`${say('sentTo', { address: copy.address })}. ${sendingState(copy, visit)} <a class="govuk-link" href="${path}/${placeOf(messageId)}">${say('show')}</a>`
                : say('beginning')
            }</li>`;
          },
        )}</ul>`
      : ''
  }`;
}

export function againPages(app: Hono<VisitSite>, { caseFile, documents, cooperations }: SiteOutside): void {
  app.get(`/outbox/${THE_N}/again`, staffOnly as MiddlewareHandler, async (c) => {
    const visit = c.get('visit');
    const mail = visit.view.mails[Number(c.req.param('n')) - 1];
    return mail ? confirmation(c, visit, mail) : missing(c);
  });

  app.post(
    `/outbox/${THE_N}/again`,
    staffOnly as MiddlewareHandler,
    bodyLimit({ maxSize: MOST_BYTES, onError: (c) => missing(c as SiteContext) }),
    async (c) => {
      const visit = c.get('visit');
      const { view, person, viewer } = visit;
      const { mail: messageId = '', nth = '' } = textsOf((await postedForm(c, NAMES)).values);
      // By its own name: where mails stand in the list may have changed since the form was made.
      const mail = view.mails.find((one) => one.messageId === messageId);
      if (!mail || !/^[1-9]\d{0,3}$/.test(nth)) return missing(c);
      try {
        await cooperations.sendAgain(view.id, {
          messageId: mail.messageId,
          nth: Number(nth),
          by: person?.id ?? viewer.address,
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return confirmation(c, visit, mail, error);
      }
      return c.redirect(`/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}#again`, 303);
    },
  );

  /** To whom and what, before it is sent; or why it is not. */
  async function confirmation(c: PageContext, visit: Visit, mail: Mail, refused?: Refused) {
    const { view, clock } = visit;
    const say = speaker('site.outbox-again', clock.language);
    const back = { href: `/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}`, label: say('read') };
    const found = await sendableAgain(caseFile, view.id, mail.messageId);
    const message = await parsedMailOf(documents, mail.sha256);
    if ('refusal' in found || !message)
      return notAgain(c, 'refusal' in found ? found.refusal : 'not-kept', visit, back);
    const { person, nth } = found;
    const withheld = withheldOf(view.documents);
    const files = message.attachments
      .filter(({ mimeType }) => mimeType !== 'text/calendar')
      .map(({ filename, mimeType, content }) => ({
        name: filename ?? mimeType,
        isWithheld: isOneOf(withheld, content),
      }));
    const mistakes = refused
      ? [
          {
            field: 'send',
            message: refused.code === 'Unavailable' ? say('later') : refusedText(refused, visit),
          },
        ]
      : [];
    return page(c, {
      title: say('title'),
      back,
      mistakes,
      ...(refused && { status: refused.code === 'Unavailable' ? 503 : 422 }),
      body: html`<p class="govuk-body">${say('notYet')} ${say('what')}</p>
<dl class="govuk-summary-list">${fact(say('to'), html`${person.name}<br><strong>${person.email}</strong>`)}${fact(
        say('subject'),
        html`${withoutLinks(mail.subject)}`,
      )}${fact(
        say('first'),
        mail.state === 'sent'
          ? sendingState(mail, visit)
          : html`<time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time> · ${sendingState(mail, visit)}`,
      )}${
        files.length > 0
          ? fact(
              say('attachments'),
              html`${files.map(({ name, isWithheld }) => html`${name}${isWithheld ? html` <strong class="govuk-tag govuk-tag--grey">${speaker('site.outbox', clock.language)('withheld')}</strong>` : ''}<br>`)}`,
            )
          : ''
      }</dl>
${warnings(visit, found, mail)}
<form method="post" action="/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}/again">
${hiddenHtml('mail', mail.messageId)}${hiddenHtml('nth', String(nth))}
<div class="govuk-button-group"><button class="govuk-button" type="submit" id="send">${say('again')}</button>
<a class="govuk-link" href="${back.href}">${say('cancel')}</a></div></form>`,
    });
  }
}

/** What staff should know before they press the button. */
function warnings({ view, clock }: Visit, { person }: Sendable, mail: Mail): Html {
  const say = speaker('site.outbox-again', clock.language);
  const isOther = person.email !== mail.address;
  const request = view.requests.find(({ id }) => id === mail.request);
  const warned = (text: Html | string) => warning(say('warning'), text);
  const correct = `/c/${view.id}/changes/new/correct-person?${new URLSearchParams({ person: person.id })}`;
  return html`${
    isOther
      ? html`<p class="govuk-inset-text">${say('otherAddress', { old: mail.address, name: person.name, address: person.email })}</p>`
      : ''
  }${
    !isOther && mail.state === 'refused'
      ? warned(html`${say('sameRefused')} <a class="govuk-link" href="${correct}">${say('correct')}</a>`)
      : ''
  }${request?.closedAt ? warned(say('requestClosed')) : ''}`;
}

function notAgain(c: PageContext, why: MailFault, visit: Visit, back: { href: string; label: string }) {
  if (why === 'unknown') return missing(c);
  const say = speaker('site.outbox-again', visit.clock.language);
  return page(c, {
    title: say('isNot'),
    back,
    status: 409,
    body: html`<p class="govuk-body">${refusedText(new Refused({ code: 'MailNotSendable', why }), visit)}</p>`,
  });
}
