import { Temporal as Dates } from 'temporal-polyfill';
import { waitingId } from '../../../casefile/waitingFiles.ts';
import type { GivenDecision } from '../../../client/index.ts';
import { MARKS, type Mark } from '../../../domain/answer.ts';
import { type CaseView, lastChangeOf, reportedIn } from '../../../domain/caseView.ts';
import { type Attendee, CHANGES_SEEN, OUTCOMES, SEXES } from '../../../domain/content.ts';
import { documentVersionId } from '../../../domain/ids.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import type { DecisionRule, Form } from '../../../domain/kinds/kind.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../domain/language.ts';
import { attendeeOf, type NamedAttendee } from '../../../domain/people/attendance.ts';
import { secretariatAmong } from '../../../domain/people/party.ts';
import {
  COMMITMENT_OUTCOMES,
  type CommitmentView,
  commitmentsFrom,
} from '../../../domain/results/commitments.ts';
import { PUBLISH } from '../../../domain/results/publish.ts';
import { attendeeIn } from '../../../words/attendance.ts';
import { marksText } from '../../../words/brief.ts';
import { agreedText } from '../../../words/commitments.ts';
import { momentOf } from '../../../words/dates/dates.ts';
import { groupName } from '../../../words/guestList.ts';
import { CAPITAL_ZONES, cityForms, cityName } from '../../../words/names/cities.ts';
import { partyNamed } from '../../../words/names/parties.ts';
import { speaker } from '../../../words/speaker.ts';
import { fileNameOf } from '../../downloads.ts';
import {
  type Field,
  type Fieldset,
  linesOf,
  type Mistake,
  type Option,
  type Part,
  textIn,
  textsOf,
  type Values,
  valuesOf,
} from '../../form.ts';
import { attendanceFields } from '../../parts/attendance.ts';
import { commitmentFields, commitmentsTyped, commitmentTexts, rowsFor } from '../../parts/commitments.ts';
import { publishField } from '../../parts/consents.ts';
import { reportedParts, reportedTexts, reportedTyped } from '../../parts/reportData.ts';
import { sourceOf } from '../programmeForm/standing.ts';
import { pageReaderOf, pageZoneOf } from './about.ts';
import { type RequestPage, sayIn } from './requestPage.ts';

/** The form of each kind of request: its fields, and the answer that they make. */

/** Files that came with a form: documents as `doc-3@1`, and the hash of the last one. */
export type Files = { documents: readonly string[]; sha256?: string | undefined };

type AnswerForm = {
  parts: (page: RequestPage) => readonly Part[];
  /** What stands in it before anybody has written in it. */
  initial?: (page: RequestPage) => Values;
  /** The answer, or what is mistaken where its fields by themselves are right. */
  read: (values: Values, page: RequestPage, files: Files) => GivenDecision | Mistake[];
  button?: 'submit' | 'resolved';
  /** A file's text may take the place of a field. */
  multipart?: true;
  /** What is read from a file, put where it belongs, for whoever answers to confirm. */
  settle?: (values: Values, page: RequestPage) => Values;
  /** Where script runs, one button chooses its files and sends them. */
  atOnce?: true;
};

const mistaken = (field: string, message: string): Mistake[] => [{ field, message }];

// --- Approving, or asking for changes -------------------------------------------------------------------------

export const CALLED = {
  accept: 'accept',
  'send-back': 'sendBack',
  'new-dates': 'newDates',
  hold: 'hold',
  vouch: 'vouch',
} as const satisfies Record<NonNullable<DecisionRule['called']>, string>;

const review: AnswerForm = {
  parts(page) {
    const say = sayIn(page);
    const { approve, changes } = kinds[page.request.kind].decisions;
    return [
      {
        ...{ name: 'decision', as: 'radios', label: say('choose'), required: say('choose') },
        options: [
          { value: 'approve', label: say(approve?.called ? CALLED[approve.called] : 'approve') },
          { value: 'changes', label: say(changes?.called ? CALLED[changes.called] : 'askChanges') },
        ],
      },
      { name: 'reason', as: 'long', rows: 4, label: say('what'), hint: say('whatHint') },
      ...(approve?.takes?.includes('publish') ? [publishField(page.language)] : []),
    ];
  },
  read(values, page) {
    const say = sayIn(page);
    const { decision, reason, publish } = textsOf(values);
    if (decision === 'changes')
      return reason ? { decision, reason } : mistaken('reason', say('reasonMissing'));
    if (decision !== 'approve') return mistaken('decision', say('choose'));
    // Neither the approval nor the words may be what was not meant.
    if (reason) return mistaken('decision', say('reasonWithApproval'));
    const said = PUBLISH.find((one) => one === publish);
    return { decision, ...(said && { publish: said }) };
  },
};

