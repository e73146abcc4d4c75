import { z } from 'zod';
import { committed, minutes, type Person, person } from './content.ts';
import { language } from './language.ts';
import type { FileKind, FileMistake } from './mistake.ts';
import { numberInTurn } from './programme/numbering.ts';
import { checkSessionTimes, type SessionPlan, sessionShape, written } from './programme/programme.ts';
import { jsonSchema, ruled, type Schema } from './programme/shapeMistakes.ts';
import { TEXT_PARTS } from './programme/textParts.ts';
import { checkYamlFile } from './programme/yamlFile.ts';

/** Minutes, a person or a session, as they are handed over in a file: each has all mistakes of its file, or a value. */

export type FileCheck<T> = { value: T } | { mistakes: FileMistake[] };

/** A session by itself has the rules of one in a programme, as far as they need no other part of it. */
const session = sessionShape.superRefine(
  (file, context) => {
    checkSessionTimes(file, (path, fault) => context.addIssue({ code: 'custom', path, ...ruled(fault) }));
  },
  { when: () => true },
);

const schemas = new Map<FileKind, Schema>();

function check<T>(source: string, file: FileKind, shape: z.ZodType<T>, entry?: true): FileCheck<T> {
  const schema = schemas.get(file) ?? jsonSchema(shape);
  schemas.set(file, schema);
  return checkYamlFile(source, { file, shape, schema, ...(entry && { entry }) });
}

export const checkMinutesFile = (source: string): FileCheck<z.infer<typeof minutes>> =>
  check(source, 'minutes', minutes);
export const checkCommitmentsFile = (source: string): FileCheck<z.infer<typeof committed>> =>
  check(source, 'commitments', committed);
/** A translation as `rial paragraphs` prints it to be filled in: the originals in it are for whoever fills it in. */
const paragraphsFile = z.strictObject({
  into: language.optional(),
  paragraphs: z
    .array(
      z.strictObject({
        number: numberInTurn.meta({ examples: [1] }),
        part: z.enum(TEXT_PARTS).optional(),
        text: written.optional(),
        translation: written
          .trim()
          .min(1)
          .meta({ examples: ['…'] }),
      }),
    )
    .min(1),
});
export const checkTranslationFile = (source: string): FileCheck<z.infer<typeof paragraphsFile>> =>
  check(source, 'translation', paragraphsFile);
export const checkPersonFile = (source: string): FileCheck<Person> => check(source, 'person', person);
/** A session as a programme writes an entry of its sessions, with or without its dash. */
export const checkSessionFile = (source: string): FileCheck<SessionPlan> =>
  check(source, 'session', session, true);
