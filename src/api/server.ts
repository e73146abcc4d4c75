import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Logger } from 'pino';
import { type SecurityLog, securityEntries } from '../casefile/access/securityLog.ts';
import { allTokens, tokenOf } from '../casefile/access/tokens.ts';
import type { CaseFile } from '../casefile/database/database.ts';
import { hasBegun, watchingEffects } from '../casefile/database/effects.ts';
import { DatabaseUnavailable } from '../casefile/database/pool.ts';
import { readRecord } from '../casefile/record.ts';
import { reportOfCall } from '../casefile/results/callReport.ts';
import { searchLibrary, sheetFile } from '../casefile/results/library.ts';
import { standingSheet } from '../casefile/results/sheets.ts';
import { search } from '../casefile/search.ts';
import { summaries } from '../casefile/summaries.ts';
import { recordEntryOf, viewOf } from '../casefile/view.ts';
import type { Cooperations, Workflows } from '../client/index.ts';
import {
  digestOf,
  dismissStaff,
  endAccessOf,
  grantToken,
  inviteStaff,
  resetSecondFactor,
  type StaffClient,
  staffMembers,
  withdrawToken,
} from '../client/staff.ts';
import { type DocumentStore, NotStored, StoreFull, StoreUnavailable } from '../documents/store.ts';
import type { CaseView } from '../domain/caseView.ts';
import { withoutTurns } from '../domain/direction.ts';
import { isHad } from '../domain/document.ts';
import type { Door } from '../domain/door.ts';
import { type Finding, reportOf } from '../domain/health.ts';
import type { Mistake } from '../domain/mistake.ts';
import { SCOPES, type Scope } from '../domain/people/staff.ts';
import { taken } from '../domain/programme/shapeMistakes.ts';
import { isLookedFor } from '../domain/recordKinds.ts';
import { discreet, type Refusal, Refused, refused } from '../domain/refusal.ts';
import { callSecretariat } from '../domain/results/callReport.ts';
import { closingFiles, paperFile } from '../domain/results/closingPaper.ts';
import { changesPeople } from '../domain/securityEvent.ts';
import { warningsOf } from '../domain/warning.ts';
import { type BundleSource, bundleOf } from '../export/bundle.ts';
import { callFile } from '../export/callReport.ts';
import { exportedMail, mailOfCase } from '../export/mail.ts';
import { zippedCertificates } from '../export/zip.ts';
import { type NotingSite, noting, writtenRoute } from '../http/noting.ts';
import { mistakeText } from '../words/mistakes.ts';
import { refusalText } from '../words/refusals.ts';
import { openApi } from './openapi.ts';
import {
  type Answer,
  isStream,
  type ParsedCall,
  ROUTE_NAMES,
  ROUTES,
  type Route,
  type RouteName,
} from './routes.ts';
import { FAILURES, type FailureCode, STATUS } from './statuses.ts';

/**
 * The HTTP API that `rial` speaks, for OAS staff, as `routes.ts` declares it. What is not done is told in one shape,
 * `{ "error": { "code", "message", …values } }`: a refusal of `src/domain/refusal.ts`, or `Unauthorized`, `NotFound`, `Internal`.
 */

type Outside = {
  caseFile: CaseFile;
  documents: DocumentStore;
  cooperations: Cooperations;
  workflows: Workflows;
  /** The origin people reach the site at, to which what is printed leads. */
  url: string;
  /** Seals the PDF of a bundle. */
  seal: BundleSource['seal'];
  /** This machine's token; compared in constant time. Asked for at each call, so that it can be exchanged while all runs. */
  machineToken: () => Promise<string>;
  sendInvitation: StaffClient['sendInvitation'];
  log: Logger;
  securityLog: SecurityLog;
  /** How many reverse proxies stand in front; none where it is left out. */
  proxies?: number | undefined;
  now: () => string;
  /** The same as `/readyz` asks. */
  health: { look(): Promise<Finding[]> };
};

/** What a route does. Its answer is sent with the route's status, unless another is set here. */
type Handler<R extends RouteName> = (given: ParsedCall<R>, c: Context<Bearing>) => Promise<Answer<R>>;

/**
 * Whose token a call came with: that of this machine, or one that was made, whose number is its `token`. `by` is who let
 * in, put out or made; `null` for this machine's.
 */
