import { Readable } from 'node:stream';
import { Hono, type MiddlewareHandler } from 'hono';
import { html } from 'hono/html';
import type { CaseView } from '../../casefile/caseView.ts';
import { Refused } from '../../client/index.ts';
import { TooMuch, zippedCase } from '../../export/zip.ts';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import { ownMomentOf } from '../../mail/dates.ts';
import { eventOf } from '../../wording/events.ts';
import { disposition } from '../downloads.ts';
import { type PageContext, page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { inside } from '../parts/inside.ts';
import { notForGuests, type Seen, type SeenSite, staffOrObserver } from '../seen.ts';

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
  export: {
    es: 'Descargar el expediente completo (ZIP)',
    en: 'Download the whole file (ZIP)',
    pt: 'Baixar o processo completo (ZIP)',
    fr: 'Télécharger le dossier complet (ZIP)',
  },
  exportHint: {
    es: 'Contiene el historial, los correos sin enlaces personales ni códigos, todos los documentos y los datos de las personas. Consérvelo con la debida reserva.',
    en: 'It holds the history, the messages without personal links and codes, all documents, and the details of people. Keep it confidential.',
    pt: 'Contém o histórico, os e-mails sem links pessoais nem códigos, todos os documentos e os dados das pessoas. Mantenha-o com a devida reserva.',
    fr: 'Il contient l’historique, les courriels sans liens personnels ni codes, tous les documents et les coordonnées des personnes. Conservez-le de manière confidentielle.',
  },
  notNow: {
    es: 'El expediente no puede descargarse ahora',
    en: 'The file cannot be downloaded now',
    pt: 'O processo não pode ser baixado agora',
    fr: 'Le dossier ne peut être téléchargé maintenant',
  },
  unavailable: {
    es: 'Una parte del sistema no responde en este momento. Inténtelo de nuevo en un minuto.',
    en: 'A part of the system does not answer at the moment. Try again in a minute.',
    pt: 'Uma parte do sistema não responde neste momento. Tente novamente em um minuto.',
    fr: 'Une partie du système ne répond pas en ce moment. Réessayez dans une minute.',
  },
  tooMuch: {
    es: 'Los documentos de esta cooperación superan los 4 GB que admite un archivo ZIP. Solicite la exportación a quien administra el sistema.',
    en: 'The documents of this cooperation exceed the 4 GB that a ZIP file holds. Ask whoever administers the system for the export.',
    pt: 'Os documentos desta cooperação ultrapassam os 4 GB que um arquivo ZIP comporta. Solicite a exportação a quem administra o sistema.',
    fr: 'Les documents de cette coopération dépassent les 4\u00a0Go que contient un fichier ZIP. Demandez l’exportation à l’administration du système.',
  },
  back: { es: 'Historial', en: 'History', pt: 'Histórico', fr: 'Historique' },
  pages: {
    es: 'Páginas del historial',
    en: 'Pages of the history',
    pt: 'Páginas do histórico',
    fr: 'Pages de l’historique',
  },
} as const satisfies Catalogue;

const A_PAGE = 100;

export function recordPages({ documents, workflows }: SiteOutside): Hono<SeenSite> {
  const app = new Hono<SeenSite>();
  app.get('/record/export', staffOrObserver as MiddlewareHandler, async (c) => {
    const { view, clock } = c.get('seen');
    try {
      const zip = await zippedCase(view, { documents, history: historyOf(view) }, new Date(clock.now));
      // Nothing is read before somebody asks for it: a HEAD never does.
      const bytes = Readable.toWeb(zip, { strategy: { highWaterMark: 0 } });
      return c.body(bytes as globalThis.ReadableStream, 200, {
        'content-type': 'application/zip',
        'content-disposition': disposition(`${view.id}-${clock.now.slice(0, 10)}.zip`),
        'x-content-type-options': 'nosniff',
      });
    } catch (error) {
      if (error instanceof TooMuch) return notNow(c, c.get('seen'), 'tooMuch');
      if (error instanceof Refused && error.code === 'Unavailable')
        return notNow(c, c.get('seen'), 'unavailable');
      throw error;
    }
  });

  /** The history of a workflow; of one that has not begun, or is no longer kept, there is none. */
  const historyOf =
    ({ workflows: all }: CaseView) =>
    async (scope: string): Promise<string | undefined> => {
      const id = all.find(({ file }) => file === `histories/${scope}.json`)?.id;
      if (id === undefined) return undefined;
      try {
        return JSON.stringify(await workflows.history(id));
      } catch (error) {
        if (error instanceof Refused && error.code === 'RequestClosed') return undefined;
        throw error;
      }
    };

  app.get('/record', notForGuests, (c) => {
    const seen = c.get('seen');
    const { view, clock, capacity } = seen;
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
${
  capacity === 'staff' || capacity === 'observer'
    ? html`<p class="govuk-body"><a class="govuk-button govuk-button--secondary rial-close" href="${path}/export" download>${say('export')}</a></p>
<p class="govuk-hint">${say('exportHint')}</p>`
    : ''
}
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

function notNow(c: PageContext, { view, clock }: Seen, why: 'tooMuch' | 'unavailable') {
  const say = speaker(TEXTS, clock.language);
  return page(c, {
    title: say('notNow'),
    back: { href: `/c/${view.id}/record`, label: say('back') },
    body: html`<p class="govuk-body">${say(why)}</p>`,
    status: why === 'tooMuch' ? 422 : 503,
  });
}
