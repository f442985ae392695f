-- The embedded store, schema version 12. Instants are milliseconds since 1970-01-01 UTC.
-- Every fact row carries: statement, dated (1 = known_at is the source's own stamp), known_at, ended_at, run_in, run_out.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('schema_version', '12');

CREATE TABLE run (
  number INTEGER PRIMARY KEY, kind TEXT NOT NULL, state TEXT NOT NULL, format TEXT NOT NULL, file TEXT NOT NULL,
  started_at INTEGER NOT NULL, ended_at INTEGER, lease_until INTEGER NOT NULL, owner TEXT NOT NULL, undoes INTEGER,
  counts TEXT NOT NULL, reasons TEXT NOT NULL, first_known_at INTEGER NOT NULL, profile TEXT NOT NULL,
  purposes TEXT NOT NULL, actor TEXT NOT NULL, mapping TEXT NOT NULL, shape TEXT NOT NULL, complete_at INTEGER
);
CREATE INDEX run_shape ON run (shape) WHERE shape <> '';

CREATE TABLE fault (
  run INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, column_name TEXT NOT NULL, value TEXT NOT NULL,
  reason TEXT NOT NULL, cells TEXT NOT NULL
);
CREATE INDEX fault_run ON fault (run, line);

CREATE TABLE assertion (
  statement TEXT NOT NULL, subject TEXT NOT NULL, run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, file TEXT NOT NULL,
  line INTEGER NOT NULL, known_at INTEGER NOT NULL, imported_at INTEGER NOT NULL, stated_at INTEGER NOT NULL
);
CREATE INDEX assertion_subject ON assertion (subject);
CREATE INDEX assertion_run_in ON assertion (run_in, run_out);
CREATE INDEX assertion_ending ON assertion (line) WHERE line < 1;

CREATE TABLE account (
  id TEXT NOT NULL, person TEXT NOT NULL, origin TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (id, run_in)
);
CREATE INDEX account_person ON account (person);
CREATE INDEX account_origin ON account (origin) WHERE origin <> person;

CREATE TABLE profile (
  account TEXT NOT NULL, person TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, unit TEXT NOT NULL,
  site TEXT NOT NULL, number TEXT NOT NULL, email TEXT NOT NULL, login TEXT NOT NULL, joined_at INTEGER, left_at INTEGER,
  listed INTEGER NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in, known_at)
);
CREATE INDEX profile_person ON profile (person);
CREATE INDEX profile_account ON profile (account);
CREATE INDEX profile_unit ON profile (unit) WHERE unit <> '';

CREATE TABLE case_record (
  row INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL, environment TEXT NOT NULL, product TEXT NOT NULL, components TEXT NOT NULL, labels TEXT NOT NULL,
  versions TEXT NOT NULL, opened_at INTEGER NOT NULL, language TEXT NOT NULL, terms TEXT NOT NULL,
  length INTEGER NOT NULL, packed BLOB NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in)
);
CREATE INDEX case_record_id ON case_record (id);
CREATE INDEX case_record_key ON case_record (key);

-- Each term once per case; matches only, never ranks.
CREATE VIRTUAL TABLE case_terms USING fts5(
  terms, content='case_record', content_rowid='row', detail=none, tokenize='ascii'
);
CREATE TRIGGER case_record_indexed AFTER INSERT ON case_record BEGIN
  INSERT INTO case_terms (rowid, terms) VALUES (new.row, new.terms);
END;
CREATE TRIGGER case_record_unindexed AFTER DELETE ON case_record BEGIN
  INSERT INTO case_terms (case_terms, rowid, terms) VALUES ('delete', old.row, old.terms);
END;

CREATE TABLE resolution (
  case_id TEXT NOT NULL, outcome TEXT NOT NULL, wording TEXT NOT NULL, resolved_at INTEGER NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in)
);
CREATE INDEX resolution_case ON resolution (case_id);
CREATE INDEX resolution_known_at ON resolution (known_at);

