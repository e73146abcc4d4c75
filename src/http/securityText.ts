import { Hono } from 'hono';
import { DAY_MS } from '../domain/dates/durations.ts';
import { LANGUAGES } from '../domain/language.ts';

const VALID_DAYS = 180;

/** `/.well-known/security.txt` (RFC 9116): where to tell whoever runs this system of a weakness. */
export function securityTextApp({
  contact,
  url,
  now,
}: {
  /** A URI, `mailto:` among them. */
  contact: string | undefined;
  url: string;
  now: () => string;
}): Hono {
  const app = new Hono();
  const place = '/.well-known/security.txt';
  if (contact === undefined) return app;
  app.get(place, (c) => {
    const expires = new Date(Date.parse(now()) + VALID_DAYS * DAY_MS).toISOString();
    const fields = {
      Contact: contact,
      Expires: expires,
      'Preferred-Languages': LANGUAGES.join(', '),
      Canonical: `${url}${place}`,
    };
    return c.text(
      Object.entries(fields)
        .map(([name, value]) => `${name}: ${value}\n`)
        .join(''),
    );
  });
  return app;
}
