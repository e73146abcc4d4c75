import type { RequestState } from '../../src/domain/request.ts';
import { closed, type HeldRequest } from './heldRequest.ts';

/** What a request desk hands over when its workflow continues as new. */
export type DeskState = { open: readonly HeldRequest[]; closed: readonly RequestState[] };

/** Closed requests are remembered so that a late answer is told who was faster; a long exchange keeps this many. */
const CLOSED_KEPT = 100;

export type Book = ReturnType<typeof openBook>;

/** The requests of one workflow: those that are waited on, and the last of those that were. */
export function openBook(state: DeskState = { open: [], closed: [] }) {
  let open = state.open;
  let past = state.closed;
  return {
    open: () => open,
    past: () => past,
    find: (id: string): HeldRequest | undefined => open.find(({ request }) => request.id === id),
    /** The open request that is known to be there. */
    held(id: string): HeldRequest {
      const held = open.find(({ request }) => request.id === id);
      if (!held) throw new Error(`${id} is not open`);
      return held;
    },
    add(held: HeldRequest): void {
      open = [...open, held];
    },
    /** What happened to an open request; one that was closed meanwhile stays as it is. */
    update(id: string, change: (held: HeldRequest) => HeldRequest): void {
      open = open.map((held) => (held.request.id === id ? change(held) : held));
    },
    close(id: string): void {
      past = [...past, ...open.filter(({ request }) => request.id === id).map(closed)].slice(-CLOSED_KEPT);
      open = open.filter(({ request }) => request.id !== id);
    },
    /** These, open or closed, are asked no more: what they followed from was annulled. */
    undo(ids: readonly string[]): void {
      for (const id of ids) this.close(id);
      past = past.map((one) => (ids.includes(one.id) ? { ...one, lapsed: 'annulled' } : one));
    },
  };
}
