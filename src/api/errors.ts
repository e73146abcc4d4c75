import type { Mistake } from '../domain/mistake.ts';

/** What the server answered when it did not do what was asked. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** The HTTP status. */
  readonly status: number;
  /** Why, as one word: the server's `Refused` codes, `Unauthorized`, `NotFound`, `Internal`, `UnexpectedAnswer`. */
  readonly code: string;
  /** Who was faster, where that is the reason. */
  readonly earlier: Earlier | undefined;
  /** Each mistake, where there are several. */
  readonly mistakes: Mistake[] | undefined;
  constructor(
    status: number,
    code: string,
    message: string,
    more: { earlier?: Earlier | undefined; mistakes?: Mistake[] | undefined } = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.earlier = more.earlier;
    this.mistakes = more.mistakes;
  }
}

/** Who answered first; `at` is an ISO 8601 instant in UTC. */
export type Earlier = {
  by: string;
  party: string;
  at: string;
  decision: string;
  name?: string | undefined;
};
/** No answer came from the server: it is not there, or went away, or took too long. */
export class Unreachable extends Error {
  override name = 'Unreachable';
  /** Where it was looked for. */
  readonly url: string;
  /** Whether it was there and took too long, so that what was asked for may have been done. */
  readonly late: boolean;
  constructor(url: string, { late = false, cause }: { late?: boolean; cause?: unknown } = {}) {
    super(
      late
        ? `the RIAL server at ${url} did not answer in time; what was asked for may have been done`
        : `the RIAL server at ${url} does not answer; start it with npm start`,
      { cause },
    );
    this.url = url;
    this.late = late;
  }
}
