import { setTimeout as delay } from 'node:timers/promises';
import { isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { begins } from '../casefile/database/effects.ts';
import { Refused, refusal as refusalShape } from '../domain/refusal.ts';

/** Calls of the Temporal server, whose failures become refusals. */

/** Failures of a Temporal server that is away for a moment, by their gRPC status. */
const NOT_FOUND = 5;
const UNAVAILABLE = new Set([1, 4, 8, 14]);

/** The workflow that an Update met was about to continue as new: the Update was not taken, and is for the next run. */
const FAILED_PRECONDITION = 9;
/** A worker that has much to do takes seconds from one run to the next. */
const NEXT_RUN_MS = 15_000;

/** Sends an Update until a run takes it. @throws what the last attempt threw */
export async function untilTaken<T>(update: () => Promise<T>): Promise<T> {
  const until = performance.now() + NEXT_RUN_MS;
  for (let pause = 50; ; pause = Math.min(2 * pause, 1_000)) {
    try {
      return await update();
    } catch (error) {
      if (grpcError(error)?.code !== FAILED_PRECONDITION || performance.now() > until) throw error;
      await delay(pause);
    }
  }
}

/** The gRPC error in, or behind, what the client threw. */
function grpcError(error: unknown) {
  const cause = error instanceof Error && error.cause;
  return isGrpcServiceError(error) ? error : isGrpcServiceError(cause) ? cause : undefined;
}

/** A call that may change something, whether its answer arrives or not. */
export const sending = <T>(call: () => Promise<T>): Promise<T> => {
  begins();
  return refusing(call());
};

export const refusing = <T>(promise: Promise<T>): Promise<T> =>
  promise.catch((error: unknown) => {
    throw refusalIn(error);
  });

/** A call that ends a workflow: one that has ended meanwhile is what was wanted. */
export async function unlessEnded(call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw refusalIn(error);
  }
}

/** What a failed call means to the person who made it: the refusal that a workflow failed an Update with, or its own. */
export function refusalIn(error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError && error.cause instanceof ApplicationFailure) {
    const sent = refusalShape.safeParse(error.cause.details?.[0]);
    return sent.success ? new Refused(sent.data, { cause: error }) : error;
  }
  if (error instanceof WorkflowNotFoundError || (isGrpcServiceError(error) && error.code === NOT_FOUND))
    return new Refused({ code: 'NotUnderWay' }, { cause: error });
  const grpc = grpcError(error);
  return grpc && UNAVAILABLE.has(grpc.code) ? new Refused({ code: 'Unavailable' }, { cause: error }) : error;
}
