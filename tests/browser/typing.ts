import type { Page } from 'playwright-core';
import type { Programme } from '../../src/domain/programme.ts';

/** A programme typed into the form that is for a new one, field for field, as an officer does who has it on paper. */

/** Where the form refers to an institution by what it is called. */
const REFERS = /-(institution|invitedBy)$|^finalReport-(drafts|complements|receives)/;

export type Typing = { fields: number; buttons: number };

/** Leaves the form as it is before it is checked. */
export async function typeProgramme(page: Page, programme: Programme): Promise<Typing> {
  const typed: Typing = { fields: 0, buttons: 0 };
  async function grow(list: string, wanted: number, have: number): Promise<void> {
    for (let n = have; n < wanted; n++) {
      await page.locator(`button[name=do][value="add:${list}"]`).click();
      await page.locator(`[id="${list}-${n}"]`).waitFor({ state: 'attached' });
      typed.buttons++;
    }
  }
  const { institutions, participants, description, objectives, sessions } = programme;
  await grow('institutions', institutions.length, 3);
  await grow('participants', participants.length, 3);
  await grow('description', description.length, 1);
  await grow('objectives-items', objectives.items.length, 1);
  await grow('sessions', sessions.length, 1);
  for (const [i, { guests = [] }] of sessions.entries()) await grow(`sessions-${i}-guests`, guests.length, 0);

  /** The form's own name of each institution, by its code. */
  const keys = new Map<string, string>();
  for (const [i, { id }] of institutions.entries())
    keys.set(id, await page.locator(`[name="institutions-${i}-key"]`).inputValue());

  async function write(value: unknown, id: string): Promise<void> {
    if (Array.isArray(value) && REFERS.test(id)) return chooseAll(id, value as string[]);
    if (typeof value === 'object' && value !== null) {
      for (const [key, one] of Object.entries(value)) await write(one, id ? `${id}-${key}` : key);
      return;
    }
    const field = page.locator(`[name="${id}"]:not([type=hidden])`);
    await unfold(id);
    const wanted = REFERS.test(id) ? (keys.get(String(value)) as string) : String(value);
    if (typeof value === 'boolean') {
      if ((await field.isChecked()) === value) return;
      await field.setChecked(value);
    } else {
      if ((await field.inputValue()) === wanted) return;
      const isChoice = (await field.and(page.locator('select')).count()) > 0;
      if (isChoice) await field.selectOption(wanted);
      else await field.fill(wanted);
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
      typed.fields++;
    }
  }
  await write(programme, '');
  return typed;
}
