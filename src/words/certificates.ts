import type { Language } from '../domain/language.ts';
import { type CheckedCertificate, hoursOf } from '../domain/results/certificate.ts';
import { numberText } from './dates/clock.ts';
import { joined } from './lists.ts';
import { printedDate, printedSessionName } from './papers.ts';
import { speaker } from './speaker.ts';

/** What is told of a certificate to whoever asks by its code. */

type Standing = Extract<CheckedCertificate, { state: 'valid' }>;

/** How it stands, and what that means. */
export function certificateVerdict(found: CheckedCertificate, code: string, language: Language) {
  const say = speaker('site.certificate', language);
  const date = 'givenOn' in found ? printedDate(found.givenOn, language, true) : '';
  const text = {
    valid: () => say('compare'),
    withdrawn: () => say('withdrawnText', { date }),
    corrected: () => say('correctedText', { date }),
    unknown: () => say('unknownText', { code }),
  };
  return { heading: say(found.state), text: text[found.state]() };
}

/** What one that stands states, row by row; a row of sessions has several lines. */
export function certificateRows(
  { name, institution, cooperation, sessions, givenOn }: Standing,
  language: Language,
): [label: string, lines: string[]][] {
  const say = speaker('site.certificate', language);
  const { subject, requesting, providing, secretariat } = cooperation;
  const date = (day: string) => printedDate(day, language, true);
  const hours = (count: number) => numberText(count, language, 2);
  return [
    [say('name'), [name]],
    ...(institution ? [[say('institution'), [institution]] as [string, string[]]] : []),
    [say('topic'), [subject]],
    [say('requesting'), [joined(requesting, language)]],
    [say('providing'), [joined(providing, language)]],
    [
      say('sessions'),
      sessions.map((one) =>
        say('session', {
          session: printedSessionName(one.number, language),
          date: date(one.date),
          hours: hours(one.hours),
        }),
      ),
    ],
    [say('total'), [hours(hoursOf(sessions))]],
    [say('givenOn'), [say('given', { date: date(givenOn), secretariat })]],
  ];
}
