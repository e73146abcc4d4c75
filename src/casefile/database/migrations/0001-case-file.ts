import { type Kysely, sql } from 'kysely';

/** The case file. Instants are `timestamptz`; what is written down stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const statements = [
    sql`create table cooperation (
      id text primary key,
      programme jsonb not null,
      plan jsonb not null,
      language text not null,
      call_number integer not null,
      call_year integer not null,
      filed_at timestamptz not null,
      closed_at timestamptz,
      cancelled_at timestamptz,
      paused_at timestamptz,
      follow_ups jsonb not null default '[]',
      followed_up_at timestamptz
    )`,
    sql`create table person (
      cooperation text not null references cooperation (id),
      id text not null,
      party text not null,
      role text not null check (role in ('delegate', 'staff', 'consultant', 'guest', 'observer')),
      name text not null,
      post text,
      email text,
      count integer check (count > 1),
      language text not null,
      time_zone text not null,
      focal_point boolean not null default false,
      session integer,
      active boolean not null default true,
      position integer not null,
      primary key (cooperation, id)
    )`,
    sql`create table session (
      cooperation text not null references cooperation (id),
      number integer not null,
      contents text not null,
      hours double precision not null,
      starts_at timestamptz,
      ends_at timestamptz,
      time_zone text not null,
      window_from text,
      window_to text,
      link text,
      place text,
      platform text,
      sequence integer not null default -1,
      minutes text,
      attendance jsonb,
      outputs jsonb,
      recorded_at timestamptz,
      cancelled_at timestamptz,
      agenda_for timestamptz,
      done_at timestamptz,
      minutes_way text,
      minutes_taken_at timestamptz,
      primary key (cooperation, number)
    )`,
    // The coordination meeting, as it stands now.
    sql`create table meeting (
      cooperation text primary key references cooperation (id),
      hours double precision not null,
      starts_at timestamptz not null,
      ends_at timestamptz not null,
      time_zone text not null,
      link text,
      place text,
      sequence integer not null default -1,
      minutes text,
      attendance jsonb,
      outputs jsonb,
      recorded_at timestamptz,
      not_held_at timestamptz,
      cancelled_at timestamptz
    )`,
    sql`create table slot_proposal (
      cooperation text not null references cooperation (id),
      session integer not null,
      round integer not null,
      slots jsonb not null,
      opens_at timestamptz not null,
      closes_at timestamptz not null,
      hash text not null,
      primary key (cooperation, session, round)
    )`,
    sql`create table programme_version (
      cooperation text not null references cooperation (id),
      version integer not null,
      cause text not null,
      made_at timestamptz not null,
      hash text not null,
      pdf_sha256 text not null,
      pdf_name text not null,
      docx_sha256 text not null,
      docx_name text not null,
      issued_at timestamptz,
      approved_in text,
      done_at timestamptz,
      printed jsonb,
      differences jsonb not null default '[]',
      annulled_at timestamptz,
      primary key (cooperation, version),
      unique (cooperation, cause)
    )`,
    sql`create table request (
      cooperation text not null references cooperation (id),
      id text not null,
      kind text not null,
      round integer not null,
      item integer,
      parties jsonb not null,
      subject_ref text not null,
      subject_hash text not null,
      trouble text,
      opened_at timestamptz not null,
      due_at timestamptz not null,
      reminders jsonb not null,
      closed_at timestamptz,
      outcome text,
      lapse text,
      waived jsonb not null default '[]',
      window_ran_out text check (window_ran_out in ('time', 'no-dates', 'entered')),
      until timestamptz,
      told boolean not null default false,
      reminded integer not null default 0,
      reminded_until timestamptz,
      renews text,
      primary key (cooperation, id),
      unique (cooperation, renews),
      foreign key (cooperation, renews) references request (cooperation, id)
    )`,
    sql`create index request_open on request (cooperation) where closed_at is null`,
    sql`create table content (
      cooperation text not null references cooperation (id),
      hash text not null,
      value jsonb not null,
      written_at timestamptz not null,
      primary key (cooperation, hash)
    )`,
    sql`create table answer (
      cooperation text not null,
      request text not null,
      party text not null,
      by text not null,
      decision text not null,
      content text,
      before text,
      data jsonb not null,
      door jsonb not null default '{"door": "outside"}',
      at timestamptz not null,
      revision integer not null default 1,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdrawn_how text check (withdrawn_how in ('taken-back', 'corrected', 'annulled')),
      withdrawn_told boolean not null default false,
      primary key (cooperation, request, party, revision),
      foreign key (cooperation, request) references request (cooperation, id)
    )`,
    sql`create table answer_on_the_way (
      cooperation text not null references cooperation (id),
      hash text not null,
      door jsonb not null,
      at timestamptz not null,
      primary key (cooperation, hash)
    )`,
    sql`create unique index answer_standing on answer (cooperation, request, party) where withdrawn_at is null`,
    sql`create table document (
      cooperation text not null references cooperation (id),
      id text not null,
      title text not null,
      kind text not null,
      party text not null,
      session integer,
      created_at timestamptz not null,
      primary key (cooperation, id)
    )`,
    sql`create table document_version (
      cooperation text not null,
      document text not null,
      version integer not null,
      sha256 text not null,
      size bigint not null,
      media_type text not null,
      file_name text not null,
      by text not null,
      at timestamptz not null,
      changes jsonb,
      link text,
      withheld jsonb,
      primary key (cooperation, document, version),
      foreign key (cooperation, document) references document (cooperation, id)
    )`,
    sql`create table starting_document (
      cooperation text not null references cooperation (id),
      kind text not null,
      hash text not null,
      made_at timestamptz not null,
      template integer,
      primary key (cooperation, kind, hash)
    )`,
    // Word templates that staff put in, each; without a file, the shipped one was put back.
    sql`create table word_template (
      number integer generated always as identity primary key,
      template text not null,
      sha256 text,
      file_name text,
      put_at timestamptz not null,
      put_by text
    )`,
    sql`create table question (
      cooperation text not null references cooperation (id),
      number integer not null,
      from_party text not null,
      by text not null,
      to_party text not null,
      session integer,
      text text not null,
      asked_at timestamptz not null,
      answer text,
      answered_by text,
      answered_at timestamptz,
      primary key (cooperation, number)
    )`,
    sql`create table mail (
      key text primary key,
      cooperation text not null references cooperation (id),
      notice text not null,
      request text,
      person text not null,
      address text not null,
      subject text not null,
      message_id text not null,
      sha256 text not null,
      state text not null check (state in ('pending', 'held', 'gathered', 'sent', 'refused', 'withdrawn', 'unconfirmed')),
      handed_over boolean not null default false,
      digest text,
      attempts integer not null default 0,
      response text,
      prepared_at timestamptz not null,
      sent_at timestamptz,
      session integer,
      sequence integer,
      method text check (method in ('REQUEST', 'CANCEL')),
      reply_token text unique,
      bounced_at timestamptz
    )`,
    sql`create index mail_bounced on mail (lower(address)) where bounced_at is not null`,
    sql`create index mail_of_cooperation on mail (cooperation, prepared_at)`,
    sql`create index mail_held on mail (cooperation, person) where state = 'held'`,
    // Addresses of officers who get one mail a morning.
    sql`create table digest_setting (address text primary key check (address = lower(address)), since timestamptz not null)`,
    sql`create table news (
      cooperation text not null references cooperation (id),
      number integer not null,
      at timestamptz not null,
      documents jsonb not null,
      questions jsonb not null,
      done_at timestamptz,
      primary key (cooperation, number)
    )`,
    sql`create table change (
      cooperation text not null references cooperation (id),
      number integer not null,
      kind text not null,
      what jsonb not null,
      reason text not null,
      by text,
      seen integer,
      door jsonb,
      asked_at timestamptz not null,
      made_at timestamptz,
      effects jsonb,
      told jsonb not null default '[]',
      done_at timestamptz,
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
    // Of a session, or of the coordination meeting as number 0.
    sql`create table invitation (
      cooperation text not null references cooperation (id),
      session integer not null,
      cause text not null,
      sequence integer not null,
      primary key (cooperation, session, cause)
    )`,
    sql`create table resending (
      cooperation text not null references cooperation (id),
      number integer not null,
      mail text not null references mail (key),
      nth integer not null,
      by text not null,
      asked_at timestamptz not null,
      primary key (cooperation, number),
      unique (mail, nth)
    )`,
    // What the Secretariat and those who take part write to each other: it holds up no step.
    sql`create table communication (
      cooperation text not null references cooperation (id),
      number integer not null,
      kind text not null check (kind in ('written', 'enquiry', 'answer', 'received')),
      by text not null,
      party text not null,
      addressed jsonb not null,
      people jsonb not null,
      subject text,
      text text not null,
      at timestamptz not null,
      answers integer,
      shared boolean not null default false,
      mail jsonb,
      done_at timestamptz,
      primary key (cooperation, number),
      unique (cooperation, answers)
    )`,
    // Mails that came to the reply address of one of ours (`mail`, by its key): they are here before their sender hears
    // that they are taken, and until somebody has read them they wait.
    sql`create table incoming_mail (
      id bigint generated always as identity primary key,
      cooperation text not null references cooperation (id),
      mail text not null,
      sha256 text not null,
      size integer not null,
      came_at timestamptz not null,
      purpose text not null check (purpose in ('reply', 'bounce')),
      state text not null check (state in ('waiting', 'filed', 'unfiled', 'again', 'automatic', 'bounced', 'calendar', 'away')),
      null_sender boolean not null,
      essence text,
      communication integer,
      unique (mail, sha256)
    )`,
    sql`create index incoming_mail_of_cooperation on incoming_mail (cooperation, id)`,
    sql`create index incoming_mail_away on incoming_mail (cooperation) where state = 'away'`,
    sql`create index incoming_mail_waiting on incoming_mail (id) where state = 'waiting'`,
    // What somebody answered last to the invitation to a session, or to the coordination meeting (0).
    sql`create table calendar_reply (
      cooperation text not null references cooperation (id),
      session integer not null,
      person text not null,
      attending text not null check (attending in ('accepted', 'declined', 'tentative')),
      sequence integer not null,
      comment text not null,
      at timestamptz not null,
      primary key (cooperation, session, person)
    )`,
    // Beside a document or a request, by its id.
    sql`create table comment (
      cooperation text not null references cooperation (id),
      number integer not null,
      about text not null,
      by text not null,
      party text not null,
      text text not null,
      at timestamptz not null,
      primary key (cooperation, number)
    )`,
    // The tagged PDF of a published Word file; it can be made again.
    sql`create table sheet_pdf (
      cooperation text not null references cooperation (id),
      sha256 text not null,
      pdf_sha256 text,
      size bigint not null,
      tries integer not null,
      made_at timestamptz not null,
      primary key (cooperation, sha256)
    )`,
    // What ministries say of people outside reading their sheet, beside what they say with their approval.
    sql`create table sheet_consent (
      cooperation text not null references cooperation (id),
      number integer not null,
      version integer not null,
      sha256 text not null,
      party text not null,
      by text not null,
      publish text not null,
      recorded jsonb,
      at timestamptz not null,
      primary key (cooperation, number)
    )`,
    // That somebody attended sessions; each paper has a code by which it is asked about.
    sql`create table certificate (
      cooperation text not null references cooperation (id),
      number integer not null,
      code text not null unique,
      name text not null,
      party text,
      institution text,
      persons jsonb not null,
      language text not null,
      sessions jsonb not null,
      sha256 text not null,
      given_at timestamptz not null,
      given_by text not null,
      withdrawn_at timestamptz,
      withdrawn_by text,
      withdrawn_how text check (withdrawn_how in ('withdrawn', 'replaced')),
      withdrawn_reason text,
      primary key (cooperation, number)
    )`,
    // What people took upon themselves, with what they said became of it.
    sql`create table commitment (
      cooperation text not null references cooperation (id),
      number integer not null,
      origin text not null,
      session integer,
      what text not null,
      party text not null,
      person text,
      due text not null,
      first_due text not null,
      entered_at timestamptz not null,
      outcome text,
      text text,
      told_by text,
      told_at timestamptz,
      asked_at timestamptz,
      asked_round integer,
      withdrawn_at timestamptz,
      primary key (cooperation, number)
    )`,
    // Who has answered the survey, in their order, and what was answered, in groups in an order of their own: no row says both,
    // or when.
    sql`create table survey_answered (
      cooperation text primary key references cooperation (id),
      persons jsonb not null
    )`,
    sql`create table survey_group (
      cooperation text not null references cooperation (id),
      "group" integer not null,
      answers jsonb not null,
      primary key (cooperation, "group")
    )`,
    // In what the case file and Temporal were last found to disagree; of cooperations, too, that are not filed.
    sql`create table disagreement (
      cooperation text not null,
      found jsonb not null,
      since timestamptz not null,
      primary key (cooperation, found)
    )`,
    // Who comes to the cooperation site, by what link, and until when: secrets are kept as their SHA-256 alone.
    sql`create table access_link (
      token_hash text primary key,
      address text not null,
      cooperation text not null references cooperation (id),
      person text not null,
      path text not null,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      ended_at timestamptz
    )`,
    sql`create index access_link_address on access_link (address)`,
    sql`create table calendar_feed (
      address text primary key check (address = lower(address)),
      nonce text not null,
      token_hash text not null unique,
      made_at timestamptz not null
    )`,
    sql`create table draft (
      address text not null check (address = lower(address)),
      form text not null,
      body text not null,
      kept_at timestamptz not null,
      primary key (address, form)
    )`,
    sql`create table sign_in_code (
      id bigint generated always as identity primary key,
      browser_hash text not null,
      code_hmac text not null,
      address text not null,
      path text not null,
      lane text not null,
      network text not null,
      made_at timestamptz not null,
      expires_at timestamptz not null,
      used_at timestamptz,
      tries integer not null default 0
    )`,
    sql`create index sign_in_code_browser on sign_in_code (browser_hash)`,
    sql`create index sign_in_code_made on sign_in_code (made_at)`,
    // Of who was sent to the institution's provider, for some minutes: the state that comes back as its SHA-256.
    sql`create table provider_attempt (
      state_hash text primary key,
      browser_hash text not null,
      path text not null,
      expires_at timestamptz not null,
      used_at timestamptz
    )`,
    sql`create table site_session (
      id_hash text primary key,
      address text not null,
      cooperations jsonb,
      people jsonb not null default '{}',
      browser_hash text not null,
      program text,
      network text not null,
      language text,
      stepped boolean not null default false,
      began_at timestamptz not null,
      seen_at timestamptz not null,
      ended_at timestamptz
    )`,
    sql`create index site_session_address on site_session (address)`,
    // Who is OAS staff, and who looks on; whoever was removed stays here. Addresses are in lower case.
    sql`create table staff (
      address text primary key check (address = lower(address)),
      role text not null check (role in ('staff', 'observer')),
      name text,
      language text not null,
      added_at timestamptz not null,
      added_by text,
      removed_at timestamptz,
      removed_by text
    )`,
    // The second step of staff: the secret of an app, where they have one, encrypted with a key that is not here; passkeys;
    // and codes for when all that is lost.
    sql`create table second_factor (
      address text primary key references staff (address),
      secret text,
      last_period integer,
      wrong_codes integer not null default 0,
      made_at timestamptz not null,
      check ((secret is null) = (last_period is null))
    )`,
    sql`create table passkey (
      number integer generated always as identity primary key,
      credential text not null unique,
      address text not null references second_factor (address) on delete cascade,
      name text not null,
      public_key text not null,
      sign_count bigint not null,
      transports jsonb not null,
      made_at timestamptz not null,
      used_at timestamptz
    )`,
    sql`create index passkey_address on passkey (address)`,
    // What a passkey is to sign: of a session that adds one, or of a browser that has taken the first step; used up by a try.
    sql`create table passkey_challenge (
      holder_hash text primary key,
      use text not null check (use in ('step', 'set-up', 'add')),
      address text not null,
      challenge text not null,
      expires_at timestamptz not null
    )`,
    sql`create table recovery_code (
      address text not null references second_factor (address) on delete cascade,
      code_hmac text not null,
      used_at timestamptz,
      primary key (address, code_hmac)
    )`,
    // Of who has taken the first step in a browser, for some minutes.
    sql`create table second_step (
      browser_hash text primary key,
      address text not null,
      path text not null,
      secret text,
      tries integer not null,
      expires_at timestamptz not null,
      used_at timestamptz
    )`,
    // Under which subject the provider of an institution vouched for an address first.
    sql`create table provider_subject (
      subject_hash text primary key,
      provider text not null,
      address text not null,
      bound_at timestamptz not null,
      unique (provider, address)
    )`,
    // By which the first officer comes in: the secret as its SHA-256.
    sql`create table setup_link (token_hash text primary key, expires_at timestamptz not null)`,
    // By which people and programs use the HTTP API: the secret as its SHA-256.
    sql`create table api_token (
      number integer generated always as identity primary key,
      name text not null,
      token_hash text not null unique,
      holder text,
      scopes jsonb not null,
      made_at timestamptz not null,
      made_by text,
      expires_at timestamptz not null,
      last_used_at timestamptz,
      revoked_at timestamptz,
      revoked_by text
    )`,
    sql`create index person_address on person (lower(email))`,
    sql`create table visit (
      cooperation text not null references cooperation (id),
      address text not null,
      at timestamptz not null,
      before timestamptz,
      primary key (cooperation, address)
    )`,
    sql`create table record (
      seq bigint generated always as identity primary key,
      cooperation text not null references cooperation (id),
      key text not null,
      at timestamptz not null,
      kind text not null,
      party text,
      person text,
      data jsonb not null,
      number integer not null,
      salt text not null,
      hash text not null,
      chain text not null,
      unique (cooperation, key),
      unique (cooperation, number)
    )`,
    // Entries of one cooperation in their order: without it all records there are would be read.
    sql`create index record_of_cooperation on record (cooperation, seq)`,
    // The record only grows: the database itself refuses to change it.
    sql`create function record_only_grows() returns trigger language plpgsql as
      $$ begin raise exception 'the record is append-only'; end $$`,
    sql`create trigger record_only_grows before update or delete on record
      for each row execute function record_only_grows()`,
    sql`create trigger record_is_kept before truncate on record
      for each statement execute function record_only_grows()`,
    // Words without accents and capitals, as `src/domain/search.ts` has them; of a database in another encoding with
    // accents. None of it is an extension, which not every role may create. Very long texts are searched at their beginning.
    sql`create function words_in(variadic texts text[]) returns tsvector language sql immutable parallel safe as $$
      select to_tsvector('simple', regexp_replace(lower(regexp_replace(
        case when getdatabaseencoding() = 'UTF8' then normalize(left(array_to_string(texts, ' '), 200000), NFKD)
          else left(array_to_string(texts, ' '), 200000) end,
        '[\\u0300-\\u036f]', '', 'g')), '[^a-z0-9]+', ' ', 'g')) $$`,
    // What `src/casefile/search.ts` asks, word for word.
    sql`create index cooperation_words on cooperation using gin (words_in(id, programme->>'subject', programme->>'title',
      jsonb_path_query_array(programme, '$.institutions[*].name')::text,
      jsonb_path_query_array(programme, '$.institutions[*].acronym')::text,
      jsonb_path_query_array(programme, '$.institutions[*] ? (@.role != "secretariat").country')::text))`,
    sql`create index person_words on person using gin (words_in(name, post, email))`,
    sql`create index document_words on document using gin (words_in(title))`,
    sql`create index document_version_words on document_version using gin (words_in(file_name))`,
    sql`create index question_words on question using gin (words_in(text, answer))`,
    sql`create index session_words on session using gin (words_in(minutes))`,
    sql`create index meeting_words on meeting using gin (words_in(minutes))`,
    sql`create index communication_words on communication using gin (words_in(subject, text))`,
    // The library: published sheets with their text, for the whole of which words are kept as their language has stems.
    // Accents go before words are stemmed, so that they are found with and without; what a language's stemmer needs of
    // them, or does not know of plurals, is mended in between. See decision 0029.
    sql`create function plain_words(given text) returns text language sql immutable parallel safe as $$
      select regexp_replace(lower(regexp_replace(
        case when getdatabaseencoding() = 'UTF8' then normalize(left(given, 200000), NFKD) else left(given, 200000) end,
        '[\\u0300-\\u036f]', '', 'g')), '[^a-z0-9]+', ' ', 'g') $$`,
    sql`create function words_to_stem(language text, given text) returns text language sql immutable parallel safe as $$
      select case language
        when 'es' then regexp_replace(regexp_replace(plain_words(given), '([cs])ion\\M', '\\1ión', 'g'), 'enes\\M', 'en', 'g')
        when 'pt' then regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(plain_words(given),
          'oes\\M', 'ao', 'g'), 'cao\\M', 'ção', 'g'), 'ens\\M', 'em', 'g'), '([aeiou])veis\\M', '\\1vel', 'g'),
          '(\\w{3})ais\\M', '\\1al', 'g')
        when 'fr' then regexp_replace(regexp_replace(plain_words(given),
          '([^e\\W])ees?\\M', '\\1e', 'g'), '([lp])ois\\M', '\\1oi', 'g')
        else plain_words(given)
      end $$`,
    sql`create function stemmer_of(language text) returns regconfig language sql immutable parallel safe as $$
      select case language
        when 'es' then 'pg_catalog.spanish'::regconfig
        when 'pt' then 'pg_catalog.portuguese'::regconfig
        when 'fr' then 'pg_catalog.french'::regconfig
        else 'pg_catalog.english'::regconfig
      end $$`,
    sql`create function stems_in(language text, given text) returns tsvector language sql immutable parallel safe as
      $$ select to_tsvector(stemmer_of(language), words_to_stem(language, given)) $$`,
    sql`create function stems_asked(language text, given text) returns tsquery language sql immutable parallel safe as
      $$ select plainto_tsquery(stemmer_of(language), words_to_stem(language, given)) $$`,
    // One sheet of a cooperation, the one that was published last. Made of record, document and store, and made anew from them.
    sql`create table library_sheet (
      cooperation text primary key references cooperation (id),
      version integer not null,
      sha256 text not null,
      made_by integer not null,
      language text not null,
      subject text not null,
      call_number integer not null,
      call_year integer not null,
      year integer not null,
      countries text[] not null,
      themes text[] not null,
      theme_names text[] not null,
      published_at timestamptz not null,
      read boolean not null,
      text text not null,
      head tsvector not null,
      words tsvector not null
    )`,
    // The words themselves. What it takes to unpack those of every sheet is nothing that the planner knows of: it is told
    // by what this costs, and takes the index.
    sql`create function indexed_words(words tsvector) returns tsvector language plpgsql immutable parallel safe cost 100000 as
      $$ begin return words; end $$`,
    sql`create index library_sheet_words on library_sheet using gin (indexed_words(words))`,
    // In how many sheets of a language a stem stands: what is in few of them tells most.
    sql`create table library_word (
      language text not null,
      word text not null,
      sheets integer not null,
      primary key (language, word)
    )`,
    sql`create index record_sheet_published on record (cooperation, seq) where kind = 'sheet-published'`,
    sql`create index document_version_withheld on document_version (cooperation, document, version) where withheld is not null`,
    // Apart from the case: who came, who was turned away, and who took what with them.
    sql`create table security_event (
      seq bigint generated always as identity primary key,
      at timestamptz not null,
      code text not null,
      who_kind text check (who_kind in ('person', 'staff', 'observer', 'token')),
      who text,
      from_address text,
      data jsonb not null
    )`,
    sql`create index security_event_at on security_event (at)`,
    sql`create function security_log_only_grows() returns trigger language plpgsql as
      $$ begin raise exception 'the security log is append-only'; end $$`,
    sql`create trigger security_log_only_grows before update on security_event
      for each row execute function security_log_only_grows()`,
    sql`create trigger security_log_is_kept before delete on security_event
      for each row when (old.at > now() - interval '30 days') execute function security_log_only_grows()`,
    sql`create trigger security_log_is_not_emptied before truncate on security_event
      for each statement execute function security_log_only_grows()`,
  ];
  for (const statement of statements) await statement.execute(db);
}
