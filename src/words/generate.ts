import { readdirSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { LANGUAGES, type Language } from '../domain/language.ts';
import { catalogueOf } from './catalogue.ts';
import { COMPILED_NAMESPACES, type CompiledMessage, type Part } from './part.ts';
import type { Namespace } from './speaker.ts';

/** What is made from the catalogues: the types of their messages, and those that are compiled for the workflows. */

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
/** The kinds of element of FormatJS' syntax tree. */
const LITERAL = 0;
const ARGUMENT = 1;
const SELECT = 5;
const PLURAL = 6;
const POUND = 7;

/** The areas there are: the files of a language's folder. */
export const areas = (): string[] =>
  readdirSync(new URL('./locales/es/', import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.replace('.json', ''))
    .sort();

const treeOf = (message: string, language: Language): Element[] =>
  new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst();

/** The values a message takes, with what may be given for each. */
export function placeholdersOf(message: string, language: Language): Map<string, string> {
  const found = new Map<string, string>();
  const visit = (elements: readonly Element[]): void => {
    for (const element of elements) {
      if (element.type === LITERAL || element.type === POUND) continue;
      if ('value' in element) {
        const kind = element.type === PLURAL ? 'number' : 'string | number';
        if (!found.has(element.value) || kind === 'number') found.set(element.value, kind);
      }
      if ('options' in element && element.options)
        for (const option of Object.values(element.options)) visit(option.value);
    }
  };
  visit(treeOf(message, language));
  return found;
}

const quoted = (text: string): string => `'${text}'`;

/** `messages.ts`: for each namespace its keys, and for each key the values that one of the languages takes. */
export function messagesSource(): string {
  const namespaces = new Map<string, string[]>();
  for (const area of areas())
    for (const id of Object.keys(catalogueOf(area, 'es'))) {
      const dot = id.lastIndexOf('.');
      const namespace = `${area}.${id.slice(0, dot)}`;
      const values = new Map(
        LANGUAGES.flatMap((language) => {
          const message = catalogueOf(area, language)[id]?.defaultMessage;
          return message === undefined ? [] : [...placeholdersOf(message, language)];
        }),
      );
      const fields = [...values].map(([name, kind]) => `${quoted(name)}: ${kind}`).join('; ');
      const entry = `${quoted(id.slice(dot + 1))}: ${fields ? `{ ${fields} }` : 'Nothing'};`;
      namespaces.set(namespace, [...(namespaces.get(namespace) ?? []), entry]);
    }
  const body = [...namespaces].map(
    ([namespace, entries]) => `${quoted(namespace)}: {\n${entries.join('\n')}\n};`,
  );
  return `// Made by \`npm run words\` from the catalogues; not to be edited.\n\ntype Nothing = Record<never, never>;\n\n/** The messages of the catalogues by their namespace and key, with the values each takes. */\nexport type Messages = {\n${body.join('\n')}\n};\n`;
}

function partsOf(elements: readonly Element[]): Part[] {
  return elements.map((element): Part => {
    switch (element.type) {
      case LITERAL:
        return element.value;
      case ARGUMENT:
        return { value: element.value };
      case POUND:
        return { value: '#' };
      case SELECT:
      case PLURAL: {
        const options = Object.entries(element.options).map(([name, { value }]) => [name, partsOf(value)]);
        const how = element.type === PLURAL ? 'plural' : 'select';
        return { value: element.value, [how]: Object.fromEntries(options) } as Part;
      }
      default:
        throw new Error('a message for workflows holds text, values, select and plural alone');
    }
  });
}

/** The messages of a namespace in one language, by their id. */
export function messagesOf(namespace: Namespace, language: Language): [id: string, message: string][] {
  const [area = ''] = namespace.split('.');
  return Object.entries(catalogueOf(area, language))
    .map(([id, { defaultMessage }]): [string, string] => [`${area}.${id}`, defaultMessage])
    .filter(([id]) => id.slice(0, id.lastIndexOf('.')) === namespace);
}

/** A message that only has a text is that text. */
function compiled(message: string, language: Language): CompiledMessage {
  const parts = partsOf(treeOf(message, language));
  const [text] = parts;
  return parts.length === 1 && typeof text === 'string' ? text : parts;
}

/** Parts as JSON, which a bundle does not write over many lines. */
const literalOf = (message: CompiledMessage): string =>
  typeof message === 'string'
    ? JSON.stringify(message)
    : `JSON.parse(${JSON.stringify(JSON.stringify(message))})`;

/** `compiledMessages.ts`: the messages for the workflows, taken apart beforehand. */
export function compiledSource(): string {
  const languages = LANGUAGES.map((language) => {
    const namespaces = COMPILED_NAMESPACES.map((namespace) => {
      const entries = messagesOf(namespace, language).map(
        ([id, message]) =>
          `${quoted(id.slice(namespace.length + 1))}: ${literalOf(compiled(message, language))},`,
      );
      return `${quoted(namespace)}: {\n${entries.join('\n')}\n},`;
    });
    return `${language}: {\n${namespaces.join('\n')}\n},`;
  });
  return `// Made by \`npm run words\` from the catalogues; not to be edited.\n\nimport type { Language } from '../domain/language.ts';\nimport type { CompiledMessages } from './part.ts';\n\n/** The messages that workflows say, by their namespace and key, taken apart. */\nexport const COMPILED: Readonly<Record<Language, CompiledMessages>> = {\n${languages.join('\n')}\n};\n`;
}
