import { html } from 'hono/html';
import type { CaseView } from '../../../domain/caseView.ts';
import type { Language } from '../../../domain/language.ts';
import type { RehearsalReport } from '../../../rehearsal/apart.ts';
import { colonIn } from '../../../words/colon.ts';
import { numberText } from '../../../words/dates/clock.ts';
import { type Clock, ownMomentOf } from '../../../words/dates/dates.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import {
  countsOf,
  personLabel,
  type Row,
  timelineRowsOf,
  verdictOf,
  writtenTo,
} from '../../../words/rehearsal.ts';
import { type Key, speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import { details } from '../../parts/govuk.ts';

/** What a rehearsal came to: how its people behaved, its end, the calendar of all that would happen, and the mails and days of each. */

/** What a sign is called; the terminal has the sign alone. */
const SIGNS: Record<string, Key<'site.rehearsal'>> = {
  '◆': 'meeting',
  '◇': 'fixed',
  '✉': 'mail',
  '↻': 'reminder',
  '↥': 'notice',
  '✔': 'answer',
  '!': 'due',
  '✖': 'unsent',
  '…': 'waiting',
  '±': 'change',
  '■': 'end',
};

export function rehearsalTimeline(
  { rehearsed, entries, sums }: RehearsalReport,
  how: string,
  { clock, path }: { clock: Clock; path: string },
): Html {
  const { language } = clock;
  const say = speaker('site.rehearsal', language);
  const mails = mailLinks(rehearsed.view, path, language);
  const rows = timelineRowsOf(entries, rehearsed, language);
  const verdict = verdictOf(rehearsed, language, (to) => ownMomentOf(to, clock));
  const parts = [
    ['calendar', 'calendar'],
    ['persons', 'perPerson'],
    ['parties', 'perParty'],
    ['next', 'next'],
  ] as const;
  return html`<div class="rial-call" data-weight="${verdict.weight}"><p class="govuk-body"><strong>${verdict.text}</strong></p><p class="govuk-body">${countsOf(sums, language)}</p></div>
<p class="govuk-body">${say('lead', { how })}</p>
<nav aria-label="${say('onThisPage')}"><ul class="govuk-list rial-actions">${parts.map(
    ([id, key]) => html`<li><a class="govuk-link" href="#${id}">${say(key)}</a></li>`,
  )}</ul></nav>
<h2 class="govuk-heading-m" id="calendar">${say('calendar')}</h2>
${legend(rows, language)}
${[...Map.groupBy(rows, ({ month }) => month)].map(
  ([month, of]) => html`<section><h3 class="govuk-heading-s rial-month">${month}</h3>
<ol class="rial-calendar">${of.map((row, index) => event(row, { sameDay: of[index - 1]?.day === row.day, mails: mails(row.mails) }, language))}</ol></section>`,
)}
<h2 class="govuk-heading-m" id="persons">${say('perPerson')}</h2>
${table(
  say('perPerson'),
  [speaker('rehearsal.calendar', language)('person'), say('mails'), say('reminders')],
  writtenTo(sums).map((one) => [personLabel(one, rehearsed.view, language), one.sent, one.reminders]),
  language,
)}
<h2 class="govuk-heading-m" id="parties">${say('perParty')}</h2>
${table(
  say('perParty'),
  [
    speaker('rehearsal.calendar', language)('party'),
    speaker('rehearsal.calendar', language)('waitedDays'),
    say('late'),
  ],
  sums.waited.map(({ party, days, overdue }) => [
    partyNamed(rehearsed.view.programme, party, language),
    days,
    overdue,
  ]),
  language,
)}`;
}

/** The signs that the calendar has, with their names; a point is of whatever has none. */
function legend(rows: readonly Row[], language: Language): Html {
  const say = speaker('site.rehearsal', language);
  const there = new Set(rows.map(({ sign }) => sign));
  const shown = Object.entries(SIGNS).filter(([sign]) => there.has(sign));
  return html`<ul class="govuk-list rial-actions rial-soft" aria-label="${say('signs')}">${shown.map(
    ([sign, name]) => html`<li><span aria-hidden="true">${sign}</span> ${say(name)}</li>`,
  )}</ul>`;
}

/** Where there is room a day is shown once; it is read out with each of its events. */
function event(
  { day, time, sign, text, weight }: Row,
  { sameDay, mails }: { sameDay: boolean; mails: Html | '' },
  language: Language,
): Html {
  const name = SIGNS[sign];
  return html`<li data-weight="${weight}"><span class="rial-calendar__day"${sameDay ? html` data-same` : ''}>${day.replace(/\s+/, ' ')}</span><span class="rial-calendar__time">${time}</span><span class="rial-calendar__text"><span class="rial-calendar__sign" aria-hidden="true">${sign}</span>${name ? html`<span class="govuk-visually-hidden">${speaker('site.rehearsal', language)(name)}${colonIn(language)}</span>` : ''}${text}${mails}</span></li>`;
}

/** The ways to the mails of an event, as each of its readers would open them. */
const mailLinks =
  ({ mails: all, people }: CaseView, path: string, language: Language) =>
  (mails: CaseView['mails']): Html | '' => {
    const say = speaker('site.rehearsal', language);
    const links = mails.flatMap(({ messageId, person }) => {
      const place = all.findIndex((one) => one.messageId === messageId) + 1;
      if (place === 0) return [];
      const name = people.find(({ id }) => id === person)?.name ?? person;
      return [html`<a class="govuk-link" href="${path}/mails/${place}">${name}</a>`];
    });
    return links.length === 0
      ? ''
      : details(
          say('open', { n: links.length }),
          html`<ul class="govuk-list">${links.map((link) => html`<li>${link}</li>`)}</ul>`,
          { style: 'rial-calendar__mails' },
        );
  };

function table(
  caption: string,
  headings: readonly string[],
  rows: readonly (readonly [string, number, number])[],
  language: Language,
): Html {
  return html`<table class="govuk-table rial-counts"><caption class="govuk-visually-hidden">${caption}</caption><thead class="govuk-table__head"><tr class="govuk-table__row">${headings.map(
    (heading, column) =>
      html`<th scope="col" class="govuk-table__header${column > 0 ? ' govuk-table__header--numeric' : ''}">${heading}</th>`,
  )}</tr></thead>
<tbody class="govuk-table__body">${rows.map(
    ([name, ...counts]) =>
      html`<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">${name}</th>${counts.map(
        (count) =>
          html`<td class="govuk-table__cell govuk-table__cell--numeric">${numberText(count, language)}</td>`,
      )}</tr>`,
  )}</tbody></table>`;
}
