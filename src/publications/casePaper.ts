import {
  type CaseView,
  outcomesIn,
  type RequestView,
  reportedIn,
  translationIn,
} from '../domain/caseView.ts';
import type { Language } from '../domain/language.ts';
import type { BundleNotice } from '../domain/results/bundle.ts';
import { expectedChanges, toldChanges } from '../domain/results/expectedChanges.ts';
import { attendeeText } from '../words/attendance.ts';
import { documentTitle } from '../words/brief.ts';
import { recordedWords } from '../words/changes.ts';
import { colonIn } from '../words/colon.ts';
import { commitmentOrigin, commitmentOwner, commitmentState } from '../words/commitments.ts';
import { readersNamed } from '../words/communications.ts';
import { fullDate, fullMoment, fullPeriod } from '../words/dates/fullDates.ts';
import { doorWords } from '../words/doors.ts';
import { contributionText } from '../words/funding.ts';
import { decisionLabel } from '../words/kinds.ts';
import { sessionTitle, stepLabel } from '../words/labels.ts';
import { GRAMMAR } from '../words/names/grammar.ts';
import { partyNamed, personName, recorderName } from '../words/names/parties.ts';
import { eventOf } from '../words/record.ts';
import { type Speak, speaker } from '../words/speaker.ts';
import { surveyLead, surveyTable } from '../words/survey.ts';
import { line, paragraphs } from './text.ts';
import { renderPdf } from './typst.ts';

/** A whole case to be read by people, as it goes with a bundle: what was asked, decided, written and sent, and when. */

export type CasePaper = {
  /** As its reader may have it. */
  view: CaseView;
  withheld: BundleNotice['withheld'];
  madeAt: string;
  /** The hash of the record's last entry, and how many there are. */
  head: string;
  entries: number;
  /** It is for all who take part alike, and not for one reader. */
  ofAll?: boolean | undefined;
  /** The text of `case.json`, which the PDF carries; one that is only to be read has none. */
  attached?: string | undefined;
};

type Item = { title: string; lines: string[]; texts: string[] };
type Section = { heading: string; lead: string[]; items: Item[] };
type Row = { when: string; what: string };

/** What a section is made with: the case, its language, and every instant with the clocks that it is said on. */
type Reading = {
  view: CaseView;
  language: Language;
  say: Speak<'papers.case'>;
  colon: string;
  at: (instant: string) => string;
};

/** A year that it is not, so that every date has its own. */
const NO_YEAR = new Date(0);

/**
 * In the cooperation's language, as PDF/A-3a with `case.json` in it, or as PDF/UA without; the same case gives the same bytes.
 */
export function renderCasePaper(paper: CasePaper): Uint8Array {
  const { view, withheld, ofAll, madeAt, head, entries, attached } = paper;
  const { language, programme } = view;
  const say = speaker('papers.case', language);
  const label = speaker('papers.labels', language);
  const zones = [...new Set(programme.institutions.map(({ timezone }) => timezone))];
  const at = (instant: string) => fullMoment(instant, zones, language);
  const reading: Reading = { view, language, say, at, colon: colonIn(language) };
  const sections = [
    people,
    meetings,
    programmes,
    requests,
    questions,
    documents,
    certificates,
    commitments,
    reported,
    communications,
    survey,
    mails,
  ]
    .map((section) => section(reading))
    .filter(({ lead, items }) => lead.length + items.length > 0);
  const data = {
    language,
    region: GRAMMAR[language].spelling.split('-').at(1),
    madeOn: madeAt.slice(0, 10),
    title: say('title'),
    subject: line(programme.subject),
    code: view.id,
    page: label('page'),
    ofPages: label('ofPages'),
    lead: [
      line(programme.title),
      say('made', { at: at(madeAt) }),
      ...standing(reading),
      ...withheldLines(withheld, say(ofAll ? 'withheldFromAll' : 'withheld', withheld)),
    ],
    headLine: say('head', { entries }),
    head,
    sections: sections.map(printable),
    record: {
      heading: say('record'),
      when: say('when'),
      what: say('what'),
      rows: view.record.map(
        (entry): Row => ({
          when: at(entry.at),
          what: line(eventOf(entry, view, language, NO_YEAR).what),
        }),
      ),
    },
  };
  return renderPdf('case.typ', data, attached === undefined ? {} : { attached });
}

