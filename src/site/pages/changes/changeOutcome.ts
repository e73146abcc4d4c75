import { html } from 'hono/html';
import type { CaseView } from '../../../domain/caseView.ts';
import type { ProgrammeChange } from '../../../domain/change.ts';
import type { AddressedTelling } from '../../../domain/mails/notice.ts';
import { CONSULTANT } from '../../../domain/methodology.ts';
import { noticeWords } from '../../../words/changes.ts';
import { joined } from '../../../words/lists.ts';
import { partyNamed, personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import type { Visit } from '../../visit.ts';

/** What a change comes to: the programme's next version, and who is told what. */

type Outcome = {
  told: readonly AddressedTelling[];
  programmeChanges: readonly ProgrammeChange[];
  approval: boolean;
};

export function changeOutcome({ told, programmeChanges, approval }: Outcome, { view, clock }: Visit): Html {
  const { language } = clock;
  const say = speaker('changes.tellings', language);
  const words = speaker('case.lines', language);
  const people = peopleOf(told, view);
  const reader = { language, now: new Date(clock.now) };
  const nameOf = (person: string) =>
    told.find((one) => one.person === person)?.name ?? personName(view, person);
  return html`${
    programmeChanges.length > 0 || approval
      ? html`<h2 class="govuk-heading-m">${say('programme')}</h2>
${
  programmeChanges.length > 0
    ? html`<p class="govuk-body">${say('newVersion', {
        changes: joined(
          programmeChanges.map((change) => words(`in-${change}`)),
          language,
        ),
      })}</p>`
    : ''
}${approval ? html`<p class="govuk-body">${say('approval')}</p>` : ''}`
      : ''
  }
<h2 class="govuk-heading-m">${say('heading')}</h2>
${
  people.length === 0
    ? html`<p class="govuk-body">${say(approval ? 'byApproval' : 'nobody')}</p>`
    : html`<p class="govuk-body">${say('count', { count: people.length })}</p>
<dl class="govuk-summary-list">${people.map(
        ({ name, party, notices }) =>
          html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${name}<br><span class="govuk-body-s rial-soft">${partyNamed(view.programme, party, language)}</span></dt><dd class="govuk-summary-list__value">${
            notices.length === 1 && notices[0]
              ? noticeWords(notices[0], view, nameOf, reader)
              : html`<ul class="govuk-list govuk-list--bullet">${notices.map((one) => html`<li>${noticeWords(one, view, nameOf, reader)}</li>`)}</ul>`
          }</dd></div>`,
      )}</dl>`
}`;
}

type Listener = { name: string; party: string; notices: AddressedTelling[] };

/** Each person once, with all that is told to them, by institution. */
function peopleOf(told: readonly AddressedTelling[], { programme }: CaseView): Listener[] {
  const people = new Map<string, Listener>();
  for (const one of told) {
    const { person, name, party } = one;
    const known = people.get(person) ?? { name, party, notices: [] };
    known.notices.push(one);
    people.set(person, known);
  }
  const order = [...programme.institutions.map(({ id }) => id), CONSULTANT];
  const place = (party: string) => (order.includes(party) ? order.indexOf(party) : order.length);
  return [...people.values()].sort((a, b) => place(a.party) - place(b.party));
}
