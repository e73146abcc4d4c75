import { expect, it } from 'vitest';
import { requestActivities } from '../../activities/requests.ts';
import { mailsOf, refusesEverybody } from '../../src/casefile/mails/mails.ts';
import { resendRefused } from '../../src/client/again.ts';
import type { Workflows } from '../../src/client/index.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { MailRefused, MailUnavailable } from '../../src/mail/transport.ts';
import { asked, NOW, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** A mail server that refuses everybody, and one that takes mails and says nothing. */

setting();

const [DOCUMENTS, PROGRAMME] = ['documents/send-documents.1', 'coordination/approve-programme.1'];

const store = memoryStore();
function sending(take: (to: string) => void) {
  const tried: string[] = [];
  const outside = outsideWith(
    ({ to }) => {
      tried.push(to);
      take(to);
    },
    { documents: store },
  );
  return {
    tried,
    tell: (request: string) => requestActivities(outside).tellRequest({ cooperation: the().id, request }),
  };
}
const states = async () => (await mailsOf(the().db, the().id)).map(({ state }) => state).sort();

it('what a server refuses to everybody is kept and sent when it takes mails again, but for the first two', async () => {
  let refuses = true;
  const { tell } = sending(() => {
    if (refuses) throw new MailRefused(554, '554 5.7.1 relay access denied');
  });
  await asked(DOCUMENTS, ['per-mtpe', 'chl-mtps']);
  await expect(tell(DOCUMENTS)).rejects.toMatchObject({ type: 'MailUnavailable', nextRetryDelay: undefined });
  const first = await states();
  expect(first.filter((state) => state === 'refused')).toHaveLength(2);
  expect(first.length).toBeGreaterThan(3);
  expect(new Set(first)).toEqual(new Set(['pending', 'refused']));
  expect(await refusesEverybody(the().db)).toBe(true);

  refuses = false;
  await tell(DOCUMENTS);
  expect(new Set(await states())).toEqual(new Set(['refused', 'sent']));
  expect(await refusesEverybody(the().db)).toBe(false);

  // The first two are sent again by one command, once.
  const again = await resent();
  expect(again).toHaveLength(2);
  expect(await resent()).toEqual([]);
});

/** What `rial resend` has sent, by the numbers that the workflow hears. */
async function resent() {
  const numbers: number[] = [];
  const client = {
    ...{ caseFile: the().db, documents: store, now: () => NOW },
    workflows: {
      sendAgain: async (_: unknown, number: number) => void numbers.push(number),
    } as unknown as Workflows,
  };
  const mails = await resendRefused(client, { cooperations: [the().id] });
  expect(numbers).toHaveLength(mails.length);
  return mails;
}

it('one that refuses a few, and takes others, has nothing kept', async () => {
  const none = new Set<string>();
  const { tell, tried } = sending((to) => {
    if (none.size < 2 || none.has(to)) {
      none.add(to);
      throw new MailRefused(550, '550 5.1.1 no such user');
    }
  });
  await asked(PROGRAMME, ['per-mtpe', 'chl-mtps']);
  await tell(PROGRAMME);
  expect((await states()).filter((state) => state === 'refused')).toHaveLength(2);
  expect(tried).toHaveLength((await states()).length);
  expect(await refusesEverybody(the().db)).toBe(false);
});

it('a mail that is too large, or an address that is none, is no fault of the server', async () => {
  const { tell } = sending(() => {
    throw new MailRefused(552, '552 too large');
  });
  await asked(PROGRAMME, ['per-mtpe', 'chl-mtps']);
  await tell(PROGRAMME);
  expect(new Set(await states())).toEqual(new Set(['refused']));
});

it('a mail that was handed over twice and not answered is not sent again for half an hour', async () => {
  const { tell } = sending(() => {
    throw new MailUnavailable('ECONNECTION', 'Connection closed unexpectedly', true);
  });
  await asked(DOCUMENTS, ['per-mtpe']);
  await expect(tell(DOCUMENTS)).rejects.toMatchObject({ nextRetryDelay: undefined });
  await expect(tell(DOCUMENTS)).rejects.toMatchObject({
    type: 'MailUnavailable',
    nextRetryDelay: '30 minutes',
  });
  expect(new Set(await states())).toEqual(new Set(['pending']));
});
