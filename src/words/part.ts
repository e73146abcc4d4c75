/** A piece of a message: text, or a value as it is, or a choice by it. `#` is the number a plural chose by. */
export type Part =
  | string
  | { value: string }
  | { value: string; select: Readonly<Record<string, readonly Part[]>> }
  | { value: string; plural: Readonly<Record<string, readonly Part[]>> };
