import type { HealthCheck } from '../domain/health.ts';
import type { Language } from '../domain/language.ts';
import { moment } from '../words/dates/shortDates.ts';
import { speaker } from '../words/speaker.ts';
import type { Mail } from './notice.ts';
import { siteMail } from './siteMail.ts';

/** The mail to whoever runs the system: what is ill and what to do, or that all is well again. Instants: ISO 8601, UTC. */
export function composeHealth(
  {
    ill,
    was,
    since,
    now,
  }: { ill: readonly HealthCheck[]; was: readonly HealthCheck[]; since: string; now: string },
  language: Language,
): Mail {
  const say = speaker('mail.health', language);
  const [what, todo] = [speaker('health.ill', language), speaker('health.todo', language)];
  const at = moment(since, 'UTC', language, new Date(now));
  return siteMail(language, {
    subject: say(ill.length > 0 ? 'illSubject' : 'wellSubject'),
    greeting: [],
    lead: ill.length > 0 ? say('ill', { at }) : say('well', { at }),
    blocks: (ill.length > 0 ? ill : was).flatMap((check) => [
      { block: 'heading' as const, text: what(check) },
      ...(ill.length > 0 ? [{ block: 'paragraph' as const, text: todo(check) }] : []),
    ]),
    signature: ['RIAL'],
  });
}
