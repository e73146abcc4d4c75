import { mintLink, useLink } from '../../src/casefile/access/access.ts';
import { CHANGE_KINDS, type ChangeKind } from '../../src/domain/change.ts';
import type { Language } from '../../src/domain/language.ts';
import type { InProcess } from '../support/inProcess.ts';
import { exampleSource } from '../support/programme.ts';
import {
  CANCELLED,
  CLOSED,
  CONVENED,
  DOCUMENTS,
  dayFromNow,
  GUEST,
  GUEST_OF_TWO,
  ID,
  MAILBOX,
  OBSERVER,
  PAUSED,
  POLL,
  REVIEW,
  REVIEWED,
  setScene,
} from './scene.ts';

/** Every page of the site, as each of those sees it whom it is for, over the cooperations of the scene. */

export type Who = 'nobody' | 'delegate' | 'staff' | 'observer' | 'guest' | 'guestOfTwo' | 'mailbox';
export type Form = Record<string, string>;
/** A page, how it is answered, and the form that is sent there. */
type Visit = [who: Who, path: string, status?: number, form?: (language: Language) => Form];

const at = (path: string, id = ID) => `/c/${id}${path}`;
const request = (name: string) => encodeURIComponent(name);

/** A programme file with hardly anything in it. */
export const MISTAKEN = 'id: 1';
/** The reason that each intervention is given. */
export const WRITTEN = 'Por acuerdo.';
/** What stands in a form as a part of more. */
export const NAMED = { name: 'Rosa Quispe', post: 'Gerente', description: 'Una descripción nueva.' };
const GUEST_LINE = `${NAMED.name}, ${NAMED.post}, rosa@guest.example`;

/** What each form of an intervention is filled with, so that its preview is shown. */
export const PREVIEWED: Record<ChangeKind, Form> = {
  extend: { request: DOCUMENTS, due: dayFromNow(60) },
  reassign: { owed: `${DOCUMENTS} chl-mtps`, to: 'oas' },
  waive: { owed: `${DOCUMENTS} chl-mtps` },
  annul: { given: `${REVIEW} per-mtpe` },
  'hand-over': { request: DOCUMENTS, from: 'chl-mtps-2', to: 'chl-mtps-3' },
  absence: { person: 'chl-mtps-2', from: dayFromNow(20), to: dayFromNow(25), standIn: 'chl-mtps-3' },
  'end-absence': { absence: `chl-mtps-4 ${dayFromNow(30)}` },
  replace: { person: 'chl-mtps-3', name: 'Elena Núñez', email: 'elena.nunez@mtps-chile.example' },
  'add-person': { party: 'per-mtpe', name: 'Rosa Prado', email: 'rosa.prado@mtpe-peru.example' },
  'remove-person': { person: 'per-mtpe-5' },
  'focal-point': { person: 'per-mtpe-2' },
  'correct-person': { person: 'chl-mtps-4', post: 'Asesora' },
  reschedule: { session: '2', date: dayFromNow(40), starts: '11:30', hours: '1.5' },
  'reschedule-meeting': { date: dayFromNow(30), starts: '11:30' },
  'cancel-meeting': {},
  'add-session': {
    contents: 'Seguimiento.',
    date: dayFromNow(200),
    starts: '10:00',
    timezone: 'America/Lima',
  },
  'cancel-session': { session: '3' },
  'add-commitment': { what: 'Enviar el manual.', owner: 'chl-mtps', due: dayFromNow(60) },
  'correct-commitment': {
    commitment: '1',
    what: 'Enviar la malla',
    owner: 'chl-mtps-2',
    due: dayFromNow(70),
  },
  'correct-minutes': { session: '1', minutes: 'Se acordó otra cosa.' },
  'correct-meeting': { minutes: 'Se acordó otra cosa.' },
  'add-guest': { session: '1', invitedBy: 'per-mtpe', name: 'Inés Invitada', email: 'ines@guest.example' },
  'name-guests': { session: '1', invitedBy: 'per-mtpe', guests: GUEST_LINE },
  'withdraw-guest': { person: '' },
  withhold: { document: '' },
  release: { document: '' },
  'correct-sheet': {},
  'cancel-sheet-correction': {},
  pause: {},
  resume: {},
  amend: { programme: '' },
  cancel: {},
};
/** Interventions of a cooperation in another state. */
const OF: Partial<Record<ChangeKind, string>> = {
  'correct-minutes': PAUSED,
  'correct-commitment': REVIEWED,
  annul: REVIEWED,
  resume: PAUSED,
  'correct-sheet': CLOSED,
  'cancel-sheet-correction': REVIEWED,
  'reschedule-meeting': CONVENED,
  'cancel-meeting': CONVENED,
  'correct-meeting': REVIEWED,
};

