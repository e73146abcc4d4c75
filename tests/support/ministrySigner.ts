import { execFile } from 'node:child_process';
import { createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Signer } from '@libpdf/core';

const run = promisify(execFile);

/** Signs as somebody with a certificate and a tool of their own: the key is made by openssl, for this one signature. */
export async function ministrySigner(name: string): Promise<Signer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rial-signer-'));
  try {
    await run(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${name}`],
        ...['-keyout', 'key.pem', '-out', 'certificate.pem'],
      ],
      { cwd: folder },
    );
    const [key, certificate] = await Promise.all(
      ['key.pem', 'certificate.pem'].map((file) => readFile(path.join(folder, file), 'utf8')),
    );
    const own = createPrivateKey(String(key));
    return {
      certificate: new Uint8Array(new X509Certificate(String(certificate)).raw),
      certificateChain: [],
      ...{ keyType: 'RSA', signatureAlgorithm: 'RSASSA-PKCS1-v1_5' },
      sign: async (data) => new Uint8Array(sign('sha256', data, own)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
