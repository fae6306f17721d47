"""What a list of people or places says about taking part in a programme."""
