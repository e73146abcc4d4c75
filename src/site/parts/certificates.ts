import { html } from 'hono/html';
import type { CertificateView } from '../../domain/results/certificate.ts';
import { codeInGroups } from '../../domain/results/certificateCode.ts';
import { attendedIn, certificateState } from '../../domain/results/certifiedAttendance.ts';
import { colonIn } from '../../words/colon.ts';
import { speaker } from '../../words/speaker.ts';
import type { Html } from '../context.ts';
import { isSecretariat, type Visit } from '../visit.ts';

/** Whose certificates somebody sees: the Secretariat and whoever looks on, all; everybody else their own. */

export const seesCertificates = (visit: Visit): boolean =>
  isSecretariat(visit) || visit.viewer.role === 'observer';

export const isOwnCertificate = ({ parts }: Visit, { persons }: CertificateView): boolean =>
  parts.some(({ id }) => persons.includes(id));

export const certificateHref = (cooperation: string, { number }: CertificateView): string =>
  `/c/${cooperation}/certificates/${number}.pdf`;

/** The reader's own that stand, to be downloaded, with the way to check them. */
export function ownCertificates(visit: Visit): Html | '' {
  const { view, clock } = visit;
  const attended = attendedIn(view);
  const own = view.certificates.filter(
    (one) => isOwnCertificate(visit, one) && certificateState(one, attended) === 'valid',
  );
  if (own.length === 0) return '';
  const say = speaker('site.certificates', clock.language);
  return html`<section aria-labelledby="certificate"><h2 class="govuk-heading-m" id="certificate">${say('own')}</h2>
${own.map(
  (one) =>
    html`<p class="govuk-body"><a class="govuk-link" href="${certificateHref(view.id, one)}">${say('download')}</a><br>${speaker('site.certificate', clock.language)('code')}${colonIn(clock.language)}<a class="govuk-link" href="/certificates/${codeInGroups(one.code)}">${codeInGroups(one.code)}</a></p>`,
)}</section>`;
}

/** The way to all of them, above the sessions, for who sees all. */
export const certificatesLink = (visit: Visit): Html | '' =>
  seesCertificates(visit)
    ? html`<p class="govuk-body"><a class="govuk-link" href="/c/${visit.view.id}/certificates">${speaker('site.certificates', visit.clock.language)('link')}</a></p>`
    : '';
