import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { communicationActivities } from '../../activities/communications.ts';
import type { Outside } from '../../activities/context.ts';
import type { MailRow } from '../../src/casefile/database/schema.ts';
import { documentsOf } from '../../src/casefile/documents.ts';
import { communicationsOf } from '../../src/casefile/mails/communications.ts';
import { keepIncoming } from '../../src/casefile/mails/incomingMails.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { addQuestion, questionsOf } from '../../src/casefile/questions.ts';
import { readRecord } from '../../src/casefile/record.ts';
import { answersTo, recordAnswer } from '../../src/casefile/requests.ts';
import { viewOf } from '../../src/casefile/view.ts';
import { cooperationsOver, type Workflows } from '../../src/client/index.ts';
import { readAll } from '../../src/documents/store.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { type CaseView, caseView } from '../../src/domain/caseView.ts';
import { MOST_MAIL_BYTES, ownAddressIn, type Purpose } from '../../src/domain/mails/incomingMail.ts';
import { Refused } from '../../src/domain/refusal.ts';
import { exportedMail, isAbridged } from '../../src/export/mail.ts';
import { readMail } from '../../src/incoming/reading.ts';
import { outsideWith } from '../activities/outside.ts';
import { asked, NOW, setting, the } from '../casefile/changes/setting.ts';
import { BOUNCES, JORGE, SHAPES, type Shape } from './shapes.ts';

/** What comes by mail, from its bytes to what is filed, told and receipted. */

setting();

const REPLIES = 'respuestas@coop.example';
let outside: Outside;
let sent: { to: string; parsed: Email }[];
let envelopes: string[];
beforeEach(async () => {
  sent = [];
  envelopes = [];
  outside = outsideWith(
    async ({ from, to, raw }) => {
      envelopes.push(from);
      sent.push({ to, parsed: await PostalMime.parse(raw) });
    },
    { replies: REPLIES, site: 'https://cooperacion.oas.example' },
  );
  const { db, id } = the();
  await db
    .updateTable('person')
    .set({ email: JORGE })
    .where('cooperation', '=', id)
    .where('id', '=', 'per-mtpe-1')
    .execute();
});

const client = (quotas?: { messagesAnHour: number; bytesADay: number }) =>
  cooperationsOver({
    caseFile: the().db,
    documents: outside.documents,
    quotas,
    now: () => NOW,
    workflows: {
      // As workflows and worker do it.
      exchange: async () => 'open',
      shareDocument: async () => {},
      respond: async (cooperation: string, given: Answer) => {
        const refusal = await recordAnswer(the().db, cooperation, given, NOW);
        if (refusal) throw new Refused(refusal);
        return { at: NOW, stillOwing: [] };
      },
      sendCommunication: async (_: unknown, number: number) => {
        await communicationActivities(outside).sendCommunication({ cooperation: the().id, number });
      },
    } as unknown as Workflows,
  });

/** A mail of the Secretariat to Jorge Larrea, and the address at which he replies to it. */
async function written(): Promise<MailRow> {
  await client().write(the().id, {
    ...{ by: 'oas-1', subject: 'Fechas', text: '¿Pueden en julio?' },
    addressed: { to: 'person', person: 'per-mtpe-1' },
  });
  const [mail] = await mailsOf(the().db, the().id);
  expect(sent).toHaveLength(1);
  sent = [];
  return mail as MailRow;
}

async function come(
  mail: MailRow,
  raw: string | Buffer,
  nullSender = false,
  purpose: Purpose = 'reply',
  stated?: number,
): Promise<void> {
  const { sha256, size } = await outside.documents.put(Readable.from([Buffer.from(raw)]));
  await keepIncoming(the().db, {
    cooperation: the().id,
    mail: mail.key,
    purpose,
    sha256,
    size: stated ?? size,
    cameAt: NOW,
    nullSender,
  });
}
const file = async (quotas?: Parameters<typeof client>[0]) => {
  const failures: unknown[] = [];
  await client(quotas).fileMails((error) => failures.push(error));
  expect(failures).toEqual([]);
};
const rows = () =>
  the().db.selectFrom('incomingMail').selectAll().orderBy('id').where('cooperation', '=', the().id).execute();
