import { html, raw } from 'hono/html';
import QRCode from 'qrcode';
import { speaker } from '../../words/speaker.ts';
import type { Html, SiteContext } from '../context.ts';

/** The secret for the app, to be scanned or typed. */
export async function appHtml(c: SiteContext, { uri, key }: { uri: string; key: string }): Promise<Html> {
  const say = speaker('site.second-step', c.get('language'));
  const svg = await QRCode.toString(uri, { type: 'svg', errorCorrectionLevel: 'M' });
  // What is drawn is made here of squares alone.
  return html`<div class="rial-qr" role="img" aria-label="${say('qr')}">${raw(svg)}</div>
<p class="govuk-body">${say('key')}<br><code class="rial-prewrap">${key.replace(/(.{4})(?=.)/g, '$1 ')}</code></p>`;
}
