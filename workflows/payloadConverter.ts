import { defaultPayloadConverter, type PayloadConverter } from '@temporalio/common';

/**
 * What workflows read payloads with. One of a Signal that cannot be read, encrypted or no JSON, would fail the task that
 * brings it, at every attempt for good: it is read as nothing, which no guard takes.
 */
export const payloadConverter: PayloadConverter = {
  toPayload: (value) => defaultPayloadConverter.toPayload(value),
  fromPayload<T>(payload: Parameters<PayloadConverter['fromPayload']>[0]): T {
    try {
      return defaultPayloadConverter.fromPayload<T>(payload);
    } catch {
      return undefined as T;
    }
  },
};
