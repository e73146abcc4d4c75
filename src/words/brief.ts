import { AT_THE_END, type Brief } from '../domain/brief.ts';
import { kinds } from '../domain/kinds/index.ts';
import { countriesOf } from '../domain/people/party.ts';
import type { Programme } from '../domain/programme/programme.ts';
import { type Block, type Fact, type Item, when } from './blocks.ts';
import { colonIn } from './colon.ts';
import { agreedText } from './commitments.ts';
import { momentOf, ownMomentOf, sessionDate } from './dates/dates.ts';
import { differenceItems } from './differences.ts';
import { requestLabel, stepLabel } from './labels.ts';
import type { SessionHeading } from './lines.ts';
import type { Form } from './names/noun.ts';
import { countryNames, inForms, partiesNamed, partyNamed } from './names/parties.ts';
import { contentsOf, deadlineFact, onDay, type Reading, sessionBlocks, sessionName } from './parts.ts';
import { speaker } from './speaker.ts';

/**
 * A request in words: what is asked, why again, with which reasons, about what, and how it stands. Letters, pages,
 * terminal and rehearsals show these blocks, and say nothing of a request in words of their own.
 */

/** A file that belongs to a request, for whoever shows it to link to it. */
export type BriefFile =
  | { file: 'programme'; version: number; format: 'PDF' | 'Word' }
  | { file: 'document'; document: Brief['documents'][number] }
  | { file: 'template'; kind: 'sheet' | 'report' };

/** Who reads of a request. */
export type BriefReader = Reading & {
  institutions: Programme['institutions'];
  /** The party the reader answers for; none for whoever looks on. */
  party?: string | undefined;
  /** Where a file is found; nothing where the reader finds it in another way. */
  hrefOf?: (file: BriefFile) => string | undefined;
  /** Where another request is found, where it can be followed. */
  requestHref?: (request: string) => string;
  /** That the cooperation is paused or over is told beside it. */
  isStateTold?: boolean;
  /** Whether a file comes with what is read. */
  isAttached?: (file: BriefFile) => boolean;
};

/** What a request says, in the order in which it is read. */
export type BriefBlocks = {
  /** What is asked of the reader, and why once more. */
  lead: Block[];
  /** How it stands, where that is not simply that it is waited on. */
  standing: Block[];
  facts: Fact[];
  /** What the reader has to have before their eyes to answer. */
  matter: Block[];
  /** The dates it asks about, as they were marked; a form shows them itself. */
  dates: Block[];
  /** What may be read at leisure. */
  enclosed: Block[];
};

export const briefBlocks = (brief: Brief, reader: BriefReader): BriefBlocks => ({
  lead: [
    ...againBlocks(brief, reader),
    ...when(isAddressed(brief, reader), { block: 'paragraph', text: askedOf(brief, reader) }),
  ],
  standing: standingBlocks(brief, reader),
  facts: factsOf(brief, reader),
  matter: matterBlocks(brief, reader),
  dates: dateBlocks(brief, reader),
  enclosed: enclosedBlocks(brief, reader),
});

/** All of it, one after another. */
export const allBlocks = ({ lead, standing, facts, matter, dates, enclosed }: BriefBlocks): Block[] => [
  ...standing,
  ...lead,
  ...when(facts.length > 0, { block: 'facts', rows: facts }),
  ...matter,
  ...dates,
  ...enclosed,
];

/** "Aprobar los contenidos del programa (versión 1)". */
export const briefTitle = (of: Pick<Brief, 'id' | 'kind' | 'item'>, reading: Reading): string =>
  requestLabel(of, reading.language);

/** The reader's answer is waited on. */
const isAddressed = ({ owing }: Brief, { party }: Pick<BriefReader, 'party'>): boolean =>
  party !== undefined && owing.includes(party);

/** The parties whose answer is wanted, those who have given it too. */
export const askedIn = ({ asked, waived }: Brief): string[] =>
  asked.map(({ party }) => party).filter((party) => !waived.includes(party));

/** What a party is called, in a form. */
export const partyIn = (code: string, reader: BriefReader, form: Form = 'plain'): string =>
  partyNamed(reader, code, reader.language, form);
/** The same of several. */
export const partiesIn = (codes: readonly string[], reader: BriefReader, form: Form = 'plain'): string =>
  partiesNamed(reader, codes, reader.language, form);

