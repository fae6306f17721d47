"""Doors to courses: for those who hold them, for who takes them, and for whoever checks a certificate."""
