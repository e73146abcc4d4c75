import type { ChangeKind } from '../../../domain/change.ts';
import type { Catalogue } from '../../../mail/catalogue.ts';
import { COOPERATION_KINDS } from './cooperation.ts';
import type { Kind } from './kind.ts';
import { PEOPLE_KINDS } from './people.ts';
import { REQUEST_KINDS } from './requests.ts';
import { SESSION_KINDS } from './sessions.ts';

/** All kinds of change, in the groups they are offered in, and what each is called and does. */

export const KINDS: Readonly<Record<ChangeKind, Kind>> = {
  ...REQUEST_KINDS,
  ...PEOPLE_KINDS,
  ...SESSION_KINDS,
  ...COOPERATION_KINDS,
};
export const isKind = (text: string): text is ChangeKind => Object.hasOwn(KINDS, text);

export const GROUPS = {
  ofRequest: ['extend', 'reassign', 'waive', 'hand-over'],
  ofPerson: ['replace', 'correct-person', 'absence'],
  ofSession: ['reschedule', 'add-session', 'cancel-session', 'add-guest', 'withdraw-guest'],
  ofCooperation: ['pause', 'resume', 'amend', 'cancel'],
} as const satisfies Record<string, readonly ChangeKind[]>;

export const KIND_TEXTS = {
  ofRequest: { es: 'Una solicitud', en: 'A request', pt: 'Uma solicitação', fr: 'Une demande' },
  ofPerson: { es: 'Una persona', en: 'A person', pt: 'Uma pessoa', fr: 'Une personne' },
  ofSession: { es: 'Una sesión', en: 'A session', pt: 'Uma sessão', fr: 'Une séance' },
  ofCooperation: { es: 'La cooperación', en: 'The cooperation', pt: 'A cooperação', fr: 'La coopération' },

  extend: { es: 'Ampliar un plazo', en: 'Give more time', pt: 'Ampliar um prazo', fr: 'Prolonger un délai' },
  extendDoes: {
    es: 'Da más tiempo a quienes aún deben responder; los recordatorios se planifican de nuevo.',
    en: 'Gives more time to those who still have to answer; reminders are planned anew.',
    pt: 'Dá mais tempo a quem ainda deve responder; os lembretes são replanejados.',
    fr: 'Donne plus de temps à ceux qui doivent encore répondre\u00a0; les rappels sont replanifiés.',
  },
  reassign: {
    es: 'Reasignar una solicitud',
    en: 'Reassign a request',
    pt: 'Reatribuir uma solicitação',
    fr: 'Réattribuer une demande',
  },
  reassignDoes: {
    es: 'Pide la respuesta a otra institución en lugar de la que la debe.',
    en: 'Asks another institution for the answer in place of the one that owes it.',
    pt: 'Pede a resposta a outra instituição em lugar da que a deve.',
    fr: 'Demande la réponse à une autre institution à la place de celle qui la doit.',
  },
  waive: {
    es: 'Prescindir de una respuesta',
    en: 'Do without an answer',
    pt: 'Dispensar uma resposta',
    fr: 'Se passer d’une réponse',
  },
  waiveDoes: {
    es: 'La cooperación continúa sin la respuesta de una institución.',
    en: 'The cooperation goes on without the answer of an institution.',
    pt: 'A cooperação prossegue sem a resposta de uma instituição.',
    fr: 'La coopération se poursuit sans la réponse d’une institution.',
  },
  'hand-over': {
    es: 'Pasar una solicitud a un colega',
    en: 'Hand a request over to a colleague',
    pt: 'Repassar uma solicitação a um colega',
    fr: 'Transmettre une demande à un collègue',
  },
  'hand-overDoes': {
    es: 'La solicitud pasa de una persona a otra de la misma institución.',
    en: 'The request passes from one person to another of the same institution.',
    pt: 'A solicitação passa de uma pessoa a outra da mesma instituição.',
    fr: 'La demande passe d’une personne à une autre de la même institution.',
  },
  replace: {
    es: 'Reemplazar a una persona',
    en: 'Replace a person',
    pt: 'Substituir uma pessoa',
    fr: 'Remplacer une personne',
  },
  replaceDoes: {
    es: 'Otra persona ocupa su lugar de forma definitiva, con sus solicitudes e invitaciones.',
    en: 'Somebody else takes their place for good, with their requests and invitations.',
    pt: 'Outra pessoa ocupa seu lugar em definitivo, com suas solicitações e convites.',
    fr: 'Une autre personne prend définitivement sa place, avec ses demandes et ses invitations.',
  },
  'correct-person': {
    es: 'Corregir los datos de una persona',
    en: 'Correct a person’s details',
    pt: 'Corrigir os dados de uma pessoa',
    fr: 'Corriger les données d’une personne',
  },
  'correct-personDoes': {
    es: 'Nombre, cargo, correo, idioma o ciudad. Con otro correo, se le envía de nuevo lo pendiente.',
    en: 'Name, post, address, language or city. To a new address, what is pending is sent again.',
    pt: 'Nome, cargo, e-mail, idioma ou cidade. Com outro e-mail, o que está pendente é reenviado.',
    fr: 'Nom, fonction, adresse, langue ou ville. À une nouvelle adresse, ce qui est en attente est renvoyé.',
  },
  absence: {
    es: 'Anotar una ausencia',
    en: 'Note an absence',
    pt: 'Anotar uma ausência',
    fr: 'Noter une absence',
  },
  absenceDoes: {
    es: 'Un colega responde en su lugar durante unos días.',
    en: 'A colleague answers in their place for some days.',
    pt: 'Um colega responde em seu lugar por alguns dias.',
    fr: 'Un collègue répond à sa place pendant quelques jours.',
  },
  reschedule: {
    es: 'Cambiar una sesión',
    en: 'Change a session',
    pt: 'Alterar uma sessão',
    fr: 'Modifier une séance',
  },
  rescheduleDoes: {
    es: 'Otra fecha, duración, enlace o lugar; las personas invitadas reciben la nueva invitación.',
    en: 'Another date, length, link or place; those invited get the new invitation.',
    pt: 'Outra data, duração, link ou local; as pessoas convidadas recebem o novo convite.',
    fr: 'Autre date, durée, lien ou lieu\u00a0; les personnes invitées reçoivent la nouvelle invitation.',
  },
  'add-session': {
    es: 'Agregar una sesión',
    en: 'Add a session',
    pt: 'Acrescentar uma sessão',
    fr: 'Ajouter une séance',
  },
  'add-sessionDoes': {
    es: 'Una sesión más, con fecha o con un período en que se acordará.',
    en: 'One more session, with a date or a period within which it will be agreed.',
    pt: 'Mais uma sessão, com data ou com um período em que será acordada.',
    fr: 'Une séance de plus, avec une date ou une période au cours de laquelle elle sera convenue.',
  },
  'cancel-session': {
    es: 'Cancelar una sesión',
    en: 'Cancel a session',
    pt: 'Cancelar uma sessão',
    fr: 'Annuler une séance',
  },
  'cancel-sessionDoes': {
    es: 'La sesión no se realiza; las personas invitadas reciben la cancelación.',
    en: 'The session is not held; those invited get a cancellation.',
    pt: 'A sessão não se realiza; as pessoas convidadas recebem o cancelamento.',
    fr: 'La séance n’a pas lieu\u00a0; les personnes invitées reçoivent l’annulation.',
  },
  'add-guest': {
    es: 'Invitar a una persona a una sesión',
    en: 'Invite a guest to a session',
    pt: 'Convidar uma pessoa para uma sessão',
    fr: 'Inviter une personne à une séance',
  },
  'add-guestDoes': {
    es: 'Recibe la invitación y ve solo esa sesión.',
    en: 'The guest gets the invitation and sees that session alone.',
    pt: 'Recebe o convite e vê apenas essa sessão.',
    fr: 'La personne reçoit l’invitation et ne voit que cette séance.',
  },
  'withdraw-guest': {
    es: 'Retirar la invitación a una sesión',
    en: 'Withdraw a guest’s invitation',
    pt: 'Retirar o convite para uma sessão',
    fr: 'Retirer l’invitation à une séance',
  },
  'withdraw-guestDoes': {
    es: 'La persona invitada deja de estarlo y pierde el acceso.',
    en: 'The guest is invited no longer and loses access.',
    pt: 'A pessoa deixa de estar convidada e perde o acesso.',
    fr: 'La personne n’est plus invitée et perd l’accès.',
  },
  pause: {
    es: 'Pausar la cooperación',
    en: 'Pause the cooperation',
    pt: 'Pausar a cooperação',
    fr: 'Suspendre la coopération',
  },
  pauseDoes: {
    es: 'No se envían recordatorios ni corren plazos hasta que se reanude. Las sesiones con fecha la conservan.',
    en: 'No reminders go out and no period runs until it is resumed. Sessions that have a date keep it.',
    pt: 'Não se enviam lembretes nem correm prazos até a retomada. As sessões com data a conservam.',
    fr: 'Aucun rappel n’est envoyé et aucun délai ne court jusqu’à la reprise. Les séances datées conservent leur date.',
  },
  resume: {
    es: 'Reanudar la cooperación',
    en: 'Resume the cooperation',
    pt: 'Retomar a cooperação',
    fr: 'Reprendre la coopération',
  },
  resumeDoes: {
    es: 'Los plazos vuelven a correr, con nuevas fechas.',
    en: 'Periods run again, with new due dates.',
    pt: 'Os prazos voltam a correr, com novas datas.',
    fr: 'Les délais courent de nouveau, avec de nouvelles échéances.',
  },
  amend: {
    es: 'Corregir el programa',
    en: 'Correct the programme',
    pt: 'Corrigir o programa',
    fr: 'Corriger le programme',
  },
  amendDoes: {
    es: 'Textos, contenidos, plazos, consultor o consultora, y otras instituciones.',
    en: 'Texts, contents, deadlines, the consultant, and further institutions.',
    pt: 'Textos, conteúdos, prazos, consultor ou consultora, e outras instituições.',
    fr: 'Textes, contenu, délais, consultant ou consultante, et autres institutions.',
  },
  cancel: {
    es: 'Cancelar la cooperación',
    en: 'Cancel the cooperation',
    pt: 'Cancelar a cooperação',
    fr: 'Annuler la coopération',
  },
  cancelDoes: {
    es: 'Termina antes de tiempo y para siempre: no se pide nada más y se cancelan las sesiones por realizar.',
    en: 'It ends before its time, for good: nothing more is asked, and sessions ahead are cancelled.',
    pt: 'Termina antes do tempo e em definitivo: nada mais se pede e as sessões por realizar são canceladas.',
    fr: 'Elle prend fin avant son terme et définitivement\u00a0: plus rien n’est demandé et les séances à venir sont annulées.',
  },
} as const satisfies Catalogue;
