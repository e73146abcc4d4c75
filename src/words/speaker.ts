import type { Language } from '../domain/language.ts';
import { hasMessage, messageOf } from './catalogue.ts';
import type { Messages } from './messages.ts';

/** Part of the catalogue: its area and the thing it speaks of, such as `mail.request`. */
export type Namespace = keyof Messages;
export type Key<N extends Namespace> = keyof Messages[N] & string;

/** Whether a namespace has a message of this key. */
export const isKey = <N extends Namespace>(namespace: N, key: string): key is Key<N> =>
  hasMessage(`${namespace}.${key}`);

type Filling<Values> = keyof Values extends never ? [values?: Values] : [values: Values];

/** Says a message of a namespace in the language the speaker was made for. */
export type Speak<N extends Namespace> = <K extends Key<N>>(
  key: K,
  ...values: Filling<Messages[N][K]>
) => string;

/**
 * A function that says the messages of a namespace in one language. A value is inserted as it is and never read as
 * MessageFormat, so that what people write cannot change a text. A message that lacks a value throws.
 */
export const speaker =
  <N extends Namespace>(namespace: N, language: Language): Speak<N> =>
  (key, ...[values]) =>
    String(
      messageOf(`${namespace}.${key}`, language).format(
        values as Record<string, string | number> | undefined,
      ),
    );
