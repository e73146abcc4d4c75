/** How a mail is shown within a page of the same origin: in a frame that can run nothing and fetch nothing. */

/** Links in the mail open in a tab of their own; that is all it may do. */
export const MAIL_SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';
/** Content-Security-Policy of the mail itself, wherever it is opened. */
export const MAIL_POLICY = [
  `sandbox ${MAIL_SANDBOX}`,
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join('; ');
