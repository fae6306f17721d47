"""The server's side of the phone app: its page, what a mentor's day needs, and guidance to keep offline."""
