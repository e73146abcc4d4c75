import type { Plan } from '../src/domain/plan.ts';
import type { Reason } from './request.ts';
import { openStep } from './step.ts';
import { submitted } from './submitted.ts';

/**
 * Step 5, the Final Report: the requesting ministry drafts it, the providing ministry complements it, and the
 * Technical Secretariat receives it, or sends it back with its reasons, and round again.
 */
export async function finalReport({ plan }: { plan: Plan }): Promise<void> {
  const { drafts, complements, receives } = plan.report;
  const step = openStep(plan, 'final-report');

  let reasons: Reason[] | undefined;
  for (let version = 1; ; version++) {
    const draft = await step.ask({
      kind: 'draft-report',
      of: drafts,
      item: version,
      round: version,
      reasons,
    });
    const complemented = await step.ask({
      kind: 'complement-report',
      of: complements,
      about: submitted(draft, `report-v${version}-draft`),
      item: version,
      round: version,
    });
    const received = await step.ask({
      kind: 'receive-report',
      of: [receives],
      about: submitted(complemented, `report-v${version}`),
      item: version,
      round: version,
    });
    if (received.approved) break;
    reasons = received.reasons;
  }
  await step.finish();
}
