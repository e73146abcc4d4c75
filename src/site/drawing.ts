import { AsyncLocalStorage } from 'node:async_hooks';
import { OnlyDrawn } from '../casefile/database/effects.ts';
import type { Language } from '../domain/language.ts';

/**
 * A page that answers a form, drawn anew in another language from what its form holds by then. Whoever handles the form is
 * asked as always; whatever would change something is not done, and the form is shown as it is filled.
 */
type Drawing = {
  language: Language;
  /** The form is shown whatever is right or wrong in it. */
  open: boolean;
  /** Something would have been changed. */
  stopped: boolean;
};

const current = new AsyncLocalStorage<Drawing>();

/** The language in which a page is drawn anew; nothing where a form is sent to be taken. */
export const drawnLanguage = (): Language | undefined => current.getStore()?.language;

/** Whether the form is shown as it is filled, and nothing becomes of it. */
export const isLeftOpen = (): boolean => current.getStore()?.open ?? false;

/** Whether an error says that something would have been changed; that is known from then on. */
export function wouldChange(error: unknown): boolean {
  const drawing = current.getStore();
  if (!drawing || !(error instanceof OnlyDrawn)) return false;
  drawing.stopped = true;
  return true;
}

/** Answers that say that nothing of what was sent was taken. */
export const NOT_TAKEN: readonly number[] = [401, 409, 422];

/**
 * Draws a page by sending its form, as often as it takes.
 *
 * @param typed it has a form that can be written in: what that would lead on to is not wanted
 */
export async function drawn(
  language: Language,
  send: () => Response | Promise<Response>,
  { typed }: { typed: boolean },
): Promise<Response> {
  const once = async (open: boolean) => {
    const drawing: Drawing = { language, open, stopped: false };
    const response = await current.run(drawing, async () => send());
    return { response, isIt: !drawing.stopped && (!typed || NOT_TAKEN.includes(response.status)) };
  };
  const first = await once(false);
  return first.isIt ? first.response : (await once(true)).response;
}