export type Bearer = {
  token: 'machine' | number;
  scopes: readonly Scope[];
  by: string | null;
  /** By which door answers come with it. */
  door: Door;
  /** The address of the person it is of; nobody's of a program's and of this machine's. */
  holder: string | null;
};
type Bearing = { Variables: NotingSite['Variables'] & { bearer: Bearer } };

async function mistakesOf(cooperations: Outside['cooperations'], source: string, now: string) {
  const checked = await cooperations.checkProgramme(source);
  return 'mistakes' in checked
    ? { mistakes: inWords(checked.mistakes), warnings: [] }
    : { mistakes: [], warnings: warningsOf(checked.programme, now) };
}

type FindingRoute =
  | 'list'
  | 'callReport'
  | 'callReportFile'
  | 'search'
  | 'library'
  | 'librarySheet'
  | 'nearest'
  | 'renewLibrary';

/** What is found among all cooperations. */
const finding = ({
  caseFile,
  documents,
  cooperations,
  now,
  url,
}: Outside): { readonly [R in FindingRoute]: Handler<R> } => ({
  list: ({ after, most }) => summaries(caseFile, now(), { after, most: Number(most) }),
  search: ({ q }) => search(caseFile, q, 'all'),
  callReport: ({ call }) => reportOfCall(caseFile, call, now()),
  async callReportFile({ call, format, language }) {
    const madeAt = now();
    const report = await reportOfCall(caseFile, call, madeAt);
    const logos = await cooperations.presentLogos(callSecretariat(report));
    return Readable.from([await callFile({ report, language, site: url, madeAt, logos }, format)]);
  },
  library: (asked) => searchLibrary(caseFile, asked),
  async librarySheet({ id }) {
    await cooperations.cooperation(id);
    const file = await sheetFile(caseFile, id);
    const sheet = file ? null : await standingSheet(caseFile, id);
    if (sheet?.withdrawn)
      return refused({ code: 'SheetWithdrawn', version: sheet.version, at: sheet.withdrawn.at });
    return documents.get(file?.sha256 ?? refused({ code: 'DocumentUnknown', documents: ['sheet'] }));
  },
  nearest: ({ body }) => cooperations.nearestExperiences(body),
  renewLibrary: async () => ({ sheets: await cooperations.renewLibrary() }),
});

/** What a case has in the store, by its hashes. */
const hashesHeld = (view: CaseView): string[] => [
  ...view.documents.filter(isHad).map((document) => document.sha256),
  ...view.mails.map((mail) => mail.sha256),
  ...view.certificates.map((certificate) => certificate.sha256),
  ...closingFiles(view).map(({ sha256 }) => sha256),
  ...view.programmeVersions.flatMap(({ pdf, docx }) => [pdf.sha256, docx.sha256]),
];

/**
 * What a case has in the store. By the link in a mail its reader comes in: it is left out but for whoever has the token of
 * the machine, who could anyway. @throws Refused `DocumentUnknown`
 */
async function bytesFor({ token }: Bearer, view: CaseView, sha256: string, documents: DocumentStore) {
  if (!hashesHeld(view).includes(sha256)) refused({ code: 'DocumentUnknown', documents: [sha256] });
  const isMail = view.mails.some((mail) => mail.sha256 === sha256);
  if (!isMail) return documents.get(sha256);
  const mail = await mailOfCase(documents, view, sha256);
  return Readable.from([token === 'machine' ? mail : await exportedMail(mail)]);
}

/** The session that a document is a material of, as the query has it. */
const ofSession = (session: string | undefined) =>
  session === undefined ? {} : { session: Number(session) };

type SendingRoute =
  | 'ask'
  | 'write'
  | 'enquire'
  | 'answerEnquiry'
  | 'takeMailFile'
  | 'seeToMail'
  | 'recordMailAnswer'
  | 'comment'
  | 'consent'
  | 'putDocument';

