import { Hono } from 'hono';
import { html } from 'hono/html';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import { ownMomentOf } from '../../mail/dates.ts';
import { eventOf } from '../../wording/events.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { inside } from '../parts/inside.ts';
import { notForGuests, type SeenSite } from '../seen.ts';

/** The record: everything that happened in a cooperation, the newest first. */

const TEXTS = {
  title: { es: 'Historial', en: 'History', pt: 'Histórico', fr: 'Historique' },
  lead: {
    es: 'Todo lo que ocurrió en la cooperación, lo más reciente primero. Nada de lo que consta aquí se borra ni se modifica.',
    en: 'Everything that happened in the cooperation, the most recent first. Nothing recorded here is deleted or altered.',
    pt: 'Tudo o que aconteceu na cooperação, o mais recente primeiro. Nada do que consta aqui é apagado ou alterado.',
    fr: 'Tout ce qui s’est passé dans la coopération, du plus récent au plus ancien. Rien de ce qui figure ici n’est effacé ni modifié.',
  },
  when: { es: 'Cuándo', en: 'When', pt: 'Quando', fr: 'Quand' },
  what: { es: 'Qué ocurrió', en: 'What happened', pt: 'O que aconteceu', fr: 'Ce qui s’est passé' },
  attention: { es: 'Atención', en: 'Attention', pt: 'Atenção', fr: 'Attention' },
  earlier: { es: 'Más antiguo', en: 'Earlier', pt: 'Mais antigo', fr: 'Plus ancien' },
  newest: { es: 'Lo más reciente', en: 'Most recent', pt: 'O mais recente', fr: 'Le plus récent' },
  pages: {
    es: 'Páginas del historial',
    en: 'Pages of the history',
    pt: 'Páginas do histórico',
    fr: 'Pages de l’historique',
  },
} as const satisfies Catalogue;

const A_PAGE = 100;

export function recordPages(_outside: SiteOutside): Hono<SeenSite> {
  const app = new Hono<SeenSite>();
  app.get('/record', notForGuests, (c) => {
    const seen = c.get('seen');
    const { view, clock } = seen;
    const say = speaker(TEXTS, clock.language);
    const given = c.req.query('before') ?? '';
    // The number of an entry; whatever else is written there is the newest page.
    const before = /^\d{1,15}$/.test(given) ? Number(given) : undefined;
    const older = view.record.filter(({ seq }) => before === undefined || seq < before);
    const shown = older.slice(-A_PAGE).reverse();
    const last = shown.at(-1);
    const path = `/c/${view.id}/record`;
    return page(c, {
      title: say('title'),
      ownHeading: true,
      body: html`${inside(c, seen, 'record')}
<h1 class="govuk-heading-l">${say('title')}</h1>
<p class="govuk-body">${say('lead')}</p>
<table class="govuk-table rial-record"><caption class="govuk-visually-hidden">${say('title')}</caption>
<thead class="govuk-table__head"><tr class="govuk-table__row"><th scope="col" class="govuk-table__header">${say('when')}</th><th scope="col" class="govuk-table__header">${say('what')}</th></tr></thead>
<tbody class="govuk-table__body">${shown.map((entry) => {
        const { what, bad } = eventOf(entry, view, clock.language, new Date(clock.now));
        return html`<tr class="govuk-table__row"><td class="govuk-table__cell"><time datetime="${entry.at}">${ownMomentOf(entry.at, clock)}</time></td><td class="govuk-table__cell">${bad ? html`<strong class="govuk-tag govuk-tag--red">${say('attention')}</strong> ` : ''}${what}</td></tr>`;
      })}</tbody></table>
<nav aria-label="${say('pages')}" class="rial-actions govuk-body">${before === undefined ? '' : html`<a class="govuk-link" href="${path}">${say('newest')}</a>`}${
        last && older.length > shown.length
          ? html`<a class="govuk-link" rel="next" href="${path}?before=${last.seq}">${say('earlier')}</a>`
          : ''
      }</nav>`,
    });
  });
  return app;
}
