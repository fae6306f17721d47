"""What happens when things break: killed servers, full and read-only disks, crowds, bad input."""
