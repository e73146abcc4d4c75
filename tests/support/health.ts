import type { Health } from '../../src/health/health.ts';

/** A system that depends on nothing that could be ill. */
export const allWell: Health = { look: async () => [], last: () => [] };
