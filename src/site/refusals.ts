import { Refused, type RefusedCode } from '../client/refused.ts';
import type { Language } from '../domain/language.ts';
import { type Catalogue, speaker } from '../mail/catalogue.ts';
import { type Clock, ownMomentOf } from '../mail/dates.ts';
import { decisionLabel } from '../wording/labels.ts';

/** What a refusal means to whoever stands before the page, and what to do: of every code, in four languages. */

const TEXTS = {
  AlreadyAnswered: {
    es: '{name} ya respondió: {decision} — {when}. Su respuesta no se registró; basta la de una persona de su delegación.',
    en: '{name} has already answered: {decision} — {when}. Your answer was not recorded; one from your delegation is enough.',
    pt: '{name} já respondeu: {decision} — {when}. Sua resposta não foi registrada; basta a de uma pessoa de sua delegação.',
    fr: '{name} a déjà répondu\u00a0: {decision} — {when}. Votre réponse n’a pas été enregistrée\u00a0; celle d’une seule personne de votre délégation suffit.',
  },
  answered: {
    es: 'Alguien de su delegación ya respondió. Su respuesta no se registró; basta la de una persona.',
    en: 'Somebody from your delegation has already answered. Your answer was not recorded; one is enough.',
    pt: 'Alguém de sua delegação já respondeu. Sua resposta não foi registrada; basta a de uma pessoa.',
    fr: 'Quelqu’un de votre délégation a déjà répondu. Votre réponse n’a pas été enregistrée\u00a0; une seule suffit.',
  },
  SubjectSuperseded: {
    es: 'Mientras usted respondía se presentó una nueva versión. Su respuesta no se registró: revise la versión actual y responda sobre ella. Lo que escribió se conserva.',
    en: 'A new version was put forward while you were answering. Your answer was not recorded: read the present version and answer about it. What you wrote is kept.',
    pt: 'Enquanto respondia, foi apresentada uma nova versão. Sua resposta não foi registrada: leia a versão atual e responda sobre ela. O que escreveu foi conservado.',
    fr: 'Une nouvelle version a été présentée pendant que vous répondiez. Votre réponse n’a pas été enregistrée\u00a0: consultez la version actuelle et répondez à son sujet. Ce que vous avez écrit est conservé.',
  },
  RequestClosed: {
    es: 'Esta solicitud ya está cerrada y no admite más respuestas.',
    en: 'This request is closed and takes no more answers.',
    pt: 'Esta solicitação já está encerrada e não recebe mais respostas.',
    fr: 'Cette demande est close et ne reçoit plus de réponses.',
  },
  RequestUnknown: {
    es: 'Esta solicitud no existe. Vuelva a la cooperación para ver lo que está pendiente.',
    en: 'This request does not exist. Go back to the cooperation to see what is pending.',
    pt: 'Esta solicitação não existe. Volte à cooperação para ver o que está pendente.',
    fr: 'Cette demande n’existe pas. Revenez à la coopération pour voir ce qui est attendu.',
  },
  NotAsked: {
    es: 'Esto no se le pide a esa institución.',
    en: 'That institution is not asked for this.',
    pt: 'Isto não é pedido a essa instituição.',
    fr: 'Cela n’est pas demandé à cette institution.',
  },
  NotOfParty: {
    es: 'Esto corresponde a otra institución.',
    en: 'This is for another institution.',
    pt: 'Isto cabe a outra instituição.',
    fr: 'Cela revient à une autre institution.',
  },
  PersonUnknown: {
    es: 'Esa persona ya no participa en la cooperación.',
    en: 'That person no longer takes part in the cooperation.',
    pt: 'Essa pessoa já não participa da cooperação.',
    fr: 'Cette personne ne participe plus à la coopération.',
  },
  DecisionNotTaken: {
    es: 'Esta solicitud no admite esa respuesta. Elija una de las que se ofrecen.',
    en: 'This request does not take that answer. Choose one of those offered.',
    pt: 'Esta solicitação não admite essa resposta. Escolha uma das oferecidas.',
    fr: 'Cette demande n’admet pas cette réponse. Choisissez l’une de celles qui sont proposées.',
  },
  ReasonMissing: {
    es: 'Indique qué debe cambiar y por qué.',
    en: 'Say what should change and why.',
    pt: 'Indique o que deve mudar e por quê.',
    fr: 'Indiquez ce qui doit changer et pourquoi.',
  },
  ContentMissing: {
    es: 'Falta el contenido de la respuesta. Complételo y envíela de nuevo.',
    en: 'The content of the answer is missing. Complete it and send it again.',
    pt: 'Falta o conteúdo da resposta. Complete-o e envie-a novamente.',
    fr: 'Le contenu de la réponse manque. Complétez-le et envoyez-la de nouveau.',
  },
  ContentMistaken: {
    es: 'Lo escrito no puede registrarse tal como está. Corríjalo y envíelo de nuevo.',
    en: 'What was written cannot be recorded as it is. Correct it and send it again.',
    pt: 'O que foi escrito não pode ser registrado tal como está. Corrija e envie novamente.',
    fr: 'Ce qui a été écrit ne peut être enregistré tel quel. Corrigez-le et envoyez-le de nouveau.',
  },
  Malformed: {
    es: 'La respuesta no está completa. Revísela y envíela de nuevo.',
    en: 'The answer is not complete. Check it and send it again.',
    pt: 'A resposta não está completa. Verifique-a e envie novamente.',
    fr: 'La réponse n’est pas complète. Vérifiez-la et envoyez-la de nouveau.',
  },
  UnknownSlot: {
    es: 'Esa no es una de las fechas propuestas. Elija una de la lista o escriba otra fecha y hora.',
    en: 'That is not one of the dates proposed. Choose one from the list, or write another date and time.',
    pt: 'Essa não é uma das datas propostas. Escolha uma da lista ou escreva outra data e hora.',
    fr: 'Ce n’est pas l’une des dates proposées. Choisissez-en une dans la liste ou indiquez une autre date et heure.',
  },
  MarkMissing: {
    es: 'Indique una respuesta para cada fecha.',
    en: 'Give an answer for every date.',
    pt: 'Indique uma resposta para cada data.',
    fr: 'Indiquez une réponse pour chaque date.',
  },
  DateOutsideWindow: {
    es: 'Esa fecha está fuera del período acordado para la sesión. Elija otra, o pida nuevas fechas.',
    en: 'That date is outside the period agreed for the session. Choose another, or ask for new dates.',
    pt: 'Essa data está fora do período acordado para a sessão. Escolha outra ou peça novas datas.',
    fr: 'Cette date est en dehors de la période convenue pour la séance. Choisissez-en une autre ou demandez de nouvelles dates.',
  },
  Closed: {
    es: 'Esto ya no es posible, o todavía no: los documentos y las preguntas se intercambian desde la aprobación del programa hasta la aceptación del Informe Final.',
    en: 'This is no longer possible, or not yet: documents and questions are exchanged from the approval of the programme until the acceptance of the Final Report.',
    pt: 'Isto já não é possível, ou ainda não: documentos e perguntas são trocados desde a aprovação do programa até a aceitação do Relatório Final.',
    fr: 'Cela n’est plus possible, ou pas encore\u00a0: les documents et les questions s’échangent de l’approbation du programme à l’acceptation du rapport final.',
  },
  CooperationUnknown: {
    es: 'Esta cooperación no existe.',
    en: 'This cooperation does not exist.',
    pt: 'Esta cooperação não existe.',
    fr: 'Cette coopération n’existe pas.',
  },
  CooperationTaken: {
    es: 'Ya hay otra cooperación con ese código. Dele a esta uno propio.',
    en: 'There is another cooperation with that code already. Give this one its own.',
    pt: 'Já existe outra cooperação com esse código. Dê a esta um código próprio.',
    fr: 'Une autre coopération porte déjà ce code. Donnez-en un propre à celle-ci.',
  },
  CooperationEnded: {
    es: 'La cooperación terminó.',
    en: 'The cooperation is over.',
    pt: 'A cooperação terminou.',
    fr: 'La coopération est terminée.',
  },
  ProgrammeMistaken: {
    es: 'El archivo del programa tiene errores. Corrija los que se indican y envíelo de nuevo.',
    en: 'The programme file has mistakes. Correct those shown and send it again.',
    pt: 'O arquivo do programa tem erros. Corrija os indicados e envie-o novamente.',
    fr: 'Le fichier du programme contient des erreurs. Corrigez celles qui sont indiquées et envoyez-le de nouveau.',
  },
  DocumentUnknown: {
    es: 'Ese documento no está en la cooperación. Envíelo de nuevo.',
    en: 'That document is not in the cooperation. Send it again.',
    pt: 'Esse documento não está na cooperação. Envie-o novamente.',
    fr: 'Ce document ne figure pas dans la coopération. Envoyez-le de nouveau.',
  },
  DocumentRefused: {
    es: 'El archivo no puede aceptarse. Se aceptan documentos de PDF, Word, Excel, PowerPoint y OpenDocument sin macros, imágenes PNG y JPEG, MP4, MP3, TXT y CSV, de hasta 100 MB.',
    en: 'The file cannot be accepted. Accepted are PDF, Word, Excel, PowerPoint and OpenDocument files without macros, PNG and JPEG images, MP4, MP3, TXT and CSV, of up to 100 MB.',
    pt: 'O arquivo não pode ser aceito. São aceitos documentos PDF, Word, Excel, PowerPoint e OpenDocument sem macros, imagens PNG e JPEG, MP4, MP3, TXT e CSV, de até 100 MB.',
    fr: 'Le fichier ne peut être accepté. Sont acceptés les documents PDF, Word, Excel, PowerPoint et OpenDocument sans macros, les images PNG et JPEG, MP4, MP3, TXT et CSV, jusqu’à 100\u00a0Mo.',
  },
  documentEmpty: {
    es: 'El archivo está vacío. Compruebe que se guardó y envíelo de nuevo.',
    en: 'The file is empty. Check that it was saved and send it again.',
    pt: 'O arquivo está vazio. Verifique se foi salvo e envie-o novamente.',
    fr: 'Le fichier est vide. Vérifiez qu’il a été enregistré et envoyez-le de nouveau.',
  },
  documentLarge: {
    es: 'El archivo supera los 100 MB. Divídalo o redúzcalo y envíelo de nuevo.',
    en: 'The file is larger than 100 MB. Split it or make it smaller, and send it again.',
    pt: 'O arquivo ultrapassa 100 MB. Divida-o ou reduza-o e envie-o novamente.',
    fr: 'Le fichier dépasse 100\u00a0Mo. Divisez-le ou réduisez-le, puis envoyez-le de nouveau.',
  },
  documentOther: {
    es: 'El contenido del archivo no corresponde a su nombre. Envíe el documento original, sin cambiarle la extensión.',
    en: 'The content of the file is not what its name says. Send the original document, without changing its extension.',
    pt: 'O conteúdo do arquivo não corresponde ao seu nome. Envie o documento original, sem alterar a extensão.',
    fr: 'Le contenu du fichier ne correspond pas à son nom. Envoyez le document d’origine, sans modifier son extension.',
  },
  MailNotSendable: {
    es: 'Ese correo no puede enviarse de nuevo. Vuelva a la lista de correos para ver cómo está.',
    en: 'That message cannot be sent again. Go back to the outbox to see how it stands.',
    pt: 'Esse e-mail não pode ser reenviado. Volte à lista de e-mails para ver a sua situação.',
    fr: 'Ce courriel ne peut être renvoyé. Revenez à la liste des courriels pour voir où il en est.',
  },
  Unavailable: {
    es: 'El sistema no responde en este momento. Su respuesta no se ha perdido en esta página: vuelva a enviarla en un minuto.',
    en: 'The system does not answer at the moment. What you wrote is still on this page: send it again in a minute.',
    pt: 'O sistema não responde neste momento. O que escreveu continua nesta página: envie novamente em um minuto.',
    fr: 'Le système ne répond pas en ce moment. Ce que vous avez écrit reste sur cette page\u00a0: envoyez-le de nouveau dans une minute.',
  },
  ChangeUnknown: {
    es: 'Ese cambio no existe.',
    en: 'There is no such change.',
    pt: 'Essa mudança não existe.',
    fr: 'Cette modification n’existe pas.',
  },
  NotOwing: {
    es: 'De esa institución no se espera ya esta respuesta: se dio, se dispensó o no se pidió.',
    en: 'This answer is no longer expected from that institution: it was given, waived, or never asked for.',
    pt: 'Esta resposta já não é esperada dessa instituição: foi dada, dispensada ou não foi pedida.',
    fr: 'Cette réponse n’est plus attendue de cette institution\u00a0: elle a été donnée, n’est plus exigée ou n’a pas été demandée.',
  },
  AlreadyAsked: {
    es: 'A esa institución ya se le pide esto. Elija otra.',
    en: 'That institution is asked for this already. Choose another.',
    pt: 'Isto já é pedido a essa instituição. Escolha outra.',
    fr: 'Cela est déjà demandé à cette institution. Choisissez-en une autre.',
  },
  NotWaivable: {
    es: 'No se puede prescindir de esta respuesta: lo que sigue depende de ella. Amplíe el plazo o pídala a otra institución.',
    en: 'This answer cannot be waived: what follows depends on it. Give more time or ask another institution.',
    pt: 'Não é possível dispensar esta resposta: o que segue depende dela. Amplie o prazo ou peça-a a outra instituição.',
    fr: 'On ne peut se passer de cette réponse\u00a0: la suite en dépend. Prolongez le délai ou adressez-la à une autre institution.',
  },
  DateNotLater: {
    es: 'La nueva fecha debe ser posterior al plazo actual.',
    en: 'The new date has to be later than the present one.',
    pt: 'A nova data deve ser posterior ao prazo atual.',
    fr: 'La nouvelle date doit être postérieure à l’échéance actuelle.',
  },
  DatePast: {
    es: 'Esa fecha ya pasó. Indique una fecha futura.',
    en: 'That date is past. Give a date to come.',
    pt: 'Essa data já passou. Indique uma data futura.',
    fr: 'Cette date est passée. Indiquez une date à venir.',
  },
  PeriodMistaken: {
    es: 'El período no es correcto: el último día no puede ser anterior al primero ni haber pasado.',
    en: 'The period is not right: its last day can be neither before the first nor past.',
    pt: 'O período não está correto: o último dia não pode ser anterior ao primeiro nem ter passado.',
    fr: 'La période n’est pas correcte\u00a0: le dernier jour ne peut ni précéder le premier ni être passé.',
  },
  NotColleague: {
    es: 'Esa persona no puede recibirlo: debe pertenecer a la misma institución, no tenerlo ya y no estar ausente. Elija otra.',
    en: 'That person cannot take it: they must belong to the same institution, not have it already, and not be away. Choose another.',
    pt: 'Essa pessoa não pode recebê-lo: deve pertencer à mesma instituição, não tê-lo já e não estar ausente. Escolha outra.',
    fr: 'Cette personne ne peut la recevoir\u00a0: elle doit appartenir à la même institution, ne pas l’avoir déjà et ne pas être absente. Choisissez-en une autre.',
  },
  AddressTaken: {
    es: 'Ese correo electrónico ya es el de otra persona de la cooperación.',
    en: 'That e-mail address is already another person’s in the cooperation.',
    pt: 'Esse e-mail já é de outra pessoa da cooperação.',
    fr: 'Cette adresse électronique est déjà celle d’une autre personne de la coopération.',
  },
  SessionUnknown: {
    es: 'Esa sesión no existe en la cooperación.',
    en: 'There is no such session in the cooperation.',
    pt: 'Essa sessão não existe na cooperação.',
    fr: 'Cette séance n’existe pas dans la coopération.',
  },
  SessionOver: {
    es: 'Esa sesión ya se realizó o se canceló y no puede cambiarse.',
    en: 'That session was held or cancelled and cannot be changed.',
    pt: 'Essa sessão já foi realizada ou cancelada e não pode ser alterada.',
    fr: 'Cette séance a eu lieu ou a été annulée et ne peut être modifiée.',
  },
  TooLong: {
    es: 'La sesión sería demasiado larga. Acórtela.',
    en: 'The session would be too long. Make it shorter.',
    pt: 'A sessão seria longa demais. Encurte-a.',
    fr: 'La séance serait trop longue. Raccourcissez-la.',
  },
  NothingChanges: {
    es: 'Así está ya: no habría ningún cambio.',
    en: 'It is so already: nothing would change.',
    pt: 'Já está assim: nada mudaria.',
    fr: 'C’est déjà le cas\u00a0: rien ne changerait.',
  },
  NotAmendable: {
    es: 'Eso no puede cambiarse con un programa corregido. Deje como estaban el código, las fechas y las instituciones.',
    en: 'That cannot be changed by a corrected programme. Leave the code, dates and institutions as they were.',
    pt: 'Isso não pode ser alterado com um programa corrigido. Deixe como estavam o código, as datas e as instituições.',
    fr: 'Cela ne peut être modifié par un programme corrigé. Laissez le code, les dates et les institutions tels quels.',
  },
  Paused: {
    es: 'La cooperación está en pausa.',
    en: 'The cooperation is paused.',
    pt: 'A cooperação está em pausa.',
    fr: 'La coopération est en pause.',
  },
  NotPaused: {
    es: 'La cooperación no está en pausa.',
    en: 'The cooperation is not paused.',
    pt: 'A cooperação não está em pausa.',
    fr: 'La coopération n’est pas en pause.',
  },
} as const satisfies Catalogue & Record<RefusedCode, unknown>;

