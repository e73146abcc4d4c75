import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/language.ts';
import { type SyntaxNode, sourceOf, sourcesUnder } from '../support/sources.ts';

/** Outside src/words `Intl` may ask what there is, and measure; whoever says a date or number asks src/words. */
const ASKED: Readonly<Record<string, string>> = {
  'src/cli/terminal.ts': 'Intl.Segmenter',
  'src/domain/programme/programme.ts': 'Intl.DateTimeFormat, Intl.DisplayNames',
  'src/domain/dates/vtimezone.ts': 'Intl.DateTimeFormat',
};

const SOURCES = ['src', 'workflows', 'activities', 'worker'].flatMap(sourcesUnder).map(sourceOf);

/** What speaks to people, by what src/words gives it. */
const SPEAKING = ['src/site', 'src/mail', 'src/cli', 'src/publications', 'src/export', 'activities']
  .flatMap(sourcesUnder)
  .filter((file) => !/^src\/(?:site\/assets\/|publications\/templates\/(?:make|ooxml))/.test(file))
  .map(sourceOf);

test('dates, times and numbers are formatted by src/words alone', () => {
  const found = SOURCES.filter(({ file }) => !file.startsWith('src/words/'))
    .map(({ file, text }) => [
      file,
      [...new Set(text.match(/\bIntl\.\w+|\.toLocale\w+|\.toFixed\b/g))].join(', '),
    ])
    .filter(([, uses]) => uses !== '');
  expect(Object.fromEntries(found)).toEqual(ASKED);
});

test('no code asks for a language by its name: what they differ in is data', () => {
  const asked = new RegExp(`[!=]==\\s*'(${LANGUAGES.join('|')})'|'(${LANGUAGES.join('|')})'\\s*[!=]==`);
  expect(SOURCES.filter(({ text }) => asked.test(text)).map(({ file }) => file)).toEqual([]);
});

test('what stands between a label and what is said of it is the language’s own', () => {
  // In French another space stands before it.
  const colon = /\}: \$\{|>: ?[$<]|\+ ': ' \+|join\(': '\)/;
  const found = SPEAKING.filter(({ text }) => colon.test(text)).map(({ file }) => file);
  expect(found).toEqual(Object.keys(COLONS));
});

/** Colons that no reader's language sets. */
const COLONS: Readonly<Record<string, string>> = {
  'src/cli/commands/call-report.ts': 'a mark of the scale and its count',
  'src/cli/commands/security-log.ts': 'the codes of an event, as they are written down',
  'src/cli/commands/show.ts': 'an address and what its mail server said',
  'src/publications/childPrinter.ts': 'the message of an error',
  'src/publications/typst.ts': 'the message of an error',
};

test('sentences are written in the catalogues alone', () => {
  const found = SPEAKING.filter((source) => sentencesOf(source.syntax, source.text).length > 0);
  expect(found.map(({ file }) => file)).toEqual(Object.keys(SENTENCES));
});

/** Sentences that are for programs, for the log, or in the terminal's help, which is in English. */
const SENTENCES: Readonly<Record<string, string>> = {
  'src/site/assets.ts': 'a header',
  'src/site/pages/board/enquiries.ts': 'the name of a query that is read once',
  'src/site/pages/board/unfiledMails.ts': 'the name of a query that is read once',
  'src/site/pages/calendar.ts': 'to calendar programs',
  'src/site/pages/newCooperation.ts': 'a command, as it is typed',
  'src/site/pages/newCooperation/rehearsals.ts': 'a command, as it is typed',
  'src/site/security.ts': 'a header',
  'src/site/signing-in/provider.ts': 'a scope of OpenID Connect',
  'src/mail/html.ts': 'style',
  'src/mail/transport.ts': 'the message of an error',
  'src/cli/commands/certificates.ts': 'help',
  'src/cli/commands/change.ts': 'help',
  'src/cli/commands/logo.ts': 'help',
  'src/cli/commands/paper.ts': 'help',
  'src/cli/commands/persons.ts': 'help',
  'src/cli/commands/share.ts': 'help',
  'src/cli/commands/template.ts': 'help',
  'src/cli/context.ts': 'how the command is called',
  'src/cli/conventions.ts': 'help',
  'src/cli/errors.ts': 'the message of an error',
  'src/cli/failures.ts': 'options, as they are typed',
  'src/cli/optionValues.ts': 'help, and examples of what is typed',
  'src/cli/program.ts': 'help',
  'src/publications/certificates.ts': 'the message of an error',
  'src/publications/logoTrial.ts': 'the message of an error',
  'src/publications/templateSample.ts': 'somebody’s post in the example',
  'src/publications/wordPdf.ts': 'the message of an error',
  'src/export/callReport.ts': 'the message of an error',
  'src/export/files.ts': 'the message of an error',
  'src/export/paper.ts': 'the message of an error',
  'activities/email.ts': 'the message of an error',
};

/** Whose texts are no words of the page, mail, paper or command: what is thrown, logged, queried, or help of a command. */
const ASIDE = /^(?:throw|new \w*(?:Error|Fault)|sql)\b/;
const OPTIONS =
  /\.(?:summary|description|option|requiredOption|argument|describe|warn|error|info|select|leftJoin|selectFrom)$/;

/** Words that stand side by side in what code writes out, without the markup around them. */
function sentencesOf(node: SyntaxNode, text: string): string[] {
  const source = (one: SyntaxNode) => text.slice(one.start, one.end);
  if (
    node.type === 'ImportDeclaration' ||
    /^TS(?!As|Satisfies|NonNull)/.test(node.type) ||
    ASIDE.test(source(node))
  )
    return [];
  const said = saidIn(node)
    .replaceAll(/<[^<>]*(?:>|$)/g, ' ')
    .replace(/^[^<>]*>/, ' ')
    .replaceAll(/[\w-]+="[^"]*"?/g, ' ');
  const own = /\p{L}{2,},? \p{Ll}{2,}/u.test(said) && !/govuk|rial-/.test(said) ? [said.trim()] : [];
  const isHelp = node.type === 'CallExpression' && OPTIONS.test(source(node.callee as SyntaxNode));
  const below = Object.values(node)
    .flat()
    .filter((one): one is SyntaxNode => typeof one === 'object' && one !== null && 'type' in one)
    .filter((one) => !(isHelp && /Literal$/.test(one.type)));
  return [...own, ...below.flatMap((one) => sentencesOf(one, text))];
}

const saidIn = ({ type, value }: SyntaxNode): string =>
  type === 'TemplateElement'
    ? String((value as { cooked?: string }).cooked)
    : type === 'Literal' && typeof value === 'string'
      ? value
      : '';
