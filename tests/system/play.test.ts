import { createHash } from 'node:crypto';
import path from 'node:path';
import { buffer, json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { payloadToJSON } from '@temporalio/common/lib/proto-utils.js';
import pg from 'pg';
import { Temporal as Dates } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseView } from '../../src/domain/caseView.ts';
import type { Language } from '../../src/domain/language.ts';
import { partiesOf } from '../../src/domain/people/party.ts';
import { type PlayResult, playFile } from '../../src/play/play.ts';
import { embeddedUrl } from '../../src/postgres-server/folder.ts';
import { leaksOf, readable } from '../support/privacy.ts';
import { type ReceivedMail, type SystemProcess, systemProcess } from '../support/system.ts';

/** The three examples, played at the same time in one system, and what is left of them afterwards. */

const EXAMPLES = {
  'peru-chile-2021': '14-per-chl',
  'barbados-jamaica': '16-brb-jam-tto',
  'brasil-paraguai': '17-pry-bra',
};
const IDS = Object.values(EXAMPLES);

let system: SystemProcess;
const ended: Record<string, PlayResult> = {};
const views: Record<string, CaseView> = {};
/** By cooperation, as they arrived. */
const mails: Record<string, ReceivedMail[]> = {};
/** Everything that Temporal holds of a cooperation, as text. */
const heldByTemporal: Record<string, string[]> = {};
let workflowIds: string[] = [];

beforeAll(async () => {
  // It bundles its workflows by itself.
  system = await systemProcess({ env: { RIAL_WORKFLOW_BUNDLE: undefined } });
  await played().catch((error: unknown) => {
    throw new Error(`the play failed; the log says:\n${system.log()}`, { cause: error });
  });
}, 240_000);
afterAll(() => system?.[Symbol.asyncDispose]());

async function played(): Promise<void> {
  await Promise.all(
    Object.entries(EXAMPLES).map(async ([name, id]) => {
      const file = fileURLToPath(new URL(`../../examples/${name}.yaml`, import.meta.url));
      ended[id] = await playFile(file, system.stage, () => {});
    }),
  );
  const all = await system.mailbox.all();
  for (const id of IDS) {
    views[id] = await system.api.show({ id });
    mails[id] = all.filter(({ parsed }) => header(parsed, 'x-rial-cooperation') === id);
    heldByTemporal[id] = [];
    for (const { file } of view(id).workflows) {
      const scope = file.replace(/^histories\/(.*)\.json$/, '$1');
      heldByTemporal[id].push(...readable(await json(await system.api.history({ id, scope }))));
    }
  }
  const connection = await Connection.connect({ address: system.temporalAddress });
  try {
    const { workflow } = new Client({ connection });
    for await (const { workflowId, memo, raw } of workflow.list()) {
      workflowIds.push(workflowId);
      const held = heldByTemporal[workflowId.split('/')[1] ?? ''];
      const attributes = Object.values(raw.searchAttributes?.indexedFields ?? {}).map(payloadToJSON);
      const details = await workflow.getHandle(workflowId).query('__temporal_workflow_metadata');
      held?.push(...readable([memo ?? {}, attributes, details]));
    }
  } finally {
    await connection.close();
  }
  workflowIds = workflowIds.sort();
}

const view = (id: string): CaseView => views[id] as CaseView;
const mailsOf = (id: string): ReceivedMail[] => mails[id] as ReceivedMail[];
const header = (mail: ReceivedMail['parsed'], name: string) =>
  mail.headers.find(({ key }) => key === name)?.value;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const bytesOf = async (id: string, hash: string) => buffer(await system.api.bytes({ id, sha256: hash }));
const fileOf = ({ content }: ReceivedMail['parsed']['attachments'][number]): Uint8Array =>
  new Uint8Array(content as ArrayBuffer);
const isCalendar = ({ mimeType }: { mimeType: string }) => /calendar|application\/ics/.test(mimeType);
const entryOf = (id: string, { summary }: ReceivedMail) =>
  view(id).mails.find(({ messageId }) => messageId === summary.messageId);
const noticesOf = (id: string, notice: string) =>
  mailsOf(id).filter((mail) => entryOf(id, mail)?.notice === notice);

