import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { changeOf, enterChange, type Foreseen, toldOf, tryChange } from '../casefile/changes/index.ts';
import { findCooperation } from '../casefile/cooperations.ts';
import type { CaseFile } from '../casefile/database.ts';
import { addDocumentVersion, documentByHash, documentsOf, isExchanged } from '../casefile/documents.ts';
import { fileCooperation, hashOf } from '../casefile/filing.ts';
import { findPerson } from '../casefile/people.ts';
import { addQuestion } from '../casefile/questions.ts';
import { answersTo, findRequest, keepContent, lastAnswered } from '../casefile/requests.ts';
import { type AgainRefusal, enterResending, sendableAgain } from '../casefile/resendings.ts';
import type { CooperationRow, DocumentKind, PersonRow, RequestRow } from '../casefile/schema.ts';
import { slotsOf } from '../casefile/sessions.ts';
import { acceptName, DocumentRefused, inspectBytes, MAX_DOCUMENT_BYTES } from '../documents/accept.ts';
import { type DocumentStore, TooLarge } from '../documents/store.ts';
import { type Answer, answer as answerShape, documentVersion, mark, type Refusal } from '../domain/answer.ts';
import { type GivenChange, isOfRequest } from '../domain/change.ts';
import { type Content, minutes, person, reason, writtenText } from '../domain/content.ts';
import { decisionsOf, neededBy } from '../domain/kinds/index.ts';
import { DECISIONS } from '../domain/kinds/kind.ts';
import { anyDateFrom } from '../domain/methodology.ts';
import { planOf } from '../domain/planOf.ts';
import { written } from '../domain/programme.ts';
import { checkProgrammeFile } from '../domain/programmeFile.ts';
import { owing, type Received, type RequestState, refuse } from '../domain/request.ts';
import { parsedAs } from '../domain/shapeMistakes.ts';
import { Refused } from './refused.ts';
import type { StartedAs, Workflows } from './temporal.ts';

export { Refused } from './refused.ts';
export { type Workflows, workflowsOver } from './temporal.ts';

/** What people can do with cooperations: one call each, refused with a reason or done. */
export type Cooperations = ReturnType<typeof cooperationsOver>;

/** An answer as a person gives it; what it holds of text goes to the case file, and its hash to the workflow. */
export const givenAnswer = z.strictObject({
  request: z.string().max(200),
  /** The person's id, such as `chl-mtps-2`. */
  by: z.string().max(80),
  decision: z.enum(DECISIONS),
  /** The hash of the subject as the person saw it. */
  subject: z.string().max(64),
  /** With `changes`: why. */
  reason: z.string().optional(),
  /** With `done` for a question: the answer's text. */
  text: z.string().optional(),
  /** With `done` for a meeting or session: what it leaves behind. */
  minutes: z
    .strictObject({
      minutes: z.string(),
      attendance: z.array(z.string()).optional(),
      outputs: z.array(z.string()).optional(),
    })
    .optional(),
  /** With `done` for the consultant. */
  person: z
    .strictObject({
      name: z.string(),
      email: z.string(),
      post: z.string().optional(),
      language: z.string().optional(),
      timezone: z.string().optional(),
    })
    .optional(),
  /** With `submit` for a programme: the text of the file. */
  programme: z.string().optional(),
  /** With `submit` for a document: its SHA-256, after it was put in. */
  document: z.string().max(64).optional(),
  /** With `done`: documents that come with it, as `doc-3@1`, after they were put in with the kind `answer`. */
  documents: z.array(documentVersion).max(100).optional(),
  /** With `marks`: one for each slot. */
  marks: z.record(z.string().max(40), mark).optional(),
  /** With `date`: a slot's id, or the start as an ISO instant. */
  date: z.string().max(40).optional(),
  /** What came another way: who of the Secretariat records it, by id or as its party, and how it came. */
  recorded: z.strictObject({ by: z.string().max(80), how: z.string() }).optional(),
});
export type GivenAnswer = z.infer<typeof givenAnswer>;

