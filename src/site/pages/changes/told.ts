import { html } from 'hono/html';
import type { CaseView } from '../../../casefile/caseView.ts';
import type { ProgrammeChange } from '../../../domain/change.ts';
import { CONSULTANT } from '../../../domain/programme.ts';
import type { Told } from '../../../domain/telling.ts';
import { type Catalogue, joined, speaker } from '../../../mail/catalogue.ts';
import { noticeWords } from '../../../wording/changes.ts';
import { partyName, personName } from '../../../wording/labels.ts';
import { TEXTS as WORDS } from '../../../wording/texts.ts';
import type { Html } from '../../frame.ts';
import type { Seen } from '../../seen.ts';

/** What a change comes to: the programme's next version, and who is told what. */

const TEXTS = {
  programme: { es: 'Programa', en: 'Programme', pt: 'Programa', fr: 'Programme' },
  newVersion: {
    es: 'Habrá una nueva versión del programa. Cambia: {changes}.',
    en: 'There will be a new version of the programme. It differs in: {changes}.',
    pt: 'Haverá uma nova versão do programa. Muda: {changes}.',
    fr: 'Il y aura une nouvelle version du programme. Change\u00a0: {changes}.',
  },
  approval: {
    es: 'Los contenidos se presentan de nuevo a los ministerios para su aprobación.',
    en: 'The contents go to the ministries again for their approval.',
    pt: 'Os conteúdos são apresentados novamente aos ministérios para aprovação.',
    fr: 'Le contenu est de nouveau soumis à l’approbation des ministères.',
  },
  heading: { es: 'A quién se avisa', en: 'Who is told', pt: 'Quem é avisado', fr: 'Qui est avisé' },
  nobody: {
    es: 'No se avisa a nadie.',
    en: 'Nobody is told.',
    pt: 'Ninguém é avisado.',
    fr: 'Personne n’est avisé.',
  },
  byApproval: {
    es: 'Se avisa a los ministerios con la solicitud de aprobación.',
    en: 'The ministries are told by the request for approval.',
    pt: 'Os ministérios são avisados com a solicitação de aprovação.',
    fr: 'Les ministères sont avisés par la demande d’approbation.',
  },
  count: {
    es: '{count, plural, one {Se avisa a # persona:} other {Se avisa a # personas:}}',
    en: '{count, plural, one {# person is told:} other {# people are told:}}',
    pt: '{count, plural, one {# pessoa é avisada:} other {# pessoas são avisadas:}}',
    fr: '{count, plural, one {# personne est avisée\u00a0:} other {# personnes sont avisées\u00a0:}}',
  },
} as const satisfies Catalogue;

type Outcome = { told: readonly Told[]; programmeChanges: readonly ProgrammeChange[]; approval: boolean };

export function outcome({ told, programmeChanges, approval }: Outcome, { view, clock }: Seen): Html {
  const { language } = clock;
  const say = speaker(TEXTS, language);
  const words = speaker(WORDS, language);
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
          html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${name}<br><span class="govuk-body-s rial-soft">${partyName(view, party, language)}</span></dt><dd class="govuk-summary-list__value">${
            notices.length === 1 && notices[0]
              ? noticeWords(notices[0], view, nameOf, reader)
              : html`<ul class="govuk-list govuk-list--bullet">${notices.map((one) => html`<li>${noticeWords(one, view, nameOf, reader)}</li>`)}</ul>`
          }</dd></div>`,
      )}</dl>`
}`;
}

type Listener = { name: string; party: string; notices: Told['about'][] };

/** Each person once, with all that is told to them, by institution. */
function peopleOf(told: readonly Told[], { programme }: CaseView): Listener[] {
  const people = new Map<string, Listener>();
  for (const { person, name, party, about } of told) {
    const known = people.get(person) ?? { name, party, notices: [] };
    known.notices.push(about);
    people.set(person, known);
  }
  const order = [...programme.institutions.map(({ id }) => id), CONSULTANT];
  const place = (party: string) => (order.includes(party) ? order.indexOf(party) : order.length);
  return [...people.values()].sort((a, b) => place(a.party) - place(b.party));
}
