/** A Word file that people wrote, and what its PDF is called where it is shown. */
export type WordPaper = { docx: Uint8Array; title: string };

/** Makes the tagged PDF of a Word file. @throws Error where none comes of it */
export type WordPrinter = (paper: WordPaper) => Promise<Uint8Array>;
