import { expect, it } from 'vitest';
import type { RequestKind } from '../../src/domain/kinds/index.ts';
import { LANGUAGES } from '../../src/domain/language.ts';
import { planOf } from '../../src/domain/programme/planOf.ts';
import { opened } from '../../workflows/desk/heldRequest.ts';
import { waitingTable } from '../../workflows/wording.ts';
import { example } from '../support/programme.ts';

const asked = (kind: RequestKind, item?: number) =>
  opened({
    request: {
      ...{ id: `scope/${kind}.1`, kind, of: ['chl-mtps'], answers: [] },
      subject: { ref: 'subject', hash: 'a'.repeat(64) },
      openedAt: '2021-06-11T14:00:00.000Z',
      dueAt: '2021-06-18T22:00:00.000Z',
    },
    ...{ item, told: true, reminders: [], reminded: 0 },
  });

/** The last column of each row. */
const whatFor = (language: (typeof LANGUAGES)[number]): (string | undefined)[] =>
  waitingTable({ ...planOf(example()), language }, [
    asked('answer-question', 2),
    asked('choose-date', 3),
    asked('send-documents'),
  ])
    .split('\n')
    .slice(2, 5)
    .map((row) => row.split(' | ').at(-1)?.replace(' |', ''));

it('what Temporal shows is waited on has the number of the question or session', () => {
  expect(Object.fromEntries(LANGUAGES.map((language) => [language, whatFor(language)]))).toEqual({
    es: [
      'Responder la pregunta 2',
      'Indicar fechas para la 3.ª sesión',
      'Enviar los documentos pertinentes para la cooperación',
    ],
    en: [
      'Answer question 2',
      'Indicate availability for session 3',
      'Send the documents relevant to the cooperation',
    ],
    pt: [
      'Responder à pergunta 2',
      'Indicar datas para a 3ª sessão',
      'Enviar os documentos pertinentes para a cooperação',
    ],
    fr: [
      'Répondre à la question 2',
      'Indiquer les disponibilités pour la séance 3',
      'Envoyer les documents utiles à la coopération',
    ],
  });
});