// --- Dates ----------------------------------------------------------------------------------------------------

/** The radios of a slot: the field's name in the form. */
export const markField = (slot: string): string => `mark-${slot}`;

const marks: AnswerForm = {
  parts(page) {
    const { language, visit, request } = page;
    const say = sayIn(page);
    const fields = request.slots.map(
      ({ id, startsAt, endsAt, marks }): Field => ({
        ...{
          name: markField(id),
          as: 'radios',
          inline: true,
          label: momentOf(startsAt, visit.clock, endsAt),
        },
        hint: marksText(marks, pageReaderOf(page)) || undefined,
        required: say('markMissing', { slot: momentOf(startsAt, { ...visit.clock, others: [] }) }),
        options: MARKS.map((value) => ({ value, label: say(value) })),
      }),
    );
    return [{ hint: say('marksHint', cityForms(visit.clock.timeZone, language)), fields }];
  },
  read(values, { request }) {
    const given = request.slots.map(({ id }) => [id, textIn(values, markField(id)) as Mark]);
    return { decision: 'marks', marks: Object.fromEntries(given) };
  },
};

const date: AnswerForm = {
  parts(page) {
    const { visit, request } = page;
    const say = sayIn(page);
    const anew = request.decisions.includes('changes');
    const hold = request.decisions.includes('done');
    const held =
      request.windowRanOut === 'entered'
        ? { value: 'hold', label: say('wasHeld'), hint: say('wasHeldHint') }
        : { value: 'hold', label: say('hold'), hint: say('holdHint') };
    const slots = request.slots.map(
      ({ id, startsAt, endsAt, marks }): Option => ({
        value: `slot:${id}`,
        label: momentOf(startsAt, visit.clock, endsAt),
        hint: marksText(marks, pageReaderOf(page)) || undefined,
      }),
    );
    return [
      {
        ...{ name: 'choice', as: 'radios', label: say('chooseDate'), required: say('dateMissing') },
        options: [
          ...slots,
          ...(hold ? [held] : []),
          { value: 'other', label: say('otherDate') },
          ...(anew ? [{ value: 'changes', label: say('newDates') }] : []),
        ],
      },
      {
        legend: say('otherDate'),
        hint: say('otherHint', cityForms(pageZoneOf(page), page.language)),
        fields: [
          { name: 'date', as: 'date', label: say('date') },
          { name: 'time', as: 'time', label: say('time') },
        ],
      },
      ...(anew
        ? [{ name: 'reason', as: 'long', label: say('whyNewDates'), hint: say('whyNewDatesHint') } as const]
        : []),
    ];
  },
  read(values, page) {
    const say = sayIn(page);
    const { choice = '', reason, date = '', time = '' } = textsOf(values);
    if (choice.startsWith('slot:')) return { decision: 'date', date: choice.slice('slot:'.length) };
    if (choice === 'hold') return { decision: 'done' };
    if (choice === 'changes')
      return reason ? { decision: 'changes', reason } : mistaken('reason', say('whyMissing'));
    if (choice !== 'other') return mistaken('choice', say('dateMissing'));
    try {
      const zone = { timeZone: pageZoneOf(page), plainTime: Dates.PlainTime.from(time) };
      const instant = Dates.PlainDate.from(date).toZonedDateTime(zone).toInstant();
      return { decision: 'date', date: instant.toString() };
    } catch {
      return mistaken('date', say('otherMissing'));
    }
  },
};

// --- What a meeting or session left behind --------------------------------------------------------------------

/** Who may be ticked: everybody of the case, and the guests of the session that the request is about. */
function expected({ view, request }: RequestPage): CaseView['people'] {
  const session = kinds[request.kind].about === 'session' ? request.item : undefined;
  return view.people.filter(
    ({ active, role, session: of }) =>
      active && (role !== 'guest' || (session !== undefined && of === session)),
  );
}

/** The radios of a person: the field's name in the form. */
const presenceField = (person: string): string => `was-${person}`;