/** What is sent in a person's name beside answers. */
const sending = ({ cooperations }: Outside): { readonly [R in SendingRoute]: Handler<R> } => ({
  ask: ({ id, body }, c) => cooperations.ask(id, body, c.get('bearer')),
  write: ({ id, body, ...query }, c) =>
    query['dry-run'] === undefined
      ? cooperations.write(id, body, c.get('bearer'))
      : cooperations.foreseeCommunication(id, body),
  enquire: ({ id, body }, c) => cooperations.enquire(id, body, c.get('bearer')),
  answerEnquiry: ({ id, body }, c) => cooperations.answerEnquiry(id, body, c.get('bearer')),
  takeMailFile: ({ id, body }, c) => cooperations.takeMailFile(id, body, c.get('bearer')),
  seeToMail: ({ id, body }, c) => cooperations.seeToMail(id, body, c.get('bearer')),
  recordMailAnswer: ({ id, body }, c) => cooperations.recordMailAnswer(id, body, c.get('bearer')),
  comment: ({ id, body }, c) => cooperations.comment(id, body, c.get('bearer')),
  consent: ({ id, body }, c) => cooperations.consent(id, body, c.get('bearer')),
  async putDocument({ id, body: bytes, name: fileName, session, recordedBy: by, how = '', ...given }, c) {
    const version = await cooperations.putDocument(
      id,
      {
        ...given,
        ...ofSession(session),
        fileName,
        bytes,
        ...(by !== undefined && { recorded: { by, how } }),
      },
      c.get('bearer'),
    );
    return { ...version, size: Number(version.size) };
  },
});

/** The sealed case file of a cooperation that is over. */
const closingPapersOf = ({
  cooperations,
  documents,
}: Pick<Outside, 'cooperations' | 'documents'>): {
  readonly [R in 'closingPaper' | 'closingPaperFile' | 'signPaper']: Handler<R>;
} => ({
  closingPaper: ({ id }) => cooperations.closingPaper(id),
  async closingPaperFile({ id, as }, c) {
    const { sha256 } = paperFile(await cooperations.closingPaper(id), as);
    await c.get('note')({ code: 'case-exported', cooperation: id, by: 'api' });
    return documents.get(sha256);
  },
  signPaper: ({ id, body: bytes, by, recordedBy, how = '' }, c) =>
    cooperations.signPaper(
      id,
      { by, bytes, ...(recordedBy !== undefined && { recorded: { by: recordedBy, how } }) },
      c.get('bearer'),
    ),
});

type TemplateRoute = 'templates' | 'templateFile' | 'putTemplate' | 'resetTemplate';

/** The Word templates of papers. */
const templatesOf = ({
  cooperations,
}: Pick<Outside, 'cooperations'>): { readonly [R in TemplateRoute]: Handler<R> } => ({
  templates: () => cooperations.templateVersions(),
  async templateFile({ template, number, filled }) {
    const which = number === undefined ? 'shipped' : Number(number);
    const file = await cooperations.templateFile(template, which, filled !== undefined);
    return Readable.from([file ?? refused({ code: 'TemplateUnknown', number: Number(number) })]);
  },
  async putTemplate({ template, language = null, name: fileName, seen, body: bytes }, c) {
    const { by } = c.get('bearer');
    const given = { template, language, fileName, bytes, by, seen: Number(seen) };
    const put = await cooperations.putTemplate(given);
    const of = { template, language: language ?? 'all' } as const;
    if ('number' in put) await c.get('note')({ code: 'template-put', ...of, number: put.number });
    return put;
  },
  async resetTemplate({ body }, c) {
    const { template, language = null } = body;
    const reset = await cooperations.resetTemplate({ ...body, language, by: c.get('bearer').by });
    const of = { template, language: language ?? 'all' } as const;
    if (reset) await c.get('note')({ code: 'template-reset', ...of });
    return { reset };
  },
});

type LogoRoute = 'logos' | 'logoFile' | 'putLogo' | 'removeLogo';

/** The logos in the head of papers. */
const logosHeld = ({
  cooperations,
}: Pick<Outside, 'cooperations'>): { readonly [R in LogoRoute]: Handler<R> } => ({
  logos: () => cooperations.logoVersions(),
  async logoFile({ number }) {
    const found = await cooperations.logoFile(Number(number));
    return Readable.from([found?.bytes ?? refused({ code: 'LogoUnknown', number: Number(number) })]);
  },
  async putLogo({ institution, name: fileName, seen, body: bytes }, c) {
    const { by } = c.get('bearer');
    const { number } = await cooperations.putLogo({ institution, fileName, bytes, by, seen: Number(seen) });
    await c.get('note')({ code: 'logo-put', institution, number });
    return { number };
  },
  async removeLogo({ body }, c) {
    const removed = await cooperations.removeLogo({ ...body, by: c.get('bearer').by });
    if (removed) await c.get('note')({ code: 'logo-removed', institution: body.institution });
    return { removed };
  },
});

