import { expect, it } from 'vitest';
import { configFrom } from '../../src/process/config.ts';

it.each([
  ['RIAL_PROT', 'RIAL_PORT'],
  ['RIAL_DATABASE_URI', 'RIAL_DATABASE_URL'],
  ['RIAL_SMTPURL', 'RIAL_SMTP_URL'],
])('%s is no setting, and would pass for a default: it is refused, and %s is named', (name, meant) => {
  expect(() => configFrom([], { [name]: '1' })).toThrow(`${name} is no setting; ${meant} is one`);
});

it('a variable that is like no other is refused too', () => {
  expect(() => configFrom([], { RIAL_ELEPHANT: '1' })).toThrow(/^RIAL_ELEPHANT is no setting$/);
});

it('a token for the metrics that is too short keeps nobody out: it is refused with its setting', () => {
  expect(() => configFrom([], { RIAL_METRICS_TOKEN: 'short' })).toThrow(
    /^--metrics-token: .*32 characters.*shorter$/,
  );
  expect(() => configFrom([], { RIAL_METRICS_TOKEN: '' })).toThrow(/--metrics-token/);
});

it('what rial reads, what other programs read, and what processes tell each other is no mistake', () => {
  const config = configFrom([], { RIAL_PORT: '81', RIAL_TOKEN: 'x', RIAL_PARENT_PID: '1', PORT: '9' });
  expect(config.port).toBe(81);
});

it.each([
  [[], false],
  [['--url', 'http://localhost:8080'], false],
  [['--url', 'https://cooperacion.oas.example'], true],
  [['--url', 'https://cooperacion.oas.example', '--second-factor', 'off'], false],
  [['--second-factor', 'required'], true],
])('a second step is asked of staff elsewhere than on this machine, unless it is said: %j', (args, asked) => {
  expect(configFrom(args, {}).secondFactor).toBe(asked);
});

it('answers from outside are taken or refused, and nothing else', () => {
  expect(configFrom([], {}).outsideAnswers).toBe('take');
  expect(configFrom([], { RIAL_OUTSIDE_ANSWERS: 'refuse' }).outsideAnswers).toBe('refuse');
  expect(() => configFrom(['--outside-answers', 'mark'], {})).toThrow(/--outside-answers mark/);
});