/** In which capacity a party answers, where sentences differ by it. */
export function capacityIn(
  code: string | undefined,
  institutions: Programme['institutions'],
): 'ministry' | 'secretariat' | 'consultant' {
  const institution = institutions.find(({ id }) => id === code);
  if (!institution) return 'consultant';
  return institution.role === 'secretariat' ? 'secretariat' : 'ministry';
}

/** What is asked exactly, in whose name; before it, why it is asked once more. */
export const leadOf = (brief: Brief, reader: BriefReader): string =>
  [againOf(brief, reader), askedOf(brief, reader)].filter((text) => text !== undefined).join(' ');

function askedOf(brief: Brief, reader: BriefReader): string {
  const { language, institutions } = reader;
  const { kind, again, windowRanOut, question, item, round, unreached } = brief;
  const party = reader.party ?? brief.asked[0]?.party;
  const say = speaker('brief.lead', language);
  const before = brief.documents.find(({ role }) => role === 'subject');
  const behalf = () =>
    say('behalf', {
      who: capacityIn(party, institutions),
      label: party ? partyIn(party, reader) : '',
    });
  if (unreached)
    return say('unreached', {
      ...{ behalf: behalf(), focal: unreached.name === null ? 'no' : 'yes', name: unreached.name ?? '' },
      ...inForms((form) => partyIn(unreached.party, reader, form)),
    });
  const countries = (role: 'requesting' | 'providing') =>
    countryNames(countriesOf({ institutions }, role), language);
  return say(windowRanOut === 'entered' ? 'entered' : windowRanOut ? 'windowRanOut' : kind, {
    behalf: behalf(),
    n: String(item ?? round),
    begun: before ? 'yes' : 'no',
    more: brief.turns.some(({ part, state }) => part === 'complements' && state === 'done') ? 'yes' : 'no',
    byBefore: before ? partyIn(before.party, reader, 'by') : '—',
    byParty: question ? partyIn(question.from, reader, 'by') : '—',
    again: again === 'corrected-sheet' ? 'corrected' : again ? 'yes' : 'no',
    changes: brief.objectives.length > 0 ? 'yes' : 'no',
    requesting: countries('requesting'),
    providing: countries('providing'),
    why: windowRanOut ?? 'none',
    into: brief.translation?.into ?? 'none',
    dated: brief.decisions.includes('done') ? 'yes' : 'no',
  });
}

/** Why it is asked once more, where what is asked does not say so itself. */
export function againOf({ kind, again }: Brief, { language }: Pick<Reading, 'language'>): string | undefined {
  const { about, encloses, decisions } = kinds[kind];
  if (about === 'meeting') return undefined;
  const isNewVersion = decisions.approve !== undefined || encloses.includes('subject');
  if (!again || (again === 'changes-asked' && !isNewVersion)) return undefined;
  return speaker('brief.again', language)(again);
}

const againBlocks = (brief: Brief, reader: BriefReader): Block[] => {
  const text = againOf(brief, reader);
  return when(text, { block: 'paragraph', text: text ?? '' });
};

function endingOf({ state, lapse, outcome }: Brief) {
  if (lapse) return lapse;
  if (state === 'waived') return 'all-waived';
  return outcome === 'approve' || outcome === 'changes' || outcome === 'not-held' ? outcome : 'answered';
}

/** How it stands: closed, over, paused, given more time, asked of another, or done without. */
function standingBlocks(brief: Brief, reader: BriefReader): Block[] {
  const say = speaker('brief.standing', reader.language);
  const { closedAt, cooperation, extended, reassigned, waived } = brief;
  const said: string[] = [];
  const untold = (state: string): string[] => (reader.isStateTold ? [] : [state]);
  if (closedAt)
    said.push(say('ended', { how: say(endingOf(brief), EMPTY), when: ownMomentOf(closedAt, reader.clock) }));
  else if (cooperation === 'closed' || cooperation === 'cancelled')
    said.push(...untold(say('over', { how: cooperation })));
  else {
    const previous = extended.at(-1)?.from;
    const last = reassigned.at(-1);
    if (cooperation === 'paused') said.push(...untold(say('paused')));
    else if (previous) said.push(say('extended', { previous: onDay(previous, reader) }));
    if (last)
      said.push(
        say('reassigned', {
          toFirst: partyIn(last.from, reader, 'to'),
          toOther: partyIn(last.to, reader, 'to'),
        }),
      );
    if (waived.length > 0)
      said.push(
        say(
          'waived',
          inForms((form) => partiesIn(waived, reader, form)),
        ),
      );
  }
  return [
    ...said.map((text): Block => ({ block: 'paragraph', text })),
    ...(closedAt ? [] : owedAgainBlocks(brief, reader)),
  ];
}

