/**
 * What a reply to a request for approval says, where its words are plain. `approves` and `declines` are what its first line
 * says, and nothing else stands there but who writes; `unclear` is what begins so and goes on, or sets a condition. What is
 * neither is `other`: a message.
 */
export type Meaning = 'approves' | 'declines' | 'unclear' | 'other';

/** Words of approval in our languages, as {@link bare} has them: without accents, apostrophes and what ends a sentence. */
const APPROVING: ReadonlySet<string> = new Set([
  ...[
    'de acuerdo',
    'estoy de acuerdo',
    'estamos de acuerdo',
    'totalmente de acuerdo',
    'conforme',
    'conformes',
  ],
  ...['estoy conforme', 'estamos conformes', 'apruebo', 'aprobamos', 'lo apruebo', 'lo aprobamos'],
  ...['aprobado', 'aprobada', 'se aprueba', 'doy mi conformidad', 'damos nuestra conformidad'],
  ...['i agree', 'we agree', 'agreed', 'i approve', 'we approve', 'approved'],
  ...['de acordo', 'estou de acordo', 'estamos de acordo', 'concordo', 'concordamos', 'aprovo', 'aprovamos'],
  ...['aprovado', 'aprovada'],
  ...[
    'd accord',
    'daccord',
    'je suis d accord',
    'nous sommes d accord',
    'j approuve',
    'nous approuvons',
    'approuve',
  ],
]);

/** What says that something was not meant so. */
const DECLINING: ReadonlySet<string> = new Set([
  ...[
    'no',
    'no es asi',
    'no de acuerdo',
    'no estoy de acuerdo',
    'no estamos de acuerdo',
    'no apruebo',
    'no aprobamos',
  ],
  ...['not agreed', 'i do not agree', 'we do not agree', 'i do not approve', 'not approved'],
  ...[
    'nao',
    'nao concordo',
    'nao aprovo',
    'nao estou de acordo',
    'non',
    'ce n est pas le cas',
    'pas d accord',
  ],
  ...['je ne suis pas d accord', 'je n approuve pas'],
]);

/** What makes of an approval something else, wherever it stands; `si` is also Spanish “yes”, which a person reads. */
const CONDITIONS: ReadonlySet<string> = new Set([
  ...[
    'pero',
    'si',
    'salvo',
    'excepto',
    'siempre',
    'nunca',
    'jamas',
    'tampoco',
    'sin',
    'ni',
    'never',
    'neither',
    'nor',
    'without',
    'nem',
    'sem',
    'jamais',
    'sans',
    'condicion',
    'condiciones',
    'aunque',
    'no',
    'falta',
    'cambio',
    'cambios',
  ],
  ...[
    'observacion',
    'observaciones',
    'comentario',
    'comentarios',
    'corregir',
    'version',
    'siguiente',
    'siguientes',
  ],
  ...[
    'but',
    'if',
    'except',
    'unless',
    'provided',
    'however',
    'not',
    'although',
    'once',
    'change',
    'changes',
    'comments',
  ],
  ...[
    'mas',
    'se',
    'porem',
    'exceto',
    'desde',
    'nao',
    'contudo',
    'condicao',
    'alteracao',
    'alteracoes',
    'observacoes',
  ],
  ...[
    'mais',
    'sauf',
    'sous',
    'reserve',
    'condition',
    'conditions',
    'cependant',
    'pas',
    'non',
    'modification',
  ],
  ...['modifications', 'remarque', 'remarques'],
]);

const COURTESIES = [
  'muchas gracias',
  'gracias',
  'many thanks',
  'thank you',
  'thanks',
  'muito obrigado',
  'muito obrigada',
];
const MORE_COURTESIES = ['obrigado', 'obrigada', 'merci beaucoup', 'merci'];

/** Below these stands who writes. */
const CLOSING =
  /^(?:un |muchos |cordiales |atentos? )?(?:saludos?|atentamente|atte|cordialmente|quedo|quedamos|gracias|muchas gracias|best|kind|regards|sincerely|thanks|thank you|yours|atenciosamente|att|abracos?|obrigad[oa]|cordialement|bien a vous|bien cordialement|merci|sinceres)\b/;
/** What telephones put below. */
const DEVICE =
  /^(?:enviado (?:desde|do|a partir)|sent (?:from|via)|envoye (?:de|depuis)|obtener outlook|get outlook)\b/;
/** Below a closing these begin what is below every mail of an institution. */
const FOOTER =
  /^(?:aviso|nota|confidencial|este (?:mensaje|correo|e mail)|esta (?:mensagem|comunicacion)|antes de imprimir|la informacion|this (?:message|e mail|email)|confidential|disclaimer|ce (?:message|courriel)|avis)\b/;
const GREETING =
  /^(?:estimad[oa]s?|querid[oa]s?|buen[oa]s? (?:dias|tardes|noches)|buen dia|hola|dear|hello|hi|good (?:morning|afternoon)|prezad[oa]s?|car[oa]s?|bom dia|boa tarde|ola|bonjour|madame|monsieur|chere?s?)\b/;

/** What a closing goes on with is short: "gracias por mover la sesión" is none. */
const MOST_CLOSING_WORDS = 5;
const THANKS_FOR =
  /^(?:muchas )?(?:gracias|thanks|thank you|merci|obrigad[oa]) (?:por|for|pour|de|pelo|pela)\b/;
