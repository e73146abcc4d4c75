import { html } from 'hono/html';
import type { CaseView } from '../../domain/caseView.ts';
import { kinds, type RequestKind } from '../../domain/kinds/index.ts';
import type { Language } from '../../domain/language.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';

/** The Word documents that the sheet and the report are begun with, for as long as nobody has handed in a draft. */

type Kind = 'sheet' | 'report';
const beginsWith = (request: RequestKind, kind: Kind): boolean =>
  kinds[request].brings === kind && kinds[request].encloses.includes('template');

/** Whether somebody was asked for a first draft, and there is none. */
export const beginnable = ({ requests, documents }: CaseView, kind: Kind): boolean =>
  requests.some((one) => beginsWith(one.kind, kind)) && !documents.some((one) => one.kind === kind);

export const startPath = ({ id }: Pick<CaseView, 'id'>, kind: Kind): string =>
  `/c/${id}/drafts/${kind}/start`;

export const startLink = (view: CaseView, kind: Kind, language: Language): Html | '' =>
  beginnable(view, kind)
    ? html`<a class="govuk-link" href="${startPath(view, kind)}">${speaker('site.starting', language)('start')}</a>`
    : '';
