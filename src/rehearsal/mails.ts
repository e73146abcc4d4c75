import PostalMime, { type Address } from 'postal-mime';
import { readAll } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import type { RehearsedMail } from '../domain/rehearsal.ts';
import type { Stage } from './stage.ts';

/** The mails of a rehearsal as their readers would open them, in the order in which the case has them. */
export const openedMails = (
  { documents }: Pick<Stage, 'documents'>,
  { mails }: Pick<CaseView, 'mails'>,
): Promise<RehearsedMail[]> =>
  Promise.all(
    mails.map(async ({ sha256 }) => {
      const { from, to, date, html, attachments } = await PostalMime.parse(await readAll(documents, sha256));
      return {
        from: mailbox(from),
        to: mailbox(to?.[0]),
        date: date ?? '',
        html: html ?? '',
        attachments: attachments.map(({ filename, content }) => ({
          fileName: filename ?? '',
          size: Buffer.byteLength(content),
        })),
      };
    }),
  );

const mailbox = (given: Address | undefined): string =>
  !given?.address ? '' : given.name ? `${given.name} <${given.address}>` : given.address;
