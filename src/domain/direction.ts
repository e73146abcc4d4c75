/**
 * What people wrote, without the marks that turn the direction of what follows (U+202A–202E, U+2066–2069): with one, a
 * name or a subject reads as another. What comes in by a shape, a form or the API goes through here.
 */
export const withoutTurns = (text: string): string => text.replaceAll(/[\u202a-\u202e\u2066-\u2069]/gu, '');
