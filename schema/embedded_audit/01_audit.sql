-- The audit and the answers given, in a file of their own beside the embedded store. Instants as in the store.

CREATE TABLE audit_entry (
  chain TEXT NOT NULL, seq INTEGER NOT NULL, at INTEGER NOT NULL, salt TEXT NOT NULL, commitment TEXT NOT NULL,
  hash TEXT NOT NULL, payload TEXT NOT NULL, PRIMARY KEY (chain, seq)
) WITHOUT ROWID;
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE TABLE audit_seal (month INTEGER PRIMARY KEY, digest TEXT NOT NULL);
CREATE TABLE audit_head (
  chain TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit_key (person TEXT PRIMARY KEY, pseudonym TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE audit_count (
  month INTEGER NOT NULL, role TEXT NOT NULL, purpose TEXT NOT NULL, act TEXT NOT NULL, times INTEGER NOT NULL,
  PRIMARY KEY (month, role, purpose, act)
) WITHOUT ROWID;
CREATE TABLE look_up (
  day INTEGER NOT NULL, asker TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (day, asker, person)
) WITHOUT ROWID;
CREATE INDEX look_up_asker ON look_up (asker, day);

CREATE TABLE decision (
  id TEXT PRIMARY KEY, at INTEGER NOT NULL, asker TEXT NOT NULL, role TEXT NOT NULL, purpose TEXT NOT NULL,
  payload TEXT NOT NULL, chosen TEXT NOT NULL
);
CREATE TABLE decision_thing (
  decision TEXT NOT NULL, kind TEXT NOT NULL, thing TEXT NOT NULL, about TEXT NOT NULL,
  PRIMARY KEY (thing, kind, decision)
) WITHOUT ROWID;
CREATE INDEX decision_thing_decision ON decision_thing (decision);