export const PAGES: Visit[] = [
  ['nobody', '/sign-in'],
  ['nobody', '/privacy'],
  ['nobody', '/sheets'],
  ['nobody', '/sheets/nothing', 404],
  ['nobody', '/certificates'],
  ['nobody', '/certificates?code=x', 422],
  ['nobody', '/certificates/0000-0000-0000-0000-0000', 404],
  ['nobody', 'valid certificate'],
  ['nobody', 'withdrawn certificate'],
  ['nobody', '/sign-in', 422, () => ({ address: 'no es un correo' })],
  ['nobody', '/sign-in', 200, (language) => ({ address: `${language}@ministry.example` })],
  ['nobody', '/sign-in/code'],
  ['nobody', '/sign-in/code', 422, () => ({ code: '12345678' })],
  ['nobody', '/r/not-a-link', 404],
  ['nobody', 'open link'],
  ['nobody', 'used link', 410],
  ['nobody', 'expired link', 410],
  ['nobody', '/sign-out', 200, () => ({})],
  ['delegate', '/'],
  ['delegate', '/sign-ins'],
  ['delegate', '/verify'],
  ['delegate', '/verify', 422, () => ({})],
  ['delegate', '/calendar'],
  ['delegate', '/search?q=camacho'],
  ['staff', '/search?q=a'],
  ['staff', '/calls/14'],
  ['observer', '/calls/14'],
  ['staff', '/calls/99', 404],
  ['delegate', '/calls/14', 404],
  ['delegate', '/library'],
  ['observer', '/library?q=escuela&country=PE'],
  ['staff', '/library?q=nadasemejante'],
  ['guest', '/library', 404],
  ['staff', '/digest'],
  ['staff', '/templates'],
  ['staff', '/logos'],
  ['delegate', '/digest', 404],
  ['delegate', '/me'],
  ['delegate', '/me', 422, () => ({ name: '' })],
  ['delegate', '/me/absences', 422, () => ({ from: '2020', to: '' })],
  ['guest', '/me'],
  ['staff', '/me'],
  ['observer', '/me'],
  ['mailbox', `/who/${CONVENED}`],
  ['staff', '/second-step'],
  ['observer', '/second-step'],
  ['delegate', '/second-step', 404],
  ['delegate', '/nowhere', 404],
  ['delegate', at('')],
  ['delegate', at('', REVIEWED)],
  ['delegate', at('', PAUSED)],
  ['delegate', at('', CANCELLED)],
  ['delegate', at('', CLOSED)],
  ['delegate', at('/survey', CLOSED)],
  ['delegate', at('/survey', CLOSED), 422, () => ({ useful: '5' })],
  ['delegate', at('/paper', CLOSED)],
  ['delegate', at('/paper'), 404],
  ['staff', at('/paper', CLOSED)],
  ['staff', at('/paper?signed', CLOSED)],
  ['staff', at('/paper', CLOSED), 422, () => ({ by: 'per-mtpe-1', how: 'Por correo' })],
  ['delegate', at('/certificates', CLOSED), 404],
  ['observer', at('/certificates', CLOSED)],
  ['staff', at('/certificates', CLOSED)],
  ['staff', at('/certificates')],
  ['staff', at('/certificates'), 422, () => ({})],
  ['staff', at('/certificates/1/withdraw', CLOSED)],
  ['staff', at('/certificates/1/withdraw', CLOSED), 422, () => ({ reason: '' })],
  ['delegate', at(`/requests/${REVIEW}`, REVIEWED)],
  ['delegate', at(`/requests/${REVIEW}`, REVIEWED), 422, () => ({ subject: 'x', decision: '' })],
  ['delegate', at(`/requests/${REVIEW}`, PAUSED)],
  ['delegate', at(`/requests/${REVIEW}`, CANCELLED)],
  ['delegate', at(`/requests/${REVIEW}`)],
  ['delegate', at(`/requests/${POLL}`)],
  ['delegate', at(`/requests/${POLL}`), 422, () => ({ subject: 'x' })],
  ['delegate', at(`/requests/${DOCUMENTS}`)],
  ['delegate', at('/requests/documents/answer-question-1.1')],
  ['delegate', at('/documents')],
  ['delegate', at('/documents?sent=2')],
  ['delegate', at('/documents'), 422, () => ({ title: 'x' })],
  ['delegate', at('/documents', CLOSED)],
  ['delegate', at('/questions')],
  ['delegate', at('/questions'), 422, () => ({ to: 'chl-mtps', text: '' })],
  ['delegate', at('/comments'), 422, () => ({ about: 'doc-1', comment: '' })],
  ['delegate', at('/communications')],
  ['delegate', at('/communications/ask'), 422, () => ({ text: '' })],
  ['delegate', at('/communications/new'), 404],
  ['staff', at('/communications')],
  ['staff', at('/communications/new')],
  ['staff', at('/communications/new'), 422, () => ({ to: 'everybody', subject: '', text: 'x' })],
  [
    'staff',
    at('/communications/new'),
    200,
    () => ({ to: 'everybody', subject: 'Cambio de sala', text: 'Será en la sala 4.' }),
  ],
  ['delegate', at('/meeting')],
  ['delegate', at('', CONVENED)],
  ['delegate', at('/meeting', CONVENED)],
  ['delegate', at('/sessions')],
  ['delegate', at('/sessions/1')],
  ['delegate', at('/sessions/2')],
  ['delegate', at('/sessions/1', CLOSED)],
  ['delegate', at('/sessions/2?named=2')],
  ['delegate', at('/sessions/2/guests'), 422, () => ({ guests: `@ ${NAMED.name}` })],
  ['delegate', at('/sessions/2/guests'), 200, () => ({ guests: GUEST_LINE })],
  ['delegate', at('/sessions/2/guests/guest-2-1/withdraw')],
  ['delegate', at('/sessions/2/guests/guest-2-1/withdraw'), 422, () => ({ reason: '' })],
  ['delegate', at('/sessions/2/materials'), 422, () => ({ kind: 'presentation' })],
  ['delegate', at('/drafts')],
  ['delegate', at('/drafts', CLOSED)],
  ['delegate', at('/people')],
  ['delegate', at('/record')],
  ['guest', at('/sessions/1')],
  ['guest', at('/documents'), 404],
  ['guestOfTwo', at('/sessions/2')],
  ['observer', at('')],
  ['observer', at('/record')],
  ['observer', '/board'],
  ['staff', '/board'],
  ['staff', '/new'],
  ['staff', '/new/form'],
  ['staff', '/new/form?example=barbados-jamaica#people'],
  ['staff', '/new/form?example=peru-chile-2021#cooperation-sessions'],
  ['staff', '/new/form?example=barbados-jamaica#results'],
  ['staff', '/new/check', 200, () => ({ source: exampleSource('barbados-jamaica') })],
  ['staff', '/new/check', 422, () => ({ source: MISTAKEN })],
  ['staff', at('')],
  ['staff', at('?started')],
  ['staff', at(`/requests/${POLL}`)],
  ['staff', at(`/requests/${REVIEW}`, REVIEWED)],
  ['staff', at(`/requests/${REVIEW}?for=per-mtpe-1`, REVIEWED)],
  ['staff', at('/record', CLOSED)],
  ['staff', at('/outbox')],
  ['staff', at('/outbox?group=sessions&person=oas-1')],
  ['staff', at('/outbox/1')],
  ['staff', at('/outbox/1/again')],
  ['staff', at('/programme/form')],
  ['staff', at('/programme/form'), 422, () => ({ do: 'check' })],
  ['delegate', at('/programme/form'), 404],
  ['staff', at('/programme/form', CANCELLED), 409],
  ['staff', at('/changes')],
  ['staff', at('/changes', CANCELLED)],
  ['staff', at('/changes/1')],
  ['staff', at('/changes/new/pause'), 422, () => ({ reason: '' })],
  ['staff', at(`/changes/new/extend?request=${request(DOCUMENTS)}`)],
  ...CHANGE_KINDS.flatMap((kind): Visit[] => [
    ['staff', at(`/changes/new/${kind}`, OF[kind])],
    ['staff', at(`/changes/new/${kind}`, OF[kind]), 200, () => ({ reason: WRITTEN, ...PREVIEWED[kind] })],
  ]),
  // The last: after it, nobody may try any more.
  ['nobody', '/sign-in', 429, () => ({ address: 'guessed@ministry.example' })],
];