/** That an answer was annulled, which is owed again, and why. */
function owedAgainBlocks({ annulled, owing }: Brief, reader: BriefReader): Block[] {
  const last = annulled.at(-1);
  if (!last || !owing.includes(last.party)) return [];
  const ofParty = partyIn(last.party, reader, 'of');
  return [
    { block: 'paragraph', text: speaker('brief.standing', reader.language)('owedAgain', { ofParty }) },
    { block: 'quote', text: last.reason },
  ];
}

/** Endings have no values; which of them is said is not known to the types. */
const EMPTY = {
  day: '',
  how: '',
  when: '',
  previous: '',
  toFirst: '',
  toOther: '',
  ofParty: '',
  theParty: '',
};

/** Somebody is waited on, and time runs. */
export const isRunning = ({ closedAt, cooperation }: Brief): boolean =>
  closedAt === null && cooperation === 'running';

/** By when, of whom, about what: the lines that are read first. */
function factsOf(brief: Brief, reader: BriefReader): Fact[] {
  const { language, clock } = reader;
  const say = speaker('brief.part', language);
  const { meeting, dueAt, kind, sessions } = brief;
  const asked = askedIn(brief);
  // A request about one session shows when that is; the others list their sessions further down.
  const [session] = kinds[kind].about === 'programme' ? [] : sessions;
  return [
    ...(isRunning(brief) ? [deadlineFact(dueAt, reader)] : []),
    ...(asked.length > 1 || (asked.length === 1 && !isAddressed(brief, reader))
      ? [
          {
            label: say('asked', { count: asked.length }),
            value: say('askedEach', { count: asked.length, theParties: partiesIn(asked, reader, 'the') }),
          },
        ]
      : []),
    ...(meeting ? [{ label: say('meeting'), value: momentOf(meeting.startsAt, clock, meeting.endsAt) }] : []),
    ...(session
      ? [{ label: sessionName(session.number, language), value: sessionDate(headingOf(session), clock) }]
      : []),
  ];
}

const headingOf = ({
  number,
  contents,
  startsAt,
  endsAt,
  window,
  passed,
}: Brief['sessions'][number]): SessionHeading => ({
  number,
  contents,
  ...(startsAt && endsAt && { startsAt, endsAt }),
  ...(window && { window }),
  ...(passed && { passed }),
});

/** Reasons, what went wrong, the question, and what changed. */
function matterBlocks(brief: Brief, reader: BriefReader): Block[] {
  const { language } = reader;
  const { trouble, unreached, question, programme, meeting } = brief;
  const say = speaker('brief.part', language);
  const changes = programme ? differenceItems(programme.differences, reader) : [];
  return [
    ...reasonBlocksOf(brief, reader),
    ...when(
      meeting?.agreed,
      { block: 'heading', text: say('agreed') },
      { block: 'quote', text: meeting?.agreed ?? '' },
    ),
    ...when(
      trouble && !unreached,
      { block: 'heading', text: say('trouble') },
      { block: 'paragraph', text: say('troubleIs', { trouble: trouble ?? '' }) },
    ),
    ...(question
      ? ([
          {
            block: 'heading',
            text: say('question', {
              n: String(question.number),
              ...inForms((form) => partyIn(question.from, reader, form)),
            }),
          },
          { block: 'quote', text: question.text },
        ] satisfies Block[])
      : []),
    ...translationBlocks(brief, reader),
    ...commitmentBlocks(brief, reader),
    ...when(
      brief.objectives.length > 0,
      { block: 'heading', text: say('objectives') },
      {
        block: 'list',
        items: brief.objectives.map(({ text, change }) => ({ text, note: change })),
      },
    ),
    ...turnBlocks(brief, reader),
    ...when(
      changes.length > 0 && kinds[brief.kind].decisions.approve,
      { block: 'heading', text: say('changed') },
      { block: 'list', items: changes },
    ),
    ...brief.documents.flatMap((document) => textChangeBlocks(document, reader)),
    ...endBlocks({ ...brief, closed: brief.closedAt !== null }, reader),
  ];
}

