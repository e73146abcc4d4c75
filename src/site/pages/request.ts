import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { findPerson, inCharge } from '../../casefile/people.ts';
import { viewOf } from '../../casefile/view.ts';
import { Refused } from '../../client/index.ts';
import type { CaseView, RequestView } from '../../domain/caseView.ts';
import { dateIn } from '../../domain/dates.ts';
import { kinds } from '../../domain/kinds/index.ts';
import type { RefusalCode } from '../../domain/refusal.ts';
import { ownMomentOf } from '../../words/dates.ts';
import { requestLabel } from '../../words/labels.ts';
import { speaker } from '../../words/speaker.ts';
import { type Html, type Mistake, type PageContext, page, type SiteContext } from '../frame.ts';
import type { SiteOutside } from '../outside.ts';
import { banner } from '../parts/banner.ts';
import { cooperationName } from '../parts/names.ts';
import { refusedText } from '../refusals.ts';
import { missing, notForGuests, type Seen, type SeenSite } from '../seen.ts';
import { receive } from '../uploads.ts';
import { about } from './request/about.ts';
import { answers, deadline, interventions, recordingLead, standing } from './request/answers.ts';
import { type Asked, answerer, isPassed, owes, pathOf } from './request/asked.ts';
import { type Fields, one } from './request/controls.ts';
import { answerForm } from './request/forms.ts';
import { mistakesOf, readAnswer } from './request/given.ts';
import { colleaguesOf, handOverForm } from './request/handOver.ts';

/**
 * A request: what is asked, the thing itself, and one form. Where the mail's link leads; whoever is asked answers here
 * or passes it to a colleague, everybody else reads how it stands.
 */

/** A form without files: the programme, and minutes that were pasted. */
const FORM_BYTES = 2 * 1024 * 1024;
/** What is said of an answer that came too late is still a page with the answers; of one that is mistaken, the form. */
const TOO_LATE: ReadonlySet<RefusalCode> = new Set([
  'AlreadyAnswered',
  'RequestClosed',
  'NotAsked',
  'PersonUnknown',
  'PersonLeft',
  'NotUnderWay',
]);

