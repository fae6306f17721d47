"""A form laid out for reading: on a page, as a preview, or on a paper sheet. No expression is run."""