/**
 * The paragraphs of the programme beside what they were put into, where somebody is to vouch for that; those that are to be
 * put into a language are in the form for it.
 */
function translationBlocks({ kind, translation }: Brief, { language }: BriefReader): Block[] {
  if (!translation) return [];
  const say = speaker('brief.part', language);
  const { into, paragraphs } = translation;
  const listed = kinds[kind].form !== 'translation';
  return [
    { block: 'heading', text: say('paragraphs', { count: paragraphs.length, into }) },
    ...(listed
      ? [
          {
            block: 'list',
            numbered: true,
            items: paragraphs.map((one) => ({ text: one.text, note: one.translation ?? '' })),
          } satisfies Block,
        ]
      : [{ block: 'paragraph', text: say('paragraphsUnlisted') } satisfies Block]),
  ];
}

/** What is asked about of what somebody took upon themselves. */
function commitmentBlocks({ commitments }: Brief, reader: BriefReader): Block[] {
  const items = commitments.map(({ name, ...one }) => ({
    text: agreedText({ ...one, ...(name !== null && { name }) }, reader, reader.language),
  }));
  return when(
    items.length > 0,
    { block: 'heading', text: speaker('brief.part', reader.language)('commitments') },
    { block: 'list', items },
  );
}

/** What the text of a document changes of the version before. */
function textChangeBlocks(
  { changes, version }: Brief['documents'][number],
  { language }: BriefReader,
): Block[] {
  if (!changes) return [];
  const say = speaker('brief.part', language);
  const { removed, added, more } = changes;
  const items = [
    ...removed.map((text) => ({ text: say('paragraph', { change: 'removed', text }) })),
    ...added.map((text) => ({ text: say('paragraph', { change: 'added', text }) })),
    ...(more > 0 ? [{ text: say('moreParagraphs', { count: more }) }] : []),
  ];
  return [
    { block: 'heading', text: say('changedText', { version: String(version - 1) }) },
    items.length > 0 ? { block: 'list', items } : { block: 'paragraph', text: say('sameText') },
  ];
}

/** Where several write one report in turn: in which order, and whose turn it is. */
export function turnBlocks({ turns }: Pick<Brief, 'turns'>, reader: BriefReader): Block[] {
  const say = speaker('brief.part', reader.language);
  const items = turns.map(
    ({ party, part, state, at }): Item => ({
      text: say('turn', { part, party: partyIn(party, reader) }),
      note: say('turnState', { state, when: at ? ownMomentOf(at, reader.clock) : '' }),
    }),
  );
  return when(
    items.length > 0,
    { block: 'heading', text: say('turns') },
    { block: 'list', numbered: true, items },
  );
}

/** Where an answer ends the cooperation: what it closes, what goes on, and what is waited for before. */
export function endBlocks(
  { atTheEnd, closed }: Pick<Brief, 'atTheEnd'> & { closed: boolean },
  reader: BriefReader,
): Block[] {
  const say = speaker('brief.part', reader.language);
  return AT_THE_END.flatMap((how) => {
    const items = atTheEnd
      .filter((one) => one.how === how)
      .map(({ request, kind, item, owing }): Item => {
        const url = reader.requestHref?.(request);
        return {
          text: briefTitle({ id: request, kind, item }, reader),
          ...(owing.length > 0 && { note: partiesIn(owing, reader) }),
          ...(url && { url }),
        };
      });
    return when(
      items.length > 0,
      { block: 'paragraph', text: say('atTheEnd', { how, over: closed ? 'yes' : 'no' }) },
      { block: 'list', items },
    );
  });
}

const dateBlocks = ({ slots }: Brief, reader: BriefReader): Block[] =>
  when(
    slots.length > 0,
    { block: 'heading', text: speaker('brief.part', reader.language)('slots') },
    { block: 'list', numbered: true, items: slots.map((slot) => slotItem(slot, reader)) },
  );

