import type { Subject } from '../src/domain/answer.ts';
import { aside } from './desk/turns.ts';
import { FINAL_REPORT } from './scope.ts';
import { openStep, type StepInput } from './step.ts';
import { submittedSubject } from './submittedSubject.ts';

/**
 * Step 5, the Final Report: the requesting ministries draft it one after another, and the providing ministries complement
 * it one after another, each from the text of the one before; the Technical Secretariat receives it, or sends it back
 * with its reasons, and round again.
 */
export async function finalReport(input: StepInput): Promise<void> {
  let complemented: string[] = [];
  let receiving = false;
  // An institution that is to complement the report, and joins while the Secretariat has it, comes first.
  const step = openStep(input, FINAL_REPORT, {
    replanned: () => {
      const isMissing = (party: string) => !complemented.includes(party);
      if (receiving && step.plan().report.complements.some(isMissing)) aside(step.supersede());
    },
  });
  let rounds = NONE;

  /** Asks one institution after another for its part, those too who join meanwhile; nobody's text is dropped. */
  async function inTurn(
    kind: 'draft-report' | 'complement-report',
    authors: () => string[],
    asked: string[],
    { version, ref, text }: { version: number; ref: string; text?: Subject | undefined },
  ): Promise<Subject | undefined> {
    for (;;) {
      const author = authors().find((party) => !asked.includes(party));
      if (author === undefined) return text;
      const turn = await step.ask({
        ...{ kind, of: [author], about: text, item: version, round: ++rounds[kind] },
      });
      // Whoever was asked in their place has had their turn, too.
      asked.push(author, ...turn.of);
      text = submittedSubject(turn, ref) ?? text;
    }
  }

  await step.take(async () => {
    rounds = { ...NONE };
    receiving = false;
    for (let version = 1; ; version++) {
      const draft = { version, ref: `report-v${version}-draft` };
      let text = await inTurn('draft-report', () => step.plan().report.drafts, [], draft);
      complemented = [];
      for (;;) {
        const complement = { version, ref: `report-v${version}`, text };
        text = await inTurn(
          'complement-report',
          () => step.plan().report.complements,
          complemented,
          complement,
        );
        receiving = true;
        const received = await step.ask({
          kind: 'receive-report',
          of: [step.plan().report.receives],
          about: text,
          item: version,
          round: ++rounds['receive-report'],
        });
        receiving = false;
        if (received.approved) return;
        if (!received.lapsed) break;
      }
    }
  });
  await step.finish();
}

const NONE = { 'draft-report': 0, 'complement-report': 0, 'receive-report': 0 };
