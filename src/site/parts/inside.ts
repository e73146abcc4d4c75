import { html } from 'hono/html';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import type { Html, PageContext } from '../frame.ts';
import type { Seen } from '../seen.ts';

/** The way around one cooperation, above the heading of each of its pages. */

const TEXTS = {
  inside: {
    es: 'Páginas de la cooperación',
    en: 'Pages of the cooperation',
    pt: 'Páginas da cooperação',
    fr: 'Pages de la coopération',
  },
  cooperation: { es: 'Cooperación', en: 'Cooperation', pt: 'Cooperação', fr: 'Coopération' },
  documents: { es: 'Documentos', en: 'Documents', pt: 'Documentos', fr: 'Documents' },
  questions: { es: 'Preguntas', en: 'Questions', pt: 'Perguntas', fr: 'Questions' },
  sessions: { es: 'Sesiones', en: 'Sessions', pt: 'Sessões', fr: 'Séances' },
  drafts: {
    es: 'Ficha e informe',
    en: 'Sheet and report',
    pt: 'Ficha e relatório',
    fr: 'Fiche et rapport',
  },
  people: { es: 'Personas', en: 'People', pt: 'Pessoas', fr: 'Personnes' },
  record: { es: 'Historial', en: 'History', pt: 'Histórico', fr: 'Historique' },
  outbox: { es: 'Correos enviados', en: 'Outbox', pt: 'E-mails enviados', fr: 'Courriels envoyés' },
  changes: { es: 'Intervenir', en: 'Intervene', pt: 'Intervir', fr: 'Intervenir' },
} as const satisfies Catalogue;

const PLACES = ['cooperation', 'documents', 'questions', 'sessions', 'drafts', 'people', 'record'] as const;
/** Who sees everything without being a part of it sees the mails too; who decides, intervenes. */
const MORE = { staff: ['outbox', 'changes'], observer: ['outbox'] } as const;
export type Place = (typeof PLACES)[number] | (typeof MORE)['staff'][number];

/**
 * The links within a cooperation, with the one to `active` marked as where the reader is. Guests, who have one page,
 * get none. A page that has it says `ownHeading` and puts its `h1` below.
 */
export function inside(c: PageContext, { view, capacity }: Seen, active: Place): Html {
  if (capacity === 'guest') return html``;
  const say = speaker(TEXTS, c.get('language'));
  const more = capacity === 'staff' || capacity === 'observer' ? MORE[capacity] : [];
  const places: readonly Place[] = [...PLACES, ...more];
  return html`<nav class="rial-inside" aria-label="${say('inside')}"><ul>${places.map(
    (place) =>
      html`<li><a class="govuk-link" href="/c/${view.id}${place === 'cooperation' ? '' : `/${place}`}"${place === active ? html` aria-current="page"` : ''}>${say(place)}</a></li>`,
  )}</ul></nav>`;
}
