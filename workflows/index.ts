/** The workflow types: every function exported here is one. */
export { cooperation } from './cooperation.ts';
export { amendment, coordination } from './coordination.ts';
export { documentExchange } from './documentExchange.ts';
export { finalReport } from './finalReport.ts';
export { followUp } from './followUp.ts';
export { reconcile } from './reconcile.ts';
export { sendAgain } from './sendAgain.ts';
export { sendCommunication } from './sendCommunication.ts';
export { session } from './session.ts';
export { systematization } from './systematization.ts';
export { tellChange } from './tellChange.ts';
