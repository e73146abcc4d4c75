import { ActivityCancellationType, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';

/**
 * The activities as the workflows call them: `activities('Avisar a las delegaciones').issueProgramme(…)`, where
 * the words are what staff read beside the event in the Temporal UI.
 *
 * Mail that cannot be sent now is tried for as long as it takes: a ministry's answer is worth waiting for a
 * mail server. Making documents is given up after about an hour, and becomes a request to the Secretariat.
 */
export const activities = (summary: string) =>
  proxyActivities<Activities>({
    summary,
    startToCloseTimeout: '5 minutes',
    // One whose process was killed is begun again after this long; worker/worker.ts says that it is alive.
    heartbeatTimeout: '10 seconds',
    // Who gives up sending does not wait to hear that the last attempt has ended.
    cancellationType: ActivityCancellationType.TRY_CANCEL,
    retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '5 minutes' },
  });

export const making = (summary: string) =>
  proxyActivities<Pick<Activities, 'draftProgramme'>>({
    summary,
    startToCloseTimeout: '1 minute',
    heartbeatTimeout: '20 seconds',
    retry: {
      initialInterval: '2 seconds',
      backoffCoefficient: 2,
      maximumInterval: '10 minutes',
      maximumAttempts: 14,
    },
  });

export const caseFile = (summary: string) =>
  proxyLocalActivities<
    Pick<
      Activities,
      | 'openRequest'
      | 'recordAnswer'
      | 'recordTakeBack'
      | 'lapseRequests'
      | 'proposeSlots'
      | 'recordChange'
      | 'requestTimes'
      | 'sessionStands'
      | 'commitmentsAhead'
      | 'endFollowUp'
    >
  >({
    summary,
    startToCloseTimeout: '20 seconds',
    retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
    localRetryThreshold: '10 seconds',
  });
