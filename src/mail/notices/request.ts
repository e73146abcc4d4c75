import { decisionsOf, kinds, type RequestKind } from '../../domain/kinds/index.ts';
import type { Translated } from '../../domain/language.ts';
import { filled, REQUEST_LABELS } from '../../domain/vocabulary.ts';
import { type Block, type Fact, type Letter, when } from '../blocks.ts';
import { type Catalogue, joined, speaker } from '../catalogue.ts';
import { dayOf, daysUntil, momentOf } from '../dates.ts';
import { type Context, countryNames, letter } from '../frame.ts';
import type { Notice, RequestNotice, SlotLine } from '../notice.ts';
import {
  capacityOf,
  contentsOf,
  deadlineFact,
  documentBlocks,
  onDay,
  reasonBlocks,
  sessionBlocks,
  sessionDate,
  sessionName,
} from '../parts.ts';

/** A request: what is asked of the reader, in whose name, by when, and what happens otherwise. */

export const TEXTS = {
  tag: { es: 'Acción requerida', en: 'Action required', pt: 'Ação necessária', fr: 'Action requise' },
  subject: {
    es: '[{tag}] {what} — {until}',
    en: '[{tag}] {what} — {until}',
    pt: '[{tag}] {what} — {until}',
    fr: '[{tag}] {what} — {until}',
  },
  until: { es: 'hasta el {day}', en: 'by {day}', pt: 'até {day}', fr: 'au plus tard le {day}' },
  untilToday: {
    es: 'hasta hoy, {day}',
    en: 'due today, {day}',
    pt: 'até hoje, {day}',
    fr: 'au plus tard aujourd’hui, {day}',
  },
  wasDue: {
    es: 'el plazo era el {day}',
    en: 'was due on {day}',
    pt: 'o prazo era {day}',
    fr: 'l’échéance était le {day}',
  },

  /** In whose name the reader answers: a ministry's, the Technical Secretariat's, or as the consultant. */
  behalf: {
    es: '{who, select, ministry {en nombre de su institución ({label})} secretariat {en nombre de la Secretaría Técnica} other {en su calidad de consultor(a)}}',
    en: '{who, select, ministry {on behalf of your institution ({label})} secretariat {on behalf of the Technical Secretariat} other {as the consultant}}',
    pt: '{who, select, ministry {em nome de sua instituição ({label})} secretariat {em nome da Secretaria Técnica} other {na qualidade de consultor(a)}}',
    fr: '{who, select, ministry {au nom de votre institution ({label})} secretariat {au nom du Secrétariat technique} other {en votre qualité de consultant(e)}}',
  },

  'confirm-coordination': {
    es: 'Le pedimos que, {behalf}, confirme que la reunión de coordinación se realizó y registre sus acuerdos: quiénes participaron, y los objetivos y contenidos convenidos.',
    en: 'We ask you to confirm, {behalf}, that the coordination meeting was held and to record what was agreed: who took part, and the objectives and contents decided on.',
    pt: 'Solicitamos que, {behalf}, confirme que a reunião de coordenação foi realizada e registre os acordos: quem participou e quais objetivos e conteúdos foram definidos.',
    fr: 'Nous vous prions de bien vouloir confirmer, {behalf}, que la réunion de coordination a eu lieu et en consigner les conclusions\u00a0: les participants, ainsi que les objectifs et les contenus convenus.',
  },
  'approve-programme': {
    es: 'Se han preparado los contenidos del programa de cooperación, versión {n}. Le pedimos que, {behalf}, los apruebe o indique qué cambiaría y por qué.',
    en: 'The contents of the cooperation programme, version {n}, are ready. We ask you to approve them, {behalf}, or to say what you would change and why.',
    pt: 'Os conteúdos do programa de cooperação, versão {n}, estão prontos. Solicitamos que, {behalf}, os aprove ou indique o que alteraria e por quê.',
    fr: 'Le contenu du programme de coopération, version {n}, est prêt. Nous vous prions de bien vouloir l’approuver, {behalf}, ou indiquer ce que vous souhaitez modifier et pour quelles raisons.',
  },
  'revise-programme': {
    es: 'Se han solicitado cambios al programa de cooperación. Le pedimos que, {behalf}, prepare una nueva versión que tenga en cuenta las observaciones recibidas.',
    en: 'Changes to the cooperation programme have been requested. We ask you to prepare, {behalf}, a new version that takes account of the comments received.',
    pt: 'Foram solicitadas alterações no programa de cooperação. Solicitamos que, {behalf}, prepare uma nova versão que leve em conta as observações recebidas.',
    fr: 'Des modifications du programme de coopération ont été demandées. Nous vous prions de bien vouloir en préparer, {behalf}, une nouvelle version qui tienne compte des observations reçues.',
  },
  'send-documents': {
    es: 'Como parte del intercambio de documentos e información, le pedimos que, {behalf}, envíe los documentos que considere pertinentes para cumplir los objetivos de la cooperación. Quedarán a disposición de todas las delegaciones. Si no hay documentos que enviar, basta con indicarlo.',
    en: 'As part of the exchange of documents and information, we ask you to send, {behalf}, the documents you consider relevant to the objectives of the cooperation. They will be made available to all delegations. If there are none to send, it is enough to say so.',
    pt: 'Como parte do intercâmbio de documentos e informações, solicitamos que, {behalf}, envie os documentos que considere pertinentes para cumprir os objetivos da cooperação. Eles ficarão à disposição de todas as delegações. Se não houver documentos a enviar, basta informar.',
    fr: 'Dans le cadre de l’échange de documents et d’informations, nous vous prions de bien vouloir envoyer, {behalf}, les documents que vous jugez utiles aux objectifs de la coopération. Ils seront mis à la disposition de toutes les délégations. S’il n’y a pas de document à envoyer, il suffit de l’indiquer.',
  },
  'answer-question': {
    es: 'Le pedimos que, {behalf}, responda la pregunta {n}, que {from} formuló y que se transcribe a continuación. Su respuesta se compartirá con las delegaciones.',
    en: 'We ask you to answer, {behalf}, question {n}, which was put by {from} and is quoted below. Your answer will be shared with the delegations.',
    pt: 'Solicitamos que, {behalf}, responda à pergunta {n}, formulada por {from} e transcrita a seguir. Sua resposta será compartilhada com as delegações.',
    fr: 'Nous vous prions de bien vouloir répondre, {behalf}, à la question {n}, posée par {from} et reproduite ci-dessous. Votre réponse sera communiquée aux délégations.',
  },
  'choose-date': {
    es: 'Para fijar la fecha de la {n}.ª sesión de cooperación, le pedimos que, {behalf}, indique para cada una de las fechas propuestas si su delegación puede participar: «sí», «si es necesario» o «no».',
    en: 'So that the date of cooperation session {n} can be set, we ask you to say, {behalf}, for each proposed date whether your delegation can take part: “yes”, “if need be” or “no”.',
    pt: 'Para definir a data da {n}ª sessão de cooperação, solicitamos que, {behalf}, indique para cada uma das datas propostas se sua delegação pode participar: “sim”, “se necessário” ou “não”.',
    fr: 'Afin de fixer la date de la séance de coopération n°\u00a0{n}, nous vous prions de bien vouloir indiquer, {behalf}, pour chacune des dates proposées si votre délégation peut participer\u00a0: «\u00a0oui\u00a0», «\u00a0si nécessaire\u00a0» ou «\u00a0non\u00a0».',
  },
  'confirm-date': {
    es: 'A la vista de la disponibilidad que indicaron las delegaciones, le pedimos que, {behalf}, confirme la fecha y la hora de la {n}.ª sesión de cooperación. Una vez confirmadas, se enviará la invitación a quienes participan.',
    en: 'In view of the availability the delegations indicated, we ask you to confirm, {behalf}, the date and time of cooperation session {n}. Once they are confirmed, the invitation will be sent to all participants.',
    pt: 'Tendo em vista a disponibilidade indicada pelas delegações, solicitamos que, {behalf}, confirme a data e a hora da {n}ª sessão de cooperação. Uma vez confirmadas, o convite será enviado a todos os participantes.',
    fr: 'Au vu des disponibilités indiquées par les délégations, nous vous prions de bien vouloir confirmer, {behalf}, la date et l’heure de la séance de coopération n°\u00a0{n}. L’invitation sera ensuite envoyée à tous les participants.',
  },
  'record-session': {
    es: 'Le pedimos que, {behalf}, registre el acta de la {n}.ª sesión de cooperación, con la asistencia y los productos de la sesión. Si la sesión no se realizó, basta con indicarlo.',
    en: 'We ask you to record, {behalf}, the minutes of cooperation session {n}, with the attendance and what the session produced. If the session was not held, it is enough to say so.',
    pt: 'Solicitamos que, {behalf}, registre a ata da {n}ª sessão de cooperação, com a presença e os produtos da sessão. Se a sessão não foi realizada, basta informar.',
    fr: 'Nous vous prions de bien vouloir consigner, {behalf}, le compte rendu de la séance de coopération n°\u00a0{n}, avec les présences et les résultats de la séance. Si la séance n’a pas eu lieu, il suffit de l’indiquer.',
  },
  'name-consultant': {
    es: 'La ficha de sistematización se elabora con el apoyo de un consultor o una consultora. Le pedimos que, {behalf}, indique a quién se designa: nombre, correo electrónico e idioma.',
    en: 'The systematization sheet is written with the support of a consultant. We ask you to name, {behalf}, the person appointed, with e-mail address and language.',
    pt: 'A ficha de sistematização é elaborada com o apoio de um consultor ou uma consultora. Solicitamos que, {behalf}, indique a pessoa designada: nome, e-mail e idioma.',
    fr: 'La fiche de systématisation est rédigée avec l’appui d’un consultant ou d’une consultante. Nous vous prions de bien vouloir indiquer, {behalf}, la personne désignée\u00a0: nom, adresse électronique et langue.',
  },
  'draft-sheet': {
    es: '{again, select, yes {Se han solicitado cambios a la ficha de sistematización. Le pedimos que, {behalf}, prepare una nueva versión que tenga en cuenta las observaciones que se transcriben a continuación.} other {Le pedimos que, {behalf}, elabore la ficha de sistematización: qué elementos de la experiencia compartida ({providing}) pueden ser particularmente útiles para la institución solicitante ({requesting}).}}',
    en: '{again, select, yes {Changes to the systematization sheet have been requested. We ask you to prepare, {behalf}, a new version that takes account of the comments quoted below.} other {We ask you to draft, {behalf}, the systematization sheet: which elements of the experience shared ({providing}) can be particularly useful to the requesting institution ({requesting}).}}',
    pt: '{again, select, yes {Foram solicitadas alterações na ficha de sistematização. Solicitamos que, {behalf}, prepare uma nova versão que leve em conta as observações transcritas a seguir.} other {Solicitamos que, {behalf}, elabore a ficha de sistematização: quais elementos da experiência compartilhada ({providing}) podem ser particularmente úteis à instituição solicitante ({requesting}).}}',
    fr: '{again, select, yes {Des modifications de la fiche de systématisation ont été demandées. Nous vous prions de bien vouloir en préparer, {behalf}, une nouvelle version qui tienne compte des observations reproduites ci-dessous.} other {Nous vous prions de bien vouloir rédiger, {behalf}, la fiche de systématisation\u00a0: quels éléments de l’expérience partagée ({providing}) peuvent être particulièrement utiles à l’institution requérante ({requesting}).}}',
  },
  'review-sheet': {
    es: 'La ficha de sistematización, versión {n}, está lista para su revisión. Le pedimos que, {behalf}, la apruebe o indique qué cambiaría y por qué.',
    en: 'The systematization sheet, version {n}, is ready for your review. We ask you to approve it, {behalf}, or to say what you would change and why.',
    pt: 'A ficha de sistematização, versão {n}, está pronta para sua revisão. Solicitamos que, {behalf}, a aprove ou indique o que alteraria e por quê.',
    fr: 'La fiche de systématisation, version {n}, est prête à être examinée. Nous vous prions de bien vouloir l’approuver, {behalf}, ou indiquer ce que vous souhaitez modifier et pour quelles raisons.',
  },
  'draft-report': {
    es: '{again, select, yes {El Informe Final fue devuelto con las observaciones que se transcriben a continuación. Le pedimos que, {behalf}, prepare una nueva versión que las tenga en cuenta.} other {Le pedimos que, {behalf}, elabore el Informe Final de la cooperación. La institución que comparte su experiencia ({providing}) lo complementará antes de que se envíe a la Secretaría Técnica.}}',
    en: '{again, select, yes {The Final Report was sent back with the comments quoted below. We ask you to prepare, {behalf}, a new version that takes account of them.} other {We ask you to draft, {behalf}, the Final Report of the cooperation. The institution that shares its experience ({providing}) will complement it before it is sent to the Technical Secretariat.}}',
    pt: '{again, select, yes {O Relatório Final foi devolvido com as observações transcritas a seguir. Solicitamos que, {behalf}, prepare uma nova versão que as leve em conta.} other {Solicitamos que, {behalf}, elabore o Relatório Final da cooperação. A instituição que compartilha sua experiência ({providing}) o complementará antes do envio à Secretaria Técnica.}}',
    fr: '{again, select, yes {Le rapport final a été renvoyé avec les observations reproduites ci-dessous. Nous vous prions de bien vouloir en préparer, {behalf}, une nouvelle version qui en tienne compte.} other {Nous vous prions de bien vouloir rédiger, {behalf}, le rapport final de la coopération. L’institution qui partage son expérience ({providing}) le complétera avant son envoi au Secrétariat technique.}}',
  },
  'complement-report': {
    es: 'El Informe Final ha sido elaborado por la institución solicitante ({requesting}). Le pedimos que, {behalf}, lo complemente con lo que considere pertinente antes de que se envíe a la Secretaría Técnica.',
    en: 'The Final Report has been drafted by the requesting institution ({requesting}). We ask you to complement it, {behalf}, with what you consider relevant before it is sent to the Technical Secretariat.',
    pt: 'O Relatório Final foi elaborado pela instituição solicitante ({requesting}). Solicitamos que, {behalf}, o complemente com o que considere pertinente antes do envio à Secretaria Técnica.',
    fr: 'Le rapport final a été rédigé par l’institution requérante ({requesting}). Nous vous prions de bien vouloir le compléter, {behalf}, par les éléments que vous jugez utiles, avant son envoi au Secrétariat technique.',
  },
  'receive-report': {
    es: 'Las delegaciones han presentado el Informe Final, versión {n}. Le pedimos que, {behalf}, lo acepte o lo devuelva indicando los motivos.',
    en: 'The delegations have submitted the Final Report, version {n}. We ask you to accept it, {behalf}, or to send it back with your reasons.',
    pt: 'As delegações apresentaram o Relatório Final, versão {n}. Solicitamos que, {behalf}, o aceite ou o devolva indicando os motivos.',
    fr: 'Les délégations ont présenté le rapport final, version {n}. Nous vous prions de bien vouloir l’accepter, {behalf}, ou le renvoyer en indiquant vos motifs.',
  },
  'resolve-trouble': {
    es: 'Un problema técnico impide que la cooperación continúe. Le pedimos que, {behalf}, lo resuelva y lo confirme; el proceso seguirá entonces desde donde quedó.',
    en: 'A technical problem keeps the cooperation from continuing. We ask you to resolve it, {behalf}, and to confirm that it is resolved; the process will then go on from where it stopped.',
    pt: 'Um problema técnico impede a continuação da cooperação. Solicitamos que, {behalf}, o resolva e confirme; o processo seguirá então de onde parou.',
    fr: 'Un problème technique empêche la coopération de se poursuivre. Nous vous prions de bien vouloir le résoudre, {behalf}, et le confirmer\u00a0; le processus reprendra alors là où il s’est arrêté.',
  },

  /** The date had passed when the request was opened. */
  askedLate: {
    es: 'El plazo previsto era el {day}. Se lo pedimos ahora y le agradeceremos que responda a la brevedad posible.',
    en: 'This was due on {day}. It is asked for now, and we would be grateful for your answer as soon as possible.',
    pt: 'O prazo previsto era {day}. Fazemos o pedido agora e agradecemos sua resposta com a maior brevidade possível.',
    fr: 'L’échéance prévue était le {day}. Nous vous adressons cette demande maintenant et nous vous saurions gré de répondre dans les meilleurs délais.',
  },

  asked: { es: 'Se solicita a', en: 'Asked of', pt: 'Solicitado a', fr: 'Demandé à' },
  askedEach: {
    es: '{institutions}; cada institución responde por su parte',
    en: '{institutions}; each institution answers for itself',
    pt: '{institutions}; cada instituição responde por si',
    fr: '{institutions}\u00a0; chaque institution répond pour sa part',
  },
  meeting: {
    es: 'Reunión',
    en: 'Meeting',
    pt: 'Reunião',
    fr: 'Réunion',
  },
  code: {
    es: 'Código',
    en: 'Code',
    pt: 'Código',
    fr: 'Code',
  },

  question: {
    es: 'Pregunta {n}, de {from}',
    en: 'Question {n}, from {from}',
    pt: 'Pergunta {n}, de {from}',
    fr: 'Question {n}, de {from}',
  },
  slots: { es: 'Fechas propuestas', en: 'Proposed dates', pt: 'Datas propostas', fr: 'Dates proposées' },
  yes: { es: 'sí', en: 'yes', pt: 'sim', fr: 'oui' },
  'if-need-be': { es: 'si es necesario', en: 'if need be', pt: 'se necessário', fr: 'si nécessaire' },
  no: { es: 'no', en: 'no', pt: 'não', fr: 'non' },
  reasons: {
    es: 'Observaciones de {institution}',
    en: 'Comments from {institution}',
    pt: 'Observações de {institution}',
    fr: 'Observations de {institution}',
  },
  trouble: { es: 'Qué ocurrió', en: 'What happened', pt: 'O que ocorreu', fr: 'Ce qui s’est produit' },
  sessions: {
    es: 'Contenidos propuestos',
    en: 'Proposed contents',
    pt: 'Conteúdos propostos',
    fr: 'Contenu proposé',
  },

  button: { es: 'Ver y responder', en: 'View and answer', pt: 'Ver e responder', fr: 'Voir et répondre' },
  reply: {
    es: 'Responda a este correo; la Secretaría Técnica registrará su respuesta.',
    en: 'Please reply to this message; the Technical Secretariat will record your answer.',
    pt: 'Responda a esta mensagem; a Secretaria Técnica registrará sua resposta.',
    fr: 'Veuillez répondre à ce message\u00a0; le Secrétariat technique consignera votre réponse.',
  },
  /** The Technical Secretariat would be writing to itself. */
  replyStaff: {
    es: 'Registre la respuesta con el código de la solicitud.',
    en: 'Please record the answer under the code of the request.',
    pt: 'Registre a resposta com o código da solicitação.',
    fr: 'Veuillez consigner la réponse sous le code de la demande.',
  },
  replyApprove: {
    es: 'Puede escribir «Aprobado», o bien los cambios que solicita y sus motivos.',
    en: 'You may write “Approved”, or else the changes you request and your reasons.',
    pt: 'Pode escrever “Aprovado”, ou então as alterações que solicita e seus motivos.',
    fr: 'Vous pouvez écrire «\u00a0Approuvé\u00a0», ou bien les modifications demandées et leurs motifs.',
  },
  replyAccept: {
    es: 'Puede escribir «Aceptado», o bien los motivos por los que lo devuelve.',
    en: 'You may write “Accepted”, or else your reasons for sending it back.',
    pt: 'Pode escrever “Aceito”, ou então os motivos pelos quais o devolve.',
    fr: 'Vous pouvez écrire «\u00a0Accepté\u00a0», ou bien les motifs pour lesquels vous le renvoyez.',
  },
  replyMarks: {
    es: 'Anote su respuesta junto al número de cada fecha.',
    en: 'Please give your answer beside the number of each date.',
    pt: 'Anote sua resposta junto ao número de cada data.',
    fr: 'Veuillez indiquer votre réponse à côté du numéro de chaque date.',
  },
  replyAttach: {
    es: 'Puede adjuntar a su respuesta los archivos que desee enviar.',
    en: 'You may attach the files you wish to send to your reply.',
    pt: 'Pode anexar à sua resposta os arquivos que deseje enviar.',
    fr: 'Vous pouvez joindre à votre réponse les fichiers que vous souhaitez envoyer.',
  },

  staffNewDates: {
    es: 'Si ninguna fecha conviene, puede pedir en su lugar que se propongan nuevas fechas, indicando el motivo.',
    en: 'If no date suits, you may ask instead that new dates be proposed, giving the reason.',
    pt: 'Se nenhuma data for conveniente, pode pedir, em vez disso, que novas datas sejam propostas, indicando o motivo.',
    fr: 'Si aucune date ne convient, vous pouvez demander que de nouvelles dates soient proposées, en indiquant le motif.',
  },

  colleagues: {
    es: 'Basta la respuesta de una persona de su {staff, select, yes {equipo} other {delegación}}: también {count, plural, one {puede} other {pueden}} responder {names}.',
    en: 'One answer from your {staff, select, yes {team} other {delegation}} is enough: {names} may answer as well.',
    pt: 'Basta a resposta de uma pessoa de sua {staff, select, yes {equipe} other {delegação}}: também {count, plural, one {pode} other {podem}} responder {names}.',
    fr: 'Une seule réponse de votre {staff, select, yes {équipe} other {délégation}} suffit\u00a0: {names} {count, plural, one {peut} other {peuvent}} également répondre.',
  },
  /** The same where there is a page on which to pass it on. */
  colleaguesOnPage: {
    es: 'Basta la respuesta de una persona de su {staff, select, yes {equipo} other {delegación}}. Si no puede responder usted, desde la misma página puede pasarlo a {names}.',
    en: 'One answer from your {staff, select, yes {team} other {delegation}} is enough. If you cannot answer yourself, you may pass it on from the same page to {names}.',
    pt: 'Basta a resposta de uma pessoa de sua {staff, select, yes {equipe} other {delegação}}. Caso não possa responder, na mesma página pode passar a solicitação a {names}.',
    fr: 'Une seule réponse de votre {staff, select, yes {équipe} other {délégation}} suffit. Si vous ne pouvez pas répondre vous-même, vous pouvez, sur la même page, transmettre la demande à {names}.',
  },
  /** What happens if nobody answers, by what comes next; `who` as in `behalf`. No silence is ever an approval. */
  otherwise: {
    es: '{who, select, secretariat {Si no se registra una respuesta, le enviaremos un recordatorio {on}; la solicitud permanecerá abierta hasta que la Secretaría Técnica la responda o disponga otra cosa.} ministry {Si no recibimos respuesta, le enviaremos un recordatorio {on}; más adelante avisaremos al punto focal de su institución y, por último, la Secretaría Técnica decidirá cómo proceder.} other {Si no recibimos respuesta, le enviaremos un recordatorio {on}; más adelante, la Secretaría Técnica decidirá cómo proceder.}}',
    en: '{who, select, secretariat {If no answer is recorded, we will send you a reminder {on}; the request stays open until the Technical Secretariat answers it or decides otherwise.} ministry {If we receive no answer, we will send you a reminder {on}; later we will inform the focal point of your institution and, in the end, the Technical Secretariat will decide how to proceed.} other {If we receive no answer, we will send you a reminder {on}; later, the Technical Secretariat will decide how to proceed.}}',
    pt: '{who, select, secretariat {Se não for registrada uma resposta, enviaremos um lembrete {on}; a solicitação permanecerá aberta até que a Secretaria Técnica a responda ou decida de outra forma.} ministry {Se não recebermos resposta, enviaremos um lembrete {on}; mais adiante, avisaremos o ponto focal de sua instituição e, por último, a Secretaria Técnica decidirá como proceder.} other {Se não recebermos resposta, enviaremos um lembrete {on}; mais adiante, a Secretaria Técnica decidirá como proceder.}}',
    fr: '{who, select, secretariat {Si aucune réponse n’est consignée, nous vous enverrons un rappel {on}\u00a0; la demande reste ouverte jusqu’à ce que le Secrétariat technique y réponde ou en décide autrement.} ministry {Sans réponse de votre part, nous vous enverrons un rappel {on}\u00a0; nous en informerons ensuite le point focal de votre institution et, en dernier lieu, le Secrétariat technique décidera de la suite à donner.} other {Sans réponse de votre part, nous vous enverrons un rappel {on}\u00a0; par la suite, le Secrétariat technique décidera de la suite à donner.}}',
  },
  /** The next to hear of it is the focal point. */
  otherwiseFocalPoint: {
    es: 'Si no recibimos respuesta, avisaremos {on} al punto focal de su institución y, por último, la Secretaría Técnica decidirá cómo proceder.',
    en: 'If we receive no answer, we will inform the focal point of your institution {on} and, in the end, the Technical Secretariat will decide how to proceed.',
    pt: 'Se não recebermos resposta, avisaremos o ponto focal de sua instituição {on}; por último, a Secretaria Técnica decidirá como proceder.',
    fr: 'Sans réponse de votre part, nous en informerons {on} le point focal de votre institution et, en dernier lieu, le Secrétariat technique décidera de la suite à donner.',
  },
  /** The next to hear of it, and the last, are the Secretariat's staff. */
  otherwiseSecretariat: {
    es: 'Si no recibimos respuesta, se informará {dated, select, yes {{on} } other {}}al equipo de la Secretaría Técnica, que decidirá cómo proceder.',
    en: 'If we receive no answer, the staff of the Technical Secretariat will be informed{dated, select, yes { {on}} other {}} and will decide how to proceed.',
    pt: 'Se não recebermos resposta,{dated, select, yes { {on},} other {}} a equipe da Secretaria Técnica será informada e decidirá como proceder.',
    fr: 'Sans réponse de votre part, l’équipe du Secrétariat technique en sera informée{dated, select, yes { {on}} other {}} et décidera de la suite à donner.',
  },
  /** No day is known on which anybody else is told. */
  otherwiseOpen: {
    es: '{who, select, secretariat {La solicitud permanecerá abierta hasta que la Secretaría Técnica la responda o disponga otra cosa.} ministry {La solicitud permanecerá abierta hasta que se reciba la respuesta; si no llega, avisaremos al punto focal de su institución y, por último, la Secretaría Técnica decidirá cómo proceder.} other {La solicitud permanecerá abierta hasta que se reciba la respuesta; si no llega, la Secretaría Técnica decidirá cómo proceder.}}',
    en: '{who, select, secretariat {The request stays open until the Technical Secretariat answers it or decides otherwise.} ministry {The request stays open until the answer is received; if none comes, we will inform the focal point of your institution and, in the end, the Technical Secretariat will decide how to proceed.} other {The request stays open until the answer is received; if none comes, the Technical Secretariat will decide how to proceed.}}',
    pt: '{who, select, secretariat {A solicitação permanecerá aberta até que a Secretaria Técnica a responda ou decida de outra forma.} ministry {A solicitação permanecerá aberta até que a resposta seja recebida; se ela não chegar, avisaremos o ponto focal de sua instituição e, por último, a Secretaria Técnica decidirá como proceder.} other {A solicitação permanecerá aberta até que a resposta seja recebida; se ela não chegar, a Secretaria Técnica decidirá como proceder.}}',
    fr: '{who, select, secretariat {La demande reste ouverte jusqu’à ce que le Secrétariat technique y réponde ou en décide autrement.} ministry {La demande reste ouverte jusqu’à la réception de la réponse\u00a0; à défaut, nous en informerons le point focal de votre institution et, en dernier lieu, le Secrétariat technique décidera de la suite à donner.} other {La demande reste ouverte jusqu’à la réception de la réponse\u00a0; à défaut, le Secrétariat technique décidera de la suite à donner.}}',
  },
  noApproval: {
    es: 'La falta de respuesta nunca equivale a una aprobación.',
    en: 'The lack of an answer never counts as approval.',
    pt: 'A falta de resposta nunca equivale a uma aprovação.',
    fr: 'L’absence de réponse ne vaut jamais approbation.',
  },

  /** Why a request comes to somebody who was not asked at first. */
  'handed-over': {
    es: '{name, select, none {Una persona de su institución} other {{name}}} le ha trasladado esta solicitud para que usted la responda.',
    en: '{name, select, none {A colleague from your institution} other {{name}}} has passed this request on to you for your answer.',
    pt: '{name, select, none {Uma pessoa de sua instituição} other {{name}}} encaminhou-lhe esta solicitação para que a responda.',
    fr: '{name, select, none {Une personne de votre institution} other {{name}}} vous a transmis cette demande pour que vous y répondiez.',
  },
  absent: {
    es: '{name, select, none {Durante la ausencia de una persona de su institución} other {Durante la ausencia de {name}}}, le corresponde a usted responder esta solicitud en su lugar.',
    en: '{name, select, none {A colleague from your institution} other {{name}}} is away; it falls to you to answer this request in their place.',
    pt: '{name, select, none {Durante a ausência de uma pessoa de sua instituição} other {Durante a ausência de {name}}}, cabe-lhe responder a esta solicitação em seu lugar.',
    fr: '{name, select, none {Une personne de votre institution} other {{name}}} n’est pas disponible actuellement\u00a0; il vous revient de répondre à cette demande à sa place.',
  },
  replaced: {
    es: 'Usted participa en la cooperación en lugar de {name, select, none {otra persona de su institución} other {{name}}}; por ello le corresponde responder esta solicitud.',
    en: 'You take part in the cooperation in place of {name, select, none {a colleague from your institution} other {{name}}}, and it therefore falls to you to answer this request.',
    pt: 'Sua participação na cooperação se dá em lugar de {name, select, none {outra pessoa de sua instituição} other {{name}}}; por isso, cabe-lhe responder a esta solicitação.',
    fr: 'Vous succédez à {name, select, none {une autre personne de votre institution} other {{name}}} dans la coopération\u00a0; il vous revient donc de répondre à cette demande.',
  },
  reassigned: {
    es: 'Por decisión de la Secretaría Técnica, esta solicitud, dirigida antes a {name, select, none {otra institución} secretariat {la propia Secretaría} other {{name}}}, corresponde ahora a {who, select, ministry {su institución} secretariat {la propia Secretaría} other {usted}}.',
    en: 'By decision of the Technical Secretariat, this request, addressed earlier to {name, select, none {another institution} secretariat {the Secretariat itself} other {{name}}}, now falls to {who, select, ministry {your institution} secretariat {the Secretariat itself} other {you}}.',
    pt: 'Por decisão da Secretaria Técnica, esta solicitação, antes dirigida {name, select, none {a outra instituição} secretariat {à própria Secretaria} other {a {name}}}, cabe agora {who, select, ministry {à sua instituição} secretariat {à própria Secretaria} other {ao(à) consultor(a)}}.',
    fr: 'Par décision du Secrétariat technique, cette demande, adressée auparavant {name, select, none {à une autre institution} secretariat {au Secrétariat lui-même} other {à {name}}}, {who, select, ministry {revient désormais à votre institution} secretariat {revient désormais au Secrétariat lui-même} other {vous revient désormais}}.',
  },

  /** Why dates are asked about once more. */
  'none-suited': {
    es: 'Ninguna de las fechas propuestas anteriormente resultó posible para todas las delegaciones; por ello proponemos otras.',
    en: 'None of the dates proposed earlier suited all delegations; we therefore propose others.',
    pt: 'Nenhuma das datas propostas anteriormente foi possível para todas as delegações; por isso, propomos outras.',
    fr: 'Aucune des dates proposées précédemment ne convenait à toutes les délégations\u00a0; nous en proposons donc d’autres.',
  },
  'not-held': {
    es: 'La sesión no se realizó en la fecha prevista; por ello proponemos nuevas fechas.',
    en: 'The session was not held on the date planned; we therefore propose new dates.',
    pt: 'A sessão não foi realizada na data prevista; por isso, propomos novas datas.',
    fr: 'La séance n’a pas eu lieu à la date prévue\u00a0; nous proposons donc de nouvelles dates.',
  },
  newDatesAsked: {
    es: 'La Secretaría Técnica propone nuevas fechas, que reemplazan las anteriores.',
    en: 'The Technical Secretariat proposes new dates, which replace the earlier ones.',
    pt: 'A Secretaria Técnica propõe novas datas, que substituem as anteriores.',
    fr: 'Le Secrétariat technique propose de nouvelles dates, qui remplacent les précédentes.',
  },
  /** The Secretariat has to find a date by itself; in place of the request's usual lead. */
  windowRanOut: {
    es: '{why, select, time {El período previsto para la {n}.ª sesión de cooperación concluyó sin que se fijara una fecha.} other {Ninguna de las fechas del período previsto para la {n}.ª sesión de cooperación resultó posible para todas las delegaciones.}} Le pedimos que, {behalf}, fije la fecha y la hora, que pueden ser posteriores a ese período, en consulta con las delegaciones. Una vez confirmadas, se enviará la invitación a quienes participan.',
    en: '{why, select, time {The period planned for cooperation session {n} ended before a date was set.} other {None of the dates in the period planned for cooperation session {n} suited all delegations.}} We ask you to set, {behalf}, the date and time, which may lie after that period, in consultation with the delegations. Once they are confirmed, the invitation will be sent to all participants.',
    pt: '{why, select, time {O período previsto para a {n}ª sessão de cooperação terminou sem que uma data fosse definida.} other {Nenhuma das datas do período previsto para a {n}ª sessão de cooperação foi possível para todas as delegações.}} Solicitamos que, {behalf}, defina a data e a hora, que podem ser posteriores a esse período, em consulta com as delegações. Uma vez confirmadas, o convite será enviado a todos os participantes.',
    fr: '{why, select, time {La période prévue pour la séance de coopération n°\u00a0{n} s’est achevée sans qu’une date ait été fixée.} other {Aucune des dates de la période prévue pour la séance de coopération n°\u00a0{n} ne convenait à toutes les délégations.}} Nous vous prions de bien vouloir fixer, {behalf}, la date et l’heure, qui peuvent être postérieures à cette période, en concertation avec les délégations. L’invitation sera ensuite envoyée à tous les participants.',
  },
} as const satisfies Catalogue & Record<RequestKind, Translated>;

