/** Observers see everything and decide nothing. */
export const STAFF_ROLES = ['staff', 'observer'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];
