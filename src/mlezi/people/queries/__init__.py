"""What can be read about people; every answer is for somebody."""