/** The number in the request's label: of its session or question, else the version under review. */
function numberOf({ request, details }: RequestNotice): string {
  const step = kinds[request.kind].step;
  const known = step === 'sessions' ? details.sessions?.[0]?.number : details.question?.number;
  return String(details.n ?? known ?? request.round);
}

/** "Aprobar los contenidos del programa (versión 1)". */
export const labelOf = (notice: RequestNotice, { language }: Context): string =>
  filled(REQUEST_LABELS[notice.request.kind][language], Number(numberOf(notice)));

/** What is asked exactly, and in whose name; before it, why it is asked once more. */
export function leadOf(notice: RequestNotice, context: Context): string {
  const { language, cooperation } = context;
  const say = speaker(TEXTS, language);
  const { newSlots, windowRanOut, question, reasons } = notice.details;
  const lead = say(windowRanOut ? 'windowRanOut' : notice.request.kind, {
    behalf: say('behalf', { who: capacityOf(context), label: notice.onBehalfOf }),
    n: numberOf(notice),
    from: question?.from ?? '—',
    again: reasons?.length ? 'yes' : 'no',
    requesting: countryNames(cooperation.requesting, language),
    providing: countryNames(cooperation.providing, language),
    why: windowRanOut ?? 'none',
  });
  if (!newSlots) return lead;
  return `${say(newSlots.because === 'asked' ? 'newDatesAsked' : newSlots.because)} ${lead}`;
}

