import { html } from 'hono/html';
import type { Language } from '../../../domain/language.ts';
import { LARGEST_PROGRAMME_FILE } from '../../../domain/programme/programmeFile.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html, PageContext } from '../../context.ts';
import { type Field, hiddenHtml, postedForm, textIn } from '../../form.ts';

/** The text of a programme as a form sends it, which is a file, or what stands in the form. */

/** A file and the text beside it; a form writes a letter in up to three bytes for each of its own, and names beside it. */
export const FORM_BYTES = 4 * LARGEST_PROGRAMME_FILE;
/** Mistakes: more than anybody mends at once. */
export const MOST_SHOWN = 100;

export const fileField = (label: string, hint?: string): Field => ({
  ...{ name: 'file', as: 'file', into: 'source', accept: '.yaml,.yml,text/yaml,text/plain' },
  ...{ label, hint },
});

export function sourceFields(language: Language): Field[] {
  const say = speaker('site.new-cooperation', language);
  return [
    fileField(say('file'), say('fileHint')),
    { name: 'source', as: 'source', rows: 20, label: say('source') },
  ];
}

/** The file that was chosen, or else what stands in the form. */
export const sourceIn = async (c: PageContext): Promise<string> =>
  textIn((await postedForm(c, sourceFields(c.get('language')))).values, 'source');

/** A button that sends a programme's text, which stands nowhere else. `apart`: what it brings opens in a tab of its own. */
export const sourceButton = (
  action: string,
  source: string,
  label: string,
  { first = false, once = false, apart = false }: { first?: boolean; once?: boolean; apart?: boolean } = {},
): Html =>
  html`<form method="post" action="${action}"${apart ? html` target="_blank" rel="noopener"` : ''}>${hiddenHtml('source', source)}<button class="govuk-button${first ? '' : ' govuk-button--secondary'}" type="submit"${once ? html` data-prevent-double-click="true"` : ''}>${label}</button></form>`;
