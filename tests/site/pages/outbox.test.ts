import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildMessage } from '../../../src/mail/message.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const ID = '14-per-chl';
const OTHER = '15-per-chl';
const STAFF = 'secretaria@oas.example';
const OBSERVER = 'observa@oas.example';

describe('the outbox', () => {
  let system: InProcess;
  let staff: Browser;
  let observer: Browser;
  let delegate: Browser;
  beforeAll(async () => {
    system = await inProcess();
    const site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
    // In the future, so that everybody is convened and nothing else is sent but what is put there below.
    for (const id of [ID, OTHER])
      await system.cooperations.start(
        changedSource((file) => {
          file.id = id;
          file.dated = '2091-07-09';
          file.coordination.date = '2091-06-08';
          for (const session of file.sessions) {
            if (session.date) session.date = session.date.replace('2021', '2091');
            if (session.window)
              session.window = {
                from: session.window.from.replace('2021', '2091'),
                to: session.window.to.replace('2021', '2091'),
              };
          }
        }),
      );
    for (const id of [ID, OTHER])
      await vi.waitFor(
        async () => {
          const { mails, people } = await system.view(id);
          const convened = people.filter(({ role }) => role === 'delegate' || role === 'staff');
          expect(mails.map(({ person }) => person).sort()).toEqual(convened.map((one) => one.id).sort());
        },
        { timeout: 30_000 },
      );
    const raw = await buildMessage({
      mail: {
        subject: 'Aprobar <b>contenidos</b>',
        text: 'Estimada:\n<script>x</script>\nhttps://site.example/r/abcDEF_123-x\n\nCódigo para ingresar sin enlace: 483\u00a0921 · Cooperación',
        html: '<p id="rich">Estimada</p>',
      },
      from: { email: 'coop@rial.example' },
      to: { email: 'a@chile.example' },
      messageId: '<1@rial.example>',
      references: [],
      date: new Date('2021-07-01T12:00:00Z'),
      attachments: [
        { fileName: 'programa-v1.pdf', mediaType: 'application/pdf', content: Buffer.from('%PDF') },
      ],
    });
    const { sha256 } = await system.documents.put(Readable.from([raw]));
    const mail = {
      cooperation: ID,
      notice: 'request',
      request: null,
      person: 'chl-mtps-1',
      sha256,
      handedOver: false,
    };
    await system.caseFile
      .insertInto('mail')
      .values([
        {
          ...{ ...mail, key: 'one', address: 'a@chile.example', subject: 'Aprobar <b>contenidos</b>' },
          ...{ messageId: '<1@rial.example>', state: 'sent', attempts: 1, response: '250 ok' },
          ...{ preparedAt: '2021-07-01T12:00:00.000Z', sentAt: '2021-07-01T12:00:05.000Z' },
        },
        {
          ...{ ...mail, key: 'two', address: 'b@chile.example', subject: 'Recordatorio' },
          ...{ messageId: '<2@rial.example>', state: 'refused', attempts: 1, response: '550 <unknown> user' },
          ...{ preparedAt: '2021-07-02T12:00:00.000Z', sentAt: null },
        },
      ])
      .execute();
    const { people } = await system.view(ID);
    staff = await site.as(STAFF);
    observer = await site.as(OBSERVER);
    delegate = await site.as(people.find(({ role }) => role === 'delegate')?.email ?? '');
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('says what became of each mail, the newest first', async () => {
    for (const browser of [staff, observer]) {
      const text = await browser.text(`/c/${ID}/outbox`);
      expect(text.indexOf(`/c/${ID}/outbox/2"`)).toBeGreaterThan(0);
      expect(text.indexOf(`/c/${ID}/outbox/2"`)).toBeLessThan(text.indexOf(`/c/${ID}/outbox/1"`));
      expect(text).toContain('550 &lt;unknown&gt; user');
      expect(text).toContain('Aprobar &lt;b&gt;contenidos');
    }
    const refused = await staff.text(`/c/${ID}/outbox?show=refused`);
    expect(refused).toContain('Recordatorio');
    expect(refused).not.toContain('contenidos');
  });

  it('looks for mails of a kind and to somebody, beside what became of them', async () => {
    const path = `/c/${ID}/outbox`;
    for (const [query, has] of [
      ['group=requests', true],
      ['group=sessions', false],
      ['person=chl-mtps-1&group=requests', true],
      ['person=per-mtpe-1', false],
    ] as const)
      expect((await staff.text(`${path}?${query}`)).includes('Recordatorio'), query).toBe(has);
    const refused = await staff.text(`${path}?show=refused&person=chl-mtps-1`);
    expect(refused).toContain('Recordatorio');
    expect(refused).not.toContain('contenidos');
    expect(refused).toContain('name="show" value="refused"');
    expect(refused).toContain(`href="${path}?show=pending&amp;person=chl-mtps-1"`);
  });

  it('folds what went to several people on one occasion, and nothing that is to be seen to', async () => {
    const path = `/c/${ID}/outbox`;
    const text = await staff.text(path);
    const { mails } = await system.view(ID);
    const convened = mails.filter(({ notice }) => notice === 'convocation');
    expect(convened.length).toBeGreaterThan(3);
    const rows = text.split('<tr').slice(2);
    const [folded = '', ...others] = rows.filter((row) => row.includes('<details'));
    expect(others).toEqual([]);
    expect(folded).toContain(`${convened.length} personas`);
    for (const { person, address } of convened) {
      const place = mails.findIndex((one) => one.person === person && one.notice === 'convocation') + 1;
      expect(folded).toContain(`href="${path}/${place}"`);
      expect(folded).toContain(address);
    }
    // The one that was refused stands by itself, also among others on the same occasion.
    const refused = rows.filter((row) => row.includes('550 &lt;unknown'));
    expect(refused).toHaveLength(1);
    expect(refused[0]).not.toContain('<details');
    const [first] = convened;
    const theirs = await staff.text(`${path}?person=${first?.person}`);
    expect(theirs).not.toContain('personas</span></summary>');
  });

  it('folds each of two occasions whose mails went out among each other, and not the same on another day', async () => {
    const people = ['per-mtpe-1', 'per-mtpe-2', 'chl-mtps-1'];
    const of = (notice: string, day: string) =>
      people.map((person, n) => ({
        ...{ cooperation: OTHER, notice, request: null, person, sha256: '0'.repeat(64), handedOver: false },
        ...{
          key: `${notice} ${day} ${person}`,
          address: `${person}@ministry.example`,
          subject: `${notice} ${day}`,
        },
        ...{ messageId: `<${notice}.${day}.${person}@rial.example>`, state: 'sent' as const, attempts: 1 },
        ...{ response: '250 ok', sentAt: `2021-07-${day}T12:0${n}:30.000Z` },
        preparedAt: `2021-07-${day}T12:0${n}:${notice === 'news' ? '00' : '20'}.000Z`,
      }));
    const given = [...of('news', '03'), ...of('paused', '03'), ...of('news', '04')];
    await system.caseFile.insertInto('mail').values(given).execute();
    const rows = (await staff.text(`/c/${OTHER}/outbox`)).split('<tr').slice(2);
    const folded = rows.filter((row) => row.includes('3 personas'));
    expect(folded.map((row) => /(news|paused) \d\d/.exec(row)?.[0])).toEqual([
      'news 04',
      'paused 03',
      'news 03',
    ]);
    expect(rows.filter((row) => /(news|paused) \d\d/.test(row))).toHaveLength(3);
    const keys = given.map(({ key }) => key);
    await system.caseFile.deleteFrom('mail').where('key', 'in', keys).execute();
  });

  it('shows a mail as it was sent, without its link', async () => {
    const text = await staff.text(`/c/${ID}/outbox/1`);
    expect(text).toContain('&lt;script&gt;x&lt;/script&gt;');
    expect(text).toContain('programa-v1.pdf');
    expect(text).toContain('https://site.example/r/•••');
    expect(text).not.toContain('abcDEF');
    expect(text).not.toContain('id="rich"');
    expect(text).toContain('1@rial.example');
  });

  it('is for staff and observers, of this cooperation', async () => {
    for (const path of [`/c/${ID}/outbox`, `/c/${ID}/outbox/1`, `/c/${OTHER}/outbox`])
      expect((await delegate.get(path)).status).toBe(404);
    // There are more mails here than in the other cooperation.
    const last = (await system.view(ID)).mails.length;
    expect((await staff.get(`/c/${ID}/outbox/${last}`)).status).toBe(200);
    for (const path of [`/c/${OTHER}/outbox/${last}`, `/c/${ID}/outbox/0`, `/c/${ID}/outbox/99`])
      expect((await staff.get(path)).status).toBe(404);
    expect((await observer.text(`/c/${ID}/outbox`)).match(/<form method="post"/g)).toHaveLength(2);
    // The way there stands on each page of the cooperation.
    for (const browser of [staff, observer])
      expect(await browser.text(`/c/${ID}/record`)).toContain(`href="/c/${ID}/outbox"`);
    expect(await observer.text(`/c/${ID}/record`)).not.toContain(`href="/c/${ID}/changes"`);
    expect(await delegate.text(`/c/${ID}/record`)).not.toContain(`href="/c/${ID}/outbox"`);
  });
});
