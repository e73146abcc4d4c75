import QRCode from 'qrcode';
import { type CertificatePaper, hoursOf } from '../domain/results/certificate.ts';
import { codeInGroups } from '../domain/results/certificateCode.ts';
import type { Logo } from '../domain/results/logo.ts';
import { colonIn } from '../words/colon.ts';
import { numberText } from '../words/dates/clock.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { partyNamed } from '../words/names/parties.ts';
import { printedDate, printedSessionName } from '../words/papers.ts';
import { speaker } from '../words/speaker.ts';
import { placedLogos, typstLogos } from './logos.ts';
import { line } from './text.ts';
import { renderPdf } from './typst.ts';

/**
 * A certificate as a PDF/UA-1 document, in the language of whoever it is given to. The same one gives the same bytes.
 *
 * @param site the origin at which its code is asked about
 * @param of the logos of its institutions, as far as they have one
 */
export async function renderCertificate(
  paper: CertificatePaper,
  site: string,
  of: readonly Logo[] = [],
): Promise<Uint8Array> {
  const { programme, language, code, givenOn, sessions, institution } = paper;
  const say = speaker('papers.certificate', language);
  const label = speaker('papers.starting', language);
  const { institutions, call } = programme;
  const side = (role: (typeof institutions)[number]['role']) =>
    institutions.filter((one) => one.role === role);
  const names = (role: (typeof institutions)[number]['role']) =>
    side(role)
      .map(({ name }) => line(name))
      .join('; ');
  const own = institutions.find(({ id }) => id === paper.party)?.name ?? institution ?? '';
  const printed = codeInGroups(code);
  const address = `${site}/certificates/${printed}`;
  const [secretariat] = side('secretariat');
  const { logos, files } = typstLogos(placedLogos(of, institutions, language));
  const data = {
    logos,
    language,
    colon: colonIn(language),
    region: GRAMMAR[language].spelling.split('-').at(1),
    madeOn: givenOn,
    title: say('title'),
    issuer: say('issuer', {
      TheSecretariat: secretariat ? partyNamed(programme, secretariat.id, language, 'The') : '',
    }),
    name: line(paper.name) || '—',
    institution: line(own),
    attended: say('attended', { count: sessions.length }),
    programmeLanguage: programme.language,
    subject: line(programme.subject),
    facts: [
      { label: label('requesting'), value: names('requesting'), language: programme.language },
      { label: label('providing'), value: names('providing'), language: programme.language },
      {
        label: label('callLabel'),
        value: label('call', { n: call.number, year: String(call.year) }),
        language,
      },
    ],
    heads: [say('session'), say('date'), say('hours')],
    sessions: sessions.map(({ number, date, hours }) => [
      printedSessionName(number, language),
      printedDate(date, language, true),
      numberText(hours, language, 2),
    ]),
    total: [say('total'), numberText(hoursOf(sessions), language, 2)],
    given: say('given', { date: printedDate(givenOn, language, true) }),
    code: printed,
    codeLabel: say('code'),
    check: say('check'),
    address,
    qr: await QRCode.toString(address, { type: 'svg', errorCorrectionLevel: 'M', margin: 0 }),
    qrText: say('qr', { address }),
  };
  return renderPdf('certificate.typ', data, { files });
}
