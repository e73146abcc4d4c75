import { Hono } from 'hono';
import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import type { ChangeKind } from '../../domain/change.ts';
import { commitmentsFrom } from '../../domain/results/commitments.ts';
import { attendeeText } from '../../words/attendance.ts';
import { type Clock, momentOf } from '../../words/dates/dates.ts';
import { stepLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { page } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { attendingPart, ofMeeting } from '../parts/attending.ts';
import { meetingFile } from '../parts/calendarFile.ts';
import { commitmentsLeft } from '../parts/commitments.ts';
import { cooperationNavigation } from '../parts/cooperationNavigation.ts';
import { correctionsOf } from '../parts/corrections.ts';
import { summaryList } from '../parts/govuk.ts';
import { isMeetingAhead, meetingLinks, meetingTag } from '../parts/meeting.ts';
import { cooperationName } from '../parts/names.ts';
import { listLeft } from '../parts/sessions.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../visit.ts';

/** The coordination meeting: when it is and how to be there, and afterwards what it agreed on. */

export function meetingPage({ caseFile }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();

  app.get('/meeting', notForGuests, (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const title = stepLabel('coordination', clock.language);
    return page(c, {
      title: `${title} · ${cooperationName(view, clock.language)}`,
      ownHeading: true,
      body: html`${cooperationNavigation(c, visit, 'cooperation')}
<span class="govuk-caption-l">${cooperationName(view, clock.language)}</span>
<h1 class="govuk-heading-l">${title}</h1>
${facts(view, clock)}
${meetingLinks(view, clock)}
${attendingPart(visit, ofMeeting(visit))}
${agreed(visit)}
${changes(visit)}`,
    });
  });

  app.get('/meeting/calendar.ics', notForGuests, async (c) => {
    const { view, clock } = c.get('visit');
    const { id, programme, meeting } = view;
    if (!isMeetingAhead(view, clock.now)) return missing(c);
    const file = await meetingFile(caseFile, { id, programme, meeting, clock });
    if (file === undefined) return missing(c);
    return c.body(file, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': `attachment; filename="${id}-coordination.ics"`,
    });
  });
  return app;
}

function facts({ meeting }: CaseView, clock: Clock): Html {
  const say = speaker('site.session', clock.language);
  return summaryList([
    [say('state'), meetingTag(meeting, clock)],
    [say('date'), momentOf(meeting.startsAt, clock, meeting.endsAt)],
    meeting.place ? [say('place'), meeting.place] : undefined,
  ]);
}

function agreed(visit: Visit): Html | '' {
  const { programme, meeting } = visit.view;
  const { minutes, attendance, outputs } = meeting;
  const { language } = visit.clock;
  if (!minutes) return '';
  return html`<h2 class="govuk-heading-m">${speaker('site.meeting', language)('agreed')}</h2><p class="govuk-body rial-prewrap">${minutes}</p>${listLeft('outputs', outputs, language)}${listLeft(
    'attendance',
    attendance.map((one) => attendeeText(one, programme, language)),
    language,
  )}${commitmentsLeft(commitmentsFrom(visit.view, 'coordination'), visit.view, language)}${correctionsOf(
    visit,
    meeting,
    ({ change }) => change === 'correct-meeting',
    ({ kind, answers }) =>
      kind === 'confirm-coordination' && answers.some(({ decision }) => decision === 'done'),
  )}`;
}

/** For staff: what can be changed about a meeting that is not over, and what is on record of one that is. */
function changes({ view, clock, capacity }: Visit): Html | '' {
  const { recordedAt, cancelledAt } = view.meeting;
  if (capacity !== 'staff' || view.closedAt) return '';
  const say = speaker('site.meeting', clock.language);
  const to = (kind: ChangeKind, label: string) =>
    html`<a class="govuk-link" href="/c/${view.id}/changes/new/${kind}">${label}</a>`;
  if (recordedAt) return html`<p class="govuk-body">${to('correct-meeting', say('correct'))}</p>`;
  if (cancelledAt) return '';
  return html`<p class="govuk-body rial-actions">${to('reschedule-meeting', say('change'))}${to('cancel-meeting', say('cancel'))}</p>`;
}
