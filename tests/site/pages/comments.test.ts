import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enterRequest } from '../../../src/casefile/requests.ts';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const POST = `/c/${ID}/comments`;

describe('comments', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  const browser = (who: Who): Browser => browsers[who];
  let document: string;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
    ({ document } = await system.cooperations.putDocument(ID, {
      ...{ by: 'chl-mtps-2', fileName: 'malla.txt', kind: 'shared' },
      bytes: Readable.from([Buffer.from('Malla.')]),
    }));
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('stand beside a document, are counted, and are read by all who see it; nobody gets a mail', async () => {
    const form = { about: document, comment: '¿Es la <b>de 2020</b>?' };
    for (let n = 0; n < 2; n++) {
      const made = await browser('peru').post(POST, form);
      expect([made.status, made.headers.get('location')]).toEqual([
        303,
        `/c/${ID}/documents#comments-${document}`,
      ]);
    }
    await browser('staff').post(POST, { about: document, comment: 'Sí.' });
    for (const who of ['peru', 'chile', 'staff', 'observer'] as const) {
      const text = await browser(who).text(`/c/${ID}/documents`);
      expect(text).toContain('2 comentarios');
      expect(text).toContain('¿Es la &lt;b&gt;de 2020&lt;/b&gt;?');
    }
    const view = await system.view(ID);
    expect(view.comments.map(({ by, about }) => [by, about])).toEqual([
      ['per-mtpe-1', document],
      ['oas-1', document],
    ]);
    expect(view.mails.filter(({ notice }) => notice.includes('comment'))).toEqual([]);
    const entry = view.record.find(({ kind }) => kind === 'comment-made');
    expect(entry).toMatchObject({ person: 'per-mtpe-1', data: { about: document, comment: 1 } });
    expect(JSON.stringify(entry)).not.toContain('2020');
    expect(await browser('chile').text(`/c/${ID}/record`)).toContain('comentó');
  });

  it('stand beside a poll', async () => {
    const about = 'session-2/choose-date.9';
    await enterRequest(system.caseFile, {
      ...{ cooperation: ID, id: about, kind: 'choose-date', round: 9, item: 2 },
      ...{ parties: ['per-mtpe', 'chl-mtps'], subject: { ref: 'slots', hash: 'a'.repeat(64) } },
      ...{ trouble: null, openedAt: new Date().toISOString(), dueAt: '2031-01-01T00:00:00.000Z' },
      reminders: [],
    });
    const made = await browser('chile').post(POST, { about, comment: 'El jueves es feriado.' });
    expect(made.headers.get('location')).toBe(`/c/${ID}/requests/${about}`);
    const text = await browser('peru').text(`/c/${ID}/requests/${about}`);
    expect(text).toContain('El jueves es feriado.');
    expect(text).toContain('1 comentario');
    // It is no answer.
    expect((await system.view(ID)).requests.find(({ id }) => id === about)?.answers).toEqual([]);
  });

  it('are written by nobody who does not see the thing, or looks on, nor beside what is not there', async () => {
    const before = (await system.view(ID)).comments;
    for (const who of ['guest', 'other', 'observer'] as const)
      expect((await browser(who).post(POST, { about: document, comment: 'x' })).status).toBe(404);
    for (const about of ['doc-99', 'coordination/approve-programme.1', ''])
      expect((await browser('peru').post(POST, { about, comment: 'x' })).status).toBe(404);
    const empty = await browser('peru').post(POST, { about: document, comment: ' ' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Escriba el comentario');
    const long = await browser('peru').post(POST, { about: document, comment: 'x'.repeat(6_000) });
    expect(long.status).toBe(422);
    expect((await system.view(ID)).comments).toEqual(before);
    await expect(
      system.cooperations.comment(ID, { by: 'per-mtpe-1', about: 'doc-99', text: 'x' }),
    ).rejects.toThrow('DocumentUnknown');
  });
});
