import type { Refusal } from '../domain/answer.ts';
import type { Mistake } from '../domain/mistake.ts';

/** Why something a person asked for was not done. Nothing has changed. */
export type RefusedCode =
  | Refusal['code']
  | 'CooperationUnknown'
  | 'CooperationTaken'
  | 'CooperationEnded'
  | 'ProgrammeMistaken'
  | 'ContentMistaken'
  | 'DocumentRefused'
  | 'DocumentUnknown'
  | 'MailNotSendable'
  | 'Unavailable';

export class Refused extends Error {
  override name = 'Refused';
  readonly code: RefusedCode;
  /** Who was faster, where that is the reason. */
  readonly earlier?: Refusal['earlier'] & { name?: string };
  /** Each mistake, where there are several. */
  readonly mistakes?: Mistake[];
  constructor(code: RefusedCode, message: string, more: Pick<Refused, 'earlier' | 'mistakes'> = {}) {
    super(message);
    this.code = code;
    if (more.earlier) this.earlier = more.earlier;
    if (more.mistakes) this.mistakes = more.mistakes;
  }
}
