import PostalMime, { type Email } from 'postal-mime';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { cooperationsOver, Refused } from '../../../src/client/index.ts';
import { planOf } from '../../../src/domain/programme/planOf.ts';
import { MailRefused, MailUnavailable } from '../../../src/mail/transport.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { leaksOf, readable } from '../../support/privacy.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

const ID = '14-per-chl';
const REQUEST = 'coordination/approve-programme.1';
/** Delegates who are asked for their approval. */
const ASKED = [1, 2, 3, 4].map((n) => `chl-mtps-${n}`).concat([1, 2, 3, 4, 5].map((n) => `per-mtpe-${n}`));
const STAFF = 'secretaria@oas.example';
const OBSERVER = 'observa@oas.example';
const SITE = 'https://site.example';

describe('a mail sent again', () => {
  let system: InProcess;
  let site: ReturnType<typeof siteOver>;
  let staff: Browser;
  let observer: Browser;
  let delegate: Browser;
  /** What the mail server took, and what it says to the next ones. */
  const taken: { to: string; raw: Buffer }[] = [];
  const answers: Error[] = [];
  beforeAll(async () => {
    system = await inProcess({
      site: { url: SITE },
      taking(mail) {
        const answer = answers.shift();
        if (answer) throw answer;
        taken.push(mail);
      },
    });
    site = siteOver(system, { staff: [STAFF], observers: [OBSERVER] });
    await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
    await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
      decision: 'done',
      minutes: { minutes: 'Acuerdos <script>1</script>.' },
    });
    await system.open(ID, REQUEST);
    await vi.waitFor(async () => {
      const { mails } = await system.view(ID);
      const told = mails.filter(({ request, state }) => request === REQUEST && state === 'sent');
      expect(told.map(({ person }) => person)).toEqual(expect.arrayContaining(ASKED));
    }, 15_000);
    staff = await site.as(STAFF);
    observer = await site.as(OBSERVER);
    delegate = await site.as((await personOf('chl-mtps-1')).email ?? '');
  });
  afterAll(() => system[Symbol.asyncDispose]());
  afterEach(() => expect(answers).toEqual([]));

  const personOf = async (id: string) => {
    const found = (await system.view(ID)).people.find((one) => one.id === id);
    if (!found) throw new Error(`no ${id}`);
    return found;
  };
  /** The request's mail to a person: as it stands in the outbox, and its place there. */
  const mailTo = async (person: string) => {
    const { mails } = await system.view(ID);
    const place = mails.findIndex((one) => one.request === REQUEST && one.person === person) + 1;
    const mail = mails[place - 1];
    if (!mail) throw new Error(`no mail to ${person}`);
    return { mail, place, path: `/c/${ID}/outbox/${place}` };
  };
  const form = async (path: string, browser = staff) => {
    const text = await browser.text(`${path}/again`);
    const value = (name: string) =>
      new RegExp(`name="${name}" value="([^"]*)"`)
        .exec(text)?.[1]
        ?.replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>') ?? '';
    return { text, fields: { mail: value('mail'), nth: value('nth') } };
  };
  /** The mail that the nth time came to, once it stands so. */
  const copyOf = async (person: string, nth: number, state: string) => {
    const copy = async () => {
      const { mails } = await system.view(ID);
      const id = (await mailTo(person)).mail.again?.[nth - 1]?.messageId;
      return mails.find(({ messageId }) => messageId === id);
    };
    await expect.poll(async () => (await copy())?.state, { timeout: 15_000 }).toBe(state);
    return (await copy()) as NonNullable<Awaited<ReturnType<typeof copy>>>;
  };
  const parsed = async (sha256: string): Promise<Email> => PostalMime.parse(await system.bytes(sha256));
  const accessIn = ({ text = '' }: Email) => ({
    token: /\/r\/([0-9a-f]{48})/.exec(text)?.[1],
    code: /\d{3}\u00a0\d{3}/.exec(text)?.[0],
  });
  const bodiesOf = ({ attachments }: Email) =>
    attachments.map(({ filename, content }) => [
      filename,
      Buffer.from(content as ArrayBuffer).toString('base64'),
    ]);

  it('is shown before it is sent: to whom, and what', async () => {
    const { path, mail } = await mailTo('chl-mtps-1');
    expect(await staff.text(path)).toContain(`href="${path}/again"`);
    expect(await staff.text(`/c/${ID}/outbox`)).toContain(`href="${path}/again"`);
    // Others' mails may still be going out.
    const took = () => taken.filter(({ to }) => to === mail.address).length;
    const before = took();
    const { text, fields } = await form(path);
    expect(text).toContain((await personOf('chl-mtps-1')).email);
    expect(text).toContain('programa-v1.pdf');
    expect(text).not.toContain('govuk-inset-text');
    expect(fields).toEqual({ mail: mail.messageId, nth: '1' });
    expect(took()).toBe(before);
    expect((await system.view(ID)).record.some(({ kind }) => kind === 'mail-sent-again')).toBe(false);
  });

  it('goes out once, however often its form is sent', async () => {
    const { path, mail } = await mailTo('chl-mtps-1');
    const { fields } = await form(path);
    const took = () => taken.filter(({ to }) => to === mail.address).length;
    const before = took();
    for (const response of await Promise.all([1, 2, 3].map(() => staff.post(`${path}/again`, fields)))) {
      expect(response.status).toBe(303);
      expect(response.headers.get('location')).toBe(`${path}#again`);
    }
    const copy = await copyOf('chl-mtps-1', 1, 'sent');
    expect((await staff.post(`${path}/again`, fields)).status).toBe(303);
    expect(took()).toBe(before + 1);
    const { mails } = await system.view(ID);
    expect(mails.filter((one) => one.person === mail.person && one.request === REQUEST)).toHaveLength(2);
    expect((await mailTo('chl-mtps-1')).mail.again).toMatchObject([{ by: STAFF, messageId: copy.messageId }]);

    const [first, again] = [await parsed(mail.sha256), await parsed(copy.sha256)];
    expect(again.messageId).not.toBe(first.messageId);
    expect(again.inReplyTo).toBe(first.messageId);
    expect(again.references).toContain(first.messageId);
    expect(again.subject).toBe(first.subject);
    expect(again.to).toEqual(first.to);
    expect(again.text?.startsWith('Le enviamos de nuevo este correo')).toBe(true);
    expect(again.html).toContain('Le enviamos de nuevo este correo');
    // But for what lets its reader in, the text and what is attached are the same.
    const { token } = accessIn(first);
    const fresh = accessIn(again);
    expect(fresh.token).toHaveLength(48);
    const told = (text = '') => text.slice(text.indexOf('\n\n') + 2);
    const renewed = (text = '') => text.replaceAll(token ?? '', fresh.token ?? '');
    expect(told(again.text)).toBe(renewed(first.text));
    expect(again.html).not.toContain(token);
    expect(again.html).toContain(`${SITE}/r/${fresh.token}`);
    expect(bodiesOf(again)).toEqual(bodiesOf(first));
    expect(bodiesOf(first)).toHaveLength(1);
  });

  it('lets its reader in by its own link, to what is asked', async () => {
    const { token } = accessIn(await parsed((await copyOf('chl-mtps-1', 1, 'sent')).sha256));
    const response = await site.browser().post(`/r/${token}`);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe(`/c/${ID}/requests/${REQUEST}`);
  });

  it('stands in the outbox and in the record: who had which sent again, to whom, when', async () => {
    const { path, mail } = await mailTo('chl-mtps-1');
    const copy = await copyOf('chl-mtps-1', 1, 'sent');
    for (const browser of [staff, observer]) {
      const text = await browser.text(path);
      expect(text).toContain(`${STAFF} pidió enviarlo de nuevo`);
      expect(text).toContain(`A ${copy.address}`);
      const record = await browser.text(`/c/${ID}/record`);
      expect(record).toContain(
        `${STAFF} pidió enviar de nuevo a ${(await personOf('chl-mtps-1')).name} &lt;${copy.address}&gt; el correo «${mail.subject}»`,
      );
    }
    const { mails } = await system.view(ID);
    const copyPath = `/c/${ID}/outbox/${mails.findIndex(({ messageId }) => messageId === copy.messageId) + 1}`;
    const shown = await staff.text(copyPath);
    expect(shown).toContain(`href="${path}"`);
    expect(shown).not.toContain(`${copyPath}/again`);
    // It is the first one that is sent again.
    expect((await staff.get(`${copyPath}/again`)).status).toBe(409);
  });

  it('goes to the address its reader has now, which is said before', async () => {
    const { path, mail } = await mailTo('chl-mtps-2');
    await system.change(ID, {
      change: 'correct-person',
      person: 'chl-mtps-2',
      as: { email: 'nueva@chile.example' },
    });
    const { text, fields } = await form(path);
    expect(text).toMatch(new RegExp(`govuk-inset-text">[^<]*${mail.address}[^<]*nueva@chile\\.example`));
    expect((await staff.post(`${path}/again`, fields)).status).toBe(303);
    const copy = await copyOf('chl-mtps-2', 1, 'sent');
    // The change itself told them what they are asked, there.
    await expect.poll(() => taken.filter(({ to }) => to === 'nueva@chile.example').length).toBeGreaterThan(1);
    expect(copy.address).toBe('nueva@chile.example');
    expect(
      taken.find(({ to, raw }) => to === 'nueva@chile.example' && raw.includes(copy.messageId)),
    ).toBeDefined();
    expect((await parsed(copy.sha256)).to).toMatchObject([{ address: 'nueva@chile.example' }]);
    const { token } = accessIn(await parsed(copy.sha256));
    expect((await site.browser().post(`/r/${token}`)).status).toBe(303);
  });

  it('waits for a mail server that is away, and says so meanwhile', async () => {
    const { path } = await mailTo('per-mtpe-1');
    answers.push(new MailUnavailable('ECONNECTION', 'connect ECONNREFUSED <b>1</b>'));
    await staff.post(`${path}/again`, (await form(path)).fields);
    await copyOf('per-mtpe-1', 1, 'pending');
    await expect.poll(() => staff.text(path)).toContain('Se volverá a intentar');
    expect(await staff.text(path)).toContain('ECONNREFUSED &lt;b&gt;1&lt;/b&gt;');
    const copy = await copyOf('per-mtpe-1', 1, 'sent');
    expect(copy.attempts).toBe(2);
  });

  it('tells what a mail server said that refused it, and may be tried once more', async () => {
    const { path } = await mailTo('per-mtpe-2');
    answers.push(new MailRefused(550, '550 no such <user>'));
    await staff.post(`${path}/again`, (await form(path)).fields);
    await copyOf('per-mtpe-2', 1, 'refused');
    expect(await staff.text(path)).toContain('550 no such &lt;user&gt;');
    const { fields } = await form(path);
    expect(fields.nth).toBe('2');
    await staff.post(`${path}/again`, fields);
    await copyOf('per-mtpe-2', 2, 'sent');
    await expect.poll(() => system.status(`cooperation/${ID}/again-5`)).toBe('COMPLETED');
  });

  it('is asked for again when Temporal was away, and goes out once', async () => {
    const { path, mail } = await mailTo('per-mtpe-4');
    const away = {
      ...system.workflows,
      sendAgain: async () => {
        throw new Refused({ code: 'Unavailable' });
      },
    };
    const now = () => new Date().toISOString();
    const cooperations = cooperationsOver({ ...system, workflows: away, now });
    const lame = await siteOver(system, { staff: [STAFF], cooperations }).as(STAFF);
    const refused = await lame.post(`${path}/again`, (await form(path)).fields);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('el correo se enviará una sola vez');
    expect(await staff.text(path)).toContain('Todavía no se ha enviado.');
    const { fields } = await form(path);
    expect(fields.nth).toBe('1');
    const before = taken.filter(({ to }) => to === mail.address).length;
    await staff.post(`${path}/again`, fields);
    await copyOf('per-mtpe-4', 1, 'sent');
    expect(taken.filter(({ to }) => to === mail.address)).toHaveLength(before + 1);
    expect((await form(path)).fields.nth).toBe('2');
  });

  it('is not for those who have left, nor for what was never sent', async () => {
    const { path, place } = await mailTo('per-mtpe-3');
    const { fields } = await form(path);
    await system.caseFile
      .updateTable('person')
      .set({ active: false })
      .where('id', '=', 'per-mtpe-3')
      .execute();
    expect(await staff.text(path)).not.toContain('/again"');
    expect((await staff.get(`${path}/again`)).status).toBe(409);
    expect((await staff.post(`${path}/again`, fields)).status).toBe(409);
    await system.caseFile
      .updateTable('person')
      .set({ active: true })
      .where('id', '=', 'per-mtpe-3')
      .execute();
    const mail = (await system.view(ID)).mails[place - 1]?.messageId ?? '';
    for (const state of ['withdrawn', 'pending'] as const) {
      await system.caseFile.updateTable('mail').set({ state }).where('messageId', '=', mail).execute();
      expect((await staff.post(`${path}/again`, fields)).status).toBe(409);
    }
    await system.caseFile.updateTable('mail').set({ state: 'sent' }).where('messageId', '=', mail).execute();
    for (const wrong of [{}, { ...fields, nth: '0' }, { ...fields, nth: '1e3' }, { mail: '<x@y>', nth: '1' }])
      expect((await staff.post(`${path}/again`, wrong)).status).toBe(404);
    // A time that is not the next one.
    expect((await staff.post(`${path}/again`, { ...fields, nth: '7' })).status).toBe(422);
    expect((await mailTo('per-mtpe-3')).mail.again).toBeUndefined();
  });

  it('is for staff alone', async () => {
    const { path } = await mailTo('per-mtpe-3');
    const { fields } = await form(path);
    expect(await observer.text(path)).not.toContain('/again"');
    expect(await observer.text(`/c/${ID}/outbox`)).not.toContain('/again"');
    for (const browser of [observer, delegate]) {
      expect((await browser.get(`${path}/again`)).status).toBe(404);
      expect((await browser.post(`${path}/again`, fields)).status).toBe(404);
    }
    expect((await staff.post(`${path}/again`, fields, 'https://evil.example')).status).toBe(403);
    expect((await mailTo('per-mtpe-3')).mail.again).toBeUndefined();
  });

  it('leaves no name, address or text in Temporal', async () => {
    const view = await system.view(ID);
    const again = view.workflows.filter(({ id }) => id.includes('/again-'));
    expect(again).toHaveLength(6);
    for (const { id } of again) {
      const texts = readable(await system.workflows.history(id));
      expect(leaksOf(view, planOf(view.programme).parties, texts)).toEqual([]);
      expect(texts.join('\n')).not.toContain(STAFF);
    }
  });
});
