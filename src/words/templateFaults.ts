import { LANGUAGE_NAMES, type Language } from '../domain/language.ts';
import type { TemplateFault, TemplatePlace } from '../domain/results/wordTemplate.ts';
import { speaker } from './speaker.ts';

/** What is wrong with a Word template, with its place: "En una tabla, «{nombre}»: …". */
export function templateFaultText(
  { code, name, meant, part, paragraph }: TemplateFault,
  language: Language,
): string {
  const say = speaker('site.templates', language);
  const what =
    code === 'none' || code === 'not-filled' ? say(`fault-${code}`) : say(`fault-${code}`, { name });
  const hint = meant === undefined ? '' : ` ${say('meant', { name: meant })}`;
  return paragraph === '' ? what : `${say(`in-${part}`, { paragraph })} ${what}${hint}`;
}

/** Of what a template is: "Programa", and in which language where it is not for all. */
export const placeText = ({ template, language: of }: TemplatePlace, language: Language): string => {
  const say = speaker('site.templates', language);
  return of === null
    ? say(template)
    : say('place', { template: say(template), language: LANGUAGE_NAMES[of] });
};
