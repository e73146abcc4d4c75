import type { Catalogue } from '../mail/catalogue.ts';

/** What `rial rehearse` says around the calendar of a rehearsal, in ICU MessageFormat. */
export const TEXTS = {
  rehearsal: {
    es: 'Ensayo: {scenario}',
    en: 'Rehearsal: {scenario}',
    pt: 'Ensaio: {scenario}',
    fr: 'Répétition : {scenario}',
  },
  preparing: {
    es: 'Se prepara el ensayo …',
    en: 'Preparing the rehearsal …',
    pt: 'Preparando o ensaio …',
    fr: 'Préparation de la répétition …',
  },
  exported: {
    es: 'Expediente, correos y cronología en {dir} ({count} archivos).',
    en: 'Case, mails and timeline in {dir} ({count} files).',
    pt: 'Processo, e-mails e cronologia em {dir} ({count} arquivos).',
    fr: 'Dossier, courriels et chronologie dans {dir} ({count} fichiers).',
  },
  took: {
    es: 'Ensayado en {seconds} s.',
    en: 'Rehearsed in {seconds} s.',
    pt: 'Ensaiado em {seconds} s.',
    fr: 'Répété en {seconds} s.',
  },
} as const satisfies Catalogue;
