"""What pages about studies and manuscripts ask for."""
