import type { Programme } from '../../src/domain/programme/programme.ts';
import type { ProgrammeVersion } from '../../src/publications/programmeView.ts';
import { asFiled, peruChile } from './fixtures/versions.ts';

type Hostile = { written: string; shown: string; inPdf?: string; rightToLeft?: boolean };
const same = (written: string): Hostile => ({ written, shown: written });

/** What a document must print and not obey, and how it is to look. */
export const HOSTILE: Record<string, Hostile> = {
  typstCode: same('#set page(fill: red) #panic("no") #let x = 1 #include "secret.txt" #read("secret.txt")'),
  typstEval: same('#eval("1 + 1") #sys.inputs #link("https://evil.example")[here] #image("x.png")'),
  typstMaths: same('$ x^2 + sum_(i=0)^n $ costs $100 or 5$'),
  typstMarkup: same('*bold* _emphasis_ `raw` ```rust fn main() {}``` = heading - item + item / term: x'),
  typstReferences: same('<label> @reference ~ -- --- ... \\u{41} \\#escaped \\\\ \\" \\'),
  comments: same('// a comment to the end, /* and one */ of the other kind'),
  smartQuotes: same("\"double\" 'single' it's"),
  wordTags: same('{title} {#facts} {/facts} {#people [loopOver: "row"]}{name}{/people} {{ }} {'),
  xml: same('<w:p><w:r/></w:p> ]]> <![CDATA[ x ]]> <!-- --> <?xml ?> &amp; &lt; &#65; & < > "'),
  html: same('<script>alert(1)</script><img src=x onerror=alert(1)>'),
  fields: same('HYPERLINK "https://evil.example" DDEAUTO c:\\windows\\system32\\cmd.exe =1+1 @SUM(1)'),
  dollarPatterns: same("$& $1 $` $' $$ {$& $1}"),
  json: same('", "title": "x", } \\n \\u0041 ["'),
  url: same('see https://evil.example/a?b=c&d=e#f//g and www.evil.example, file:///etc/hosts'),
  longWord: same('W'.repeat(400)),
  longUrl: same(`https://example.org/${'segment-of-a-path/'.repeat(20)}?q=${'x'.repeat(120)}`),
  controls: { written: 'a\u0000b\u0007c\u001Bd\u007Fe\u0085f', shown: 'abcde f' },
  directionMarks: { written: 'left \u202Eright\u202C \u2066isolated\u2069', shown: 'left right isolated' },
  loneSurrogates: { written: 'x\uD800y\uDC00z', shown: 'x\uFFFDy\uFFFDz' },
  decomposed: { written: 'Jose\u0301 Mun\u0303oz', shown: 'José Muñoz' },
  arabic: { ...same('وزارة العمل والتنمية الاجتماعية'), rightToLeft: true },
  hebrew: { ...same('משרד העבודה'), rightToLeft: true },
  otherScripts: { ...same('Ñandutí Guaraní g̃ Ελλάδα Москва'), inPdf: 'Ελλάδα Москва' },
  noGlyphs: { written: 'acta 漢字 🎉 aprobada', shown: 'acta 漢字 🎉 aprobada', inPdf: 'aprobada' },
};

/** A version with all of it in every text that people write. */
export function hostileVersion(): { version: ProgrammeVersion; texts: number } {
  const everything = Object.values(HOSTILE).map(({ written }) => written);
  const all = everything.join('\n\n');
  const oneLine = everything.join(' ');
  const filed = peruChile();
  const step = { title: oneLine, text: all };
  const programme: Programme = {
    ...filed,
    title: oneLine,
    frame: oneLine,
    subject: oneLine.slice(0, 120),
    description: everything,
    objectives: { introduction: all, items: everything.map((text) => ({ title: text, text, change: text })) },
    methodology: {
      introduction: all,
      coordination: step,
      documents: step,
      sessions: step,
      systematization: step,
      finalReport: step,
    },
    contents: { introduction: all },
    meeting: { ...filed.meeting, platform: oneLine, place: oneLine },
    institutions: filed.institutions.map((institution) => ({
      ...institution,
      name: oneLine,
      acronym: oneLine,
    })),
  };
  const version: ProgrammeVersion = {
    ...asFiled(programme),
    sessions: [
      {
        number: 1,
        contents: all,
        startsAt: '2021-07-14T15:00:00Z',
        endsAt: '2021-07-14T17:30:00Z',
        place: oneLine,
        guests: everything.map((name) => ({ name, post: name, invitedBy: 'per-mtpe' })),
      },
      { number: 2, contents: all, window: { from: '2021-08-16', to: '2021-08-31', label: oneLine } },
    ],
    people: everything.map((name) => ({ institution: 'chl-mtps', name, post: name })),
    consultant: { name: oneLine, post: oneLine },
  };
  return { version, texts: everything.length };
}
