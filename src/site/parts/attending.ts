import { html } from 'hono/html';
import { attendancesOf } from '../../domain/mails/calendarReply.ts';
import { COORDINATION_MEETING } from '../../domain/methodology.ts';
import { attendingLines } from '../../words/attending.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import type { Visit } from '../visit.ts';

/** Who comes to a session or the coordination meeting, by what their calendars answered. The Secretariat alone sees it. */

type Appointment = {
  number: number;
  sequence: number;
  recordedAt: string | null;
  cancelledAt: string | null;
};

export const ofMeeting = ({ view: { meeting } }: Visit): Appointment => ({
  ...meeting,
  number: COORDINATION_MEETING,
});

const linesOf = ({ view, clock, capacity }: Visit, of: Appointment) => {
  if (capacity !== 'staff' || of.recordedAt || of.cancelledAt) return [];
  const attendances = attendancesOf(view, of.number, of.sequence);
  return attendances ? attendingLines(attendances, clock.language) : [];
};

/** In one line: "No asistirá: 2 de 5 · Sin respuesta: 1 de 5". */
export function attendingInShort(visit: Visit, of: Appointment): Html | '' {
  const lines = linesOf(visit, of);
  return lines.length > 0
    ? html`<p class="govuk-body-s">${lines.map(({ line }) => line).join(' · ')}</p>`
    : '';
}

/** With who they are, and what they wrote. */
export function attendingPart(visit: Visit, of: Appointment): Html | '' {
  const { language } = visit.clock;
  const lines = linesOf(visit, of);
  if (lines.length === 0) return '';
  const say = speaker('case.attending', language);
  const { calendarReplies } = visit.view;
  const named = (id: string, name: string): string => {
    const reply = calendarReplies.find(({ session, person }) => session === of.number && person === id);
    return reply?.comment && reply.sequence >= of.sequence
      ? say('said', { name, comment: reply.comment })
      : name;
  };
  return html`<h2 class="govuk-heading-m">${say('heading')}</h2>
<ul class="govuk-list govuk-list--bullet">${lines.map(
    ({ line, people }) =>
      html`<li>${line}<ul class="govuk-list">${people.map(({ id, name }) => html`<li class="rial-prewrap">${named(id, name)}</li>`)}</ul></li>`,
  )}</ul>`;
}