/** Fit to be set, whatever people wrote. */
const printable = ({ heading, lead, items }: Section): Section => ({
  heading,
  lead: lead.map(line),
  items: items.map(({ title, lines, texts }) => ({
    // A heading has a text, also where nothing can be printed of what somebody wrote.
    title: line(title) || '—',
    lines: lines.filter(Boolean).map(line),
    texts: texts.flatMap(paragraphs),
  })),
});

function standing({ view, say, at }: Reading): string[] {
  const { filedAt, closedAt, cancelledAt, pausedAt, followUps } = view;
  return [
    say('filed', { at: at(filedAt) }),
    ...(cancelledAt
      ? [say('cancelled', { at: at(cancelledAt) })]
      : closedAt
        ? [say('closed', { at: at(closedAt) })]
        : []),
    ...followUps.map(({ months, at: then }) => say('followUp', { months: String(months), at: at(then) })),
    ...(pausedAt && !closedAt ? [say('paused', { at: at(pausedAt) })] : []),
  ];
}

/** What this reader's bundle does not have, where that is anything. */
function withheldLines(
  { entries, mails, communications, histories }: CasePaper['withheld'],
  told: string,
): string[] {
  return entries + mails + communications + histories === 0 ? [] : [told];
}

function people({ view, language, say }: Reading): Section {
  return {
    heading: say('people'),
    lead: [],
    items: view.people.map((one) => ({
      title: one.name,
      lines: [
        [one.post, partyNamed(view.programme, one.party, language)].filter(Boolean).join(', '),
        one.email ?? say('noAddress'),
        one.active ? '' : say('left'),
      ],
      texts: [],
    })),
  };
}

function meetings({ view, language, say, colon, at }: Reading): Section {
  const { meeting } = view;
  const span = (from: string | null, to: string | null) =>
    from ? `${at(from)}${to ? ` – ${at(to)}` : ''}` : '';
  const item = (
    title: string,
    one: Omit<CaseView['sessions'][number], 'number' | 'hours' | 'timeZone' | 'sequence'> & {
      notHeldAt?: string | null;
    },
  ): Item => ({
    title,
    lines: [
      span(one.startsAt, one.endsAt) || (one.window ? fullPeriod(one.window, language) : ''),
      one.place ? say('place') + colon + one.place : '',
      one.link ? say('link') + colon + one.link : '',
      one.cancelledAt ? say('cancelled', { at: at(one.cancelledAt) }) : '',
      one.notHeldAt ? say('notHeld', { at: at(one.notHeldAt) }) : '',
      one.recordedAt ? say('recorded', { at: at(one.recordedAt) }) : '',
      one.attendance.length > 0
        ? say('attendance') +
          colon +
          one.attendance.map((who) => attendeeText(who, view.programme, language)).join('; ')
        : '',
      one.outputs.length > 0 ? say('outputs') + colon + one.outputs.join('; ') : '',
    ],
    texts: [one.contents, ...(one.minutes ? [`${say('minutes')}${colon}${one.minutes}`] : [])],
  });
  return {
    heading: say('meetings'),
    lead: [],
    items: [
      item(stepLabel('coordination', language), { ...meeting, contents: '', window: null }),
      ...view.sessions.map((one) => item(sessionTitle(one.number, language), one)),
    ],
  };
}

function programmes({ view, say, colon, at }: Reading): Section {
  return {
    heading: say('programmes'),
    lead: [],
    items: view.programmeVersions.map(({ version, madeAt, issuedAt, annulledAt, pdf, docx }) => ({
      title: say('version', { version }),
      lines: [
        say('madeThen', { at: at(madeAt) }),
        issuedAt ? say('issued', { at: at(issuedAt) }) : '',
        annulledAt ? say('versionAnnulled', { at: at(annulledAt) }) : '',
        ...[pdf, docx].map(({ file, sha256 }) => `${file}${colon}${sha256}`),
      ],
      texts: [],
    })),
  };
}

