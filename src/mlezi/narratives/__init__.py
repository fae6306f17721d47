"""What people said and wrote: sources, codebooks, codings by several people, agreement, themes and their quotes."""