CREATE TABLE participation (
  case_id TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, account, role, run_in)
);
CREATE INDEX participation_case ON participation (case_id, role, person, known_at, ended_at, run_in, run_out);
CREATE INDEX participation_person ON participation (person, role, known_at);
CREATE INDEX participation_role ON participation (role, known_at);

CREATE TABLE comment (
  case_id TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, account, at, run_in)
);
CREATE INDEX comment_case ON comment (case_id, person, known_at, account, statement, ended_at, run_in, run_out);
CREATE INDEX comment_person ON comment (person, known_at);
CREATE INDEX comment_known_at ON comment (known_at);

CREATE TABLE case_link (
  case_id TEXT NOT NULL, other_id TEXT NOT NULL, other_key TEXT NOT NULL, kind TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, other_id, kind, run_in)
);
CREATE INDEX case_link_case ON case_link (case_id);

CREATE TABLE skill_claim (
  account TEXT NOT NULL, person TEXT NOT NULL, skill TEXT NOT NULL, label TEXT NOT NULL, level REAL NOT NULL,
  original TEXT NOT NULL, claimed_by TEXT NOT NULL, assessed_at INTEGER, valid_until INTEGER NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in, known_at)
);
CREATE INDEX skill_claim_skill ON skill_claim (skill);
CREATE INDEX skill_claim_person ON skill_claim (person);

CREATE TABLE skill_record (
  skill TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, label_de TEXT NOT NULL, label_en TEXT NOT NULL,
  alternatives TEXT NOT NULL, description TEXT NOT NULL, broader TEXT NOT NULL, retired INTEGER NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in)
);
CREATE INDEX skill_record_skill ON skill_record (skill);

CREATE TABLE attendance (
  contact TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
  mode TEXT NOT NULL, weight REAL NOT NULL, occasion TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, account, run_in)
);
CREATE INDEX attendance_person ON attendance (person, at);
CREATE INDEX attendance_at ON attendance (at);

-- Things of the house by kind; `body` is what they say beside their people, as JSON.
CREATE TABLE record (
  id TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, run_in, known_at)
);

CREATE TABLE concern (
  id TEXT NOT NULL, account TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  statement TEXT NOT NULL, dated INTEGER NOT NULL, known_at INTEGER NOT NULL, ended_at INTEGER NOT NULL,
  run_in INTEGER NOT NULL, run_out INTEGER NOT NULL, UNIQUE (statement, account, role, run_in, known_at)
);
CREATE INDEX concern_person ON concern (person);
CREATE INDEX concern_id ON concern (id);
CREATE INDEX record_id ON record (id);
CREATE INDEX record_kind ON record (kind, name);

CREATE INDEX account_run_in ON account (run_in);
CREATE INDEX profile_run_in ON profile (run_in);
CREATE INDEX case_record_run_in ON case_record (run_in);
CREATE INDEX resolution_run_in ON resolution (run_in);
CREATE INDEX participation_run_in ON participation (run_in);
CREATE INDEX comment_run_in ON comment (run_in);
CREATE INDEX case_link_run_in ON case_link (run_in);
CREATE INDEX skill_claim_run_in ON skill_claim (run_in);
CREATE INDEX skill_record_run_in ON skill_record (run_in);
CREATE INDEX attendance_run_in ON attendance (run_in);
CREATE INDEX record_run_in ON record (run_in);
CREATE INDEX concern_run_in ON concern (run_in);
CREATE INDEX case_link_statement ON case_link (statement);

-- Derived, by calendar month (its first moment): how many cases opened in it have a term, added by which run.
CREATE TABLE term_month (
  term TEXT NOT NULL, month INTEGER NOT NULL, run INTEGER NOT NULL, cases INTEGER NOT NULL,
  PRIMARY KEY (term, month, run)
) WITHOUT ROWID;
CREATE INDEX term_month_run ON term_month (run);
CREATE TABLE corpus_month (
  month INTEGER NOT NULL, run INTEGER NOT NULL, cases INTEGER NOT NULL, length INTEGER NOT NULL, PRIMARY KEY (month, run)
) WITHOUT ROWID;

