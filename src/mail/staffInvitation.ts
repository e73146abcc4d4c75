import type { Invitation } from '../domain/people/staff.ts';
import { speaker } from '../words/speaker.ts';
import { greetingOf } from './frame.ts';
import type { Mail } from './notice.ts';
import { siteMail } from './siteMail.ts';

/** To whoever was let in as staff or observer. It holds no secret: its button leads to where one signs in. `url` is the site's. */
export function composeStaffInvitation({ to, name, role, language }: Invitation, url: string): Mail {
  const say = speaker('mail.staff-invitation', language);
  return siteMail(language, {
    subject: say('subject'),
    greeting: greetingOf(name, language),
    lead: say(role),
    blocks: [
      { block: 'paragraph', text: say('how', { address: to }) },
      { block: 'button', label: say('button'), url: `${url}/sign-in` },
    ],
    signature: [say('secretariat')],
  });
}