/** What the store says of a document, which has one code for all of it. */
const DOCUMENT_REASONS = [
  [/ is empty$/, 'documentEmpty'],
  [/ is larger than /, 'documentLarge'],
  [/ is not what its name says/, 'documentOther'],
] as const;

/** What was refused and what to do, for a page. `earlier` is told on the reader's own clock. */
export function refusalText(error: Refused, language: Language, clock: Clock): string {
  const say = speaker(TEXTS, language);
  const { code, earlier, message } = error;
  if (code === 'AlreadyAnswered')
    return earlier
      ? say('AlreadyAnswered', {
          name: earlier.name ?? earlier.by,
          decision: decisionLabel(earlier.decision, language),
          when: ownMomentOf(earlier.at, { ...clock, language }),
        })
      : say('answered');
  if (code === 'DocumentRefused')
    return say(DOCUMENT_REASONS.find(([pattern]) => pattern.test(message))?.[1] ?? 'DocumentRefused');
  return say(code);
}

/** Gives a refusal to `refused`; any other error goes on. */
export async function unlessRefused<T>(
  doing: () => Promise<T>,
  refused: (error: Refused) => T | Promise<T>,
): Promise<T> {
  try {
    return await doing();
  } catch (error) {
    if (error instanceof Refused) return refused(error);
    throw error;
  }
}
