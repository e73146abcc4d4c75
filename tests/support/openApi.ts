import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { openApi } from '../../src/api/openapi.ts';
import { ROUTES, type Route, type RouteName } from '../../src/api/routes.ts';

/** Holds calls of the API against its OpenAPI document. */
export function openApiChecks() {
  // Each of hundreds of schemas is asked a few times: to make them is what costs.
  const ajv = new Ajv2020({ strict: false, allErrors: true, inlineRefs: false, code: { optimize: false } });
  formats.default(ajv);
  ajv.addSchema(openApi(), 'api');
  const check = (pointer: readonly string[], value: unknown): string[] => {
    const at = pointer.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1'));
    const validate = ajv.getSchema(`api#/${at.map(encodeURIComponent).join('/')}`);
    if (!validate) return [`${pointer.join(' ')} is not described`];
    return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  };
  const routes = Object.entries<Route>(ROUTES).map(([name, route]) => ({
    name: name as RouteName,
    ...route,
    pattern: new RegExp(`^${route.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  /** The routes of which an answer was held against the document, and those that were refused something. */
  const seen = { answered: new Set<RouteName>(), refused: new Set<RouteName>() };

  return {
    seen,
    check,
    /** What of a call is not as the document has it; nothing of a path that it does not have. */
    mistakesIn(call: {
      method: string;
      path: string;
      sent?: unknown;
      status: number;
      type: string;
      told: unknown;
    }): string[] {
      const { method, status, type, told, sent } = call;
      const [path = ''] = call.path.split('?');
      const route = routes.find((one) => one.method === method && one.pattern.test(path));
      if (!route) return [];
      (status < 400 || status === route.unwell ? seen.answered : seen.refused).add(route.name);
      const operation = ['paths', route.path, method.toLowerCase()];
      const took = status < 400 && route.body?.shape;
      return [
        ...check([...operation, 'responses', String(status), 'content', type, 'schema'], told),
        ...(took
          ? check([...operation, 'requestBody', 'content', route.body?.type ?? '', 'schema'], sent)
          : []),
      ];
    },
  };
}
