import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import type { ChangeForecast } from '../../../casefile/changes/index.ts';
import type { ChangeKind, GivenChange } from '../../../domain/change.ts';
import { alterationItems } from '../../../words/alterations.ts';
import { changeWords } from '../../../words/changes.ts';
import { speaker } from '../../../words/speaker.ts';
import type { PageContext } from '../../context.ts';
import { hiddenHtml } from '../../form.ts';
import { page } from '../../frame.ts';
import { blocksHtml } from '../../parts/blocks.ts';
import { warningsHtml } from '../../parts/warnings.ts';
import type { Visit } from '../../visit.ts';
import { differencesHtml } from '../programmeForm/differences.ts';
import { changeOutcome } from './changeOutcome.ts';
import { fieldsOf } from './form.ts';
import type { KeptForm } from './keptForm.ts';
import type { Texts } from './kind.ts';
import { KINDS } from './kinds.ts';

/** What a change would do, before it is confirmed. */

export function previewPage(
  c: PageContext,
  visit: Visit,
  {
    kind,
    values,
    given,
    foreseen,
    written,
    form,
  }: {
    kind: ChangeKind;
    values: Texts;
    given: GivenChange;
    foreseen: ChangeForecast;
    /** Of the kind's own page: where it goes on with what was written, and what it was made from. */
    written?: { path: string; base: string };
    /** Where the form is kept until it is made. */
    form?: KeptForm | undefined;
  },
) {
  const { view, clock } = visit;
  const { language, now } = clock;
  const say = speaker('changes.preview', language);
  const reader = { language, now: new Date(now) };
  const altered = alterationItems(given.what, view, reader);
  const facts = [
    { heading: say('what'), text: changeWords(given.what, view, reader) },
    ...(KINDS[kind].facts?.(given.what, visit) ?? []),
    { heading: say('reason'), text: given.reason },
  ];
  return page(c, {
    title: say('title'),
    shows: true,
    back: { href: `/c/${view.id}/changes` },
    body: html`<p class="govuk-body-l">${speaker('changes.kinds', language)(kind)}</p>
<div class="govuk-inset-text">${say('nothingYet')}</div>
<dl class="govuk-summary-list">${facts.map(
      ({ heading, text }) =>
        html`<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">${heading}</dt><dd class="govuk-summary-list__value rial-prewrap">${text}</dd></div>`,
    )}</dl>
${
  altered.length > 0
    ? html`<h2 class="govuk-heading-m">${say('altered')}</h2>${blocksHtml([{ block: 'list', items: altered }])}`
    : ''
}
${
  foreseen.differences.length > 0
    ? html`<h2 class="govuk-heading-m">${say('differences')}</h2>${differencesHtml(foreseen.differences, visit)}`
    : ''
}
${warningsHtml(foreseen.warnings, view.programme, language)}
${changeOutcome(foreseen, visit)}
${
  kind === 'cancel'
    ? html`<div class="govuk-warning-text"><span class="govuk-warning-text__icon" aria-hidden="true">!</span><strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">${say('warning')}</span>${say('forGood')}</strong></div>`
    : ''
}
<form method="post" action="/c/${view.id}/changes/make">
${hiddenHtml('kind', kind)}${hiddenHtml('token', randomUUID())}${written ? hiddenHtml('base', written.base) : ''}${form ? hiddenHtml('draft', form.of) : ''}
${fieldsOf(kind, visit).map(({ name, as }) => (as === 'file' ? '' : hiddenHtml(name, name === 'seen' ? String(given.seen) : (values[name] ?? ''))))}
<div class="govuk-button-group"><button class="govuk-button${kind === 'cancel' ? ' govuk-button--warning' : ''}" type="submit">${say('confirm')}</button>
<button class="govuk-button govuk-button--secondary" type="submit" name="mend" value="yes" formaction="${written?.path ?? `/c/${view.id}/changes/new/${kind}`}">${say('mend')}</button></div>
</form>`,
  });
}
