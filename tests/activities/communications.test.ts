import PostalMime, { type Email } from 'postal-mime';
import { beforeEach, describe, expect, it } from 'vitest';
import { communicationActivities } from '../../activities/communications.ts';
import type { Outside } from '../../activities/context.ts';
import { findLink } from '../../src/casefile/access/access.ts';
import { communicationsOf, unsentCommunications } from '../../src/casefile/mails/communications.ts';
import { mailsOf } from '../../src/casefile/mails/mails.ts';
import { readRecord } from '../../src/casefile/record.ts';
import { cooperationsOver, type Workflows } from '../../src/client/index.ts';
import type { GivenCommunication } from '../../src/domain/communication.ts';
import { MailUnavailable } from '../../src/mail/transport.ts';
import { asked as ask, NOW, setting, the } from '../casefile/changes/setting.ts';
import { outsideWith } from './outside.ts';

/** What is written beside the process, from the client to the mail server. */

setting();

const SITE = 'https://cooperacion.oas.example';
let outside: Outside;
let sent: { to: string; parsed: Email }[];
let away: boolean;
let begun: number[];
beforeEach(() => {
  sent = [];
  begun = [];
  away = false;
  outside = outsideWith(
    async ({ to, raw }) => {
      if (away) throw new MailUnavailable('ECONNECTION', 'away');
      sent.push({ to, parsed: await PostalMime.parse(raw) });
    },
    { site: SITE },
  );
});

const client = () =>
  cooperationsOver({
    caseFile: the().db,
    documents: outside.documents,
    now: () => NOW,
    workflows: {
      sendCommunication: async (_: unknown, number: number) => {
        begun.push(number);
      },
    } as unknown as Workflows,
  });
const LETTER: GivenCommunication = {
  ...{ addressed: { to: 'party', party: 'per-mtpe' }, by: 'oas-1' },
  ...{ subject: 'Cambio de sala', text: 'Será en la sala 4.' },
};
const send = (number: number) =>
  communicationActivities(outside).sendCommunication({ cooperation: the().id, number });
const recorded = async () =>
  (await readRecord(the().db, the().id)).filter(({ kind }) => !kind.startsWith('cooperation'));

describe('the Secretariat writes', () => {
  it('to an institution: one mail each, once, however often the same is sent', async () => {
    const { db, id } = the();
    const first = await client().write(id, LETTER);
    expect(await client().write(id, LETTER)).toEqual(first);
    expect(first.people).toHaveLength(5);
    expect(await send(first.number)).toEqual({ notified: 5, refused: 0 });
    expect(await send(first.number)).toEqual({ notified: 5, refused: 0 });
    expect(sent).toHaveLength(5);
    expect(sent[0]?.parsed.subject).toBe('Perú–Chile: Cambio de sala');
    expect(sent[0]?.parsed.text).toContain('Será en la sala 4.');
    const [, token = ''] = /\/r\/([0-9a-f]{48})/.exec(sent[0]?.parsed.text ?? '') ?? [];
    expect((await findLink(db, token, NOW))?.path).toBe(`/c/${id}/communications`);
    // The record has who and when, and neither text nor subject.
    const [entry] = await recorded();
    expect(entry).toMatchObject({ kind: 'communication-written', party: 'oas', person: 'oas-1' });
    expect(JSON.stringify((await recorded()).map(({ data }) => data))).not.toContain('sala');
    // What is done is not begun again.
    await client().write(id, LETTER);
    expect(begun).toEqual([first.number, first.number]);
  });

  it('and waits for a mail server that is away', async () => {
    const { db, id } = the();
    const { number } = await client().write(id, LETTER);
    away = true;
    await expect(send(number)).rejects.toThrow('5 of 5 mails could not be sent yet');
    expect(await unsentCommunications(db).where('cooperation', '=', id).execute()).toHaveLength(1);
    away = false;
    expect(await send(number)).toEqual({ notified: 5, refused: 0 });
    expect(sent).toHaveLength(5);
    expect((await mailsOf(db, id)).map(({ state }) => state)).toEqual(Array(5).fill('sent'));
    expect(await unsentCommunications(db).where('cooperation', '=', id).execute()).toEqual([]);
  });

  it('to those who owe an answer now, and to nobody where nobody does', async () => {
    const { id } = the();
    const owing = { ...LETTER, addressed: { to: 'owing' } as const };
    await expect(client().foreseeCommunication(id, owing)).rejects.toThrow('NobodyToWriteTo');
    await ask('coordination/approve-programme.1', ['chl-mtps']);
    const { people } = await client().foreseeCommunication(id, owing);
    expect(new Set(people.map(({ party }) => party))).toEqual(new Set(['chl-mtps']));
    // Others would get it than was shown.
    const shown = { ...owing, people: people.slice(1).map((one) => one.id) };
    await expect(client().write(id, shown)).rejects.toThrow('ReadersChanged');
    expect(await communicationsOf(the().db, id)).toEqual([]);
  });

  it.each([
    [{ ...LETTER, by: 'per-mtpe-1' }, 'NotSecretariat'],
    [{ ...LETTER, addressed: { to: 'party', party: 'arg' } }, 'PartyUnknown'],
    [{ ...LETTER, addressed: { to: 'person', person: 'per-mtpe-99' } }, 'PersonUnknown'],
  ] as [GivenCommunication, string][])('not %j: %s', async (given, code) => {
    await expect(client().write(the().id, given)).rejects.toThrow(code);
    expect(begun).toEqual([]);
  });
});

describe('the Secretariat is asked', () => {
  it('hears of it, and its answer reaches whoever asked, in the thread, once', async () => {
    const { id } = the();
    const asked = await client().enquire(id, { by: 'per-mtpe-2', text: '¿Quién reserva la sala?' });
    await send(asked.number);
    expect(sent.map(({ to }) => to)).toEqual(['maria.camacho@oea.example', 'guillermo.calzada@oea.example']);
    expect(sent[0]?.parsed.text).toContain('> ¿Quién reserva la sala?');
    sent = [];
    const answer = { enquiry: asked.number, by: 'oas-1', text: 'La Secretaría.', shared: false };
    const answered = await client().answerEnquiry(id, answer);
    expect(await client().answerEnquiry(id, answer)).toEqual(answered);
    expect(answered.people).toEqual(['per-mtpe-2']);
    await send(answered.number);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.parsed.text).toContain('La Secretaría.');
    expect((await recorded()).map(({ kind }) => kind).filter((kind) => !kind.startsWith('mail'))).toEqual([
      'enquiry-made',
      'enquiry-answered',
    ]);
    // Somebody else has answered otherwise meanwhile.
    const other = { ...answer, by: 'oas-2', text: 'El MTPE.' };
    await expect(client().answerEnquiry(id, other)).rejects.toThrow('EnquiryAnswered');
    await expect(client().answerEnquiry(id, { ...answer, enquiry: 9 })).rejects.toThrow('EnquiryUnknown');
  });
});
