import type { Letter } from '../../words/blocks.ts';
import type { DocumentLine, QuestionLine } from '../../words/lines.ts';
import { joined } from '../../words/lists.ts';
import { documentBlocks, questionBlocks } from '../../words/parts.ts';
import { speaker } from '../../words/speaker.ts';
import { type Context, letter } from '../frame.ts';

export type NewsFacts = { documents: DocumentLine[]; questions: QuestionLine[] };

/** What has arrived since the last news, gathered into one mail: it asks for nothing. */

export function news({ documents, questions }: NewsFacts, context: Context): Letter {
  const { language, pairing } = context;
  const say = speaker('mail.news', language);
  const answered = questions.filter(({ answer }) => answer).length;
  const counts = [
    ['documents', documents.length],
    ['answers', answered],
    ['questions', questions.length - answered],
  ] as const;
  const parts = counts.filter(([, count]) => count > 0).map(([key, count]) => say(key, { count }));
  const what = parts.length > 0 ? joined(parts, language) : say('nothing');
  return letter(context, {
    subject: say('subject', { pairing, what }),
    preview: say('lead', { pairing, what }),
    blocks: [
      { block: 'paragraph', text: say('lead', { pairing, what }) },
      ...documentBlocks(documents, context),
      ...questionBlocks(questions, context),
    ],
  });
}