function requests(reading: Reading): Section {
  const { view, language, say, at } = reading;
  return {
    heading: say('requests'),
    lead: [],
    items: view.requests.flatMap((one): Item[] => [
      {
        title: one.label,
        lines: [
          say('asked', {
            parties: one.asked.map(({ label }) => label).join(', '),
            at: at(one.openedAt),
            due: at(one.dueAt),
          }),
          one.closedAt
            ? say('ended', { at: at(one.closedAt), how: one.outcome ? outcome(one, one.outcome) : '' })
            : say('open'),
        ],
        texts: [],
      },
      ...[...one.answers, ...one.withdrawn].map((given) => answer(one, given, reading)),
    ]),
  };

  function outcome(one: RequestView, how: string): string {
    return how === 'waived' || how === 'lapsed' ? say(how) : decisionLabel(one, how, language);
  }
}

type AnyAnswer = RequestView['answers'][number] | RequestView['withdrawn'][number];

/** An answer, with the door it came by and what was written beside it. */
function answer(request: RequestView, given: AnyAnswer, { view, language, say, colon, at }: Reading): Item {
  const text = (hash: string | null | undefined) => {
    const value = view.contents.find((one) => one.hash === hash)?.value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return '';
    return (
      ['reason', 'minutes', 'text'].map((key) => value[key]).find((one) => typeof one === 'string') ?? ''
    );
  };
  const { name, party, decision, startsAt, inPlaceOf, recorded, door, documents = [], content } = given;
  return {
    title: say('answer', {
      party: partyNamed(view.programme, party, language),
      decision: decisionLabel(request, decision, language),
    }),
    lines: [
      `${name}, ${at(given.at)}`,
      (outcomesIn(view, content)?.came ?? [])
        .map((one) => speaker('labels.outcome', language)(one))
        .join('; '),
      ...toldChanges(outcomesIn(view, content)?.objectives, expectedChanges(view.programme)).map(
        ({ change, seen, said }) =>
          [change + colon + speaker('labels.changeSeen', language)(seen), said].filter(Boolean).join('. '),
      ),
      startsAt ? at(startsAt) : '',
      inPlaceOf ? say('inPlaceOf', { name: personName(view, inPlaceOf) }) : '',
      say('door') + colon + doorWords(door, view, language),
      recorded
        ? `${say('recordedBy', { name: recorderName(view, recorded.by, language) })}${colon}${text(recorded.how)}`
        : '',
      documents.length > 0 ? say('with') + colon + documents.join(', ') : '',
      'withdrawn' in given
        ? say(given.withdrawn.how, {
            name: recorderName(view, given.withdrawn.by, language),
            at: at(given.withdrawn.at),
          })
        : '',
    ],
    texts: [
      text(content),
      ...translationIn(view, request, content).map((one) => `${one.text}\n${one.translation}`),
    ],
  };
}

function questions({ view, language, say, colon, at }: Reading): Section {
  const party = (code: string) => partyNamed(view.programme, code, language);
  return {
    heading: say('questions'),
    lead: [],
    items: view.questions.map((one) => ({
      title: say('question', { number: one.number, from: party(one.from), to: party(one.to) }),
      lines: [
        `${personName(view, one.by)}, ${at(one.askedAt)}`,
        one.answeredAt && one.answeredBy
          ? `${say('answered')}${colon}${personName(view, one.answeredBy)}, ${at(one.answeredAt)}`
          : say('unanswered'),
      ],
      texts: [one.text, one.answer ?? ''],
    })),
  };
}

function documents({ view, language, say, colon, at }: Reading): Section {
  return {
    heading: say('documents'),
    lead: [],
    items: view.documents.map((one) => ({
      title: [
        documentTitle(one, { language }),
        ...(one.session === undefined ? [] : [sessionTitle(one.session, language)]),
        say('version', { version: one.version }),
      ].join(' · '),
      lines: [
        `${personName(view, one.by)}, ${partyNamed(view.programme, one.party, language)}, ${at(one.at)}`,
        ...(one.link ? [one.link] : []),
        `${one.file}${colon}${one.sha256}`,
      ],
      texts: view.comments
        .filter(({ about }) => about === one.document)
        .map(
          ({ by, text, at: written }) => `${recorderName(view, by, language)}, ${at(written)}${colon}${text}`,
        ),
    })),
  };
}

