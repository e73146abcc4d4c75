import { html } from 'hono/html';
import type { CaseView } from '../../../domain/caseView.ts';
import type { ProgrammeChange } from '../../../domain/change.ts';
import { askedBy, type Follow } from '../../../domain/follows.ts';
import type { Language } from '../../../domain/language.ts';
import type { AddressedTelling } from '../../../domain/mails/notice.ts';
import { CONSULTANT } from '../../../domain/methodology.ts';
import { noticeWords } from '../../../words/changes.ts';
import { followText } from '../../../words/follows.ts';
import { joined } from '../../../words/lists.ts';
import { partyNamed, personName } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import type { Visit } from '../../visit.ts';

/** What a change comes to: the programme's next version, who is told what, and what the workflows do then. */

type Outcome = {
  told: readonly AddressedTelling[];
  programmeChanges: readonly ProgrammeChange[];
  approval: boolean;
  follows: readonly Follow[];
};

/** @param made `yes` of one that was made: what it did is no more ahead */
export function changeOutcome(
  { told, programmeChanges, approval, follows }: Outcome,
  visit: Visit,
  made: 'yes' | 'no' = 'no',
): Html {
  const { view, clock } = visit;
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
        made,
        changes: joined(
          programmeChanges.map((change) => words(`in-${change}`)),
          language,
        ),
      })}</p>`
    : ''
}${approval ? html`<p class="govuk-body">${say('approval', { made })}</p>` : ''}`
      : ''
  }
<h2 class="govuk-heading-m">${say('heading', { made })}</h2>
${
  people.length === 0
    ? html`<p class="govuk-body">${untoldText(visit, { follows, approval, made })}</p>`
    : html`<p class="govuk-body">${say('count', { count: people.length, made })}</p>
<dl class="govuk-summary-list">${people.map(
        ({ name, party, notices }) =>
          html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${name}<br><span class="govuk-body-s rial-soft">${partyNamed(view.programme, party, language)}</span></dt><dd class="govuk-summary-list__value">${
            notices.length === 1 && notices[0]
              ? noticeWords(notices[0], view, nameOf, reader)
              : html`<ul class="govuk-list govuk-list--bullet">${notices.map((one) => html`<li>${noticeWords(one, view, nameOf, reader)}</li>`)}</ul>`
          }</dd></div>`,
      )}</dl>`
}${followsHtml(follows, visit)}`;
}

/** Where nobody is told of the change itself: who is written to by what follows from it. */
function untoldText(
  { view, clock: { language } }: Visit,
  { follows, approval, made }: Pick<Outcome, 'follows' | 'approval'> & { made: 'yes' | 'no' },
): string {
  const say = speaker('changes.tellings', language);
  if (approval) return say('byApproval', { made });
  if (follows.length === 0) return say('nobody', { made });
  const names = askedBy(follows).flatMap((party) => askedNames(party, view, language));
  return names.length > 0
    ? say('byRequest', { names: joined(names, language), count: names.length })
    : say('byWhatFollows');
}

/** Those who answer for a party; the party where the programme has nobody of it. */
function askedNames(party: string, { people, programme }: CaseView, language: Language): string[] {
  const there = people.filter((one) => one.party === party && one.active && one.role !== 'guest');
  return there.length > 0 ? there.map(({ name }) => name) : [partyNamed(programme, party, language)];
}

/** What the workflows do once it is made. */
function followsHtml(follows: readonly Follow[], { view, clock }: Visit): Html | '' {
  if (follows.length === 0) return '';
  return html`
<h2 class="govuk-heading-m">${speaker('changes.follows', clock.language)('heading')}</h2>
<ul class="govuk-list govuk-list--bullet">${follows.map((one) => html`<li>${followText(one, view, clock)}</li>`)}</ul>`;
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
