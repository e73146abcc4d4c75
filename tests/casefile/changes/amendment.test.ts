import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { findCooperation } from '../../../src/casefile/cooperations.ts';
import { findPerson, invitedTo } from '../../../src/casefile/people.ts';
import { nextProgrammeVersion } from '../../../src/casefile/programmes.ts';
import { findRequest } from '../../../src/casefile/requests.ts';
import { sessionOf } from '../../../src/casefile/sessions.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import type { Change } from '../../../src/domain/change.ts';
import type { Programme } from '../../../src/domain/programme/programme.ts';
import {
  approves,
  asked,
  DELEGATIONS,
  file,
  HASH,
  invited,
  issued,
  lines,
  made,
  NOW,
  refused,
  setting,
  the,
} from './setting.ts';

setting({ written: true });

const cooperation = async () => {
  const found = await findCooperation(the().db, the().id);
  if (!found) throw new Error('no such cooperation');
  return found;
};
/** The programme as it stands, corrected, as the file that an officer hands in. */
async function amended(change: (programme: Programme) => void): Promise<Change> {
  const programme = structuredClone((await cooperation()).programme);
  change(programme);
  return { change: 'amend', programme: stringify(programme) };
}
const COLOMBIA = {
  id: 'col-mintrabajo',
  name: 'Ministerio de Trabajo de Colombia',
  acronym: 'MinTrabajo',
  country: 'CO',
  timezone: 'America/Bogota',
  role: 'providing',
} as const;
const joined = (programme: Programme, email = 'nueva@example.org') => {
  programme.institutions.splice(1, 0, COLOMBIA);
  programme.participants.unshift({ name: 'Nueva Persona', email, institution: COLOMBIA.id });
  programme.finalReport.complements.push(COLOMBIA.id);
};

