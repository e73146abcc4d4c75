import { z } from 'zod';
import type { FileMistake } from '../mistake.ts';
import { correctedProgramme, type Programme, programme, programmeShape } from './programme.ts';
import type { Schema } from './shapeMistakes.ts';
import { checkYamlFile } from './yamlFile.ts';

export { LARGEST_FILE as LARGEST_PROGRAMME_FILE } from './yamlFile.ts';

/** The programme file as an officer writes it. */

let schema: Schema | undefined;

/**
 * Checks a programme file and reads it.
 *
 * @param source the file's content
 * @returns the programme, or all mistakes in the order of the file. Never throws.
 */
export function checkProgrammeFile(
  source: string,
  shape: typeof programme = programme,
): { programme: Programme } | { mistakes: FileMistake[] } {
  schema ??= programmeJsonSchema() as Schema;
  const checked = checkYamlFile(source, { file: 'programme', shape, schema });
  return 'mistakes' in checked ? checked : { programme: checked.value };
}

/** The same for a file that corrects the programme of a cooperation under way. */
export const checkCorrectedFile = (source: string) => checkProgrammeFile(source, correctedProgramme);

/** The JSON Schema (draft 2020-12) of a programme file, with descriptions and examples, for editors. */
export const programmeJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(programmeShape, { io: 'input' }),
});
