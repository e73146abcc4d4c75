/**
 * Who is told what of a change: one entry a mail. The list is made with the change, in the same transaction; what
 * `--dry-run` shows and what is sent are this list.
 */
export type Telling = {
  /** The person's id. */
  person: string;
  about:
    | {
        notice: 'request';
        request: string;
        /** `corrected`: sent again, because the address it went to was wrong; `joined`: to whoever takes part only now. */
        how: 'handed-over' | 'absent' | 'replaced' | 'reassigned' | 'corrected' | 'joined';
        /** The person whose place the reader takes; where it was reassigned, the party. */
        from?: string;
      }
    | { notice: 'deadline-extended'; request: string; previousDueAt: string }
    | {
        notice: 'request-released';
        request: string;
        how: 'waived' | 'reassigned' | 'handed-over';
        /** The party, or for a hand-over the person, that it is asked of instead. */
        to?: string;
      }
    | { notice: 'joined'; replaces?: string }
    | { notice: 'replaced'; by: string }
    | { notice: 'stands-in'; absent: string; from: string; to: string }
    | {
        notice: 'invitation';
        session: number;
        sequence: number;
        method: 'REQUEST' | 'CANCEL';
        kind: 'new' | 'moved' | 'details' | 'cancelled' | 'withdrawn';
        previousStartsAt?: string;
      }
    | { notice: 'programme-changed'; session?: number }
    | { notice: 'paused' }
    | { notice: 'resumed' }
    | { notice: 'cooperation-cancelled' };
};
export type ToldNotice = Telling['about']['notice'];

/** A telling as people read it beforehand and afterwards: what `--dry-run` lists. */
export type Told = Telling & {
  name: string;
  /** The party's code; `guest` for a session's guest. */
  party: string;
};
