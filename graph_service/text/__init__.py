"""One text analysis for both stores, and the sentences for people."""
