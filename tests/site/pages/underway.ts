import { type InProcess, inProcess } from '../../support/inProcess.ts';
import { changedSource, movedTo } from '../../support/programme.ts';
import { type Browser, siteOver } from '../../support/site.ts';

/** The example with its programme approved; another that is before that; and browsers of people who see either. */

export const ID = '14-per-chl';
export const OTHER = 'other-cooperation';
const [OBSERVER, GUEST] = ['observer@oas.example', 'guest@ilo.example'];

export type Who = 'peru' | 'chile' | 'staff' | 'observer' | 'guest' | 'other';
export type Underway = { system: InProcess; browsers: Record<Who, Browser> };

export async function underway(): Promise<Underway> {
  const system = await inProcess();
  const site = siteOver(system, { observers: [OBSERVER] });
  await system.cooperations.start(changedSource(movedTo(new Date(), -1)));
  await system.cooperations.start(
    changedSource((file) => {
      movedTo(new Date(), -1)(file);
      file.id = OTHER;
      for (const person of file.participants) person.email = `other.${person.email}`;
    }),
  );
  await system.answer(ID, 'coordination/confirm-coordination.1', 'oas-1', {
    decision: 'done',
    minutes: { minutes: 'Acuerdos.' },
  });
  for (const by of ['chl-mtps-2', 'per-mtpe-1'])
    await system.answer(ID, 'coordination/approve-programme.1', by, { decision: 'approve' });
  await system.open(ID, 'documents/send-documents.1');
  await system.change(ID, {
    change: 'add-guest',
    session: 1,
    guest: { name: 'Ana Invitada', email: GUEST, invitedBy: 'chl-mtps' },
  });
  const as = async (id: string, person: string) => {
    const { people } = await system.view(id);
    return site.as(people.find((one) => one.id === person)?.email ?? '');
  };
  return {
    system,
    browsers: {
      peru: await as(ID, 'per-mtpe-1'),
      chile: await as(ID, 'chl-mtps-2'),
      staff: await as(ID, 'oas-1'),
      other: await as(OTHER, 'chl-mtps-2'),
      observer: await site.as(OBSERVER),
      guest: await site.as(GUEST),
    },
  };
}
