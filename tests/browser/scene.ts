import { Readable } from 'node:stream';
import { addToRecord } from '../../src/casefile/record.ts';
import { kinds } from '../../src/domain/kinds/index.ts';
import type { Programme } from '../../src/domain/programme/programme.ts';
import { usualAnswer } from '../../src/play/answers.ts';
import { handedIn } from '../support/handedIn.ts';
import type { InProcess } from '../support/inProcess.ts';
import { changedSource, movedTo } from '../support/programme.ts';

/** Cooperations in each state that pages show, with people's longest words. */

/** Under way: documents, a question, a poll, and a guest of two sessions. */
export const ID = '14-per-chl';
/** Before its programme is approved: one ministry has asked for changes. */
export const REVIEWED = 'reviewed';
/** Its coordination meeting is yet to come. */
export const CONVENED = 'convened';
export const PAUSED = 'paused';
export const CANCELLED = 'cancelled';
/** With its Final Report received. */
export const CLOSED = 'closed';

export const REVIEW = 'coordination/approve-programme.1';
export const POLL = 'session-1/choose-date.1';
export const DOCUMENTS = 'documents/send-documents.1';
export const [GUEST, GUEST_OF_TWO] = ['guest@ilo.example', 'guest.of.two@ilo.example'];
/** The address of an office in which two delegates are, in the cooperation that was convened. */
export const MAILBOX = 'oficina@mtpe-peru.example';
export const OBSERVER = 'observer@oas.example';

const LONG = 'Reglamento-de-la-Ley-General-de-Escuelas-de-Formacion-Sindical-version-consolidada-2026.txt';

export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

export async function setScene(system: InProcess): Promise<void> {
  await Promise.all([underWay(system), reviewed(system), stopped(system), closed(system), convened(system)]);
}

async function started(system: InProcess, id: string, change: (file: Programme) => void = () => {}) {
  await system.cooperations.start(
    changedSource((file) => {
      movedTo(new Date(), -1)(file);
      file.id = id;
      change(file);
    }),
  );
  await system.answer(id, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: {
      minutes: 'Acuerdos de la reunión de coordinación.',
      commitments: [{ what: 'Enviar la malla curricular', owner: 'chl-mtps-2', due: '2031-09-30' }],
    },
  });
  await system.open(id, REVIEW);
}

async function underWay(system: InProcess): Promise<void> {
  await started(system, ID, (file) => {
    // The first is agreed on now; the second has the date of the first.
    const [first, second, ...rest] = file.sessions;
    if (!first || !second) throw new Error('the example has two sessions');
    const window = { from: dayFromNow(5), to: dayFromNow(20) };
    file.sessions = [{ contents: first.contents, window }, { ...first, contents: second.contents }, ...rest];
  });
  for (const by of ['chl-mtps-2', 'per-mtpe-1']) await system.answer(ID, REVIEW, by, { decision: 'approve' });
  await Promise.all([DOCUMENTS, POLL].map((request) => system.open(ID, request)));
  const put = (by: string, fileName: string, text: string, document?: string) =>
    system.cooperations.putDocument(ID, {
      ...{ by, fileName, document, kind: 'shared', bytes: Readable.from([Buffer.from(text)]) },
    });
  const { document } = await put('chl-mtps-2', 'malla.txt', 'Malla curricular');
  await put('chl-mtps-2', 'malla.txt', 'Malla curricular, corregida', document);
  await put('per-mtpe-1', LONG, 'Ley');
  const mistaken = await put('per-mtpe-1', 'reservado.txt', 'Otro expediente');
  const days = { from: dayFromNow(30), to: dayFromNow(35) };
  await system.change(ID, { change: 'absence', person: 'chl-mtps-4', ...days, standIn: 'chl-mtps-1' });
  await system.change(ID, { change: 'withhold', document: `${mistaken.document}@1` });
  await system.cooperations.ask(ID, {
    by: 'per-mtpe-1',
    to: 'chl-mtps',
    session: 2,
    text: '¿Cómo se financian las escuelas?\n¿Y quién elige a sus participantes?',
  });
  for (const [session, email] of [
    [1, GUEST],
    [1, GUEST_OF_TWO],
    [2, GUEST_OF_TWO],
  ] as const)
    await system.change(ID, {
      change: 'add-guest',
      session,
      guest: { name: 'Ana Invitada', email, invitedBy: 'chl-mtps' },
    });
}

