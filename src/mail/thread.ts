import { createHash } from 'node:crypto';

/**
 * Message-IDs as functions of the business key (cooperation, request, notice, round, person's id) alone: a mail
 * that is sent twice is the same mail, and a reminder finds the request it replies to without anyone storing
 * an id. Being hashes, they tell nobody's name, address or business.
 */

const hashed = (key: string): string => createHash('sha256').update(key, 'utf8').digest('hex').slice(0, 40);

function idAt(key: string, domain: string): string {
  if (!/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(domain))
    throw new Error('the domain of a Message-ID is a host name, such as rial.example');
  return `<${hashed(key)}@${domain}>`;
}

/** The Message-ID of the mail with this key, in angle brackets. */
export const messageIdOf = (key: string, domain: string): string => idAt(`mail ${key}`, domain);

/**
 * The id that all mails of a cooperation refer to, so that clients show them together. No mail has it: a thread
 * is whole for someone who joins late, or lost its first mail.
 */
export const threadRootOf = (cooperationId: string, domain: string): string =>
  idAt(`cooperation ${cooperationId}`, domain);
