"""The one door for writing: nouns in, facts out, faults back."""
