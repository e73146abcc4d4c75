import type { Language } from '../domain/language.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { type Logo, logoOwnerOf } from '../domain/results/logo.ts';
import { speaker } from '../words/speaker.ts';
import { line } from './text.ts';
import { type PlacedPicture, type WordData, wordPicture } from './word.ts';

/** The logos in the head of a paper: in a row, in the order in which the programme has their institutions. */

/** In millimetres: the row is as wide as the text of all papers. */
const ROW = { width: 158, gap: 8 };
const LARGEST = { width: 46, height: 15 };

export function placedLogos(
  logos: readonly Logo[],
  institutions: readonly Pick<Programme['institutions'][number], 'id' | 'role' | 'name'>[],
  language: Language,
): PlacedPicture[] {
  const say = speaker('papers.labels', language);
  const owners = [...new Set(institutions.map(logoOwnerOf))];
  const found = owners.flatMap((owner) => {
    const logo = logos.find(({ institution }) => institution === owner);
    const name = institutions.find((one) => logoOwnerOf(one) === owner)?.name ?? '';
    return logo ? [{ logo, name }] : [];
  });
  const most = Math.min(LARGEST.width, (ROW.width - ROW.gap * (found.length - 1)) / found.length);
  return found.map(({ logo, name }) => {
    const { mediaType, bytes, width, height } = logo;
    const share = Math.min(most / width, LARGEST.height / height);
    return {
      ...{ mediaType, bytes, alt: say('logo', { name: line(name) }) },
      ...{ width: rounded(width * share), height: rounded(height * share) },
    };
  });
}

/** At least something, however long and thin it is. */
const rounded = (mm: number): number => Math.max(0.5, Math.round(mm * 100) / 100);

const ENDINGS = { 'image/png': 'png', 'image/jpeg': 'jpg' } as const;

/** As a Typst template has them: by the names of files, which go with it. */
export function typstLogos(placed: readonly PlacedPicture[]) {
  const named = placed.map((logo, at) => ({ ...logo, file: `logo-${at + 1}.${ENDINGS[logo.mediaType]}` }));
  return {
    logos: named.map(({ file, alt, width, height }) => ({ file, alt, width, height })),
    files: new Map(named.map(({ file, bytes }) => [file, Buffer.from(bytes, 'base64')])),
  };
}

/** As a Word template has them: a row of them, or none. */
export const wordLogos = (placed: readonly PlacedPicture[]): readonly WordData[] =>
  placed.length === 0 ? [] : [{ logos: placed.map((logo) => ({ logo: wordPicture(logo) })) }];
