//! The store's tables. Each step brings a file from one schema version to the next; a step that was released never changes.

/// Marks the file as tidlig's (`tidl` in ASCII).
pub(super) const APPLICATION: i64 = 0x7469_646c;

/// Step `n` (from 0) leads from version `n` to `n + 1`.
pub(super) const STEPS: &[&str] = &[FIRST];

/// Days are `yyyy-mm-dd`, so that texts sort as days do; structured cells are JSON.
const FIRST: &str = "
CREATE TABLE people (
    person  INTEGER PRIMARY KEY,
    patient TEXT UNIQUE,                              -- id in the newest extract; null when merged into another
    same_as INTEGER REFERENCES people(person)
) STRICT;
CREATE TABLE former_ids (
    patient    TEXT PRIMARY KEY,
    person     INTEGER NOT NULL REFERENCES people(person),
    changed_on TEXT NOT NULL
) STRICT;
CREATE TABLE moves (
    person        INTEGER NOT NULL REFERENCES people(person),
    day           TEXT NOT NULL,
    what          TEXT NOT NULL CHECK (what IN ('missing', 'left', 'back')),
    ended_through INTEGER NOT NULL DEFAULT 0,         -- entries up to this number no longer count
    PRIMARY KEY (person, day, what)
) STRICT;
CREATE TABLE runs (
    run             INTEGER PRIMARY KEY,
    name            TEXT NOT NULL UNIQUE,
    index_day       TEXT NOT NULL,
    week            TEXT NOT NULL,
    made_list       INTEGER NOT NULL,
    capacity        INTEGER NOT NULL,
    decisions_up_to INTEGER NOT NULL
) STRICT;
CREATE INDEX runs_by_week ON runs (week, index_day, run);
CREATE TABLE listed (
    run           INTEGER NOT NULL REFERENCES runs(run),
    section       TEXT NOT NULL,
    rank          INTEGER NOT NULL,
    key           TEXT NOT NULL,
    person        INTEGER NOT NULL REFERENCES people(person),
    place         TEXT NOT NULL,
    gp            TEXT NOT NULL,
    priority      INTEGER NOT NULL,
    levels        TEXT NOT NULL,
    versions      TEXT NOT NULL,
    weeks_waiting INTEGER NOT NULL,
    lines         TEXT NOT NULL,
    PRIMARY KEY (run, section, rank)
) STRICT, WITHOUT ROWID;
CREATE INDEX listed_by_key ON listed (key);
CREATE TABLE credits (
    run        INTEGER NOT NULL REFERENCES runs(run),
    grp        TEXT NOT NULL,
    hundredths INTEGER NOT NULL,
    PRIMARY KEY (run, grp)
) STRICT, WITHOUT ROWID;
CREATE TABLE bands (
    run      INTEGER NOT NULL REFERENCES runs(run),
    person   INTEGER NOT NULL REFERENCES people(person),
    levels   TEXT NOT NULL,
    PRIMARY KEY (run, person)
) STRICT, WITHOUT ROWID;
CREATE TABLE files (
    sha256   TEXT PRIMARY KEY,
    name     TEXT NOT NULL,
    taken_at TEXT NOT NULL
) STRICT;
CREATE TABLE decisions (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    person      INTEGER NOT NULL REFERENCES people(person),
    row_key     TEXT,
    decided_on  TEXT NOT NULL,
    taken_at    TEXT NOT NULL,
    by_whom     TEXT NOT NULL,
    role        TEXT NOT NULL,
    note        TEXT NOT NULL,
    by_guardian INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    decision    TEXT NOT NULL,
    seen        TEXT,
    file        TEXT REFERENCES files(sha256),
    reverses    INTEGER UNIQUE REFERENCES decisions(number),
    CHECK ((kind = 'undo') = (reverses IS NOT NULL))
) STRICT;
CREATE INDEX decisions_by_person ON decisions (person, number);
CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE TRIGGER decisions_remain BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions are append-only'); END;
CREATE VIEW snoozes AS
    SELECT number, person, kind, decided_on, coalesce(json_extract(decision, '$.until'), json_extract(decision, '$.review_on')) AS back_on
    FROM decisions
    WHERE kind IN ('selected', 'not_now', 'already_followed', 'not_relevant')
      AND number NOT IN (SELECT reverses FROM decisions WHERE reverses IS NOT NULL);
CREATE VIEW corrections AS
    SELECT number, person, decided_on, by_whom, note, decision
    FROM decisions
    WHERE kind = 'wrong_data' AND number NOT IN (SELECT reverses FROM decisions WHERE reverses IS NOT NULL);
CREATE TABLE consents (
    consent      INTEGER PRIMARY KEY,
    person       INTEGER NOT NULL REFERENCES people(person),
    what         TEXT NOT NULL,
    to_whom      TEXT NOT NULL,
    given_on     TEXT NOT NULL,
    withdrawn_on TEXT
) STRICT;
CREATE TABLE reservations (
    person     INTEGER NOT NULL REFERENCES people(person),
    day        TEXT NOT NULL,
    source     TEXT NOT NULL CHECK (source IN ('register', 'decision')),
    no_contact INTEGER NOT NULL,
    no_scoring INTEGER NOT NULL,
    PRIMARY KEY (person, day, source)
) STRICT;
CREATE TABLE resources (
    day       TEXT PRIMARY KEY,
    resources TEXT NOT NULL
) STRICT;
CREATE TABLE access (
    number INTEGER PRIMARY KEY,
    at     TEXT NOT NULL,
    who    TEXT NOT NULL,
    role   TEXT NOT NULL,
    act    TEXT NOT NULL,
    about  TEXT NOT NULL,
    person INTEGER REFERENCES people(person),
    why    TEXT NOT NULL,
    hash   TEXT NOT NULL
) STRICT;
CREATE TRIGGER access_stays BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
CREATE TRIGGER access_remains BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'the access log is append-only'); END;
";