const AWAITING = /^(?:quedo|quedamos)(?! (?:muy )?(?:atent[oa]s?|a (?:su|la|las|sus)|de usted))\b./;
/** What is added below who writes. */
const POSTSCRIPT = /^(?:p ?d|p ?s|post ?data|post ?scriptum|n ?b)\b/;
/** What is below every mail of an institution is about these. */
const OF_FOOTERS =
  /confidencia|confidential|destinat|recipient|imprimir|printing|intended|privileg|medio ambiente/;
const MOST_LINES = 15;
const LONGEST_SIGNED = 120;
const MOST_GREETING_WORDS = 6;

/** A line as it is compared: small letters without accents, and words with one space between them. */
const bare = (line: string): string =>
  line
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** As {@link bare}, but for the hyphens below which stands who writes (RFC 3676). */
const SIGNATURE = '--';
const compared = (line: string): string => (/^-- ?$/.test(line) ? SIGNATURE : bare(line));

/** What a plain sentence is written with: no questions, boxes to tick, faces, nor what is struck through. */
const PLAIN =
  /^(?:[\p{L}\p{N}\s.,;:!¡"'«»“”‘’‚„´`*_()/&@+#|<>°[\]\u00ad\u200b\ufeff–—-]|[\u0300-\u0304\u0308\u030a\u030c\u0327])*$/u;
/** What stands before a sentence that could be an answer to something, or a choice that was not made. */
const CHOICE = /^\s*(?:[([<]|[-–—*]\s)/;

/** Whether what stands above who writes is written as plainly as its words are. */
function isPlain(text: string): boolean {
  const lines = text
    .normalize('NFD')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const ends = lines.findIndex(
    (line, index) => index > 0 && (/^-- ?$/.test(line) || CLOSING.test(bare(line))),
  );
  const above = ends < 0 ? lines : lines.slice(0, ends);
  const below = lines.slice(above.length);
  return (
    above.every((line) => PLAIN.test(line) && !CHOICE.test(line)) &&
    below.every((line) => !/[?¿]/.test(line) || line.includes('://') || OF_FOOTERS.test(bare(line)))
  );
}

const withoutCourtesy = (words: string): string => {
  const courtesy = [...COURTESIES, ...MORE_COURTESIES].find((one) => words.endsWith(` ${one}`));
  return courtesy === undefined ? words : words.slice(0, -courtesy.length).trim();
};

const isConditional = (words: string): boolean => words.split(' ').some((word) => CONDITIONS.has(word));

/**
 * Reads what was written above all that a reply quotes. `names`: what whoever sent it is called, by which their own name is
 * known below it.
 */
export function saidIn(text: string, names: readonly string[]): Meaning {
  const said = wordsIn(text, names);
  return said !== 'other' && !isPlain(text) ? 'unclear' : said;
}

function wordsIn(text: string, names: readonly string[]): Meaning {
  const lines = text.split('\n').map(compared).filter(Boolean);
  const greeted = lines.length > 1 && isGreeting(lines[0] as string) ? lines.slice(1) : lines;
  const [first = '', ...rest] = greeted;
  const words = withoutCourtesy(first);
  const says = APPROVING.has(words) ? 'approves' : DECLINING.has(words) ? 'declines' : undefined;
  if (says !== undefined) return isOnlySigned(rest, names) ? says : 'unclear';
  if (beginsApproving(first)) return 'unclear';
  return rest.some((line) => APPROVING.has(withoutCourtesy(line))) ? 'unclear' : 'other';
}

const isGreeting = (line: string): boolean =>
  GREETING.test(line) && line.split(' ').length <= MOST_GREETING_WORDS && !isConditional(line);

const beginsApproving = (line: string): boolean => {
  const words = line.split(' ');
  return (
    words.some((_, length) => APPROVING.has(words.slice(0, length).join(' '))) ||
    /^si (?:de acuerdo|apruebo|conforme)/.test(line)
  );
};

/** Whether nothing stands below but a closing, who writes, and what an institution puts below every mail. */
function isOnlySigned(lines: readonly string[], names: readonly string[]): boolean {
  const [first] = lines;
  if (first === undefined) return true;
  if (lines.some((line) => POSTSCRIPT.test(line))) return false;
  if (!(first === SIGNATURE || isClosing(first) || DEVICE.test(first) || isNameOf(first, names)))
    return false;
  const footer = lines.findIndex((line) => FOOTER.test(line) && OF_FOOTERS.test(line));
  const signed = footer < 0 ? lines : lines.slice(0, footer);
  return (
    signed.length <= MOST_LINES &&
    signed.every(
      (line) =>
        line.length <= LONGEST_SIGNED &&
        !FOOTER.test(line) &&
        !APPROVING.has(line) &&
        (!CLOSING.test(line) || isClosing(line)) &&
        (DEVICE.test(line) || !isConditional(line)),
    )
  );
}

const isClosing = (line: string): boolean =>
  CLOSING.test(line) &&
  line.split(' ').length <= MOST_CLOSING_WORDS &&
  !/\d/.test(line) &&
  !THANKS_FOR.test(line) &&
  !AWAITING.test(line);

const isNameOf = (line: string, names: readonly string[]): boolean => {
  const known = new Set(names.flatMap((name) => bare(name).split(' ')));
  const words = line.split(' ').filter((word) => word.length > 1);
  return words.length > 0 && words.every((word) => known.has(word));
};
