import { z } from 'zod';
import { field } from '../field.ts';

/** Working days given for each kind of request; the methodology's defaults are in `methodology.ts`. */
const days = field(z.int().min(1).max(90), 'Working days.', 5);
export const deadlines = z.strictObject({
  translateProgramme: days.optional(),
  vouchTranslation: days.optional(),
  approveProgramme: days.optional(),
  sendDocuments: days.optional(),
  answerQuestion: days.optional(),
  chooseDate: days.optional(),
  /** Between the day on which the answers are due and the first date that is proposed. */
  noticeOfDate: days.optional(),
  recordSession: days.optional(),
  nameConsultant: days.optional(),
  draftSheet: days.optional(),
  reviewSheet: days.optional(),
  draftReport: days.optional(),
  complementReport: days.optional(),
  receiveReport: days.optional(),
});
/** Their names, in the order of the methodology. */
export const DEADLINES = deadlines.keyof().options;
