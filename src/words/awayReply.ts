import { type Clock, dayOf } from './dates/dates.ts';
import { speaker } from './speaker.ts';

/** "Jorge Larrea: respuesta automática de ausencia (viernes 3 de diciembre)". */
export const awayText = ({ name, at }: { name: string; at: string }, clock: Clock): string =>
  speaker('case.attending', clock.language)('away', { name, day: dayOf(at, clock) });
