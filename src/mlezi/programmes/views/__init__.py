"""Pages about who takes part, where, and as what; places and people have theirs here, where doors are known."""
