"""Two stores, one behaviour: everything reads through a View and writes through a Writer."""
