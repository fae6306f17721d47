"""Courses: who is on one, who came, tests before and after, and certificates that anybody can check."""
