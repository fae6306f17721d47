"""What can be read about forms and what arrived on them; every answer is for somebody."""
