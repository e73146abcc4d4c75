/** What a ministry says of people outside reading what it approves; who says nothing has not decided. */
export const PUBLISH = ['yes', 'no'] as const;
export type Publish = (typeof PUBLISH)[number];