/** Whom certificates are given to, and how they stand; a code is on the certificate alone. */
function certificates({ view, language, say, colon, at }: Reading): Section {
  const name = (by: string) => recorderName(view, by, language, 'plain');
  return {
    heading: say('certificates'),
    lead: [],
    items: view.certificates.map((one) => ({
      title: `${one.number}. ${attendeeText(one, view.programme, language)}`,
      lines: [
        one.sessions.map(({ number }) => sessionTitle(number, language)).join(', '),
        say('certificateGiven', { at: at(one.givenAt), name: name(one.givenBy) }),
        one.withdrawn
          ? say('certificateGone', {
              ...{ how: one.withdrawn.how, at: at(one.withdrawn.at), name: name(one.withdrawn.by) },
            })
          : '',
        `${one.file}${colon}${one.sha256}`,
      ],
      texts: [one.withdrawn?.reason ?? ''],
    })),
  };
}

function commitments({ view, language, say, at }: Reading): Section {
  return {
    heading: say('commitments'),
    lead: [],
    items: view.commitments.map((one) => ({
      title: one.what,
      lines: [
        `${commitmentOwner(one, view, language)}, ${commitmentOrigin(one, language)}`,
        say('commitmentUntil', { due: fullDate(one.due, language) }),
        one.withdrawnAt
          ? say('commitmentWithdrawn', { at: at(one.withdrawnAt) })
          : commitmentState(one, language),
        one.toldBy && one.toldAt ? `${personName(view, one.toldBy)}, ${at(one.toldAt)}` : '',
      ],
      texts: [one.text ?? ''],
    })),
  };
}

/** What the report says as data. */
function reported({ view, language, say }: Reading): Section {
  const { lessons, funding } = reportedIn(view);
  return {
    heading: say('reported'),
    lead: funding.map(
      (one) =>
        `${partyNamed(view.programme, one.party, language)}${colonIn(language)}${contributionText(one, language)}`,
    ),
    items: lessons.map((title) => ({ title, lines: [], texts: [] })),
  };
}

function communications({ view, language, say, at }: Reading): Section {
  return {
    heading: say('communications'),
    lead: [],
    items: [
      ...view.communications.map((one) => ({
        title:
          one.subject ??
          say(one.kind === 'written' ? 'written' : 'enquiry', { number: one.answers ?? one.number }),
        lines: [
          `${recorderName(view, one.by, language)}, ${at(one.at)}`,
          one.kind === 'written' ? readersNamed(one, view, language) : '',
        ],
        texts: [one.text],
      })),
      ...view.changes.map((one) => ({
        title: recordedWords(one, view, { language, now: NO_YEAR }),
        lines: [
          [one.by ? recorderName(view, one.by, language) : '', at(one.madeAt)].filter(Boolean).join(', '),
        ],
        texts: [one.reason],
      })),
    ],
  };
}

/** In groups, as it is shown: nothing of fewer than five answers, nor to whom it is not for. */
function survey({ view, language, colon }: Reading): Section {
  const results = view.survey;
  const say = speaker('site.survey', language);
  if (!results || results.answered === 0) return { heading: say('heading'), lead: [], items: [] };
  const { grades, rows } = surveyTable(results, language);
  const written = { title: say('texts'), lines: [], texts: results.texts };
  return {
    heading: say('heading'),
    lead: [surveyLead(results, language)],
    items:
      results.shown === 0
        ? []
        : [
            ...rows.map(({ question, counts }) => ({
              title: question,
              lines: [grades.map((grade, at) => `${grade}${colon}${counts[at]}`).join(' · ')],
              texts: [],
            })),
            ...(results.texts.length > 0 ? [written] : []),
          ],
  };
}

function mails({ view, say, at }: Reading): Section {
  return {
    heading: say('mails'),
    lead: [],
    items: view.mails.map((one) => ({
      title: one.subject,
      lines: [
        `${personName(view, one.person)} <${one.address}>`,
        `${say(one.state)} ${at(one.sentAt ?? one.preparedAt)}`,
        one.file,
      ],
      texts: [],
    })),
  };
}
