import { z } from 'zod';
import type { Programme } from '../programme/programme.ts';

/** The logos of institutions, in the head of papers: pictures that staff put in. */

export const LOGO_TYPES = ['image/png', 'image/jpeg'] as const;
export const MOST_LOGO_BYTES = 512 * 1024;
/** Of a side, in pixels: some four times as much as is printed. */
export const MOST_LOGO_SIDE = 2000;

/** Whose a logo is where it is the Secretariat's: one in all cooperations, whatever its code in a programme. */
export const SECRETARIAT = 'secretariat';

/** Whose a logo is: the code that an institution has in programmes. */
export const logoOwner = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe(`the code that an institution has in programmes; \`${SECRETARIAT}\` for the Secretariat`);

export const logoOwnerOf = ({ id, role }: Pick<Programme['institutions'][number], 'id' | 'role'>): string =>
  role === 'secretariat' ? SECRETARIAT : id;

const picture = z.object({
  mediaType: z.enum(LOGO_TYPES),
  width: z.int().describe('in pixels'),
  height: z.int().describe('in pixels'),
});
export type Picture = z.infer<typeof picture>;

export const logoVersion = z.object({
  number: z.int(),
  institution: logoOwner,
  file: z
    .object({ sha256: z.string(), name: z.string(), ...picture.shape })
    .nullable()
    .describe('null where it was taken away'),
  putAt: z.iso.datetime(),
  putBy: z.string().nullable().describe('the address of who did; null from the terminal of the machine'),
});
export type LogoVersion = z.infer<typeof logoVersion>;

/** A logo as papers are made with it; its bytes in base64, so that it goes to the processes that print. */
export type Logo = Picture & { institution: string; bytes: string };
