import {
  CANCELLED,
  CLOSED,
  CONVENED,
  DOCUMENTS,
  dayFromNow,
  GUEST,
  ID,
  PAUSED,
  POLL,
  REVIEW,
  REVIEWED,
} from '../browser/scene.ts';
import type { InProcess } from '../support/inProcess.ts';

/** Every command, typed at the scene of the pages: `typed` as a shell reads it, and the code that it ends with. */
export type Typed = { typed: string; code: number };

const WHY = "--reason 'Por acuerdo.'";
const RECORDED = "--recorded-by oas-1 --how 'Por correo'";
const typed = (code: number, ...lines: string[]): Typed[] => lines.map((line) => ({ typed: line, code }));

/** What is done, what is only shown, and what is refused or was mistyped: a few of each that says something of its own. */
export const COMMANDS: readonly Typed[] = [
  ...typed(
    0,
    'list',
    `show ${ID}`,
    `show ${CLOSED}`,
    `show ${CANCELLED}`,
    `show ${ID} ${DOCUMENTS}`,
    `show ${REVIEWED} ${REVIEW}`,
    `open ${ID}`,
    'search camacho',
    'search nadaquehallar',
    'library',
    'library escuelas --country PE --year 2020',
    'library --renew',
    'nearest {dir}/programme.yaml',
    'report-call 14',
    `watch ${CLOSED}`,
    'doctor',
    'security-log --most 5',
    'rebuild --dry-run',
    'rebuild',
    'resend --dry-run',
    'resend',
    'check {dir}/programme.yaml',
    'check examples/barbados-jamaica.yaml',
    'start {dir}/programme.yaml --dry-run',
    `copy ${ID}`,
    `ask ${ID} --by per-mtpe-1 --to chl-mtps '¿Cuándo?' ${RECORDED}`,
    `answer ${ID} ${POLL} --by per-mtpe-1 --marks {marks} ${RECORDED}`,
    `take-back ${ID} ${POLL} --by per-mtpe-1 ${RECORDED}`,
    `write ${ID} 'Por favor, confirmen.' --to per-mtpe --subject Confirmación --dry-run`,
    `write ${ID} 'Por favor, confirmen.' --to per-mtpe --subject Confirmación`,
    `enquire ${ID} '¿Quién preside?' --by per-mtpe-1 ${RECORDED}`,
    `reply ${ID} {enquiry} 'La OEA.' --by oas-1`,
    `comment ${ID} doc-1 'De acuerdo.' --by per-mtpe-1 ${RECORDED}`,
    `share ${ID} {dir}/nota.txt --by chl-mtps-1 --title Programa ${RECORDED}`,
    `share ${ID} https://videos.example/1 --by chl-mtps-1 --session 1 --title Grabación ${RECORDED}`,
    `certificates ${CLOSED}`,
    `certificates ${CLOSED} --give --dry-run`,
    `certificates ${CLOSED} --give --anew 2`,
    `certificates ${CLOSED} --zip {dir}/constancias.zip`,
    'certificate {certificate}',
    `certificates ${CLOSED} --withdraw 1 --reason 'Se fue antes.'`,
    `export ${CLOSED} --out {dir}/expediente`,
    `export ${CLOSED} --out {dir}/expediente.zip`,
    'verify {dir}/expediente.zip',
    'template list',
    'template get sheet --out {dir}/ficha.docx',
    'template get programme --filled --out {dir}/programa.docx',
    'template put sheet {dir}/ficha.docx',
    'template reset sheet',
    'logo list',
    'logo put per-mtpe {dir}/logo.png',
    'logo get 1 --out {dir}/logo-1.png',
    'logo remove per-mtpe',
    'staff list',
    "staff invite bea@oas.example --name 'Bea Ruiz' --in en",
    'staff reset bea@oas.example',
    'staff remove bea@oas.example',
    `sign-out ${GUEST}`,
    'token list',
    'token make informe --may read --days 30',
    'token revoke {token}',
    'digest {officer}',
    'digest {officer} --off',
    `away {officer} --from ${dayFromNow(10)} --to ${dayFromNow(12)} --stand-in {colleague} ${WHY} --dry-run`,
    `extend ${ID} ${DOCUMENTS} --until ${dayFromNow(90)} ${WHY} --dry-run`,
    `extend ${ID} ${DOCUMENTS} --until ${dayFromNow(90)} ${WHY}`,
    `reassign ${ID} ${DOCUMENTS} --from chl-mtps --to oas ${WHY} --dry-run`,
    `waive ${ID} ${DOCUMENTS} --party chl-mtps ${WHY} --dry-run`,
    `annul ${REVIEWED} ${REVIEW} --party per-mtpe ${WHY} --dry-run`,
    `hand-over ${ID} ${DOCUMENTS} --from chl-mtps-2 --to chl-mtps-3 ${WHY}`,
    `absence ${ID} chl-mtps-2 --from ${dayFromNow(20)} --to ${dayFromNow(25)} --stand-in chl-mtps-3 ${WHY}`,
    `return ${ID} chl-mtps-2 --from ${dayFromNow(20)} ${WHY}`,
    `replace ${ID} chl-mtps-3 --name 'Elena Núñez' --email elena@mtps.example ${WHY} --dry-run`,
    `replace ${ID} per-mtpe-1 --with per-mtpe-2 ${WHY} --dry-run`,
    `join ${ID} per-mtpe --name 'Rosa Prado' --email rosa@mtpe.example ${WHY}`,
    `leave ${ID} per-mtpe-5 ${WHY} --dry-run`,
    `focal-point ${ID} per-mtpe-2 ${WHY} --dry-run`,
    `correct ${ID} chl-mtps-4 --post Asesora ${WHY}`,
    `invite ${ID} 2 --invited-by chl-mtps --name 'Inés Paz' --email ines@guest.example ${WHY}`,
    `withdraw ${ID} {guest} ${WHY}`,
    `reschedule ${ID} 2 --date '${dayFromNow(40)} 10:00' --hours 1.5 --place Lima ${WHY} --dry-run`,
    `reschedule-meeting ${CONVENED} --date '${dayFromNow(30)} 11:30' ${WHY} --dry-run`,
    `cancel-meeting ${CONVENED} ${WHY} --dry-run`,
    `add-session ${ID} --contents Cierre --date ${dayFromNow(200)} --starts 10:00 --hours 1.5 ${WHY} --dry-run`,
    `cancel-session ${ID} 3 ${WHY} --dry-run`,
    `add-commitment ${ID} chl-mtps 'Enviar el manual' --until ${dayFromNow(60)} ${WHY}`,
    `correct-commitment ${REVIEWED} 1 --until ${dayFromNow(70)} ${WHY}`,
    `withhold ${ID} {doc} ${WHY} --dry-run`,
    `release ${ID} {withheld} ${WHY}`,
    `correct-sheet ${CLOSED} ${WHY} --dry-run`,
    `cancel-sheet-correction ${REVIEWED} ${WHY}`,
    `pause ${ID} ${WHY} --dry-run`,
    `resume ${PAUSED} ${WHY}`,
    `cancel ${PAUSED} ${WHY} --dry-run`,
    `cancel ${PAUSED} ${WHY}`,
  ),
  ...typed(
    1,
    'certificate 0000-0000-0000-0000-0000',
    `answer ${ID} ${DOCUMENTS} --by nobody-1 --done`,
    `answer ${CLOSED} ${REVIEW} --by per-mtpe-1 --approve`,
    `take-in ${ID} 1 1`,
    `see-to ${ID} 9`,
    `record-mail ${ID} 9`,
    `consent ${ID} yes --by per-mtpe-1 --sheet 1`,
    `paragraphs ${ID} ${DOCUMENTS}`,
    `paper ${ID}`,
    `sign-paper ${ID} {dir}/nota.txt --by per-mtpe-1 ${RECORDED}`,
    'export no-such-cooperation --out {dir}/otro',
    'backup {dir}/copia --data {dir}/nada',
    'restore {dir}/nada --verify',
    'sign-out nobody@oas.example',
  ),
  ...typed(
    2,
    `extend ${ID} ${DOCUMENTS} --until mañana ${WHY}`,
    `cancel ${ID}`,
    `attendance ${ID} {dir}/nada.csv`,
    `name-guests ${ID} 1 {dir}/nada.csv --invited-by per-mtpe ${WHY}`,
    `correct-minutes ${ID} 1 {dir}/nada.yaml ${WHY}`,
    `correct-meeting ${REVIEWED} {dir}/nada.yaml ${WHY}`,
    `amend ${ID} {dir}/nada.yaml ${WHY}`,
    'rehearse {dir}/nada.yaml',
    'check examples/nothing.yaml',
  ),
  ...typed(4, 'check {dir}/mistaken.yaml', 'start {dir}/mistaken.yaml'),
];