const talk = async () => (await communicationsOf(the().db, the().id)).slice(1);
const sentTo = (address: string) => sent.filter(({ to }) => to === address);

it('each mail has a reply address of its own, which the exported mail does not tell', async () => {
  await client().write(the().id, {
    ...{
      by: 'oas-1',
      subject: 'Fechas',
      text: '¿Pueden en julio?',
      addressed: { to: 'party', party: 'per-mtpe' },
    },
  });
  const addresses = sent.map(({ parsed }) => parsed.replyTo?.[0]?.address ?? '');
  const tokens = addresses.map((address) => ownAddressIn(address, REPLIES)?.token);
  expect(new Set(tokens).size).toBe(sent.length);
  expect((await mailsOf(the().db, the().id)).map(({ replyToken }) => replyToken).sort()).toEqual(
    tokens.sort(),
  );
  const view = JSON.stringify(await viewOf(the().db, the().id, NOW));
  for (const token of tokens) expect(view.includes(token as string)).toBe(false);
  for (const { sha256, replyToken } of await mailsOf(the().db, the().id)) {
    const exported = await exportedMail(await readAll(outside.documents, sha256));
    expect(exported.includes(replyToken as string)).toBe(false);
    expect(await isAbridged(exported)).toBe(true);
  }
});

describe.each(SHAPES)('$name', (shape: Shape) => {
  it(`is ${shape.state}${shape.unfiled ? `: ${shape.unfiled}` : ''}, and once`, async () => {
    const mail = await written();
    await come(mail, shape.raw, shape.nullSender);
    await file();
    // The same bytes once more, and the same mail by another way.
    await come(mail, shape.raw, shape.nullSender);
    await come(
      mail,
      Buffer.concat([Buffer.from('Received: by relay.example\r\n'), Buffer.from(shape.raw)]),
      shape.nullSender,
    );
    await file();
    const [first] = await rows();
    expect(first?.state).toBe(shape.state);
    const filed = await talk();
    const { awayReplies } = (await viewOf(the().db, the().id, NOW)) as CaseView;
    expect(awayReplies).toEqual(shape.state === 'away' ? [{ person: 'per-mtpe-1', at: NOW }] : []);
    if (shape.state === 'automatic' || shape.state === 'away') {
      expect(filed).toEqual([]);
      expect(sent).toEqual([]);
      return;
    }
    // What has no head has one with another line above it: it is another mail then, and known as such.
    const known = shape.unfiled !== 'stranger' && shape.unfiled !== 'unreadable';
    if (known) expect(filed).toHaveLength(1);
    const [one] = filed;
    if (shape.state === 'filed') {
      expect(one).toMatchObject({ kind: 'enquiry', by: 'per-mtpe-1', text: shape.text });
      expect(one?.mail?.attachments.map(({ fileName }) => fileName)).toEqual(shape.files ?? []);
      expect(sentTo(JORGE)).toHaveLength(1);
      expect(sentTo(JORGE)[0]?.parsed.headers).toContainEqual(
        expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
      );
    } else {
      expect(one).toMatchObject({ kind: 'received', mail: { unfiled: shape.unfiled } });
      // Who may not have sent it is not written to.
      expect(sentTo(JORGE)).toHaveLength(shape.unfiled === 'empty' ? 1 : 0);
      expect(sent.length).toBeGreaterThan(0);
    }
    expect(caseView.safeParse(await viewOf(the().db, the().id, NOW)).error).toBeUndefined();
  });
});

const reply = (text: string, { id = 'm-1', from = JORGE } = {}) =>
  [`From: ${from}`, `Message-ID: <${id}@mtpe.example>`, 'Subject: RE: Fechas', '', text, ''].join('\r\n');