/** By when, of whom, about what: the lines that are read first. */
export function factsOf(notice: RequestNotice, context: Context): Block {
  const { language, clock } = context;
  const say = speaker(TEXTS, language);
  const { request, asked, details, link } = notice;
  const { coordination, sessions } = details;
  // A request about one session shows when that is; the others list their sessions further down.
  const [session] = kinds[request.kind].step === 'sessions' ? (sessions ?? []) : [];
  const rows: Fact[] = [deadlineFact(request.dueAt, context)];
  if (asked.length > 1)
    rows.push({
      label: say('asked'),
      value: say('askedEach', { institutions: joined(asked, language) }),
    });
  if (coordination)
    rows.push({ label: say('meeting'), value: momentOf(coordination.startsAt, clock, coordination.endsAt) });
  if (session)
    rows.push({ label: sessionName(session.number, language), value: sessionDate(session, clock) });
  if (!link) rows.push({ label: say('code'), value: request.id });
  return { block: 'facts', rows };
}

const slotLines = (slots: readonly SlotLine[], { language, clock }: Context): Block => {
  const say = speaker(TEXTS, language);
  const colon = language === 'fr' ? '\u00a0: ' : ': ';
  const items = slots.map(({ startsAt, endsAt, marks = [] }) => ({
    text: momentOf(startsAt, clock, endsAt),
    ...(marks.length > 0 && {
      note: marks.map(({ institution, mark }) => institution + colon + say(mark)).join(' · '),
    }),
  }));
  return { block: 'list', numbered: true, items };
};

