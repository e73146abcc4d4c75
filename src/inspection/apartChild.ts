// Run as a program of its own by apart.ts: looks at one file after another, and says what speaks against each.
import { createReadStream } from 'node:fs';
import type { Arrival } from '../documents/store.ts';
import { Refused } from '../domain/refusal.ts';
import type { ChildMessage, Look, LookResult } from './apart.ts';
import { inspectionHere } from './inspection.ts';

const send = (said: ChildMessage) => process.send?.(said);

const held = (file: string): Arrival => ({ file, read: () => createReadStream(file) });

async function looked(look: Look): Promise<LookResult> {
  const before = process.cpuUsage();
  const usedMs = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  try {
    if (look.look === 'programme')
      return { checked: await inspectionHere.programme(look.source, look.as), usedMs: usedMs() };
    if (look.look === 'word-changes')
      return {
        changes: await inspectionHere.wordChanges(held(look.before), held(look.after)),
        usedMs: usedMs(),
      };
    if (look.look === 'text')
      return { paragraphs: await inspectionHere.text(look.mediaType, held(look.file)), usedMs: usedMs() };
    if (look.look === 'template')
      return { faults: await inspectionHere.template(look.name, held(look.file)), usedMs: usedMs() };
    if (look.look === 'picture') {
      const { bytes, ...picture } = await inspectionHere.picture(held(look.file));
      return { picture: { ...picture, bytes: bytes.toString('base64') }, usedMs: usedMs() };
    }
    if (look.look === 'bundle') return { report: await inspectionHere.bundle(look.file), usedMs: usedMs() };
    if (look.look === 'mail') return { mail: await inspectionHere.mail(held(look.file)), usedMs: usedMs() };
    if (look.look === 'mail-file') {
      const bytes = await inspectionHere.mailFile(held(look.file), look.index);
      return { bytes: bytes && Buffer.from(bytes).toString('base64'), usedMs: usedMs() };
    }
    await inspectionHere.document(look.fileName, held(look.file));
    return { taken: true, usedMs: usedMs() };
  } catch (error) {
    if (error instanceof Refused && error.refusal.code === 'DocumentRefused')
      return { fault: error.refusal.why, usedMs: usedMs() };
    // Not what it says: that may be the file's own words.
    return {
      failed:
        error instanceof Error ? `${error.name} ${(error as NodeJS.ErrnoException).code ?? ''}` : 'unknown',
    };
  }
}

process.on('message', (look: Look) => void looked(look).then(send));
// Whoever asked is gone.
process.on('disconnect', () => process.exit());
send({ ready: true });
