import type { Language } from '../domain/language.ts';
import type { Institution, Programme } from '../domain/programme/programme.ts';
import { institutionNamed } from '../words/names/institutions.ts';
import { partyNamed } from '../words/names/parties.ts';
import { printedDate } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { line } from './text.ts';

/** Where a paper is signed, and what the case knows of who approved what. */

/** That somebody approved a version of the programme or of the sheet; `on` is a calendar date. */
export type Approval = {
  paper: 'programme' | 'sheet';
  version: number;
  party: string;
  name: string;
  on: string;
};

/** The heads of the four columns: whose signature, who signs, what is on record, and the place for it. */
export function signatureColumns(language: Language): string[] {
  const say = speaker('papers.signatures', language);
  return [say('institution'), say('signatory'), say('approval'), say('signature')];
}

/** An institution's row: who approved the programme for it last and when, and nothing as long as nobody did. */
export type SignatureLine = { party: string; name: string; approved: string };
export function signatureLines(
  { language }: Programme,
  institutions: readonly Institution[],
  approvals: readonly Approval[] = [],
): SignatureLine[] {
  const say = speaker('papers.signatures', language);
  return institutions.map((institution) => {
    const last = approvals.findLast(({ paper, party }) => paper === 'programme' && party === institution.id);
    return {
      party: line(institutionNamed(institution, language)),
      name: last ? line(last.name) : '',
      approved: last
        ? say('approved', { version: last.version, on: printedDate(last.on, language, true) })
        : '',
    };
  });
}

/** "Programa, versión 2: Ana Pérez (MTPE del Perú), 3 de julio de 2021": each approval on record, a line each. */
export function approvalLines(programme: Programme, approvals: readonly Approval[] = []): string[] {
  const { language } = programme;
  const say = speaker('papers.signatures', language);
  return approvals.map(({ paper, version, party, name, on }) =>
    say('line', {
      ...{ paper, version, name: line(name), party: partyNamed(programme, party, language) },
      on: printedDate(on, language, true),
    }),
  );
}
