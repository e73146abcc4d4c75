import { documentsOf } from '../src/casefile/documents.ts';
import { enterNews, noteNewsTold } from '../src/casefile/mails/news.ts';
import { delegationsOf } from '../src/casefile/people.ts';
import { questionsOf } from '../src/casefile/questions.ts';
import { nextWorking } from '../src/domain/dates/deadlines.ts';
import { isHad } from '../src/domain/document.ts';
import { documentVersionId } from '../src/domain/ids.ts';
import type { Outside } from './context.ts';
import { deliver } from './email.ts';
import { capitalOf, cooperationOf, documentLine, questionLine } from './headings.ts';
import type { Activities } from './index.ts';

type Documents = Pick<Activities, 'announceNews'>;

/** The exchange of documents: what arrived is made known. */
export function documentActivities(outside: Outside): Documents {
  const { caseFile, now } = outside;
  return {
    async announceNews({ cooperation: id, ...news }) {
      const { number, documents, questions } = news;
      await enterNews(caseFile, { cooperation: id, ...news });
      const cooperation = await cooperationOf(caseFile, id);
      const { programme } = cooperation;
      const shared = (await documentsOf(caseFile, id)).filter(
        (entry) => isHad(entry) && documents.includes(documentVersionId(entry)),
      );
      const answered = (await questionsOf(caseFile, id)).filter((question) =>
        questions.includes(question.number),
      );
      // A message from outside may name what is not there.
      const anything = shared.length > 0 || answered.length > 0;
      const told = await deliver(outside, {
        cooperation,
        key: `news|${number}`,
        to: anything ? await delegationsOf(caseFile, id) : [],
        notBefore: (person) => nextWorking('day', now(), capitalOf(cooperation.plan, person)),
        notice: ({ language }) => ({
          notice: 'news',
          documents: shared.map((entry) => documentLine(programme, entry, language)),
          questions: answered.map((question) => questionLine(programme, question)),
        }),
      });
      if (told.later) return told;
      await noteNewsTold(caseFile, id, number, now());
      return told;
    },
  };
}
