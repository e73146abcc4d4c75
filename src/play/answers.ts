import JSZip from 'jszip';
import type { GivenDecision } from '../client/index.ts';
import type { CaseView, RequestView } from '../domain/caseView.ts';
import { CHANGES_SEEN } from '../domain/content.ts';
import { dateAhead } from '../domain/dates/slots.ts';
import { documentVersionId } from '../domain/ids.ts';
import { kinds } from '../domain/kinds/index.ts';
import type { Form } from '../domain/kinds/kind.ts';
import { type Speak, speaker } from '../words/speaker.ts';

/** What scripted delegates answer to each kind of request, when all goes well. */

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

/** Who answers what, with what at hand. */
type Answering = { view: CaseView; request: RequestView; by: string; means: Means };

/** @throws Error where a document is to be handed in and there is none to start from */
export const usualAnswer = (
  view: CaseView,
  request: RequestView,
  by: string,
  means: Means,
): Promise<GivenDecision> =>
  USUAL[kinds[request.kind].form]({ view, request, by, means }, speaker('play.lines', view.language));

const USUAL: Readonly<
  Record<Form, (answering: Answering, lines: Speak<'play.lines'>) => Promise<GivenDecision>>
> = {
  minutes,
  session: minutes,
  review: async () => ({ decision: 'approve' }),
  programme: async ({ view, request }, lines) => {
    const { contents } = view.programme;
    const introduction = `${contents.introduction} ${lines('revised')} (${request.round})`;
    // JSON is YAML.
    const programme = JSON.stringify({ ...view.programme, contents: { ...contents, introduction } });
    return { decision: 'submit', programme };
  },
  documents: async ({ by, means }, lines) => {
    const file = { fileName: `${by}.txt`, content: Buffer.from(`${lines('document')}\n`) };
    const version = await means.put('answer', file, lines('documentTitle'));
    return { decision: 'done', documents: [documentVersionId(version)] };
  },
  question: async (_, lines) => ({ decision: 'done', text: lines('answer') }),
  marks: async ({ request }) => {
    const choice = ['yes', 'if-need-be', 'no'] as const;
    return {
      decision: 'marks',
      marks: Object.fromEntries(request.slots.map((slot, index) => [slot.id, choice[index % 3] ?? 'no'])),
    };
  },
  date: async ({ view, request }) =>
    request.decisions.includes('done')
      ? { decision: 'done' }
      : {
          decision: 'date',
          date: request.slots[0]?.id ?? dateAhead(new Date().toISOString(), meetingIn(view, request)),
        },
  person: async ({ view }, lines) => ({
    decision: 'done',
    person: { name: lines('consultant'), email: `consultant@${view.id}.example` },
  }),
  draft,
  complement: draft,
  outcomes: async ({ request }, lines) => ({
    decision: 'done',
    outcomes: {
      ...{ came: ['processes', 'training'], text: lines('outcomes') },
      ...(request.objectives.length > 0 && {
        objectives: request.objectives.map(({ number }, index) => ({
          ...{ objective: number, seen: CHANGES_SEEN[index % CHANGES_SEEN.length] ?? 'brought' },
        })),
      }),
    },
  }),
  fulfilment: async ({ request }, lines) => ({
    decision: 'done',
    fulfilment: request.commitments.map(({ number }) => ({
      ...{ commitment: number, outcome: 'kept', text: lines('fulfilment') },
    })),
  }),
  translation: async ({ request: { translation } }) => ({
    decision: 'submit',
    translation: (translation?.paragraphs ?? []).map(({ number, text }) => ({
      paragraph: number,
      text: speaker('play.lines', translation?.into ?? 'es')('translation', {
        n: String(number),
        beginning: text.split(/\s+/u).slice(0, 4).join(' '),
      }),
    })),
  }),
  confirmation: async () => ({ decision: 'done' }),
};

/** How long is met, and who meets. */
export const meetingIn = (
  { programme, meeting, sessions }: CaseView,
  { item }: Pick<RequestView, 'item'>,
) => ({
  hours: sessions.find(({ number }) => number === item)?.hours ?? meeting.hours,
  institutions: programme.institutions.map(({ timezone, country, closedDays }) => ({
    ...{ timeZone: timezone, country, closedDays },
  })),
});

async function minutes({ view }: Answering, lines: Speak<'play.lines'>): Promise<GivenDecision> {
  return {
    decision: 'done',
    minutes: {
      minutes: lines('minutes'),
      attendance: view.people
        .filter(({ role, active }) => role === 'delegate' && active)
        .map(({ name, party, id }) => ({ name, party, person: id })),
      outputs: [lines('output')],
    },
  };
}

/** Hands in what came with the mail, or was there before, with something added. */
async function draft({ request, by, means }: Answering, lines: Speak<'play.lines'>): Promise<GivenDecision> {
  const { brings, form } = kinds[request.kind];
  const kind = brings === 'sheet' ? 'sheet' : 'report';
  const attached = await means.attached();
  const file = attached ?? (await means.before?.(kind));
  const line = request.again ? 'revised' : form === 'complement' ? 'complement' : 'drafted';
  return submit(means, kind, file && (await withParagraph(file, `${lines(line)} (${by}, ${request.round})`)));
}

async function submit(
  means: Means,
  kind: 'sheet' | 'report',
  file: WordFile | undefined,
): Promise<GivenDecision> {
  if (!file) throw new Error(`the mail brought no Word file to start the ${kind} from`);
  return { decision: 'submit', document: (await means.put(kind, file)).sha256 };
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
