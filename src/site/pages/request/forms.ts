import { html } from 'hono/html';
import { stringify } from 'yaml';
import { kinds } from '../../../domain/kinds/index.ts';
import type { DecisionRule, Form } from '../../../domain/kinds/kind.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../../../domain/language.ts';
import { programmeShape } from '../../../domain/programme.ts';
import { marksText } from '../../../words/brief.ts';
import { CAPITAL_ZONES, cityForms, cityName } from '../../../words/cities.ts';
import { momentOf } from '../../../words/dates.ts';
import { partyNamed } from '../../../words/parties.ts';
import type { Html } from '../../frame.ts';
import { uploadAttributes } from '../../uploads.ts';
import { readerOf, zoneOf } from './about.ts';
import { type Asked, formPath, sayIn } from './asked.ts';
import { choice, fileInput, input, select, textarea } from './controls.ts';

/** The form of each kind of request. The subject's hash goes with it: what the person saw is what they answer. */

export function answerForm(asked: Asked): Html {
  const { request, recording } = asked;
  const say = sayIn(asked);
  const { form, brings } = kinds[request.kind];
  const { fields, button = 'send', multipart } = FORMS[form];
  // Files are in the case file before the answer is.
  const attributes = brings
    ? uploadAttributes(asked.c)
    : html`method="post"${multipart ? html` enctype="multipart/form-data"` : ''}`;
  return html`<form ${attributes} action="${formPath(asked)}" novalidate>
<input type="hidden" name="subject" value="${request.subject.hash}">
<h2 class="govuk-heading-m" id="form">${recording ? say('answerOf', { name: recording.name }) : say('yourAnswer')}</h2>
${recording ? input(asked, { name: 'how', label: say('how'), hint: say('howHint') }) : ''}
${fields(asked)}
<button class="govuk-button" type="submit">${say(button)}</button>
</form>`;
}

type FormOf = {
  fields: (asked: Asked) => Html;
  button?: 'submit' | 'resolved';
  /** A file's text may take the place of a field. */
  multipart?: true;
};
const FORMS: Readonly<Record<Form, FormOf>> = {
  minutes: { fields: minutesForm },
  review: { fields: reviewForm },
  programme: { fields: programmeForm, button: 'submit', multipart: true },
  documents: { fields: documentsForm },
  question: { fields: questionForm },
  marks: { fields: marksForm },
  date: { fields: dateForm },
  session: { fields: sessionForm },
  person: { fields: personForm },
  draft: { fields: draftForm, button: 'submit' },
  confirmation: { fields: () => html``, button: 'resolved' },
};

const CALLED = {
  accept: 'accept',
  'send-back': 'sendBack',
  'new-dates': 'newDates',
} as const satisfies Record<NonNullable<DecisionRule['called']>, string>;

function reviewForm(asked: Asked): Html {
  const say = sayIn(asked);
  const { approve, changes } = kinds[asked.request.kind].decisions;
  return html`${choice(asked, {
    name: 'decision',
    label: say('choose'),
    options: [
      { value: 'approve', label: say(approve?.called ? CALLED[approve.called] : 'approve') },
      { value: 'changes', label: say(changes?.called ? CALLED[changes.called] : 'askChanges') },
    ],
  })}${textarea(asked, { name: 'reason', label: say('what'), hint: say('whatHint') })}`;
}

/** The radios of a slot: the field's name in the form. */
export const markField = (slot: string): string => `mark-${slot}`;

function marksForm(asked: Asked): Html {
  const { c, seen, request } = asked;
  const say = sayIn(asked);
  const city = cityForms(seen.clock.timeZone, c.get('language'));
  return html`<p class="govuk-hint">${say('marksHint', city)}</p>
${request.slots.map(({ id, startsAt, endsAt, marks }) => {
  return choice(asked, {
    name: markField(id),
    label: momentOf(startsAt, seen.clock, endsAt),
    hint: marksText(marks, readerOf(asked)) || undefined,
    options: (['yes', 'if-need-be', 'no'] as const).map((value) => ({ value, label: say(value) })),
    inline: true,
  });
})}`;
}

function dateForm(asked: Asked): Html {
  const { c, seen, request } = asked;
  const say = sayIn(asked);
  const city = cityForms(zoneOf(asked), c.get('language'));
  const anew = request.decisions.includes('changes');
  return html`${choice(asked, {
    name: 'choice',
    label: say('chooseDate'),
    options: [
      ...request.slots.map(({ id, startsAt, endsAt, marks }) => ({
        value: `slot:${id}`,
        label: momentOf(startsAt, seen.clock, endsAt),
        hint: marksText(marks, readerOf(asked)) || undefined,
      })),
      { value: 'other', label: say('otherDate') },
      ...(anew ? [{ value: 'changes', label: say('newDates') }] : []),
    ],
  })}
<fieldset class="govuk-fieldset"><legend class="govuk-fieldset__legend govuk-fieldset__legend--s">${say('otherDate')}</legend>
<div class="govuk-hint">${say('otherHint', city)}</div>
${input(asked, { name: 'date', label: say('date'), type: 'date', width: '10' })}${input(asked, { name: 'time', label: say('time'), type: 'time', width: '5' })}</fieldset>
${anew ? textarea(asked, { name: 'reason', label: say('whyNewDates'), hint: say('whyNewDatesHint'), rows: 3 }) : ''}`;
}

