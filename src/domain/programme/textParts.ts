/** The texts of a programme that are read as one. */
export const TEXT_PARTS = [
  'title',
  'frame',
  'subject',
  'description',
  'objectives',
  'methodology',
  'contents',
] as const;
export type TextPart = (typeof TEXT_PARTS)[number];
