import { DEADLINES } from '../../../domain/dates/deadlineShape.ts';
import type { Key } from '../../../words/speaker.ts';

/**
 * What the form asks for: the programme file's fields, by the same keys, in the order in which officers think of them.
 * A field's name in the form, which is its id too, is its keys and places joined by hyphens: `sessions-0-window-from`.
 */

export type TextKey = Key<'form.fields'>;

export type Leaf = {
  key: string;
  as:
    | 'line'
    | 'long'
    | 'email'
    | 'url'
    | 'date'
    | 'time'
    | 'number'
    | 'check'
    | 'country'
    | 'zone'
    | 'language'
    | 'role'
    | 'modality'
    | 'gender'
    /** One of the institutions of the form, or several. */
    | 'institution'
    | 'institutions'
    /** What the form refers to an institution by, whatever becomes of its code and its place. */
    | 'key';
  label: TextKey;
  hint?: TextKey;
  /** Marked as one that may be left empty; of a choice, what it then is. */
  optional?: TextKey | true;
  /** Under which heading it is folded away, with others of the same. */
  fold?: TextKey;
  /** As wide as the form. */
  wide?: true;
};
export type Group = {
  key: string;
  fields: readonly Node[];
  label?: TextKey;
  /** What it is called where it has no heading of its own. */
  called?: TextKey;
  hint?: TextKey;
  /** Left out of the file where nothing is written in it. */
  optional?: true;
  /** What the file says in its place, where the check of that key is all that is written in it. */
  word?: string;
  fold?: TextKey;
};
export type List = {
  key: string;
  /** What there is several of; its own key is not used. */
  of: Leaf | Group;
  /** As the schema has them. */
  min: number;
  max: number;
  /** Of one of them, with its number. */
  label: TextKey;
  add: TextKey;
  fold?: TextKey;
};
export type Node = Leaf | Group | List;
export type Section = { id: string; heading: TextKey; hint?: TextKey; fields: readonly Node[] };

export const isList = (node: Node): node is List => 'of' in node;
export const isGroup = (node: Node): node is Group => 'fields' in node;

const PERSON: readonly Leaf[] = [
  { key: 'name', as: 'line', label: 'name' },
  { key: 'post', as: 'line', label: 'post', optional: true },
  { key: 'email', as: 'email', label: 'email' },
];
/** Whoever is listed may have no address. */
const LISTED: readonly Leaf[] = PERSON.map((one) => (one.key === 'email' ? { ...one, optional: true } : one));
const OWN: readonly Leaf[] = [
  { key: 'language', as: 'language', label: 'mailLanguage', optional: 'programmes', fold: 'own' },
  { key: 'timezone', as: 'zone', label: 'clock', optional: 'institutions', fold: 'own' },
];

const step = (key: string, label: TextKey): Group => ({
  key,
  label,
  fields: [
    { key: 'title', as: 'line', label: 'stepTitle', wide: true },
    { key: 'text', as: 'long', label: 'stepText' },
  ],
});

const SESSION: Group = {
  key: '',
  fields: [
    { key: 'contents', as: 'long', label: 'sessionContents' },
    { key: 'date', as: 'date', label: 'sessionDate' },
    { key: 'starts', as: 'time', label: 'starts' },
    { key: 'timezone', as: 'zone', label: 'startsIn', optional: 'coordinations' },
    { key: 'hours', as: 'number', label: 'hours', hint: 'hoursHint', optional: true },
    {
      key: 'window',
      label: 'window',
      hint: 'windowHint',
      optional: true,
      fields: [
        { key: 'from', as: 'date', label: 'from' },
        { key: 'to', as: 'date', label: 'to' },
        {
          key: 'label',
          as: 'line',
          label: 'windowLabel',
          hint: 'windowLabelHint',
          wide: true,
          optional: true,
        },
      ],
    },
    { key: 'link', as: 'url', label: 'link', optional: true, fold: 'elsewhere' },
    { key: 'place', as: 'line', label: 'place', optional: true, fold: 'elsewhere' },
    {
      key: 'guests',
      label: 'guest',
      add: 'addGuest',
      min: 0,
      max: 200,
      of: {
        key: '',
        fields: [
          ...LISTED,
          { key: 'count', as: 'number', label: 'groupCount', hint: 'groupCountHint', optional: true },
          { key: 'invitedBy', as: 'institution', label: 'invitedBy' },
          ...OWN,
        ],
      },
    },
  ],
};

