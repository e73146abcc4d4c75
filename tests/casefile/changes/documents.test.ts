import { describe, expect, it } from 'vitest';
import { publicationActivities } from '../../../activities/publications.ts';
import { addDocumentVersion, documentsOf } from '../../../src/casefile/documents.ts';
import { enterNews } from '../../../src/casefile/mails/news.ts';
import { addToRecord } from '../../../src/casefile/record.ts';
import { viewOf } from '../../../src/casefile/view.ts';
import type { ChangeOf } from '../../../src/domain/change.ts';
import { filesOf } from '../../../src/export/files.ts';
import { outsideWith } from '../../activities/outside.ts';
import { DELEGATIONS, LATER, lines, made, NOW, refused, setting, the } from './setting.ts';

/** A version of a document that was sent by mistake: nobody has it any more, and that it was there stays. */

setting();

let added = 0;
async function put(given: { kind?: 'shared' | 'sheet'; document?: string } = {}): Promise<string> {
  const { kind = 'shared', document } = given;
  const sha256 = String(++added).padStart(64, '0');
  const entry = await addDocumentVersion(
    the().db,
    {
      ...{ cooperation: the().id, title: 'Expediente', kind, party: 'per-mtpe', by: 'per-mtpe-1' },
      document: kind === 'sheet' ? kind : document,
      ...{ sha256, size: 9, mediaType: 'application/pdf', fileName: `expediente-${added}.pdf` },
    },
    new Date(Date.parse(NOW) + added * 1000).toISOString(),
  );
  return `${entry?.document}@${entry?.version}`;
}
const withhold = (document: string): ChangeOf<'withhold'> => ({ change: 'withhold', document });
const release = (document: string): ChangeOf<'release'> => ({ change: 'release', document });
const announced = (document: string) =>
  enterNews(the().db, {
    cooperation: the().id,
    number: 1,
    documents: [document],
    questions: [],
    at: NOW,
  } as never);
const versions = async () =>
  (await documentsOf(the().db, the().id)).map(
    ({ document, version, withheld }) => `${document}@${version}${withheld ? ' withheld' : ''}`,
  );
const exported = async () => {
  const view = await viewOf(the().db, the().id, NOW);
  if (!view) throw new Error('the cooperation is there');
  return filesOf(view).filter(({ file }) => file.startsWith('documents/expediente') || file.includes('-v'));
};

describe('a version of a document that is withheld', () => {
  it('is marked with who did it, stays in the case, and is in no export; those who know of it are told', async () => {
    const first = await put();
    const second = await put({ document: first.split('@')[0] as string });
    await announced(second);
    const { told, recorded } = await made(withhold(second), { by: 'per-mtpe-1', at: LATER });
    expect(told).toEqual(
      lines(
        DELEGATIONS.filter((person) => person !== 'per-mtpe-1'),
        `document-withheld ${second} false`,
      ),
    );
    expect(recorded).toEqual(['document-withheld']);
    expect(await versions()).toEqual([first, `${second} withheld`]);
    const view = await viewOf(the().db, the().id, NOW);
    expect(view?.documents.at(-1)?.withheld).toEqual({ at: LATER, by: 'per-mtpe-1', change: 1 });
    expect((await exported()).map(({ file }) => file)).toEqual([view?.documents[0]?.file]);
  });

  it('tells nobody of what nobody had heard of', async () => {
    expect((await made(withhold(await put()))).told).toEqual([]);
  });

  it('is the published sheet where the Secretariat says so: all who take part are told', async () => {
    const sheet = await put({ kind: 'sheet' });
    const sha256 = String(added).padStart(64, '0');
    await addToRecord(the().db, {
      ...{ cooperation: the().id, key: 'sheet-published', at: NOW },
      ...{ kind: 'sheet-published', data: { version: 1, sha256 } },
    });
    expect(await refused(withhold(sheet), { by: 'per-mtpe-1' })).toMatch(/^DocumentStands/);
    const { told, recorded } = await made(withhold(sheet), { by: 'oas-1', at: LATER });
    expect(told).toEqual(
      lines(
        DELEGATIONS.filter((person) => person !== 'oas-1'),
        `document-withheld ${sheet} false`,
      ),
    );
    expect(recorded).toEqual(['document-withheld']);
    const withheld = { at: LATER, by: 'oas-1', change: 2 };
    const published = { version: 1, sha256, publishedAt: NOW };
    const view = await viewOf(the().db, the().id, NOW);
    expect(view?.documents[0]?.withheld).toEqual(withheld);
    expect(view?.sheet).toEqual({ ...published, withdrawn: withheld });
    await made(release(sheet), { by: 'oas-1' });
    expect((await viewOf(the().db, the().id, NOW))?.sheet).toEqual({ ...published, withdrawn: null });
  });

  it('is in no mail that tells of the end: of the sheet that which is published is, of others what is there', async () => {
    const outside = outsideWith(() => undefined);
    const ended = async () => {
      const notices: string[][] = [];
      const closing = publicationActivities({
        ...outside,
        mail: {
          ...outside.mail,
          send: async (mail) => {
            const text = String(mail.raw);
            notices.push([...text.matchAll(/expediente-(\d+)\.pdf/g)].map(([, one]) => one as string));
            return { response: '250 ok' };
          },
        },
      });
      await closing.closeCooperation({ cooperation: the().id });
      return [...new Set(notices.flat())];
    };
    const [first, second] = [await put(), await put({ kind: 'sheet' })];
    const sha256 = String(added).padStart(64, '0');
    await addToRecord(the().db, {
      ...{ cooperation: the().id, key: 'sheet-published', at: NOW },
      ...{ kind: 'sheet-published', data: { version: 1, sha256 } },
    });
    const kept = added - 1;
    await put({ document: first.split('@')[0] as string });
    await made(withhold(`${first.split('@')[0]}@2`));
    await made(withhold(second), { by: 'oas-1' });
    expect(await ended()).toEqual([String(kept)]);
  });

  it('can be had again', async () => {
    const document = await put();
    await announced(document);
    await made(withhold(document));
    const { told, recorded } = await made(release(document));
    expect(told).toEqual(lines(DELEGATIONS, `document-withheld ${document} true`));
    expect(recorded).toEqual(['document-released']);
    expect(await versions()).toEqual([document]);
    expect(await exported()).toHaveLength(1);
  });

  it('is none that is not there, that is withheld or not, or that is the sheet that stands', async () => {
    const document = await put();
    expect(await refused(withhold('doc-99@1'))).toMatch(/^DocumentUnknown/);
    expect(await refused(release(document))).toMatch(/^NotWithheld/);
    await made(withhold(document));
    expect(await refused(withhold(document))).toMatch(/^AlreadyWithheld/);
    const sheet = await put({ kind: 'sheet' });
    expect(await refused(withhold(sheet))).toMatch(/^DocumentStands/);
    await put({ kind: 'sheet' });
    expect((await made(withhold(sheet))).recorded).toEqual(['document-withheld']);
  });
});
