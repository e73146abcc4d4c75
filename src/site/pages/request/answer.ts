import type { Context } from 'hono';
import type { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { PersonRow } from '../../../casefile/database/schema.ts';
import type { Draft } from '../../../casefile/drafts.ts';
import { Refused } from '../../../client/index.ts';
import { documentVersionId } from '../../../domain/ids.ts';
import { kinds } from '../../../domain/kinds/index.ts';
import type { Decision } from '../../../domain/kinds/kind.ts';
import { secretariatAmong } from '../../../domain/people/party.ts';
import type { Refusal, RefusalCode } from '../../../domain/refusal.ts';
import { formMistakeText } from '../../../words/mistakes.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Html } from '../../context.ts';
import {
  type Field,
  fieldsIn,
  hiddenHtml,
  idOf,
  type Mistake,
  type Part,
  partsHtml,
  postedForm,
  type Reading,
  readForm,
  textIn,
  type Values,
  valuesOf,
} from '../../form.ts';
import type { SiteOutside } from '../../outside.ts';
import { draftAttributes, keptValues } from '../../parts/draft.ts';
import { fileMistakes, refusedText } from '../../refusals.ts';
import { receive, refusedFiles, uploadAttributes } from '../../uploads.ts';
import type { VisitSite } from '../../visit.ts';
import { ANSWER_FORMS, type Files, markField } from './answerForms.ts';
import {
  answerer,
  contentText,
  draftPath,
  formPath,
  owes,
  type RequestPage,
  sayIn,
  takeable,
} from './requestPage.ts';
import { type Way, waysOf } from './ways.ts';

/** Answering a request: its form, what comes back of it, and where what is wrong is shown. */

const formOf = ({ request }: RequestPage) => ANSWER_FORMS[kinds[request.kind].form];

const partsOf = (page: RequestPage): Part[] => [...besideParts(page), ...formOf(page).parts(page)];

/** The subject's hash goes with the form: what the person saw is what they answer. */
export function besideParts(page: RequestPage): Part[] {
  const say = sayIn(page);
  return [
    { name: 'subject', as: 'hidden', value: page.request.subject.hash },
    ...(page.recording
      ? [
          {
            name: 'how',
            as: 'text',
            label: say('how'),
            hint: say('howHint'),
            required: say('howMissing'),
          } as const,
        ]
      : []),
  ];
}

/** What came with a form that was sent back, and that whoever was asked confirms what they hand in. */
const KEPT: readonly Field[] = [
  { name: 'document', as: 'hidden', value: '' },
  { name: 'confirmed', as: 'hidden', value: '' },
  // By one button, and not by what was chosen and written.
  { name: 'usual', as: 'hidden', value: '' },
  // Of the form of a programme: what it was made from.
  { name: 'base', as: 'hidden', value: '' },
];

/** What is asked before it is taken; one button hands in all that was sent, as it was sent. */
export function questionForm(page: RequestPage): Html | '' {
  const { question, request, values } = page;
  if (question === undefined) return '';
  const say = sayIn(page);
  const names = [...fieldsIn(partsOf(page)), ...KEPT]
    .filter(({ as, name }) => as !== 'file' && name !== 'confirmed')
    .map(({ name }) => name);
  const multipart = kinds[request.kind].brings || formOf(page).multipart;
  return html`<div class="govuk-error-summary" role="alert" tabindex="-1" id="question"><h2 class="govuk-error-summary__title">${say('question')}</h2>
<div class="govuk-error-summary__body"><p class="govuk-body">${question}</p>
<form method="post"${multipart ? html` enctype="multipart/form-data"` : ''} action="${formPath(page)}">
${[...new Set(names)].map((name) => (values[name] ?? []).map((value) => hiddenHtml(name, value)))}${hiddenHtml('confirmed', 'true')}
<button class="govuk-button govuk-button--warning" type="submit">${say('allTheSame')}</button></form></div></div>`;
}

/** @param id where links to the form lead */
export function answerForm(page: RequestPage, id = 'form'): Html {
  const { recording, language } = page;
  const say = sayIn(page);
  const { usual, main, others } = waysOf(page, { unwritten: longTexts(page).length === 0 });
  const heading = recording
    ? say('answerOf', { name: recording.name })
    : say(page.correcting ? 'yourCorrection' : 'yourAnswer');
  const action = formPath(page);
  const draft = isKept(page) ? draftAttributes(draftPath(page), language) : '';
  return html`<h2 class="govuk-heading-m" id="${id}">${heading}</h2>
${usual.map((way) => besideForm(page, way, action))}${usual.length > 0 ? html`<p class="govuk-body">${say('orElse')}</p>` : ''}
<form ${attributesOf(page, main)}${draft} action="${action}" novalidate>
${wayParts(page, main)}
${wayButton(main)}
</form>
${others.map((way) => besideForm(page, way, action))}`;
}

/** Files have come before the answer does, and wait for it. */
function attributesOf(page: RequestPage, { atOnce }: Way): Html {
  const { brings } = kinds[page.request.kind];
  if (!brings)
    return html`method="post"${formOf(page).multipart ? html` enctype="multipart/form-data"` : ''}`;
  return uploadAttributes(page.language, {
    visit: brings === 'answer' ? page.visit : undefined,
    answers: true,
    atOnce: atOnce && !page.recording ? sayIn(page)('chooseAndSend', { many: hasMany(page) }) : undefined,
  });
}

function wayParts(page: RequestPage, { says, parts }: Way): Html {
  const initial = formOf(page).initial?.(page);
  const values = { ...initial, ...(page.correcting ? saidBefore(page) : {}), ...page.values };
  const hidden = Object.entries(says).map(([name, value]) => hiddenHtml(name, value));
  return html`${hidden}${partsHtml({ ...page, values }, [...besideParts(page), ...parts])}`;
}

const wayButton = ({ button, secondary }: Way): Html =>
  html`<button class="govuk-button${secondary ? ' govuk-button--secondary' : ''}" type="submit">${button}</button>`;

/** A form beside the one in which most is written: what was written there does not go with it. */
const besideForm = (page: RequestPage, way: Way, action: string): Html =>
  html`<form method="post"${encodingOf(page)} action="${action}" class="rial-usual">
${way.lead ? html`<p class="govuk-hint">${way.lead}</p>` : ''}${hiddenHtml('usual', 'yes')}${wayParts(page, way)}
${wayButton(way)}
</form>`;

const encodingOf = ({ request }: RequestPage): Html | '' =>
  kinds[request.kind].brings ? html` enctype="multipart/form-data"` : '';

/**
 * The same forms where nobody is signed in yet, and `enter` signs in and passes on what it was sent. Files that may go with
 * an answer do not go with it there; those that are the answer are chosen and sent by one button, where script runs.
 */
export function formsBehind(page: RequestPage, enter: string): { forms: Html; script?: 'upload.js' } {
  const { usual, main, others } = waysOf(page, { unwritten: true });
  const beside = (ways: readonly Way[]) => ways.map((way) => besideForm(page, way, enter));
  if (main.atOnce)
    return {
      forms: html`${beside(usual)}${isRenewed(page) ? '' : chooserForm(page, main, enter)}${beside(others)}`,
      script: 'upload.js',
    };
  const written = { ...main, parts: main.parts.filter((part) => 'fields' in part || part.as !== 'file') };
  return {
    forms: html`${beside(usual)}
<form method="post"${encodingOf(page)} action="${enter}" novalidate>${hiddenHtml('behind', 'yes')}${wayParts(page, written)}
${wayButton(written)}
</form>${beside(others)}`,
  };
}

/** What its form says anew beside the file, such as the commitments that came with the report before. */
const isRenewed = (page: RequestPage): boolean => Object.keys(formOf(page).initial?.(page) ?? {}).length > 0;

/** Shown by the script alone, which signs in first: no file is sent twice. */
function chooserForm(page: RequestPage, way: Way, enter: string): Html {
  const { language, request } = page;
  const many = hasMany(page);
  const sending = uploadAttributes(language, { atOnce: sayIn(page)('chooseAndSend', { many }) });
  const says = Object.entries({ ...way.says, subject: request.subject.hash });
  return html`<form ${sending} data-enter="${enter}" action="${formPath(page)}" hidden>${says.map(([name, value]) => hiddenHtml(name, value))}
<input type="file" name="files"${many === 'yes' ? html` multiple` : html` accept=".docx,.pdf"`} hidden></form>`;
}

/** What is read from a file, put where it belongs. */
export const proposalOf = (page: RequestPage, values: Values): Values =>
  formOf(page).settle?.(values, page) ?? values;

/** What was read from a file is in the form, and not sent. */
export const proposedNotice = ({ language }: RequestPage): Html =>
  html`<div class="govuk-inset-text" role="status" tabindex="-1" autofocus><p class="govuk-body">${speaker('site.attendance', language)('proposed')}</p></div>`;

/** Whether several files are sent at once. */
const hasMany = (page: RequestPage) =>
  fieldsIn(partsOf(page)).some((field) => field.as === 'file' && field.many) ? 'yes' : 'no';

/** What was written in the form and not sent, where a button beside it was pressed: neither may be what was not meant. */
export function leftWritten(
  page: RequestPage,
  { values }: Reading,
  draft: Draft | undefined,
): RequestPage | undefined {
  if (textIn(values, 'usual') !== 'yes' || !draft) return undefined;
  const kept = { ...page, draft, values: draftValues(page, draft.body) };
  if (longTexts(kept).length === 0) return undefined;
  const [first] = fieldsIn(formOf(page).parts(page));
  const isReview = kinds[page.request.kind].form === 'review';
  const message = sayIn(page)(isReview ? 'reasonWithApproval' : 'writtenBeside');
  // What was written with the button that was pressed is not lost either.
  const reason = textIn(values, 'reason');
  const left = reason ? { ...kept.values, reason: [reason] } : kept.values;
  return { ...kept, values: left, mistakes: [{ field: first ? idOf(first) : 'form', message }] };
}

/** What stands in the form of a correction: the answer that it corrects. */
function saidBefore({ view, visit, request }: RequestPage): Values {
  const answer = takeable(request, answerer(visit, request)?.party);
  if (!answer) return {};
  const { decision, content, marks = {}, documents = [], publish } = answer;
  const reason = contentText(view, content, 'reason');
  const text = contentText(view, content, 'text');
  return {
    ...valuesOf({ decision, ...(reason && { reason }), ...(text && { text }), ...(publish && { publish }) }),
    ...valuesOf(Object.fromEntries(Object.entries(marks).map(([slot, mark]) => [markField(slot), mark]))),
    ...(documents.length > 0 && { documents }),
  };
}

/** Texts of a form that came too late, to be taken along. */
export const longTexts = ({ values, ...page }: RequestPage): string[] =>
  fieldsIn(partsOf({ ...page, values }))
    .filter(({ as }) => as === 'long' || as === 'source')
    .map(({ name }) => textIn(values, name))
    .filter((text) => text.trim() !== '');

/** Whether what is written in the form is kept for the reader: it has a long text. */
export const isKept = (page: RequestPage): boolean =>
  owes(page) && fieldsIn(partsOf(page)).some(({ as }) => as === 'long');

/** What stands in a form that was kept. */
export const draftValues = (page: RequestPage, body: string): Values =>
  keptValues(fieldsIn(partsOf(page)), body, page.language);

// --- What comes back ------------------------------------------------------------------------------------------

export type SentAnswer = Reading & Files & { kept: string[] };

/** What was sent of the form in somebody's name, with files or without; or that it was larger than any form without is. */
export async function sentAnswer(
  { cooperations }: SiteOutside,
  c: Context<VisitSite>,
  page: RequestPage,
  { limit, by }: { limit: ReturnType<typeof bodyLimit>; by: PersonRow },
): Promise<SentAnswer | Response> {
  const { visit, request, language } = page;
  const fields = [...fieldsIn(partsOf(page)), ...KEPT];
  const kind = kinds[request.kind].brings;
  if (!kind) {
    let reading: Reading = { values: {}, mistakes: [] };
    const response = await limit(c, async () => {
      reading = await postedForm(c, fields);
    });
    return response instanceof Response ? response : { ...reading, documents: [], kept: [] };
  }
  const upload = await receive(c, { visit: { ...visit, person: by }, cooperations, kind });
  const documents = [...(upload.fields.documents ?? []), ...upload.documents.map(documentVersionId)];
  const { values, mistakes } = readForm(fields, upload.fields, language);
  const refused = refusedFiles(upload, 'files', language);
  // What came waits, whatever becomes of this answer: it goes along the next time unless it is taken off.
  const kept = kind === 'answer' ? documents : [];
  const sha256 = upload.documents.at(-1)?.sha256 ?? (textIn(values, 'document') || undefined);
  return {
    ...{ documents, kept, sha256 },
    values: {
      ...values,
      ...(kept.length > 0 && { documents: kept }),
      ...(kind !== 'answer' && sha256 && { document: [sha256] }),
    },
    mistakes: refused.length > 0 ? refused : mistakes,
  };
}

/** What is said of an answer that came too late is still a page with the answers; of one that is mistaken, the form. */
const TOO_LATE: ReadonlySet<RefusalCode> = new Set([
  'AlreadyAnswered',
  'AnswerNotStanding',
  'AnswerUsed',
  'RequestClosed',
  'NotAsked',
  'PersonUnknown',
  'PersonLeft',
  'NotUnderWay',
]);

/** Gives the answer. Returns what is wrong with it, and whether it came too late; nothing where it was taken. */
export async function giveAnswer(
  { cooperations }: SiteOutside,
  page: RequestPage,
  { values, mistakes, ...files }: SentAnswer,
  by: string,
): Promise<{ refused: Refused } | { mistakes: Mistake[] } | undefined> {
  if (mistakes.length > 0) return { mistakes };
  const decided = formOf(page).read(values, page, files);
  if (Array.isArray(decided)) return { mistakes: decided };
  try {
    await cooperations.answer(
      page.view.id,
      {
        ...decided,
        request: page.request.id,
        by,
        subject: textIn(values, 'subject'),
        ...(textIn(values, 'confirmed') === 'true' && { confirmed: true }),
        ...(/^\d{1,6}$/.test(textIn(values, 'seen')) && { seen: Number(textIn(values, 'seen')) }),
        ...(page.correcting !== undefined && { revision: page.correcting }),
        ...(page.recording && { recorded: { by: recorderOf(page), how: textIn(values, 'how') } }),
      },
      page.recording ? { door: 'staff', by: page.recorder ?? page.visit.viewer.address } : { door: 'site' },
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { refused: error };
  }
}

export const isTooLate = ({ code }: Refused): boolean => TOO_LATE.has(code);

/** A refusal at the fields it is about: of a programme, each mistake with its line. */
export function mistakesOf(error: Refused, page: RequestPage): Mistake[] {
  const { visit, view, values } = page;
  const { language } = visit.clock;
  const { refusal } = error;
  const fields = fieldsIn(formOf(page).parts(page));
  const field = fields[0] ? idOf(fields[0]) : 'form';
  // Who records another's answer has given none.
  const own = page.recording ? [] : visit.parts.map(({ id }) => id);
  const message = refusedText(error, {
    ...{ clock: visit.clock, view, own },
    inNameOf: page.recording?.id,
  });
  switch (refusal.code) {
    case 'ProgrammeMistaken':
      return fileMistakes(refusal, language).map((told) => ({ field, message: told }));
    case 'DateOutsideWindow':
      return [{ field: textIn(values, 'choice') === 'other' ? 'date' : field, message }];
    case 'ContentMistaken':
      return refusal.mistakes.map((mistake) => {
        const at = mistake.path.split(/[.[]/)[0];
        const own = fields.find(({ name }: Field) => name === at);
        return { field: own ? idOf(own) : field, message: formMistakeText(mistake, language) };
      });
    default:
      return [{ field, message }];
  }
}

/** Why nothing is taken of what was sent to a page that is open no more: somebody has answered, corrected or closed it. */
export function lateMistakes(
  page: RequestPage,
  sent: { for: string | undefined; correct: string | undefined },
): Mistake[] {
  const { request, visit, view } = page;
  const recorded = view.people.find(({ id }) => id === sent.for);
  const { party } = recorded ?? answerer(visit, request) ?? {};
  if (party === undefined) return [];
  const given = request.answers.find((one) => one.party === party);
  const how = request.lapse ?? (request.state === 'waived' ? 'waived' : 'answered');
  const { id } = request;
  const refusal = ((): Refusal => {
    if (sent.correct !== undefined)
      return request.closedAt
        ? { code: 'AnswerUsed', request: id, how }
        : { code: 'AnswerNotStanding', request: id, party, revision: Number(sent.correct) || 1 };
    return given
      ? {
          code: 'AlreadyAnswered',
          request: id,
          party,
          by: given.by,
          at: given.at,
          decision: given.decision as Decision,
        }
      : { code: 'RequestClosed', request: id, how };
  })();
  return mistakesOf(new Refused(refusal), page).map((one) => ({ ...one, field: 'answers' }));
}

/** Staff by their id in the cooperation; who is nobody in it records as the Secretariat. */
const recorderOf = ({ recorder, view }: RequestPage): string =>
  recorder ?? secretariatAmong(view.programme.institutions).id;
