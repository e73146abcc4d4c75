import type { ListFault } from '../domain/guestList.ts';
import type { Language } from '../domain/language.ts';
import { speaker } from './speaker.ts';

/** "Línea 3: falta el correo en «Rosa Quispe, Directora»." */
export const listFaultText = ({ what, ...values }: ListFault, language: Language): string =>
  speaker('form.people', language)(what, values);
