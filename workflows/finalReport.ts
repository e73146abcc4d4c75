import type { Subject } from '../src/domain/answer.ts';
import { aside } from './desk/turns.ts';
import { FINAL_REPORT } from './scope.ts';
import { openStep, type StepInput } from './step.ts';
import { submittedSubject } from './submittedSubject.ts';

/**
 * Step 5, the Final Report: the requesting ministry drafts it, the providing ministry complements it, and the
 * Technical Secretariat receives it, or sends it back with its reasons, and round again.
 */
export async function finalReport(input: StepInput): Promise<void> {
  let complemented: string[] = [];
  const newcomers = () => step.plan().report.complements.filter((party) => !complemented.includes(party));
  let receiving = false;
  // An institution that is to complement the report, and joins while the Secretariat has it, comes first.
  const step = openStep(input, FINAL_REPORT, {
    replanned: () => {
      if (receiving && newcomers().length > 0) aside(step.supersede());
    },
  });

  let round = 0;
  for (let version = 1; ; version++) {
    const draft = await step.ask({
      kind: 'draft-report',
      of: step.plan().report.drafts,
      item: version,
      round: version,
    });
    let report: Subject = submittedSubject(draft, `report-v${version}-draft`);
    complemented = [];
    for (;;) {
      round++;
      const of = newcomers();
      if (of.length > 0) {
        const complement = await step.ask({
          kind: 'complement-report',
          of,
          about: report,
          item: version,
          round,
        });
        // Those, too, that another was asked in the place of.
        complemented.push(...of, ...complement.of);
        report = submittedSubject(complement, `report-v${version}`, report);
      }
      receiving = true;
      const received = await step.ask({
        kind: 'receive-report',
        of: [step.plan().report.receives],
        about: report,
        item: version,
        round,
      });
      receiving = false;
      if (received.approved) return step.finish();
      if (!received.lapsed) break;
    }
  }
}
