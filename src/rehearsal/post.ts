import { MailRefused, MailUnavailable, type Transport } from '../mail/transport.ts';

/** The mail server of a rehearsal: takes every mail, but for what the scenario says. Instants are ISO 8601 in UTC. */

export type PostRules = {
  /** Addresses that the server will not take mail for, always or between two instants. */
  refuses: { address: string; reply: string; from?: string | undefined; until?: string | undefined }[];
  /** When there is no server at all. */
  away: { from: string; until: string }[];
};

const TAKEN = '250 2.0.0 kept by the rehearsal';

export function postOffice({ refuses, away }: PostRules, now: () => string): Transport {
  return {
    async send({ to }) {
      const at = now();
      const within = ({ from, until }: { from?: string | undefined; until?: string | undefined }) =>
        (!from || from <= at) && (!until || at < until);
      if (away.some(within)) throw new MailUnavailable('ECONNREFUSED', 'connect ECONNREFUSED (rehearsed)');
      const refusal = refuses.find((rule) => rule.address === to.toLowerCase() && within(rule));
      if (refusal) throw new MailRefused(Number(refusal.reply.slice(0, 3)), refusal.reply);
      return { response: TAKEN };
    },
    close() {},
  };
}
