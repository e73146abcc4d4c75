import { expect, it } from 'vitest';
import { PAGES, pageAsMade, pageAsWritten } from '../../bin/docs.ts';

// Where this fails, run: npm run docs
it.each(PAGES)('docs/%s has what the code says', (page) => {
  expect(pageAsWritten(page)).toBe(pageAsMade(page));
});
