import type { Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import type { ProgrammeTranslation } from '../domain/programme/translation.ts';
import type { Logo } from '../domain/results/logo.ts';
import type { PaperSize } from '../domain/results/paperSize.ts';
import type { TemplateName } from '../domain/results/wordTemplate.ts';
import type { PersonLine, PrintedPerson, PrintedSession } from './sessions.ts';
import type { Approval, SignatureLine } from './signatures.ts';
import type { PlacedPicture } from './word.ts';

/** One version of a programme: the file as filed, and sessions and people as they stand when it is made. */
export type ProgrammeVersion = {
  programme: Programme;
  /** 1 for the first. */
  version: number;
  /** The day it was made. Version 1 prints the programme's own date instead. */
  madeOn: string;
  sessions: PrintedSession[];
  people: PrintedPerson[];
  consultant?: { name: string; post?: string | undefined };
  /** Of earlier versions, as far as they are on record. */
  approvals?: readonly Approval[];
  /** Of its institutions, as far as they have one. */
  logos?: readonly Logo[];
  /** Where it is printed in two languages. */
  translation?: ProgrammeTranslation | undefined;
};

/** Which template it is filled into. */
export const programmeTemplate = ({ translation }: Pick<ProgrammeVersion, 'translation'>): TemplateName =>
  translation ? 'two-languages' : 'programme';

/** A labelled line of the programme's head. */
export type Fact = { label: string; value: string; link?: string };
export type SessionLine = { name: string; when: string; details: Fact[] };
export type RunIn = { title: string; text: string; more: { text: string }[] };

/** Everything a programme prints, in its language and order; PDF and Word are set from this alone. */
export type ProgrammeView = {
  language: Language;
  locale: string;
  paper: PaperSize;
  colon: string;
  logos: PlacedPicture[];
  madeOn: string;
  title: string;
  frame: string;
  subject: string;
  code: string;
  version: string;
  page: string;
  ofPages: string;
  facts: Fact[];
  versionLine: string;
  description: { heading: string; paragraphs: string[]; introduction: string[]; objectives: RunIn[] };
  methodology: { heading: string; introduction: string[]; points: (RunIn & { sessions: SessionLine[] })[] };
  contents: {
    heading: string;
    introduction: string[];
    sessions: (RunIn & { guests: { label: string; people: PersonLine[] }[] })[];
  };
  participants: { heading: string; groups: { heading: string; people: PersonLine[] }[] };
  signatures: { heading: string; columns: string[]; rows: SignatureLine[] };
};
