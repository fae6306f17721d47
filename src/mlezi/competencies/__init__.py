"""What people can do: frameworks of competencies, and ratings over time."""
