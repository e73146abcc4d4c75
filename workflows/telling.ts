import type { Language } from '../src/domain/language.ts';
import { activities } from './activities.ts';
import { aside } from './desk/turns.ts';
import { temporalText } from './wording.ts';

/** Tells those concerned of changes, beside whatever goes on: mail may be held up. */
export function tellingOf({ cooperation, language }: { cooperation: string; language: Language }) {
  let underWay = 0;
  return {
    tell(change: number): void {
      underWay++;
      aside(
        activities(temporalText(language, 'tellsChange'))
          .tellChange({ cooperation, change })
          .finally(() => {
            underWay--;
          }),
      );
    },
    /** Of how many changes people are being told now. */
    underWay: () => underWay,
  };
}
