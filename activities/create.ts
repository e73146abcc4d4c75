import { againActivities } from './again.ts';
import { calendarActivities } from './calendar.ts';
import { changeActivities } from './changes.ts';
import { closingPaperActivities } from './closingPaper.ts';
import { communicationActivities } from './communications.ts';
import type { Outside } from './context.ts';
import { documentActivities } from './documents.ts';
import type { Activities } from './index.ts';
import { meetingActivities } from './meeting.ts';
import { publicationActivities } from './publications.ts';
import { requestActivities } from './requests.ts';

/** All activities, over one case file, document store and mail server. */
export const createActivities = (outside: Outside): Activities => ({
  ...requestActivities(outside),
  ...publicationActivities(outside),
  ...meetingActivities(outside),
  ...calendarActivities(outside),
  ...documentActivities(outside),
  ...changeActivities(outside),
  ...communicationActivities(outside),
  ...closingPaperActivities(outside),
  ...againActivities(outside),
});
