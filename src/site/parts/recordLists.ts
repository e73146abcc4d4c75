import { html } from 'hono/html';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import { committed, minutes } from '../../domain/content.ts';
import type { Language } from '../../domain/language.ts';
import { attendeeText } from '../../words/attendance.ts';
import { commitmentLine } from '../../words/commitments.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { bulleted, type ListKey } from './sessions.ts';

/**
 * What an answer recorded beside the text of its minutes, or with a report: who was there, what it brought, and what people
 * took upon themselves. As it was recorded: what was corrected since stands on the page of the session.
 */
export function recordLists(
  view: Pick<CaseView, 'contents' | 'programme' | 'people'>,
  { content, commitments: ofReport }: Pick<RequestView['answers'][number], 'content' | 'commitments'>,
  language: Language,
): Html[] {
  const valueAt = (hash: string | null | undefined) => view.contents.find((one) => one.hash === hash)?.value;
  const recorded = minutes.safeParse(valueAt(content)).data;
  const commitments = recorded?.commitments ?? committed.safeParse(valueAt(ofReport)).data?.commitments ?? [];
  const lists: Readonly<Record<ListKey, readonly string[]>> = {
    attendance: (recorded?.attendance ?? []).map((one) => attendeeText(one, view.programme, language)),
    outputs: recorded?.outputs ?? [],
    commitments: commitments.map(({ owner, ...one }) => {
      const person = view.people.find(({ id }) => id === owner);
      const whose = { party: person?.party ?? owner, person: person?.id ?? null };
      return commitmentLine({ ...one, ...whose }, view, language);
    }),
  };
  const say = speaker('site.session', language);
  return (Object.keys(lists) as ListKey[])
    .filter((key) => lists[key].length > 0)
    .map(
      (key) =>
        html`<p class="govuk-body govuk-!-margin-bottom-1"><strong>${say(key)}</strong></p>${bulleted(lists[key])}`,
    );
}
