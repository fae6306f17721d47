"""Ways between sites and rounds of visits: minutes in `travel` (water by crossings), who drives when in `visits`."""
