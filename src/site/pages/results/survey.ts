import { Hono } from 'hono';
import { html } from 'hono/html';
import { enterSurveyAnswer, hasAnsweredSurvey } from '../../../casefile/results/survey.ts';
import type { Language } from '../../../domain/language.ts';
import {
  LONGEST_SURVEY_TEXT,
  SURVEY_GROUP,
  SURVEY_QUESTIONS,
  SURVEY_SCALE,
  surveyAnswer,
} from '../../../domain/results/survey.ts';
import { speaker } from '../../../words/speaker.ts';
import type { PageContext } from '../../context.ts';
import {
  type Field,
  type Mistake,
  ofShape,
  partsHtml,
  postedForm,
  smallForm,
  textIn,
  type Values,
} from '../../form.ts';
import { page } from '../../frame.ts';
import type { SiteOutside } from '../../outside.ts';
import { success } from '../../parts/govuk.ts';
import { missing, notForGuests, type Visit, type VisitSite } from '../../visit.ts';

/** The survey that delegates are asked to answer when a cooperation is over: each once, and nothing says what was whose. */

export function surveyPage({ caseFile, signInKey }: SiteOutside): Hono<VisitSite> {
  const app = new Hono<VisitSite>();
  app.get('/survey', notForGuests, async (c) => {
    const visit = c.get('visit');
    const person = surveyed(visit);
    if (!person) return missing(c);
    return (await hasAnsweredSurvey(caseFile, visit.view.id, person)) ? thanked(c, visit) : asked(c, visit);
  });
  app.post('/survey', notForGuests, smallForm, async (c) => {
    const visit = c.get('visit');
    const { view, clock } = visit;
    const person = surveyed(visit);
    if (!person) return missing(c);
    const { values, mistakes } = await postedForm(c, fields(clock.language));
    if (mistakes.length > 0) return asked(c, visit, values, mistakes);
    const answer = ofShape(surveyAnswer, {
      grades: Object.fromEntries(SURVEY_QUESTIONS.map((one) => [one, Number(textIn(values, one))])),
      text: textIn(values, 'text'),
    });
    await enterSurveyAnswer(caseFile, signInKey, { cooperation: view.id, person }, answer);
    return c.redirect(`/c/${view.id}/survey`, 303);
  });
  return app;
}

/** Who answers it: a delegate, once the report has been accepted. */
export const surveyed = ({ view, capacity, person }: Visit): string | undefined =>
  view.closedAt !== null && view.cancelledAt === null && capacity === 'delegate' ? person?.id : undefined;

const fields = (language: Language): Field[] => {
  const say = speaker('site.survey', language);
  return [
    ...SURVEY_QUESTIONS.map(
      (name): Field => ({
        ...{ name, as: 'radios', label: say(name), required: say('missing') },
        options: SURVEY_SCALE.map((grade) => ({ value: String(grade), label: say(`grade${grade}`) })),
      }),
    ),
    {
      ...{ name: 'text', as: 'long', rows: 5, most: LONGEST_SURVEY_TEXT, optional: true },
      ...{ label: say('text'), hint: say('textHint') },
    },
  ];
};

// What is written is no draft of anybody's: it is sent, or is gone.
function asked(c: PageContext, visit: Visit, values: Values = {}, mistakes: readonly Mistake[] = []) {
  const { language } = visit.clock;
  const say = speaker('site.survey', language);
  return page(c, {
    title: say('title'),
    back: { href: `/c/${visit.view.id}` },
    mistakes,
    ...(mistakes.length > 0 && { status: 422 as const }),
    body: html`<p class="govuk-body">${say('lead')}</p><p class="govuk-body">${say('apart', { group: String(SURVEY_GROUP) })}</p>
<form method="post" action="/c/${visit.view.id}/survey" novalidate>${partsHtml({ values, mistakes, language }, fields(language))}<button class="govuk-button" type="submit">${say('send')}</button></form>`,
  });
}

function thanked(c: PageContext, visit: Visit) {
  const say = speaker('site.survey', visit.clock.language);
  return page(c, {
    title: say('title'),
    back: { href: `/c/${visit.view.id}` },
    body: html`${success('answered', say('done'), say('thanks'))}`,
  });
}
