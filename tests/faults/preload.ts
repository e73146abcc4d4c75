import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ActivityInterceptorsFactory, Worker } from '@temporalio/worker';
import { boundaryOf } from './boundaries.ts';

/**
 * Loaded before a program of ours (`--import`), in whose process it does what nobody can from outside: it moves the clock,
 * and ends the worker exactly before and after an activity. What it is to do is in the folder `FAULTS_FOLDER`.
 */

const folder = process.env.FAULTS_FOLDER ?? '';
const read = (name: string): string => {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** `clock`: by how many milliseconds this process's clock is wrong. */
const wrongBy = Number(read('clock'));
if (wrongBy !== 0) {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given: [] | [number]) {
      if (given.length === 0) super(Right.now() + wrongBy);
      else super(...given);
    }
    static override now = () => Right.now() + wrongBy;
  } as DateConstructor;
}

/** `passed`: the boundaries that were come to. `deadly`: those at which the process ends, each of them once. */
function at(boundary: string): void {
  appendFileSync(path.join(folder, 'passed'), `${boundary}\n`);
  const deadly = read('deadly').split('\n');
  if (!deadly.includes(boundary)) return;
  writeFileSync(path.join(folder, 'deadly'), deadly.filter((one) => one !== boundary).join('\n'));
  process.kill(process.pid, 'SIGKILL');
}

const boundaries: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      at(boundaryOf('before', info, input.args));
      const result = await next(input);
      at(boundaryOf('after', info, input.args));
      return result;
    },
  },
});

const create = Worker.create.bind(Worker);
Worker.create = (options) => {
  const { activity = [], ...others } = options.interceptors ?? {};
  return create({ ...options, interceptors: { ...others, activity: [...activity, boundaries] } });
};