/** "Jorge Larrea (MTPE Perú)": how somebody stands in a list of those who were there. */
const present = ({ c, view }: Asked, { name, party }: { name: string; party: string }): string =>
  `${name} (${partyNamed(view.programme, party, c.get('language'))})`;

function minutesForm(asked: Asked): Html {
  const { view, request } = asked;
  const say = sayIn(asked);
  const session = kinds[request.kind].about === 'session' ? request.item : undefined;
  const people = view.people.filter(
    ({ active, role, session: of }) =>
      active && (role !== 'guest' || (session !== undefined && of === session)),
  );
  return html`${textarea(asked, { name: 'minutes', label: say('minutes'), rows: 8 })}
${choice(asked, {
  name: 'attendance',
  label: say('attendance'),
  hint: say('attendanceHint'),
  type: 'checkbox',
  small: true,
  options: people.map((one) => ({ value: present(asked, one), label: present(asked, one) })),
})}
${textarea(asked, { name: 'others', label: say('others'), hint: say('onePerLine'), rows: 2 })}
${textarea(asked, { name: 'outputs', label: say('outputs'), hint: say('outputsHint'), rows: 3 })}`;
}

function sessionForm(asked: Asked): Html {
  const say = sayIn(asked);
  return html`${choice(asked, {
    name: 'held',
    label: say('held'),
    options: [
      { value: 'yes', label: say('wasHeld') },
      { value: 'no', label: say('notHeld'), hint: say('notHeldHint') },
    ],
  })}${textarea(asked, { name: 'reason', label: say('whyNotHeld'), hint: say('whyNotHeldHint'), rows: 2 })}${minutesForm(asked)}`;
}

/** Documents of a form that was refused: they are there already and go along unless they are taken off. */
function keptDocuments(asked: Asked): Html | '' {
  const { view, kept } = asked;
  if (kept.length === 0) return '';
  return choice(asked, {
    name: 'documents',
    label: sayIn(asked)('received'),
    type: 'checkbox',
    small: true,
    options: kept.map((value) => ({
      value,
      label:
        view.documents.find(({ document, version }) => `${document}@${version}` === value)?.title ?? value,
    })),
  });
}

function questionForm(asked: Asked): Html {
  const say = sayIn(asked);
  return html`${textarea(asked, { name: 'text', label: say('answerText'), rows: 8 })}${keptDocuments(asked)}${fileInput(asked, { name: 'files', label: say('attach'), hint: say('filesHint'), many: true })}`;
}

function documentsForm(asked: Asked): Html {
  const say = sayIn(asked);
  return html`${keptDocuments(asked)}${fileInput(asked, { name: 'files', label: say('files'), hint: say('filesHint'), many: true })}${choice(
    asked,
    {
      name: 'nothing',
      label: say('orNothing'),
      type: 'checkbox',
      options: [{ value: 'yes', label: say('nothing') }],
    },
  )}`;
}

function draftForm(asked: Asked): Html {
  const say = sayIn(asked);
  return fileInput(asked, {
    name: 'files',
    label: say('file'),
    hint: say('fileHint'),
    accept: '.docx,.pdf,.odt',
  });
}

function personForm(asked: Asked): Html {
  const { c, view } = asked;
  const say = sayIn(asked);
  const language = c.get('language');
  const zones = CAPITAL_ZONES.map((value) => ({ value, label: cityName(value, language) })).sort((a, b) =>
    a.label.localeCompare(b.label, language),
  );
  const fields = {
    language: [view.language],
    timezone: [view.programme.institutions.find(({ role }) => role === 'secretariat')?.timezone ?? ''],
    ...asked.fields,
  };
  const filled = { ...asked, fields };
  return html`${input(filled, { name: 'name', label: say('name') })}
${input(filled, { name: 'email', label: say('email'), type: 'email' })}
${input(filled, { name: 'post', label: say('post') })}
${select(filled, { name: 'language', label: say('language'), options: LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })) })}
${select(filled, { name: 'timezone', label: say('timezone'), options: zones })}`;
}

function programmeForm(asked: Asked): Html {
  const say = sayIn(asked);
  // Parsed, it has its parts in the order in which programmes are written.
  const fields = { programme: [stringify(programmeShape.parse(asked.view.programme))], ...asked.fields };
  return html`${textarea({ ...asked, fields }, { name: 'programme', label: say('programme'), hint: say('programmeHint'), rows: 24 })}
${fileInput(asked, { name: 'upload', label: say('programmeUpload'), accept: '.yaml,.yml' })}`;
}
