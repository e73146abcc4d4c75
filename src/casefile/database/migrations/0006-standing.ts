import { type Kysely, sql } from 'kysely';

/** How each cooperation stands, kept by the database itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create index cooperation_of_call on cooperation ((-call_year), (-call_number), id)`,
    // What the board orders, counts and filters all cooperations by, in rows that are narrow. Made of the others, by the
    // database itself, at the end of each transaction that has changed one of them. See decision 0041.
    sql`create table cooperation_standing (
      cooperation text primary key references cooperation (id),
      call_year integer not null,
      call_number integer not null,
      closed boolean not null,
      cancelled boolean not null,
      paused boolean not null,
      followed_up boolean not null,
      -- When the first of what is owed is due, and when the last reminder of one has gone out ('-infinity': there is none).
      due_at timestamptz,
      reminded_at timestamptz,
      secretariat_owes boolean not null default false
    )`,
    sql`create function note_standing() returns trigger language plpgsql as $$
      declare
        one text := case tg_table_name when 'cooperation' then to_jsonb(new)->>'id' else to_jsonb(new)->>'cooperation' end;
      begin
        -- Whoever comes second waits here, and sees what the first has written.
        insert into cooperation_standing (cooperation, call_year, call_number, closed, cancelled, paused, followed_up)
          values (one, 0, 0, false, false, false, false) on conflict do nothing;
        perform from cooperation_standing where cooperation = one for no key update;
        update cooperation_standing set
          (call_year, call_number, closed, cancelled, paused, followed_up) = (
            select c.call_year, c.call_number,
              c.closed_at is not null, c.cancelled_at is not null, c.paused_at is not null, c.followed_up_at is not null
            from cooperation c where c.id = one
          ),
          (due_at, reminded_at, secretariat_owes) = (
            select min(r.due_at),
              min(coalesce((select max(reminder::timestamptz) from jsonb_array_elements_text(r.reminders) reminder), '-infinity')),
              coalesce(bool_or(exists (
                select from person p where p.cooperation = one and p.party = asked.party and p.role = 'staff'
              )), false)
            from request r cross join lateral jsonb_array_elements_text(r.parties) asked (party)
            where r.cooperation = one and r.closed_at is null and not r.waived ? asked.party
              and not exists (
                select from answer a
                where a.cooperation = one and a.request = r.id and a.party = asked.party and a.withdrawn_at is null
              )
          )
          where cooperation = one;
        return null;
      end $$`,
    ...[
      'cooperation after insert or update of call_year, call_number, closed_at, cancelled_at, paused_at, followed_up_at on cooperation',
      'request after insert or update of parties, waived, due_at, reminders, closed_at on request',
      'answer after insert or update of withdrawn_at on answer',
      'person after insert or update of party, role on person',
    ].map((what) =>
      sql.raw(`create constraint trigger standing_of_${what} deferrable initially deferred
        for each row execute function note_standing()`),
    ),
    // Makes it of the cooperations there are.
    sql`update cooperation set call_year = call_year`,
    sql`set constraints all immediate`,
    sql`set constraints all deferred`,
  ];
  for (const statement of statements) await statement.execute(db);
}
