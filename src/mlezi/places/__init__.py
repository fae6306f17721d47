"""The tree of regions, districts and facilities, and what part of it somebody may see."""
