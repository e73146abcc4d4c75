import { condition, log, setHandler } from '@temporalio/workflow';
import type { AnnulledAnswer, ChangeKind } from '../../src/domain/change.ts';
import { type ChangeMessage, changeMessage } from '../../src/domain/changeMessage.ts';
import { malformed } from '../../src/domain/guard.ts';
import { plan } from '../../src/domain/programme/plan.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { endingOf, settled } from '../../src/domain/request.ts';
import { caseFile } from '../activities.ts';
import { type ChangeReceipt, changeUpdate, pauseStep, planChanged, resumeStep } from '../messages.ts';
import { tellingOf } from '../telling.ts';
import { temporalText } from '../wording.ts';
import { failure } from './answering.ts';
import type { Bench, DeskOptions } from './bench.ts';
import { annulled as annulledHeld, opened, replanned as replannedHeld } from './heldRequest.ts';

/** Takes what the Secretariat changes: of one request, and of the cooperation where that concerns its steps. */
export function listenForChanges(
  bench: Bench,
  {
    replanned = () => {},
    undone = () => {},
    people = false,
    changed = () => {},
  }: Pick<DeskOptions, 'replanned' | 'undone' | 'people' | 'changed'>,
) {
  const { cooperation, language, book, inTurn, show, onceBegun } = bench;
  const telling = tellingOf(bench);

  /** Why a change is refused before the case file is asked, or `null`. Reads, never writes. */
  function refusalOf(message: ChangeMessage): Refusal | null {
    const mistaken = malformed(changeMessage, message);
    if (mistaken) return mistaken;
    const { kind, request } = message;
    if (request === undefined)
      return people ? null : { code: 'ChangeElsewhere', change: kind, goesTo: 'cooperation' };
    // What was answered can be annulled as long as its step is under way, which the case file knows.
    if (book.find(request) || kind === ('annul' satisfies ChangeKind)) return null;
    const past = book.past().find(({ id }) => id === request);
    return past
      ? { code: 'RequestClosed', request, how: endingOf(past) ?? 'answered' }
      : { code: 'RequestUnknown', request };
  }

  async function change({ change, request: id = '' }: ChangeMessage): Promise<ChangeReceipt> {
    const answering = () => (book.find(id)?.unrecorded.length ?? 0) > 0;
    // An answer that came before stands or falls first.
    while (answering()) await condition(() => !answering());
    const at = new Date().toISOString();
    const {
      refusal,
      request: now,
      annulled,
    } = await inTurn(async () => {
      const made = await caseFile(temporalText(language, 'changes')).recordChange({
        cooperation,
        change,
        at,
      });
      // In its turn: what followed from an answer that is annulled asks for nothing more.
      if (made.annulled) undo(made.annulled);
      return made;
    });
    if (refusal) throw failure(refusal);
    if (now) book.update(annulled?.request ?? id, (held) => replannedHeld(held, now));
    const held = book.find(annulled?.request ?? id);
    if (held && !settled(held.request)) show();
    telling.tell(change);
    if (!id) changed();
    return { at };
  }

  /** An answer does not stand any more: it is owed again, or what it came to is undone. */
  function undo(annulled: AnnulledAnswer): void {
    if (annulled.undone) {
      book.undo(annulled.undone.requests);
      book.add(opened(annulled.undone.renewed));
      undone(annulled);
      show();
    } else book.update(annulled.request, (held) => annulledHeld(held, annulled));
  }

  setHandler(changeUpdate, change, {
    description:
      'Extends, reassigns or waives a request, or annuls an answer to it; refused at once when that cannot be done.',
    validator: (input) => {
      const refusal = refusalOf(input);
      if (refusal) throw failure(refusal);
    },
  });

  /** Brings what is open up to what the case file has: of whom it is asked, by when, with which reminders. */
  async function bringUpToDate(): Promise<void> {
    // In its turn: a request that is being opened now has been entered with the plan as it was, and is open by then.
    const times = await inTurn(async () => {
      const requests = book.open().map(({ request: { id } }) => id);
      return requests.length > 0
        ? caseFile(temporalText(language, 'replans')).requestTimes({ cooperation, requests })
        : undefined;
    });
    if (!times) return;
    for (const [id, now] of Object.entries(times)) book.update(id, (held) => replannedHeld(held, now));
    show();
  }

  setHandler(pauseStep, () => {
    bench.pause(new Date().toISOString());
    onceBegun(show);
  });
  setHandler(resumeStep, async () => {
    await bringUpToDate();
    bench.pause(undefined);
    onceBegun(show);
  });
  setHandler(planChanged, async (corrected) => {
    const mistaken = malformed(plan, corrected);
    if (mistaken) return log.warn('plan ignored', { code: mistaken.code });
    bench.correct(corrected);
    await bringUpToDate();
    onceBegun(replanned);
  });

  return { telling: telling.underWay };
}