/** Sets the scene, and fills in what only it knows. */
export async function setPages(system: InProcess): Promise<void> {
  await setScene(system);
  const { people, programme, documents } = await system.view(ID);
  const [doc, withheld] = [false, true].map((is) => documents.find((one) => (one.withheld !== null) === is));
  PREVIEWED.withhold.document = `${doc?.document}@${doc?.version}`;
  PREVIEWED.release.document = `${withheld?.document}@${withheld?.version}`;
  PREVIEWED['withdraw-guest'].person = people.find(({ email }) => email === GUEST)?.id ?? '';
  await system.caseFile
    .updateTable('session')
    .set({
      attendance: JSON.stringify([
        { name: 'Margarita Spoerer', party: 'chl-mtps', person: 'chl-mtps-1' },
        { name: 'Rosa Quispe', institution: 'SENCE' },
      ]),
    })
    .where('cooperation', '=', CLOSED)
    .execute();
  await system.cooperations.giveCertificates(CLOSED, {});
  await system.cooperations.withdrawCertificate(CLOSED, { certificate: 2, reason: 'Se fue antes.' });
  // JSON is YAML.
  PREVIEWED.amend.programme = JSON.stringify({ ...programme, description: [NAMED.description] });
}

/** The address by which somebody signs in. */
export async function addressOf(who: Exclude<Who, 'nobody'>, system: InProcess): Promise<string> {
  const { people } = await system.view(ID);
  const address = (id: string) => people.find((one) => one.id === id)?.email ?? '';
  return {
    delegate: address('chl-mtps-1'),
    staff: address('oas-1'),
    observer: OBSERVER,
    guest: GUEST,
    guestOfTwo: GUEST_OF_TWO,
    mailbox: MAILBOX,
  }[who];
}

/** A page's path; that of a link of a mail as it is when somebody opens it, that of a certificate by its code. */
export async function pathOf(visited: string, system: InProcess): Promise<string> {
  if (visited.startsWith('/')) return visited;
  if (visited.endsWith(' certificate')) {
    const [valid, withdrawn] = (await system.view(CLOSED)).certificates;
    return `/certificates/${(visited.startsWith('valid') ? valid : withdrawn)?.code}`;
  }
  const { people } = await system.view(ID);
  const address = people.find(({ id }) => id === 'per-mtpe-1')?.email ?? '';
  const minted = visited === 'expired link' ? '2020-01-01T00:00:00.000Z' : new Date().toISOString();
  const purpose = { address, cooperation: ID, person: 'per-mtpe-1', path: `/c/${ID}` };
  const token = await mintLink(system.caseFile, purpose, minted);
  const where = { browser: 'one', program: null, network: '192.0.2.…' };
  if (visited === 'used link') await useLink(system.caseFile, token, where, minted);
  return `/r/${token}`;
}
