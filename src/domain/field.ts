import type { z } from 'zod';

/** A schema with what an editor shows beside it. */
export const field = <T extends z.ZodType>(schema: T, description: string, ...examples: unknown[]): T =>
  schema.meta({ description, ...(examples.length > 0 && { examples }) });
