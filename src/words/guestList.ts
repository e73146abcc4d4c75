import type { Language } from '../domain/language.ts';
import type { ListFault } from '../domain/people/guestList.ts';
import { speaker } from './speaker.ts';

/** "Línea 3: falta el correo en «Rosa Quispe, Directora»." */
export const listFaultText = ({ what, ...values }: ListFault, language: Language): string =>
  speaker('form.people', language)(what, values);

/** A guest, or a group with how many they are: "Gerentes regionales (12 personas)". */
export const groupName = (
  { name, count }: { name: string; count?: number | null | undefined },
  language: Language,
): string => (count ? speaker('form.people', language)('group', { name, count }) : name);
