import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { apiClient } from '../../src/api/client.ts';
import type { CaseView } from '../../src/domain/caseView.ts';
import { type PlayResult, playFile, type Stage } from '../../src/play/play.ts';
import type { MailFilter, MailSummary } from '../../src/runtime/mailbox/mailbox.ts';
import { essenceOf } from '../support/essence.ts';
import { changedSource } from '../support/programme.ts';

/**
 * The Peru–Chile cooperation played under an id of its own, and what it came to beside one that was left alone: its case,
 * and every mail that arrived. What is missing or there twice is lost.
 */

export type Played = { ended: PlayResult; view: CaseView; mails: MailSummary[] };

type Scene = {
  stage: Required<Stage>;
  mailbox: { list(filter?: MailFilter): Promise<MailSummary[]> };
};

/** The programme of the example under another id. */
export const programmeOf = (id: string): string =>
  changedSource((programme) => {
    programme.id = id;
  });

/** Plays it; `hear` hears each line of the story as it is told. */
export async function play(
  id: string,
  { stage, mailbox }: Scene,
  hear: (line: string) => void = () => {},
): Promise<Played> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-played-'));
  const file = path.join(folder, `${id}.yaml`);
  await writeFile(file, programmeOf(id));
  const ended = await playFile(file, stage, (line) => hear(stripVTControlCharacters(line).trim()));
  await rm(folder, { recursive: true });
  const view = await apiClient({ url: stage.apiUrl, token: stage.token }).show({ id });
  const ours = new Set(view.mails.map(({ messageId }) => messageId));
  const mails = (await mailbox.list()).filter(({ messageId = '' }) => ours.has(messageId));
  return { ended, view, mails };
}

/** Those of its mails that reached somebody more than once: how often, by Message-ID. */
export const repeated = ({ mails }: Played): Map<string, number> =>
  new Map(
    [...Map.groupBy(mails, ({ messageId = '', to }) => `${messageId} ${to}`)]
      .filter(([, { length }]) => length > 1)
      .map(([key, { length }]) => [key.split(' ')[0] as string, length]),
  );

/** Mails of which the case file says that they may have arrived: cut off in the middle, and not needed afterwards. */
export const unconfirmed = ({ view }: Played) => view.mails.filter(({ state }) => state === 'unconfirmed');

/**
 * What it came to, and what each person was told: the same for every play in which nothing was lost. A mail that may have
 * arrived counts as sent, and is among what was told only where it did arrive.
 */
export function outcomeOf(played: Played) {
  const { ended, mails } = played;
  const unsure = new Set(unconfirmed(played));
  const view = {
    ...played.view,
    mails: played.view.mails.map((mail) => (unsure.has(mail) ? { ...mail, state: 'sent' as const } : mail)),
  };
  const { record: entries, ...essence } = essenceOf(view);
  entries['mail-sent'] = (entries['mail-sent'] ?? 0) + unsure.size;
  // That its workflows were begun again stands in its record, and is nothing that was played.
  const { 'cooperation-rebuilt': _, ...record } = entries;
  const once = new Map(mails.map((mail) => [`${mail.messageId} ${mail.to}`, mail]));
  const told = [...once.values()].map(({ to, subject, request = '' }) => [...to, request, subject].join(' '));
  const whole = JSON.stringify({ ended, ...essence, record, told: told.sort() });
  return JSON.parse(whole.replaceAll(view.id, 'ID')) as { told: string[]; [part: string]: unknown };
}

/** Resolves as soon as some, and not all, of the mails of a request are in the mailbox. */
export async function whileMailsGoOut({ mailbox }: Scene, request: string, all: number): Promise<void> {
  for (;;) {
    const { length } = await mailbox.list({ request }).catch(() => []);
    if (length > 0 && length < all) return;
    if (length >= all) throw new Error(`all mails of ${request} had gone out`);
    await delay(2);
  }
}

/** Nothing is lost, and no mail is there twice but one whose sending was cut off in the middle: the same mail then. */
export function expectNothingLost(played: Played, undisturbed: Played, cutOff: ReadonlySet<string>): void {
  expect(outcomeOf(played)).toEqual(outcomeOf(undisturbed));
  const wrong = [...repeated(played)].filter(([messageId, times]) => times > 2 || !cutOff.has(messageId));
  expect(wrong).toEqual([]);
  expect(unconfirmed(played).filter(({ messageId }) => !cutOff.has(messageId))).toEqual([]);
}
