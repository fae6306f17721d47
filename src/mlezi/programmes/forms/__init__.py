"""What the pages about people, places and roles ask for."""
