import { proxyActivities } from '@temporalio/workflow';
import type { Reconciling } from '../activities/index.ts';
import { temporalText } from './wording.ts';

/**
 * Holds what is open in the case file against what runs and waits in Temporal, and mends what it can: started by a
 * schedule. What is found is in the case file; here are numbers alone.
 */
export async function reconcile(): Promise<{ found: number; mended: number }> {
  const { reconcile } = proxyActivities<Reconciling>({
    summary: temporalText('es', 'reconciles'),
    startToCloseTimeout: '30 minutes',
    heartbeatTimeout: '20 seconds',
    // The next hour tries again.
    retry: { initialInterval: '10 seconds', maximumAttempts: 5 },
  });
  return reconcile();
}
