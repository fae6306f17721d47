"""Who mentors, coaches, sponsors whom, from when to when."""
