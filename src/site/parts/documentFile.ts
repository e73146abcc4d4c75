import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { secretariatAmong } from '../../domain/people/party.ts';
import { ownMomentOf } from '../../words/dates/dates.ts';
import { nameOf, partyNamed, personName } from '../../words/names/parties.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { downloadLink, fileNameOf } from '../downloads.ts';
import type { Visit } from '../visit.ts';

/** A version of a document on any page: its file where it can be had, and who withheld it where it cannot. */

type Version = CaseView['documents'][number];

/** The link to its file, or in its place who withheld it and when. */
export function documentFile({ view, clock }: Visit, version: Version): Html | string {
  const { language } = clock;
  if (!version.withheld)
    return downloadLink(view.id, { ...version, fileName: fileNameOf(version) }, language);
  const { by, at } = version.withheld;
  const byWho =
    by === null
      ? partyNamed(view.programme, secretariatAmong(view.programme.institutions).id, language, 'by')
      : nameOf(personName(view, by), language, 'by');
  return speaker('site.documents', language)('withheldBy', { byWho, when: ownMomentOf(at, clock) });
}

/** Its number and file, with who sent it and when; `beside` stands after the file. */
export function versionLine(visit: Visit, version: Version, beside: Html | '' = ''): Html {
  const { view, clock } = visit;
  const { language } = clock;
  const say = speaker('site.documents', language);
  return html`<p class="govuk-body">${say('version', { version: version.version })} · ${documentFile(visit, version)}${beside}<br>
<span class="rial-soft">${partyNamed(view.programme, version.party, language)}, ${personName(view, version.by)} · ${ownMomentOf(version.at, clock)}</span></p>`;
}