export function requestPages(outside: SiteOutside): Hono<SeenSite> {
  const { caseFile, cooperations, now } = outside;
  const app = new Hono<SeenSite>();
  const small = bodyLimit({
    maxSize: FORM_BYTES,
    onError: (c) => tooLarge(c as SiteContext),
  });
  app.use('/requests/*', notForGuests);

  /** The request that the path names, as the case has it now; nothing where there is none. */
  async function askedOf(
    c: PageContext,
    seen: Seen,
    filled: Partial<Pick<Asked, 'fields' | 'mistakes' | 'kept'>> = {},
  ): Promise<Asked | undefined> {
    const view = (await viewOf(caseFile, seen.view.id, now())) ?? seen.view;
    const id = `${c.req.param('scope')}/${c.req.param('name')}`;
    const request = view.requests.find((known) => known.id === id);
    if (!request) return undefined;
    const recording = await recordedFor(seen, view, request, c.req.query('for'));
    const reading = recording ? { ...seen, person: recording } : seen;
    const own = answerer(reading, request);
    const { people } = own
      ? await inCharge(caseFile, view.id, request.id, [own.party], ({ timeZone }) => dateIn(now(), timeZone))
      : { people: [] };
    return {
      ...{ c, seen: reading, recording, view, request, inCharge: people, fields: {}, mistakes: [], kept: [] },
      ...filled,
    };
  }

  /** Whose answer staff record: somebody of a party that owes it, and not themselves. */
  async function recordedFor({ capacity, person }: Seen, view: CaseView, request: RequestView, id = '') {
    if (capacity !== 'staff' || id === person?.id) return undefined;
    const found = id ? await findPerson(caseFile, view.id, id) : undefined;
    const owes = found?.active && found.role !== 'guest' && request.owing.includes(found.party);
    return owes ? found : undefined;
  }

  app.get('/requests/:scope/:name', async (c) => {
    const asked = await askedOf(c, c.get('seen'));
    return asked ? shown(asked) : missing(c);
  });

  app.post('/requests/:scope/:name/hand-over', small, async (c) => {
    const seen = c.get('seen');
    const fields = fieldsOf(await c.req.formData());
    const asked = await askedOf(c, seen, { fields });
    const from = asked && answerer(seen, asked.request);
    if (!asked || !from) return missing(c);
    const say = speaker('request.page', c.get('language'));
    const to = colleaguesOf(asked).find(({ id }) => id === one(fields, 'to'));
    if (!to)
      return shown({ ...asked, mistakes: [{ field: 'to', message: say('toMissing') }] }, { status: 422 });
    try {
      await cooperations.change(asked.view.id, {
        what: { change: 'hand-over', request: asked.request.id, from: from.id, to: to.id },
        reason: one(fields, 'note').trim() || speaker('request.page', asked.view.language)('noReason'),
        by: from.id,
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const message = refusedText(error, { clock: seen.clock, view: asked.view });
      return shown({ ...asked, mistakes: [{ field: 'to', message }] }, { status: 422 });
    }
    return c.redirect(pathOf(asked.view, asked.request), 303);
  });

  app.post('/requests/:scope/:name', async (c) => {
    const seen = c.get('seen');
    const before = await askedOf(c, seen);
    const by = before && answerer(before.seen, before.request);
    if (!before) return missing(c);
    // What was meant for another, who has answered meanwhile, is nobody else's answer.
    const whose = c.req.query('for');
    if (seen.capacity === 'staff' && whose !== undefined && whose !== by?.id)
      return shown(before, { status: 409, late: true });
    if (!by) return missing(c);
    const { kind } = before.request;
    const filesOf = kinds[kind].brings;
    const drafted = filesOf === 'sheet' || filesOf === 'report';
    // A draft that nobody waits for any more would be a version that nobody asked for.
    if (drafted && !before.request.owing.includes(by.party))
      return shown(before, { status: 409, late: true });

    let fields: Fields;
    let documents: string[] = [];
    let sha256: string | undefined;
    let refused: Mistake[] = [];
    if (filesOf) {
      const upload = await receive(c, { seen: before.seen, cooperations, kind: filesOf });
      fields = upload.fields;
      documents = [
        ...(fields.documents ?? []),
        ...upload.documents.map(({ document, version }) => `${document}@${version}`),
      ];
      sha256 = upload.documents.at(-1)?.sha256;
      refused = upload.refused.map(({ fileName, message }) => ({
        field: 'files',
        message: fileName ? `${fileName}: ${message}` : message,
      }));
    } else {
      const form = await readForm(c, small);
      if (form instanceof Response) return form;
      fields = form;
    }
    // What came is there, whatever becomes of the answer: it goes along the next time unless it is taken off.
    const kept = filesOf === 'answer' ? documents : [];
    const filled = { fields: { ...fields, ...(kept.length > 0 && { documents: kept }) }, kept };
    const asked = (await askedOf(c, seen, filled)) ?? before;
    if (refused.length > 0) return shown({ ...asked, mistakes: refused }, { status: 422 });
    const read = readAnswer(asked, { documents, sha256 });
    const how = one(fields, 'how').trim();
    const unsaid =
      before.recording && !how
        ? [{ field: 'how', message: speaker('request.page', c.get('language'))('howMissing') }]
        : [];
    if (!read.said || unsaid.length > 0)
      return shown({ ...asked, mistakes: [...unsaid, ...(read.mistakes ?? [])] }, { status: 422 });
    try {
      await cooperations.answer(asked.view.id, {
        ...read.said,
        request: asked.request.id,
        by: by.id,
        subject: one(fields, 'subject'),
        ...(before.recording && { recorded: { by: recorderOf(seen), how } }),
      });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const after = (await askedOf(c, seen, filled)) ?? asked;
      const late = TOO_LATE.has(error.code);
      const mistakes = mistakesOf(error, after).map((mistake) =>
        late ? { ...mistake, field: 'answers' } : mistake,
      );
      return shown({ ...after, mistakes }, { status: late ? 409 : 422, late });
    }
    return c.redirect(pathOf(asked.view, asked.request), 303);
  });

  return app;
}

/** The fields of a form without files; the programme's file, which is text, takes the place of what was pasted. */
async function readForm(
  c: Context<SeenSite>,
  limit: ReturnType<typeof bodyLimit>,
): Promise<Fields | Response> {
  let fields: Fields = {};
  const response = await limit(c, async () => {
    const form = await c.req.formData();
    fields = fieldsOf(form);
    const file = form.get('upload');
    if (file instanceof File && file.size > 0) fields.programme = [await file.text()];
  });
  return response instanceof Response ? response : fields;
}

function fieldsOf(form: FormData): Fields {
  const names = new Set([...form.keys()]);
  return Object.fromEntries(
    [...names].map((name) => [name, form.getAll(name).filter((value) => typeof value === 'string')]),
  );
}

function tooLarge(c: PageContext): Response | Promise<Response> {
  const say = speaker('request.page', c.get('language'));
  const body = html`<p class="govuk-body">${say('tooLargeHint')}</p>`;
  return page(c, { title: say('tooLarge'), body, status: 413 });
}

type Shown = {
  status?: 200 | 409 | 422;
  /** The answer cannot be given any more: what was written is shown, to be taken along. */
  late?: boolean;
};

function shown(asked: Asked, { status = 200, late = false }: Shown = {}): Response | Promise<Response> {
  const { c, seen, view, request, mistakes } = asked;
  const language = c.get('language');
  const say = speaker('request.page', language);
  const passed = isPassed(asked);
  const form =
    owes(asked) &&
    (!passed || asked.recording !== undefined || c.req.query('anyway') !== undefined || status === 422);
  return page(c, {
    title: requestLabel(request, language),
    back: { href: `/c/${view.id}`, label: cooperationName(view, language) },
    mistakes,
    status,
    ...(form && kinds[request.kind].brings && { script: 'upload.js' }),
    body: html`${recordingLead(asked)}${standing(asked)}
<p class="govuk-body-s rial-soft">${say('openedOn', { when: ownMomentOf(request.openedAt, seen.clock) })}</p>
${banner(view, seen.clock)}${deadline(asked, form)}${late ? written(asked) : ''}${about(asked, form)}
${form ? html`${answerForm(asked)}${request.decisions.some((one) => one === 'approve') ? html`<p class="govuk-body-s rial-soft">${say('noApproval')}</p>` : ''}` : ''}
${owes(asked) && !passed && !asked.recording ? handOverForm(asked) : ''}${answers(asked)}${asked.recording ? '' : interventions(asked)}`,
  });
}

/** Staff by their id in the cooperation; who is nobody in it records as the Secretariat. */
const recorderOf = ({ person, view }: Seen): string =>
  person?.id ?? view.programme.institutions.find(({ role }) => role === 'secretariat')?.id ?? '';

/** Texts of a form that came too late. */
function written(asked: Asked): Html | '' {
  const { c, fields } = asked;
  const texts = ['reason', 'text', 'minutes', 'outputs', 'others', 'programme']
    .map((name) => one(fields, name))
    .filter((text) => text.trim() !== '');
  if (texts.length === 0) return '';
  return html`<h2 class="govuk-heading-s">${speaker('request.page', c.get('language'))('written')}</h2>${texts.map(
    (text) => html`<div class="govuk-inset-text rial-prewrap">${text}</div>`,
  )}`;
}