describe('a corrected programme', () => {
  it('takes nothing back that a colleague corrected since it was looked at', async () => {
    await issued();
    const title = await amended((programme) => {
      programme.title = 'Otro título';
    });
    await made(await amended((programme) => Object.assign(programme, { subject: 'Otro tema' })));
    expect(await refused(title, { seen: 0 })).toBe('ChangedSince changes=[{"number":1,"kind":"amend"}]');
    expect((await cooperation()).programme.subject).toBe('Otro tema');
  });

  it('with other texts goes to the delegations', async () => {
    await issued();
    const { told, programmeChanges, effects, recorded } = await made(
      await amended((programme) => {
        programme.title = 'Otro título';
        programme.deadlines = { draftReport: 30 };
      }),
    );
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed'));
    expect(programmeChanges).toEqual(['texts']);
    expect(effects.approval).toBe(false);
    expect(recorded).toEqual(['programme-amended']);
    expect((await cooperation()).programme).toMatchObject({
      title: 'Otro título',
      deadlines: { draftReport: 30 },
    });
  });

  it('with days on which an institution is closed counts them from then on, and is told to nobody', async () => {
    await issued();
    const closedDays = [{ from: '2021-07-26', to: '2021-07-30' }];
    const { told, programmeChanges, effects } = await made(
      await amended(({ institutions }) => Object.assign(institutions[1] as object, { closedDays })),
    );
    expect({ told, programmeChanges }).toEqual({ told: [], programmeChanges: [] });
    expect(effects.approval).toBe(false);
    const { plan, programme } = await cooperation();
    expect(programme.institutions[1]).toMatchObject({ id: 'chl-mtps', closedDays });
    expect(plan.parties.find(({ code }) => code === 'chl-mtps')).toMatchObject({ closedDays });
  });

  describe('with further closed days leaves as many working days for what is asked', () => {
    const CLOSED = [{ from: '2021-07-08', to: '2021-07-13' }];
    const REQUEST = 'coordination/approve-programme.1';
    const DUE = '2021-07-09T23:00:00.000Z';
    const closes = async (closedDays: { from: string; to: string }[] = CLOSED) =>
      made(await amended(({ institutions }) => Object.assign(institutions[1] as object, { closedDays })));
    const request = () => findRequest(the().db, the().id, REQUEST);

    it('those who owe it are told, and reminded on none of those days', async () => {
      await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
      // Six working days were left from 1 to 9 July; four days are closed.
      const { told } = await closes();
      expect(told).toContain(`chl-mtps-1 deadline-extended ${REQUEST} ${DUE}`);
      expect(told).toContain(`per-mtpe-1 deadline-extended ${REQUEST} ${DUE}`);
      const row = await request();
      expect(row?.dueAt).toBe('2021-07-15T22:00:00.000Z');
      expect(row?.reminders).toContain('2021-07-15T13:00:00.000Z');
      expect(
        row?.reminders.filter((at) => at.endsWith('T13:00:00.000Z') && /07-(08|09|12|13)T/.test(at)),
      ).toEqual([]);
      const record = (await viewOf(the().db, the().id, NOW))?.record.at(-1);
      expect(record?.data).toMatchObject({
        due: [{ request: REQUEST, due: '2021-07-15T22:00:00.000Z', previousDue: DUE }],
      });
      // Opened again, nothing is due earlier than people were told.
      expect((await closes([])).told).toEqual([]);
      expect((await request())?.dueAt).toBe('2021-07-15T22:00:00.000Z');
    });

    it('of another, of whoever has answered, and of what is overdue nothing moves', async () => {
      await asked(REQUEST, ['per-mtpe']);
      expect((await closes()).told).toEqual([]);
      await file();
      await asked(REQUEST, ['per-mtpe', 'chl-mtps']);
      await approves(REQUEST, 'chl-mtps-1');
      expect((await closes()).told).toEqual([]);
      await file();
      await asked(REQUEST, ['chl-mtps'], { dueAt: '2021-06-30T22:00:00.000Z' });
      expect((await closes()).told).toEqual([]);
      expect((await request())?.dueAt).toBe('2021-06-30T22:00:00.000Z');
    });

    it('what is due on a day that is closed is due on the next, and before the session that it is for', async () => {
      await asked(REQUEST, ['chl-mtps'], { dueAt: '2021-07-01T22:00:00.000Z' });
      await closes([{ from: '2021-07-01', to: '2021-07-01' }]);
      expect((await request())?.dueAt).toBe('2021-07-02T22:00:00.000Z');
      await file();
      const documents = 'documents/send-documents.1';
      await asked(documents, ['chl-mtps'], { dueAt: '2021-07-12T22:00:00.000Z' });
      await closes([{ from: '2021-07-12', to: '2021-07-16' }]);
      const next = (await sessionOf(the().db, the().id, 1)).startsAt as string;
      expect(next.slice(0, 10)).toBe('2021-07-14');
      expect((await findRequest(the().db, the().id, documents))?.dueAt).toBe(next);
    });
  });

  it('with other contents is sent for approval, and told to nobody', async () => {
    await issued();
    const { told, programmeChanges, effects } = await made(
      await amended((programme) => {
        programme.title = 'Otro título';
        (programme.sessions[1] as { contents: string }).contents = 'Otros contenidos.';
      }),
    );
    expect(told).toEqual([]);
    expect(programmeChanges).toEqual([]);
    expect(effects).toEqual({ approval: true, plan: (await cooperation()).plan });
    expect((await sessionOf(the().db, the().id, 2)).contents).toBe('Otros contenidos.');
    const workflows = async () =>
      (await viewOf(the().db, the().id, NOW))?.workflows.map(({ file }) => file) ?? [];
    expect(await workflows()).not.toContain('histories/amendment-1.json');
    await nextProgrammeVersion(
      the().db,
      the().id,
      { cause: 'amendment-1.1', approvedIn: 'amendment-1' },
      async () => ({
        madeAt: NOW,
        hash: HASH,
        pdfSha256: HASH,
        pdfName: 'p.pdf',
        docxSha256: HASH,
        docxName: 'p.docx',
        printed: null,
        differences: [],
      }),
    );
    expect(await workflows()).toContain('histories/amendment-1.json');
  });

  it.each<[string, (programme: Programme) => void]>([
    ['description', (programme) => programme.description.push('Además.')],
    ['objectives', (programme) => programme.objectives.items.push({ text: 'otro objetivo.' })],
    [
      'methodology',
      (programme) => {
        programme.methodology.documents.text = 'Otro texto.';
      },
    ],
    [
      'the introduction of the contents',
      (programme) => {
        programme.contents.introduction = 'Otra introducción.';
      },
    ],
  ])('is approved anew with another %s', async (_, change) => {
    await issued();
    expect((await made(await amended(change))).effects.approval).toBe(true);
  });

  it('before the first draft is in that draft; while one is with the ministries, in another', async () => {
    const contents = (text: string) =>
      amended((programme) => {
        programme.description = [text];
      });
    expect(await made(await contents('Uno.'))).toMatchObject({ told: [], effects: { approval: false } });
    await issued('coordination', false);
    expect((await made(await contents('Dos.'))).effects.approval).toBe(true);
    const title = await amended((programme) => {
      programme.title = 'Otro título';
    });
    expect(await made(title)).toMatchObject({ told: [], programmeChanges: [], effects: { approval: true } });
  });

  it('with one more institution welcomes its people, and tells the others', async () => {
    await issued();
    await invited(1);
    await asked('documents/send-documents.1', ['per-mtpe', 'chl-mtps']);
    const { told, programmeChanges, effects } = await made(await amended(joined));
    expect(told).toEqual([
      'col-mintrabajo-1 joined',
      'col-mintrabajo-1 invitation 1 1 REQUEST new',
      ...lines(DELEGATIONS, 'programme-changed'),
    ]);
    expect(programmeChanges).toEqual(['institutions']);
    expect(effects.approval).toBe(false);
    expect(effects.plan?.parties.map(({ code }) => code)).toEqual([
      'per-mtpe',
      'col-mintrabajo',
      'chl-mtps',
      'oas',
      'consultant',
    ]);
    expect(effects.plan?.report.complements).toEqual(['chl-mtps', 'col-mintrabajo']);
    expect(await findPerson(the().db, the().id, 'col-mintrabajo-1')).toMatchObject({
      role: 'delegate',
      focalPoint: true,
      timeZone: 'America/Bogota',
    });
    // After those there are, whose numbers stay.
    expect((await invitedTo(the().db, the().id, 1)).map(({ id }) => id)).toEqual([
      ...DELEGATIONS,
      'col-mintrabajo-1',
    ]);
  });

  it('with one more institution and other contents tells its people alone', async () => {
    await issued();
    const { told, effects } = await made(
      await amended((programme) => {
        joined(programme);
        programme.description.push('Además.');
      }),
    );
    expect(told).toEqual(['col-mintrabajo-1 joined']);
    expect(effects.approval).toBe(true);
  });

  it('names a consultant where nobody did', async () => {
    await file((programme) => {
      programme.systematization = {};
    });
    await issued();
    const named = (more: object = {}) =>
      amended((programme) => {
        programme.systematization.consultant = { name: 'Nueva Persona', email: 'nueva@example.org', ...more };
      });
    await asked('systematization/name-consultant.1', ['oas']);
    expect(await refused(await named())).toMatch(/^ConsultantAsked .*name-consultant/);
    await made({ change: 'cancel-session', session: 3 });
    await the()
      .db.updateTable('request')
      .set({ closedAt: NOW, outcome: 'done' })
      .where('cooperation', '=', the().id)
      .execute();
    const taken = await named({ email: 'jorge.larrea@mtpe-peru.example', name: 'Otra Persona' });
    expect(await refused(taken)).toMatch(/^CorrectionMistaken .*consultant\.email/);
    const { effects, programmeChanges, told } = await made(await named());
    expect(programmeChanges).toEqual(['consultant']);
    expect(told).toEqual(lines(DELEGATIONS, 'programme-changed'));
    expect(effects.plan?.consultantNamed).toBe(true);
    expect(await findPerson(the().db, the().id, 'consultant-1')).toMatchObject({ active: true });
  });

  it('keeps the sessions as they stand, those added too', async () => {
    await issued();
    await made({ change: 'reschedule', session: 1, startsAt: '2021-07-21T15:00:00.000Z' });
    const as = { contents: 'Seguimiento.', date: '2021-11-10', starts: '10:00' };
    await made({ change: 'add-session', as });
    const { effects } = await made(
      await amended((programme) => {
        programme.title = 'Otro título';
      }),
    );
    expect(effects.plan?.sessions.map(({ date }) => date?.startsAt)).toEqual([
      '2021-07-21T15:00:00.000Z',
      undefined,
      undefined,
      '2021-11-10T15:00:00.000Z',
    ]);
    expect((await sessionOf(the().db, the().id, 1)).startsAt).toBe('2021-07-21T15:00:00.000Z');
  });

  it.each<[string, (programme: Programme) => void, RegExp]>([
    ['nothing', () => {}, /^ProgrammeSame/],
    [
      'another code',
      (programme) => {
        programme.id = '15-per-chl';
      },
      /^NotAmendable part="id"/,
    ],
    [
      'another language',
      (programme) => {
        programme.language = 'en';
      },
      /^NotAmendable part="language"/,
    ],
    [
      'another coordination meeting',
      (programme) => {
        programme.coordination.starts = '11:00';
      },
      /^NotAmendable part="coordination"/,
    ],
    [
      'another meeting place',
      (programme) => {
        programme.meeting = { link: 'https://zoom.us/j/1' };
      },
      /^NotAmendable part="meeting"/,
    ],
    ['fewer sessions', (programme) => programme.sessions.pop(), /^NotAmendable part="sessions"/],
    [
      'another date',
      (programme) => {
        (programme.sessions[0] as { date: string }).date = '2021-07-15';
      },
      /^NotAmendable part="session" session=1/,
    ],
    [
      'fewer guests',
      (programme) => {
        delete (programme.sessions[1] as { guests?: unknown }).guests;
      },
      /^NotAmendable part="guests" session=2/,
    ],
    [
      'another time zone of an institution',
      (programme) => {
        (programme.institutions[0] as { timezone: string }).timezone = 'America/Bogota';
      },
      /^NotAmendable part="institution" party="per-mtpe"/,
    ],
    [
      'somebody else',
      (programme) => {
        (programme.participants[0] as { name: string }).name = 'Nueva Persona';
      },
      /^NotAmendable part="participants" party="chl-mtps"/,
    ],
    [
      'one more of an institution there is',
      (programme) =>
        programme.participants.push({
          name: 'Nueva Persona',
          email: 'nueva@example.org',
          institution: 'oas',
        }),
      /^NotAmendable part="participants" party="oas"/,
    ],
    [
      'another consultant',
      (programme) => {
        programme.systematization = {};
      },
      /^NotAmendable part="consultant"/,
    ],
    [
      'other drafters of the report',
      (programme) => {
        programme.finalReport.drafts = ['chl-mtps'];
      },
      /^NotAmendable part="finalReport"/,
    ],
    [
      'a new institution with an address of others',
      (programme) => joined(programme, 'consultoria@rial.example'),
      /^CorrectionMistaken/,
    ],
  ])('is refused with %s', async (_, change, refusal) => {
    expect(await refused(await amended(change))).toMatch(refusal);
  });

  it('is refused for the address of somebody who joined since', async () => {
    await made({
      change: 'replace',
      person: 'chl-mtps-1',
      with: { name: 'Otra', email: 'nueva@example.org' },
    });
    expect(await refused(await amended(joined))).toMatch(/^AddressTaken .*chl-mtps-5/);
  });

  it('with mistakes is told where they are, and not what is written there', async () => {
    const source = (await amended(() => {})) as { programme: string };
    const broken = parse(source.programme) as { participants: { email: string; name: string }[] };
    for (const one of broken.participants.slice(0, 5)) one.email = 'nueva@';
    const refusal = await refused({ change: 'amend', programme: stringify(broken) });
    expect(refusal).toMatch(/^CorrectionMistaken .*participants\[0\]\.email","line":\d+.*count=5/);
    expect(await refused({ change: 'amend', programme: 'id: [' })).toMatch(/^CorrectionMistaken .*"line":1/);
  });
});