/** What the reader has to have before their eyes to answer. */
export function matter({ details }: RequestNotice, context: Context): Block[] {
  const say = speaker(TEXTS, context.language);
  const { question, slots = [], reasons = [], trouble, newSlots } = details;
  return [
    ...reasonBlocks(newSlots?.reason, context),
    ...when(trouble, { block: 'heading', text: say('trouble') }, { block: 'quote', text: trouble ?? '' }),
    ...(question
      ? ([
          { block: 'heading', text: say('question', { n: String(question.number), from: question.from }) },
          { block: 'quote', text: question.text },
        ] satisfies Block[])
      : []),
    ...reasons.flatMap(({ institution, reason }): Block[] => [
      { block: 'heading', text: say('reasons', { institution }) },
      { block: 'quote', text: reason },
    ]),
    ...when(slots.length > 0, { block: 'heading', text: say('slots') }, slotLines(slots, context)),
  ];
}

/** What to write in a reply, where the answer is a choice or comes with files. */
function hintOf(kind: RequestKind): keyof typeof TEXTS | undefined {
  const decisions = decisionsOf(kind);
  if (kind === 'receive-report') return 'replyAccept';
  if (decisions.includes('approve')) return 'replyApprove';
  if (decisions.includes('marks')) return 'replyMarks';
  return decisions.includes('submit') || kind === 'send-documents' ? 'replyAttach' : undefined;
}

