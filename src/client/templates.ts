import { addTemplate, templateVersions } from '../casefile/results/templates.ts';
import { acceptName } from '../documents/accept.ts';
import { readAll, TooLarge } from '../documents/store.ts';
import { refused } from '../domain/refusal.ts';
import {
  isAt,
  type Placeholder,
  TEMPLATES,
  type TemplateFault,
  type TemplateName,
  type TemplatePlace,
  type TemplateVersion,
} from '../domain/results/wordTemplate.ts';
import { inspectionHere } from '../inspection/inspection.ts';
import type { CooperationClient } from './cooperationClient.ts';

/** The Word templates of papers: which there are, and how staff put in another. */

type Client = Pick<CooperationClient, 'caseFile' | 'documents' | 'inspection' | 'now'>;

export const MOST_TEMPLATE_BYTES = 8 * 1024 * 1024;
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export type GivenTemplate = TemplatePlace & {
  fileName: string;
  bytes: AsyncIterable<Uint8Array>;
  /** The address of who puts it in; nobody's from the terminal. */
  by: string | null;
  /** The number of the last, of any template, that they had seen; 0 for none. */
  seen: number;
};

class Faulty extends Error {
  readonly faults: TemplateFault[];
  constructor(faults: TemplateFault[]) {
    super('faulty');
    this.faults = faults;
  }
}

/**
 * Puts another template in the place of the present one, once it has been looked at as any file of people, its
 * placeholders are known and the example could be filled in. Where something is wrong, nothing is changed.
 * @throws Refused `DocumentRefused`, `InspectionUnavailable`, `WrittenSince`
 */
export async function putTemplate(
  { caseFile, documents, inspection = inspectionHere, now }: Client,
  { template, language, fileName: given, bytes, by, seen }: GivenTemplate,
): Promise<{ number: number } | { faults: TemplateFault[] }> {
  const { fileName, mediaType } = acceptName(given);
  if (mediaType !== WORD) return refused({ code: 'DocumentRefused', why: 'kind' });
  try {
    const { sha256 } = await documents.put(bytes, {
      limit: MOST_TEMPLATE_BYTES,
      inspect: async (held) => {
        await inspection.document(fileName, held);
        const faults = await inspection.template(template, held);
        if (faults.length > 0) throw new Faulty(faults);
      },
    });
    return putSince(
      await addTemplate(caseFile, { template, language, by, seen, file: { sha256, name: fileName } }, now()),
    );
  } catch (error) {
    if (error instanceof Faulty) return { faults: error.faults };
    if (error instanceof TooLarge) return refused({ code: 'DocumentRefused', why: 'size' });
    throw error;
  }
}

/** @throws Refused `WrittenSince` */
const putSince = (put: Awaited<ReturnType<typeof addTemplate>>): { number: number } =>
  'since' in put ? refused({ code: 'WrittenSince', of: 'template', at: put.since }) : put;

/**
 * Takes back what was put in of a place, so that papers are made as if none had been; those that were put in are kept.
 * @returns whether one was there
 * @throws Refused `WrittenSince`
 */
export async function resetTemplate(
  client: Pick<Client, 'caseFile' | 'now'>,
  { template, language, by, seen }: Omit<GivenTemplate, 'fileName' | 'bytes'>,
): Promise<boolean> {
  const present = (await allTemplates(client)).find(isAt({ template, language }));
  if (!present?.file) return false;
  putSince(await addTemplate(client.caseFile, { template, language, by, seen, file: null }, client.now()));
  return true;
}

/** All that was put in, of any paper, the newest first. */
export const allTemplates = ({ caseFile }: Pick<Client, 'caseFile'>): Promise<TemplateVersion[]> =>
  templateVersions(caseFile);

/** What was put in of one, the newest first. */
const versionsOf = async ({ caseFile }: Pick<Client, 'caseFile'>, template: TemplateName) =>
  (await templateVersions(caseFile)).filter((one) => one.template === template);

/** All templates, each with what was put in, the newest first, and what it may name. */
export async function wordTemplates(
  client: Pick<Client, 'caseFile'>,
): Promise<{ template: TemplateName; versions: TemplateVersion[]; placeholders: Placeholder[] }[]> {
  const { templatePlaceholders } = await import('../publications/templateSample.ts');
  return Promise.all(
    TEMPLATES.map(async (template) => ({
      template,
      versions: await versionsOf(client, template),
      placeholders: await templatePlaceholders(template),
    })),
  );
}

/**
 * A template's file, by its number or the shipped one, as it is or filled with the example, in the language that it is for;
 * nothing where there is none.
 */
export async function templateFile(
  client: Pick<Client, 'caseFile' | 'documents'>,
  template: TemplateName,
  which: number | 'shipped',
  isFilled: boolean,
): Promise<Uint8Array | undefined> {
  const { shippedTemplate } = await import('../publications/word.ts');
  const { filledWithExample } = await import('../publications/templateSample.ts');
  const version = (await versionsOf(client, template)).find(({ number }) => number === which);
  if (which !== 'shipped' && !version?.file) return undefined;
  const file = version?.file
    ? await readAll(client.documents, version.file.sha256)
    : await shippedTemplate(template);
  return isFilled ? filledWithExample(template, file, version?.language ?? undefined) : file;
}
