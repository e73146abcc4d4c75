import { type Block, glued, type Item, type Letter } from '../words/blocks.ts';
import { colonIn } from '../words/colon.ts';
import { clean, followable, oneLine } from '../words/plainText.ts';

/**
 * The letter as HTML that mail clients of any age show alike: inline styles, nothing remote, one table to
 * centre it (and one to give the button its padding in Outlook, which ignores it on links).
 */

const FONT = "font-family:Arial,Helvetica,'Liberation Sans',sans-serif";
const INK = '#1b1b1b';
const SOFT = '#54595f';
const BLUE = '#003f72';
const RULE = '#c9d1d9';
/** Long links and codes break anywhere rather than widen the page of a phone. */
const BREAKS = 'overflow-wrap:anywhere;word-break:break-word';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** For text and for attribute values in quotes. */
export const escaped = (text: string): string => clean(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

const lines = (text: string): string => escaped(text.trim()).replace(/\n/g, '<br>\n');
/** From when to when: not to be broken at its dash, as it stands in narrow columns. */
const RANGE = /\d[\w:.\u00a0]{0,30}–\d[\w:.\u00a0]{0,30}/g;
const line = (text: string): string =>
  escaped(glued(oneLine(text), '\u00a0')).replace(RANGE, '<span style="white-space:nowrap">$&</span>');
const paragraph = (html: string, style = 'margin:0 0 16px'): string => `<p style="${style}">${html}</p>`;

const link = (url: string, label = url, style = `color:${BLUE};${BREAKS}`): string =>
  followable(url)
    ? `<a href="${escaped(url)}" target="_blank" rel="noopener" style="${style}">${escaped(label)}</a>`
    : escaped(label);

/** A line of a note that is where the entry leads is a link. */
const item = ({ text, note, url }: Item): string =>
  `<li style="margin:0 0 8px">${line(text)}${
    note
      ? `<br>\n<span style="color:${SOFT}">${note
          .split('\n')
          .map((one) => (one === url ? link(one) : lines(glued(one, '\u00a0'))))
          .join('<br>\n')}</span>`
      : ''
  }</li>`;

function button(label: string, url: string): string {
  const cell = `border-radius:4px;background:${BLUE};padding:13px 26px`;
  const style = `color:#ffffff;${FONT};font-size:17px;font-weight:bold;text-decoration:none;display:inline-block`;
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 12px"><tr><td bgcolor="${BLUE}" style="${cell}">${link(url, label, style)}</td></tr></table>
${paragraph(link(url), `margin:0 0 20px;font-size:14px;color:${SOFT}`)}`;
}

function render(block: Block, colon: string): string {
  switch (block.block) {
    case 'paragraph':
      return paragraph(lines(block.text));
    case 'heading':
      return `<h2 style="margin:24px 0 8px;font-size:17px;line-height:1.35;font-weight:bold;color:${INK}">${line(block.text)}</h2>`;
    case 'facts': {
      const rows = block.rows.map(({ label, value, url }, i) => {
        const said =
          url && url !== value ? `${line(value)}<br>\n${link(url)}` : url ? link(url) : line(value);
        const weight = i === 0 ? 'font-weight:bold' : 'font-weight:normal';
        return paragraph(
          `<span style="color:${SOFT};font-size:14px">${line(label)}</span><br>\n<span style="${weight}">${said}</span>`,
          'margin:0 0 8px',
        );
      });
      return `<div style="margin:0 0 20px;padding:12px 0 4px 14px;border-left:4px solid ${BLUE}">\n${rows.join('\n')}\n</div>`;
    }
    case 'list': {
      const tag = block.numbered ? 'ol' : 'ul';
      return `<${tag} style="margin:0 0 16px;padding:0 0 0 24px">\n${block.items.map(item).join('\n')}\n</${tag}>`;
    }
    case 'button':
      return button(block.label, block.url);
    case 'link':
      return paragraph(`${line(block.label + colon)}<br>\n${link(block.url)}`, 'margin:24px 0 0');
    case 'quote':
      return `<blockquote style="margin:0 0 16px;padding:2px 0 2px 14px;border-left:4px solid ${RULE}">${lines(block.text)}</blockquote>`;
  }
}

/** The letter as an HTML document; it says what {@link renderText} says, and names the network above it. */
export function renderHtml(letter: Letter): string {
  const { language, subject, preview, heading, greeting, blocks, signature, footer } = letter;
  const colon = colonIn(language).trimEnd();
  const network = `<span style="font-weight:bold;color:${BLUE}">${line(heading.network)}</span>`;
  const body = [
    ...greeting.map((text) => paragraph(line(text))),
    ...blocks.map((block) => render(block, colon)),
    paragraph(signature.map(line).join('<br>\n'), 'margin:28px 0 0'),
    ...(footer.length > 0
      ? [
          paragraph(
            footer
              .map((one) => (typeof one === 'string' ? line(one) : `${line(one.text)} ${link(one.url)}`))
              .join('<br>\n'),
            `margin:24px 0 0;padding:16px 0 0;border-top:1px solid ${RULE};font-size:14px;color:${SOFT}`,
          ),
        ]
      : []),
  ];
  return `<!doctype html>
<html lang="${language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escaped(oneLine(subject))}</title>
</head>
<body style="margin:0;padding:0;background:#ffffff;color:${INK}">
<div style="display:none;max-height:0;overflow:hidden;font-size:1px;line-height:1px;color:#ffffff">${line(preview)}</div>
<!--[if mso]><table role="presentation" width="600" align="center"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" align="center" style="max-width:600px;margin:0 auto">
<tr><td style="padding:20px 16px 32px;${FONT};font-size:16px;line-height:1.5;color:${INK};${BREAKS}">
<p style="margin:0 0 24px;padding:0 0 12px;border-bottom:1px solid ${RULE};font-size:14px;color:${SOFT}">${network} &nbsp;${line(heading.cooperation)}</p>
${body.join('\n')}
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</body>
</html>
`;
}