function minutesFields(page: RequestPage): Part[] {
  const { view, language } = page;
  const say = sayIn(page);
  const { participants, others } = attendanceFields(view, language, 'others', say('others'));
  return [
    { name: 'minutes', as: 'long', rows: 8, label: say('minutes') },
    {
      legend: say('attendance'),
      hint: say('attendanceHint'),
      fields: [
        participants,
        ...expected(page).map((one): Field => {
          const name = groupName(one, language);
          return {
            ...{ name: presenceField(one.id), as: 'radios', inline: true },
            label: `${name} (${partyNamed(view.programme, one.party, language)})`,
            options: [
              { value: 'no', label: say('absent') },
              { value: 'yes', label: say('present') },
              ...(one.count === null
                ? SEXES.map((value) => ({ value, label: say(`present-${value}`) }))
                : []),
            ],
          };
        }),
        others,
      ],
    },
    { name: 'outputs', as: 'long', label: say('outputs'), hint: say('outputsHint') },
    ...commitmentParts(page, []),
  ];
}

/** Rows for what somebody took upon themselves, a fieldset each. */
const commitmentParts = (
  { view, language }: RequestPage,
  standing: readonly CommitmentView[],
): Fieldset[] => {
  const say = speaker('site.commitments', language);
  return rowsFor(standing.length).map((row) => ({
    legend: say('one', { n: String(row) }),
    ...(row === 1 && { hint: say('hint') }),
    fields: commitmentFields(view, language, row),
  }));
};

/** Those of the case who were ticked, and the others, line by line. Who was written down as well is named once. */
function attendanceIn(values: Values, page: RequestPage): Attendee[] {
  const ticked = expected(page).flatMap(({ id, name, party, count }): NamedAttendee[] => {
    const was = textIn(values, presenceField(id));
    const sex = SEXES.find((one) => one === was);
    return was === 'yes' || sex
      ? [{ name, party, ...(sex && { sex }), ...(count !== null && { count }), person: id }]
      : [];
  });
  const written = linesOf(textIn(values, 'others')).map((line) => attendeeIn(line, page.view));
  return [
    ...ticked,
    ...written.filter((one) => !ticked.some(({ person }) => person === attendeeOf(one).person)),
  ];
}

/** What a list of participants proposes: those of the case are ticked, if they were not, and the others written down. */
function tickedByList(values: Values, page: RequestPage): Values {
  const people = expected(page);
  const written = linesOf(textIn(values, 'others'));
  const known = written.map((line) => ({ line, person: attendeeOf(attendeeIn(line, page.view)).person }));
  const isExpected = (person: string | undefined) => people.some(({ id }) => id === person);
  const marks = known.flatMap(({ person }) => {
    const field = person !== undefined && isExpected(person) ? presenceField(person) : undefined;
    const was = field && textIn(values, field);
    return field ? [[field, [was && was !== 'no' ? was : 'yes']] as const] : [];
  });
  const others = known.filter(({ person }) => !isExpected(person)).map(({ line }) => line);
  return { ...values, ...Object.fromEntries(marks), others: [others.join('\n')] };
}

function readMinutes(values: Values, page: RequestPage): GivenDecision | Mistake[] {
  const { minutes, outputs = '' } = textsOf(values);
  if (!minutes) return mistaken('minutes', sayIn(page)('minutesMissing'));
  const { commitments, mistakes } = commitmentsTyped(values, rowsFor(0), page.language);
  if (mistakes.length > 0) return mistakes;
  return {
    decision: 'done',
    minutes: {
      ...{ minutes, attendance: attendanceIn(values, page), outputs: linesOf(outputs) },
      ...(commitments.length > 0 && { commitments }),
    },
  };
}

const session: AnswerForm = {
  ...{ multipart: true, settle: tickedByList },
  parts(page) {
    const say = sayIn(page);
    const what = kinds[page.request.kind].about;
    return [
      {
        ...{
          name: 'held',
          as: 'radios',
          label: say('held', { what }),
          required: say('heldMissing', { what }),
        },
        options: [
          { value: 'yes', label: say('wasHeld') },
          { value: 'no', label: say('notHeld'), hint: say('notHeldHint', { what }) },
        ],
      },
      {
        name: 'reason',
        as: 'long',
        rows: 2,
        label: say('whyNotHeld'),
        hint: say('whyNotHeldHint', { what }),
      },
      ...minutesFields(page),
    ];
  },
  read(values, page) {
    const { held, reason } = textsOf(values);
    if (held === 'no') return { decision: 'not-held', ...(reason && { reason }) };
    return reason ? mistaken('held', sayIn(page)('reasonWithHeld')) : readMinutes(values, page);
  },
};

