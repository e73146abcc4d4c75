import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

/** What somebody is writing in the short forms of a cooperation. */
describe('the draft', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it.each([
    ['a comment', 'comment doc-1', '/documents', { comment: 'Falta <el> anexo.' }],
    ['a question to the Secretariat', 'enquiry', '/communications', { text: 'Falta <el> anexo.' }],
    ['a question to the other side', 'question', '/questions', { text: 'Falta <el> anexo.', to: 'chl-mtps' }],
  ])('of %s is there again, for its author alone, until it is sent', async (_, form, place, text) => {
    const shared = await system.cooperations.putDocument(ID, {
      ...{ by: 'per-mtpe-1', fileName: 'malla.txt', kind: 'shared' },
      bytes: Readable.from([Buffer.from(`Malla, ${form}.`)]),
    });
    const named = form.replace('doc-1', shared.document);
    const written = `/c/${ID}/written?form=${encodeURIComponent(named)}`;
    const at = `/c/${ID}${place}`;
    expect(await browsers.peru.text(at)).toContain(`data-draft="${written}"`);
    const kept = await browsers.peru.post(written, { ...text, do: 'keep' });
    expect([kept.status, kept.headers.get('location')?.split('#')[0]]).toEqual([303, at]);
    const page = await browsers.peru.text(at);
    expect(page).toContain('Falta &lt;el&gt; anexo.</textarea>');
    expect(page).toContain('Continúa el borrador');
    expect(await browsers.staff.text(at)).not.toContain('Falta &lt;el&gt; anexo.');
    const sent = { comment: '/comments', enquiry: '/communications/ask', question: '/questions' };
    const path = `/c/${ID}${sent[named.split(' ')[0] as keyof typeof sent]}`;
    expect((await browsers.peru.post(path, { ...text, about: shared.document })).status).toBe(303);
    expect(await browsers.peru.text(at)).not.toContain('Continúa el borrador');
    await browsers.peru.post(written, { ...text, do: 'keep' });
    expect((await browsers.peru.post(written, { do: 'discard' })).status).toBe(303);
    expect(await browsers.peru.text(at)).not.toContain('Continúa el borrador');
  });

  it('in a form that is not theirs is kept for nobody', async () => {
    for (const form of ['comment doc-99', 'change correct-minutes', 'else', 'comment ../x', ''])
      expect(
        (await browsers.peru.post(`/c/${ID}/written?form=${encodeURIComponent(form)}`, { do: 'keep' }))
          .status,
      ).toBe(404);
  });
});
