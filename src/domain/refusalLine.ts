/** A refusal's code with its values on one line, for logs and the Temporal UI: for nobody to read a meaning from. */
export const refusalLine = ({ code, ...values }: { code: string }): string =>
  [code, ...Object.entries(values).map(([key, value]) => `${key}=${JSON.stringify(value)}`)].join(' ');
