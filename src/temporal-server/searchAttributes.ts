import { type Connection, isGrpcServiceError } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import { StartError } from '../process/startError.ts';

/** A search attribute as `defineSearchAttributeKey` gives it. */
export type SearchAttribute = { name: string; type: SearchAttributeType };

/** The namespace has one of our search attributes with another type. */
export class SearchAttributeError extends StartError {
  override readonly name = 'SearchAttributeError';
}

const UNIMPLEMENTED = 12;

/** `temporal.api.enums.v1.IndexedValueType`. */
const INDEXED_VALUE_TYPE: Record<SearchAttributeType, number> = {
  TEXT: 1,
  KEYWORD: 2,
  INT: 3,
  DOUBLE: 4,
  BOOL: 5,
  DATETIME: 6,
  KEYWORD_LIST: 7,
};

/**
 * Registers the search attributes that a namespace does not have yet.
 * @throws SearchAttributeError when it has one with another type
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  searchAttributes: readonly SearchAttribute[],
): Promise<void> {
  const { customAttributes } = await connection.operatorService
    .listSearchAttributes({ namespace })
    .catch((error: unknown) => {
      // The time-skipping server begins with none, and cannot list them.
      if (isGrpcServiceError(error) && error.code === UNIMPLEMENTED) return { customAttributes: {} };
      throw error;
    });
  const missing: Record<string, number> = {};
  for (const { name, type } of searchAttributes) {
    const known = (customAttributes as Record<string, number> | null | undefined)?.[name];
    if (known === undefined || known === null) missing[name] = INDEXED_VALUE_TYPE[type];
    else if (known !== INDEXED_VALUE_TYPE[type]) {
      throw new SearchAttributeError(
        `The Temporal namespace ${namespace} has the search attribute ${name} with another type than ${type}. ` +
          `Remove it (temporal operator search-attribute remove --name ${name}) and start again.`,
      );
    }
  }
  if (Object.keys(missing).length > 0) {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  }
}