/** How to answer: one button, or else by replying. */
function answering({ request, details, link }: RequestNotice, context: Context): Block[] {
  const say = speaker(TEXTS, context.language);
  const instead = when(request.kind === 'confirm-date' && !details.windowRanOut, {
    block: 'paragraph',
    text: say('staffNewDates'),
  });
  if (link) return [...instead, { block: 'button', label: say('button'), url: link }];
  if (capacityOf(context) === 'secretariat')
    return [...instead, { block: 'paragraph', text: say('replyStaff') }];
  const key = hintOf(request.kind);
  const hint = key ? say(key) : '';
  return [...instead, { block: 'paragraph', text: `${say('reply')} ${hint}`.trim() }];
}

/** Who else may answer. */
function colleaguesOf({ colleagues, link }: RequestNotice, context: Context): Block[] {
  const { language } = context;
  const staff = capacityOf(context) === 'secretariat' ? 'yes' : 'no';
  return when(colleagues.length > 0, {
    block: 'paragraph',
    text: speaker(TEXTS, language)(link ? 'colleaguesOnPage' : 'colleagues', {
      staff,
      count: colleagues.length,
      names: joined(colleagues, language, 'or'),
    }),
  });
}

/** Whether an answer may be an approval: then it is said that silence is none. */
export const isApproval = ({ request }: RequestNotice): boolean => {
  const decisions = decisionsOf(request.kind);
  return decisions.includes('approve');
};

