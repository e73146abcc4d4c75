import { isAnnullable, isRequestUnderWay, isWaivable, partyZone } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { instantOf } from '../../../domain/dates/dates.ts';
import { OFFICE_CLOSES } from '../../../domain/dates/deadlines.ts';
import { momentOf, ownMomentOf } from '../../../words/dates/dates.ts';
import { decisionLabel } from '../../../words/kinds.ts';
import { requestLabel } from '../../../words/labels.ts';
import { joined } from '../../../words/lists.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Option } from '../../form.ts';
import {
  answerers,
  colleaguesToChoose,
  hasColleagues,
  type Kind,
  owedRequests,
  peopleChoices,
  type Reader,
  type Texts,
} from './kind.ts';

/** Changes of one request: more time, another institution, no answer, another person. */

const say = ({ clock }: Reader) => speaker('changes.requests', clock.language);

function requestChoices(reader: Reader): Option[] {
  const { view, clock } = reader;
  const { language } = clock;
  return owedRequests(view).map((request) => ({
    value: request.id,
    label: say(reader)('until', {
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
  { view, clock: { language } }: Reader,
): Option[] {
  return requests.flatMap((request) =>
    request.owing.map((party) => ({
      value: `${request.id} ${party}`,
      label: partyNamed(view.programme, party, language),
      group: requestLabel(request, language),
    })),
  );
}

/** The last first: it is what was mistaken just now. */
const givenChoices = ({ view, clock }: Reader): Option[] =>
  annullable(view)
    .toReversed()
    .flatMap(({ id, kind, item, answers, windowRanOut }) =>
      answers.map(({ party, decision, at }) => ({
        value: `${id} ${party}`,
        label: speaker('changes.requests', clock.language)('answer', {
          party: partyNamed(view.programme, party, clock.language),
          decision: decisionLabel({ id, windowRanOut }, decision, clock.language),
          when: ownMomentOf(at, clock),
        }),
        group: requestLabel({ id, kind, item }, clock.language),
      })),
    );

/** Of what is closed, only what was asked since stands to be annulled. */
const annullable = (view: Reader['view']) =>
  view.requests.filter((one) => isAnnullable(one) && isRequestUnderWay(view, one));
const waivable = (view: Reader['view']) => owedRequests(view).filter(isWaivable);
const partiesWithPeople = (view: Reader['view']) => [...new Set(answerers(view).map(({ party }) => party))];
const owedOf = ({ owed = '' }: Texts): [request: string, party: string] => {
  const [request = '', party = ''] = owed.split(' ');
  return [request, party];
};
/** The first that goes with the request that a link named. */
const preselected = (choices: readonly Option[], { request }: Texts): Texts => {
  const found = choices.find(({ value }) => value.split(' ')[0] === request);
  return found ? { owed: found.value } : {};
};

export const REQUEST_CHANGES = {
  extend: {
    possible: (view) => owedRequests(view).length > 0,
    fields: (reader) => [
      { name: 'request', label: say(reader)('request'), as: 'select', options: requestChoices(reader) },
      { name: 'due', label: say(reader)('due'), hint: say(reader)('dueHint'), as: 'date' },
    ],
    change: ({ request, due }) => ({ change: 'extend', request, due }),
    facts(change, reader) {
      if (change.change !== 'extend') return [];
      const owing = owedRequests(reader.view).find(({ id }) => id === change.request)?.owing ?? [];
      // Asked of several, it is due when the last of their offices closes.
      const latest = owing
        .map((party) => instantOf(change.due, OFFICE_CLOSES, partyZone(reader.view, party)))
        .sort()
        .at(-1);
      return latest ? [{ heading: say(reader)('newDue'), text: momentOf(latest, reader.clock) }] : [];
    },
  },
  reassign: {
    possible: (view) => owedRequests(view).length > 0 && partiesWithPeople(view).length > 1,
    fields(reader, written = {}) {
      const { view, clock } = reader;
      const owed = owedRequests(view);
      const asked = owed.find(({ id }) => id === owedOf(written)[0])?.asked.map(({ party }) => party) ?? [];
      const others = partiesWithPeople(view).filter((party) => !asked.includes(party));
      return [
        { name: 'owed', label: say(reader)('owed'), as: 'select', options: owedChoices(owed, reader) },
        {
          name: 'to',
          label: say(reader)('toParty'),
          as: 'select',
          options: others.map((value) => ({
            value,
            label: partyNamed(view.programme, value, clock.language),
          })),
        },
      ];
    },
    initial: (query, reader) => preselected(owedChoices(owedRequests(reader.view), reader), query),
    change(values) {
      const [request, from] = owedOf(values);
      return { change: 'reassign', request, from, to: values.to };
    },
  },
  waive: {
    possible: (view) => waivable(view).length > 0,
    fields: (reader) => [
      {
        name: 'owed',
        label: say(reader)('owed'),
        as: 'select',
        options: owedChoices(waivable(reader.view), reader),
      },
    ],
    initial: (query, reader) => preselected(owedChoices(waivable(reader.view), reader), query),
    change(values) {
      const [request, party] = owedOf(values);
      return { change: 'waive', request, party };
    },
  },
  annul: {
    possible: (view) => annullable(view).length > 0,
    fields: (reader) => [
      { name: 'given', label: say(reader)('given'), as: 'select', options: givenChoices(reader) },
    ],
    initial: ({ request }, reader) => {
      const found = givenChoices(reader).find(({ value }) => value.split(' ')[0] === request);
      return found ? { given: found.value } : {};
    },
    change({ given = '' }) {
      const [request, party] = given.split(' ');
      return { change: 'annul', request, party };
    },
  },
  'hand-over': {
    possible: (view) =>
      owedRequests(view).some(({ owing }) => owing.some((party) => hasColleagues(view, party))),
    fields(reader, { from } = {}) {
      const { view } = reader;
      const owing = new Set(owedRequests(view).flatMap((request) => request.owing));
      const people = answerers(view).filter(({ party }) => owing.has(party) && hasColleagues(view, party));
      return [
        { name: 'request', label: say(reader)('request'), as: 'select', options: requestChoices(reader) },
        {
          name: 'from',
          label: say(reader)('fromPerson'),
          as: 'select',
          options: peopleChoices(people, reader),
        },
        {
          name: 'to',
          label: say(reader)('toPerson'),
          hint: say(reader)('toPersonHint'),
          as: 'select',
          options: peopleChoices(
            colleaguesToChoose(view, from).filter(({ party }) => owing.has(party)),
            reader,
          ),
        },
      ];
    },
    initial: ({ person = '' }) => ({ from: person }),
    change: ({ request, from, to }) => ({ change: 'hand-over', request, from, to }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
