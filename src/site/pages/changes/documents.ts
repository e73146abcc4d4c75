import type { CaseView } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { isHad, stands, wasPublished } from '../../../domain/document.ts';
import { documentVersionId } from '../../../domain/ids.ts';
import { documentName } from '../../../words/changes.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Option } from '../../form.ts';
import type { Kind, Reader, Texts } from './kind.ts';

/**
 * Changes of a document: a version that was sent by mistake is withheld, and can be had again; a corrected sheet is asked for
 * in the place of the one that was published.
 */

type DocumentView = CaseView['documents'][number];

const say = ({ clock }: Reader) => speaker('changes.documents', clock.language);

/** The sheet that was published among them; what is still reviewed, or was received, is answered or handed in anew. */
const withholdable = ({ documents, record }: CaseView) =>
  documents.filter((one) => isHad(one) && (!stands(one, documents) || wasPublished(one, record)));
const withheld = ({ documents }: CaseView) => documents.filter((one) => !isHad(one));

const choices = (documents: readonly DocumentView[], { view, clock: { language } }: Reader): Option[] =>
  documents.toReversed().map((one) => ({
    value: documentVersionId(one),
    label: documentName(view, documentVersionId(one), language),
    group: partyNamed(view.programme, one.party, language),
  }));

/** A corrected sheet was asked for, and is neither published nor called off. */
const isCorrected = ({ changes, record }: CaseView): boolean =>
  changes.some(
    ({ kind, number }) =>
      kind === 'correct-sheet' &&
      !record.some(
        (entry) =>
          (entry.kind === 'sheet-published' && isOf(entry.data, 'change', number)) ||
          (entry.kind === 'sheet-correction-cancelled' && isOf(entry.data, 'asked', number)),
      ),
  );
const isOf = (data: unknown, key: string, change: number): boolean =>
  (data as Record<string, unknown>)[key] === change;

/** The one that a link named. */
const preselected = (documents: readonly DocumentView[], { document }: Texts): Texts =>
  documents.some((one) => documentVersionId(one) === document) ? { document: document as string } : {};

export const DOCUMENT_KINDS = {
  withhold: {
    possible: (view) => withholdable(view).length > 0,
    fields: (reader) => [
      {
        ...{ name: 'document', label: say(reader)('document'), as: 'select' },
        options: choices(withholdable(reader.view), reader),
      },
    ],
    reasonHint: (reader) => say(reader)('reasonHint'),
    initial: (query, { view }) => preselected(withholdable(view), query),
    change: ({ document }) => ({ change: 'withhold', document }),
  },
  release: {
    possible: (view) => withheld(view).length > 0,
    fields: (reader) => [
      {
        ...{ name: 'document', label: say(reader)('document'), as: 'select' },
        options: choices(withheld(reader.view), reader),
      },
    ],
    reasonHint: (reader) => say(reader)('reasonHint'),
    initial: (query, { view }) => preselected(withheld(view), query),
    change: ({ document }) => ({ change: 'release', document }),
  },
  'correct-sheet': {
    possible: (view) => view.sheet !== null && view.cancelledAt === null && !isCorrected(view),
    fields: () => [],
    reasonHint: (reader) => say(reader)('reasonHintSheet'),
    change: () => ({ change: 'correct-sheet' }),
  },
  'cancel-sheet-correction': {
    possible: (view) => view.sheet !== null && view.cancelledAt === null && isCorrected(view),
    fields: () => [],
    reasonHint: (reader) => say(reader)('reasonHintSheet'),
    change: () => ({ change: 'cancel-sheet-correction' }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