// --- Texts and documents --------------------------------------------------------------------------------------

/** Documents of a form that was refused: they are there already and go along unless they are taken off. */
function received(page: RequestPage): Field[] {
  const { view, kept, waiting } = page;
  const titleOf = (value: string) =>
    view.documents.find((one) => documentVersionId(one) === value)?.title ??
    waiting.find((one) => waitingId(one) === value)?.title ??
    value;
  const options = kept.map((value) => ({ value, label: titleOf(value) }));
  return kept.length === 0
    ? []
    : [{ name: 'documents', as: 'checkboxes', label: sayIn(page)('received'), options }];
}

const enclosing = (documents: readonly string[]) =>
  documents.length > 0 ? { documents: [...documents] } : {};

const question: AnswerForm = {
  parts(page) {
    const say = sayIn(page);
    return [
      { name: 'text', as: 'long', rows: 8, label: say('answerText'), required: say('textMissing') },
      ...received(page),
      { name: 'files', as: 'file', many: true, label: say('attach'), hint: say('filesHint'), optional: true },
    ];
  },
  read: (values, _, { documents }) => ({
    ...{ decision: 'done', text: textIn(values, 'text') },
    ...enclosing(documents),
  }),
};

/** The fields of what one objective was to change. */
const changeField = (number: number, name: 'seen' | 'text'): string => `objective-${number}-${name}`;

const outcomes: AnswerForm = {
  parts(page) {
    const say = sayIn(page);
    const named = speaker('labels.outcome', page.language);
    const seen = speaker('labels.changeSeen', page.language);
    return [
      {
        ...{ name: 'came', as: 'checkboxes', label: say('came'), hint: say('cameHint') },
        options: OUTCOMES.map((value) => ({ value, label: named(value) })),
      },
      {
        ...{ name: 'text', as: 'long', rows: 8, label: say('outcomesText'), hint: say('outcomesHint') },
        required: say('outcomesMissing'),
      },
      ...page.request.objectives.map(
        ({ number, text: of, change }): Fieldset => ({
          ...{ legend: of, hint: say('changeExpected', { change }) },
          fields: [
            {
              ...{ name: changeField(number, 'seen'), as: 'radios', label: say('changeSeen'), of },
              options: CHANGES_SEEN.map((value) => ({ value, label: seen(value) })),
              required: say('changeSeenMissing'),
            },
            {
              ...{ name: changeField(number, 'text'), as: 'long', rows: 3, label: say('changeText'), of },
              optional: true,
            },
          ],
        }),
      ),
      ...received(page),
      { name: 'files', as: 'file', many: true, label: say('attach'), hint: say('filesHint'), optional: true },
    ];
  },
  read(values, page, { documents }) {
    const say = sayIn(page);
    const came = OUTCOMES.filter((one) => values.came?.includes(one));
    if (came.length === 0) return mistaken('came', say('cameMissing'));
    const objectives = page.request.objectives.map(({ number }) => {
      const [seen, said] = [
        textIn(values, changeField(number, 'seen')),
        textIn(values, changeField(number, 'text')),
      ];
      return {
        ...{ objective: number, seen: CHANGES_SEEN.find((one) => one === seen) ?? 'not-yet' },
        ...(said && { text: said }),
      };
    });
    const told = { came, text: textIn(values, 'text'), ...(objectives.length > 0 && { objectives }) };
    return {
      ...{ decision: 'done', outcomes: told },
      ...enclosing(documents),
    };
  },
};

/** The fields of one commitment. */
const toldField = (number: number, name: 'outcome' | 'until' | 'text'): string => `told-${number}-${name}`;

