"""What can be done with people, their posts, accounts and phones."""
