import type { Language } from '../../../domain/language.ts';
import { LONGEST_SESSION_HOURS, ROLES } from '../../../domain/programme.ts';
import { type Catalogue, speaker as speakerOf } from '../../../mail/catalogue.ts';
import { mistakeText } from '../../../wording/fileMistakes.ts';
import { speaker } from '../../../words/speaker.ts';

/**
 * What is wrong, in the words of a form. The check of programme files speaks to whoever writes the file, of its keys
 * and dashes; here the same is said to whoever fills in fields, in their language. A message that is not known here is
 * said as of a file.
 */

const SAID = {
  code: {
    es: 'Escriba solo minúsculas, cifras y guiones, como 14-per-chl',
    en: 'Write lower-case letters, digits and hyphens alone, such as 14-per-chl',
    pt: 'Escreva apenas minúsculas, algarismos e hifens, como 14-per-chl',
    fr: 'N’écrivez que des minuscules, des chiffres et des traits d’union, comme 14-per-chl',
  },
  date: {
    es: 'Escriba la fecha como año-mes-día, por ejemplo 2021-07-14',
    en: 'Write the date as year-month-day, for example 2021-07-14',
    pt: 'Escreva a data como ano-mês-dia, por exemplo 2021-07-14',
    fr: 'Écrivez la date sous la forme année-mois-jour, par exemple 2021-07-14',
  },
  noDate: {
    es: 'Esta fecha no existe en el calendario',
    en: 'This date is not in the calendar',
    pt: 'Esta data não existe no calendário',
    fr: 'Cette date n’existe pas dans le calendrier',
  },
  time: {
    es: 'Escriba la hora en 24 horas, por ejemplo 10:00',
    en: 'Write the time in 24 hours, for example 10:00',
    pt: 'Escreva a hora em 24 horas, por exemplo 10:00',
    fr: 'Écrivez l’heure sur 24 heures, par exemple 10:00',
  },
  choose: {
    es: 'Elija una de las opciones que se ofrecen',
    en: 'Choose one of those offered',
    pt: 'Escolha uma das opções oferecidas',
    fr: 'Choisissez l’une des options proposées',
  },
  longest: {
    es: 'Una sesión dura {most} horas como máximo',
    en: 'A session lasts {most} hours at most',
    pt: 'Uma sessão dura no máximo {most} horas',
    fr: 'Une séance dure {most} heures au plus',
  },
  insecure: {
    es: 'El enlace debe comenzar con https://',
    en: 'The link has to begin with https://',
    pt: 'O link deve começar com https://',
    fr: 'Le lien doit commencer par https://',
  },
  link: {
    es: 'Escriba el enlace completo, por ejemplo https://zoom.us/j/1234567890',
    en: 'Write the whole link, for example https://zoom.us/j/1234567890',
    pt: 'Escreva o link completo, por exemplo https://zoom.us/j/1234567890',
    fr: 'Écrivez le lien complet, par exemple https://zoom.us/j/1234567890',
  },
  email: {
    es: 'Escriba una dirección de correo completa, por ejemplo ana.perez@ministerio.example',
    en: 'Write a whole mail address, for example ana.perez@ministry.example',
    pt: 'Escreva um endereço de e-mail completo, por exemplo ana.perez@ministerio.example',
    fr: 'Écrivez une adresse électronique complète, par exemple ana.perez@ministere.example',
  },
  oneLine: {
    es: 'Escríbalo en un solo renglón',
    en: 'Write it in one line',
    pt: 'Escreva em uma só linha',
    fr: 'Écrivez-le sur une seule ligne',
  },
  number: { es: 'Escriba un número', en: 'Write a number', pt: 'Escreva um número', fr: 'Écrivez un nombre' },
  whole: {
    es: 'Escriba un número entero',
    en: 'Write a whole number',
    pt: 'Escreva um número inteiro',
    fr: 'Écrivez un nombre entier',
  },
  above: {
    es: 'Escriba un número mayor que {n}',
    en: 'Write a number above {n}',
    pt: 'Escreva um número maior que {n}',
    fr: 'Écrivez un nombre supérieur à {n}',
  },
  least: {
    es: 'Escriba {n} o más',
    en: 'Write {n} or more',
    pt: 'Escreva {n} ou mais',
    fr: 'Écrivez {n} ou plus',
  },
  most: {
    es: 'Escriba {n} o menos',
    en: 'Write {n} or less',
    pt: 'Escreva {n} ou menos',
    fr: 'Écrivez {n} ou moins',
  },
  long: {
    es: 'Es demasiado largo: {n} caracteres como máximo',
    en: 'This is too long: {n} characters at most',
    pt: 'É longo demais: no máximo {n} caracteres',
    fr: 'C’est trop long\u00a0: {n} caractères au plus',
  },
  codeTaken: {
    es: 'Otra institución tiene ya este código ({id}); escriba aquí otro',
    en: 'Another institution has this code already ({id}); write another one here',
    pt: 'Outra instituição já tem este código ({id}); escreva outro aqui',
    fr: 'Une autre institution a déjà ce code ({id})\u00a0; indiquez-en un autre ici',
  },
  reserved: {
    es: 'Este código se reserva para el consultor o la consultora; escriba otro',
    en: 'This code is kept for the consultant; write another one',
    pt: 'Este código é reservado ao consultor ou à consultora; escreva outro',
    fr: 'Ce code est réservé au consultant ou à la consultante\u00a0; indiquez-en un autre',
  },
  noRole: {
    es: 'Falta una institución con este papel: {role}',
    en: 'No institution has this role: {role}',
    pt: 'Falta uma instituição com este papel: {role}',
    fr: 'Il manque une institution ayant ce rôle\u00a0: {role}',
  },
  oneSecretariat: {
    es: 'Solo una institución puede ser la Secretaría Técnica',
    en: 'Only one institution can be the Technical Secretariat',
    pt: 'Apenas uma instituição pode ser a Secretaria Técnica',
    fr: 'Une seule institution peut être le Secrétariat technique',
  },
  nobody: {
    es: 'Nadie responde por esta institución; agregue al menos una persona en «Delegaciones»',
    en: 'Nobody answers for this institution; add at least one person under “Delegations”',
    pt: 'Ninguém responde por esta instituição; adicione ao menos uma pessoa em “Delegações”',
    fr: 'Personne ne répond pour cette institution\u00a0; ajoutez au moins une personne dans «\u00a0Délégations\u00a0»',
  },
  twice: {
    es: 'Figura dos veces; deje una sola',
    en: 'This is listed twice; keep one',
    pt: 'Consta duas vezes; deixe apenas uma',
    fr: 'Figure deux fois\u00a0; n’en gardez qu’une',
  },
  addressTaken: {
    es: 'Ya es la dirección de {name}; cada persona necesita una propia',
    en: 'It is the address of {name} already; each person needs their own',
    pt: 'Já é o endereço de {name}; cada pessoa precisa de um próprio',
    fr: 'C’est déjà l’adresse de {name}\u00a0; chaque personne doit avoir la sienne',
  },
  somebody: {
    es: 'Ya es la dirección de otra persona; cada una necesita una propia',
    en: 'It is somebody else’s address already; each person needs their own',
    pt: 'Já é o endereço de outra pessoa; cada uma precisa de um próprio',
    fr: 'C’est déjà l’adresse de quelqu’un d’autre\u00a0; chaque personne doit avoir la sienne',
  },
  personTwice: {
    es: '{name} ya figura con esta dirección; deje una sola entrada',
    en: '{name} is listed with this address already; keep one entry',
    pt: '{name} já consta com este endereço; deixe apenas um registro',
    fr: '{name} figure déjà avec cette adresse\u00a0; ne gardez qu’une entrée',
  },
  both: {
    es: 'Indique la fecha o los días entre los que se acordará, no ambos',
    en: 'Give either the date or the days between which it will be agreed, not both',
    pt: 'Indique a data ou os dias entre os quais será acordada, não ambos',
    fr: 'Indiquez soit la date, soit les jours entre lesquels elle sera convenue, pas les deux',
  },
  when: {
    es: 'Indique la fecha y la hora o, si aún no se conocen, los días entre los que se acordarán',
    en: 'Give the date and the time or, where they are not known yet, the days between which they will be agreed',
    pt: 'Indique a data e a hora ou, se ainda não se conhecem, os dias entre os quais serão acordadas',
    fr: 'Indiquez la date et l’heure ou, si elles ne sont pas encore connues, les jours entre lesquels elles seront convenues',
  },
  noStart: {
    es: 'Indique la hora de inicio de la sesión',
    en: 'Give the time at which the session starts',
    pt: 'Indique a hora de início da sessão',
    fr: 'Indiquez l’heure de début de la séance',
  },
  noTime: {
    es: 'Sin fecha no hay hora: déjela en blanco; se acordará con la fecha',
    en: 'Without a date there is no time: leave it blank; it will be agreed with the date',
    pt: 'Sem data não há hora: deixe em branco; será acordada com a data',
    fr: 'Sans date, pas d’heure\u00a0: laissez vide\u00a0; elle sera convenue avec la date',
  },
  windowEnds: {
    es: 'El último día es anterior al primero',
    en: 'The last day is earlier than the first',
    pt: 'O último dia é anterior ao primeiro',
    fr: 'Le dernier jour est antérieur au premier',
  },
  beforeMeeting: {
    es: 'Es anterior a la reunión de coordinación ({date})',
    en: 'It is earlier than the coordination meeting ({date})',
    pt: 'É anterior à reunião de coordenação ({date})',
    fr: 'Cette date est antérieure à la réunion de coordination ({date})',
  },
  beforeSession: {
    es: 'Es anterior a la {n}.ª sesión ({date}); ponga las sesiones en su orden',
    en: 'It is earlier than session {n} ({date}); put the sessions in their order',
    pt: 'É anterior à {n}ª sessão ({date}); coloque as sessões em sua ordem',
    fr: 'Cette date est antérieure à la séance {n} ({date})\u00a0; mettez les séances dans leur ordre',
  },
  nowhere: {
    es: 'Indique un enlace o un lugar, en esta sesión o para todas',
    en: 'Give a link or a place, in this session or for all of them',
    pt: 'Indique um link ou um local, nesta sessão ou para todas',
    fr: 'Indiquez un lien ou un lieu, pour cette séance ou pour toutes',
  },
  size: {
    es: 'El programa supera 1 MB; acorte sus textos',
    en: 'The programme is larger than 1 MB; shorten its texts',
    pt: 'O programa ultrapassa 1 MB; encurte seus textos',
    fr: 'Le programme dépasse 1 Mo\u00a0; raccourcissez ses textes',
  },
} as const satisfies Catalogue;