/** A question as a person puts it, to a ministry by its code. */
export const givenQuestion = z.strictObject({
  by: z.string().max(80),
  to: z.string().max(80),
  text: z.string(),
  session: z.int().positive().optional(),
});
export type GivenQuestion = z.infer<typeof givenQuestion>;

export type GivenDocument = {
  by: string;
  fileName: string;
  title?: string | undefined;
  kind: DocumentKind;
  /** The document to add a version to; a new one where it is left out. */
  document?: string | undefined;
  bytes: Readable;
};

/** A mail to be sent again, by its Message-ID. */
export type GivenAgain = {
  messageId: string;
  /** Which time it is of this mail, counted from 1. */
  nth: number;
  /** A person's id, or the address of staff who are nobody in the cooperation. */
  by: string;
};

const NOT_SENDABLE: Record<AgainRefusal, string> = {
  unknown: 'there is no such mail in the cooperation',
  unsent: 'the mail is on its way still, or was withdrawn',
  copy: 'the mail is itself one sent again; send the first one',
  left: 'whom the mail is for takes no part in the cooperation any more',
  outdated: 'the mail invites to a session that has a newer invitation; send that one',
};

/** A process that was killed takes with it what it did in its last moments. */
const HANDED_IN_MS = 60 * 60 * 1000;

/** The workflow has taken an answer of the party, or has gone on without one. */
const refusedAsPast = (error: unknown): boolean =>
  error instanceof Refused && ['AlreadyAnswered', 'RequestClosed', 'RequestUnknown'].includes(error.code);

