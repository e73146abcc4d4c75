/** The materials of a session: how far something is since the one before it, what is presented, and what is left of it. */
export const MATERIAL_KINDS = ['progress', 'presentation', 'recording'] as const;
export type MaterialKind = (typeof MATERIAL_KINDS)[number];

/** What a document is. */
export const KINDS_OF_DOCUMENT = ['shared', ...MATERIAL_KINDS, 'answer', 'sheet', 'report'] as const;
export type DocumentKind = (typeof KINDS_OF_DOCUMENT)[number];