const fulfilment: AnswerForm = {
  parts(page) {
    const { request, view, language } = page;
    const say = sayIn(page);
    const named = speaker('labels.commitment', language);
    const options = COMMITMENT_OUTCOMES.map((value) => ({ value, label: named(`${value}Is`) }));
    return [
      ...request.commitments.map(({ name, ...one }): Fieldset => {
        const { number, what: of } = one;
        return {
          legend: agreedText({ ...one, ...(name !== null && { name }) }, view.programme, language),
          fields: [
            {
              ...{ name: toldField(number, 'outcome'), as: 'radios', label: say('fulfilment'), of, options },
              required: say('fulfilmentMissing'),
            },
            {
              ...{ name: toldField(number, 'until'), as: 'date', label: say('fulfilmentUntil'), of },
              conditional: true,
            },
            {
              ...{ name: toldField(number, 'text'), as: 'long', rows: 3, label: say('fulfilmentText'), of },
              optional: true,
            },
          ],
        };
      }),
      ...received(page),
      { name: 'files', as: 'file', many: true, label: say('attach'), hint: say('filesHint'), optional: true },
    ];
  },
  read(values, page, { documents }) {
    const say = sayIn(page);
    const told = page.request.commitments.map(({ number, due }) => {
      const [outcome, until, text] = (['outcome', 'until', 'text'] as const).map((name) =>
        textIn(values, toldField(number, name)),
      );
      return { number, due, outcome, until, text };
    });
    const mistakes = told.flatMap(({ number, due, outcome, until = '' }): Mistake[] => {
      const field = toldField(number, 'until');
      if (outcome === 'later') return until > due ? [] : mistaken(field, say('fulfilmentUntilMissing'));
      return until ? mistaken(field, say('fulfilmentUntilAlone')) : [];
    });
    if (mistakes.length > 0) return mistakes;
    return {
      decision: 'done',
      fulfilment: told.map(({ number, outcome, until, text }) => ({
        commitment: number,
        outcome: COMMITMENT_OUTCOMES.find((one) => one === outcome) ?? 'kept',
        ...(until && { until }),
        ...(text && { text }),
      })),
      ...enclosing(documents),
    };
  },
};

const documents: AnswerForm = {
  atOnce: true,
  parts(page) {
    const say = sayIn(page);
    return [
      ...received(page),
      { name: 'files', as: 'file', many: true, label: say('files'), hint: say('filesHint') },
      {
        ...{ name: 'nothing', as: 'checkboxes', label: say('orNothing') },
        options: [{ value: 'yes', label: say('nothing') }],
      },
    ];
  },
  read(values, page, { documents }) {
    const say = sayIn(page);
    const nothing = textIn(values, 'nothing') === 'yes';
    if (nothing && documents.length > 0) return mistaken('nothing', say('nothingAndFiles'));
    if (!nothing && documents.length === 0) return mistaken('files', say('filesMissing'));
    return { decision: 'done', ...enclosing(documents) };
  },
};

/** A version of the sheet or the report; one that came with a form that was sent back is kept. */
function paper(page: RequestPage): Part[] {
  const { view, values, waiting } = page;
  const say = sayIn(page);
  const [sha256] = values.document ?? [];
  const came = view.documents.findLast((one) => one.sha256 === sha256);
  const kept = waiting.find((one) => one.sha256 === sha256)?.fileName ?? (came && fileNameOf(came));
  const committed = reportCommitments(page);
  return [
    ...(committed ? commitmentParts(page, committed) : []),
    ...(committed ? reportedParts(view, reportedIn(view), page.language) : []),
    ...(kept && sha256 ? [{ name: 'document', as: 'hidden', value: sha256 } as const] : []),
    {
      ...{ name: 'files', as: 'file', accept: '.docx,.pdf', label: say('file') },
      hint: kept ? say('fileKept', { file: kept }) : say('fileHint'),
    },
  ];
}

/** Those that came with the report so far; another version of it says them anew. Nothing where a kind takes none. */
const reportCommitments = ({ view, request }: RequestPage): CommitmentView[] | undefined =>
  kinds[request.kind].decisions.submit?.takes?.includes('commitments')
    ? commitmentsFrom(view, 'final-report')
    : undefined;

const draft: AnswerForm = {
  ...{ button: 'submit', atOnce: true },
  parts: paper,
  initial(page) {
    const standing = reportCommitments(page);
    if (!standing) return {};
    const reported = reportedTexts(reportedIn(page.view));
    return valuesOf({ ...commitmentTexts(standing), ...reported });
  },
  read(values, page, { sha256 }) {
    const standing = reportCommitments(page);
    const rows = standing ? rowsFor(standing.length) : [];
    const { commitments, mistakes } = commitmentsTyped(values, rows, page.language);
    const typed = standing && reportedTyped(values, reportedIn(page.view), page.language);
    const all = [...mistakes, ...(typed?.mistakes ?? [])];
    if (!sha256) return [...mistaken('files', sayIn(page)('fileMissing')), ...all];
    if (all.length > 0) return all;
    return {
      ...{ decision: 'submit', document: sha256 },
      ...typed?.reported,
      // Those that were there before are taken out by a form that says none of them.
      ...((commitments.length > 0 || standing?.length) && { commitments }),
    };
  },
};

