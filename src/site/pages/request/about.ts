import { html } from 'hono/html';
import { Temporal as Dates } from 'temporal-polyfill';
import type { RequestView } from '../../../casefile/caseView.ts';
import { countriesOf } from '../../../domain/party.ts';
import { partyName, partyZone } from '../../../wording/labels.ts';
import { dayOf, momentOf, sessionDate } from '../../../words/dates.ts';
import { sessionTitle } from '../../../words/labels.ts';
import { countryNames } from '../../../words/pairing.ts';
import { speaker } from '../../../words/speaker.ts';
import { fileHref, fileNameOf, programmeFile, sizeText } from '../../downloads.ts';
import type { Html } from '../../frame.ts';
import { startLink } from '../../parts/starting.ts';
import { type Asked, owes, reasonsBefore, sayIn } from './asked.ts';

/** What a request is about, as it stands on its page: in words, documents, sessions, the question, and why again. */
export const about = (asked: Asked): Html =>
  html`${owes(asked) ? html`<p class="govuk-body">${lead(asked)}</p>` : ''}${meeting(asked)}${programme(asked)}${files(asked)}${question(asked)}${trouble(asked)}${session(asked)}${reasons(asked)}`;

/** The same sentence as in the mail, in whose name included. */
function lead({ c, view, request, seen }: Asked): string {
  const language = c.get('language');
  const say = speaker('mail.request', language);
  const party = seen.person && request.asked.find((one) => one.party === seen.person?.party);
  const institution = view.programme.institutions.find(({ id }) => id === (party ?? request.asked[0])?.party);
  const who = !institution ? 'consultant' : institution.role === 'secretariat' ? 'secretariat' : 'ministry';
  const from = view.questions.find(({ number }) => number === request.item)?.from ?? '';
  return say(request.kind, {
    behalf: say('behalf', { who, label: institution ? partyName(view, institution.id, language) : '' }),
    n: String(request.item ?? request.round),
    from: partyName(view, from, language),
    again: reasonsBefore(view, request).length > 0 ? 'yes' : 'no',
    requesting: countryNames(countriesOf(view.programme, 'requesting'), language),
    providing: countryNames(countriesOf(view.programme, 'providing'), language),
  });
}

/** When the coordination meeting was, of which the minutes are asked. */
function meeting({ c, view, request, seen }: Asked): Html | '' {
  if (request.kind !== 'confirm-coordination') return '';
  const { date, starts, timezone } = view.programme.coordination;
  const instant = Dates.PlainDate.from(date)
    .toZonedDateTime({ timeZone: timezone, plainTime: Dates.PlainTime.from(starts) })
    .toInstant();
  const say = speaker('mail.request', c.get('language'));
  return html`<p class="govuk-body">${say('meeting')}: ${momentOf(instant.toString(), seen.clock)}</p>`;
}

/** The programme that is to be approved or revised: its files, its contents, and what changed. */
function programme(asked: Asked): Html | '' {
  const { c, view, request, seen } = asked;
  if (request.kind !== 'approve-programme' && request.kind !== 'revise-programme') return '';
  const language = c.get('language');
  const say = sayIn(asked);
  const at = view.programmeVersions.findIndex(({ hash }) => hash === request.subject.hash);
  const version = view.programmeVersions[at];
  const before = view.programmeVersions[at - 1];
  if (!version) return '';
  const { objectives } = view.programme;
  const link = (file: { file: string; sha256: string }, number: number, format: string) =>
    html`<a class="govuk-link" href="${fileHref(view.id, programmeFile(file))}">${say('programmeFile', { version: number, format })}</a>`;
  return html`<ul class="govuk-list"><li>${link(version.pdf, version.version, 'PDF')}</li><li>${link(version.docx, version.version, 'Word')}</li></ul>
${
  request.kind === 'revise-programme'
    ? ''
    : html`<h2 class="govuk-heading-m">${say('sessions')}</h2>
<ul class="govuk-list govuk-list--spaced">${view.sessions
        .filter(({ cancelledAt }) => !cancelledAt)
        .map(
          (one) =>
            html`<li><strong>${sessionTitle(one.number, language)}</strong> <span class="rial-soft">${sessionDate(one, seen.clock)}</span><br><span class="rial-prewrap">${one.contents}</span></li>`,
        )}</ul>
<details class="govuk-details"><summary class="govuk-details__summary"><span class="govuk-details__summary-text">${say('objectives')}</span></summary>
<div class="govuk-details__text"><p class="govuk-body rial-prewrap">${objectives.introduction}</p><ol class="govuk-list govuk-list--number">${objectives.items.map(
        ({ title, text }) => html`<li>${title ? html`<strong>${title}:</strong> ` : ''}${text}</li>`,
      )}</ol></div></details>
${
  before
    ? html`<h2 class="govuk-heading-m">${say('changed')}</h2>
${amendments(asked, before.madeAt)}<p class="govuk-body">${say('previous')} ${link(before.pdf, before.version, 'PDF')}</p>`
    : ''
}`
}`;
}

