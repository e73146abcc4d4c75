/** Where the terminal finds the server, as it is typed. */

/** Where it looks where nobody says otherwise: where `npm start` puts it. */
export const DEFAULT_URL = 'http://127.0.0.1:8080';

/** The flags that say where the server is, as a shell takes them; each with a blank before it. */
export const connectionFlags = ({
  url,
  tokenFile: file,
}: {
  url?: string | undefined;
  tokenFile?: string | undefined;
}): string =>
  (url === undefined ? '' : ` --url ${shellWord(url)}`) +
  (file === undefined ? '' : ` --token-file ${shellWord(file)}`);

/** A word as a shell takes it for one. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
