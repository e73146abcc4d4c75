import { speakPseudo } from './pseudo.ts';

// Imported before a program, which then speaks the pseudo-language where it would speak English.
speakPseudo();
