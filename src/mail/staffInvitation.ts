import type { Invitation } from '../domain/staff.ts';
import type { Letter } from '../words/blocks.ts';
import { speaker } from '../words/speaker.ts';
import { greetingOf } from './frame.ts';
import { renderHtml } from './html.ts';
import type { Mail } from './notice.ts';
import { renderText } from './text.ts';

/** To whoever was let in as staff or observer. It holds no secret: its button leads to where one signs in. `url` is the site's. */
export function composeStaffInvitation({ to, name, role, language }: Invitation, url: string): Mail {
  const say = speaker('mail.staff-invitation', language);
  const frame = speaker('mail.frame', language);
  const lead = say(role);
  const letter: Letter = {
    language,
    subject: say('subject'),
    preview: lead,
    heading: { network: frame('network'), cooperation: frame('site') },
    greeting: greetingOf(name, language),
    blocks: [
      { block: 'paragraph', text: lead },
      { block: 'paragraph', text: say('how', { address: to }) },
      { block: 'button', label: say('button'), url: `${url}/sign-in` },
    ],
    signature: [say('secretariat')],
    footer: [],
  };
  return { subject: letter.subject, text: renderText(letter), html: renderHtml(letter) };
}
