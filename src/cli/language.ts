import { LANGUAGES, type Language } from '../domain/language.ts';
import { UsageError } from './errors.ts';

/**
 * The language to speak: the one asked for, else `RIAL_LANGUAGE`, else that of the terminal (`LC_ALL`, `LC_MESSAGES`,
 * `LANG`) where it is one of the four, else Spanish.
 *
 * @throws UsageError when `RIAL_LANGUAGE` is none of the four
 */
export function languageFrom(asked: string | undefined, env: NodeJS.ProcessEnv): Language {
  const wanted = asked ?? env.RIAL_LANGUAGE;
  if (wanted) {
    if (isLanguage(wanted)) return wanted;
    throw new UsageError(`"${wanted}" is not a language of rial; write one of: ${LANGUAGES.join(', ')}`);
  }
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  const own = locale.slice(0, 2).toLowerCase();
  return /^[A-Za-z]{2}([_.@-]|$)/.test(locale) && isLanguage(own) ? own : 'es';
}

const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);