describe('what is written by mail', () => {
  it('stands in the record with its door, without its words or address, and is told to the Secretariat', async () => {
    const mail = await written();
    await come(mail, reply('No podemos en julio.'));
    await file();
    const entry = (await readRecord(the().db, the().id)).find(({ kind }) => kind === 'enquiry-made');
    expect(entry).toMatchObject({ person: 'per-mtpe-1', data: { door: { door: 'mail' } } });
    expect(JSON.stringify(entry)).not.toMatch(/julio|@/);
    expect(sent.some(({ to, parsed }) => to !== JORGE && parsed.text?.includes('No podemos en julio.'))).toBe(
      true,
    );
    expect(sentTo(JORGE)[0]?.parsed.text).toContain('consulta a la Secretaría Técnica');
  });

  it('of one who has written too much goes to the Secretariat, and is told so', async () => {
    // What the address wrote in other tests counts, too.
    const from = 'jorge.nuevo@mtpe.example';
    const mail = await written();
    await the()
      .db.updateTable('person')
      .set({ email: from })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-1')
      .execute();
    await come(mail, reply('Uno', { id: 'a', from }));
    await come(mail, reply('Dos', { id: 'b', from }));
    await file({ messagesAnHour: 1, bytesADay: 1e9 });
    expect((await talk()).map(({ kind, text }) => [kind, text])).toEqual([
      ['enquiry', 'Uno'],
      ['received', 'Dos'],
    ]);
  });

  it('to a receipt is filed and gets none, so that a program that answers all it gets does not go on for ever', async () => {
    const mail = await written();
    await come(mail, reply('Estoy de viaje.', { id: 'viaje' }));
    await file();
    const receipt = (await mailsOf(the().db, the().id)).find(({ notice }) => notice === 'mail-receipt');
    expect(receipt).toBeDefined();
    await come(receipt as MailRow, reply('Estoy de viaje, otra vez.', { id: 'viaje-2' }));
    await file();
    expect((await talk()).map(({ kind, text }) => [kind, text])).toEqual([
      ['enquiry', 'Estoy de viaje.'],
      ['enquiry', 'Estoy de viaje, otra vez.'],
    ]);
    const receipts = (await mailsOf(the().db, the().id)).filter(({ notice }) => notice === 'mail-receipt');
    expect(receipts).toHaveLength(1);
  });

  it('by an officer who replies to an enquiry is its answer', async () => {
    const { db, id } = the();
    const { number } = await client().enquire(id, { by: 'per-mtpe-1', text: '¿Quién reserva la sala?' });
    const mails = await mailsOf(db, id);
    const told = mails.find(({ notice, person }) => notice === 'enquiry' && person === 'oas-1') as MailRow;
    await come(told, reply('La reserva la Secretaría.', { from: told.address }));
    await file();
    const answer = (await communicationsOf(db, id)).find(({ answers }) => answers === number);
    expect(answer).toMatchObject({ kind: 'answer', by: 'oas-1', text: 'La reserva la Secretaría.' });
  });

  it('in reply to a mail that puts a question is its answer, once; what comes after is a message', async () => {
    const { db, id } = the();
    const { number } = await addQuestion(
      db,
      {
        ...{ cooperation: id, fromParty: 'chl-mtps', by: 'chl-mtps-1', toParty: 'per-mtpe', session: null },
        text: '¿Cuántas escuelas tienen?',
      },
      NOW,
    );
    const request = `documents/answer-question-${number}.1`;
    await asked(request, ['per-mtpe'], { item: number });
    const { key } = await written();
    await db.updateTable('mail').set({ request }).where('key', '=', key).execute();
    const mail = (await mailsOf(db, id)).find((one) => one.key === key) as MailRow;
    await come(mail, reply('Tenemos cuatro.', { id: 'a' }));
    await file();
    const [answered] = await answersTo(db, id, request);
    expect(answered).toMatchObject({ by: 'per-mtpe-1', decision: 'done', door: { door: 'mail' } });
    expect((await questionsOf(db, id)).find((one) => one.number === number)).toMatchObject({
      ...{ answer: 'Tenemos cuatro.', answeredBy: 'per-mtpe-1' },
    });
    expect((await talk())[0]).toMatchObject({ kind: 'received', by: 'per-mtpe-1', mail: { request } });
    expect(sentTo(JORGE)[0]?.parsed.text?.replace(/\s+/g, ' ')).toContain(
      'la respuesta de su institución a la pregunta',
    );
    await come(mail, reply('Perdón, son cinco.', { id: 'b' }));
    await file();
    expect((await talk())[1]).toMatchObject({ kind: 'enquiry', text: 'Perdón, son cinco.' });
  });

  it('has its files taken in by the Secretariat, as documents of whoever sent them, once; one that is refused is not', async () => {
    const { db, id } = the();
    const mail = await written();
    const shape = (name: string) => SHAPES.find((one) => one.name === name)?.raw as string;
    await come(
      mail,
      shape('a file')
        .replaceAll('informe.pdf', 'informe.txt')
        .replace(/JVBER[\w+/=]+/, 'Tm90YXM='),
    );
    await come(mail, shape('winmail.dat is kept as it is'));
    await file();
    const [first, second] = await talk();
    const taking = { communication: first?.number as number, file: 0, by: 'oas-1' };
    expect(await client().mailFile(id, taking)).toMatchObject({ fileName: 'informe.txt' });
    const document = await client().takeMailFile(id, taking);
    expect(await client().takeMailFile(id, taking)).toMatchObject({ document: document.document });
    const documents = await documentsOf(db, id);
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ party: 'per-mtpe', by: 'per-mtpe-1', fileName: 'informe.txt' });
    const entry = (await readRecord(db, id)).find(({ kind }) => kind === 'document-added');
    expect(entry?.data).toMatchObject({ door: { door: 'staff', by: 'oas-1' } });
    const tnef = { communication: second?.number as number, file: 0, by: 'oas-1' };
    await expect(client().takeMailFile(id, tnef)).rejects.toThrow('DocumentRefused');
    await expect(client().mailFile(id, { ...tnef, file: 7 })).rejects.toThrow('DocumentUnknown');
  });

  it('by somebody who was replaced is filed in nobody’s name', async () => {
    const mail = await written();
    await the()
      .db.updateTable('person')
      .set({ active: false })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-1')
      .execute();
    await come(mail, reply('Sigo aquí.'));
    await file();
    expect((await talk())[0]).toMatchObject({ kind: 'received', mail: { unfiled: 'stranger' } });
  });
});

