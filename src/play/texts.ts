import type { Translated } from '../domain/language.ts';

/** What the scripted delegates write, and what the story says of it. */

export type Lines = {
  minutes: string;
  output: string;
  question: string;
  answer: string;
  documentTitle: string;
  document: string;
  complement: string;
  revised: string;
  consultant: string;
  asks: string;
  decisions: Record<'approve' | 'changes' | 'done' | 'not-held' | 'submit' | 'marks' | 'date', string>;
  writes: string;
  shares: string;
  closed: string;
  sent: string;
  mails: string;
};

export const LINES: Translated<Lines> = {
  es: {
    minutes:
      'Reunión celebrada según lo previsto. Se presentaron los contenidos acordados y las delegaciones intercambiaron preguntas y propuestas.',
    output: 'Aportes y propuestas de las delegaciones, por escrito.',
    question: '¿Cómo se financia la experiencia presentada, y qué norma la respalda?',
    answer: 'Con presupuesto anual del Ministerio, al amparo de la norma que figura en el documento enviado.',
    documentTitle: 'Documento informativo',
    document: 'Información pertinente para los objetivos de la cooperación.',
    complement: 'Complemento de la institución que aporta la experiencia.',
    revised: 'Se atendieron los cambios solicitados.',
    consultant: 'Consultor(a) de la RIAL',
    asks: 'pregunta a {to}',
    decisions: {
      approve: 'aprueba',
      changes: 'pide cambios',
      done: 'responde',
      'not-held': 'indica que no se realizó',
      submit: 'entrega un documento',
      marks: 'indica sus fechas',
      date: 'confirma la fecha',
    },
    writes: 'escribe a',
    shares: 'envía un documento',
    closed: 'El Informe Final fue recibido. La cooperación ha concluido.',
    sent: '{n} correos enviados en {seconds} s; {refused} rechazados. Por persona:',
    mails: 'correos',
  },
  en: {
    minutes:
      'Held as planned. The agreed contents were presented, and the delegations exchanged questions and proposals.',
    output: 'Contributions and proposals of the delegations, in writing.',
    question: 'How is the experience that was presented financed, and which rule supports it?',
    answer: 'From the annual budget of the Ministry, under the rule in the document that was sent.',
    documentTitle: 'Information paper',
    document: 'Information relevant to the objectives of the cooperation.',
    complement: 'Complement by the institution that provides the experience.',
    revised: 'The changes that were asked for have been made.',
    consultant: 'RIAL consultant',
    asks: 'asks {to} a question',
    decisions: {
      approve: 'approves',
      changes: 'asks for changes',
      done: 'answers',
      'not-held': 'says it was not held',
      submit: 'hands in a document',
      marks: 'says which dates suit',
      date: 'confirms the date',
    },
    writes: 'writes to',
    shares: 'sends a document',
    closed: 'The Final Report has been received. The cooperation is complete.',
    sent: '{n} mails sent in {seconds} s; {refused} refused. For each person:',
    mails: 'mails',
  },
  pt: {
    minutes:
      'Reunião realizada como previsto. Os conteúdos acordados foram apresentados e as delegações trocaram perguntas e propostas.',
    output: 'Contribuições e propostas das delegações, por escrito.',
    question: 'Como se financia a experiência apresentada e que norma a respalda?',
    answer: 'Com o orçamento anual do Ministério, ao amparo da norma que consta do documento enviado.',
    documentTitle: 'Documento informativo',
    document: 'Informações pertinentes aos objetivos da cooperação.',
    complement: 'Complemento da instituição que oferece a experiência.',
    revised: 'As alterações solicitadas foram feitas.',
    consultant: 'Consultor(a) da RIAL',
    asks: 'faz uma pergunta a {to}',
    decisions: {
      approve: 'aprova',
      changes: 'pede alterações',
      done: 'responde',
      'not-held': 'informa que não se realizou',
      submit: 'entrega um documento',
      marks: 'indica suas datas',
      date: 'confirma a data',
    },
    writes: 'escreve a',
    shares: 'envia um documento',
    closed: 'O Relatório Final foi recebido. A cooperação foi concluída.',
    sent: '{n} e-mails enviados em {seconds} s; {refused} recusados. Por pessoa:',
    mails: 'e-mails',
  },
  fr: {
    minutes:
      'Réunion tenue comme prévu. Le contenu convenu a été présenté et les délégations ont échangé questions et propositions.',
    output: 'Contributions et propositions des délégations, par écrit.',
    question: 'Comment l’expérience présentée est-elle financée, et quelle norme la soutient ?',
    answer: 'Par le budget annuel du Ministère, en vertu de la norme citée dans le document envoyé.',
    documentTitle: 'Document d’information',
    document: 'Informations utiles aux objectifs de la coopération.',
    complement: 'Complément de l’institution qui apporte l’expérience.',
    revised: 'Les modifications demandées ont été apportées.',
    consultant: 'Consultant(e) du RIAL',
    asks: 'pose une question à {to}',
    decisions: {
      approve: 'approuve',
      changes: 'demande des modifications',
      done: 'répond',
      'not-held': 'indique que la séance n’a pas eu lieu',
      submit: 'remet un document',
      marks: 'indique ses disponibilités',
      date: 'confirme la date',
    },
    writes: 'écrit à',
    shares: 'envoie un document',
    closed: 'Le rapport final a été reçu. La coopération est terminée.',
    sent: '{n} courriels envoyés en {seconds} s ; {refused} refusés. Par personne :',
    mails: 'courriels',
  },
};
