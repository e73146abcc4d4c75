/** What went wrong, as a request to the Secretariat has it: codes alone, no name and no address. */

/** Mail does not reach a party's focal point; without a person, nobody of the party. */
export type MailTrouble = { party: string; person?: string | undefined };

export const unreachedTrouble = ({ party, person }: MailTrouble): string =>
  ['unreached', party, ...(person ? [person] : [])].join(' ');

/** Whom mail does not reach, where that is what went wrong. */
export function unreachedIn(trouble: string | null): MailTrouble | undefined {
  const [, party, person] = /^unreached ([a-z0-9-]+)(?: ([a-z0-9-]+))?$/.exec(trouble ?? '') ?? [];
  return party === undefined ? undefined : { party, person };
}
