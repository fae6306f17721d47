"""Bringing in a file: preview what each row would do, apply all of it or nothing, undo it later.

What a row *means* is said by the rooms: each hands a `kinds.Kind` made of `Part`s to `kinds.register`.
This package knows neither places nor people.
"""
