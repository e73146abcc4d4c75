import { dateIn } from '../../../domain/dates/dates.ts';
import type { Language } from '../../../domain/language.ts';
import { speaker } from '../../../words/speaker.ts';
import { blankOf, type Entry } from './entries.ts';
import { WHOLE } from './fields.ts';

/** A programme nobody has written in yet: with what most programmes have in common, for the officer to change. */

/** Where the Technical Secretariat is. */
const WASHINGTON = 'America/New_York';

export function blankProgramme(language: Language, now: string): Entry {
  const say = speaker('form.begin', language);
  const [requesting, providing, secretariat] = ['#0', '#1', '#2'] as const;
  const blank = blankOf(WHOLE) as Entry;
  const [institution] = blank.institutions as [Entry];
  const [person] = blank.participants as [Entry];
  return {
    ...blank,
    language,
    modality: 'virtual',
    frame: say('frame'),
    dated: dateIn(now, WASHINGTON),
    institutions: [
      { ...institution, key: requesting, role: 'requesting' },
      { ...institution, key: providing, role: 'providing' },
      {
        ...institution,
        ...{
          key: secretariat,
          role: 'secretariat',
          name: say('oas'),
          acronym: say('acronym'),
          country: 'US',
        },
      },
    ],
    participants: [requesting, providing, secretariat].map((key) => ({ ...person, institution: key })),
    objectives: { ...(blank.objectives as Entry), introduction: say('objectives') },
    coordination: { ...(blank.coordination as Entry), timezone: WASHINGTON },
    contents: { introduction: say('contents') },
    methodology: {
      introduction: say('methodology'),
      coordination: { title: speaker('labels.step', language)('coordination'), text: say('step1') },
      documents: { title: speaker('labels.step', language)('documents'), text: say('step2') },
      sessions: { title: speaker('labels.step', language)('sessions'), text: say('step3') },
      systematization: { title: speaker('labels.step', language)('systematization'), text: say('step4') },
      finalReport: { title: speaker('labels.step', language)('final-report'), text: say('step5') },
    },
    finalReport: { drafts: [requesting], complements: [providing], receives: secretariat },
  };
}
