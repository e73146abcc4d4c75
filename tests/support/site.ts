import pino from 'pino';
import { pdfAsFiled, startingDocument } from '../../activities/attachments.ts';
import { cooperationOf } from '../../activities/headings.ts';
import { beginSession } from '../../src/casefile/access/access.ts';
import { securityLogOver } from '../../src/casefile/access/securityLog.ts';
import { addStaff } from '../../src/casefile/access/staff.ts';
import type { CaseFile } from '../../src/casefile/database/database.ts';
import type { Invitation } from '../../src/domain/people/staff.ts';
import type { SignInMail, SiteOutside } from '../../src/site/outside.ts';
import { site } from '../../src/site/site.ts';
import type { InProcess } from './inProcess.ts';
import { testSeal } from './seal.ts';

/** An officer of the Secretariat in the example, and all of them. */
export const OFFICER = 'guillermo.calzada@oea.example';
const OFFICERS = ['maria.camacho@oea.example', OFFICER];
/** What a site is given, and who is staff and who looks on there. */
export type SiteGiven = Partial<SiteOutside> & { staff?: readonly string[]; observers?: readonly string[] };

/** A session as a code opens it: of all that an address has. */
export const sessionOf = (
  caseFile: CaseFile,
  address: string,
  at = new Date().toISOString(),
  { stepped = true } = {},
) =>
  beginSession(
    caseFile,
    {
      address,
      cooperations: null,
      browser: 'known',
      program: 'Firefox, Linux',
      network: '192.0.2.…',
      stepped,
    },
    at,
  );
/** What the site takes that it has from outside, and pages ask nothing of. */
const signInWith = {
  seal: testSeal,
  signInKey: 'the-key-that-is-not-in-the-database',
  sessionHours: { idle: 8, most: 168 },
  kept: { securityDays: 365 },
  afterwards: (work: () => Promise<void>) => void work(),
};

/** The cooperation site over an application in the process of the test, and browsers without client script. */
export function siteOver(system: InProcess, { staff = OFFICERS, observers = [], ...given }: SiteGiven = {}) {
  const { caseFile, documents, cooperations, workflows } = system;
  const url = 'http://site.example';
  const sent: SignInMail[] = [];
  const log = pino({ level: 'silent' });
  const now = () => new Date().toISOString();
  const invited: Invitation[] = [];
  const app = site({
    ...{ caseFile, documents, cooperations, workflows, url },
    ...{ log, now, securityLog: securityLogOver({ caseFile, now, log }) },
    ...signInWith,
    programmePdf: (programme) => pdfAsFiled({ caseFile, documents }, programme),
    startingDocument: async (id, kind) =>
      startingDocument({ caseFile, documents, now }, await cooperationOf(caseFile, id), kind),
    sendSignIn: async (mail) => {
      if (mail.known) sent.push(mail);
    },
    sendInvitation: async (mail) => {
      invited.push(mail);
    },
    ...given,
  });

  const seeded = (async () => {
    const at = new Date().toISOString();
    for (const address of staff) await addStaff(caseFile, { address, role: 'staff', by: null }, at);
    for (const address of observers) await addStaff(caseFile, { address, role: 'observer', by: null }, at);
  })();

  /** A browser that keeps its cookies, sends forms as browsers do, and follows no redirection. */
  function browser() {
    const cookies = new Map<string, string>();
    async function ask(method: string, path: string, init: RequestInit & { origin?: string | null } = {}) {
      await seeded;
      const { origin = url, ...rest } = init;
      const response = await app.request(`${url}${path}`, {
        method,
        ...rest,
        headers: {
          ...(cookies.size > 0 && {
            cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          }),
          ...(method !== 'GET' && origin !== null && { origin }),
          ...(rest.headers as Record<string, string>),
        },
      });
      for (const cookie of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
        if (value === '') cookies.delete(name);
        else cookies.set(name, value);
      }
      return response;
    }
    return {
      cookies,
      ask,
      get: (path: string, headers: Record<string, string> = {}) => ask('GET', path, { headers }),
      /** Sends a form; a list is a field that is there several times. */
      post(path: string, form: Record<string, string | string[]> = {}, origin: string | null = url) {
        const body = new URLSearchParams(
          Object.entries(form).flatMap(([name, value]) =>
            [value].flat().map((one): [string, string] => [name, one]),
          ),
        );
        return ask('POST', path, { body, origin });
      },
      /** Sends a form with files. */
      upload: (path: string, form: FormData) => ask('POST', path, { body: form }),
      async text(path: string): Promise<string> {
        return (await ask('GET', path)).text();
      },
    };
  }

  return {
    url,
    app,
    sent,
    invited,
    browser,
    /** A browser in which somebody has signed in with a code. */
    async as(address: string, given: { stepped?: boolean } = {}) {
      await seeded;
      const one = browser();
      one.cookies.set('rial', await sessionOf(caseFile, address, undefined, given));
      return one;
    },
  };
}
export type Browser = ReturnType<ReturnType<typeof siteOver>['browser']>;

/** The `main` of a page as it is marked up; beside it, a page that answers a form has what was sent, for another language. */
export const mainHtmlOf = (page: string): string => page.split(/<\/?main[^>]*>/)[1] ?? '';
/** What a page says, in its `main`. */
export const mainOf = (page: string): string =>
  mainHtmlOf(page)
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
