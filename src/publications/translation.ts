import type { TextPart } from '../domain/programme/textParts.ts';
import type { ProgrammeParagraph, TranslatedParagraph } from '../domain/programme/translation.ts';
import type { ProgrammeVersion } from './programmeView.ts';
import { line, paragraphs } from './text.ts';

/** The texts of a programme, paragraph by paragraph, and the same programme with others in their place. */

type Texts = Pick<ProgrammeVersion, 'programme' | 'sessions'>;
/** What a paragraph of a part becomes; of a title, `of` is the paragraph that it stands before. */
type Becoming = (text: string, part: TextPart, of?: string) => string;

/** The paragraphs that a programme prints, in their order; its subject, which heads each page, is none of them. */
export function programmeParagraphs(texts: Texts): ProgrammeParagraph[] {
  const found: ProgrammeParagraph[] = [];
  withTexts(texts, (text, part) => {
    found.push({ part, text });
    return text;
  });
  return found;
}

/** A programme in its second language, as far as it was put into that. */
export const inSecondLanguage = <T extends Texts>(
  texts: T,
  known: readonly TranslatedParagraph[],
  say: (paragraph: TranslatedParagraph, of: TranslatedParagraph | undefined) => string,
): T => {
  const byText = new Map(known.map((one) => [one.text, one]));
  const second = withTexts(texts, (text, _, of) => {
    const paragraph = byText.get(text);
    return paragraph ? say(paragraph, byText.get(of ?? '')) : text;
  });
  // What a window is called is written in the first language alone: in the second it is written out.
  const { programme, sessions } = second;
  return {
    ...second,
    programme: { ...programme, sessions: programme.sessions.map(unnamed) },
    sessions: sessions.map(unnamed),
  };
};

const unnamed = <S extends { window?: { from: string; to: string } | undefined }>(session: S): S =>
  session.window ? { ...session, window: { from: session.window.from, to: session.window.to } } : session;

function withTexts<T extends Texts>(texts: T, becoming: Becoming): T {
  const { programme, sessions } = texts;
  const whole = (text: string, part: TextPart) =>
    paragraphs(text)
      .map((one) => becoming(one, part))
      .join('\n\n');
  const lineIn = (text: string, part: TextPart, of?: string) =>
    becoming(line(text), part, of === undefined ? of : paragraphs(of)[0]);
  const step = ({ title, text }: { title: string; text: string }) => ({
    title: lineIn(title, 'methodology', text),
    text: whole(text, 'methodology'),
  });
  const { objectives, methodology, contents } = programme;
  return {
    ...texts,
    programme: {
      ...programme,
      title: lineIn(programme.title, 'title'),
      frame: lineIn(programme.frame, 'frame'),
      description: programme.description.map((text) => whole(text, 'description')),
      objectives: {
        introduction: whole(objectives.introduction, 'objectives'),
        items: objectives.items.map(({ title, text, change }) => ({
          ...(title !== undefined && { title: lineIn(title, 'objectives', text) }),
          text: whole(text, 'objectives'),
          ...(change !== undefined && { change: lineIn(change, 'objectives') }),
        })),
      },
      methodology: {
        introduction: whole(methodology.introduction, 'methodology'),
        coordination: step(methodology.coordination),
        documents: step(methodology.documents),
        sessions: step(methodology.sessions),
        systematization: step(methodology.systematization),
        finalReport: step(methodology.finalReport),
      },
      contents: { introduction: whole(contents.introduction, 'contents') },
    },
    sessions: sessions
      .toSorted((a, b) => a.number - b.number)
      .map((session) => ({ ...session, contents: whole(session.contents, 'contents') })),
  };
}
