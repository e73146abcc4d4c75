import { sql } from 'kysely';
import { afterEach, expect, it } from 'vitest';
import type { Outside } from '../../activities/context.ts';
import { requestActivities } from '../../activities/requests.ts';
import { type CaseFile, openCaseFile } from '../../src/casefile/database.ts';
import { mailsOf } from '../../src/casefile/mails.ts';
import { memoryStore } from '../../src/documents/memory.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { asked, NOW, setting, the } from '../casefile/changes/setting.ts';
import { databaseAt } from '../support/database.ts';

setting();

const REQUEST = 'coordination/approve-programme.1';

let readOnly: CaseFile | undefined;
afterEach(() => readOnly?.destroy());

it('what cannot be noted as sent is not sent', async () => {
  const sent: string[] = [];
  let away = true;
  const outside: Outside = {
    caseFile: the().db,
    documents: memoryStore(),
    sender: { address: 'coop@rial.example', replyTo: 'secretaria@rial.example', domain: 'rial.example' },
    now: () => NOW,
    mail: {
      async send({ to }) {
        if (away) throw new MailUnavailable('451', 'later');
        sent.push(to);
        return { response: '250 ok' };
      },
      close() {},
    },
  };
  await asked(REQUEST, ['per-mtpe']);
  const request = { cooperation: the().id, request: REQUEST };
  await expect(requestActivities(outside).tellRequest(request)).rejects.toThrow('could not be sent yet');
  const { length } = await mailsOf(the().db, the().id);
  expect(length).toBeGreaterThan(0);
  away = false;

  const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(the().db);
  const url = new URL(databaseAt(rows[0]?.name ?? ''));
  url.searchParams.set('options', '-c default_transaction_read_only=on');
  readOnly = openCaseFile(url.href);
  const telling = requestActivities({ ...outside, caseFile: readOnly }).tellRequest(request);
  await expect(telling).rejects.toMatchObject({ name: 'DatabaseUnavailable' });
  expect(sent).toEqual([]);
  await requestActivities(outside).tellRequest(request);
  expect(sent).toHaveLength(length);
});
