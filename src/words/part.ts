/** A piece of a message: text, or a value as it is, or a choice by it. `#` is the number a plural chose by. */
export type Part =
  | string
  | { value: string }
  | { value: string; select: Readonly<Record<string, readonly Part[]>> }
  | { value: string; plural: Readonly<Record<string, readonly Part[]>> };

/** The areas of the catalogues that workflows say, where there is neither a file to read nor a parser. */
export const COMPILED_AREAS = ['labels', 'temporal', 'times'] as const;
