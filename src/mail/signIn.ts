import type { Language } from '../domain/language.ts';
import type { Letter } from './blocks.ts';
import { type Catalogue, speaker } from './catalogue.ts';
import { TEXTS as FRAME, greetingOf, spaced } from './frame.ts';
import { renderHtml } from './html.ts';
import type { Mail } from './notice.ts';
import { renderText } from './text.ts';

/** The mail with the link and the code that somebody asked for on the site. */

export const TEXTS = {
  subject: {
    es: 'Su enlace para ingresar al sitio de la cooperación',
    en: 'Your link to the cooperation site',
    pt: 'Seu link para o site da cooperação',
    fr: 'Votre lien vers le site de la coopération',
  },
  lead: {
    es: 'Usted pidió ingresar al sitio de la cooperación. El enlace y el código sirven una sola vez y vencen en {minutes} minutos.',
    en: 'You asked to sign in to the cooperation site. The link and the code work once and expire in {minutes} minutes.',
    pt: 'Você pediu para entrar no site da cooperação. O link e o código servem uma única vez e vencem em {minutes} minutos.',
    fr: 'Vous avez demandé à vous connecter au site de la coopération. Le lien et le code ne servent qu’une fois et expirent dans {minutes} minutes.',
  },
  button: { es: 'Ingresar', en: 'Sign in', pt: 'Entrar', fr: 'Se connecter' },
  code: { es: 'Código', en: 'Code', pt: 'Código', fr: 'Code' },
  notYou: {
    es: 'Si no lo pidió usted, no necesita hacer nada: nadie puede ingresar sin este correo.',
    en: 'If it was not you who asked, you need do nothing: nobody can sign in without this message.',
    pt: 'Se não foi você quem pediu, não é preciso fazer nada: ninguém pode entrar sem este e-mail.',
    fr: 'Si vous n’êtes pas à l’origine de cette demande, vous n’avez rien à faire\u00a0: personne ne peut se connecter sans ce message.',
  },
  secretariat: {
    es: 'Secretaría Técnica de la RIAL',
    en: 'Technical Secretariat of RIAL',
    pt: 'Secretaria Técnica da RIAL',
    fr: 'Secrétariat technique du RIAL',
  },
} as const satisfies Catalogue;

/** `minutes`: how long link and code are valid. */
export function composeSignIn(
  { name, url, code, minutes }: { name: string; url: string; code: string; minutes: number },
  language: Language,
): Mail {
  const say = speaker(TEXTS, language);
  const frame = speaker(FRAME, language);
  const lead = say('lead', { minutes });
  const letter: Letter = {
    language,
    subject: say('subject'),
    preview: lead,
    heading: { network: frame('network'), cooperation: frame('site') },
    greeting: greetingOf(name, language),
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'button', label: say('button'), url },
      { block: 'facts', rows: [{ label: say('code'), value: spaced(code) }] },
      { block: 'paragraph', text: say('notYou') },
    ],
    signature: [say('secretariat')],
    footer: [],
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