/** What people wrote when the one before was sent back: comments, or why there are other dates or contents. */
function reasonBlocksOf({ again, reasons }: Brief, reader: BriefReader): Block[] {
  const { language } = reader;
  return reasons.flatMap(({ party, text }): Block[] => [
    {
      block: 'heading',
      text:
        again === 'changes-asked'
          ? speaker('brief.part', language)(
              'reasons',
              inForms((form) => partyIn(party, reader, form)),
            )
          : speaker('mail.parts', language)('reason'),
    },
    { block: 'quote', text },
  ]);
}

function slotItem({ startsAt, endsAt, marks }: Brief['slots'][number], reader: BriefReader): Item {
  const note = marksText(marks, reader);
  return { text: momentOf(startsAt, reader.clock, endsAt), ...(note && { note }) };
}

/** "MTPE Perú: sí · MTPS Chile: no"; nothing where nobody has marked it. */
export function marksText(marks: Brief['slots'][number]['marks'], reader: BriefReader): string {
  const say = speaker('brief.part', reader.language);
  return marks
    .map(({ party, mark }) => partyIn(party, reader) + colonIn(reader.language) + say(mark))
    .join(' · ');
}

/** Documents and files, then the contents of the sessions it is about. */
function enclosedBlocks(brief: Brief, reader: BriefReader): Block[] {
  const { language } = reader;
  const { sessions, kind } = brief;
  const [session] = sessions;
  const files = fileItems(brief, reader);
  return [
    ...when(
      files.length > 0,
      { block: 'heading', text: speaker('mail.parts', language)('documents') },
      { block: 'list', items: files },
    ),
    ...(kinds[kind].about === 'programme'
      ? sessionBlocks(sessions.map(headingOf), reader, speaker('brief.part', language)('sessions'))
      : session
        ? contentsOf(headingOf(session), reader)
        : []),
  ];
}

/** What belongs to it: the programme's version, documents with their version and whose they are, what to begin with. */
function fileItems({ programme, documents, template }: Brief, reader: BriefReader): Item[] {
  const { language, hrefOf = () => undefined, isAttached = () => false } = reader;
  const say = speaker('brief.part', language);
  const parts = speaker('mail.parts', language);
  const item = (file: BriefFile, text: string, notes: (string | undefined)[] = []): Item => {
    const url = hrefOf(file);
    const note = [...notes, isAttached(file) ? parts('attached') : undefined]
      .filter((one) => one !== undefined)
      .join(' · ');
    return { text, ...(note && { note }), ...(url && { url }) };
  };
  const versions = programme
    ? (['PDF', 'Word'] as const)
        .map((format) => ({ file: 'programme', version: programme.version, format }) as const)
        .filter((file) => hrefOf(file) !== undefined || isAttached(file))
        .map((file) => item(file, say('programmeFile', { version: file.version, format: file.format })))
    : [];
  const previous = programme?.previous;
  const before = previous ? ({ file: 'programme', version: previous, format: 'PDF' } as const) : undefined;
  return [
    ...versions,
    ...(before && hrefOf(before)
      ? [
          item(before, say('programmeFile', { version: before.version, format: before.format }), [
            say('previous'),
          ]),
        ]
      : []),
    ...documents.map((document) =>
      item({ file: 'document', document }, documentTitle(document, reader), [
        partyIn(document.party, reader),
        parts('version', { version: String(document.version) }),
        document.fileName === document.title ? undefined : document.fileName,
        document.role === 'previous' ? say('previousFile') : undefined,
      ]),
    ),
    ...(template ? [item({ file: 'template', kind: template }, say('template'))] : []),
  ];
}

/** The sheet and the report are called what they are; other documents by their title. */
export const documentTitle = (
  { kind, title }: Pick<Brief['documents'][number], 'kind' | 'title'>,
  { language }: Pick<Reading, 'language'>,
): string => TITLES[kind]?.(language) ?? title;

const TITLES: Readonly<
  Record<Brief['documents'][number]['kind'], ((language: Reading['language']) => string) | undefined>
> = {
  sheet: (language) => stepLabel('systematization', language),
  report: (language) => stepLabel('final-report', language),
  shared: undefined,
  progress: undefined,
  presentation: undefined,
  recording: undefined,
  answer: undefined,
};