describe.each(BOUNCES)('$name', ({ raw, delivery }) => {
  it('is read as what it is', async () => {
    expect((await readMail(Buffer.from(raw))).delivery).toEqual(delivery);
  });
});

describe('a mail that comes back', () => {
  const bounce = (status: string) => BOUNCES[0]?.raw.replace('5.1.1', status) as string;
  const stateOf = async (key: string) =>
    (await mailsOf(the().db, the().id)).find((one) => one.key === key)?.state;
  const writeAgain = async (text: string) => {
    await client().write(the().id, {
      ...{ by: 'oas-1', subject: 'Fechas', text, addressed: { to: 'person', person: 'per-mtpe-1' } },
    });
    return (await mailsOf(the().db, the().id)).findLast(
      ({ notice }) => notice === 'communication',
    ) as MailRow;
  };
  beforeEach(async () => {
    const address = `jorge-${the().id}@mtpe.example`;
    await the()
      .db.updateTable('person')
      .set({ email: address })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-1')
      .execute();
  });

  it('goes out with an envelope of its own, and is told to the Secretariat, once; nothing more is sent there until the address is corrected', async () => {
    const mail = await written();
    expect(envelopes.at(-1)).toBe(`respuestas+b${mail.bounceToken}@coop.example`);
    expect(mail.bounceToken).toMatch(/^[0-9a-f]{32}$/);
    expect(mail.bounceToken).not.toBe(mail.replyToken);
    await come(mail, bounce('5.1.1'), true, 'bounce');
    await file();
    await come(mail, bounce('5.1.1').replace('Message-ID: <b', 'Message-ID: <c'), true, 'bounce');
    await file();
    expect((await rows())[0]?.state).toBe('bounced');
    expect(await stateOf(mail.key)).toBe('refused');
    expect((await talk())[0]).toMatchObject({
      kind: 'received',
      by: 'per-mtpe-1',
      mail: { unfiled: 'bounced' },
    });
    const told = sent.filter(({ parsed }) => parsed.subject?.includes('el correo no llega a Jorge Larrea'));
    expect(new Set(told.map(({ to }) => to)).size).toBe(2);
    sent = [];
    expect((await writeAgain('¿Y en agosto?')).state).toBe('refused');
    expect(sent).toEqual([]);
    await the()
      .db.updateTable('person')
      .set({ email: `nuevo-${the().id}@mtpe.example` })
      .where('cooperation', '=', the().id)
      .where('id', '=', 'per-mtpe-1')
      .execute();
    expect((await writeAgain('¿Y en septiembre?')).state).toBe('sent');
  });

  it.each(['5.2.2', '5.7.1', '4.4.7'])(
    'for what is not the address’s fault (%s) does not stop the next',
    async (status) => {
      const mail = await written();
      await come(mail, bounce(status), true, 'bounce');
      await file();
      expect(await stateOf(mail.key)).toBe('refused');
      expect((await writeAgain('¿Y en agosto?')).state).toBe('sent');
    },
  );

  it('is not believed at the address of replies, which whoever has had the mail knows', async () => {
    const mail = await written();
    await come(mail, bounce('5.1.1'), true);
    await file();
    expect((await rows()).map(({ state }) => state)).toEqual(['automatic']);
    expect([await stateOf(mail.key), await talk(), sent]).toEqual(['sent', [], []]);
    expect((await writeAgain('¿Y en agosto?')).state).toBe('sent');
  });

  it('or is late only says nothing', async () => {
    const mail = await written();
    await come(mail, bounce('4.4.7').replace('failed', 'delayed'), true, 'bounce');
    await file();
    expect((await rows())[0]?.state).toBe('automatic');
    expect(await stateOf(mail.key)).toBe('sent');
    expect(sent).toEqual([]);
  });
});