/** Commands that have commands of their own. */
export const GROUPS: readonly string[] = ['staff', 'token', 'template', 'logo'];

/** Codes and names that stand for themselves: a terminal is told by them. */
export const WORDS: readonly string[] = [
  ...[
    'rial',
    'examples',
    'RIAL_TOKEN',
    `${process.cwd()}/data`,
    'machine',
    'informe',
    'read',
    'no-such-cooperation',
  ],
  ...[
    'report',
    'sheet',
    'per-mtpe-6',
    'documents/answer-question-2.1',
    'Inés Paz',
    '--recorded-by … --how "…"',
  ],
  // Of the text that the nearest experiences are looked for by.
  ...['escuelas', 'formación', 'proyecto', 'sindical', 'social', 'trabajo'],
];

/** What is printed to be typed again or kept in a file, and what is made up anew each time. */
export const TAKEN_AS_IT_IS: readonly RegExp[] = [
  /^ {2}rial .*$/gm,
  /\brial_[\w-]{40,}/g,
  /\bdoc-\d+\b|\b[0-9a-f]{64}\b|CN=RIAL rial\.example/g,
  /^(?!#).*$(?=[\s\S]*^finalReport:)|^finalReport:[\s\S]*/gm,
];

/** The arguments of a line, with what only the scene knows. */
export async function argumentsOf(line: string, dir: string, system: InProcess): Promise<string[]> {
  const [open, closed] = await Promise.all([ID, CLOSED].map(system.view));
  const doc = (is: boolean) => {
    const found = open?.documents.find(({ withheld }) => (withheld !== null) === is);
    return `${found?.document}@${found?.version}`;
  };
  const staff = open?.people.filter(({ party, active }) => party === 'oas' && active) ?? [];
  const slots = open?.requests.find(({ id }) => id === POLL)?.slots ?? [];
  const values: Record<string, string | null | undefined> = {
    dir,
    doc: doc(false),
    withheld: doc(true),
    guest: open?.people.find(({ email }) => email === GUEST)?.id,
    enquiry: String(open?.communications.at(-1)?.number),
    certificate: closed?.certificates[0]?.code,
    officer: staff[0]?.email,
    colleague: staff[1]?.email,
    token: '1',
    marks: slots.map(({ id }, index) => `${id}=${['yes', 'no', 'if-need-be'][index % 3]}`).join(','),
  };
  const filled = line.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
  return [...filled.matchAll(/'([^']*)'|\S+/g)].map(([whole, quoted]) => quoted ?? whole);
}
