"""Small pieces for the pages about forms."""
