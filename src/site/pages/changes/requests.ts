import { isWaivable, partyZone } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { instantOf } from '../../../domain/dates.ts';
import { OFFICE_CLOSES } from '../../../domain/deadlines.ts';
import { momentOf, ownMomentOf } from '../../../words/dates.ts';
import { requestLabel } from '../../../words/labels.ts';
import { joined } from '../../../words/lists.ts';
import { partyNamed } from '../../../words/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import {
  answerers,
  type Choice,
  hasColleagues,
  isOver,
  type Kind,
  owedRequests,
  peopleChoices,
  type Shown,
  type Values,
} from './kind.ts';

/** Changes of one request: more time, another institution, no answer, another person. */

const say = ({ clock }: Shown) => speaker('changes.requests', clock.language);

function requestChoices(shown: Shown): Choice[] {
  const { view, clock } = shown;
  const { language } = clock;
  return owedRequests(view).map((request) => ({
    value: request.id,
    label: say(shown)('until', {
      request: requestLabel(request, language),
      parties: joined(
        request.owing.map((party) => partyNamed(view.programme, party, language)),
        language,
      ),
      when: ownMomentOf(request.dueAt, clock),
    }),
  }));
}

/** A request together with who owes it, so that nothing can be chosen that does not go together. */
function owedChoices(
  requests: ReturnType<typeof owedRequests>,
  { view, clock: { language } }: Shown,
): Choice[] {
  return requests.flatMap((request) =>
    request.owing.map((party) => ({
      value: `${request.id} ${party}`,
      label: partyNamed(view.programme, party, language),
      group: requestLabel(request, language),
    })),
  );
}

const waivable = (view: Shown['view']) => owedRequests(view).filter(isWaivable);
const partiesWithPeople = (view: Shown['view']) => [...new Set(answerers(view).map(({ party }) => party))];
const owedOf = ({ owed = '' }: Values): [request: string, party: string] => {
  const [request = '', party = ''] = owed.split(' ');
  return [request, party];
};
/** The first that goes with the request that a link named. */
const preselected = (choices: readonly Choice[], { request }: Values): Values => {
  const found = choices.find(({ value }) => value.split(' ')[0] === request);
  return found ? { owed: found.value } : {};
};

export const REQUEST_KINDS = {
  extend: {
    possible: (view) => !isOver(view) && owedRequests(view).length > 0,
    fields: (shown) => [
      { name: 'request', label: say(shown)('request'), as: requestChoices(shown) },
      { name: 'due', label: say(shown)('due'), hint: say(shown)('dueHint'), as: 'date' },
    ],
    change: ({ request, due }) => ({ change: 'extend', request, due }),
    facts(change, shown) {
      if (change.change !== 'extend') return [];
      const owing = owedRequests(shown.view).find(({ id }) => id === change.request)?.owing ?? [];
      // Asked of several, it is due when the last of their offices closes.
      const latest = owing
        .map((party) => instantOf(change.due, OFFICE_CLOSES, partyZone(shown.view, party)))
        .sort()
        .at(-1);
      return latest ? [{ heading: say(shown)('newDue'), text: momentOf(latest, shown.clock) }] : [];
    },
  },
  reassign: {
    possible: (view) => !isOver(view) && owedRequests(view).length > 0 && partiesWithPeople(view).length > 1,
    fields: (shown) => [
      { name: 'owed', label: say(shown)('owed'), as: owedChoices(owedRequests(shown.view), shown) },
      {
        name: 'to',
        label: say(shown)('toParty'),
        as: partiesWithPeople(shown.view).map((value) => ({
          value,
          label: partyNamed(shown.view.programme, value, shown.clock.language),
        })),
      },
    ],
    initial: (query, shown) => preselected(owedChoices(owedRequests(shown.view), shown), query),
    change(values) {
      const [request, from] = owedOf(values);
      return { change: 'reassign', request, from, to: values.to };
    },
  },
  waive: {
    possible: (view) => !isOver(view) && waivable(view).length > 0,
    fields: (shown) => [
      { name: 'owed', label: say(shown)('owed'), as: owedChoices(waivable(shown.view), shown) },
    ],
    initial: (query, shown) => preselected(owedChoices(waivable(shown.view), shown), query),
    change(values) {
      const [request, party] = owedOf(values);
      return { change: 'waive', request, party };
    },
  },
  'hand-over': {
    possible: (view) =>
      !isOver(view) &&
      owedRequests(view).some(({ owing }) => owing.some((party) => hasColleagues(view, party))),
    fields(shown) {
      const { view } = shown;
      const owing = new Set(owedRequests(view).flatMap((request) => request.owing));
      const people = answerers(view).filter(({ party }) => owing.has(party) && hasColleagues(view, party));
      return [
        { name: 'request', label: say(shown)('request'), as: requestChoices(shown) },
        { name: 'from', label: say(shown)('fromPerson'), as: peopleChoices(people, shown) },
        {
          name: 'to',
          label: say(shown)('toPerson'),
          hint: say(shown)('toPersonHint'),
          as: peopleChoices(people, shown),
        },
      ];
    },
    initial: ({ person = '' }) => ({ from: person }),
    change: ({ request, from, to }) => ({ change: 'hand-over', request, from, to }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
