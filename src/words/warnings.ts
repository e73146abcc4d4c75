import type { Language } from '../domain/language.ts';
import { NOTICE_WORKING_DAYS } from '../domain/methodology.ts';
import type { Warning, WarningCode, WarningOf } from '../domain/warning.ts';
import { numberText, timeOf } from './dates/clock.ts';
import { dateText } from './dates/dates.ts';
import { dayOfDate } from './dates/days.ts';
import { holidayName } from './dates/holidays.ts';
import { sessionTitle, stepLabel } from './labels.ts';
import { joined } from './lists.ts';
import type { NamedInstitution } from './names/institutions.ts';
import { inForms, partyNamed } from './names/parties.ts';
import { speaker } from './speaker.ts';

/** Warnings in words: one line each, which begins with the session it is about, and no full stop. */

type Reader = {
  language: Language;
  /** Names the institutions. */
  programme: { institutions: readonly (NamedInstitution & { id: string })[] };
};
type Telling = Reader & {
  say: ReturnType<typeof speaker<'warnings.text'>>;
  day: (date: string) => string;
  time: (time: string) => string;
  party: (code: string) => ReturnType<typeof inForms>;
};

export function warningText(warning: Warning, { language, programme }: Reader): string {
  const telling: Telling = {
    ...{ language, programme },
    say: speaker('warnings.text', language),
    day: (date) => dateText(dayOfDate(date), language, true),
    time: (time) => timeOf(time, language),
    party: (code) => inForms((form) => partyNamed(programme, code, language, form)),
  };
  const text = (TEXTS[warning.code] as (warning: Warning, telling: Telling) => string)(warning, telling);
  if (!('session' in warning)) return text;
  const about =
    warning.session === null ? stepLabel('coordination', language) : sessionTitle(warning.session, language);
  return telling.say('about', { about, text });
}

const TEXTS: { [C in WarningCode]: (warning: WarningOf<C>, telling: Telling) => string } = {
  MeetsOnWeekend: ({ date }, { say, day }) => say('MeetsOnWeekend', { day: day(date) }),
  MeetsOnHoliday: ({ date, institution, holiday, estimated }, { say, day, party, language }) =>
    say('MeetsOnHoliday', {
      ...{ day: day(date), holiday: holidayName(holiday, language), estimated: estimated ? 'yes' : 'no' },
      theParty: party(institution).theParty,
    }),
  MeetsOnClosedDay: ({ date, institution }, { say, day, party }) =>
    say('MeetsOnClosedDay', { day: day(date), theParty: party(institution).theParty }),
  MeetsOutOfHours: ({ institution, starts, ends }, { say, time, party }) =>
    say('MeetsOutOfHours', {
      ...{ starts: time(starts), ends: time(ends) },
      theParty: party(institution).theParty,
    }),
  NoticeShort: ({ days }, { say }) => say('NoticeShort', { days, usual: NOTICE_WORKING_DAYS }),
  SessionPast: ({ date }, { say, day }) => say('SessionPast', { day: day(date) }),
  ComesFirst: ({ other }, { say }) => say('ComesFirst', { other }),
  MayComeFirst: ({ other }, { say }) => say('MayComeFirst', { other }),
  WindowWithoutWorkingDay: ({ from, to }, { say, day }) =>
    say('WindowWithoutWorkingDay', { from: day(from), to: day(to) }),
  WindowWithoutSharedHours: ({ hours }, { say, language }) =>
    say('WindowWithoutSharedHours', { hours: numberText(hours, language) }),
  WithoutAddress: ({ names }, { say, language }) =>
    say('WithoutAddress', { names: joined(names, language), count: names.length }),
  MailboxShared: ({ address, names }, { say, language }) =>
    say('MailboxShared', { address, names: joined(names, language) }),
  NameNotPrintable: ({ name }, { say }) => say('NameNotPrintable', { name }),
};
