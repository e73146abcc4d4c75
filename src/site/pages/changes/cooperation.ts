import { stringify } from 'yaml';
import type { ChangeKind } from '../../../domain/change.ts';
import { programmeShape } from '../../../domain/programme.ts';
import { checkCorrectedFile } from '../../../domain/programmeFile.ts';
import { type Catalogue, speaker } from '../../../mail/catalogue.ts';
import { isOver, type Kind, type Shown } from './kind.ts';

/** Changes of the whole cooperation: paused, resumed, cancelled, its programme corrected. */

/** Of a file with more mistakes than these, the first are told. */
const MISTAKES_TOLD = 20;

const TEXTS = {
  programme: {
    es: 'Programa, en YAML',
    en: 'Programme, in YAML',
    pt: 'Programa, em YAML',
    fr: 'Programme, en YAML',
  },
  programmeHint: {
    es: 'El programa vigente. Corrija los textos, los contenidos, los plazos, el consultor o la consultora, o agregue instituciones con sus personas. Lo que concierne a una sesión o a una persona tiene su propio formulario.',
    en: 'The programme as it stands. Correct texts, contents, deadlines or the consultant, or add institutions with their people. What concerns one session or person has its own form.',
    pt: 'O programa vigente. Corrija os textos, os conteúdos, os prazos, o consultor ou a consultora, ou acrescente instituições com suas pessoas. O que diz respeito a uma sessão ou pessoa tem formulário próprio.',
    fr: 'Le programme en vigueur. Corrigez les textes, le contenu, les délais, le consultant ou la consultante, ou ajoutez des institutions avec leurs personnes. Ce qui concerne une séance ou une personne a son propre formulaire.',
  },
  file: {
    es: 'O suba el archivo corregido',
    en: 'Or upload the corrected file',
    pt: 'Ou envie o arquivo corrigido',
    fr: 'Ou envoyez le fichier corrigé',
  },
  fileHint: {
    es: 'Si elige un archivo, se toma en lugar del texto de arriba.',
    en: 'If you choose a file, it is taken in place of the text above.',
    pt: 'Se escolher um arquivo, ele substitui o texto acima.',
    fr: 'Si vous choisissez un fichier, il remplace le texte ci-dessus.',
  },
  line: {
    es: 'Línea {line}, {place}: {message}',
    en: 'Line {line}, {place}: {message}',
    pt: 'Linha {line}, {place}: {message}',
    fr: 'Ligne {line}, {place}\u00a0: {message}',
  },
  lineAlone: {
    es: 'Línea {line}: {message}',
    en: 'Line {line}: {message}',
    pt: 'Linha {line}: {message}',
    fr: 'Ligne {line}\u00a0: {message}',
  },
} as const satisfies Catalogue;

const say = ({ clock }: Shown) => speaker(TEXTS, clock.language);

export const COOPERATION_KINDS = {
  pause: {
    possible: (view) => !isOver(view) && view.pausedAt === null,
    fields: () => [],
    change: () => ({ change: 'pause' }),
  },
  resume: {
    possible: (view) => !isOver(view) && view.pausedAt !== null,
    fields: () => [],
    change: () => ({ change: 'resume' }),
  },
  cancel: {
    possible: (view) => !isOver(view),
    fields: () => [],
    change: () => ({ change: 'cancel' }),
  },
  amend: {
    possible: (view) => !isOver(view),
    fields: (shown) => [
      { name: 'programme', label: say(shown)('programme'), hint: say(shown)('programmeHint'), as: 'code' },
      {
        name: 'file',
        label: say(shown)('file'),
        hint: say(shown)('fileHint'),
        optional: true,
        as: 'file',
      },
    ],
    // Parsed, it has its keys in the order of a programme file, which the database does not keep.
    initial: (_query, { view }) => ({
      programme: stringify(programmeShape.parse(view.programme), { lineWidth: 0 }),
    }),
    mistakes({ programme = '' }, shown) {
      const checked = checkCorrectedFile(programme);
      if ('programme' in checked) return [];
      return checked.mistakes.slice(0, MISTAKES_TOLD).map(({ line, path, message }) => ({
        field: 'programme',
        message: say(shown)(path ? 'line' : 'lineAlone', { line: String(line), place: path, message }),
      }));
    },
    change: ({ programme }) => ({ change: 'amend', programme }),
  },
} satisfies Partial<Record<ChangeKind, Kind>>;
