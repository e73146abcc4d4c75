import { capital } from '../src/domain/capitals.ts';
import type { Language, Translated } from '../src/domain/language.ts';
import { type Plan, secretariatOf } from '../src/domain/plan.ts';
import { owing, type RequestState } from '../src/domain/request.ts';
import { filled, requestLabel } from '../src/domain/vocabulary.ts';

/** What staff read in the Temporal UI. It names institutions, never people. */

type Phrase =
  | 'asks'
  | 'reminds'
  | 'until'
  | 'records'
  | 'waits'
  | 'waitsOn'
  | 'since'
  | 'due'
  | 'for'
  | 'nobody'
  | 'window'
  | 'date'
  | 'programme'
  | 'issues'
  | 'slots'
  | 'invites'
  | 'agenda'
  | 'announces'
  | 'news'
  | 'publishes'
  | 'closes'
  | 'lapses'
  | 'changes'
  | 'tellsChange'
  | 'sendsAgain'
  | 'replans'
  | 'ranOut'
  | 'amendment'
  | 'paused'
  | 'cancelled'
  | 'decides'
  | 'cooperation'
  | 'done'
  | 'current'
  | 'ahead';

const PHRASES: Record<Phrase, Translated> = {
  asks: {
    es: 'Pedir a {who}: {what}',
    en: 'Ask {who}: {what}',
    pt: 'Pedir a {who}: {what}',
    fr: 'Demander à {who} : {what}',
  },
  reminds: {
    es: 'Recordatorio a {who}: {what}',
    en: 'Reminder to {who}: {what}',
    pt: 'Lembrete a {who}: {what}',
    fr: 'Rappel à {who} : {what}',
  },
  until: {
    es: 'Próximo recordatorio a {who}: {what}',
    en: 'Next reminder to {who}: {what}',
    pt: 'Próximo lembrete a {who}: {what}',
    fr: 'Prochain rappel à {who} : {what}',
  },
  records: {
    es: 'Registrar la respuesta de {who}',
    en: 'Record the answer of {who}',
    pt: 'Registrar a resposta de {who}',
    fr: 'Consigner la réponse de {who}',
  },
  waits: { es: 'Hasta: {what}', en: 'Until: {what}', pt: 'Até: {what}', fr: 'Jusqu’à : {what}' },
  waitsOn: { es: 'espera a', en: 'waits on', pt: 'aguarda', fr: 'attend' },
  since: { es: 'desde', en: 'since', pt: 'desde', fr: 'depuis' },
  due: { es: 'vence', en: 'due', pt: 'vence', fr: 'échéance' },
  for: { es: 'por', en: 'for', pt: 'por', fr: 'pour' },
  nobody: {
    es: 'No se espera a nadie.',
    en: 'Nobody is waited on.',
    pt: 'Não se aguarda ninguém.',
    fr: 'Personne n’est attendu.',
  },
  window: { es: 'ventana {what}', en: 'window {what}', pt: 'janela {what}', fr: 'période {what}' },
  date: { es: 'fecha {what}', en: 'date {what}', pt: 'data {what}', fr: 'date {what}' },
  programme: {
    es: 'Preparar el programa',
    en: 'Prepare the programme',
    pt: 'Preparar o programa',
    fr: 'Préparer le programme',
  },
  issues: {
    es: 'Enviar el programa aprobado a las delegaciones',
    en: 'Send the approved programme to the delegations',
    pt: 'Enviar o programa aprovado às delegações',
    fr: 'Envoyer le programme approuvé aux délégations',
  },
  slots: { es: 'Proponer fechas', en: 'Propose dates', pt: 'Propor datas', fr: 'Proposer des dates' },
  invites: {
    es: 'Invitar a la sesión',
    en: 'Invite to the session',
    pt: 'Convidar para a sessão',
    fr: 'Inviter à la séance',
  },
  agenda: {
    es: 'Enviar la agenda de la sesión',
    en: 'Send the agenda of the session',
    pt: 'Enviar a agenda da sessão',
    fr: 'Envoyer l’ordre du jour de la séance',
  },
  announces: {
    es: 'Enviar el acta a las delegaciones',
    en: 'Send the minutes to the delegations',
    pt: 'Enviar a ata às delegações',
    fr: 'Envoyer le compte rendu aux délégations',
  },
  news: {
    es: 'Avisar de las novedades a las delegaciones',
    en: 'Tell the delegations the news',
    pt: 'Avisar as delegações das novidades',
    fr: 'Informer les délégations des nouveautés',
  },
  publishes: {
    es: 'Publicar la ficha de sistematización',
    en: 'Publish the systematization sheet',
    pt: 'Publicar a ficha de sistematização',
    fr: 'Publier la fiche de systématisation',
  },
  closes: {
    es: 'Cerrar la cooperación y avisar a todos',
    en: 'Close the cooperation and tell everyone',
    pt: 'Encerrar a cooperação e avisar a todos',
    fr: 'Clore la coopération et en informer tous',
  },
  lapses: {
    es: 'Cerrar las solicitudes pendientes',
    en: 'Close the open requests',
    pt: 'Encerrar as solicitações pendentes',
    fr: 'Clore les demandes en attente',
  },
  changes: {
    es: 'Registrar un cambio',
    en: 'Record a change',
    pt: 'Registrar uma mudança',
    fr: 'Consigner une modification',
  },
  tellsChange: {
    es: 'Avisar del cambio a quienes corresponde',
    en: 'Tell those concerned of the change',
    pt: 'Avisar da mudança a quem corresponde',
    fr: 'Informer les personnes concernées de la modification',
  },
  sendsAgain: {
    es: 'Enviar de nuevo un correo',
    en: 'Send a message again',
    pt: 'Reenviar um e-mail',
    fr: 'Renvoyer un courriel',
  },
  replans: {
    es: 'Calcular los nuevos plazos',
    en: 'Work out the new due dates',
    pt: 'Calcular os novos prazos',
    fr: 'Calculer les nouvelles échéances',
  },
  ranOut: {
    es: 'Avisar de que no se fijó fecha en el período previsto',
    en: 'Tell that no date was set in the period planned',
    pt: 'Avisar que não se definiu data no período previsto',
    fr: 'Informer qu’aucune date n’a été fixée dans la période prévue',
  },
  amendment: {
    es: 'Programa corregido',
    en: 'Corrected programme',
    pt: 'Programa corrigido',
    fr: 'Programme corrigé',
  },
  paused: { es: 'en pausa', en: 'paused', pt: 'em pausa', fr: 'en pause' },
  cancelled: { es: 'cancelada', en: 'cancelled', pt: 'cancelada', fr: 'annulée' },
  decides: {
    es: 'decide {who}: ampliar, reasignar o dispensar',
    en: 'for {who} to extend, reassign or waive',
    pt: 'decide {who}: prorrogar, reatribuir ou dispensar',
    fr: '{who} décide : prolonger, réattribuer ou dispenser',
  },
  cooperation: {
    es: 'Cooperación {what}',
    en: 'Cooperation {what}',
    pt: 'Cooperação {what}',
    fr: 'Coopération {what}',
  },
  done: { es: 'concluido', en: 'done', pt: 'concluído', fr: 'terminé' },
  current: { es: 'en curso', en: 'under way', pt: 'em curso', fr: 'en cours' },
  ahead: { es: 'por empezar', en: 'ahead', pt: 'a iniciar', fr: 'à venir' },
};

