"""What a filled instrument means: who answered, in which wave, what, and how it scores."""
