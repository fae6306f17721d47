"""What templates about people may use."""