export type Words = { who?: string; what?: string; n?: number };

export const say = (language: Language, phrase: Phrase, { who = '', what = '', n }: Words = {}): string =>
  filled(PHRASES[phrase][language], n).replaceAll('{who}', who).replaceAll('{what}', what);

/** "MTPE Perú, MTPS Chile" for a list of party codes. */
export const labels = ({ parties }: Plan, codes: readonly string[]): string =>
  codes.map((code) => parties.find((party) => party.code === code)?.label ?? code).join(', ');

/** An instant on the clock of a party's capital: "13 ago 2021, 18:00 (Santiago)". */
export function onClockOf({ parties, language }: Plan, code: string | undefined, instant: string): string {
  const zone = parties.find((party) => party.code === code)?.timeZone ?? 'UTC';
  const text = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(new Date(instant));
  return `${text} (${capital(zone, language)})`;
}

/** `escalated`: every reminder has gone out, and the Secretariat decides. */
export type Waiting = { request: RequestState; n?: number | undefined; escalated?: boolean | undefined };

/** The table of what a workflow waits on, in Markdown. */
export function waitingTable(plan: Plan, waiting: readonly Waiting[]): string {
  const { language } = plan;
  if (waiting.length === 0) return say(language, 'nobody');
  const head = (['waitsOn', 'since', 'due', 'for'] as const).map((phrase) => say(language, phrase));
  const rows = waiting.map(({ request, n, escalated }) => {
    const who = owing(request);
    return [
      labels(plan, who),
      onClockOf(plan, who[0], request.openedAt),
      onClockOf(plan, who[0], request.dueAt),
      [
        requestLabel({ kind: request.kind, item: n }, language),
        ...(escalated ? [say(language, 'decides', { who: labels(plan, [secretariatOf(plan)]) })] : []),
      ].join(' · '),
    ];
  });
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...table, '', waiting.map(({ request }) => `\`${request.id}\``).join(' · ')].join('\n');
}
