-- Who may use the console, how they prove it, and what they did. Editing questions adds what editing needs.

CREATE TABLE account (
    id            bigserial    PRIMARY KEY,
    -- Code points: which characters are letters or spaces depends on the locale, and the program's rule is finer.
    username      varchar(150) NOT NULL CHECK (username ~ '^[^\u0001-\u0020\u007f-\u00a0]+$'),
    email         varchar(254) NOT NULL CHECK (email = '' OR email LIKE '_%@_%'),
    display_name  varchar(150) NOT NULL,
    time_zone     varchar(64)  NOT NULL,
    password      text         CHECK (password LIKE '$%'),
    active        boolean      NOT NULL,
    staff         boolean      NOT NULL,
    superuser     boolean      NOT NULL,
    last_login    timestamptz,
    joined        timestamptz  NOT NULL,
    session_epoch integer      NOT NULL DEFAULT 0,
    version       integer      NOT NULL DEFAULT 0,
    CHECK (NOT superuser OR staff)
);

COMMENT ON COLUMN account.password IS 'a PHC string; null: nobody can sign in with a password';
COMMENT ON COLUMN account.session_epoch IS 'a session begun under another number is over';

-- Names that differ in case only would be taken for one another.
CREATE UNIQUE INDEX account_username ON account (lower(username));

CREATE TABLE account_permission (
    account_id bigint      NOT NULL REFERENCES account ON DELETE CASCADE,
    kind       varchar(16) NOT NULL CHECK (kind IN ('QUESTION', 'ACCOUNT', 'GROUP', 'HISTORY')),
    action     varchar(16) NOT NULL CHECK (action IN ('VIEW', 'ADD', 'CHANGE', 'DELETE')),
    PRIMARY KEY (account_id, kind, action)
);

CREATE TABLE account_group (
    id      bigserial    PRIMARY KEY,
    name    varchar(150) NOT NULL CHECK (btrim(name) <> ''),
    version integer      NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX account_group_name ON account_group (lower(name));

CREATE TABLE account_group_permission (
    group_id bigint      NOT NULL REFERENCES account_group ON DELETE CASCADE,
    kind     varchar(16) NOT NULL CHECK (kind IN ('QUESTION', 'ACCOUNT', 'GROUP', 'HISTORY')),
    action   varchar(16) NOT NULL CHECK (action IN ('VIEW', 'ADD', 'CHANGE', 'DELETE')),
    PRIMARY KEY (group_id, kind, action)
);

CREATE TABLE account_membership (
    account_id bigint NOT NULL REFERENCES account ON DELETE CASCADE,
    group_id   bigint NOT NULL REFERENCES account_group ON DELETE CASCADE,
    PRIMARY KEY (account_id, group_id)
);

CREATE INDEX account_membership_group ON account_membership (group_id);

-- Somebody must always be able to mend everything. The lock makes two removals wait for each other; the look after it
-- has a new snapshot (read committed) and so sees what the first one did.
CREATE FUNCTION keep_a_superuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('account_last_superuser'));
    IF NOT EXISTS (SELECT FROM account WHERE active AND superuser) THEN
        -- The words of PostgreSQL's own checks: Hibernate reads the constraint's name from them.
        RAISE EXCEPTION 'removing or demoting the last active superuser violates check constraint "account_last_superuser"'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_last_superuser', TABLE = 'account';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER account_last_superuser_demoted AFTER UPDATE OF active, superuser ON account
    FOR EACH ROW WHEN (OLD.active AND OLD.superuser AND NOT (NEW.active AND NEW.superuser))
    EXECUTE FUNCTION keep_a_superuser();
CREATE TRIGGER account_last_superuser_removed AFTER DELETE ON account
    FOR EACH ROW WHEN (OLD.active AND OLD.superuser) EXECUTE FUNCTION keep_a_superuser();

-- The time step of the last code that was taken: no code is taken twice.
CREATE TABLE second_factor (
    account_id bigint  PRIMARY KEY REFERENCES account ON DELETE CASCADE,
    secret     bytea   NOT NULL,
    confirmed  boolean NOT NULL DEFAULT false,
    last_step  bigint  NOT NULL DEFAULT 0
);

COMMENT ON COLUMN second_factor.secret IS 'encrypted; see org.polls.account.control.SecretBox';

CREATE TABLE recovery_code (
    account_id bigint NOT NULL REFERENCES second_factor ON DELETE CASCADE,
    hash       bytea  NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (account_id, hash)
);

-- Counts refused sign-ins, for both hosts. A name or an address falls into one of 2^17 slots: the table can't grow
-- beyond them however many names and addresses are tried, and keeps neither.
CREATE TABLE sign_in_throttle (
    scope    varchar(8)  NOT NULL CHECK (scope IN ('ACCOUNT', 'ADDRESS')),
    slot     integer     NOT NULL CHECK (slot BETWEEN 0 AND 131071),
    failures integer     NOT NULL CHECK (failures >= 0),
    last_at  timestamptz NOT NULL,
    noted    boolean     NOT NULL DEFAULT false,
    PRIMARY KEY (scope, slot)
) WITH (fillfactor = 70);

-- No foreign keys: what was done outlives who did it and what it was done to.
CREATE TABLE history_entry (
    id        bigserial    PRIMARY KEY,
    at        timestamptz  NOT NULL DEFAULT clock_timestamp(),
    actor_id  bigint,
    actor     varchar(150) NOT NULL,
    address   varchar(64),
    action    varchar(16)  NOT NULL
        CHECK (action IN ('ADD', 'CHANGE', 'DELETE', 'SIGN_IN', 'SIGN_IN_REFUSED')),
    kind      varchar(16)  NOT NULL CHECK (kind IN ('QUESTION', 'ACCOUNT', 'GROUP')),
    object_id bigint,
    version   integer,
    label     varchar(200) NOT NULL,
    changes   jsonb        NOT NULL CHECK (jsonb_typeof(changes) = 'array')
);

COMMENT ON COLUMN history_entry.version IS 'of the object after a change; tells an editor what was done since';

CREATE INDEX history_entry_object ON history_entry (kind, object_id, id DESC);
CREATE INDEX history_entry_actor ON history_entry (actor_id, id DESC);

CREATE FUNCTION refuse_to_rewrite_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'history is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER history_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON history_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_history();

-- When a text was last corrected after voting had begun; shown to voters.
ALTER TABLE question ADD COLUMN corrected_at timestamptz;
ALTER TABLE choice ADD COLUMN corrected_at timestamptz;

-- The console's list: each of its sort orders, backwards too.
CREATE INDEX question_by_text ON question (text, id);
CREATE INDEX question_by_end ON question (closes_at, id);

-- Search looks for words anywhere in the text. The trigrams of a text as an array, indexed by what every PostgreSQL
-- brings: the extension pg_trgm may be missing, or not allowed to the site's database user.
CREATE FUNCTION trigrams(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(words), n, 3)), '{}') FROM generate_series(1, length(words) - 2) AS n
$$;

CREATE INDEX question_by_trigram ON question USING gin (trigrams(text));
