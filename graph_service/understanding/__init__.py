"""What a rough sentence says: names, kinds of problems, impact, clocks, and what was tried. No language model."""
