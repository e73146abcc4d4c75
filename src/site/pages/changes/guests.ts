import type { CaseView } from '../../../domain/caseView.ts';
import type { ChangeKind } from '../../../domain/change.ts';
import { listedPeople } from '../../../domain/people/guestList.ts';
import { listFaultText } from '../../../words/guestList.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Field } from '../../form.ts';
import { guestsField } from '../../parts/guests.ts';
import { filled, isCaseClosed, type Kind, peopleChoices, type Reader, standingSessions } from './kind.ts';
import { PERSON_FIELDS, personFields } from './people.ts';
import { sessionField } from './sessions.ts';

/** Changes of a session's guests: invited one by one or several at once, and withdrawn. */

const say = ({ clock }: Reader) => speaker('changes.sessions', clock.language);

const hostField = (reader: Reader): Field => ({
  name: 'invitedBy',
  label: say(reader)('invitedBy'),
  as: 'select',
  options: reader.view.programme.institutions.map(({ id }) => ({
    value: id,
    label: partyNamed(reader.view.programme, id, reader.clock.language),
  })),
});

export const GUEST_KINDS = {
  'add-guest': {
    possible: (view) => !isCaseClosed(view) && standingSessions(view).length > 0,
    fields: (reader) => [
      sessionField(reader),
      hostField(reader),
      ...personFields(reader, undefined, { listed: true }),
    ],
    change: (values) => ({
      change: 'add-guest',
      session: Number(values.session),
      guest: filled(values, 'invitedBy', ...PERSON_FIELDS),
    }),
  },
  'name-guests': {
    possible: (view) => !isCaseClosed(view) && standingSessions(view).length > 0,
    fields: (reader) => [sessionField(reader), hostField(reader), guestsField(reader)],
    mistakes: ({ guests = '' }, { clock }) =>
      listedPeople(guests).faults.map((fault) => ({
        ...{ field: 'guests', message: listFaultText(fault, clock.language) },
      })),
    change: ({ session, invitedBy, guests = '' }) => ({
      ...{ change: 'name-guests', session: Number(session), invitedBy },
      guests: listedPeople(guests).people,
    }),
  },
  'withdraw-guest': {
    possible: (view) => !isCaseClosed(view) && guestsAhead(view).length > 0,
    fields: (reader) => [
      {
        name: 'person',
        label: say(reader)('guest'),
        as: 'select',
        options: peopleChoices(guestsAhead(reader.view), reader).map(({ value, label }) => ({
          value,
          label,
          group: sessionTitle(
            reader.view.people.find(({ id }) => id === value)?.session ?? 0,
            reader.clock.language,
          ),
        })),
      },
    ],
    change: ({ person }) => ({ change: 'withdraw-guest', person }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;

const guestsAhead = (view: CaseView): CaseView['people'] => {
  const standing = standingSessions(view).map(({ number }) => number);
  return view.people.filter(
    ({ role, active, session }) =>
      active && role === 'guest' && session !== null && standing.includes(session),
  );
};