export const SECTIONS: readonly Section[] = [
  {
    id: 'about',
    heading: 'about',
    fields: [
      { key: 'title', as: 'long', label: 'title', hint: 'titleHint', optional: true },
      { key: 'subject', as: 'line', label: 'subject', hint: 'subjectHint', wide: true },
      { key: 'frame', as: 'line', label: 'frame', hint: 'frameHint', wide: true },
      {
        key: 'call',
        fields: [
          { key: 'number', as: 'number', label: 'callNumber' },
          { key: 'year', as: 'number', label: 'callYear' },
        ],
      },
      { key: 'language', as: 'language', label: 'language', hint: 'languageHint' },
      {
        key: 'translation',
        label: 'translation',
        hint: 'translationHint',
        optional: true,
        fields: [
          { key: 'language', as: 'language', label: 'translationLanguage', optional: true },
          { key: 'by', as: 'institution', label: 'translationBy', optional: true },
          { key: 'vouchedBy', as: 'institution', label: 'translationVouchedBy', optional: true },
        ],
      },
      { key: 'modality', as: 'modality', label: 'modality' },
      { key: 'dated', as: 'date', label: 'dated', hint: 'datedHint' },
      { key: 'id', as: 'line', label: 'code', hint: 'codeHint', optional: true },
    ],
  },
  {
    id: 'parties',
    heading: 'parties',
    hint: 'partiesHint',
    fields: [
      {
        key: 'institutions',
        label: 'institution',
        add: 'addInstitution',
        min: 3,
        max: 12,
        of: {
          key: '',
          fields: [
            { key: 'key', as: 'key', label: 'institution' },
            { key: 'name', as: 'line', label: 'institutionName', hint: 'institutionNameHint', wide: true },
            { key: 'acronym', as: 'line', label: 'acronym' },
            { key: 'role', as: 'role', label: 'role' },
            { key: 'country', as: 'country', label: 'country', hint: 'countryHint' },
            { key: 'timezone', as: 'zone', label: 'zone', optional: 'countrys', fold: 'institutionOwn' },
            {
              key: 'id',
              as: 'line',
              label: 'institutionCode',
              hint: 'institutionCodeHint',
              optional: true,
              fold: 'institutionOwn',
            },
            {
              key: 'gender',
              as: 'gender',
              label: 'gender',
              hint: 'genderHint',
              optional: 'byName',
              fold: 'institutionOwn',
            },
            {
              key: 'closedDays',
              label: 'closedPeriod',
              add: 'addClosedDays',
              min: 0,
              max: 50,
              fold: 'closedDays',
              of: {
                key: '',
                fields: [
                  { key: 'from', as: 'date', label: 'from' },
                  { key: 'to', as: 'date', label: 'to' },
                ],
              },
            },
          ],
        },
      },
    ],
  },
  {
    id: 'people',
    heading: 'people',
    hint: 'peopleHint',
    fields: [
      {
        key: 'participants',
        label: 'person',
        add: 'addPerson',
        min: 3,
        max: 100,
        of: {
          key: '',
          fields: [
            ...LISTED,
            { key: 'institution', as: 'institution', label: 'personInstitution' },
            { key: 'focalPoint', as: 'check', label: 'focalPoint', optional: true },
            ...OWN,
          ],
        },
      },
    ],
  },
  {
    id: 'purpose',
    heading: 'purpose',
    fields: [
      {
        key: 'description',
        label: 'paragraph',
        add: 'addParagraph',
        min: 1,
        max: 20,
        of: { key: '', as: 'long', label: 'paragraph' },
      },
      {
        key: 'objectives',
        label: 'objectives',
        fields: [
          { key: 'introduction', as: 'long', label: 'introduction' },
          {
            key: 'items',
            label: 'objective',
            add: 'addObjective',
            min: 1,
            max: 20,
            of: {
              key: '',
              fields: [
                {
                  key: 'title',
                  as: 'line',
                  label: 'objectiveTitle',
                  hint: 'objectiveTitleHint',
                  optional: true,
                },
                { key: 'text', as: 'long', label: 'objectiveText' },
                {
                  key: 'change',
                  as: 'long',
                  label: 'objectiveChange',
                  hint: 'objectiveChangeHint',
                  optional: true,
                },
              ],
            },
          },
        ],
      },
    ],
  },
  {
    id: 'meetings',
    heading: 'coordination',
    fields: [
      {
        key: 'coordination',
        called: 'coordination',
        fields: [
          { key: 'date', as: 'date', label: 'date' },
          { key: 'starts', as: 'time', label: 'starts' },
          { key: 'timezone', as: 'zone', label: 'startsIn' },
          { key: 'hours', as: 'number', label: 'hours', hint: 'hoursHint', optional: true },
          { key: 'link', as: 'url', label: 'link', optional: true },
          { key: 'place', as: 'line', label: 'place', optional: true },
        ],
      },
    ],
  },
  {
    id: 'cooperation-sessions',
    heading: 'sessions',
    hint: 'sessionsHint',
    fields: [
      {
        key: 'meeting',
        label: 'meeting',
        hint: 'meetingHint',
        optional: true,
        fields: [
          { key: 'platform', as: 'line', label: 'platform', optional: true },
          { key: 'link', as: 'url', label: 'link', optional: true },
          { key: 'place', as: 'line', label: 'place', optional: true },
        ],
      },
      {
        key: 'contents',
        fields: [{ key: 'introduction', as: 'long', label: 'contentsIntroduction' }],
      },
      { key: 'sessions', label: 'session', add: 'addSession', min: 1, max: 12, of: SESSION },
    ],
  },
  {
    id: 'steps',
    heading: 'methodology',
    hint: 'methodologyHint',
    fields: [
      {
        key: 'methodology',
        fields: [
          { key: 'introduction', as: 'long', label: 'introduction' },
          step('coordination', 'step1'),
          step('documents', 'step2'),
          step('sessions', 'step3'),
          step('systematization', 'step4'),
          step('finalReport', 'step5'),
        ],
      },
    ],
  },
  {
    id: 'results',
    heading: 'results',
    fields: [
      {
        key: 'systematization',
        fields: [
          {
            key: 'consultant',
            label: 'consultant',
            hint: 'consultantHint',
            optional: true,
            fields: [...PERSON, ...OWN],
          },
        ],
      },
      {
        key: 'finalReport',
        label: 'finalReport',
        fields: [
          { key: 'drafts', as: 'institutions', label: 'drafts' },
          { key: 'complements', as: 'institutions', label: 'complements' },
          { key: 'receives', as: 'institution', label: 'receives' },
        ],
      },
      {
        key: 'followUp',
        label: 'followUp',
        hint: 'followUpHint',
        optional: true,
        word: 'none',
        fields: [
          { key: 'first', as: 'number', label: 'followUpFirst' },
          { key: 'second', as: 'number', label: 'followUpSecond', optional: true },
          { key: 'none', as: 'check', label: 'followUpNone', optional: true },
        ],
      },
    ],
  },
  {
    id: 'periods',
    heading: 'deadlines',
    hint: 'deadlinesHint',
    fields: [
      {
        key: 'deadlines',
        optional: true,
        fields: DEADLINES.map((key): Leaf => ({ key, as: 'number', label: key, hint: 'days' })),
      },
    ],
  },
];

/** Everything of the form; its key is not used. */
export const WHOLE: Group = { key: '', fields: SECTIONS.flatMap(({ fields }) => fields) };
