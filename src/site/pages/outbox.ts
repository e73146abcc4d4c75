import { Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import PostalMime, { type Email } from 'postal-mime';
import { withoutAccess } from '../../casefile/access.ts';
import type { CaseView } from '../../casefile/caseView.ts';
import { type DocumentStore, NotStored, readAll } from '../../documents/store.ts';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import { ownMomentOf } from '../../mail/dates.ts';
import { personName } from '../../wording/labels.ts';
import { type Html, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { inside } from '../parts/inside.ts';
import { missing, type Seen, type SeenSite, staffOrObserver } from '../seen.ts';

/** The mails of a cooperation: what became of each, and each as it was sent, but for what lets its reader in. */

const TEXTS = {
  title: { es: 'Correos enviados', en: 'Outbox', pt: 'E-mails enviados', fr: 'Courriels envoyés' },
  filters: {
    es: 'Correos que se muestran',
    en: 'Messages shown',
    pt: 'E-mails exibidos',
    fr: 'Courriels affichés',
  },
  all: { es: 'Todos ({n})', en: 'All ({n})', pt: 'Todos ({n})', fr: 'Tous ({n})' },
  refused: {
    es: 'Rechazados ({n})',
    en: 'Refused ({n})',
    pt: 'Recusados ({n})',
    fr: 'Refusés ({n})',
  },
  pending: {
    es: 'Por enviar ({n})',
    en: 'Still to be sent ({n})',
    pt: 'A enviar ({n})',
    fr: 'À envoyer ({n})',
  },
  none: {
    es: 'No hay correos que mostrar.',
    en: 'There are no messages to show.',
    pt: 'Não há e-mails a exibir.',
    fr: 'Aucun courriel à afficher.',
  },
  to: { es: 'Para', en: 'To', pt: 'Para', fr: 'À' },
  subject: { es: 'Asunto', en: 'Subject', pt: 'Assunto', fr: 'Objet' },
  prepared: { es: 'Preparado', en: 'Prepared', pt: 'Preparado', fr: 'Préparé' },
  state: { es: 'Estado', en: 'State', pt: 'Situação', fr: 'État' },
  isSent: { es: 'Enviado', en: 'Sent', pt: 'Enviado', fr: 'Envoyé' },
  isRefused: { es: 'Rechazado', en: 'Refused', pt: 'Recusado', fr: 'Refusé' },
  isPending: { es: 'Por enviar', en: 'To be sent', pt: 'A enviar', fr: 'À envoyer' },
  isAgain: {
    es: 'Se volverá a intentar',
    en: 'Will be tried again',
    pt: 'Nova tentativa prevista',
    fr: 'Nouvel essai prévu',
  },
  isWithdrawn: { es: 'Retirado', en: 'Withdrawn', pt: 'Retirado', fr: 'Retiré' },
  withdrawnHint: {
    es: 'No se envió: cuando le tocaba salir ya no hacía falta.',
    en: 'Not sent: it was no longer needed when its turn came.',
    pt: 'Não foi enviado: já não era necessário quando chegou a sua vez.',
    fr: 'Non envoyé\u00a0: il n’était plus nécessaire le moment venu.',
  },
  attempts: {
    es: '{n, plural, one {# intento} other {# intentos}}',
    en: '{n, plural, one {# attempt} other {# attempts}}',
    pt: '{n, plural, one {# tentativa} other {# tentativas}}',
    fr: '{n, plural, one {# essai} other {# essais}}',
  },
  said: {
    es: 'El servidor de correo respondió:',
    en: 'The mail server answered:',
    pt: 'O servidor de e-mail respondeu:',
    fr: 'Le serveur de messagerie a répondu\u00a0:',
  },
  correct: {
    es: 'Compruebe la dirección de la persona y corríjala en «Intervenir».',
    en: 'Check the person’s address and correct it under “Intervene”.',
    pt: 'Verifique o endereço da pessoa e corrija-o em “Intervir”.',
    fr: 'Vérifiez l’adresse de la personne et corrigez-la sous «\u00a0Intervenir\u00a0».',
  },
  back: { es: 'Correos enviados', en: 'Outbox', pt: 'E-mails enviados', fr: 'Courriels envoyés' },
  blanked: {
    es: 'Se muestra tal como se envió, salvo los enlaces personales y los códigos de ingreso, que se ocultan.',
    en: 'Shown as it was sent, except for personal links and sign-in codes, which are hidden.',
    pt: 'Exibido tal como foi enviado, exceto os links pessoais e os códigos de acesso, que ficam ocultos.',
    fr: 'Affiché tel qu’il a été envoyé, à l’exception des liens personnels et des codes de connexion, qui sont masqués.',
  },
  text: { es: 'Texto', en: 'Text', pt: 'Texto', fr: 'Texte' },
  headers: { es: 'Encabezados', en: 'Headers', pt: 'Cabeçalhos', fr: 'En-têtes' },
  attachments: { es: 'Adjuntos', en: 'Attachments', pt: 'Anexos', fr: 'Pièces jointes' },
  noAttachments: {
    es: 'No lleva adjuntos.',
    en: 'It has no attachments.',
    pt: 'Não tem anexos.',
    fr: 'Il n’a pas de pièces jointes.',
  },
  notStored: {
    es: 'El mensaje ya no se conserva.',
    en: 'The message is no longer kept.',
    pt: 'A mensagem já não é conservada.',
    fr: 'Le message n’est plus conservé.',
  },
  pages: { es: 'Páginas', en: 'Pages', pt: 'Páginas', fr: 'Pages' },
  newer: { es: 'Más recientes', en: 'Newer', pt: 'Mais recentes', fr: 'Plus récents' },
  older: { es: 'Más antiguos', en: 'Older', pt: 'Mais antigos', fr: 'Plus anciens' },
} as const satisfies Catalogue;

const SHOWS = ['all', 'refused', 'pending'] as const;
const A_PAGE = 100;

type Mail = CaseView['mails'][number];
type Placed = { mail: Mail; place: number };

export function outboxPages({ documents }: SiteOutside): Hono<SeenSite> {
  const app = new Hono<SeenSite>();
  app.get('/outbox', staffOrObserver as MiddlewareHandler, (c) => {
    const seen = c.get('seen');
    const { view, clock } = seen;
    const say = speaker(TEXTS, clock.language);
    const show = SHOWS.find((one) => one === c.req.query('show')) ?? 'all';
    const all = view.mails.map((mail, index): Placed => ({ mail, place: index + 1 })).reverse();
    const chosen = (of: (typeof SHOWS)[number]) =>
      all.filter(({ mail }) => of === 'all' || mail.state === of);
    const found = chosen(show);
    const pages = Math.max(1, Math.ceil(found.length / A_PAGE));
    const given = c.req.query('page') ?? '';
    const at = /^\d{1,6}$/.test(given) ? Math.min(Math.max(1, Number(given)), pages) : 1;
    const path = `/c/${view.id}/outbox`;
    const to = (number: number, key: 'newer' | 'older') =>
      number >= 1 && number <= pages
        ? html`<a class="govuk-link" href="${path}?show=${show}&amp;page=${number}">${say(key)}</a>`
        : '';
    return page(c, {
      title: say('title'),
      ownHeading: true,
      styles: 'board.css',
      body: html`${inside(c, seen, 'outbox')}
<h1 class="govuk-heading-l">${say('title')}</h1>
<nav aria-label="${say('filters')}"><ul class="rial-board-filters govuk-body">${SHOWS.map(
        (one) =>
          html`<li><a class="govuk-link" href="${one === 'all' ? path : `${path}?show=${one}`}"${one === show ? html` aria-current="true"` : ''}>${say(one, { n: chosen(one).length })}</a></li>`,
      )}</ul></nav>
${
  found.length === 0
    ? html`<p class="govuk-body">${say('none')}</p>`
    : table(found.slice((at - 1) * A_PAGE, at * A_PAGE), seen)
}
${pages > 1 ? html`<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${to(at - 1, 'newer')}${to(at + 1, 'older')}</nav>` : ''}`,
    });
  });

  app.get('/outbox/:n{[1-9][0-9]{0,6}}', staffOrObserver as MiddlewareHandler, async (c) => {
    const seen = c.get('seen');
    const { view, clock } = seen;
    const mail = view.mails[Number(c.req.param('n')) - 1];
    if (!mail) return missing(c);
    const say = speaker(TEXTS, clock.language);
    const message = await messageOf(documents, mail.sha256);
    return page(c, {
      title: withoutAccess(mail.subject),
      back: { href: `/c/${view.id}/outbox`, label: say('back') },
      styles: 'board.css',
      body: html`<dl class="govuk-summary-list">${fact(say('to'), html`${personName(view, mail.person)} (${mail.address})`)}${fact(
        say('prepared'),
        html`<time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time>`,
      )}${fact(say('state'), stateOf(mail, seen))}</dl>
${message ? sentMessage(message, seen) : html`<p class="govuk-body">${say('notStored')}</p>`}`,
    });
  });
  return app;
}

function table(mails: readonly Placed[], seen: Seen): Html {
  const { view, clock } = seen;
  const say = speaker(TEXTS, clock.language);
  const columns = ['to', 'subject', 'prepared', 'state'] as const;
  return html`<div class="rial-scroll" tabindex="0" role="region" aria-label="${say('title')}"><table class="govuk-table rial-board"><caption class="govuk-visually-hidden">${say('title')}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row">${columns.map((key) => html`<th scope="col" class="govuk-table__header">${say(key)}</th>`)}</tr></thead>
<tbody class="govuk-table__body">${mails.map(
    ({ mail, place }) =>
      html`<tr class="govuk-table__row"><td class="govuk-table__cell">${personName(view, mail.person)}<br><span class="rial-soft">${mail.address}</span></td><td class="govuk-table__cell"><a class="govuk-link" href="/c/${view.id}/outbox/${place}">${withoutAccess(mail.subject)}</a></td><td class="govuk-table__cell"><time datetime="${mail.preparedAt}">${ownMomentOf(mail.preparedAt, clock)}</time></td><td class="govuk-table__cell">${stateOf(mail, seen)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** What became of a mail, in words; what the server said where it did not take it. */
function stateOf({ state, attempts, response, sentAt }: Mail, { clock, capacity }: Seen): Html {
  const say = speaker(TEXTS, clock.language);
  const said = response
    ? html`<br><span class="govuk-body-s">${say('said')} <q>${withoutAccess(response)}</q></span>`
    : '';
  switch (state) {
    case 'sent':
      return html`<strong class="govuk-tag govuk-tag--green">${say('isSent')}</strong>${sentAt ? html` <time datetime="${sentAt}">${ownMomentOf(sentAt, clock)}</time>` : ''}`;
    case 'refused':
      return html`<strong class="govuk-tag govuk-tag--red">${say('isRefused')}</strong>${said}${capacity === 'staff' ? html`<br><span class="govuk-body-s">${say('correct')}</span>` : ''}`;
    case 'withdrawn':
      return html`<strong class="govuk-tag govuk-tag--grey">${say('isWithdrawn')}</strong> ${say('withdrawnHint')}`;
    case 'pending':
      return attempts === 0
        ? html`<strong class="govuk-tag govuk-tag--blue">${say('isPending')}</strong>`
        : html`<strong class="govuk-tag govuk-tag--yellow">${say('isAgain')}</strong> (${say('attempts', { n: attempts })})${said}`;
  }
}

async function messageOf(documents: DocumentStore, sha256: string): Promise<Email | undefined> {
  try {
    return await PostalMime.parse(await readAll(documents, sha256));
  } catch (error) {
    if (error instanceof NotStored) return undefined;
    throw error;
  }
}

function sentMessage(message: Email, { clock }: Seen): Html {
  const say = speaker(TEXTS, clock.language);
  const { attachments, headers, text } = message;
  return html`<p class="govuk-body rial-soft">${say('blanked')}</p>
<h2 class="govuk-heading-m">${say('text')}</h2>
<pre class="rial-prewrap rial-mail">${withoutAccess(text ?? '')}</pre>
<h2 class="govuk-heading-m">${say('attachments')}</h2>
${
  attachments.length === 0
    ? html`<p class="govuk-body">${say('noAttachments')}</p>`
    : html`<ul class="govuk-list govuk-list--bullet">${attachments.map(
        ({ filename, mimeType, content }) =>
          html`<li>${filename ?? mimeType} (${mimeType}, ${sizeOf(content)})</li>`,
      )}</ul>`
}
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('headers')}</span></summary>
<div class="govuk-details__text"><dl class="govuk-summary-list">${headers.map(({ originalKey, value }) => fact(originalKey, html`${withoutAccess(value)}`))}</dl></div></details>`;
}

const fact = (key: string, value: Html): Html =>
  html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${key}</dt><dd class="govuk-summary-list__value">${value}</dd></div>`;

const sizeOf = (content: ArrayBuffer | Uint8Array | string): string => {
  const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
  return `${Math.max(1, Math.round(bytes / 1024))} KB`;
};
