import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createTransport,
  MailRefused,
  MailUnavailable,
  type Transport,
  type TransportConfig,
} from '../../src/mail/transport.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const reply = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });

/** A real SMTP server that does as told, and the mails it took. */
async function smtp(options: SMTPServerOptions = {}): Promise<{ port: number; taken: string[] }> {
  const taken: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 10,
    onData(stream, _session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push(Buffer.concat(chunks).toString());
        callback(null, 'queued as 1');
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

/** A server that speaks no SMTP of its own. */
async function tcp(connected: (socket: Socket) => void): Promise<{ port: number }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    connected(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return { port: (server.address() as AddressInfo).port };
}

function transport(config: Partial<TransportConfig> & { port: number }): Transport {
  const made = createTransport({ host: '127.0.0.1', timeouts: { silenceMs: 2_000 }, ...config });
  cleanups.push(() => made.close());
  return made;
}

const MAIL = {
  from: 'rial@oea.example',
  to: 'cristobal.auger@mtps.example',
  raw: Buffer.from('Subject: x\r\n\r\nHola\r\n'),
};
const failure = async (made: Transport, mail = MAIL): Promise<Error> => {
  try {
    await made.send(mail);
  } catch (error) {
    return error as Error;
  }
  throw new Error('the mail was sent');
};

test('hands the message over as it is', async () => {
  const { port, taken } = await smtp();
  await expect(transport({ port }).send(MAIL)).resolves.toEqual({ response: '250 queued as 1' });
  expect(taken).toEqual([MAIL.raw.toString()]);
});

test.each([
  ['whose certificate nobody vouches for', {}, /self-signed certificate/],
  [
    'of TLS 1.1',
    { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    /protocol version|unsupported protocol/,
  ],
] as const)('a server %s is handed nothing', async (_, options, why) => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'mail.example' }]);
  const { port, taken } = await smtp({ secure: true, key, cert, ...options });
  const error = await failure(transport({ port, secure: true, requireTLS: true }));
  expect(error).toBeInstanceOf(MailUnavailable);
  expect((error as MailUnavailable).detail).toMatch(why);
  expect(taken).toEqual([]);
});

describe('refused', () => {
  test('at RCPT TO, with what the server said', async () => {
    const { port } = await smtp({
      onRcptTo: (_address, _session, callback) => callback(reply(550, 'no such user here')),
    });
    const error = await failure(transport({ port }));
    expect(error).toBeInstanceOf(MailRefused);
    expect(error).toMatchObject({ code: 550, response: '550 no such user here' });
  });

  test('after the message was read', async () => {
    const { port } = await smtp({
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(reply(554, 'looks like spam')));
      },
    });
    const error = await failure(transport({ port }));
    expect(error).toBeInstanceOf(MailRefused);
    expect(error).toMatchObject({ code: 554 });
  });

  test('because it is too large', async () => {
    const { port } = await smtp({
      size: 1000,
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(stream.sizeExceeded ? reply(552, 'too large') : null));
      },
    });
    const error = await failure(transport({ port }), { ...MAIL, raw: Buffer.alloc(2000, 'x') });
    expect(error).toBeInstanceOf(MailRefused);
    expect(error).toMatchObject({ code: 552 });
  });

  test('because the address is none', async () => {
    const { port } = await smtp();
    expect(await failure(transport({ port }), { ...MAIL, to: 'a@b>\r\nRCPT TO:<c@d' })).toBeInstanceOf(
      MailRefused,
    );
  });

  test('says nothing of the address in its message', async () => {
    const { port } = await smtp({
      onRcptTo: ({ address }, _session, callback) => callback(reply(550, `<${address}> unknown`)),
    });
    const error = (await failure(transport({ port }))) as MailRefused;
    expect(error.response).toContain(MAIL.to);
    expect(error.message + error.stack).not.toContain('@mtps');
    expect(error.cause).toBeUndefined();
  });

  test('for one, and the next mail goes through', async () => {
    const { port, taken } = await smtp({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address === MAIL.to ? reply(550, 'unknown') : null),
    });
    const made = transport({ port });
    expect(await failure(made)).toBeInstanceOf(MailRefused);
    await made.send({ ...MAIL, to: 'margarita@mtps.example' });
    expect(taken).toHaveLength(1);
  });
});