it('a mail that waits while Temporal is away is filed once when it is back', async () => {
  const mail = await written();
  await come(mail, reply('No podemos.'));
  let away = true;
  const cooperations = cooperationsOver({
    ...{ caseFile: the().db, documents: outside.documents, now: () => NOW },
    workflows: {
      sendCommunication: async () => {
        if (away) throw new Error('away');
      },
    } as unknown as Workflows,
  });
  const failures: unknown[] = [];
  await cooperations.fileMails((error) => failures.push(error));
  expect(failures).toHaveLength(1);
  expect((await rows())[0]?.state).toBe('waiting');
  away = false;
  await cooperations.fileMails();
  expect((await rows())[0]?.state).toBe('filed');
  expect(await talk()).toHaveLength(1);
});

it('no two shapes are the same mail', () => {
  const hashes = SHAPES.map(({ raw }) => createHash('sha256').update(raw).digest('hex'));
  expect(new Set(hashes).size).toBe(SHAPES.length);
});

it('what was too large to be taken goes to the Secretariat by its head, in nobody’s name', async () => {
  const mail = await written();
  await come(mail, `From: ${JORGE}\r\nSubject: Anexos\r\n\r\n`, false, 'reply', MOST_MAIL_BYTES + 1);
  await file();
  expect((await rows()).map(({ state }) => state)).toEqual(['unfiled']);
  expect(await talk()).toMatchObject([
    { kind: 'received', subject: 'Anexos', mail: { unfiled: 'oversized' } },
  ]);
  expect(sent[0]?.parsed.text).toMatch(/demasiado\s+grande/);
});
