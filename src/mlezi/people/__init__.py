"""Persons, their posts, accounts, devices and consents. What they are in a programme is `programmes`."""
