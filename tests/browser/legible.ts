import type { Page } from 'playwright-core';

/** What a reader who has enlarged a page would find: text that is cut, covered, or out of sight. */

/**
 * Looks at every text and control of a page that is shown. A region that scrolls by itself, such as a wide table, may
 * hold more than it shows.
 */
const LOOK = `(() => {
  const found = [];
  const name = (it) => it.tagName.toLowerCase() + (it.id ? '#' + it.id : '') +
    (it.className && it.className.baseVal === undefined ? '.' + it.className.split(/\\s+/).join('.') : '');
  const wider = document.documentElement.scrollWidth - innerWidth;
  if (wider > 0) found.push('the page is ' + wider + ' px wider than the window');
  const hidden = (it) => it.closest('.govuk-visually-hidden, .govuk-skip-link, svg, option') !== null;
  const scrolls = (it) => {
    if (!it || it === document.body) return null;
    return /auto|scroll/.test(getComputedStyle(it).overflow) && it.tagName !== 'TEXTAREA' ? it : scrolls(it.parentElement);
  };
  const boxes = [];
  // Of what scrolls by itself, what its region shows.
  const put = (box) => {
    const region = scrolls(box.it)?.getBoundingClientRect();
    if (!region && (box.left < -1 || box.right > innerWidth + 1)) found.push('out of sight: ' + box.text);
    if (region)
      box = { ...box, left: Math.max(box.left, region.left), right: Math.min(box.right, region.right),
        top: Math.max(box.top, region.top), bottom: Math.min(box.bottom, region.bottom) };
    if (box.left < box.right && box.top < box.bottom) boxes.push(box);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const it = node.parentElement;
    if (!node.data.trim() || hidden(it) || !it.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (right - left < 1) continue;
      // Letters stand within their line: above and below them is room for accents, which lines share.
      const room = (bottom - top) * 0.3;
      put({ it, text: node.data.trim().slice(0, 40), left, right, top: top + room, bottom: bottom - room });
    }
  }
  for (const it of document.querySelectorAll('input:not([type=hidden]), select, textarea, .govuk-button, progress')) {
    if (hidden(it) || !it.checkVisibility({ visibilityProperty: true })) continue;
    const { left, right, top, bottom } = it.getBoundingClientRect();
    put({ it, text: name(it), left, right, top, bottom, control: true });
  }
  boxes.sort((a, b) => a.top - b.top);
  for (let n = 0; n < boxes.length; n++)
    for (let k = n + 1; k < boxes.length && boxes[k].top < boxes[n].bottom; k++) {
      const [a, b] = [boxes[n], boxes[k]];
      if (a.it === b.it || (a.control && a.it.contains(b.it)) || (b.control && b.it.contains(a.it))) continue;
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - b.top;
      if (across > 2 && down > 2) found.push('one over the other: ' + a.text + ' / ' + b.text);
    }
  for (const it of document.querySelectorAll('body *')) {
    if (hidden(it)) continue;
    const style = getComputedStyle(it);
    if (style.position === 'fixed' || style.position === 'sticky') found.push('stays in the way: ' + name(it));
    const cuts = /hidden|clip/.test(style.overflowX + style.overflowY) && style.display !== 'inline';
    if (cuts && it.checkVisibility() && it.textContent.trim() &&
        (it.scrollWidth > it.clientWidth + 1 || it.scrollHeight > it.clientHeight + 1))
      found.push('cut: ' + name(it));
  }
  return [...new Set(found)];
})()`;

/** As WCAG 2.2, 1.4.12, has it. */
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;
const ENLARGED = 'html { font-size: 200% !important; }';
const SIZES = `[...document.querySelectorAll('body *')].filter((it) => it.checkVisibility() && !it.closest('svg, option, [aria-hidden=true]') &&
  [...it.childNodes].some((one) => one.nodeType === 3 && one.data.trim())).map((it) => parseFloat(getComputedStyle(it).fontSize))`;

async function styled(page: Page, css: string, look: () => Promise<void>): Promise<void> {
  const style = await page.addStyleTag({ content: css });
  await look();
  await style.evaluate('(it) => it.remove()').catch(() => {});
  await page.evaluate("document.querySelectorAll('style').forEach((it) => it.remove())");
}

/**
 * What cannot be read of a page: at 1280 × 1024 enlarged to 400 %, which leaves 320 × 256, and, where the look is
 * `close`, also with the spacing of 1.4.12 there and at full width, and at full width with its text alone twice as large.
 * Leaves the page at full width.
 */
export async function illegible(page: Page, { close }: { close: boolean }): Promise<string[]> {
  const found: string[] = [];
  const look = (how: string) => async () => {
    for (const one of (await page.evaluate(LOOK)) as string[]) found.push(`${how}: ${one}`);
  };
  const cdp = await page.context().newCDPSession(page);
  const metrics = (width: number, height: number, deviceScaleFactor: number) =>
    cdp.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor, mobile: false });
  await metrics(320, 256, 4);
  await look('400 %')();
  if (close) {
    await styled(page, SPACED, look('400 %, spaced'));
    await metrics(1280, 1024, 1);
    await look('100 %')();
    await styled(page, SPACED, look('spaced'));
    const before = (await page.evaluate(SIZES)) as number[];
    await styled(page, ENLARGED, async () => {
      const after = (await page.evaluate(SIZES)) as number[];
      const same = after.filter((size, n) => Math.abs(size - 2 * (before[n] ?? 0)) > 1);
      if (same.length > 0) found.push(`200 % text: ${same.length} texts are not enlarged (${same[0]} px)`);
      await look('200 % text')();
    });
  }
  await cdp.send('Emulation.clearDeviceMetricsOverride');
  await cdp.detach();
  return found;
}