const isAhead = (instant: string | undefined, { clock }: Context): instant is string =>
  instant !== undefined && Date.parse(instant) > Date.parse(clock.now);

/** What happens if nobody answers: who hears of it next, and when. */
function otherwise(notice: RequestNotice, context: Context): string {
  const say = speaker(TEXTS, context.language);
  const { nextReminderAt, nextReminderLevel = 'delegates' } = notice;
  const who = capacityOf(context);
  if (!isAhead(nextReminderAt, context)) return say('otherwiseOpen', { who });
  const on = onDay(nextReminderAt, context);
  if (nextReminderLevel === 'delegates' || who === 'secretariat') return say('otherwise', { who, on });
  return nextReminderLevel === 'focal-point' && who === 'ministry'
    ? say('otherwiseFocalPoint', { on })
    : say('otherwiseSecretariat', { on, dated: 'yes' });
}

/** The same to a focal point, after whom the Secretariat is told. */
export function otherwiseSecretariat({ nextReminderAt }: RequestNotice, context: Context): string {
  const ahead = isAhead(nextReminderAt, context);
  return speaker(TEXTS, context.language)('otherwiseSecretariat', {
    on: ahead ? onDay(nextReminderAt, context) : '—',
    dated: ahead ? 'yes' : 'no',
  });
}

