import type { Programme } from '../domain/programme/programme.ts';
import { type Warning, warningsOf } from '../domain/warning.ts';
import { speaker } from '../words/speaker.ts';
import { warningText } from '../words/warnings.ts';
import type { Context } from './context.ts';
import { printable, wrapped } from './terminal.ts';

/** What is worth a second look, as lines under a heading; none where there is nothing. */
export function warningLines(
  warnings: readonly Warning[],
  programme: Pick<Programme, 'institutions'>,
  { language, terminal: { columns, paint } }: Pick<Context, 'language' | 'terminal'>,
): string[] {
  if (warnings.length === 0) return [];
  return [
    '',
    paint.yellow(speaker('warnings.text', language)('heading')),
    ...printable(warnings).flatMap((warning) =>
      wrapped(warningText(warning, { language, programme }), columns - 2).map(
        (text, at) => `${at === 0 ? '- ' : '  '}${text}`,
      ),
    ),
  ];
}

/** Those of a programme for `--json`: codes and values, with their words. */
export const warningsWithWords = (
  programme: Programme,
  { language, now }: Pick<Context, 'language' | 'now'>,
) =>
  warningsOf(programme, now().toISOString()).map((warning) => ({
    ...warning,
    message: warningText(warning, { language, programme }),
  }));