/** The calendar object of a mail, unfolded, each property under its name. */
function calendarOf({ parsed }: ReceivedMail): Record<string, string> {
  const [part] = parsed.attachments.filter(isCalendar);
  if (!part) throw new Error('the mail has no calendar object');
  const lines = new TextDecoder()
    .decode(fileOf(part))
    .replace(/\r?\n[ \t]/g, '')
    .split(/\r?\n/);
  const event = lines.slice(lines.indexOf('BEGIN:VEVENT'), lines.indexOf('END:VEVENT'));
  const method = lines.filter((line) => line.startsWith('METHOD:'));
  return Object.fromEntries(
    [...method, ...event].map((line) => {
      const [, name = '', value = ''] = /^([A-Z-]+)[^:]*?:(.*)$/.exec(line) ?? [];
      return [name, name === 'ATTENDEE' ? line : value];
    }),
  );
}

describe.each(IDS)('%s', (id) => {
  it('ends with an accepted final report, every step done', () => {
    expect(ended[id]).toEqual({ accepted: true });
    const { steps, closedAt, requests } = view(id);
    expect(steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done']);
    expect(closedAt).not.toBeNull();
    expect(requests.filter((request) => request.closedAt === null)).toEqual([]);
    expect(requests.find(({ kind }) => kind === 'receive-report')?.outcome).toBe('approve');
  });

  it('issues a version of the programme at its approval and at each date that is fixed', async () => {
    const { programmeVersions, sessions } = view(id);
    const dated = sessions.filter(({ window }) => window !== null).map(({ number }) => `session-${number}.1`);
    expect(programmeVersions.map(({ version }) => version)).toEqual(
      [...dated.keys(), dated.length].map((n) => n + 1),
    );
    expect(programmeVersions[0]?.cause).toBe('coordination.1');
    expect(
      programmeVersions
        .slice(1)
        .map(({ cause }) => cause)
        .sort(),
    ).toEqual(dated);
    expect(new Set(programmeVersions.map(({ hash }) => hash)).size).toBe(programmeVersions.length);
    for (const { issuedAt, pdf, docx, cause } of programmeVersions) {
      expect(issuedAt).not.toBeNull();
      const printed = await bytesOf(id, pdf.sha256);
      expect(printed.subarray(0, 5).toString()).toBe('%PDF-');
      expect(sha256(printed)).toBe(pdf.sha256);
      const word = await bytesOf(id, docx.sha256);
      expect(word.subarray(0, 2).toString()).toBe('PK');
      expect(sha256(word)).toBe(docx.sha256);

      // What the delegations received is that version: the approved one comes with the first invitation.
      const first = view(id).sessions.find(({ window }) => window === null)?.number;
      const session = /^session-(\d)/.exec(cause)?.[1] ?? first;
      const sent = session
        ? noticesOf(id, 'invitation').filter((mail) => calendarOf(mail).UID?.includes(`.session-${session}@`))
        : noticesOf(id, 'programme-issued');
      const guests = view(id)
        .people.filter(({ role }) => role === 'guest')
        .map(({ email }) => email);
      const delegations = sent.filter(({ summary }) => !guests.includes(summary.to[0] ?? ''));
      expect(delegations.length).toBeGreaterThan(0);
      for (const { parsed } of delegations) {
        const attached = parsed.attachments.filter(({ mimeType }) => mimeType === 'application/pdf');
        expect(attached.map((file) => sha256(fileOf(file)))).toEqual([pdf.sha256]);
      }
    }
  });

  it('fixes each date inside its window', () => {
    const windows = view(id).sessions.filter(({ window }) => window !== null);
    expect(windows.length).toBeGreaterThan(0);
    for (const { startsAt, endsAt, hours, timeZone, window } of windows) {
      const day = Dates.Instant.from(startsAt ?? '')
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .toString();
      expect(day >= (window?.from ?? '~') && day <= (window?.to ?? '')).toBe(true);
      expect(Date.parse(endsAt ?? '') - Date.parse(startsAt ?? '')).toBe(hours * 3_600_000);
    }
  });

  it('invites the delegations to every session and each guest to one', () => {
    const { people, sessions, programmeVersions } = view(id);
    for (const { number, startsAt, sequence } of sessions) {
      const invited = noticesOf(id, 'invitation').filter(
        (mail) => calendarOf(mail).UID === `${id}.session-${number}@rial.example`,
      );
      const expected = people.filter(
        ({ role, session }) =>
          role === 'delegate' || role === 'staff' || (role === 'guest' && session === number),
      );
      expect(invited.map(({ summary }) => summary.to.join()).sort()).toEqual(
        expected.map(({ email }) => email).sort(),
      );
      for (const mail of invited) {
        const { METHOD, SEQUENCE, DTSTART, ATTENDEE } = calendarOf(mail);
        const local = Dates.Instant.from(startsAt ?? '').toZonedDateTimeISO(
          sessions.find((one) => one.number === number)?.timeZone ?? 'UTC',
        );
        expect({ METHOD, SEQUENCE: Number(SEQUENCE), DTSTART }).toEqual({
          METHOD: 'REQUEST',
          SEQUENCE: sequence,
          DTSTART: local.toPlainDateTime().toString().replaceAll(/[-:]/g, ''),
        });
        expect(ATTENDEE?.toLowerCase()).toContain(`mailto:${mail.summary.to[0]}`);
      }
      expect(sequence).toBe(0);
    }
    const guests = people.filter(({ role }) => role === 'guest');
    expect(guests.length).toBeGreaterThan(0);
    for (const { email } of guests) {
      const received = mailsOf(id).filter(({ summary }) => summary.to.includes(email ?? ''));
      expect(received.map((mail) => entryOf(id, mail)?.notice)).toEqual(['invitation']);
      const { attachments, text = '', html = '' } = (received[0] as ReceivedMail).parsed;
      expect(attachments.every(isCalendar)).toBe(true);
      const internal = [
        ...view(id).documents.flatMap(({ title, file }) => [title, file.split('/')[1] ?? '']),
        ...view(id).questions.flatMap(({ text, answer }) => [text, answer ?? text]),
        ...programmeVersions.map(({ pdf }) => pdf.file.split('/')[1] ?? ''),
      ];
      for (const said of internal) expect(`${text}${html}`).not.toContain(said);
    }
  });

  it('sends each mail once, to whom and as the case file says, all in one thread', () => {
    const received = mailsOf(id)
      .map(({ summary }) => `${summary.messageId} ${summary.to.join()}`)
      .sort();
    const { mails } = view(id);
    expect(received).toEqual(mails.map(({ messageId, address }) => `${messageId} ${address}`).sort());
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(mails.length);
    expect(mails.filter(({ state, attempts }) => state !== 'sent' || attempts !== 1)).toEqual([]);
    const roots = mailsOf(id).map(({ parsed }) => header(parsed, 'references')?.split(/\s+/)[0]);
    expect(new Set(roots).size).toBe(1);
    expect(roots[0]).toMatch(/^<[0-9a-f]{40}@rial\.example>$/);
    for (const other of IDS.filter((one) => one !== id))
      expect(header(mailsOf(other)[0]?.parsed as ReceivedMail['parsed'], 'references')).not.toContain(
        roots[0],
      );
  });

  it('writes to each reader in their own language', () => {
    const FAREWELL: Record<Language, string> = {
      es: 'Atentamente,\n',
      en: 'Yours sincerely,\n',
      pt: 'Atenciosamente,\n',
      fr: 'Veuillez agréer,',
    };
    for (const mail of mailsOf(id)) {
      const reader = view(id).people.find(({ email }) => mail.summary.to.includes(email ?? ''));
      const { text = '', html = '' } = mail.parsed;
      expect(/<html lang="(..)"/.exec(html)?.[1]).toBe(reader?.language);
      const said = Object.entries(FAREWELL).filter(([, farewell]) =>
        text.replace(/\r/g, '').includes(farewell),
      );
      expect(said.map(([language]) => language)).toEqual([reader?.language]);
      expect(text).toContain(reader?.name);
    }
  });

  it('carries a question to the party that answers it, and its answer to the case', () => {
    const { questions, people, requests, record } = view(id);
    expect(questions).toHaveLength(1);
    const [question] = questions;
    const request = requests.find(({ kind }) => kind === 'answer-question');
    expect(request?.asked.map(({ party }) => party)).toEqual([question?.to]);
    const asked = mailsOf(id).filter(({ summary }) => summary.request === `${id}/${request?.id}`);
    expect(asked.map(({ summary }) => summary.to.join()).sort()).toEqual(
      people
        .filter(({ party, role }) => party === question?.to && role === 'delegate')
        .map(({ email }) => email)
        .sort(),
    );
    for (const { parsed } of asked) expect(oneLine(parsed.text)).toContain(oneLine(question?.text));
    expect(question?.answer).toEqual(expect.stringMatching(/\S/));
    expect(people.find(({ id }) => id === question?.answeredBy)?.party).toBe(question?.to);
    expect(record.filter(({ kind }) => kind.startsWith('question-')).map(({ kind }) => kind)).toEqual([
      'question-asked',
      'question-answered',
    ]);
  });

  it('keeps a record that is complete and in order', () => {
    const {
      record: all,
      requests,
      mails,
      programmeVersions,
      sessions,
      documents,
      questions,
      people,
    } = view(id);
    // The site seals what is over when it looks next: some have it by now.
    const record = all.filter(({ kind }) => kind !== 'paper-sealed');
    const seqs = record.map(({ seq }) => seq);
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    expect([record[0]?.kind, record.at(-1)?.kind]).toEqual(['cooperation-filed', 'cooperation-closed']);

    const counts = Object.fromEntries(
      [...Map.groupBy(record, ({ kind }) => kind)].map(([kind, { length }]) => [kind, length]),
    );
    const named =
      people.some(({ role }) => role === 'consultant') && !view(id).programme.systematization.consultant;
    expect(counts).toEqual({
      'cooperation-filed': 1,
      'request-opened': requests.length,
      'answer-received': requests.flatMap(({ answers }) => answers).length,
      'request-closed': requests.length,
      'programme-made': programmeVersions.length,
      'programme-issued': programmeVersions.length,
      'date-fixed': sessions.filter(({ window }) => window).length,
      'invitation-sent': sessions.length,
      'meeting-recorded': 1,
      'session-recorded': sessions.length,
      'minutes-sent': sessions.length,
      'question-asked': questions.length,
      'question-answered': questions.length,
      'document-added': documents.length,
      ...(named && { 'consultant-named': 1 }),
      'sheet-published': 1,
      'mail-sent': mails.length,
      'cooperation-closed': 1,
    });

    // Nothing stands before what it follows from.
    const at = (kind: string, data: Record<string, unknown>) =>
      record.findIndex(
        (entry) =>
          entry.kind === kind &&
          Object.entries(data).every(
            ([key, value]) => (entry.data as Record<string, unknown>)[key] === value,
          ),
      );
    for (const { id: request } of requests) {
      const [opened, answered, closed] = ['request-opened', 'answer-received', 'request-closed'].map((kind) =>
        at(kind, { request }),
      );
      const told = at('mail-sent', { request });
      expect([opened, told, answered, closed]).toEqual(
        [opened, told, answered, closed].filter((one) => (one ?? -1) >= 0).sort((a = 0, b = 0) => a - b),
      );
    }
    for (const { version, cause } of programmeVersions) {
      const made = at('programme-made', { version, cause });
      expect(at('programme-issued', { version })).toBeGreaterThan(made);
      const session = Number(/^session-(\d)/.exec(cause)?.[1]);
      if (session) expect(made).toBeGreaterThan(at('date-fixed', { session }));
    }
    for (const { number } of sessions)
      expect(at('session-recorded', { session: number })).toBeGreaterThan(
        at('invitation-sent', { session: number }),
      );
  });

  it('leaves no name, address or text in Temporal', () => {
    const held = heldByTemporal[id] as string[];
    // What was looked through is what staff are meant to see there.
    expect(held).toContain(view(id).pairing);
    expect(held.some((text) => text.includes(view(id).requests[0]?.asked[0]?.label ?? '~'))).toBe(true);
    expect(leaksOf(view(id), partiesOf(view(id).programme), held)).toEqual([]);
  });
});

it('has nothing to say in its log', () => {
  expect(system.log()).toBe('');
});

it('came into its database by the account that changes no table', async () => {
  const client = new pg.Client(embeddedUrl(path.join(system.data, 'postgres')));
  await client.connect();
  try {
    const { rows } = await client.query<{ usename: string }>(
      'select distinct usename from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    expect(rows).toEqual([{ usename: 'rial_site' }]);
  } finally {
    await client.end();
  }
});

it('looked through every workflow there is', () => {
  const cooperations = workflowIds.filter((id) => !id.startsWith('reconcile-'));
  expect(cooperations).toEqual(IDS.flatMap((id) => view(id).workflows.map((workflow) => workflow.id)).sort());
});

const oneLine = (text = ''): string => text.replace(/[>\s]+/g, ' ').trim();
