import { type Kysely, sql } from 'kysely';

/** Changes of cooperations under way: periods, people, sessions. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`alter table cooperation add column cancelled_at timestamptz, add column paused_at timestamptz`,
    sql`alter table session add column cancelled_at timestamptz`,
    sql`alter table request
      add column waived jsonb not null default '[]',
      add column window_ran_out text check (window_ran_out in ('time', 'no-dates'))`,
    sql`alter table mail
      add column session integer,
      add column sequence integer,
      add column method text check (method in ('REQUEST', 'CANCEL'))`,
    sql`create table change (
      cooperation text not null references cooperation (id),
      number integer not null,
      kind text not null,
      what jsonb not null,
      reason text not null,
      by text,
      asked_at timestamptz not null,
      made_at timestamptz,
      effects jsonb,
      told jsonb not null default '[]',
      programme_changes jsonb not null default '[]',
      primary key (cooperation, number)
    )`,
    sql`create table hand_over (
      cooperation text not null,
      request text not null,
      from_person text not null,
      to_person text not null,
      absent boolean not null,
      at timestamptz not null,
      primary key (cooperation, request, from_person),
      foreign key (cooperation, request) references request (cooperation, id)
    )`,
    sql`create table absence (
      cooperation text not null,
      change integer not null,
      person text not null,
      "from" text not null,
      "to" text not null,
      stand_in text not null,
      primary key (cooperation, change),
      foreign key (cooperation, person) references person (cooperation, id)
    )`,
    sql`create table invitation (
      cooperation text not null,
      session integer not null,
      cause text not null,
      sequence integer not null,
      primary key (cooperation, session, cause),
      foreign key (cooperation, session) references session (cooperation, number)
    )`,
  ];
  for (const statement of statements) await statement.execute(db);
}
