import { expect, test } from 'vitest';
import { readAll } from '../../../src/documents/store.ts';
import { caseFor } from '../../../src/export/reader.ts';
import { readDocx } from '../../publications/reading.ts';
import { sent } from './letters.ts';
import { example, played } from './stage.ts';

/** A programme in two languages: who is asked to translate and to vouch, what is asked again, and what is gone on without. */

test('one translates and another vouches before both ministries approve; only what changes is asked for again', async () => {
  let printed = '';
  const run = await played('two-languages.yaml', {
    programme: example('peru-barbados.yaml'),
    async atEnd({ documents }, { view }) {
      const issued = view.programmeVersions.find(({ version }) => version === 2);
      printed = (await readDocx(await readAll(documents, issued?.docx.sha256 ?? ''))).text;
    },
  });
  const { requests, programme, programmeVersions } = run.view;
  const ID = 'coordination/';
  const about = (id: string) => {
    const found = requests.find((one) => one.id === ID + id);
    if (!found) throw new Error(`nobody is asked for ${id}`);
    return found;
  };
  const textsIn = (id: string) => about(id).translation?.paragraphs.map(({ text }) => text) ?? [];
  const mailed = (id: string, to: string, notice = 'request') => sent(run, { request: ID + id, to, notice });

  const asked = requests
    .filter(({ step, kind }) => step === 'coordination' && kind !== 'confirm-coordination')
    .map(({ id, asked: parties, outcome }) => [id, parties.map(({ party }) => party).join(), outcome]);
  expect(asked).toEqual([
    [`${ID}translate-programme.1`, 'oas', 'submit'],
    [`${ID}vouch-translation.1`, 'brb-mlsp', 'changes'],
    [`${ID}translate-programme.2`, 'oas', 'submit'],
    [`${ID}vouch-translation.2`, 'brb-mlsp', 'approve'],
    [`${ID}approve-programme.1`, 'per-mtpe,brb-mlsp', 'changes'],
    [`${ID}revise-programme.1`, 'oas', 'submit'],
    [`${ID}translate-programme.3`, 'oas', 'waived'],
    [`${ID}approve-programme.2`, 'per-mtpe,brb-mlsp', 'approve'],
  ]);

  // Each is asked in their own language; who vouches has both texts in the mail.
  expect(mailed('translate-programme.1', 'oas-1')[0]?.subject).toMatch(
    /^\[Acción requerida\] Traducir el programa/,
  );
  const [voucher] = mailed('vouch-translation.1', 'brb-mlsp-1');
  expect(voucher?.subject).toMatch(/^\[Action required\] Vouch for the translation/);
  expect(voucher?.text).toContain('La inspección de los turnos');
  expect(voucher?.text).toContain('English text of paragraph 1,');
  expect(mailed('vouch-translation.1', 'per-mtpe-1')).toEqual([]);

  // What was sent back is asked for again, with the reason, and is there to go on from.
  const all = textsIn('translate-programme.1');
  expect(all).toContain('La norma de Barbados: antecedentes, acuerdo tripartito y puesta en marcha.');
  expect(mailed('translate-programme.2', 'oas-1')[0]?.text).toContain('A shift is no turn.');
  expect(textsIn('translate-programme.2')).toEqual(all);
  const { translation } = about('translate-programme.2');
  expect(translation?.paragraphs.every((one) => one.translation !== null)).toBe(true);

  // Of the revised programme one paragraph alone is asked for, with reminders as for anything; then it is done without.
  expect(textsIn('translate-programme.3')).toEqual([programme.contents.introduction]);
  expect(all).not.toContain(programme.contents.introduction);
  expect(mailed('translate-programme.3', 'oas-1', 'reminder').length).toBeGreaterThan(0);
  expect(about('translate-programme.3')).toMatchObject({ waived: ['oas'], state: 'waived' });
  expect(programmeVersions.slice(0, 2).map(({ issuedAt }) => issuedAt !== null)).toEqual([false, true]);

  // What is printed says so of that paragraph, and of the others who translated them and who vouched.
  expect(printed).toContain('(not translated)\u00A0[b]');
  expect(printed).toMatch(
    /\[a\] translated by Lucía Ferrer \(OAS\), .*; translation vouched for by Andrea Clarke/,
  );
  expect(printed).toMatch(/\[b\] sin traducción: la Secretaría Técnica siguió adelante sin ella el/);
});

test('an annulled voucher is owed again before another version, and a corrected title is translated, vouched for and approved', async () => {
  const programme = example('peru-barbados.yaml');
  const titled = (title: string) => programme.replace('Cooperación bilateral entre', `${title} entre`);
  const run = await played(
    `
title: Anulada y corregida
until: "2025-04-10 18:00"
changes:
  - at: { after: coordination/approve-programme.1, hours: 1 }
    by: oas-1
    reason: Se validó otro archivo.
    annul: { request: coordination/vouch-translation.1, party: brb-mlsp }
  - at: "2025-03-03 15:00"
    by: oas-1
    reason: El título decía otra cosa.
    amend: { programme: first }
  - at: "2025-03-24 10:00"
    by: oas-1
    reason: Falta una palabra en el título.
    amend: { programme: second }
`,
    { programme, read: (file) => titled(file === 'first' ? 'Cooperación' : 'Cooperación técnica') },
  );
  const { requests, programmeVersions } = run.view;
  const asked = requests
    .filter(({ kind }) => /programme|translation/.test(kind))
    .map(({ id, outcome, lapse, translation }) => [
      id,
      lapse ?? outcome,
      ...(translation ? [translation.paragraphs.length] : []),
    ]);
  const all = asked[0]?.[2];
  expect(asked).toEqual([
    ['coordination/translate-programme.1', 'submit', all],
    ['coordination/vouch-translation.1', 'annulled', all],
    ['coordination/approve-programme.1', 'annulled'],
    ['coordination/vouch-translation.1.2', 'approve', all],
    ['coordination/approve-programme.1.2', 'superseded'],
    ['coordination/translate-programme.2', 'submit', 1],
    ['coordination/vouch-translation.2', 'approve', 1],
    ['coordination/approve-programme.2', 'approve'],
    [expect.stringMatching(/^amendment-\d+\/translate-programme\.1$/), 'submit', 1],
    [expect.stringMatching(/^amendment-\d+\/vouch-translation\.1$/), 'approve', 1],
    [expect.stringMatching(/^amendment-\d+\/approve-programme\.1$/), 'approve'],
  ]);
  // Each that was up for approval is another text, with its translation; what counts is what was approved.
  const [first, second, third] = programmeVersions;
  expect(new Set([first?.hash, second?.hash, third?.hash]).size).toBe(3);
  expect(requests.find(({ id }) => id === 'coordination/approve-programme.2')?.subject.hash).toBe(
    third?.hash,
  );
  expect(programmeVersions.map(({ issuedAt }) => issuedAt !== null)).toEqual([false, false, true, true]);

  // Whoever takes part has the paragraphs that were asked about in their copy of the case, and others' words stay out.
  const reader = { of: 'person' as const, person: 'per-mtpe-1', party: 'per-mtpe', secretariat: false };
  const theirs = caseFor(run.view, reader).view.contents.map(({ hash }) => hash);
  for (const { subject, translation } of requests) if (translation) expect(theirs).toContain(subject.hash);
});
