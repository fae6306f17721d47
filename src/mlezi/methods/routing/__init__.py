"""Ways between sites and rounds of visits: `travel` (minutes, over water by crossings) and `visits` (who drives when)."""
