"""The phone's door: the OpenRosa protocol and nothing else."""