/** Why the programme was corrected since its version before. */
const amendments = ({ view, request }: Asked, since: string): Html =>
  html`${view.changes
    .filter(
      ({ kind, madeAt }) =>
        kind === 'amend' &&
        Date.parse(madeAt) >= Date.parse(since) &&
        Date.parse(madeAt) <= Date.parse(request.openedAt),
    )
    .map(({ reason }) => html`<div class="govuk-inset-text rial-prewrap">${reason}</div>`)}`;

const DRAFTS: Partial<Record<RequestView['kind'], 'sheet' | 'report'>> = {
  'draft-sheet': 'sheet',
  'review-sheet': 'sheet',
  'draft-report': 'report',
  'complement-report': 'report',
  'receive-report': 'report',
};

/** The sheet or report as it stands: the version asked about, else the newest there was. */
function files(asked: Asked): Html | '' {
  const { c, view, request, seen } = asked;
  const kind = DRAFTS[request.kind];
  const versions = view.documents.filter((one) => one.kind === kind);
  const file = versions.findLast(({ sha256 }) => sha256 === request.subject.hash) ?? versions.at(-1);
  if (!kind) return '';
  if (!file) return html`<p class="govuk-body">${startLink(view, kind, c.get('language'))}</p>`;
  const say = sayIn(asked);
  const party = partyName(view, file.party, c.get('language'));
  const meta = { size: sizeText(file.size, c.get('language')), party, when: dayOf(file.at, seen.clock) };
  return html`<h2 class="govuk-heading-m">${say('current')}</h2>
<p class="govuk-body"><a class="govuk-link" href="${fileHref(view.id, { ...file, fileName: fileNameOf(file) })}">${say('fileVersion', { title: file.title, version: file.version })}</a><br><span class="rial-soft">${say('fileMeta', meta)}</span></p>`;
}

function question(asked: Asked): Html | '' {
  const { c, view, request } = asked;
  if (request.kind !== 'answer-question') return '';
  const found = view.questions.find(({ number }) => number === request.item);
  if (!found) return '';
  const language = c.get('language');
  const say = speaker('mail.request', language);
  return html`<h2 class="govuk-heading-m">${say('question', { n: String(found.number), from: partyName(view, found.from, language) })}</h2>
${found.session === null ? '' : html`<p class="govuk-body rial-soft">${sessionTitle(found.session, language)}</p>`}
<blockquote class="govuk-inset-text rial-prewrap">${found.text}</blockquote>`;
}

const trouble = ({ c, request }: Asked): Html | '' =>
  request.trouble
    ? html`<h2 class="govuk-heading-m">${speaker('mail.request', c.get('language'))('trouble')}</h2><div class="govuk-inset-text rial-prewrap">${request.trouble}</div>`
    : '';

/** The session that a date, or minutes, are asked for. */
function session({ c, view, request, seen }: Asked): Html | '' {
  if (!['choose-date', 'confirm-date', 'record-session'].includes(request.kind)) return '';
  const found = view.sessions.find(({ number }) => number === request.item);
  if (!found) return '';
  const language = c.get('language');
  return html`<h2 class="govuk-heading-m">${sessionTitle(found.number, language)}</h2>
<p class="govuk-body rial-soft">${sessionDate(found, { ...seen.clock, language })}</p>
<p class="govuk-body rial-prewrap">${found.contents}</p>`;
}

function reasons({ c, view, request }: Asked): Html | '' {
  const language = c.get('language');
  const say = speaker('mail.request', language);
  return html`${reasonsBefore(view, request).map(
    ({ party, reason }) =>
      html`<h2 class="govuk-heading-s">${say('reasons', { institution: partyName(view, party, language) })}</h2><div class="govuk-inset-text rial-prewrap">${reason}</div>`,
  )}`;
}

/** The zone a session's hours are said in; the first party's where there is no session. */
export const zoneOf = ({ view, request }: Asked): string =>
  view.sessions.find(({ number }) => number === request.item)?.timeZone ??
  partyZone(view, request.asked[0]?.party);
