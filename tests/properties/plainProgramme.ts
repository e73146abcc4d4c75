import type { renderProgramme as real } from '../../src/publications/programme.ts';

/** A programme's version as plain text: typesetting each takes most of the time, and is tested where it belongs. */
export const renderProgramme: typeof real = async (version) => {
  const bytes = Buffer.from(JSON.stringify(version));
  return { pdf: bytes, docx: bytes, fileNames: { pdf: 'programa.pdf', docx: 'programa.docx' } };
};
