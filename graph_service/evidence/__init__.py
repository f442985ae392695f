"""One file per kind of evidence; each measures all candidates at once and cites the facts of those shown."""
