import { html } from 'hono/html';
import { type CaseView, partyZone } from '../../domain/caseView.ts';
import { materialsDay } from '../../domain/dates/deadlines.ts';
import { isNewest } from '../../domain/document.ts';
import { MATERIAL_KINDS, type MaterialKind } from '../../domain/documentKinds.ts';
import { secretariatAmong } from '../../domain/people/party.ts';
import { sessionStanding } from '../../domain/standing.ts';
import { calendarDay, ownMomentOf } from '../../words/dates/dates.ts';
import { partyNamed, personName } from '../../words/names/parties.ts';
import { followable } from '../../words/plainText.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { type Field, type Mistake, partsHtml, type Values } from '../form.ts';
import { uploadAttributes } from '../uploads.ts';
import type { Visit } from '../visit.ts';
import { documentFile } from './documentFile.ts';
import { details } from './govuk.ts';
import type { Session } from './sessions.ts';

/** The materials of a session, on its page: what was presented, how far things are, and what is left of it. */

type Material = CaseView['documents'][number];

/** The materials of a session, each by its newest version. */
const materialsOf = ({ number }: Pick<Session, 'number'>, { documents }: CaseView): Material[] =>
  documents.filter(
    (one) =>
      one.session === number && isNewest(one, documents) && MATERIAL_KINDS.some((kind) => kind === one.kind),
  );

/** Whether the reader may put some in: as documents, while they are exchanged. */
export function addsMaterials(session: Session, { view, person, capacity }: Visit): boolean {
  const isOpen = view.steps.find(({ step }) => step === 'documents')?.state === 'current' && !view.closedAt;
  const mayRead = capacity !== 'guest' && capacity !== 'observer' && person?.role !== 'observer';
  return isOpen && session.cancelledAt === null && mayRead && person !== undefined && person.role !== 'guest';
}

const isOver = (session: Session, { clock }: Visit): boolean =>
  ['held', 'to-record'].includes(sessionStanding(session, clock.now));

export function materialFields(visit: Visit): Field[] {
  const say = speaker('site.materials', visit.clock.language);
  return [
    {
      ...{ name: 'kind', as: 'radios', label: say('kind'), required: say('kindMissing') },
      options: MATERIAL_KINDS.map((kind) => ({ value: kind, label: say(kind), hint: say(`${kind}Hint`) })),
    },
    { name: 'title', as: 'text', label: say('titleField'), hint: say('titleHint'), optional: true },
    { name: 'link', as: 'url', label: say('link'), hint: say('linkHint'), optional: true },
    { name: 'files', as: 'file', many: true, label: say('files') },
  ];
}

/** The part of a session's page. `beside` stands after a file. */
export function materialsPart(
  session: Session,
  visit: Visit,
  beside: (material: Material) => Html | '',
): Html | '' {
  const { view, clock } = visit;
  const all = materialsOf(session, view);
  const adds = addsMaterials(session, visit);
  if (all.length === 0 && !adds) return '';
  const say = speaker('site.materials', clock.language);
  const kinds = MATERIAL_KINDS.map((kind) => [kind, all.filter((one) => one.kind === kind)] as const);
  return html`<section aria-labelledby="materials"><h2 class="govuk-heading-m" id="materials">${say('title')}</h2>
${adds ? html`<p class="govuk-body">${lead(session, visit)}</p>` : ''}
${kinds.map(([kind, found]) => (found.length > 0 ? html`<h3 class="govuk-heading-s rial-close">${say(`${kind}List`)}</h3><ul class="govuk-list govuk-list--bullet">${found.map((one) => html`<li>${materialLine(one, visit, beside(one))}</li>`)}</ul>` : ''))}
${adds ? details(say('add'), materialForm(session, visit, { values: { kind: [usual(session, visit)] }, mistakes: [] }), { id: 'add-material' }) : ''}</section>`;
}

/** Until when, of a session that has a date ahead. */
function lead(session: Session, visit: Visit): string {
  const { view, clock } = visit;
  const say = speaker('site.materials', clock.language);
  if (isOver(session, visit)) return say('leadAfter');
  if (!session.startsAt) return say('leadUndated');
  const { id, country } = secretariatAmong(view.programme.institutions);
  const day = materialsDay(session.startsAt, { timeZone: partyZone(view, id), country });
  return say('leadBefore', { until: calendarDay(day, clock) });
}

const usual = (session: Session, visit: Visit): MaterialKind =>
  isOver(session, visit) ? 'recording' : 'presentation';

export function materialForm(
  session: Session,
  visit: Visit,
  { values, mistakes }: { values: Values; mistakes: readonly Mistake[] },
): Html {
  const { view, clock } = visit;
  const { language } = clock;
  return html`<form ${uploadAttributes(language)} action="/c/${view.id}/sessions/${session.number}/materials">
${partsHtml({ language, values, mistakes }, materialFields(visit))}
<button type="submit" class="govuk-button">${speaker('site.materials', language)('send')}</button></form>`;
}

/** A link leads where it says; what was withheld leads nowhere. */
function materialLine(one: Material, visit: Visit, beside: Html | ''): Html {
  const { view, clock } = visit;
  const opens = one.link !== undefined && one.withheld === null && followable(one.link);
  const name = opens
    ? html`<a class="govuk-link rial-long" href="${one.link}" rel="noreferrer">${one.title}</a>`
    : html`${one.title} · ${documentFile(visit, one)}`;
  return html`${name}${beside}<br><span class="rial-soft">${partyNamed(view.programme, one.party, clock.language)}, ${personName(view, one.by)} · ${ownMomentOf(one.at, clock)}</span>`;
}
