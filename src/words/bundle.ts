import type { Language } from '../domain/language.ts';
import type {
  BundleFinding,
  BundleNotice,
  BundleReport,
  INFO,
  Seal,
  WITHHELD,
} from '../domain/results/bundle.ts';
import type { Signature } from '../domain/results/closingPaper.ts';
import { sizeText } from './dates/clock.ts';
import { fullMoment } from './dates/fullDates.ts';
import { isKey, speaker } from './speaker.ts';

/** What a check of a bundle found, for whoever reads. */

/** One thing that is not as it was written. */
export function findingText(finding: BundleFinding, language: Language): string {
  const say = speaker('bundle.finding', language);
  if (finding.code === 'sum-differs') {
    const { says, is } = finding;
    return say(finding.code, {
      what: isKey('bundle.sum', finding.what) ? sum(finding.what, language) : finding.what,
      says,
      is,
    });
  }
  return say(finding.code, finding as never);
}

const sum = (what: string, language: Language): string =>
  speaker('bundle.sum', language)(what as (typeof INFO)[keyof typeof INFO] | typeof WITHHELD);

/** What a bundle is and how far it goes, whatever was found: of which cooperation, when it was made, for whom. */
export function bundleLines(report: BundleReport, language: Language): string[] {
  const say = speaker('bundle.report', language);
  const { of, seal, paper, notice, files, bytes, entries, head, withheld } = report;
  const size = sizeText(bytes, language);
  return [
    ...(notice ? noticeLines(notice, language) : []),
    of === 'paper' ? say('checkedPaper', { size }) : say('checked', { files, size, entries }),
    ...(seal
      ? [
          say('seal', { subject: seal.subject, fingerprint: seal.fingerprint }),
          stampLine(report, seal, language),
          ...signatureLines(seal, language),
        ]
      : []),
    ...(paper
      ? [
          say('paper', { subject: paper.subject, fingerprint: paper.fingerprint }),
          ...signatureLines(paper, language),
        ]
      : []),
    ...(withheld.length > 0
      ? [say('withheldEntries', { entries: spans(withheld.map(({ entry }) => entry)) })]
      : []),
    ...(head === null ? [] : [say('head', { head })]),
  ];
}

/** When and by whom the seal was stamped; or that it was not, and why. */
function stampLine({ notice }: BundleReport, { stamp }: Seal, language: Language): string {
  const say = speaker('bundle.report', language);
  if (stamp) {
    const { at, authority, fingerprint } = stamp;
    return say('stamp', { at: fullMoment(at, ['UTC'], language), authority, fingerprint });
  }
  return say(notice?.stamp === 'away' ? 'stampAway' : 'noStamp');
}

/** Who signed after the seal. */
function signatureLines({ signatures }: Seal, language: Language): string[] {
  const say = speaker('bundle.report', language);
  return signatures.flatMap(({ stampedAt, covers, ...one }) => [
    stampedAt === null
      ? say('signature', one)
      : say('laterStamp', { ...one, at: fullMoment(stampedAt, ['UTC'], language) }),
    ...coverLines({ covers }, language),
  ]);
}

/** On which pages a signature that is seen may stand over text. */
export const coverLines = ({ covers }: Pick<Signature, 'covers'>, language: Language): string[] =>
  covers.length === 0
    ? []
    : [speaker('bundle.report', language)('covers', { count: covers.length, pages: spans(covers) })];

function noticeLines(
  { cooperation, madeAt, reader, withheld, missing }: BundleNotice,
  language: Language,
): string[] {
  const say = speaker('bundle.report', language);
  const { entries, mails, communications, histories } = withheld;
  const some = entries + mails + communications + histories > 0;
  const at = Number.isNaN(Date.parse(madeAt)) ? madeAt : fullMoment(madeAt, ['UTC'], language);
  return [
    say('made', { cooperation, at, reader: reader.of, party: reader.of === 'person' ? reader.party : '' }),
    ...(some
      ? [speaker('papers.case', language)('withheld', { entries, mails, communications, histories })]
      : []),
    ...(missing.length > 0 ? [say('missing', { files: missing.join(', ') })] : []),
  ];
}

/** What it comes to, in one sentence. */
export const verdictText = ({ ok, findings }: BundleReport, language: Language): string =>
  speaker('bundle.report', language)(ok ? 'ok' : 'notOk', { count: findings.length });

/** "3, 7–12": numbers that go up. */
function spans(numbers: readonly number[]): string {
  const found: [number, number][] = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else found.push([number, number]);
  }
  return found.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
