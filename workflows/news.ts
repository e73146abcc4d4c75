import { condition, sleep } from '@temporalio/workflow';
import { DAY_MS, HOUR_MS } from '../src/domain/dates/durations.ts';
import { activities } from './activities.ts';
import { aside } from './desk/turns.ts';
import type { OpenStep } from './step.ts';

/** What was shared and answered, and is made known to the delegations. Instants are ISO 8601, UTC. */
export type NewsState = {
  /** Since the last news, and when the first of it was. */
  unannounced: { documents: string[]; questions: number[]; since?: string | undefined };
  news: { sent: number; lastAt: string };
  /** The news that were being told. */
  telling?: News | undefined;
};

type News = { number: number; at: string; documents: string[]; questions: number[] };

/** What arrives within this time of the first is told with it. */
const GATHERED = 3 * HOUR_MS;

/** Gathers news, and tells them in one mail a day at most: beside the rest, since mail may be held up. */
export function gatherNews(step: OpenStep, state: NewsState) {
  let { unannounced, news, telling } = state;
  let resting = false;
  const onTheirWay = () => telling !== undefined && !resting;
  const hasNews = () => unannounced.documents.length + unannounced.questions.length > 0;

  /** What has been gathered, a while after the first of it and a day after the news before. */
  async function nextNews(): Promise<News> {
    await condition(hasNews);
    const first = Date.parse(unannounced.since ?? new Date().toISOString());
    const at = Math.max(first + GATHERED, news.lastAt ? Date.parse(news.lastAt) + DAY_MS : 0);
    const wait = at - Date.now();
    if (wait > 0) await sleep(wait, { summary: step.say('news') });
    if (step.paused()) await step.unpaused();
    const { documents, questions } = unannounced;
    unannounced = { documents: [], questions: [] };
    news = { sent: news.sent + 1, lastAt: new Date().toISOString() };
    telling = { number: news.sent, at: news.lastAt, documents, questions };
    return telling;
  }

  async function tellNews(): Promise<void> {
    for (;;) {
      const next = telling ?? (await nextNews());
      for (;;) {
        const { later } = await activities(step.say('news')).announceNews({
          ...{ cooperation: step.cooperation, ...next },
        });
        if (!later) break;
        // It is evening for some: they have it in the morning.
        resting = true;
        await sleep(Math.max(0, Date.parse(later) - Date.now()), { summary: step.say('news') });
        resting = false;
      }
      telling = undefined;
    }
  }

  return {
    add(documents: readonly string[], questions: readonly number[] = []): void {
      if (documents.length + questions.length === 0) return;
      unannounced = {
        documents: [...new Set([...unannounced.documents, ...documents])],
        questions: [...new Set([...unannounced.questions, ...questions])],
        since: unannounced.since ?? new Date().toISOString(),
      };
    },
    tell: (): void => aside(tellNews()),
    /** News on their way are brought to their end; while `meanwhile` is waited for, others may set out. */
    async settled(meanwhile: () => Promise<void>): Promise<void> {
      do {
        await condition(() => !onTheirWay());
        await meanwhile();
      } while (onTheirWay());
    },
    state: (): NewsState => ({ unannounced, news, ...(telling && { telling }) }),
  };
}
