import type { Context } from 'hono';
import type { CaseFile } from '../../../casefile/database/database.ts';
import { findPerson, inCharge } from '../../../casefile/people.ts';
import { printedProgramme } from '../../../casefile/programmes.ts';
import { viewOf } from '../../../casefile/view.ts';
import { waitingFilesOf } from '../../../casefile/waitingFiles.ts';
import type { CaseView, RequestView } from '../../../domain/caseView.ts';
import { dateIn } from '../../../domain/dates/dates.ts';
import type { SiteOutside } from '../../outside.ts';
import type { Visit, VisitSite } from '../../visit.ts';
import { answerer, type RequestPage, revisionOf, takeable } from './requestPage.ts';

/** The request that the path names, as the case has it now; nothing where there is none. */
export async function openRequestPage(
  { caseFile, now }: SiteOutside,
  c: Context<VisitSite>,
  filled: Partial<Pick<RequestPage, 'values' | 'kept'>> = {},
): Promise<RequestPage | undefined> {
  const visited = c.get('visit');
  const view = (await viewOf(caseFile, visited.view.id, now())) ?? visited.view;
  const id = `${c.req.param('scope')}/${c.req.param('name')}`;
  const request = view.requests.find((known) => known.id === id);
  if (!request) return undefined;
  const recording = await recordedFor(caseFile, visited, { view, request, person: c.req.query('for') });
  const visit = recording ? { ...visited, person: recording, parts: [recording] } : visited;
  const own = answerer(visit, request);
  const party = own?.party;
  const stands = takeable(request, party);
  const next = stands && revisionOf(stands) + 1;
  const correcting = next !== undefined && c.req.query('correct') === String(next) ? next : undefined;
  const { people } =
    party === undefined
      ? { people: [] }
      : await inCharge(caseFile, view.id, request.id, [party], ({ timeZone }) => dateIn(now(), timeZone));
  const version = request.programme?.version;
  const printed = version === undefined ? undefined : await printedProgramme(caseFile, view.id, version);
  return {
    ...{
      language: c.get('language'),
      visit,
      view,
      request,
      printed,
      recording,
      recorder: visited.person?.id,
      correcting,
    },
    waiting: own ? await waitingFilesOf(caseFile, view.id, { by: own.id }) : [],
    ...{ inCharge: people, values: {}, mistakes: [], kept: [], ...filled },
  };
}

/** Whose answer staff record: somebody of a party that owes it, and not themselves. */
async function recordedFor(
  caseFile: CaseFile,
  { capacity, parts }: Visit,
  of: { view: CaseView; request: RequestView; person: string | undefined },
) {
  if (capacity !== 'staff' || !of.person || parts.some(({ id }) => id === of.person)) return undefined;
  const found = await findPerson(caseFile, of.view.id, of.person);
  const owes = found?.active && found.role !== 'guest' && of.request.owing.includes(found.party);
  return owes ? found : undefined;
}
