import type { Hono, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { withoutAccess } from '../../../casefile/access.ts';
import { type AgainRefusal, type Sendable, sendableAgain } from '../../../casefile/resendings.ts';
import { Refused } from '../../../client/index.ts';
import { type Catalogue, speaker } from '../../../mail/catalogue.ts';
import { ownMomentOf } from '../../../mail/dates.ts';
import { personName } from '../../../wording/labels.ts';
import { type Html, type PageContext, page, type SiteContext } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { refusalText } from '../../refusals.ts';
import { missing, type Seen, type SeenSite, staffOnly } from '../../seen.ts';
import { copiesOf, fact, type Mail, messageOf, stateOf } from './mail.ts';

/** A mail sent again: what it would be, the button, and what became of it. For OAS staff. */

const TEXTS = {
  again: { es: 'Enviar de nuevo', en: 'Send again', pt: 'Reenviar', fr: 'Renvoyer' },
  title: {
    es: 'Enviar de nuevo este correo',
    en: 'Send this message again',
    pt: 'Reenviar este e-mail',
    fr: 'Renvoyer ce courriel',
  },
  notYet: {
    es: 'Todavía no se ha enviado nada.',
    en: 'Nothing has been sent yet.',
    pt: 'Nada foi enviado ainda.',
    fr: 'Rien n’a encore été envoyé.',
  },
  to: { es: 'Se enviará a', en: 'It will go to', pt: 'Será enviado a', fr: 'Il sera envoyé à' },
  subject: { es: 'Asunto', en: 'Subject', pt: 'Assunto', fr: 'Objet' },
  first: {
    es: 'Primer envío',
    en: 'First sent',
    pt: 'Primeiro envio',
    fr: 'Premier envoi',
  },
  attachments: { es: 'Adjuntos', en: 'Attachments', pt: 'Anexos', fr: 'Pièces jointes' },
  otherAddress: {
    es: 'El correo se dirigió a {old}. Desde entonces se corrigió la dirección de {name}: se enviará a {address}.',
    en: 'The message was addressed to {old}. The address of {name} has been corrected since: it will go to {address}.',
    pt: 'O e-mail foi dirigido a {old}. Desde então, o endereço de {name} foi corrigido: será enviado a {address}.',
    fr: 'Le courriel avait été adressé à {old}. L’adresse de {name} a été corrigée depuis\u00a0: il sera envoyé à {address}.',
  },
  sameRefused: {
    es: 'El servidor de correo rechazó esta dirección. Si no la corrige antes, es probable que vuelva a rechazarla.',
    en: 'The mail server refused this address. Unless you correct it first, it will probably be refused again.',
    pt: 'O servidor de e-mail recusou este endereço. Se não o corrigir antes, é provável que o recuse novamente.',
    fr: 'Le serveur de messagerie a refusé cette adresse. Si vous ne la corrigez pas d’abord, elle sera sans doute de nouveau refusée.',
  },
  correct: {
    es: 'Corregir los datos de la persona',
    en: 'Correct the person’s details',
    pt: 'Corrigir os dados da pessoa',
    fr: 'Corriger les coordonnées de la personne',
  },
  requestClosed: {
    es: 'La solicitud de la que trata este correo ya está cerrada: no se espera ninguna respuesta.',
    en: 'The request this message is about is closed: no answer is expected.',
    pt: 'A solicitação de que trata este e-mail já está encerrada: não se espera nenhuma resposta.',
    fr: 'La demande dont traite ce courriel est close\u00a0: aucune réponse n’est attendue.',
  },
  warning: { es: 'Advertencia', en: 'Warning', pt: 'Atenção', fr: 'Attention' },
  what: {
    es: 'El texto y los adjuntos son los mismos. Al comienzo se indica que se envía de nuevo; el enlace personal y el código de ingreso son nuevos.',
    en: 'The text and the attachments are the same. At its head it says that it is sent again; the personal link and the sign-in code are new.',
    pt: 'O texto e os anexos são os mesmos. No início indica-se que é um reenvio; o link pessoal e o código de acesso são novos.',
    fr: 'Le texte et les pièces jointes sont les mêmes. Il est indiqué au début qu’il s’agit d’un nouvel envoi\u00a0; le lien personnel et le code de connexion sont nouveaux.',
  },
  cancel: { es: 'No enviar', en: 'Do not send', pt: 'Não enviar', fr: 'Ne pas envoyer' },
  read: {
    es: 'Volver al correo',
    en: 'Back to the message',
    pt: 'Voltar ao e-mail',
    fr: 'Revenir au courriel',
  },
  later: {
    es: 'El sistema no responde en este momento. Inténtelo de nuevo en un minuto: el correo se enviará una sola vez.',
    en: 'The system does not answer at the moment. Try again in a minute: the message will be sent once only.',
    pt: 'O sistema não responde neste momento. Tente novamente em um minuto: o e-mail será enviado uma única vez.',
    fr: 'Le système ne répond pas en ce moment. Réessayez dans une minute\u00a0: le courriel ne sera envoyé qu’une fois.',
  },
  isNot: {
    es: 'Este correo no puede enviarse de nuevo',
    en: 'This message cannot be sent again',
    pt: 'Este e-mail não pode ser reenviado',
    fr: 'Ce courriel ne peut être renvoyé',
  },
  unsent: {
    es: 'Todavía está por enviar, o se retiró porque ya no hacía falta.',
    en: 'It is still to be sent, or was withdrawn because it was no longer needed.',
    pt: 'Ainda está por enviar, ou foi retirado porque já não era necessário.',
    fr: 'Il n’est pas encore envoyé, ou a été retiré parce qu’il n’était plus nécessaire.',
  },
  copy: {
    es: 'Es él mismo un reenvío. Envíe de nuevo el correo original.',
    en: 'It is itself one that was sent again. Send the original message again.',
    pt: 'Ele próprio é um reenvio. Reenvie o e-mail original.',
    fr: 'Il est lui-même un nouvel envoi. Renvoyez le courriel d’origine.',
  },
  left: {
    es: 'Su destinatario ya no participa en la cooperación.',
    en: 'Its addressee no longer takes part in the cooperation.',
    pt: 'Seu destinatário já não participa da cooperação.',
    fr: 'Son destinataire ne participe plus à la coopération.',
  },
  outdated: {
    es: 'Es la invitación a una sesión que cambió después. Envíe de nuevo la invitación más reciente.',
    en: 'It is the invitation to a session that has changed since. Send the latest invitation again.',
    pt: 'É o convite para uma sessão que mudou depois. Reenvie o convite mais recente.',
    fr: 'C’est l’invitation à une séance qui a changé depuis. Renvoyez l’invitation la plus récente.',
  },
  notKept: {
    es: 'El mensaje ya no se conserva.',
    en: 'The message is no longer kept.',
    pt: 'A mensagem já não é conservada.',
    fr: 'Le message n’est plus conservé.',
  },
  times: { es: 'Reenvíos', en: 'Sent again', pt: 'Reenvios', fr: 'Nouveaux envois' },
  asked: {
    es: '{by} pidió enviarlo de nuevo: {when}',
    en: '{by} had it sent again: {when}',
    pt: '{by} pediu o reenvio: {when}',
    fr: '{by} a demandé de le renvoyer\u00a0: {when}',
  },
  beginning: {
    es: 'Todavía no ha salido.',
    en: 'It has not gone out yet.',
    pt: 'Ainda não saiu.',
    fr: 'Il n’est pas encore parti.',
  },
  sentTo: { es: 'A {address}', en: 'To {address}', pt: 'Para {address}', fr: 'À {address}' },
  show: { es: 'Ver el reenvío', en: 'Show it', pt: 'Ver o reenvio', fr: 'Voir cet envoi' },
  isCopy: {
    es: 'Este correo es un reenvío.',
    en: 'This message was sent again.',
    pt: 'Este e-mail é um reenvio.',
    fr: 'Ce courriel est un nouvel envoi.',
  },
  original: {
    es: 'Ver el correo original',
    en: 'Show the original message',
    pt: 'Ver o e-mail original',
    fr: 'Voir le courriel d’origine',
  },
} as const satisfies Catalogue;

/** A form of two hidden fields. */
const MOST_BYTES = 10_000;
const THE_N = ':n{[1-9][0-9]{0,6}}';

/** Whether staff are offered to send a mail again. The case file knows more, and has the last word. */
export const mayBeAgain = ({ view, capacity }: Seen, mail: Mail): boolean =>
  capacity === 'staff' &&
  (mail.state === 'sent' || mail.state === 'refused') &&
  !copiesOf(view).has(mail.messageId) &&
  (mail.notice === 'replaced' || view.people.some(({ id, active }) => id === mail.person && active));

export const againLink = ({ view, clock }: Seen, mail: Mail, place: number): Html =>
  html`<a class="govuk-link" href="/c/${view.id}/outbox/${place}/again">${speaker(TEXTS, clock.language)('again')}<span class="govuk-visually-hidden">: ${withoutAccess(mail.subject)} — ${personName(view, mail.person)}</span></a>`;

/** On a mail's page: the way to send it again, and what became of it each time. */
export function againSection(seen: Seen, mail: Mail, place: number): Html {
  const { view, clock } = seen;
  const say = speaker(TEXTS, clock.language);
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
    mayBeAgain(seen, mail)
      ? html`<p class="govuk-body"><a class="govuk-button govuk-button--secondary" href="${path}/${place}/again">${say('again')}</a></p>`
      : ''
  }${
    again.length > 0
      ? html`<h2 class="govuk-heading-m" id="again">${say('times')}</h2><ul class="govuk-list govuk-list--spaced">${again.map(
          ({ by, at, messageId }) => {
            const copy = view.mails.find((one) => one.messageId === messageId);
            return html`<li>${say('asked', { by: personName(view, by), when: ownMomentOf(at, clock) })}<br>${
              copy
                ? html`${say('sentTo', { address: copy.address })}. ${stateOf(copy, seen)} <a class="govuk-link" href="${path}/${placeOf(messageId)}">${say('show')}</a>`
                : say('beginning')
            }</li>`;
          },
        )}</ul>`
      : ''
  }`;
}

export function againPages(app: Hono<SeenSite>, { caseFile, documents, cooperations }: SiteOutside): void {
  app.get(`/outbox/${THE_N}/again`, staffOnly as MiddlewareHandler, async (c) => {
    const seen = c.get('seen');
    const mail = seen.view.mails[Number(c.req.param('n')) - 1];
    return mail ? confirmation(c, seen, mail) : missing(c);
  });

  app.post(
    `/outbox/${THE_N}/again`,
    staffOnly as MiddlewareHandler,
    bodyLimit({ maxSize: MOST_BYTES, onError: (c) => missing(c as SiteContext) }),
    async (c) => {
      const seen = c.get('seen');
      const { view, person, viewer } = seen;
      const { mail: messageId, nth } = await c.req.parseBody();
      // By its own name: where mails stand in the list may have changed since the form was made.
      const mail = view.mails.find((one) => one.messageId === messageId);
      if (!mail || typeof nth !== 'string' || !/^[1-9]\d{0,3}$/.test(nth)) return missing(c);
      try {
        await cooperations.sendAgain(view.id, {
          messageId: mail.messageId,
          nth: Number(nth),
          by: person?.id ?? viewer.address,
        });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return confirmation(c, seen, mail, error);
      }
      return c.redirect(`/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}#again`, 303);
    },
  );

  /** To whom and what, before it is sent; or why it is not. */
  async function confirmation(c: PageContext, seen: Seen, mail: Mail, refused?: Refused) {
    const { view, clock } = seen;
    const say = speaker(TEXTS, clock.language);
    const back = { href: `/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}`, label: say('read') };
    const found = await sendableAgain(caseFile, view.id, mail.messageId);
    const message = await messageOf(documents, mail.sha256);
    if ('refusal' in found || !message)
      return notAgain(c, 'refusal' in found ? found.refusal : 'notKept', seen, back);
    const { person, nth } = found;
    const files = message.attachments
      .filter(({ mimeType }) => mimeType !== 'text/calendar')
      .map(({ filename, mimeType }) => filename ?? mimeType);
    const mistakes = refused
      ? [
          {
            field: 'send',
            message:
              refused.code === 'Unavailable' ? say('later') : refusalText(refused, clock.language, clock),
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
        html`${withoutAccess(mail.subject)}`,
      )}${fact(
        say('first'),
        mail.state === 'sent'
          ? stateOf(mail, seen)
          : html`<time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time> · ${stateOf(mail, seen)}`,
      )}${
        files.length > 0 ? fact(say('attachments'), html`${files.map((name) => html`${name}<br>`)}`) : ''
      }</dl>
${warnings(seen, found, mail)}
<form method="post" action="/c/${view.id}/outbox/${view.mails.indexOf(mail) + 1}/again">
<input type="hidden" name="mail" value="${mail.messageId}"><input type="hidden" name="nth" value="${nth}">
<div class="govuk-button-group"><button class="govuk-button" type="submit" id="send">${say('again')}</button>
<a class="govuk-link" href="${back.href}">${say('cancel')}</a></div></form>`,
    });
  }
}

/** What staff should know before they press the button. */
function warnings({ view, clock }: Seen, { person }: Sendable, mail: Mail): Html {
  const say = speaker(TEXTS, clock.language);
  const isOther = person.email !== mail.address;
  const request = view.requests.find(({ id }) => id === mail.request);
  const warned = (text: Html | string) =>
    html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${say('warning')}</span> ${text}</strong></div>`;
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

function notAgain(
  c: PageContext,
  why: AgainRefusal | 'notKept',
  { clock }: Seen,
  back: { href: string; label: string },
) {
  if (why === 'unknown') return missing(c);
  const say = speaker(TEXTS, clock.language);
  return page(c, {
    title: say('isNot'),
    back,
    status: 409,
    body: html`<p class="govuk-body">${say(why)}</p>`,
  });
}
