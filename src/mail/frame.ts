import type { Language } from '../domain/language.ts';
import { countryName } from '../domain/party.ts';
import { type Block, type Letter, oneLine } from './blocks.ts';
import { type Catalogue, joined, type Speak, speaker } from './catalogue.ts';
import type { Clock } from './dates.ts';
import type { Access, CooperationHeading, Reader } from './notice.ts';

/** What is around every letter: who writes, to whom, about which cooperation. */

export const TEXTS = {
  network: { es: 'RIAL / OEA', en: 'RIAL / OAS', pt: 'RIAL / OEA', fr: 'RIAL / OEA' },
  cooperation: {
    es: 'Cooperación {pairing}',
    en: '{pairing} cooperation',
    pt: 'Cooperação {pairing}',
    fr: 'Coopération {pairing}',
  },
  // Salutations that an official would write to someone of whom they know the name alone.
  greeting: {
    es: 'Cordial saludo, {name}:',
    en: 'Dear {name},',
    pt: 'Prezado(a) {name},',
    fr: 'Madame, Monsieur,',
  },
  farewell: {
    es: 'Atentamente,',
    en: 'Yours sincerely,',
    pt: 'Atenciosamente,',
    fr: 'Veuillez agréer, Madame, Monsieur, nos salutations distinguées.',
  },
  secretariat: {
    es: 'Secretaría Técnica de la RIAL — {organization}',
    en: 'Technical Secretariat of RIAL — {organization}',
    pt: 'Secretaria Técnica da RIAL — {organization}',
    fr: 'Secrétariat technique du RIAL — {organization}',
  },
  organization: {
    es: 'Organización de los Estados Americanos',
    en: 'Organization of American States',
    pt: 'Organização dos Estados Americanos',
    fr: 'Organisation des États Américains',
  },
  call: {
    es: '{n}.ª Convocatoria RIAL, {year}',
    en: '{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} RIAL Call, {year}',
    pt: '{n}ª Convocatória RIAL, {year}',
    fr: '{n, plural, =1 {1er} other {#e}} appel du RIAL, {year}',
  },
  code: {
    es: 'Código de la cooperación: {id}',
    en: 'Code of the cooperation: {id}',
    pt: 'Código da cooperação: {id}',
    fr: 'Code de la coopération\u00a0: {id}',
  },
  site: {
    es: 'Sitio de la cooperación',
    en: 'Cooperation site',
    pt: 'Site da cooperação',
    fr: 'Site de la coopération',
  },
  accessCode: {
    es: 'Código para ingresar sin enlace: {code} · Cooperación {id}',
    en: 'Code to sign in without the link: {code} · Cooperation {id}',
    pt: 'Código para entrar sem o link: {code} · Cooperação {id}',
    fr: 'Code pour se connecter sans le lien\u00a0: {code} · Coopération {id}',
  },
} as const satisfies Catalogue;

/** What every notice is laid out with. */
export type Context = {
  language: Language;
  reader: Reader;
  cooperation: CooperationHeading;
  clock: Clock;
  /** "Perú–Chile". */
  pairing: string;
  access?: Access | undefined;
};

export function contextOf(
  reader: Reader,
  cooperation: CooperationHeading,
  now: string,
  access?: Access,
): Context {
  const { language, timeZone } = reader;
  const clock: Clock = { language, timeZone, others: cooperation.timeZones, now };
  return { language, reader, cooperation, clock, pairing: pairingOf(cooperation, language), access };
}

/** "Barbados y Jamaica": countries given by their ISO 3166 letters. */
export const countryNames = (countries: readonly string[], language: Language): string =>
  joined(
    countries.map((country) => countryName(country, language)),
    language,
  );

/** "Perú–Chile", and "Barbados y Jamaica – Chile" where a side has more than one country. */
export function pairingOf(
  { requesting, providing }: Pick<CooperationHeading, 'requesting' | 'providing'>,
  language: Language,
): string {
  const sides = [countryNames(requesting, language), countryNames(providing, language)];
  return sides.join(sides.some((names) => names.includes(' ')) ? ' – ' : '–');
}

/** The organization's name in the reader's language; one that is not the OAS is called what the programme calls it. */
const organizationOf = ({ secretariat }: CooperationHeading, say: Speak<typeof TEXTS>): string =>
  /^(OEA|OAS)$/i.test(secretariat.acronym) ? say('organization') : secretariat.name;

/** The salutation. A French one has no name: who it is for stands above it. */
export const greetingOf = (name: string, language: Language): string[] => [
  ...(language === 'fr' ? [`À l’attention de\u00a0: ${name}`] : []),
  speaker(TEXTS, language)('greeting', { name }),
];

/** "483 921", not to be broken between the two. */
export const spaced = (code: string): string => code.replace(/^(\d{3})(\d{3})$/, '$1\u00a0$2');

/** A notice's subject and blocks, put between salutation and sign-off. A mail without a button ends with a link. */
export function letter(
  context: Context,
  { subject, preview, blocks }: { subject: string; preview: string; blocks: Block[] },
): Letter {
  const { language, reader, cooperation, pairing, access } = context;
  const { id } = cooperation;
  const say = speaker(TEXTS, language);
  const name = say('cooperation', { pairing });
  const call = say('call', { n: cooperation.call.number, year: String(cooperation.call.year) });
  const colon = language === 'fr' ? '\u00a0:' : ':';
  const further =
    access && !blocks.some(({ block }) => block === 'button')
      ? [{ block: 'link' as const, label: say('site'), url: access.url }]
      : [];
  return {
    language,
    subject: oneLine(subject),
    preview,
    heading: { network: say('network'), cooperation: name },
    greeting: greetingOf(reader.name, language),
    blocks: [...blocks, ...further],
    signature: [say('farewell'), say('secretariat', { organization: organizationOf(cooperation, say) })],
    footer: [
      `${name}${colon} ${cooperation.subject} (${call})`,
      access ? say('accessCode', { code: spaced(access.code), id }) : say('code', { id }),
    ],
  };
}