const handlersOver = (outside: Outside): { readonly [R in RouteName]: Handler<R> } => {
  const { caseFile, documents, cooperations, workflows, seal, now, health, sendInvitation } = outside;
  async function caseOf(id: string) {
    await cooperations.cooperation(id);
    return (await viewOf(caseFile, id, now())) ?? refused({ code: 'CooperationUnknown', cooperation: id });
  }

  /** A case that somebody takes along. */
  async function exported(id: string, c: Context<Bearing>) {
    const view = await caseOf(id);
    await c.get('note')({ code: 'case-exported', cooperation: id, by: 'api' });
    return view;
  }

  return {
    async health(_, c) {
      const report = reportOf(await health.look(), now());
      if (!report.ok) c.status(ROUTES.health.unwell);
      return report;
    },
    openapi: async () => openApi(),
    check: ({ body }) => mistakesOf(cooperations, body, now()),
    ...finding(outside),
    ...sending(outside),
    ...templatesOf(outside),
    ...logosHeld(outside),
    ...closingPapersOf(outside),
    async start({ body, ...query }, c) {
      if (query['dry-run'] !== undefined) return cooperations.foreseeStart(body);
      const started = await cooperations.start(body, { demonstration: query.demonstration !== undefined });
      if (started.state === 'started')
        await c.get('note')({ code: 'cooperation-started', cooperation: started.id });
      return started;
    },
    show: ({ id }, c) => exported(id, c),
    bundle: async ({ id }, c) =>
      bundleOf(await exported(id, c), { of: 'all' }, { caseFile, documents, workflows, seal }, now()),
    async record({ id, after, ...filter }) {
      await cooperations.cooperation(id);
      return (await readRecord(caseFile, id, after))
        .map(recordEntryOf)
        .filter((entry) => isLookedFor(entry, filter));
    },
    answer: ({ id, body }, c) => cooperations.answerByToken(id, body, c.get('bearer')),
    takeBack: ({ id, body }, c) => cooperations.takeBackByToken(id, body, c.get('bearer')),
    async change({ id, body, ...query }, c) {
      if (query['dry-run'] !== undefined)
        return { ...(await cooperations.preview(id, body)), seen: body.seen };
      const made = await cooperations.change(id, body, c.get('bearer').door);
      const kind = body.what.change;
      if (changesPeople(kind))
        await c.get('note')({ code: 'people-changed', cooperation: id, change: made.change, kind });
      return made;
    },
    giveCertificates: ({ id, body, ...query }, c) =>
      query['dry-run'] === undefined
        ? cooperations.giveCertificates(id, body, c.get('bearer'))
        : cooperations.foreseeCertificates(id, body),
    withdrawCertificate: ({ id, body }, c) => cooperations.withdrawCertificate(id, body, c.get('bearer')),
    async certificates({ id }, c) {
      const view = await caseOf(id);
      await c.get('note')({ code: 'certificates-exported', cooperation: id, by: 'api' });
      return zippedCertificates(view, documents, new Date(now()));
    },
    certificate: ({ code }) => cooperations.checkCertificate(code),
    rebuild: ({ body, ...query }) => cooperations[query['dry-run'] === undefined ? 'rebuild' : 'lost'](body),
    resend: ({ body, ...query }) => cooperations.resendRefused(body, query['dry-run'] !== undefined),
    agreement: async () => ({
      disagreements: await cooperations.agreement(),
      retentionDays: await workflows.retentionDays(),
    }),
    async bytes({ id, sha256 }, c) {
      return bytesFor(c.get('bearer'), await caseOf(id), sha256, documents);
    },
    'security-log': ({ before, most, code }) =>
      securityEntries(caseFile, { before, most: Number(most), code }),
    staff: () => staffMembers(caseFile),
    async inviteStaff({ body }, c) {
      await inviteStaff({ caseFile, now, sendInvitation }, body, c.get('bearer').by);
      await c.get('note')({ code: 'staff-invited', staff: body.address });
      return staffMembers(caseFile);
    },
    async removeStaff({ body: { address } }, c) {
      await dismissStaff({ caseFile, now }, address, c.get('bearer').by);
      await c.get('note')({ code: 'staff-removed', staff: address });
      return staffMembers(caseFile);
    },
    async resetSecondFactor({ body }, c) {
      const staff = await resetSecondFactor({ caseFile, now }, body);
      await c.get('note')({ code: 'factor-reset', staff });
      return staffMembers(caseFile);
    },
    async endAccess({ body: { address } }, c) {
      const { of, sessions } = await endAccessOf({ caseFile, now }, address);
      await c.get('note')({ code: 'sessions-ended', of, why: 'staff' });
      return { sessions };
    },
    setDigest: ({ body: { address, on } }) => digestOf({ caseFile, now }, address, on),
    tokens: () => allTokens(caseFile),
    async makeToken({ body }, c) {
      const made = await grantToken({ caseFile, now }, body, c.get('bearer').by);
      await c.get('note')({ code: 'token-made', token: String(made.token.number) });
      return made;
    },
    async revokeToken({ body: { number } }, c) {
      await withdrawToken({ caseFile, now }, number, c.get('bearer').by);
      await c.get('note')({ code: 'token-ended', token: String(number) });
      return allTokens(caseFile);
    },
    async history({ id, scope }) {
      const view = await caseOf(id);
      const found = view.workflows.find(({ file }) => file === `histories/${scope}.json`);
      if (!found) return refused({ code: 'HistoryUnknown', scope });
      return Readable.from([Buffer.from(JSON.stringify(await workflows.history(found.id)))]);
    },
  };
};

