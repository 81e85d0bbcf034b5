-- The polls, the ballots cast on them, and their tallies.
-- A rule that must never break is a constraint here; docs/architecture.md says why each one stands.

CREATE TABLE question (
    id           bigserial    PRIMARY KEY,
    text         varchar(200) NOT NULL CHECK (btrim(text) <> ''),
    language     varchar(35)  NOT NULL CHECK (language ~ '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$'),
    published_at timestamptz  NOT NULL,
    closes_at    timestamptz  CHECK (closes_at > published_at),
    once         boolean      NOT NULL,
    version      integer      NOT NULL DEFAULT 0,
    UNIQUE (id, once)
);

-- The voters' list: newest first, then by id.
CREATE INDEX question_newest_first ON question (published_at DESC, id DESC);

CREATE TABLE choice (
    id          bigserial    PRIMARY KEY,
    question_id bigint       NOT NULL REFERENCES question,
    position    integer      NOT NULL CHECK (position >= 0),
    text        varchar(200) NOT NULL CHECK (btrim(text) <> ''),
    UNIQUE (question_id, id),
    UNIQUE (question_id, position) DEFERRABLE INITIALLY IMMEDIATE
);

-- The truth. The id comes from the voter's form, so that sending a ballot again cannot count it again.
CREATE TABLE ballot (
    id          uuid        PRIMARY KEY,
    question_id bigint      NOT NULL,
    choice_id   bigint      NOT NULL,
    once        boolean     NOT NULL,
    voter_key   bytea,
    cast_at     timestamptz NOT NULL,
    node        text        NOT NULL,
    FOREIGN KEY (question_id, choice_id) REFERENCES choice (question_id, id),
    FOREIGN KEY (question_id, once) REFERENCES question (id, once),
    UNIQUE (question_id, voter_key),
    CHECK (once = (voter_key IS NOT NULL)),
    CHECK (octet_length(voter_key) = 32)
);

-- Derived from the ballots in the same statement that inserts them. One row per writer (slot), so that two writers
-- never wait for each other; half-empty pages let updates stay on their page.
CREATE TABLE tally (
    choice_id bigint   NOT NULL REFERENCES choice,
    slot      smallint NOT NULL CHECK (slot >= 0),
    votes     bigint   NOT NULL CHECK (votes >= 0),
    PRIMARY KEY (choice_id, slot)
) WITH (fillfactor = 50);
