import type { Outside } from '../../activities/context.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import type { DocumentStore } from '../../src/documents/store.ts';
import type { Transport } from '../../src/mail/transport.ts';
import { NOW, the } from '../casefile/changes/setting.ts';

type Sending = Parameters<Transport['send']>[0];

/** What activities work on: the test's case file, and a mail server that takes each mail `took` does not throw at. */
export const outsideWith = (
  took: (mail: Sending) => unknown,
  given: { now?: () => string; site?: string; documents?: DocumentStore; replies?: string } = {},
): Outside => ({
  caseFile: the().db,
  documents: given.documents ?? memoryStore(),
  sender: {
    ...{ address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' },
    ...(given.replies !== undefined && { replies: given.replies }),
  },
  ...(given.site !== undefined && { site: { url: given.site } }),
  now: given.now ?? (() => NOW),
  mail: {
    async send(mail) {
      await took(mail);
      return { response: '250 ok' };
    },
    close() {},
  },
});
