import type { Mistake } from '../domain/mistake.ts';

/** What was typed cannot be carried out as it stands; the message is for the person who typed it. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something asked for was not done, and why, in the language of the person who asked. */
export class NotDone extends Error {
  override name = 'NotDone';
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A file has mistakes; each is told with its place. */
export class FileMistaken extends Error {
  override name = 'FileMistaken';
  readonly file: string;
  readonly mistakes: readonly Mistake[];
  constructor(file: string, mistakes: readonly Mistake[]) {
    super(`${file} has mistakes`);
    this.file = file;
    this.mistakes = mistakes;
  }
}

export { EXIT } from './conventions.ts';
