import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/domain/language.ts';
import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { siteOver } from '../../support/site.ts';

describe('the privacy notice', () => {
  let system: InProcess;
  beforeAll(async () => {
    system = await inProcess();
  });
  afterAll(() => system[Symbol.asyncDispose]());

  it('is there for everybody, in each language, from the foot of each page, and says how long things are kept', async () => {
    const site = siteOver(system, { kept: { years: 10, securityDays: 90 }, contact: 'oficina@oas.example' });
    const browser = site.browser();
    expect(await browser.text('/sign-in')).toContain('<a class="govuk-link" href="/privacy">');
    const told = {
      es: ['10 años desde su cierre', 'se conserva 90 días', 'puede retirar su consentimiento'],
      en: ['for 10 years from its closing', 'kept for 90 days', 'can withdraw its consent'],
      pt: ['por 10 anos a partir', 'por 90 dias', 'pode retirar seu consentimento'],
      fr: ['10 ans à compter', 'conservé 90 jours', 'peut retirer son consentement'],
    };
    for (const language of LANGUAGES) {
      await browser.post('/language', { language, next: '/privacy' });
      const text = await browser.text('/privacy');
      for (const one of [...told[language], 'mailto:oficina@oas.example', 'href="/me"'])
        expect(text, language).toContain(one);
    }
  });

  it('says to ask where the institution has not said how long', async () => {
    const text = await siteOver(system).browser().text('/privacy');
    expect(text).toContain('Pregunte a la Secretaría durante cuánto tiempo');
    expect(text).not.toMatch(/\d+ años/);
  });
});
