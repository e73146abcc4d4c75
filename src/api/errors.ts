/** What the server answered that did not do what was asked, where it is no refusal. */
export class ApiError extends Error {
  override name = 'ApiError';
  /** The HTTP status. */
  readonly status: number;
  /** `Unauthorized`, `NotFound`, `Internal`, `UnexpectedAnswer`, or a code that is new to this client. */
  readonly code: string;
  constructor(status: number, code: string, message: string = code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

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
