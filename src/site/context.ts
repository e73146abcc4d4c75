import { type Context, Hono } from 'hono';
import type { HtmlEscapedString } from 'hono/utils/html';
import type { HealthCheck } from '../domain/health.ts';
import type { Language } from '../domain/language.ts';
import type { NotingSite } from '../http/noting.ts';
import type { Viewer } from './viewer.ts';

/** What is known of every request to the site, and what pages are made of. */

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Whom to turn to: an address, and the name of a person where it is one’s. */
export type Contact = { address: string; name?: string };

/** What is known of every request to the site. */
export type Site = {
  Variables: NotingSite['Variables'] & {
    viewer: Viewer | undefined;
    language: Language;
    /** Whom to turn to for help: the Secretariat, within a cooperation its first officer. */
    contact: Contact | undefined;
    /** Where the trial mailbox is, in a system that has one. */
    mailboxUrl: string | undefined;
    /** Of an address that several people share: who is at the keyboard. Forms say so, and nothing is recorded for another. */
    keyboard: { cooperation: string; person: string } | undefined;
    /** How many wrong codes there were in the last hour, for staff. */
    guesses: number;
    /** Where the forms of the page may lead, besides the site itself. */
    formsTo: readonly string[] | undefined;
    /** The page has a frame with something of the site itself. */
    frames: boolean | undefined;
    /** What of the system is ill. */
    ill: readonly HealthCheck[];
  };
};
export type SiteContext = Context<Site>;
/** What pages take of a request's context: of one within a cooperation, which knows more, as of any other. */
export type PageContext = Pick<SiteContext, 'get' | 'req' | 'html' | 'body' | 'redirect'>;
export const siteApp = (): Hono<Site> => new Hono<Site>();