const MB = 1024 * 1024;
const small = bodyLimit({ maxSize: 2 * MB, onError: () => refusedWith({ code: 'TooLarge', most: 2 * MB }) });

export function api(outside: Outside): Hono<Bearing> {
  const app = new Hono<Bearing>();
  const handlers = handlersOver(outside);
  const bearerOf = async (secret: string): Promise<Bearer | undefined> => {
    if (same(secret, await outside.machineToken()))
      return { token: 'machine', scopes: SCOPES, by: null, door: { door: 'machine' }, holder: null };
    const token = await tokenOf(outside.caseFile, secret, outside.now());
    if (!token) return undefined;
    const { number, name, scopes, holder } = token;
    const door: Door = { door: 'token', token: number, name };
    return { token: number, scopes, by: holder ?? `token ${number}`, door, holder };
  };
  const allowed =
    (scope?: Scope): MiddlewareHandler<Bearing> =>
    async (c, next) => {
      const bearer = await bearerOf(c.req.header('authorization')?.replace(/^Bearer /, '') ?? '');
      if (!bearer) {
        await c.get('note')({ code: 'token-refused', ...writtenRoute(c) });
        return failed('Unauthorized');
      }
      c.set('bearer', bearer);
      c.set('who', { kind: 'token', id: String(bearer.token) });
      if (!scope || bearer.scopes.includes(scope)) return next();
      await c.get('note')({ code: 'role-refused', ...writtenRoute(c) });
      return failed('Forbidden');
    };

  app.use('*', (_, next) => watchingEffects(next));
  app.use('*', noting(outside.securityLog, outside.proxies));
  for (const name of ROUTE_NAMES) {
    const route: Route = ROUTES[name];
    // The table holds that a handler takes what its route does.
    const handle = handlers[name] as (given: object, c: Context<Bearing>) => Promise<unknown>;
    const before = [
      ...(route.may === 'anybody' ? [] : [allowed(route.may)]),
      ...(route.body && !isStream(route.body) ? [small] : []),
    ];
    app.on(route.method, [route.path.replaceAll(/\{(\w+)\}/g, ':$1')], ...before, async (c) => {
      holdsNoControls({ ...c.req.param(), ...c.req.query() }, CONTROLS);
      const query = route.query ? taken(route.query, unturned(c.req.query())) : {};
      const body = route.body ? { body: await bodyOf(c, route.body) } : {};
      c.status(route.status);
      const answer = await handle({ ...query, ...c.req.param(), ...body }, c);
      if (route.answer.shape) return c.json(answer as object);
      c.header('content-type', route.answer.type);
      c.header('x-content-type-options', 'nosniff');
      return c.body(Readable.toWeb(answer as Readable) as globalThis.ReadableStream);
    });
  }
  app.all('*', allowed(), () => failed('NotFound'));
  app.onError(async (error, given) => {
    if (error instanceof Refused) {
      if (STATUS[error.code] === 400)
        await (given as Context<Bearing>).get('note')({ code: 'malformed', ...writtenRoute(given) });
      // Where the token was not asked for, nothing is refused that tells of anybody.
      const { scopes = SCOPES } = (given as Context<Bearing>).get('bearer') ?? {};
      return refusedWith(scopes.includes('read') ? error.refusal : discreet(error.refusal));
    }
    if (error instanceof NotStored) return refusedWith({ code: 'DocumentUnknown', documents: [] });
    // Bytes come before whatever names them.
    if (error instanceof StoreFull) return refusedWith({ code: 'StoreFull' });
    if (error instanceof StoreUnavailable) return refusedWith({ code: 'Unavailable' });
    if (error instanceof DatabaseUnavailable)
      return refusedWith({ code: hasBegun() ? 'DatabaseAwayMidway' : 'DatabaseAway' });
    outside.log.error({ err: error }, 'request failed');
    return failed('Internal');
  });
  return app;
}

