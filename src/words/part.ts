/** A piece of a message: text, or a value as it is, or a choice by it. `#` is the number a plural chose by. */
export type Part =
  | string
  | { value: string }
  | { value: string; select: Readonly<Record<string, readonly Part[]>> }
  | { value: string; plural: Readonly<Record<string, readonly Part[]>> };

/** A message; one that takes no value is its text. */
export type CompiledMessage = string | readonly Part[];

/** The parts of the catalogues that workflows say, where there is neither a file to read nor a parser. */
export const COMPILED_NAMESPACES = [
  'labels.party',
  'labels.request',
  'labels.session',
  'labels.step',
  'temporal.phrases',
] as const;

/** By their namespace and key. */
export type CompiledMessages = Readonly<
  Record<(typeof COMPILED_NAMESPACES)[number], Readonly<Record<string, CompiledMessage>>>
>;
