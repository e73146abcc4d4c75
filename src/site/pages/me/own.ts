import type { PersonRow } from '../../../casefile/database/schema.ts';
import { viewOf } from '../../../casefile/view.ts';
import { Refused } from '../../../client/index.ts';
import type { CaseView } from '../../../domain/caseView.ts';
import { type GivenChange, givenChange } from '../../../domain/change.ts';
import { changesPeople } from '../../../domain/securityEvent.ts';
import { speaker } from '../../../words/speaker.ts';
import { clockOf } from '../../clock.ts';
import type { SiteContext } from '../../context.ts';
import { ofShape } from '../../form.ts';
import type { SiteOutside } from '../../outside.ts';
import { cooperationName } from '../../parts/names.ts';
import { refusedText } from '../../refusals.ts';
import type { Viewer } from '../../viewer.ts';
import { isCaseOver } from '../changes/kind.ts';

/** What one changes of oneself: in which cooperations, and how it is made in each of them. */

/** One's part in a cooperation that is not over. */
export type Own = {
  view: CaseView;
  /** All that one is in it: a delegate may be the guest of a session, too. */
  rows: readonly PersonRow[];
};

/** The cooperations that are not over, of those that a session opens; the newest first. */
export async function ownIn({ caseFile, now }: SiteOutside, { people }: Viewer): Promise<Own[]> {
  const byCooperation = [...Map.groupBy(people, ({ cooperation }) => cooperation)];
  const found = await Promise.all(
    byCooperation.map(async ([id, rows]) => ({ view: await viewOf(caseFile, id, now()), rows })),
  );
  return found.flatMap(({ view, rows }) => (view && !isCaseOver(view) ? [{ view, rows }] : []));
}

/** The number of the last change of a cooperation that somebody sees who looks now. */
export const lastChange = ({ changes }: CaseView): number =>
  Math.max(0, ...changes.map(({ number }) => number));

/** A change that is wanted in a cooperation. `seen`: the last change that its page was made with. */
export type ChangeOfOwn = { own: Own; what: GivenChange['what']; by: PersonRow; seen?: number | undefined };

/** What came of it: the changes that were made, and why the others were not, each with its cooperation. */
export type Came = { made: string[]; refused: { cooperation: string; message: string }[] };

/** Makes changes of oneself in several cooperations: none of them where one would be refused. */
export async function makeOwn(
  c: SiteContext,
  outside: SiteOutside,
  wanted: readonly ChangeOfOwn[],
): Promise<Came> {
  const { cooperations, now } = outside;
  const clock = clockOf(c, now());
  const refused: Came['refused'] = [];
  const made: string[] = [];
  const tried = async ({ own: { view } }: ChangeOfOwn, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refused.push({
        cooperation: cooperationName(view, clock.language),
        message: refusedText(error, { clock, view }),
      });
    }
  };
  const given = ({ own, what, by, seen }: ChangeOfOwn): GivenChange =>
    ofShape(givenChange, {
      ...{ what, by: by.id, reason: speaker('site.me', own.view.language)('reason') },
      ...(seen !== undefined && { seen }),
    });
  for (const one of wanted) await tried(one, () => cooperations.preview(one.own.view.id, given(one)));
  if (refused.length > 0) return { made, refused };
  for (const one of wanted)
    await tried(one, async () => {
      const { id } = one.own.view;
      const { change } = await cooperations.change(id, given(one), { door: 'site' });
      const kind = one.what.change;
      if (changesPeople(kind)) await c.get('note')({ code: 'people-changed', cooperation: id, change, kind });
      made.push(`${id}.${change}`);
    });
  return { made, refused };
}
