import { mailContextOf } from './frame.ts';
import { renderHtml } from './html.ts';
import { introduced } from './introduction.ts';
import type { CooperationHeading, Mail, Reader, RequestNotice } from './notice.ts';
import { letterOf, type Notice } from './notices/index.ts';
import { renderText } from './text.ts';
import { toldBeside } from './together.ts';

/** Whether a notice asks for an answer before all. */
const isAsked = (notice: Notice): notice is Extract<Notice, RequestNotice> =>
  notice.notice === 'request' || notice.notice === 'reminder' || notice.notice === 'deadline-extended';

/** What a notice asks for, which its button leads to. */
export function requestIn(notice: Notice): RequestNotice | undefined {
  if (notice.notice === 'invitation') return notice.asked;
  return isAsked(notice) ? notice : undefined;
}

function linked(notice: Notice, link: string): Notice {
  if (notice.notice === 'invitation')
    return notice.asked ? { ...notice, asked: { ...notice.asked, link } } : notice;
  return isAsked(notice) ? { ...notice, link } : notice;
}

/**
 * A notice as one reader receives it, in their language and on their capital's clock. It depends on its
 * arguments alone: `now` (ISO 8601, UTC) decides how many days are left and whether a year is named. With `link` it
 * has that one way to the cooperation site, as the button of a request or else on a line at its end. `beside` is what falls
 * together with it for this reader, each request with a way of its own.
 */
export function composeMail(
  notice: Notice,
  reader: Reader,
  cooperation: CooperationHeading,
  now: string,
  link?: string,
  beside: readonly { notice: Notice; link?: string | undefined }[] = [],
): Mail {
  const plain = mailContextOf(reader, cooperation, now, link);
  const { introduction } = cooperation;
  const context = introduction ? { ...plain, introduction: introduced(introduction, plain) } : plain;
  const own = link ? linked(notice, link) : notice;
  const others = beside.map((one) => (one.link ? linked(one.notice, one.link) : one.notice));
  const letter = letterOf(
    own,
    others.length > 0 ? { ...context, beside: toldBeside(own, others, context) } : context,
  );
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
