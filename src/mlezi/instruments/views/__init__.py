"""Pages about forms and what arrived on them."""
