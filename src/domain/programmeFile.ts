import { z } from 'zod';
import { correctedProgramme, type Programme, programme, programmeShape } from './programme.ts';
import { checkYamlFile, type Mistake, type Schema } from './yamlFile.ts';

export { formatMistakes, LARGEST_FILE as LARGEST_PROGRAMME_FILE, type Mistake } from './yamlFile.ts';

/** The programme file as an officer writes it. */

let schema: Schema | undefined;

/**
 * Checks a programme file and reads it.
 *
 * @param source the file's content
 * @param fileName what the file is called in a message about the whole of it
 * @returns the programme, or all mistakes in the order of the file. Never throws.
 */
export function checkProgrammeFile(
  source: string,
  fileName?: string,
  shape: typeof programme = programme,
): { programme: Programme } | { mistakes: Mistake[] } {
  schema ??= programmeJsonSchema() as Schema;
  const begin = 'begin with id: and the code of the cooperation';
  const checked = checkYamlFile(source, { name: 'programme', shape, schema, begin }, fileName);
  return 'mistakes' in checked ? checked : { programme: checked.value };
}

/** The same for a file that corrects the programme of a cooperation under way. */
export const checkCorrectedFile = (source: string) =>
  checkProgrammeFile(source, undefined, correctedProgramme);

/** The JSON Schema (draft 2020-12) of a programme file, with descriptions and examples, for editors. */
export const programmeJsonSchema = (): Record<string, unknown> => ({
  ...z.toJSONSchema(programmeShape, { io: 'input' }),
});
