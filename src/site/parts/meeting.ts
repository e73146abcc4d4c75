import type { CaseView } from '../../domain/caseView.ts';
import type { Clock } from '../../words/dates.ts';
import { stepLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { tag } from './govuk.ts';
import { waysThere } from './sessions.ts';

/** The coordination meeting wherever a page shows it: how it stands, and how to be there. */

type State = 'open' | 'over' | 'held' | 'notHeld' | 'cancelled';
const COLOURS: Readonly<Record<State, Parameters<typeof tag>[0]>> = {
  open: 'blue',
  over: 'yellow',
  held: 'green',
  notHeld: 'yellow',
  cancelled: 'red',
};

function stateOf({ recordedAt, cancelledAt, notHeldAt, endsAt }: CaseView['meeting'], now: string): State {
  if (cancelledAt) return 'cancelled';
  if (recordedAt) return 'held';
  if (notHeldAt) return 'notHeld';
  return Date.parse(endsAt) <= Date.parse(now) ? 'over' : 'open';
}

/** Whether people are still to meet. */
export const isMeetingAhead = ({ meeting, closedAt }: CaseView, now: string): boolean =>
  closedAt === null && stateOf(meeting, now) === 'open';

export function meetingTag(meeting: CaseView['meeting'], { language, now }: Clock): Html {
  const state = stateOf(meeting, now);
  return tag(COLOURS[state], speaker('site.meeting', language)(state));
}

/** Ways to be there, while it is still to take place: its link, and its entry for a calendar. */
export function meetingLinks(view: CaseView, clock: Clock): Html | '' {
  if (!isMeetingAhead(view, clock.now)) return '';
  const { language } = clock;
  return waysThere(
    view.meeting,
    {
      of: stepLabel('coordination', language),
      page: `/c/${view.id}/meeting`,
      join: { style: 'govuk-link', label: speaker('site.sessions', language)('join') },
    },
    language,
  );
}