async function convened(system: InProcess): Promise<void> {
  await system.cooperations.start(
    changedSource((file) => {
      movedTo(new Date(), 20)(file);
      file.id = CONVENED;
      file.coordination.link = 'https://meet.oas.example/14';
      const peru = file.participants.filter(({ institution }) => institution === 'per-mtpe');
      for (const one of peru.slice(-2)) one.email = MAILBOX;
    }),
  );
}

async function reviewed(system: InProcess): Promise<void> {
  await started(system, REVIEWED);
  await system.answer(REVIEWED, REVIEW, 'per-mtpe-1', {
    decision: 'changes',
    reason: 'Falta el financiamiento de las escuelas.\nVéase la propuesta original.',
  });
  // A sheet that was published is being corrected, however early.
  const { version, sha256 } = await handedIn(system, REVIEWED, {
    ...{ by: 'oas-1', fileName: 'ficha.pdf', kind: 'sheet' },
    bytes: Readable.from([Buffer.from('%PDF-1.7 ficha')]),
  });
  await addToRecord(system.caseFile, {
    ...{ cooperation: REVIEWED, key: 'sheet-published', kind: 'sheet-published' },
    ...{ at: new Date().toISOString(), data: { version, sha256 } },
  });
  await system.change(REVIEWED, { change: 'correct-sheet' });
}

async function stopped(system: InProcess): Promise<void> {
  for (const [id, change] of [
    [PAUSED, 'pause'],
    [CANCELLED, 'cancel'],
  ] as const) {
    await started(system, id);
    await system.change(id, { change });
  }
  // One of its sessions was held before.
  await system.caseFile
    .updateTable('session')
    .set({ minutes: 'Se acordó.', recordedAt: new Date().toISOString(), doneAt: new Date().toISOString() })
    .where('cooperation', '=', PAUSED)
    .where('number', '=', 1)
    .execute();
}

/** Its dates are long past, so nothing waits for them. */
async function closed(system: InProcess): Promise<void> {
  const id = CLOSED;
  await system.cooperations.start(
    changedSource((file) => {
      file.id = id;
    }),
    { demonstration: true },
  );
  for (let stood = ''; ; ) {
    stood = await system.goneOn(id, stood);
    const view = await system.view(id);
    if (view.closedAt) {
      await system.cooperations.fillLibrary();
      return;
    }
    const request = view.requests.find(({ closedAt, owing }) => closedAt === null && owing.length > 0);
    const [party = ''] = request?.owing ?? [];
    const by = view.people.find((one) => one.active && one.party === party && one.role !== 'guest')?.id;
    if (!request || !by) continue;
    const put = (kind: 'answer' | 'sheet' | 'report', fileName: string, content: Uint8Array) =>
      system.cooperations.putDocument(id, { by, fileName, kind, bytes: Readable.from([content]) });
    const file = { fileName: 'borrador.pdf', content: Buffer.from(`%PDF-1.7 ${request.id}\n`) };
    const { brings } = kinds[request.kind];
    const given =
      brings === 'sheet' || brings === 'report'
        ? { decision: 'submit' as const, document: (await put(brings, file.fileName, file.content)).sha256 }
        : await usualAnswer(view, request, by, {
            attached: async () => file,
            put: (kind, { fileName, content }) => put(kind, fileName, content),
          });
    await system.answer(id, request.id, by, given);
  }
}
