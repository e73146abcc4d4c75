import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type Programme, programmeShape } from '../../src/domain/programme/programme.ts';
import { checkCorrectedFile } from '../../src/domain/programme/programmeFile.ts';
import { addTo, type Entry, entriesOf, formEntryOf } from '../../src/site/pages/programmeForm/entries.ts';
import { dataOf, type FileValue, fileOf } from '../../src/site/pages/programmeForm/file.ts';
import type { Scope } from '../../src/site/pages/programmeForm/scope.ts';
import { rebased, treeOf, withStanding } from '../../src/site/pages/programmeForm/standing.ts';
import { example } from '../support/programme.ts';

/** Every file under `examples` that is a whole programme. */
const FILES = readdirSync(new URL('../../examples', import.meta.url), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .flatMap((file): [string, Programme][] => {
    const text = readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8');
    const read = programmeShape.safeParse(parse(text));
    return read.success ? [[file, read.data]] : [];
  });

/** The file that the form makes of a programme, after somebody has written in it. */
function made(standing: Programme, tree: Entry): Programme {
  const shown = dataOf(treeOf(standing));
  const { source } = fileOf(tree, (written) =>
    withStanding(standing as unknown as FileValue, shown, written),
  );
  const checked = checkCorrectedFile(source);
  if ('mistakes' in checked) throw new Error(JSON.stringify(checked.mistakes));
  return checked.programme;
}

const scopeOf = (programme: Programme, form: Scope['form'] = 'correction'): Scope => ({
  form,
  institutions: programme.institutions.length,
  participants: programme.participants.length,
  consultant: programme.systematization.consultant !== undefined,
});

describe('a programme that stands', () => {
  it('is one of several under examples', () => expect(FILES.length).toBeGreaterThanOrEqual(4));

  it.each(FILES)('comes back from the form field for field: %s', (_, programme) => {
    expect(made(programme, treeOf(programme))).toEqual(programme);
  });

  it('comes back with what no field of the form can show, whatever is written beside it', () => {
    const standing: Programme = example();
    standing.meeting = {};
    standing.deadlines = {};
    for (const session of standing.sessions) {
      session.guests = [];
      session.link = 'https://zoom.example/j/1';
    }
    for (const person of standing.participants) person.focalPoint = false;
    standing.description = ['Con tabulado\u000bvertical.', 'Un\ttabulado\u0007.\n\n\n  y sangrado.'];
    const tree = treeOf(standing);
    expect(made(standing, tree)).toEqual(standing);
    tree.subject = 'Otro tema';
    entriesOf(tree.description).splice(0, 1);
    expect(made(standing, tree)).toEqual({
      ...standing,
      subject: 'Otro tema',
      description: [standing.description[1]],
    });
  });
});

describe('what somebody wrote while another changed the programme', () => {
  const base = example();
  const changed = (programme: Programme, change: (programme: Programme) => void): Programme => {
    const copy = structuredClone(programme);
    change(copy);
    return copy;
  };
  const brought = (mine: Entry, theirs: Programme, form: Scope['form'] = 'correction') => {
    const { tree, both } = rebased(scopeOf(theirs, form), treeOf(base), mine, treeOf(theirs));
    return { programme: made(theirs, tree), both };
  };
  const written = (change: (tree: Entry) => void): Entry => {
    const tree = treeOf(base);
    change(tree);
    return tree;
  };

  it('is kept where nobody else wrote, beside what they did', () => {
    const theirs = changed(base, (programme) => {
      programme.frame = 'En el marco de otra red';
      programme.description.push('Otro párrafo.');
      programme.sessions.push({
        ...(programme.sessions[0] as Programme['sessions'][number]),
        contents: 'Otra.',
      });
    });
    const mine = written((tree) => {
      tree.subject = 'Otro tema';
      formEntryOf(entriesOf(tree.sessions)[1]).contents = 'Otros contenidos.';
      tree.deadlines = { ...formEntryOf(tree.deadlines), draftSheet: '9' };
    });
    const { programme, both } = brought(mine, theirs);
    expect(both).toEqual([]);
    expect(programme).toEqual(
      changed(theirs, (now) => {
        now.subject = 'Otro tema';
        (now.sessions[1] as Programme['sessions'][number]).contents = 'Otros contenidos.';
        now.deadlines = { ...now.deadlines, draftSheet: 9 };
      }),
    );
  });

  it('stays in its field where another wrote there, too, with what stands now', () => {
    const theirs = changed(base, (programme) => {
      programme.subject = 'El tema de ella';
      programme.description = ['Un párrafo.'];
    });
    const mine = written((tree) => {
      tree.subject = 'El tema de él';
      tree.description = ['Uno.', 'Dos.', 'Tres.', 'Cuatro.', 'Cinco.', 'Seis.', 'Siete.'];
    });
    const { programme, both } = brought(mine, theirs);
    expect(programme.subject).toBe('El tema de él');
    expect(programme.description).toHaveLength(7);
    expect(both).toEqual([
      { id: 'subject', theirs: 'El tema de ella' },
      { id: 'description', theirs: 'Un párrafo.' },
    ]);
  });

  it('has institutions that both added, each with its people', () => {
    const more = { role: 'providing', country: 'MX', timezone: 'America/Mexico_City' } as const;
    const theirs = changed(base, (programme) => {
      programme.institutions.splice(1, 0, { ...more, id: 'mex-stps', name: 'STPS', acronym: 'STPS' });
      programme.participants.unshift({ name: 'Eva', email: 'eva@stps.example', institution: 'mex-stps' });
      programme.finalReport.complements.push('mex-stps');
    });
    const mine = written((tree) => {
      addTo(tree, 'institutions');
      addTo(tree, 'participants');
      const institution = formEntryOf(entriesOf(tree.institutions).at(-1));
      Object.assign(institution, { name: 'MTSS', acronym: 'MTSS', role: 'providing', country: 'UY' });
      Object.assign(formEntryOf(entriesOf(tree.participants).at(-1)), {
        ...{ name: 'Inés', email: 'ines@mtss.example', institution: institution.key },
      });
      const report = formEntryOf(tree.finalReport);
      entriesOf(report.drafts).push(institution.key as string);
    });
    const { programme, both } = brought(mine, theirs);
    expect(both).toEqual([]);
    expect(programme).toEqual(
      changed(theirs, (now) => {
        now.institutions.push({
          ...{ id: 'ury-mtss', name: 'MTSS', acronym: 'MTSS', role: 'providing', country: 'UY' },
          timezone: 'America/Montevideo',
        });
        now.participants.push({ name: 'Inés', email: 'ines@mtss.example', institution: 'ury-mtss' });
        now.finalReport.drafts.push('ury-mtss');
      }),
    );
  });

  it('is only what the form is for: all else stays as it stands', () => {
    const mine = written((tree) => {
      tree.id = 'otra';
      tree.language = 'fr';
      formEntryOf(tree.coordination).date = '2030-01-01';
      entriesOf(tree.participants).splice(0, 1);
      formEntryOf(entriesOf(tree.sessions)[0]).date = '2030-01-01';
      entriesOf(formEntryOf(entriesOf(tree.sessions)[0]).guests).push({
        name: 'Nadie',
        email: 'x@y.example',
      });
      formEntryOf(tree.finalReport).drafts = [];
      tree.subject = 'Otro tema';
    });
    expect(brought(mine, base).programme).toEqual({ ...base, subject: 'Otro tema' });
    const wider = written((tree) => {
      tree.deadlines = { draftSheet: '9' };
      addTo(tree, 'institutions');
    });
    expect(brought(wider, base, 'revision').programme).toEqual(base);
  });
});
