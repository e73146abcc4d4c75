import { condition } from '@temporalio/workflow';

/** A workflow of the SDK alone: what any costs. */
export const waits = (): Promise<void> => condition(() => false);
