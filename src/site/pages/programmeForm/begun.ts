import { dateIn } from '../../../domain/dates.ts';
import type { Language } from '../../../domain/language.ts';
import { STEP_LABELS } from '../../../domain/vocabulary.ts';
import { type Catalogue, speaker } from '../../../mail/catalogue.ts';
import { WHOLE } from './fields.ts';
import { blankOf, type Entry } from './written.ts';

/** A programme nobody has written in yet: with what most programmes have in common, for the officer to change. */

const COMMON = {
  frame: {
    es: 'En el marco de la Red Interamericana para la Administración Laboral (RIAL)',
    en: 'Within the Inter-American Network for Labor Administration (RIAL)',
    pt: 'No âmbito da Rede Interamericana para a Administração do Trabalho (RIAL)',
    fr: 'Dans le cadre du Réseau interaméricain pour l’administration du travail (RIAL)',
  },
  oas: {
    es: 'Organización de los Estados Americanos',
    en: 'Organization of American States',
    pt: 'Organização dos Estados Americanos',
    fr: 'Organisation des États Américains',
  },
  acronym: { es: 'OEA', en: 'OAS', pt: 'OEA', fr: 'OEA' },
  objectives: {
    es: 'En la reunión de coordinación se definieron los siguientes objetivos de la cooperación:',
    en: 'At the coordination meeting the following objectives of the cooperation were defined:',
    pt: 'Na reunião de coordenação foram definidos os seguintes objetivos da cooperação:',
    fr: 'Lors de la réunion de coordination, les objectifs suivants de la coopération ont été définis\u00a0:',
  },
  contents: {
    es: 'En la reunión de coordinación se acordó que las sesiones de cooperación tendrán los siguientes contenidos:',
    en: 'At the coordination meeting it was agreed that the cooperation sessions will have the following contents:',
    pt: 'Na reunião de coordenação acordou-se que as sessões de cooperação terão os seguintes conteúdos:',
    fr: 'Lors de la réunion de coordination, il a été convenu que les séances de coopération auront le contenu suivant\u00a0:',
  },
  methodology: {
    es: 'El intercambio se realizará siguiendo la metodología definida por la RIAL/OEA, que fue compartida con las delegaciones en la reunión de coordinación.',
    en: 'The exchange follows the methodology defined by RIAL/OAS, which was shared with the delegations at the coordination meeting.',
    pt: 'O intercâmbio seguirá a metodologia definida pela RIAL/OEA, que foi compartilhada com as delegações na reunião de coordenação.',
    fr: 'L’échange suivra la méthodologie définie par le RIAL/OEA, présentée aux délégations lors de la réunion de coordination.',
  },
  step1: {
    es: 'Las delegaciones y la OEA acuerdan los objetivos y los contenidos de cada sesión.',
    en: 'The delegations and the OAS agree the objectives and the contents of each session.',
    pt: 'As delegações e a OEA acordam os objetivos e os conteúdos de cada sessão.',
    fr: 'Les délégations et l’OEA conviennent des objectifs et du contenu de chaque séance.',
  },
  step2: {
    es: 'Cada institución enviará la información que considere pertinente para cumplir los objetivos de la cooperación. En el sitio de la cooperación, la OEA hará disponible esta información a las delegaciones a lo largo del intercambio.',
    en: 'Each institution sends the information it considers relevant to the objectives of the cooperation. The OAS makes it available to the delegations on the site of the cooperation throughout the exchange.',
    pt: 'Cada instituição enviará as informações que considerar pertinentes para cumprir os objetivos da cooperação. No site da cooperação, a OEA as disponibilizará às delegações ao longo do intercâmbio.',
    fr: 'Chaque institution enverra les informations qu’elle juge utiles aux objectifs de la coopération. L’OEA les mettra à la disposition des délégations sur le site de la coopération tout au long de l’échange.',
  },
  step3: {
    es: 'Sesiones de no más de 2,5 horas cada una.',
    en: 'Sessions of no more than 2.5 hours each.',
    pt: 'Sessões de no máximo 2,5 horas cada uma.',
    fr: 'Séances de 2,5 heures au plus chacune.',
  },
  step4: {
    es: 'La OEA, con apoyo de un consultor o una consultora, elaborará una ficha de sistematización de la experiencia, que destaque las principales áreas de oportunidad de la cooperación y facilite la transferencia crítica de la experiencia.',
    en: 'The OAS, with the support of a consultant, draws up a systematization sheet of the experience, which brings out the main opportunities of the cooperation and makes the experience easier to transfer critically.',
    pt: 'A OEA, com apoio de um consultor ou uma consultora, elaborará uma ficha de sistematização da experiência, que destaque as principais áreas de oportunidade da cooperação e facilite a transferência crítica da experiência.',
    fr: 'L’OEA, avec l’appui d’un consultant ou d’une consultante, rédigera une fiche de systématisation de l’expérience, qui met en valeur les principales possibilités de la coopération et facilite le transfert critique de l’expérience.',
  },
  step5: {
    es: 'La institución solicitante elaborará un Informe Final, que será complementado por la institución que aporta su experiencia antes de ser enviado a la Secretaría Técnica.',
    en: 'The requesting institution drafts a Final Report, which the institution that shares its experience complements before it is sent to the Technical Secretariat.',
    pt: 'A instituição solicitante elaborará um Relatório Final, que será complementado pela instituição que oferece a experiência antes de ser enviado à Secretaria Técnica.',
    fr: 'L’institution demandeuse rédigera un rapport final, que l’institution partageant son expérience complétera avant son envoi au Secrétariat technique.',
  },
} as const satisfies Catalogue;

/** Where the Technical Secretariat is. */
const WASHINGTON = 'America/New_York';

export function begun(language: Language, now: string): Entry {
  const say = speaker(COMMON, language);
  const [requesting, providing, secretariat] = ['#0', '#1', '#2'] as const;
  const blank = blankOf(WHOLE) as Entry;
  const [institution] = blank.institutions as [Entry];
  const [person] = blank.participants as [Entry];
  return {
    ...blank,
    language,
    modality: 'virtual',
    frame: say('frame'),
    dated: dateIn(now, WASHINGTON),
    institutions: [
      { ...institution, key: requesting, role: 'requesting' },
      { ...institution, key: providing, role: 'providing' },
      {
        ...institution,
        ...{
          key: secretariat,
          role: 'secretariat',
          name: say('oas'),
          acronym: say('acronym'),
          country: 'US',
        },
      },
    ],
    participants: [requesting, providing, secretariat].map((key) => ({ ...person, institution: key })),
    objectives: { ...(blank.objectives as Entry), introduction: say('objectives') },
    coordination: { ...(blank.coordination as Entry), timezone: WASHINGTON },
    contents: { introduction: say('contents') },
    methodology: {
      introduction: say('methodology'),
      coordination: { title: STEP_LABELS.coordination[language], text: say('step1') },
      documents: { title: STEP_LABELS.documents[language], text: say('step2') },
      sessions: { title: STEP_LABELS.sessions[language], text: say('step3') },
      systematization: { title: STEP_LABELS.systematization[language], text: say('step4') },
      finalReport: { title: STEP_LABELS['final-report'][language], text: say('step5') },
    },
    finalReport: { drafts: [requesting], complements: [providing], receives: secretariat },
  };
}
