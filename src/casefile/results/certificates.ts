import type { Came } from '../../domain/door.ts';
import { refused } from '../../domain/refusal.ts';
import type { CertificateView } from '../../domain/results/certificate.ts';
import {
  type CaseFile,
  type CaseFileTransaction,
  changing,
  json,
  listed,
  type OneOrMore,
} from '../database/database.ts';
import type { CertificateRow } from '../database/schema.ts';
import { findPerson } from '../people.ts';
import { addToRecord } from '../record.ts';

/** Certificates that were given, those too that do not stand any more. */

export const certificatesOf = (db: CaseFile, cooperation: OneOrMore): Promise<CertificateRow[]> =>
  db
    .selectFrom('certificate')
    .selectAll()
    .where('cooperation', 'in', listed(cooperation))
    .orderBy('number')
    .execute();

/** Who has one that was not withdrawn. */
export const certifiedIn = async (db: CaseFile, cooperation: string): Promise<ReadonlySet<string>> =>
  new Set(
    (await certificatesOf(db, cooperation)).flatMap(({ withdrawnAt, persons }) =>
      withdrawnAt ? [] : persons,
    ),
  );

/** The one of a code, without hyphens. */
export const certificateOfCode = (
  db: CaseFile,
  code: string,
): Promise<Pick<CertificateRow, 'cooperation' | 'number'> | undefined> =>
  db.selectFrom('certificate').select(['cooperation', 'number']).where('code', '=', code).executeTakeFirst();

/** A certificate as a case has it. */
export function certificateViewOf(row: CertificateRow): CertificateView {
  const { number, code, name, party, institution, persons, language, sessions, sha256, givenAt, givenBy } =
    row;
  const { withdrawnAt: at, withdrawnBy, withdrawnHow: how, withdrawnReason: reason } = row;
  return {
    ...{ number, code, name, ...(party !== null && { party }), ...(institution !== null && { institution }) },
    ...{ persons, language, sessions, givenAt, givenBy, sha256 },
    withdrawn: at && how ? { at, by: withdrawnBy ?? '', how, reason } : null,
    file: `certificates/${String(number).padStart(4, '0')}.pdf`,
  };
}

/** A certificate that is printed, before it has a number. */
export type PrintedCertificate = Pick<
  CertificateView,
  'code' | 'name' | 'party' | 'institution' | 'persons' | 'language' | 'sessions' | 'sha256'
>;

/** Who does something about certificates, when, and by which door. */
export type CertificateActor = { cooperation: string; by: string; party: string; now: string; came: Came };

/**
 * Enters certificates under the next numbers, and that they replace others. `printed` is what there is to enter, of
 * what stands then: nobody gets two of the same.
 *
 * @returns their numbers, and those of the ones that they replace
 */
export const enterCertificates = (
  db: CaseFile,
  actor: CertificateActor,
  due: (given: readonly CertificateView[]) => {
    printed: readonly PrintedCertificate[];
    outdated: readonly Pick<CertificateView, 'number'>[];
  },
): Promise<{ given: number[]; replaced: number[] }> =>
  changing(db, actor.cooperation, async (tx) => {
    const { cooperation, by, now, came } = actor;
    const all = await certificatesOf(tx, cooperation);
    const { printed, outdated } = due(all.map(certificateViewOf));
    const first = (all.at(-1)?.number ?? 0) + 1;
    const given = printed.map((_, index) => first + index);
    const replaced = outdated.map(({ number }) => number);
    if (printed.length > 0)
      await tx
        .insertInto('certificate')
        .values(
          printed.map(({ persons, sessions, ...one }, index) => ({
            ...one,
            ...{ cooperation, number: first + index, persons: json(persons), sessions: json(sessions) },
            ...{ givenAt: now, givenBy: by },
          })),
        )
        .execute();
    if (replaced.length > 0)
      await tx
        .updateTable('certificate')
        .set({ withdrawnAt: now, withdrawnBy: by, withdrawnHow: 'replaced' })
        .where('cooperation', '=', cooperation)
        .where('number', 'in', replaced)
        .execute();
    const touched = [...given, ...replaced];
    if (touched.length > 0)
      await addToRecord(tx, {
        ...(await entryOf(tx, actor)),
        key: `certificates-given:${touched.join()}`,
        kind: 'certificates-given',
        data: { certificates: given, replaced, ...came },
      });
    return { given, replaced };
  });

/** @throws Refused `CertificateUnknown`, `CertificateWithdrawn` */
export const enterWithdrawal = (
  db: CaseFile,
  actor: CertificateActor,
  { certificate: number, reason }: { certificate: number; reason: string },
): Promise<void> =>
  changing(db, actor.cooperation, async (tx) => {
    const { cooperation, by, now, came } = actor;
    const one = (await certificatesOf(tx, cooperation)).find((other) => other.number === number);
    if (!one) return refused({ code: 'CertificateUnknown', certificate: number });
    if (one.withdrawnAt)
      return refused({ code: 'CertificateWithdrawn', certificate: number, at: one.withdrawnAt });
    await tx
      .updateTable('certificate')
      .set({ withdrawnAt: now, withdrawnBy: by, withdrawnHow: 'withdrawn', withdrawnReason: reason })
      .where('cooperation', '=', cooperation)
      .where('number', '=', number)
      .execute();
    await addToRecord(tx, {
      ...(await entryOf(tx, actor)),
      key: `certificate-withdrawn:${number}`,
      kind: 'certificate-withdrawn',
      data: { certificate: number, ...came },
    });
  });

const entryOf = async (tx: CaseFileTransaction, { cooperation, by, party, now }: CertificateActor) => ({
  ...{ cooperation, at: now, party },
  person: (await findPerson(tx, cooperation, by))?.id,
});
