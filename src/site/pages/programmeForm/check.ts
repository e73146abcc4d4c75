import type { Cooperations } from '../../../client/index.ts';
import type { Language } from '../../../domain/language.ts';
import type { Fault } from '../../../domain/mistake.ts';
import type { Programme } from '../../../domain/programme/programme.ts';
import { formMistakeText } from '../../../words/mistakes.ts';
import { speaker } from '../../../words/speaker.ts';
import type { Mistake } from '../../form.ts';
import type { Entry } from './entries.ts';
import { isGroup, isList } from './fields.ts';
import { fileOf, type Place } from './file.ts';

/** A mistake at its field. `where` says for the list of all of them which field that is. */
export type FormMistake = Mistake & { where: string };

/** With its place, as it stands above the form. */
export const placedMistake = ({ field, where, message }: FormMistake): Mistake => ({
  field,
  message: where ? `${where} — ${message}` : message,
});

/** The form's own element, for what is wrong of the whole. */
export const FORM = 'programme';

/** Checks what is written as the file that it makes, and shows each mistake where it was written. */
export async function checkForm(
  tree: Entry,
  language: Language,
  check: (source: string) => ReturnType<Cooperations['checkProgramme']>,
  standing?: Parameters<typeof fileOf>[1],
): Promise<{ source: string; programme: Programme } | { mistakes: FormMistake[] }> {
  const { source, places } = fileOf(tree, standing);
  const result = await check(source);
  if ('programme' in result) return { source, programme: result.programme };
  const order = new Map([...places.values()].map((place, i) => [place, i]));
  // Without a title, what its parties lack is told: the title is made of them.
  const told = result.mistakes.filter(({ path }) => path !== 'title' || !places.get('title')?.blank);
  const found = (told.length > 0 ? told : result.mistakes).map((mistake) => {
    const place = placeOf(places, mistake.path);
    return { at: (place && order.get(place)) ?? -1, mistake: mistakeAt(place, mistake, language) };
  });
  return { mistakes: found.sort((a, b) => a.at - b.at).map(({ mistake }) => mistake) };
}

/** The nearest part of the form around a path of the file. */
function placeOf(places: ReadonlyMap<string, Place>, path: string): Place | undefined {
  for (let at = path; at !== ''; at = at.replace(/(^|\.)[^.[\]]*$|\[\d+\]$/, '')) {
    const place = places.get(at);
    if (place) return place;
  }
  return undefined;
}

function named({ node, within }: Place, language: Language): { label: string; around: string[] } {
  const say = speaker('form.fields', language);
  const label = node.label ? say(node.label, { n: within.at(-1)?.n ?? 1 }) : '';
  // An entry that is one field is called as its list is.
  return { label, around: within.map((one) => say(one.label, { n: one.n })).filter((one) => one !== label) };
}

/** What a part of the form is called, with what it is part of, by its id. */
export function placeName(places: ReadonlyMap<string, Place>, id: string, language: Language): string {
  const place = [...places.values()].find((one) => one.id === id);
  if (!place) return '';
  const { label, around } = named(place, language);
  return (label ? [...around, label] : around).join(', ');
}

function mistakeAt(place: Place | undefined, mistake: Fault, language: Language): FormMistake {
  if (!place) return { field: FORM, where: '', message: formMistakeText(mistake, language) };
  const { node, blank, id } = place;
  const isField = !isList(node) && !isGroup(node);
  const { label, around } = named(place, language);
  // What is missing is named by its label; all else is said by the check.
  if (isField && blank)
    return {
      field: id,
      where: around.join(', '),
      message: speaker('form.kit', language)('missing', { label }),
    };
  return {
    // The date is there; what lacks is in the field beside it.
    field: mistake.code === 'SessionStartMissing' ? `${id.slice(0, id.lastIndexOf('-') + 1)}starts` : id,
    where: (label ? [...around, label] : around).join(', '),
    message: formMistakeText(mistake, language),
  };
}
