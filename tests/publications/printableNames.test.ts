import { expect, it } from 'vitest';
import { warningsOf } from '../../src/domain/warning.ts';
import { renderProgramme } from '../../src/publications/programme.ts';
import { asFiled, peruChile } from './fixtures/versions.ts';
import { readPdf } from './reading.ts';

/** One script or sign each. */
const NAMES = [
  'Ñeca Güemes-Ávila',
  'Łukasz Đặng',
  'Ψυχή',
  'Ирина',
  'D’Arcy “Bo” O’Neil & Co. (№ 2)',
  '日本',
  '🎉',
  'עברית',
  'عربي',
  'ไทย',
  'हिन्दी',
  '한국',
];

it.each(NAMES)('%s: warned of where the paper cannot print it, and only there', async (name) => {
  const file = peruChile();
  const [participant] = file.participants;
  if (participant) participant.name = `Ana ${name}`;
  const { text } = await readPdf((await renderProgramme(asFiled(file))).pdf);
  const warned = warningsOf(file).some(({ code }) => code === 'NameNotPrintable');
  expect(warned).toBe(text.includes('\uFFFD'));
});
