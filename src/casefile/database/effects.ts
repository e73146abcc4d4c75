import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Whether somebody's request has begun to change anything: when it fails half-way, that is what they have to know. What
 * is no request (an activity, a command) says nothing of it.
 */
type Effects = {
  begun: boolean;
  /** Nothing may be changed: what would is refused. */
  drawn?: true;
};

const current = new AsyncLocalStorage<Effects>();

/** Handles a request, within which {@link hasBegun} is known. */
export const watchingEffects = <T>(handle: () => Promise<T>): Promise<T> =>
  current.run({ begun: false }, handle);

/** Something was to be changed while only a page is drawn. It has not been sent. */
export class OnlyDrawn extends Error {
  override name = 'OnlyDrawn';
}

/** Handles a request of which nothing but the page is wanted: what would change something throws {@link OnlyDrawn}. */
export const onlyDrawing = <T>(handle: () => Promise<T>): Promise<T> =>
  current.run({ begun: false, drawn: true }, handle);

/**
 * Something is sent that may change something, whether an answer to it comes or not.
 * @throws OnlyDrawn
 */
export function begins(): void {
  const effects = current.getStore();
  if (effects?.drawn) throw new OnlyDrawn('only a page is drawn');
  if (effects) effects.begun = true;
}

/** Whether something may have been changed; also where nobody watched. */
export const hasBegun = (): boolean => current.getStore()?.begun ?? true;

/** Sends something that may change something. Where it certainly has not, `undone` says so of the failure. */
export async function effect<T>(send: () => Promise<T>, undone: (error: unknown) => boolean): Promise<T> {
  const effects = current.getStore();
  const before = effects?.begun ?? true;
  begins();
  try {
    return await send();
  } catch (error) {
    if (effects && undone(error)) effects.begun = before;
    throw error;
  }
}