const complement: AnswerForm = {
  button: 'submit',
  initial: (page) => draft.initial?.(page) ?? {},
  parts(page) {
    const say = sayIn(page);
    return [
      {
        ...{ name: 'contribution', as: 'radios', label: say('complement') },
        required: say('contributionMissing'),
        options: [
          { value: 'submit', label: say('complemented') },
          { value: 'nothing-to-add', label: say('nothingToAdd'), hint: say('nothingToAddHint') },
        ],
      },
      ...paper(page),
    ];
  },
  read(values, page, files) {
    if (textIn(values, 'contribution') === 'submit') return draft.read(values, page, files);
    return files.sha256
      ? mistaken('contribution', sayIn(page)('nothingAndFile'))
      : { decision: 'nothing-to-add' };
  },
};

const programme: AnswerForm = {
  ...{ button: 'submit', multipart: true },
  parts(page) {
    const say = sayIn(page);
    return [
      { name: 'programme', as: 'source', rows: 24, label: say('programme'), hint: say('programmeHint') },
      { name: 'upload', as: 'file', into: 'programme', accept: '.yaml,.yml', label: say('programmeUpload') },
      // What was looked at when the form was first shown.
      { name: 'seen', as: 'hidden', value: textIn(page.values, 'seen') || String(lastChangeOf(page.view)) },
    ];
  },
  initial: ({ view }) => valuesOf({ programme: sourceOf(view.programme) }),
  read: (values) => ({ decision: 'submit', programme: textIn(values, 'programme') }),
};

/** The field of what a paragraph is put into. */
const paragraphField = (number: number): string => `paragraph-${number}`;

const translation: AnswerForm = {
  button: 'submit',
  parts(page) {
    const { translation: asked } = page.request;
    if (!asked) return [];
    const say = sayIn(page);
    const part = speaker('brief.difference', page.language);
    return [...Map.groupBy(asked.paragraphs, (one) => one.part)].map(
      ([of, paragraphs], index): Fieldset => ({
        legend: part('text', { part: of }),
        ...(index === 0 && { hint: say('translationHint', { into: asked.into }) }),
        fields: paragraphs.map(({ number, text }) => ({
          ...{
            name: paragraphField(number),
            as: 'long',
            rows: Math.min(10, 2 + Math.ceil(text.length / 90)),
          },
          ...{ label: `${number}. ${text}`, required: say('translationMissing', { n: String(number) }) },
        })),
      }),
    );
  },
  initial: ({ request: { translation: asked } }) =>
    valuesOf(
      Object.fromEntries(
        (asked?.paragraphs ?? []).map(({ number, translation: before }) => [
          paragraphField(number),
          before ?? '',
        ]),
      ),
    ),
  read: (values, { request: { translation: asked } }) => ({
    decision: 'submit',
    translation: (asked?.paragraphs ?? []).map(({ number }) => ({
      paragraph: number,
      text: textIn(values, paragraphField(number)),
    })),
  }),
};

const person: AnswerForm = {
  parts(page) {
    const say = sayIn(page);
    const zones = CAPITAL_ZONES.map((value) => ({ value, label: cityName(value, page.language) }));
    return [
      { name: 'name', as: 'text', label: say('name'), required: say('nameMissing') },
      { name: 'email', as: 'email', label: say('email'), required: say('emailMistaken') },
      { name: 'post', as: 'text', label: say('post'), optional: true },
      {
        ...{ name: 'language', as: 'select', label: say('language') },
        options: LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
      },
      {
        ...{ name: 'timezone', as: 'select', label: say('timezone') },
        options: zones.sort((a, b) => a.label.localeCompare(b.label, page.language)),
      },
    ];
  },
  initial: ({ view }) =>
    valuesOf({
      language: view.language,
      timezone: secretariatAmong(view.programme.institutions).timezone,
    }),
  read(values) {
    const { name = '', email = '', ...others } = textsOf(values);
    const filled = Object.entries(others).filter(
      ([field, text]) => ['post', 'language', 'timezone'].includes(field) && text,
    );
    return { decision: 'done', person: { name, email, ...Object.fromEntries(filled) } };
  },
};

export const ANSWER_FORMS: Readonly<Record<Form, AnswerForm>> = {
  ...{ review, marks, date, session, question, documents, draft, complement, programme, person, outcomes },
  fulfilment,
  translation,
  minutes: { multipart: true, settle: tickedByList, parts: minutesFields, read: readMinutes },
  confirmation: { button: 'resolved', parts: () => [], read: () => ({ decision: 'done' }) },
};