describe('unavailable', () => {
  test.each([
    [450, 'RCPT TO', 'greylisted, come again'],
    [421, 'RCPT TO', 'too busy'],
    [554, 'RCPT TO', '5.7.1 Relay access denied'],
    [530, 'RCPT TO', '5.7.0 Authentication required'],
    [503, 'RCPT TO', 'bad sequence of commands'],
  ])('where RCPT TO is answered with %i (%s: %s)', async (code, _command, text) => {
    const { port } = await smtp({ onRcptTo: (_a, _s, callback) => callback(reply(code, text)) });
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test.each([550, 553, 421])('where MAIL FROM is answered with %i: that is about us', async (code) => {
    const { port } = await smtp({ onMailFrom: (_a, _s, callback) => callback(reply(code, 'not from you')) });
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test.each([421, 554])('where the greeting is %i', async (code) => {
    const { port } = await smtp({ onConnect: (_session, callback) => callback(reply(code, 'not now')) });
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test('where the password is wrong', async () => {
    const { port } = await smtp({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, callback) => callback(reply(535, 'wrong')),
    });
    const error = await failure(transport({ port, user: 'rial', password: 'x' }));
    expect(error).toBeInstanceOf(MailUnavailable);
    expect(error).toMatchObject({ code: 'EAUTH 535' });
  });

  test('where the message is put off', async () => {
    const { port } = await smtp({
      onData(stream, _session, callback) {
        stream.resume().on('end', () => callback(reply(451, 'disk is full')));
      },
    });
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test('where encryption is required and not offered', async () => {
    const { port, taken } = await smtp();
    expect(await failure(transport({ port, requireTLS: true }))).toBeInstanceOf(MailUnavailable);
    expect(taken).toEqual([]);
  });

  test('where nobody listens', async () => {
    const { port } = await tcp(() => {});
    await cleanups.splice(0)[0]?.();
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test('where the connection is dropped', async () => {
    const { port } = await tcp((socket) => socket.destroy());
    expect(await failure(transport({ port }))).toBeInstanceOf(MailUnavailable);
  });

  test('where the connection is dropped after all of the mail: it may have been taken', async () => {
    let came = 0;
    const open = new Set<Socket>();
    const { port } = await smtp({
      onData: (stream) => {
        stream.resume();
        stream.once('end', () => {
          came++;
          for (const socket of open) socket.destroy();
        });
      },
      onConnect: (_session, callback) => callback(),
    });
    const between = await tcp((socket) => {
      open.add(socket);
      const onward = connect(port, '127.0.0.1');
      onward.on('error', () => {});
      socket.on('close', () => onward.destroy());
      socket.pipe(onward).pipe(socket);
    });
    expect(await failure(transport({ port: between.port }))).toMatchObject({ unanswered: true });
    expect(came).toBe(1);
  });

  test('and whether it may have been taken: not where nothing of it went', async () => {
    const { port } = await tcp((socket) => socket.destroy());
    expect(await failure(transport({ port }))).toMatchObject({ unanswered: false });
    const later = await smtp({
      onData: (stream, _session, callback) => {
        stream.resume();
        stream.once('end', () => callback(reply(451, 'later')));
      },
    });
    expect(await failure(transport({ port: later.port }))).toMatchObject({ unanswered: false });
  });

  test('where the connection is dropped in the middle of the mail', async () => {
    const { port } = await smtp({
      onData: (stream, session) => {
        void session;
        stream.once('data', () => {
          for (const socket of open) socket.destroy();
        });
      },
    });
    const open = new Set<Socket>();
    const between = await tcp((socket) => {
      open.add(socket);
      const onward = new (socket.constructor as new () => Socket)();
      onward.on('error', () => {});
      onward.connect(port, '127.0.0.1');
      socket.pipe(onward).pipe(socket);
    });
    expect(await failure(transport({ port: between.port }))).toBeInstanceOf(MailUnavailable);
  });

  test('where the server says nothing', async () => {
    const { port } = await tcp(() => {});
    const error = await failure(transport({ port, timeouts: { silenceMs: 80 } }));
    expect(error).toBeInstanceOf(MailUnavailable);
  });

  test('where the server never comes to an end', async () => {
    const { port } = await tcp((socket) => {
      const timer = setInterval(() => socket.write('220-please wait\r\n'), 10);
      socket.on('close', () => clearInterval(timer));
    });
    const error = await failure(transport({ port, timeouts: { silenceMs: 60_000, mailMs: 150 } }));
    expect(error).toBeInstanceOf(MailUnavailable);
  });

  test('after it was closed', async () => {
    const { port } = await smtp();
    const made = transport({ port });
    made.close();
    expect(await failure(made)).toBeInstanceOf(MailUnavailable);
  });
});
