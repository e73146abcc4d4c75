import type { CaseView } from '../domain/caseView.ts';
import type { Follow } from '../domain/follows.ts';
import { type Clock, momentOf, ownMomentOf } from './dates/dates.ts';
import { requestLabel } from './labels.ts';
import { partyForms } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** What follows from a change, in words: a sentence each. */
export function followText(
  follow: Follow,
  { programme, people }: Pick<CaseView, 'programme' | 'people'>,
  clock: Clock,
): string {
  const { language } = clock;
  const say = speaker('changes.follows', language);
  switch (follow.follows) {
    case 'invitation':
      return say('invitation', {
        n: String(follow.session),
        approved: yes(follow.approved),
        version: yes(follow.version),
      });
    case 'date-poll':
      return say('date-poll', { n: String(follow.session), approved: yes(follow.approved) });
    case 'asked':
    case 'due-moved': {
      const { parties, due } = follow;
      return say(follow.follows === 'asked' ? `asked-${follow.how}` : 'due-moved', {
        what: requestLabel({ ...follow, id: follow.request }, language),
        ...partyForms(programme, parties, language),
        due: ownMomentOf(due, clock),
      });
    }
    case 'superseded':
      return say('superseded', { what: requestLabel({ ...follow, id: follow.request }, language) });
    case 'undated':
      return say('undated', {
        what: follow.session === null ? 'meeting' : 'session',
        n: String(follow.session ?? ''),
        when: momentOf(follow.startsAt, clock),
      });
    case 'version-annulled':
      return say('version-annulled', { n: String(follow.version) });
    case 'leaves':
      return say('leaves', { name: people.find(({ id }) => id === follow.person)?.name ?? follow.name });
    case 'sheet-correction':
      return say('sheet-correction', {
        secretariat: yes(follow.secretariat),
        ...partyForms(programme, [follow.party], language),
      });
    case 'approval':
    case 'convocation':
    case 'systematization':
    case 'next-step':
    case 'goes-on':
      return say(follow.follows);
  }
}

const yes = (is: boolean) => (is ? 'yes' : 'no');
