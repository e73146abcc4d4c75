import type { ChangeKind } from '../../../domain/change.ts';
import { COMMITMENT_KINDS } from './commitments.ts';
import { COOPERATION_KINDS } from './cooperation.ts';
import { DOCUMENT_KINDS } from './documents.ts';
import { GUEST_KINDS } from './guests.ts';
import type { Kind } from './kind.ts';
import { PEOPLE_KINDS } from './people.ts';
import { REQUEST_CHANGES } from './requests.ts';
import { SESSION_KINDS } from './sessions.ts';

/** All kinds of change, in the groups they are offered in, and what each is called and does. */

export const KINDS: Readonly<Record<ChangeKind, Kind>> = {
  ...REQUEST_CHANGES,
  ...PEOPLE_KINDS,
  ...SESSION_KINDS,
  ...GUEST_KINDS,
  ...DOCUMENT_KINDS,
  ...COMMITMENT_KINDS,
  ...COOPERATION_KINDS,
};
export const isKind = (text: string): text is ChangeKind => Object.hasOwn(KINDS, text);

const kindsOf = (kinds: object) => Object.keys(kinds) as ChangeKind[];
export const CHANGE_GROUPS = {
  ofRequest: kindsOf(REQUEST_CHANGES),
  ofPerson: kindsOf(PEOPLE_KINDS),
  ofSession: kindsOf({ ...SESSION_KINDS, ...GUEST_KINDS }),
  ofDocument: kindsOf(DOCUMENT_KINDS),
  ofCommitment: kindsOf(COMMITMENT_KINDS),
  ofCooperation: kindsOf(COOPERATION_KINDS),
};
