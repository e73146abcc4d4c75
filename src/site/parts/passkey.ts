import { html } from 'hono/html';
import { LONGEST_PASSKEY_NAME } from '../../casefile/access/passkeys.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html, SiteContext } from '../context.ts';
import { type Field, type Mistake, partsHtml, type Values } from '../form.ts';

/**
 * A form that the browser fills with a passkey (`passkey.js`): one that it makes, or one that signs. Without script, and
 * in a browser that knows none, there is a sentence in its place.
 */
export function passkeyForm(
  c: SiteContext,
  given: {
    does: 'make' | 'use';
    /** Where it is sent; what is to be signed is had below it. */
    action: string;
    button: string;
    fields?: readonly Field[];
    values?: Values;
    mistakes?: readonly Mistake[];
  },
): Html {
  const { does, action, button, fields = [], values = {}, mistakes = [] } = given;
  const say = speaker('site.passkey', c.get('language'));
  return html`<p class="govuk-body" id="without-passkey">${say(does === 'make' ? 'cannotMake' : 'cannotUse')}</p>
<form method="post" action="${action}" novalidate autocomplete="off" hidden data-passkey="${does}" data-options="${action}/options" data-without="without-passkey" data-waiting="${say('waiting')}" data-cancelled="${say('cancelled')}" data-known="${say('known')}" data-failed="${say('failed')}">
${partsHtml({ language: c.get('language'), values, mistakes }, [saidField, ...fields])}
<button type="submit" class="govuk-button${does === 'make' ? ' govuk-button--secondary' : ''}">${button}</button>
</form>`;
}

/** What the browser says of the passkey. */
export const saidField: Field = { as: 'hidden', name: 'passkey', value: '' };

/** What a name takes of what was written, or of what the browser calls itself. */
export const passkeyName = (text: string): string => text.slice(0, LONGEST_PASSKEY_NAME);
