import { z } from 'zod';

/** The number of what is numbered as it comes, 0 before the first. For larger ones the database has no place. */
export const numberInTurn = z.int().nonnegative().max(2_147_483_647);
