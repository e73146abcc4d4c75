import type { Page } from 'playwright-core';
import type { Programme } from '../../src/domain/programme/programme.ts';

/** A programme typed into the form that is for a new one, field for field, as an officer does who has it on paper. */

/** Where the form refers to an institution by what it is called. */
const REFERS = /-(institution|invitedBy)$|^finalReport-(drafts|complements|receives)/;

/**
 * How many fields were filled in and buttons pressed. Of the fields, how many characters were typed, and how many of those
 * stood in fields of more than a line, which an officer who has the text in a file pastes; the others are choices.
 */
export type Typing = {
  fields: number;
  buttons: number;
  /** How often the next part of the form was gone to. */
  parts: number;
  choices: number;
  characters: number;
  long: { fields: number; characters: number };
};

/**
 * Minutes that it takes a person, by the keystroke-level model of Card, Moran and Newell: 0.3 s a character, as whoever
 * types 40 words a minute; for each field 1.35 s to think and 0.4 s to come to it by Tab; for each choice and button 1.35 s
 * to think, 1.1 s to point and 0.2 s to click, for a choice once more to point and click; a second for the page that a
 * button brings. A text that is pasted is marked, copied and pasted: 6 s.
 */
export function minutesOf(
  { fields, buttons, parts, choices, characters, long }: Typing,
  pasted = false,
): number {
  const texts = fields - choices;
  const typed = pasted ? characters - long.characters : characters;
  const seconds =
    typed * 0.3 +
    texts * (1.35 + 0.4) +
    choices * (1.35 + 2 * (1.1 + 0.2)) +
    buttons * (1.35 + 1.1 + 0.2 + 1) +
    parts * (1.35 + 1.1 + 0.2) +
    (pasted ? long.fields * 6 : 0);
  return seconds / 60;
}
/** What is longer is pasted. */
const LONG = 100;

/** Leaves the form as it is before it is checked. */
export async function typeProgramme(page: Page, programme: Programme): Promise<Typing> {
  const typed: Typing = {
    ...{ fields: 0, buttons: 0, parts: 0, choices: 0, characters: 0 },
    long: { fields: 0, characters: 0 },
  };
  async function grow(list: string, wanted: number, have: number): Promise<void> {
    for (let n = have; n < wanted; n++) {
      await page.locator(`button[name=do][value="add:${list}"]`).click();
      await page.locator(`[id="${list}-${n}"]`).waitFor({ state: 'attached' });
      typed.buttons++;
    }
  }
  const { institutions, participants, description, objectives, sessions } = programme;
  /** The form's own name of each institution, by its code. */
  const keys = new Map<string, string>();
  /** What is added before something is written, by the entry of the programme that it is in. */
  const growing: Partial<Record<keyof Programme, () => Promise<void>>> = {
    async institutions() {
      await grow('institutions', institutions.length, 3);
      for (const [i, { id }] of institutions.entries())
        keys.set(id, await page.locator(`[name="institutions-${i}-key"]`).inputValue());
    },
    participants: () => grow('participants', participants.length, 3),
    description: () => grow('description', description.length, 1),
    objectives: () => grow('objectives-items', objectives.items.length, 1),
    async sessions() {
      await grow('sessions', sessions.length, 1);
      for (const [i, { guests = [] }] of sessions.entries())
        await grow(`sessions-${i}-guests`, guests.length, 0);
    },
  };
  /** The parts of the form, each with what it asks for; they come one after the other. */
  const parts = await page
    .locator('.rial-part')
    .evaluateAll((all) =>
      all.map((part) =>
        [...part.querySelectorAll('[name], [id]')].map(
          (one) => (one.getAttribute('name') ?? one.id).split('-')[0] ?? '',
        ),
      ),
    );

  async function write(value: unknown, id: string): Promise<void> {
    if (Array.isArray(value) && REFERS.test(id)) return chooseAll(id, value as string[]);
    if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) await write(one, id ? `${id}-${key}` : key);
      return;
    }
    const field = page.locator(`#programme [name="${id}"]:not([type=hidden])`);
    await unfold(id);
    const wanted = REFERS.test(id) ? (keys.get(String(value)) as string) : String(value);
    if (typeof value === 'boolean') {
      if ((await field.isChecked()) === value) return;
      await field.setChecked(value);
      typed.choices++;
    } else {
      if ((await field.inputValue()) === wanted) return;
      const isChoice = (await field.and(page.locator('select')).count()) > 0;
      if (isChoice) {
        await field.selectOption(wanted);
        typed.choices++;
      } else {
        await field.fill(wanted);
        typed.characters += wanted.length;
        if (wanted.length > LONG) {
          typed.long.fields++;
          typed.long.characters += wanted.length;
        }
      }
    }
    typed.fields++;
  }
  /** What is seldom needed is folded away. */
  async function unfold(id: string): Promise<void> {
    const fold = page.locator(`details:not([open]):has([name="${id}"]) > summary`).first();
    if ((await fold.count()) === 0) return;
    await fold.click();
    typed.buttons++;
  }
  async function chooseAll(id: string, codes: readonly string[]): Promise<void> {
    for (const [code, key] of keys) {
      const box = page.locator(`input[name="${id}"][value="${key}"]`);
      if ((await box.isChecked()) === codes.includes(code)) continue;
      await box.setChecked(codes.includes(code));
      typed.choices++;
      typed.fields++;
    }
  }
  for (const [n, names] of parts.entries()) {
    if (n > 0) {
      await page.locator('.rial-part:visible .rial-turn button').last().click();
      typed.parts++;
    }
    for (const [key, value] of Object.entries(programme))
      if (names.includes(key)) {
        await growing[key as keyof Programme]?.();
        await write(value, key);
      }
  }
  return typed;
}