export function cooperationsOver(outside: {
  caseFile: CaseFile;
  documents: DocumentStore;
  workflows: Workflows;
  now: () => string;
}) {
  const { caseFile, documents, workflows, now } = outside;

  async function cooperationOf(id: string): Promise<CooperationRow> {
    const found = await findCooperation(caseFile, id);
    if (!found)
      throw new Refused(
        'CooperationUnknown',
        `there is no cooperation "${id}"; rial list shows those there are`,
      );
    return found;
  }

  async function personOf(cooperation: string, id: string): Promise<PersonRow> {
    const found = await findPerson(caseFile, cooperation, id);
    if (!found?.active)
      throw new Refused(
        'PersonUnknown',
        `there is no "${id}" in ${cooperation}; rial show ${cooperation} lists its people`,
      );
    return found;
  }

  /** Before anything is put into the exchange of documents: it is open. */
  async function exchangeOf(cooperation: string): Promise<void> {
    if (!(await workflows.exchangeIsOpen(cooperation)))
      throw new Refused(
        'Closed',
        `documents and questions are exchanged from the programme's approval to the report's acceptance; ${cooperation} is not there, or is past it`,
      );
  }

  /** Files a programme and starts its workflow. The same file again changes nothing. */
  async function start(source: string): Promise<{ id: string; state: StartedAs }> {
    const checked = checkProgrammeFile(source);
    if ('mistakes' in checked)
      throw new Refused('ProgrammeMistaken', 'the programme file has mistakes', {
        mistakes: checked.mistakes,
      });
    const { programme } = checked;
    const plan = planOf(programme);
    if ((await fileCooperation(caseFile, programme, plan, now())) === 'taken')
      throw new Refused(
        'CooperationTaken',
        `there is another cooperation "${programme.id}" already; give this one its own id`,
      );
    return { id: programme.id, state: await workflows.start(plan) };
  }

  /** Answers a request in a person's name. */
  async function answer(
    cooperation: string,
    given: GivenAnswer,
  ): Promise<{ at: string; stillOwing: string[] }> {
    await cooperationOf(cooperation);
    const request = await findRequest(caseFile, cooperation, given.request);
    if (!request)
      throw new Refused(
        'RequestUnknown',
        `there is no request "${given.request}" in ${cooperation}; rial open ${cooperation} lists them`,
      );
    const by = await personOf(cooperation, given.by);
    const { message, contents } = await messageOf(request, by, given);
    const state = await stateOf(request);
    // The same answer once more, from a retried click or a lost reply, stands; its workflow may not have heard of it.
    const again = standingIn(state, message);
    if (!again) {
      // What the workflow would refuse is refused here, before anything of it is kept.
      const refusal = refuse(state, message);
      if (refusal)
        throw await explained(request, new Refused(refusal.code, refusal.message, pickEarlier(refusal)));
      if (request.closedAt) throw new Refused('RequestClosed', `${request.id} is closed: ${request.outcome}`);
      for (const { hash, value } of contents) await keepContent(caseFile, cooperation, hash, value, now());
    }
    try {
      const { at, stillOwing } = await sendAnswer(cooperation, message);
      return { at: again?.at ?? at, stillOwing };
    } catch (error) {
      // A workflow that has moved on refuses what it took before, in an earlier run perhaps.
      const after = await stateOf(request);
      const taken = standingIn(after, message);
      if (taken && refusedAsPast(error)) return { at: taken.at, stillOwing: owing(after) };
      throw await explained(request, error);
    }
  }

  const sendAnswer = (cooperation: string, message: Answer) => {
    const updateId = createHash('sha256').update(JSON.stringify(message)).digest('hex').slice(0, 40);
    return workflows.respond(cooperation, message, updateId);
  };

  /**
   * Hands workflows the answers that stand in the case file and that they have not heard of: everything was killed
   * between the two. Called when a process starts; looks at the hour before the last answer. Returns how many there were.
   */
  async function handInAnswers(): Promise<number> {
    let handedIn = 0;
    for (const { cooperation, request: id } of await lastAnswered(caseFile, HANDED_IN_MS)) {
      const waiting = await workflows.waitedOn(cooperation, id);
      const request = waiting && (await findRequest(caseFile, cooperation, id));
      if (!request) continue;
      const unheard = (await stateOf(request)).answers.filter(({ party }) => owing(waiting).includes(party));
      for (const { at: _, ...answer } of unheard) {
        await sendAnswer(cooperation, answer);
        handedIn++;
      }
    }
    return handedIn;
  }

  /** The answer as it travels: ids, hashes and codes, with the texts left in the case file. */
  async function messageOf(request: RequestRow, by: PersonRow, given: GivenAnswer) {
    const content = await contentOf(request, given);
    const how = given.recorded && (await howRecorded(request.cooperation, given.recorded));
    const message = answerShape.safeParse({
      request: request.id,
      subject: given.subject,
      party: by.party,
      by: by.id,
      decision: given.decision,
      ...(content && { content: content.hash }),
      ...(given.decision === 'done' &&
        given.documents && { documents: await known(request.cooperation, given.documents) }),
      ...(given.decision === 'marks' && { marks: given.marks ?? {} }),
      ...(given.decision === 'date' && { startsAt: await startOf(request, given.date ?? '') }),
      ...(how && { recorded: { by: given.recorded?.by, how: how.hash } }),
    });
    const contents = [content, how].filter((one) => one !== undefined);
    if (message.success) return { message: message.data, contents };
    const [issue] = message.error.issues;
    const takes = decisionsOf(request.kind).join(' or ');
    throw new Refused(
      'Malformed',
      `the answer is not complete at "${issue?.path.join('.')}": ${issue?.message}; ${request.id} takes ${takes}`,
    );
  }

  /** How an answer came that the Secretariat records; by one of its people, or as the institution. */
  async function howRecorded(cooperation: string, { by, how }: NonNullable<GivenAnswer['recorded']>) {
    const { programme } = await cooperationOf(cooperation);
    const isSecretariat = programme.institutions.some(({ id, role }) => id === by && role === 'secretariat');
    if (!isSecretariat && (await personOf(cooperation, by)).role !== 'staff')
      throw new Refused('NotOfParty', `${by} is not of the Secretariat, which records answers for others`);
    if (!how.trim()) throw new Refused('ReasonMissing', 'say how the answer came');
    return hashed(parsed(reason, { reason: how }));
  }

  const standingIn = ({ answers }: RequestState, message: Answer) =>
    answers.find(({ at: _, ...earlier }) => hashOf(earlier) === hashOf(message));

  /** A request as its workflow has it, from the case file. */
  async function stateOf(request: RequestRow): Promise<RequestState> {
    const { cooperation, id, kind, item, round } = request;
    const dates = kind === 'choose-date' || kind === 'confirm-date';
    const proposal = dates && item !== null ? await slotsOf(caseFile, cooperation, item, round) : undefined;
    const answers = (await answersTo(caseFile, cooperation, id)).map(
      ({ party, by, decision, content, data: { inPlaceOf: _, ...data }, at }) =>
        ({
          request: id,
          subject: request.subjectHash,
          party,
          by,
          decision,
          ...(content && { content }),
          ...data,
          at,
        }) as Received,
    );
    return {
      id,
      kind,
      of: request.parties,
      subject: { ref: request.subjectRef, hash: request.subjectHash },
      openedAt: request.openedAt,
      dueAt: request.dueAt,
      answers,
      waived: request.waived,
      ...(proposal && {
        slots: proposal.slots.map((slot) => slot.id),
        ...(kind === 'confirm-date' && {
          within: request.windowRanOut
            ? anyDateFrom(request.openedAt)
            : { from: proposal.opensAt, to: proposal.closesAt },
        }),
      }),
    };
  }

  /** Documents named with an answer, all of which must be in the case file. */
  async function known(cooperation: string, named: string[]): Promise<string[]> {
    const entries = (await documentsOf(caseFile, cooperation)).map(
      ({ document, version }) => `${document}@${version}`,
    );
    const missing = named.filter((one) => !entries.includes(one));
    if (missing.length > 0)
      throw new Refused(
        'DocumentUnknown',
        `there is no document ${missing.join(', ')} in ${cooperation}; put it in first`,
      );
    return named;
  }

  async function contentOf(
    request: RequestRow,
    given: GivenAnswer,
  ): Promise<{ hash: string; value: Content } | undefined> {
    if (given.decision === 'changes') {
      if (!given.reason?.trim())
        throw new Refused('ReasonMissing', 'say what should be changed, with a reason');
      return hashed(parsed(reason, { reason: given.reason }));
    }
    if (given.decision === 'not-held')
      return given.reason?.trim() ? hashed(parsed(reason, { reason: given.reason })) : undefined;
    const kind = neededBy(request.kind);
    if (given.decision === 'submit' && kind === 'document') {
      if (!given.document)
        throw new Refused('ContentMissing', 'put the document in first, and name it by its SHA-256');
      const entry = await documentByHash(caseFile, request.cooperation, given.document);
      if (!entry)
        throw new Refused(
          'DocumentUnknown',
          `there is no document ${given.document} in ${request.cooperation}`,
        );
      return { hash: given.document, value: { document: entry.document } };
    }
    if (given.decision === 'submit' && kind === 'programme')
      return hashed({ programme: await revised(request, given.programme ?? '') });
    if (given.decision !== 'done') return undefined;
    if (kind === 'minutes') {
      if (!given.minutes) throw new Refused('ContentMissing', `${request.id} needs the minutes`);
      return hashed(parsed(minutes, given.minutes));
    }
    if (kind === 'text') {
      if (!given.text?.trim())
        throw new Refused('ContentMissing', `${request.id} needs the text of the answer`);
      return hashed(parsed(writtenText, { text: given.text }));
    }
    if (kind === 'person') {
      if (!given.person)
        throw new Refused('ContentMissing', `${request.id} needs a person: name and mail address`);
      return hashed(parsed(person, given.person));
    }
    return undefined;
  }

  /** A revised programme: new texts, for the same cooperation, institutions and sessions. */
  async function revised(request: RequestRow, source: string) {
    const { programme: standing } = await cooperationOf(request.cooperation);
    const checked = checkProgrammeFile(source);
    if ('mistakes' in checked)
      throw new Refused('ProgrammeMistaken', 'the programme file has mistakes', {
        mistakes: checked.mistakes,
      });
    const { programme } = checked;
    const fixed = ({
      title,
      frame,
      subject,
      dated,
      description,
      objectives,
      methodology,
      contents,
      ...rest
    }: typeof programme) => ({
      ...rest,
      sessions: rest.sessions.map(({ contents, ...session }) => session),
    });
    if (hashOf(fixed(programme)) !== hashOf(fixed(standing)))
      throw new Refused(
        'ContentMistaken',
        'a revised programme changes texts alone: title, frame, subject, description, objectives, methodology and contents; leave all else as it was',
      );
    return programme;
  }

  async function startOf(request: RequestRow, date: string): Promise<string> {
    const proposal =
      request.item === null
        ? undefined
        : await slotsOf(caseFile, request.cooperation, request.item, request.round);
    const slot = proposal?.slots.find(({ id }) => id === date);
    if (slot) return slot.startsAt;
    const instant = Date.parse(date);
    if (!/^\d{4}-\d\d-\d\dT/.test(date) || Number.isNaN(instant))
      throw new Refused(
        'UnknownSlot',
        `"${date}" is neither a slot (${proposal?.slots.map(({ id }) => id).join(', ')}) nor an instant such as 2021-08-17T15:00:00Z`,
      );
    return new Date(instant).toISOString();
  }

  /** A refusal with what only the case file knows: who was faster, by name, also when the workflow is over. */
  async function explained(request: RequestRow, error: unknown): Promise<unknown> {
    if (!(error instanceof Refused)) return error;
    let { earlier } = error;
    if (!earlier && error.code === 'RequestClosed') {
      const last = (await answersTo(caseFile, request.cooperation, request.id)).at(-1);
      if (last) earlier = { by: last.by, party: last.party, at: last.at, decision: last.decision };
    }
    if (!earlier) return error;
    const name = (await findPerson(caseFile, request.cooperation, earlier.by))?.name ?? earlier.by;
    return new Refused(
      'AlreadyAnswered',
      `${name} answered already, at ${earlier.at} (${earlier.decision})`,
      {
        earlier: { ...earlier, name },
      },
    );
  }

  const notOfParty = (document?: string) =>
    new Refused('NotOfParty', `${document} is another institution's document; put yours in as a new one`);

  /** A version is added to a document that is there, and by the institution whose it is. */
  async function ownDocument(cooperation: string, document: string, party: string): Promise<void> {
    const standing = (await documentsOf(caseFile, cooperation)).find((entry) => entry.document === document);
    if (!standing || !isExchanged(standing))
      throw new Refused(
        'DocumentUnknown',
        `there is no document "${document}" in ${cooperation}; leave it out to put in a new one`,
      );
    if (standing.party !== party) throw notOfParty(document);
  }

  /** Puts a document in: checked, streamed to the store, entered in the case file, and among the next news. */
  async function putDocument(cooperation: string, given: GivenDocument) {
    await cooperationOf(cooperation);
    const by = await personOf(cooperation, given.by);
    if (given.kind === 'shared') await exchangeOf(cooperation);
    if (isExchanged(given) && given.document !== undefined)
      await ownDocument(cooperation, given.document, by.party);
    try {
      const { fileName, mediaType } = acceptName(given.fileName);
      const { sha256, size } = await documents.put(given.bytes, {
        limit: MAX_DOCUMENT_BYTES,
        inspect: (read) => inspectBytes(given.fileName, read),
      });
      const version = await addDocumentVersion(
        caseFile,
        {
          cooperation,
          document: isExchanged(given) ? given.document : given.kind,
          title: (given.title && written.trim().parse(given.title)) || fileName,
          kind: given.kind,
          party: by.party,
          by: by.id,
          sha256,
          size,
          mediaType,
          fileName,
        },
        now(),
      );
      if (!version) throw notOfParty(given.document);
      if (given.kind === 'shared')
        await workflows.shareDocument(cooperation, { document: `${version.document}@${version.version}` });
      return version;
    } catch (error) {
      if (error instanceof DocumentRefused) throw new Refused('DocumentRefused', error.message);
      if (error instanceof TooLarge)
        throw new Refused(
          'DocumentRefused',
          `"${given.fileName}" is larger than ${MAX_DOCUMENT_BYTES / 1024 / 1024} MB; split it, or send a link`,
        );
      throw error;
    }
  }

  /** Puts a person's question to a ministry; it is due before the next session. */
  async function ask(cooperation: string, given: GivenQuestion) {
    const { plan } = await cooperationOf(cooperation);
    const by = await personOf(cooperation, given.by);
    const { text } = parsed(writtenText, { text: given.text });
    if (
      !plan.parties.some(
        ({ code, role }) => code === given.to && (role === 'requesting' || role === 'providing'),
      )
    )
      throw new Refused('NotAsked', `"${given.to}" is no ministry of ${cooperation}`);
    await exchangeOf(cooperation);
    const question = await addQuestion(
      caseFile,
      {
        cooperation,
        fromParty: by.party,
        by: by.id,
        toParty: given.to,
        session: given.session ?? null,
        text,
      },
      now(),
    );
    const { request } = await workflows.askQuestion(cooperation, {
      number: question.number,
      from: by.party,
      to: given.to,
      ...(given.session !== undefined && { session: given.session }),
    });
    return { number: question.number, request };
  }

  /** What a change would do, without doing it: who would be told what. */
  async function preview(cooperation: string, given: GivenChange): Promise<Foreseen> {
    await changeable(cooperation, given);
    const tried = await tryChange(caseFile, cooperation, given, now());
    if ('refusal' in tried) throw new Refused(tried.refusal.code, tried.refusal.message);
    return tried;
  }

  /** Makes a change of a cooperation under way, and says who is told what. */
  async function change(
    cooperation: string,
    given: GivenChange,
  ): Promise<Foreseen & { change: number; at: string }> {
    // What would be refused is refused before anything of it is kept.
    await preview(cooperation, given);
    const number = await enterChange(caseFile, cooperation, given, now());
    const { what } = given;
    const { at } = await workflows.change(cooperation, {
      change: number,
      kind: what.change,
      ...(isOfRequest(what.change) && 'request' in what && { request: what.request }),
    });
    const made = await changeOf(caseFile, cooperation, number);
    return {
      change: number,
      at,
      told: await toldOf(caseFile, cooperation, made?.told ?? []),
      programmeChanges: made?.programmeChanges ?? [],
      approval: made?.effects?.approval === true,
    };
  }

  /**
   * Has a mail sent again to the address its reader has now. The same for the same `nth`: a form that is posted twice, or
   * by two people at once, sends one mail.
   */
  async function sendAgain(cooperation: string, given: GivenAgain): Promise<{ number: number }> {
    const { plan } = await cooperationOf(cooperation);
    const found = await sendableAgain(caseFile, cooperation, given.messageId);
    if ('refusal' in found) throw new Refused('MailNotSendable', NOT_SENDABLE[found.refusal]);
    const { mail } = found;
    if ((await documents.size(mail.sha256)) === undefined)
      throw new Refused('MailNotSendable', 'the mail is no longer kept');
    const number = await enterResending(
      caseFile,
      { cooperation, mail: mail.key, nth: given.nth, by: given.by },
      now(),
    );
    if (number === undefined) throw new Refused('Malformed', `it is not the turn of time ${given.nth}`);
    await workflows.sendAgain(plan, number);
    return { number };
  }

  /** There is such a cooperation, and whoever asks for the change belongs to it. */
  async function changeable(cooperation: string, { by }: GivenChange): Promise<void> {
    await cooperationOf(cooperation);
    if (by !== undefined) await personOf(cooperation, by);
  }

  return {
    ...{ start, answer, handInAnswers, putDocument, ask, preview, change, sendAgain },
    cooperation: cooperationOf,
  };
}

const pickEarlier = ({ earlier }: Refusal) => (earlier ? { earlier } : {});

const hashed = <T extends Content>(value: T) => ({ hash: hashOf(value), value });

/** Parses what a person wrote, telling what is missing in it. */
function parsed<T>(shape: z.ZodType<T>, value: unknown): T {
  const read = parsedAs(shape, value);
  if ('value' in read) return read.value;
  throw new Refused('ContentMistaken', 'what was written cannot be taken as it is', read);
}