/** What may be read at leisure: the contents proposed, the documents concerned. */
function enclosed({ request, details }: RequestNotice, context: Context): Block[] {
  const { language } = context;
  const { sessions = [], documents = [] } = details;
  const step = kinds[request.kind].step;
  const [session] = sessions;
  const listed: Block[] =
    step === 'sessions' && session
      ? contentsOf(session, context)
      : sessionBlocks(
          sessions,
          context,
          step === 'coordination' ? speaker(TEXTS, language)('sessions') : undefined,
        );
  return [...documentBlocks(documents, context), ...listed];
}

/**
 * All of a request below its first paragraphs, for the request itself and whatever repeats it. `next` says what
 * happens if nobody answers, where that is not what a delegate is told.
 */
export const bodyOf = (
  notice: RequestNotice,
  context: Context,
  next: string = otherwise(notice, context),
): Block[] => [
  factsOf(notice, context),
  ...matter(notice, context),
  ...answering(notice, context),
  ...colleaguesOf(notice, context),
  {
    block: 'paragraph',
    text: isApproval(notice) ? `${next} ${speaker(TEXTS, context.language)('noApproval')}` : next,
  },
  ...enclosed(notice, context),
];

/** "hasta el viernes 18 de junio": the end of a subject line. */
export function untilOf({ request: { dueAt } }: RequestNotice, { language, clock }: Context): string {
  const days = daysUntil(dueAt, clock);
  const key = days < 0 ? 'wasDue' : days === 0 ? 'untilToday' : 'until';
  return speaker(TEXTS, language)(key, { day: dayOf(dueAt, clock) });
}

export function request(notice: Extract<Notice, { notice: 'request' }>, context: Context): Letter {
  const { language, clock } = context;
  const say = speaker(TEXTS, language);
  const lead = leadOf(notice, context);
  const { dueAt } = notice.request;
  const { passed } = notice;
  const from = passed?.name === context.cooperation.secretariat.acronym ? 'secretariat' : passed?.name;
  const whyYou = passed && say(passed.how, { name: from ?? 'none', who: capacityOf(context) });
  return letter(context, {
    subject: say('subject', {
      tag: say('tag'),
      what: labelOf(notice, context),
      until: untilOf(notice, context),
    }),
    preview: whyYou ?? lead,
    blocks: [
      ...when(whyYou, { block: 'paragraph', text: whyYou ?? '' }, ...reasonBlocks(passed?.reason, context)),
      { block: 'paragraph', text: lead },
      ...when(daysUntil(dueAt, clock) < 0, {
        block: 'paragraph',
        text: say('askedLate', { day: dayOf(dueAt, clock) }),
      }),
      ...bodyOf(notice, context),
    ],
  });
}
