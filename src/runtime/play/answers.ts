import JSZip from 'jszip';
import type { CaseView, RequestView } from '../../casefile/caseView.ts';
import type { GivenAnswer } from '../../client/index.ts';
import { LINES } from './texts.ts';

/** What scripted delegates answer to each kind of request, when all goes well. */

export type Given = Pick<GivenAnswer, 'decision'> & Partial<GivenAnswer>;

/** A Word file, or any other, with its name. */
export type WordFile = { fileName: string; content: Uint8Array };

/** What a delegate has at hand to answer with. */
export type Means = {
  /** The Word file that came with the mail. */
  attached(): Promise<WordFile | undefined>;
  /** What was handed in before, where something is asked for again. */
  before?(kind: 'sheet' | 'report'): Promise<WordFile | undefined>;
  /** Puts a document in. */
  put(
    kind: 'answer' | 'sheet' | 'report',
    file: WordFile,
    title?: string,
  ): Promise<{ document: string; version: number; sha256: string }>;
};

/** @throws Error where a document is to be handed in and there is none to start from */
export async function usualAnswer(
  view: CaseView,
  { kind, slots, round }: RequestView,
  by: string,
  means: Means,
): Promise<Given> {
  const lines = LINES[view.language];
  const submit = async (kind: 'sheet' | 'report', file: WordFile | undefined): Promise<Given> => {
    if (!file) throw new Error(`the mail brought no Word file to start the ${kind} from`);
    return { decision: 'submit', document: (await means.put(kind, file)).sha256 };
  };
  const draft = async (kind: 'sheet' | 'report') => {
    const attached = await means.attached();
    if (attached) return submit(kind, attached);
    const before = await means.before?.(kind);
    return submit(kind, before && (await withParagraph(before, `${lines.revised} (${round})`)));
  };
  switch (kind) {
    case 'confirm-coordination':
    case 'record-session':
      return {
        decision: 'done',
        minutes: {
          minutes: lines.minutes,
          attendance: view.people.filter(({ role }) => role === 'delegate').map(({ name }) => name),
          outputs: [lines.output],
        },
      };
    case 'approve-programme':
    case 'review-sheet':
    case 'receive-report':
      return { decision: 'approve' };
    case 'revise-programme': {
      const { contents } = view.programme;
      const introduction = `${contents.introduction} ${lines.revised} (${round})`;
      // JSON is YAML.
      const programme = JSON.stringify({ ...view.programme, contents: { ...contents, introduction } });
      return { decision: 'submit', programme };
    }
    case 'send-documents': {
      const file = { fileName: `${by}.txt`, content: Buffer.from(`${lines.document}\n`) };
      const { document, version } = await means.put('answer', file, lines.documentTitle);
      return { decision: 'done', documents: [`${document}@${version}`] };
    }
    case 'answer-question':
      return { decision: 'done', text: lines.answer };
    case 'choose-date': {
      const choice = ['yes', 'if-need-be', 'no'] as const;
      return {
        decision: 'marks',
        marks: Object.fromEntries(slots.map((slot, index) => [slot.id, choice[index % 3] ?? 'no'])),
      };
    }
    case 'confirm-date':
      return { decision: 'date', date: slots[0]?.id ?? '' };
    case 'name-consultant':
      return {
        decision: 'done',
        person: { name: lines.consultant, email: `consultant@${view.id}.example` },
      };
    case 'draft-sheet':
      return draft('sheet');
    case 'draft-report':
      return draft('report');
    case 'complement-report': {
      const attached = await means.attached();
      return submit('report', attached && (await withParagraph(attached, lines.complement)));
    }
    default:
      return { decision: 'done' };
  }
}

/** A Word document with a paragraph more at its end. */
async function withParagraph({ fileName, content }: WordFile, text: string): Promise<WordFile> {
  const zip = await JSZip.loadAsync(content);
  const part = 'word/document.xml';
  const xml = (await zip.file(part)?.async('string')) ?? '';
  const at = xml.lastIndexOf('<w:sectPr');
  zip.file(part, `${xml.slice(0, at)}<w:p><w:r><w:t>${text}</w:t></w:r></w:p>${xml.slice(at)}`);
  return { fileName, content: await zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' }) };
}
