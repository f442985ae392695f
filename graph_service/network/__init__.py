"""The network over time: who knew whom, what became of it, and what of that is more than chance. Never a name."""
