"""Pages for people: rendered here, answered only by the documents in `queries/graphql/` for whoever has signed in."""
