import type { Language } from '../domain/language.ts';
import { COMPILED } from './compiledMessages.ts';
import type { COMPILED_NAMESPACES, Part } from './part.ts';
import type { Speak } from './speaker.ts';

/**
 * Messages that are said within workflows too: taken apart beforehand, so that neither a parser nor a file is needed.
 * Everywhere else they are the same messages as those of the catalogues.
 */

export type CompiledNamespace = (typeof COMPILED_NAMESPACES)[number];

type Values = Readonly<Record<string, string | number>>;

/** Says the messages of a compiled namespace in one language, as `speaker` does with all. */
export const phraser =
  <N extends CompiledNamespace>(namespace: N, language: Language): Speak<N> =>
  (key, ...[values]) => {
    const parts = COMPILED[language][namespace][key];
    if (parts === undefined) throw new Error(`no message "${namespace}.${key}" in ${language}`);
    if (typeof parts === 'string') return parts;
    return filled(parts, (values ?? {}) as Values, language);
  };

function filled(parts: readonly Part[], values: Values, language: Language): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const value = values[part.value];
      if (value === undefined) throw new Error(`the message lacks the value ${part.value}`);
      if ('select' in part) return filled(part.select[value] ?? part.select.other ?? [], values, language);
      if (!('plural' in part)) return String(value);
      const rule = new Intl.PluralRules(language).select(Number(value));
      const chosen = part.plural[`=${value}`] ?? part.plural[rule] ?? part.plural.other ?? [];
      return filled(chosen, { ...values, '#': value }, language);
    })
    .join('');
}
