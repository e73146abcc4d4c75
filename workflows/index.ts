/** The workflow types: every function exported here is one. */
export { sendAgain, sendCommunication, tellChange, tellSignature } from './beside.ts';
export { collectMails } from './collectMails.ts';
export { cooperation } from './cooperation.ts';
export { amendment, coordination } from './coordination.ts';
export { documentExchange } from './documentExchange.ts';
export { finalReport } from './finalReport.ts';
export { followUp } from './followUp.ts';
export { reconcile } from './reconcile.ts';
export { session } from './session.ts';
export { sheetCorrection, systematization } from './systematization.ts';
