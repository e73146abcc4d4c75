import { describe, expect, test } from 'vitest';
import { jsonOf, rial } from './rial.ts';
import { testServer } from './server.ts';

/** `rial resend`. */

const REFUSED = ['per-mtpe-1', 'chl-mtps-2'].map((person, i) => ({
  ...{ cooperation: '14-per-chl', person, notice: 'request-opened', messageId: `<${i}@rial.example>` },
}));
async function server(refused: readonly object[] = REFUSED) {
  const fake = await testServer();
  fake.replies.set('POST /mails/resend', () => Response.json(refused));
  return fake;
}

describe('resend', () => {
  test('sends all that was refused again, and tells what and to whom', async () => {
    const fake = await server();
    expect(await rial(fake.url, ['resend'])).toMatchObject({
      code: 0,
      out: '14-per-chl  per-mtpe-1\n14-per-chl  chl-mtps-2\nSe envían de nuevo 2 correos.\n',
    });
    expect(fake.seen.at(-1)).toMatchObject({ path: '/mails/resend', query: {} });
  });

  test('lists under --dry-run what would be, of the cooperations that are named', async () => {
    const fake = await server();
    const { out } = await rial(fake.url, [
      'resend',
      '14-per-chl',
      '--dry-run',
      '--by',
      'oas-1',
      '--language',
      'en',
    ]);
    expect(out).toContain('2 messages would be sent again.');
    expect(fake.seen.at(-1)?.query).toEqual({ 'dry-run': '1' });
    expect(JSON.parse(String(fake.seen.at(-1)?.body))).toEqual({ cooperations: ['14-per-chl'], by: 'oas-1' });
    expect(jsonOf(await rial(fake.url, ['resend', '--json']))).toEqual(REFUSED);
  });

  test('says when there is nothing to do', async () => {
    const none = await server([]);
    expect((await rial(none.url, ['resend'])).out).toBe('No hay correos rechazados que enviar de nuevo.\n');
  });
});
