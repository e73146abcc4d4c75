import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import type { Change } from '../../domain/change.ts';
import { isBefore } from '../../domain/dates/dates.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import type { Visit } from '../visit.ts';

/**
 * When what is shown of a session or of the coordination meeting was corrected; what was recorded first stands with the
 * answer that brought it.
 */
export function correctionsOf(
  { view, clock }: Visit,
  { recordedAt }: Pick<CaseView['meeting'], 'recordedAt'>,
  isCorrection: (what: Partial<Change> & Record<string, unknown>) => boolean,
  isFirst: (request: CaseView['requests'][number]) => boolean,
): Html | '' {
  const say = speaker('site.session', clock.language);
  // What was corrected of a record that was annulled since is not of this one.
  const made = view.changes.filter(
    ({ what, madeAt }) =>
      isCorrection(what as Record<string, unknown>) && !(recordedAt && isBefore(madeAt, recordedAt)),
  );
  const last = made.at(-1);
  if (!last) return '';
  const first = view.requests.findLast((one) => isFirst(one) && one.answers.length > 0);
  return html`<p class="govuk-body rial-soft">${say('corrected', {
    count: made.length,
    when: ownMomentOf(last.madeAt, clock),
  })}${first ? html` <a class="govuk-link" href="/c/${view.id}/requests/${first.id}">${say('firstMinutes')}</a>` : ''}</p>`;
}
