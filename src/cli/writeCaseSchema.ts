import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { caseView } from '../casefile/caseView.ts';

/**
 * Writes `docs/case.schema.json`. After `src/casefile/view.ts` or `src/domain/programme.ts` was changed:
 * `node src/cli/writeCaseSchema.ts && biome format --write docs/case.schema.json`.
 */

const FILE = new URL('../../docs/case.schema.json', import.meta.url);

/**
 * The JSON Schema (draft 2020-12) of `case.json`. It is that of what is written (`output`): a value that the
 * programme file may leave out and that is filled in is always there.
 */
export const caseJsonSchema = (): Record<string, unknown> => {
  const schema = z.toJSONSchema(caseView, { io: 'output' });
  return {
    $schema: schema.$schema,
    title: 'Case of a RIAL cooperation',
    description:
      'Everything the case file holds of one cooperation. Instants are in UTC; hashes are SHA-256 in hex; "file" names are those of the export folder.',
    ...schema,
  };
};

if (import.meta.main) await writeFile(FILE, `${JSON.stringify(caseJsonSchema(), null, 2)}\n`);
