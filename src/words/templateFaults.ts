import type { Language } from '../domain/language.ts';
import type { TemplateFault } from '../domain/results/wordTemplate.ts';
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
