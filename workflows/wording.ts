import type { Language } from '../src/domain/language.ts';
import type { Step } from '../src/domain/methodology.ts';
import { type Plan, secretariatOf } from '../src/domain/programme/plan.ts';
import { owing } from '../src/domain/request.ts';
import { fullMoment } from '../src/words/dates/fullDates.ts';
import { requestLabel } from '../src/words/labels.ts';
import type { Form } from '../src/words/names/noun.ts';
import { inForms, namesOfParties } from '../src/words/names/parties.ts';
import { phraser } from '../src/words/phrase.ts';
import type { Key } from '../src/words/speaker.ts';
import type { HeldRequest } from './desk/heldRequest.ts';

/** What staff read in the Temporal UI. It names institutions, never people. */

export type Words = Partial<ReturnType<typeof inForms>> & { what?: string; step?: Step };

export const temporalText = (
  language: Language,
  key: Key<'temporal.phrases'>,
  { what = '', step, ...party }: Words = {},
): string => phraser('temporal.phrases', language)(key, { ...NOBODY, ...party, what, step: step ?? '' });
/** Most phrases name no party; which of them is said is not known to the types. */
const NOBODY = inForms(() => '');

/** "MTPE del Perú y MTPS de Chile" for a list of party codes. */
const partiesIn = ({ parties, language }: Plan, codes: readonly string[], form?: Form): string =>
  namesOfParties(
    parties.filter(({ code }) => codes.includes(code)),
    language,
    form,
  );

/** The same as phrases take them: "al MTPE del Perú", "de la OEA". */
export const partyFormsIn = (plan: Plan, codes: readonly string[]) =>
  inForms((form) => partiesIn(plan, codes, form));

/** An instant on the clock of a party's capital: "13 ago 2021, 18:00 (Santiago)". */
export function onClockOf({ parties, language }: Plan, code: string | undefined, instant: string): string {
  const zone = parties.find((party) => party.code === code)?.timeZone ?? 'UTC';
  return fullMoment(instant, [zone], language);
}

/** The table of what a workflow waits on, in Markdown. */
export function waitingTable(
  plan: Plan,
  waiting: readonly Pick<HeldRequest, 'request' | 'item' | 'escalated'>[],
): string {
  const { language } = plan;
  if (waiting.length === 0) return temporalText(language, 'nobody');
  const head = (['waitsOn', 'since', 'due', 'for'] as const).map((phrase) => temporalText(language, phrase));
  const rows = waiting.map(({ request, item, escalated }) => {
    const who = owing(request);
    return [
      partiesIn(plan, who),
      onClockOf(plan, who[0], request.openedAt),
      onClockOf(plan, who[0], request.dueAt),
      [
        requestLabel({ ...request, item }, language),
        ...(escalated ? [temporalText(language, 'decides', partyFormsIn(plan, [secretariatOf(plan)]))] : []),
      ].join(' · '),
    ];
  });
  const table = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [...table, '', waiting.map(({ request }) => `\`${request.id}\``).join(' · ')].join('\n');
}
