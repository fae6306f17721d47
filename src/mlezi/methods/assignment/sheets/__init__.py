"""A round in two sheets, mentees and mentors, and its answer as tables and a page of text. No files here: rows in,
rows out. `columns` says which columns there are.
"""
