import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InProcess } from '../../support/inProcess.ts';
import type { Browser } from '../../support/site.ts';
import { ID, underway, type Who } from './underway.ts';

const SECOND = `/c/${ID}/sessions/2`;
const LINK = 'https://zoom.us/rec/share/abcd';

const form = (fields: Record<string, string>, files: Record<string, string> = {}) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  for (const [name, text] of Object.entries(files)) data.append('files', new File([text], name));
  return data;
};

describe('the materials of a session', () => {
  let system: InProcess;
  let browsers: Record<Who, Browser>;
  beforeAll(async () => {
    ({ system, browsers } = await underway());
  });
  afterAll(() => system[Symbol.asyncDispose]());
  const documents = async () => (await system.view(ID)).documents;
  const send = (who: Who, data: FormData, path = SECOND) => browsers[who].upload(`${path}/materials`, data);

  it('have their place on its page: files, each of its kind', async () => {
    expect(await browsers.peru.text(SECOND)).toContain('Incorporar materiales');
    const made = await send(
      'peru',
      form(
        { kind: 'progress', title: 'Avances <b>de julio</b>' },
        { 'avances.txt': 'Avanzamos.', 'b.txt': 'B.' },
      ),
    );
    expect([made.status, made.headers.get('location')]).toEqual([303, `${SECOND}?materials=2`]);
    await send('chile', form({ kind: 'presentation' }, { 'malla.txt': 'Malla.' }));
    expect(await documents()).toMatchObject([
      { kind: 'progress', session: 2, title: 'Avances <b>de julio</b>', by: 'per-mtpe-1' },
      { kind: 'progress', session: 2, title: 'b.txt' },
      { kind: 'presentation', session: 2, title: 'malla.txt', by: 'chl-mtps-2' },
    ]);
    for (const who of ['peru', 'chile', 'staff', 'observer'] as const) {
      const text = await browsers[who].text(SECOND);
      expect(text).toMatch(/>Avances<\/h3>.*Avances &lt;b&gt;de julio.*>Presentaciones<\/h3>.*malla\.txt/s);
      expect(await browsers[who].text(`/c/${ID}/documents`)).toMatch(/Avances entre sesiones.*2\.ª sesión/s);
    }
    expect(await browsers.chile.text(`/c/${ID}/sessions/1`)).not.toContain('de julio');
    // Nobody is asked for any, and all hear of them in the news.
    expect((await system.view(ID)).requests.map(({ kind }) => kind)).not.toContain('presentation');
  });

  it('may be a link, which is kept as a text and leads where it says', async () => {
    const made = await send(
      'staff',
      form({ kind: 'recording', title: 'Grabación de la mañana', link: LINK }),
    );
    expect([made.status, made.headers.get('location')]).toEqual([303, `${SECOND}?materials=1`]);
    const one = (await documents()).at(-1);
    expect(one).toMatchObject({ kind: 'recording', session: 2, link: LINK, mediaType: 'text/plain' });
    expect(one?.file).toMatch(/^documents\/doc-\d+-v1-enlace\.txt$/);
    expect(await browsers.peru.text(SECOND)).toContain(
      `<a class="govuk-link rial-long" href="${LINK}" rel="noreferrer">Grabación de la mañana</a>`,
    );
  });

  it('that are no link, or nothing, are told of, and what was written stays', async () => {
    const before = await documents();
    for (const [fields, told] of [
      [{ kind: 'recording', title: 'Tarde', link: 'javascript:alert(1)' }, 'Escriba el enlace completo'],
      [{ kind: 'recording', title: 'Tarde' }, 'Elija al menos un archivo'],
      [{ title: 'Tarde', link: LINK }, 'Elija qué es'],
    ] as const) {
      const answer = await send('peru', form(fields));
      const text = await answer.text();
      expect([answer.status, text.includes(told), text.includes('value="Tarde"')]).toEqual([422, true, true]);
    }
    const refused = await send('peru', form({ kind: 'presentation' }, { 'a.exe': 'MZ' }));
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('a.exe')]);
    expect(await documents()).toEqual(before);
  });

  it('are withheld as documents are, and their link with them', async () => {
    const one = (await documents()).at(-1);
    await system.change(ID, { change: 'withhold', document: `${one?.document}@1` });
    const text = await browsers.peru.text(SECOND);
    expect(text).toContain('Grabación de la mañana');
    expect(text).not.toContain(LINK);
  });

  it('are put in by nobody who looks on, nor to a session that is not there or not held', async () => {
    for (const who of ['observer', 'guest', 'other'] as const)
      expect(`${who} ${(await send(who, form({ kind: 'recording', link: LINK }))).status}`).toBe(
        `${who} 404`,
      );
    expect((await send('peru', form({ kind: 'recording', link: LINK }), `/c/${ID}/sessions/9`)).status).toBe(
      404,
    );
    expect(await browsers.observer.text(SECOND)).not.toContain('Incorporar materiales');
    await system.change(ID, { change: 'cancel-session', session: 3 });
    expect((await send('peru', form({ kind: 'recording', link: LINK }), `/c/${ID}/sessions/3`)).status).toBe(
      404,
    );
  });

  it('are refused without the session that they are of, and other documents with one', async () => {
    const { Readable } = await import('node:stream');
    const put = (more: object) =>
      system.cooperations.putDocument(ID, {
        ...{
          by: 'per-mtpe-1',
          fileName: 'x.txt',
          kind: 'presentation',
          bytes: Readable.from([Buffer.from('x')]),
        },
        ...more,
      } as never);
    await expect(put({})).rejects.toMatchObject({ refusal: { code: 'Malformed', path: 'session' } });
    await expect(put({ kind: 'shared', session: 1 })).rejects.toMatchObject({
      refusal: { code: 'Malformed' },
    });
    await expect(put({ session: 9 })).rejects.toMatchObject({
      refusal: { code: 'SessionUnknown', session: 9 },
    });
    await expect(put({ session: 3 })).rejects.toMatchObject({ refusal: { code: 'SessionCancelled' } });
  });
});
