import { expect, it } from 'vitest';
import { givenComment } from '../../src/domain/comment.ts';
import { givenCommunication } from '../../src/domain/communication.ts';
import { content } from '../../src/domain/content.ts';
import { givenToken } from '../../src/domain/people/staff.ts';
import { checkProgrammeFile } from '../../src/domain/programme/programmeFile.ts';
import { SMALL } from './small.ts';

const TURNED = '\u202aA\u202b\u202c\u202d\u202e\u2066n\u2067\u2068a\u2069';

it('what people write is kept without marks that turn it, wherever it comes from', () => {
  const file = checkProgrammeFile(SMALL.replace('name: Ana', 'name: "\\u202eA\\u2066na"'));
  expect(file).toMatchObject({ programme: { participants: [{ name: 'Ana' }, {}, {}] } });
  const taken = [
    file,
    content.parse({ name: TURNED, email: 'ana@a.example', post: TURNED }),
    content.parse({ reason: TURNED }),
    givenComment.parse({ by: 'a-1', about: 'doc-1', text: TURNED }),
    givenCommunication.parse({ addressed: { to: 'everybody' }, subject: TURNED, text: TURNED }),
    givenToken.parse({ name: TURNED, scopes: ['read'] }),
  ];
  expect(JSON.stringify(taken)).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/u);
});