-- Derived from the facts before the first moment of a month, computed under the pin of `run`: the statistics object
-- (kind `sums`) and what the text classifier learned (kind `words`).
CREATE TABLE checkpoint (
  kind TEXT NOT NULL, month INTEGER NOT NULL, run INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (kind, month, run)
);

-- Since when figures of a month have been shown to analysts.
CREATE TABLE published (month INTEGER PRIMARY KEY, since INTEGER NOT NULL, noted_at INTEGER NOT NULL);

-- Rules that rank: drafts by name, and who agreed to them.
CREATE TABLE rule_set (name TEXT PRIMARY KEY, created_at INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE TABLE agreement (rule_set TEXT NOT NULL, agreed_by TEXT NOT NULL, role TEXT NOT NULL, agreed_at INTEGER NOT NULL);

-- Who takes part in what (worked out from import profiles and own choices), and what people chose about themselves.
CREATE TABLE taking_part (person TEXT NOT NULL, purpose TEXT NOT NULL, PRIMARY KEY (person, purpose)) WITHOUT ROWID;
CREATE TABLE own_choice (
  person TEXT NOT NULL, purpose TEXT NOT NULL, takes_part INTEGER NOT NULL, decided_at INTEGER NOT NULL,
  PRIMARY KEY (person, purpose)
) WITHOUT ROWID;
CREATE TABLE hidden_claim (
  person TEXT NOT NULL, skill TEXT NOT NULL, claimed_by TEXT NOT NULL, purpose TEXT NOT NULL, decided_at INTEGER NOT NULL,
  PRIMARY KEY (person, skill, claimed_by, purpose)
) WITHOUT ROWID;

-- Who may sign in with a key, and whose sign-ins are no longer taken.
CREATE TABLE api_key (
  id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, person TEXT NOT NULL, role TEXT NOT NULL,
  purposes TEXT NOT NULL, sees_ids INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
  revoked_at INTEGER
);
CREATE TABLE sign_in_end (subject TEXT PRIMARY KEY, ended_at INTEGER NOT NULL) WITHOUT ROWID;

-- Who is who and which skill is which: what people decided about two things, by the ids of both; later ones replace.
CREATE TABLE judgement (
  kind TEXT NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, verdict TEXT NOT NULL, decided_by TEXT NOT NULL,
  decided_at INTEGER NOT NULL, PRIMARY KEY (kind, one, other)
) WITHOUT ROWID;

-- People who were erased: not who, only what must not come back and what is still to be looked at.
CREATE TABLE erasure (
  id TEXT PRIMARY KEY, started_at INTEGER NOT NULL, purged_at INTEGER, sought TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE tombstone (digest TEXT PRIMARY KEY, erased_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE mention (
  erasure TEXT NOT NULL, case_id TEXT NOT NULL, decided TEXT NOT NULL, PRIMARY KEY (erasure, case_id)
) WITHOUT ROWID;

-- What a run closed, for taking a failed run back; nearly all rows are open, so these stay small.
CREATE INDEX assertion_run_out ON assertion (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX account_run_out ON account (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX profile_run_out ON profile (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX case_record_run_out ON case_record (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX resolution_run_out ON resolution (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX participation_run_out ON participation (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX comment_run_out ON comment (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX case_link_run_out ON case_link (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX skill_claim_run_out ON skill_claim (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX skill_record_run_out ON skill_record (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX attendance_run_out ON attendance (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX record_run_out ON record (run_out) WHERE run_out < 9007199254740991;
CREATE INDEX concern_run_out ON concern (run_out) WHERE run_out < 9007199254740991;
