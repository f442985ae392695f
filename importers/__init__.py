"""One file per format: each reads a file and yields nouns and faults."""
