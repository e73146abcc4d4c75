import type { Language } from '../domain/language.ts';

/** The region whose spelling, and Word's proofing, each language follows; older versions of Word know no es-419. */
export const LOCALES: Record<Language, string> = { es: 'es-MX', en: 'en-GB', pt: 'pt-BR', fr: 'fr-FR' };
