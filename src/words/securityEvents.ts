import type { Language } from '../domain/language.ts';
import type { SecurityEvent } from '../domain/securityEvent.ts';
import { speaker } from './speaker.ts';

/** What an event of the security log says: ids and codes stand in it as they are. */
export const securityEventText = ({ code, ...values }: SecurityEvent, language: Language): string =>
  // Each message takes the values of its event, which a test holds.
  speaker('security.event', language)(code, ...([values] as unknown as never[]));