const CONTROLS = /\p{Cc}/u;
const CONTROLS_BUT_BREAKS = /(?![\t\n\r])\p{Cc}/u;

/** Nothing that is sent has so many levels: what has is not gone through to its end. */
const MOST_LEVELS = 20;

/**
 * @throws Refused `TextUnreadable`, with where it is, where any text in what was sent has such a character; `Malformed`
 * where it is too deep
 */
function holdsNoControls(value: unknown, controls: RegExp, path = '', level = 0): void {
  if (typeof value === 'string' && controls.test(value)) refused({ code: 'TextUnreadable', path });
  if (typeof value !== 'object' || value === null) return;
  if (level > MOST_LEVELS) refused({ code: 'Malformed', path: '' });
  for (const [key, part] of Object.entries(value))
    holdsNoControls(part, controls, path ? `${path}.${key}` : key, level + 1);
}

/** The same, each text in it without marks that turn it. What a route reads by itself is read by shapes that do so. */
function unturned(value: unknown): unknown {
  if (typeof value === 'string') return withoutTurns(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unturned);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unturned(part)]));
}

/** What was sent, as the route has it. @throws Refused `NotJson`, `Malformed`, `DocumentRefused` */
async function bodyOf({ req }: Context, { type, shape, read }: NonNullable<Route['body']>): Promise<unknown> {
  if (shape) {
    const value: unknown = await req.json().catch(() => refused({ code: 'NotJson' }));
    holdsNoControls(value, CONTROLS_BUT_BREAKS);
    return read ? read(value) : taken(shape, unturned(value));
  }
  if (type === 'text/plain') return req.text();
  const bytes = req.raw.body ?? refused({ code: 'DocumentRefused', why: 'empty' });
  return Readable.fromWeb(bytes as ReadableStream<Uint8Array>);
}

const failed = (code: FailureCode): Response =>
  Response.json({ error: { code, message: FAILURES[code].message } }, { status: FAILURES[code].status });
const refusedWith = (refusal: Refusal): Response => {
  const { code, ...values } = refusal;
  const mistakes = 'mistakes' in refusal && refusal.mistakes && { mistakes: inWords(refusal.mistakes) };
  // In English, for whoever reads what a script prints: with the instants and codes that it has.
  const message = refusalText(refusal, { language: 'en', when: (instant) => instant, day: (day) => day });
  return Response.json({ error: { code, message, ...values, ...mistakes } }, { status: STATUS[code] });
};

/** Mistakes by their codes and values; each also in English, for whoever reads what a script prints. */
const inWords = (mistakes: readonly Mistake[]) =>
  mistakes.map((mistake) => ({ ...mistake, message: mistakeText(mistake, 'en') }));

const digest = (text: string) => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
