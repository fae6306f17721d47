"""Small pieces of the room's pages."""
