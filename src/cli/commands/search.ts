import type { Command } from 'commander';
import { SEARCH_KINDS, type SearchHit, type SearchResult } from '../../domain/search.ts';
import { directionOf } from '../../words/names/parties.ts';
import { foundName } from '../../words/searchHits.ts';
import { speaker } from '../../words/speaker.ts';
import { acting } from '../command.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../errors.ts';
import { printable, table } from '../terminal.ts';

/** `rial search WORD…`: what has all these words, by what it is. */
export function search(program: Command): void {
  program
    .command('search')
    .summary('find cooperations, people, documents, questions, minutes, commitments and communications')
    .description(
      'Finds what has all the words, which are beginnings of words, with or without accents: in cooperations with what their programme says, people, names of documents, published sheets, questions, sessions with their contents, minutes and outputs, commitments and communications.',
    )
    .argument('<words...>', 'what is searched for')
    .action(
      acting<object, [string[]]>(async (context, _, words) => {
        const api = await context.connect();
        const found = await api.search({ q: words.join(' ') });
        if (context.json) context.printJson(found);
        else context.print(lines(printable(found), context));
        return EXIT.done;
      }),
    );
}

function lines({ words, hits, more, cooperations }: SearchResult, context: Context): string[] {
  const { say, language, terminal } = context;
  if (words.length === 0) return [say('tooLittleToSearch')];
  if (hits.length === 0) return [say('nothingFound')];
  const named = speaker('labels.found', language);
  const nameOf = (hit: SearchHit) => {
    const cooperation = cooperations.find(({ id }) => id === hit.cooperation);
    return hit.kind === 'cooperation' && cooperation
      ? directionOf(cooperation.institutions, language)
      : foundName(hit, language);
  };
  return SEARCH_KINDS.flatMap((kind) => {
    const theirs = hits.filter((hit) => hit.kind === kind);
    if (theirs.length === 0) return [];
    return [
      ...table(
        [say('cooperation'), named(kind)],
        theirs.map((hit) => ({
          cells: [hit.cooperation, nameOf(hit)],
          below: [{ text: hit.text, style: terminal.paint.dim }],
        })),
        terminal,
      ),
      ...(more.includes(kind) ? [say('moreFound')] : []),
      '',
    ];
  }).slice(0, -1);
}
