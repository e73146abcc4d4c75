import { z } from 'zod';

/** A scripted delegate's mail program: reads the embedded mailbox over HTTP, as the delegate's own would. */

const summary = z.object({
  id: z.string(),
  to: z.array(z.string()),
  subject: z.string(),
  request: z.string().optional(),
});
export type ReceivedMail = z.infer<typeof summary>;
const opened = summary.extend({
  attachments: z.array(z.object({ fileName: z.string().nullish(), mediaType: z.string() })),
});

const LONGEST_MS = 30_000;

export function mailReader(mailboxUrl: string) {
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(`${mailboxUrl}${path}`, { signal: AbortSignal.timeout(LONGEST_MS) });
    if (!response.ok) throw new Error(`the mailbox answered ${response.status}`);
    return response;
  };
  return {
    /** The mails that ask `address` for `request` (`14-per-chl/coordination/approve-programme.1`), oldest first. */
    async asking(address: string, request: string): Promise<ReceivedMail[]> {
      const query = new URLSearchParams({ to: address, request });
      return z.array(summary).parse(await (await get(`/api/mails?${query}`)).json());
    },
    /** The first attachment of a mail with this ending. */
    async attachment(
      { id }: ReceivedMail,
      ending: string,
    ): Promise<{ fileName: string; content: Uint8Array } | undefined> {
      const { attachments } = opened.parse(await (await get(`/api/mails/${id}`)).json());
      const index = attachments.findIndex(({ fileName }) => fileName?.endsWith(ending));
      const fileName = attachments[index]?.fileName;
      if (!fileName) return undefined;
      return { fileName, content: await (await get(`/mails/${id}/attachments/${index}`)).bytes() };
    },
  };
}
