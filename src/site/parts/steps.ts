import { html } from 'hono/html';
import type { CaseView } from '../../casefile/caseView.ts';
import { STEP_LABELS } from '../../domain/vocabulary.ts';
import { type Catalogue, speaker } from '../../mail/catalogue.ts';
import { type Clock, dayOf, periodOf } from '../../mail/dates.ts';
import type { Html } from '../frame.ts';

/** The five steps of a cooperation, each with how it stands in words and since when. */

const TEXTS = {
  done: { es: 'Concluido', en: 'Completed', pt: 'Concluído', fr: 'Terminé' },
  current: { es: 'En curso', en: 'Under way', pt: 'Em andamento', fr: 'En cours' },
  ahead: { es: 'Por comenzar', en: 'Not started', pt: 'A iniciar', fr: 'À venir' },
  interrupted: { es: 'Interrumpido', en: 'Interrupted', pt: 'Interrompido', fr: 'Interrompu' },
  dropped: { es: 'No se realizó', en: 'Did not take place', pt: 'Não se realizou', fr: 'N’a pas eu lieu' },
  meeting: { es: 'Reunión: {day}', en: 'Meeting: {day}', pt: 'Reunião: {day}', fr: 'Réunion\u00a0: {day}' },
  issued: {
    es: 'Programa enviado: {day}',
    en: 'Programme issued: {day}',
    pt: 'Programa enviado: {day}',
    fr: 'Programme envoyé\u00a0: {day}',
  },
  since: { es: 'Desde: {day}', en: 'Since: {day}', pt: 'Desde: {day}', fr: 'Depuis\u00a0: {day}' },
  until: { es: 'Hasta: {day}', en: 'Until: {day}', pt: 'Até: {day}', fr: 'Jusqu’à\u00a0: {day}' },
  held: {
    es: '{held} de {planned} realizadas',
    en: '{held} of {planned} held',
    pt: '{held} de {planned} realizadas',
    fr: '{held} sur {planned} tenues',
  },
  lastHeld: {
    es: 'Última: {day}',
    en: 'Last one: {day}',
    pt: 'Última: {day}',
    fr: 'Dernière\u00a0: {day}',
  },
  published: {
    es: 'Publicada: {day}',
    en: 'Published: {day}',
    pt: 'Publicada: {day}',
    fr: 'Publiée\u00a0: {day}',
  },
  received: {
    es: 'Recibido: {day}',
    en: 'Received: {day}',
    pt: 'Recebido: {day}',
    fr: 'Reçu\u00a0: {day}',
  },
} as const satisfies Catalogue;

type StepView = CaseView['steps'][number];
type Said = [keyof typeof TEXTS, string | null | undefined];

export function progress(view: CaseView, clock: Clock): Html {
  const say = speaker(TEXTS, clock.language);
  return html`<ol class="rial-steps">${view.steps.map((step, index) => {
    const state = view.cancelledAt ? CANCELLED[step.state] : step.state;
    const notes = notesOf(step, view, clock).filter(Boolean);
    return html`<li data-state="${step.state}"><span class="rial-steps__name">${index + 1}. ${STEP_LABELS[step.step][clock.language]}</span>
<strong class="rial-steps__state">${say(state)}</strong>${notes.map((note) => html`<span class="rial-soft">${note}</span>`)}</li>`;
  })}</ol>`;
}

const CANCELLED = { done: 'done', current: 'interrupted', ahead: 'dropped' } as const;

/** What the record says of a step: the newest thing that tells how far it is. */
function notesOf({ step, state, sessions }: StepView, view: CaseView, clock: Clock): string[] {
  const say = speaker(TEXTS, clock.language);
  const issuedAt = view.record.find(({ kind }) => kind === 'programme-issued')?.at;
  const begunAt = view.requests
    .filter((request) => request.step === step)
    .map(({ openedAt }) => openedAt)
    .sort()[0];
  const dated = (...[key, at]: Said): string[] => (at ? [say(key, { day: dayOf(at, clock) })] : []);
  switch (step) {
    case 'coordination': {
      const { date } = view.programme.coordination;
      return state === 'done'
        ? dated('issued', issuedAt)
        : [say('meeting', { day: periodOf({ from: date, to: date }, clock) })];
    }
    case 'documents':
      return state === 'done' ? dated('until', view.closedAt) : dated('since', issuedAt);
    case 'sessions': {
      const last = view.sessions.flatMap(({ recordedAt, startsAt }) => (recordedAt && startsAt) || []).sort();
      return [say('held', { ...(sessions ?? { held: 0, planned: 0 }) }), ...dated('lastHeld', last.at(-1))];
    }
    case 'systematization': {
      const published = view.record.findLast(({ kind }) => kind === 'sheet-published')?.at;
      return state === 'done' ? dated('published', published) : dated('since', begunAt);
    }
    case 'final-report':
      return state === 'done' ? dated('received', view.closedAt) : dated('since', begunAt);
  }
}
