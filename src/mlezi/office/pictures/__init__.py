"""What each page shows, gathered from the rooms' queries: one module a page, no HTML, no permissions of their own."""
