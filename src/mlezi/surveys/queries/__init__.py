"""What the room tells: who is due, who answered, what was answered twice."""
