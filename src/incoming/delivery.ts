import type { Email } from 'postal-mime';
import type { Delivery } from '../domain/mails/incomingMail.ts';

/** What mail servers say of a mail of ours: as RFC 3464 has it, and as others write it. */

/** Said of several recipients it is the worst: of ours there is one. */
export function deliveryIn(mail: Email, text: string): Delivery | null {
  const report = mail.attachments.find(({ mimeType }) =>
    /^message\/(global-)?delivery-status$/.test(mimeType),
  );
  const fields = report && bytesText(report.content);
  if (fields !== undefined) {
    const action = /^action:\s*(\w+)/im.exec(fields)?.[1]?.toLowerCase();
    const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(fields)?.[1] ?? statusIn(fields);
    if (action === 'failed') return { failed: true, status: status ?? '5.0.0' };
    if (action === undefined && status?.startsWith('5')) return { failed: true, status };
    return { failed: false, status: status ?? '4.0.0' };
  }
  if (!isFromServer(mail)) return null;
  const status = statusIn(text);
  if (status) return { failed: status.startsWith('5') && !DELAYED.test(text), status };
  if (DELAYED.test(text)) return { failed: false, status: '4.0.0' };
  return GIVEN_UP.test(text) || mail.headers.some(({ key }) => key === 'x-failed-recipients')
    ? { failed: true, status: '5.0.0' }
    : null;
}

const bytesText = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('latin1');

/** An enhanced code (RFC 3463), or what an SMTP reply comes to. */
function statusIn(text: string): string | undefined {
  const enhanced = /\b([45]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1];
  if (enhanced) return enhanced;
  const reply = /\b([45])[0-5]\d[ -]/.exec(text)?.[1];
  return reply && `${reply}.0.0`;
}

/** In words of postmasters, in our languages. */
const DELAYED =
  /\b(delayed|still trying|will (?:be )?retr(?:y|ied)|temporar(?:y|ily)|retrasad|seguir(?:emos|á) intentando|atrasad|différé)\b/i;
const GIVEN_UP =
  /\b(permanent (?:error|failure)|could ?n[o']t be delivered|undeliverable|no se (?:ha podido|pudo|puede) entregar|não (?:pôde|foi possível) (?:ser )?entreg|non remis)/i;

function isFromServer({ from, headers }: Email): boolean {
  const address = from?.address?.toLowerCase() ?? '';
  return (
    /^(mailer-daemon|postmaster|mail-daemon|maildaemon)@?/.test(address) ||
    headers.some(({ key }) => key === 'x-failed-recipients')
  );
}