/** The first that a message is of says it, with the values that it names. */
const KNOWN: readonly (readonly [RegExp, keyof typeof SAID])[] = [
  [/ is not written as a code; /, 'code'],
  [/ is not written as a date; /, 'date'],
  [/ does not exist: .* write a date that exists$/, 'noDate'],
  [/ is not a time of day; /, 'time'],
  [
    /^there is no time zone | is no country; | is not one of the words for this; | is no listed institution; /,
    'choose',
  ],
  [/ hours are more than a session may last; /, 'longest'],
  [/ is not a secure link; /, 'insecure'],
  [/ is not a link; /, 'link'],
  [/ is not a mail address; /, 'email'],
  [/^this has to be one line; /, 'oneLine'],
  [/ is no whole number; /, 'whole'],
  [/ is no number; /, 'number'],
  [/ is too little; write a number above (?<n>\d+)$/, 'above'],
  [/ is too little; write (?<n>\d+) or more$/, 'least'],
  [/ is too much; write (?<n>[\d.]+) or less$/, 'most'],
  [/^this is \d+ characters long; write (?<n>\d+) at most$/, 'long'],
  [/^"(?<id>.*)" is listed twice; give each institution its own id$/, 'codeTaken'],
  [/ is kept for the consultant; /, 'reserved'],
  [/^no institution has the role "(?<role>.+)"; /, 'noRole'],
  [/^there is a secretariat already; /, 'oneSecretariat'],
  [/ has no participant, so nobody could answer for it; /, 'nobody'],
  [/ is listed twice; keep one entry$/, 'twice'],
  [/ is the address of somebody else already; /, 'somebody'],
  [/ is the address of (?<name>.+) already; each person /, 'addressTaken'],
  [/^(?<name>.+) is listed twice with /, 'personTwice'],
  [/^a session has either a date or a window; /, 'both'],
  [/^session \d+ needs a date with the time it starts, or a window; /, 'when'],
  [/^a session with a date needs the time it starts; /, 'noStart'],
  [/^only a session with a date has a time; /, 'noTime'],
  [/^the window ends \(/, 'windowEnds'],
  [/ is earlier than the coordination meeting \((?<date>[\d-]+)\); /, 'beforeMeeting'],
  [/ is earlier than session (?<n>\d+) \((?<date>[\d-]+)\); /, 'beforeSession'],
  [/^session \d+ has neither a link nor a place; /, 'nowhere'],
  [/ is larger than 1 MB; /, 'size'],
];

const dayOf = (date: string, language: Language): string =>
  new Date(date).toLocaleDateString(language === 'en' ? 'en-GB' : language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });

/** A message of the check, as the form says it, and the field beside its own that is to be filled, if another is. */
export function said(message: string, language: Language): { message: string; beside?: 'starts' } {
  for (const [pattern, key] of KNOWN) {
    const found = pattern.exec(message);
    if (!found) continue;
    const { date, role, ...values } = found.groups ?? {};
    const named = ROLES.find((one) => one === role);
    return {
      message: speakerOf(SAID, language)(key, {
        ...values,
        most: LONGEST_SESSION_HOURS.toLocaleString(language),
        ...(date && { date: dayOf(date, language) }),
        ...(named && { role: speaker('form.fields', language)(named) }),
      }),
      ...(key === 'noStart' && { beside: 'starts' }),
    };
  }
  return { message: mistakeText(message, language) ?? message };
}
