import { SMTPServer } from 'smtp-server';

/** A mail server of the outside world, which can be away and can have something against an address. */
export type Smtp = ReturnType<typeof smtpServer>;

export function smtpServer(port: number) {
  /** What is answered to a recipient, such as `550 5.1.1 no such user`. */
  const objections = new Map<string, string>();
  const delivered: { to: string; messageId: string }[] = [];
  /** Every time a recipient was named. */
  const named: string[] = [];
  let server: SMTPServer | undefined;

  const listen = () =>
    new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 50,
      onRcptTo({ address }, _session, callback) {
        named.push(address);
        const objection = objections.get(address);
        if (!objection) return callback();
        callback(
          Object.assign(new Error(objection.slice(4)), { responseCode: Number(objection.slice(0, 3)) }),
        );
      },
      onData(stream, { envelope }, callback) {
        let raw = '';
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => {
          raw += text;
        });
        stream.on('end', () => {
          const messageId = /^Message-ID: (<.*>)\r$/im.exec(raw)?.[1] ?? '';
          for (const { address } of envelope.rcptTo) delivered.push({ to: address, messageId });
          callback();
        });
      },
    });

  return {
    url: `smtp://127.0.0.1:${port}`,
    objections,
    delivered,
    named,
    start: () =>
      new Promise<void>((resolve, reject) => {
        const next = listen();
        server = next;
        next.once('error', reject);
        next.listen(port, '127.0.0.1', () => {
          next.off('error', reject);
          // A client that hangs up is its own trouble.
          next.on('error', () => {});
          resolve();
        });
      }),
    stop: () => new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve())),
  };
}
