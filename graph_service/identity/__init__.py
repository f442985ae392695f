"""Who is who: which accounts are one person, by rules that are never wrong, and by what people decided."""
