import type { CaseView } from '../../domain/caseView.ts';
import { type MeetingStanding, meetingStanding } from '../../domain/standing.ts';
import type { Clock } from '../../words/dates/dates.ts';
import { stepLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { tag } from './govuk.ts';
import { waysThere } from './sessions.ts';

/** The coordination meeting wherever a page shows it: how it stands, and how to be there. */

const COLOURS: Readonly<Record<MeetingStanding, Parameters<typeof tag>[0]>> = {
  dated: 'blue',
  'to-record': 'yellow',
  held: 'green',
  'not-held': 'yellow',
  cancelled: 'red',
};

/** Whether people are still to meet. */
export const isMeetingAhead = ({ meeting, closedAt }: CaseView, now: string): boolean =>
  closedAt === null && meetingStanding(meeting, now) === 'dated';

export function meetingTag(meeting: CaseView['meeting'], { language, now }: Clock): Html {
  const state = meetingStanding(meeting, now);
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
