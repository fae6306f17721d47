"""Crossings and islands around Mwanza, Lake Victoria. All figures here are approximations of our own.

Positions, times and sailings were put together from general knowledge, not from a timetable: good enough to tell an
hour from a minute, not to catch a boat. A programme should put its own table in their place.
"""

from __future__ import annotations

from .travel import Crossing, Port

OURS = "our approximation"

MWANZA = Port("Mwanza", -2.513, 32.893, "mainland")
NANSIO = Port("Nansio", -2.108, 33.094, "Ukerewe")
KISORYA = Port("Kisorya", -2.118, 33.245, "mainland")
RUGEZI = Port("Rugezi", -2.110, 33.195, "Ukerewe")
BUGOLORA = Port("Bugolora", -1.965, 33.025, "Ukerewe")
BWISYA = Port("Bwisya", -1.871, 33.024, "Ukara")
NYAKALIRO = Port("Nyakaliro", -2.455, 32.455, "mainland")
KOME = Port("Kome", -2.370, 32.470, "Kome")
KAHUNDA = Port("Kahunda", -2.398, 32.060, "mainland")
MAISOME = Port("Maisome", -2.330, 32.030, "Maisome")

CROSSINGS = (
    Crossing(MWANZA, NANSIO, minutes=210, sailings=2, source=OURS),
    Crossing(KISORYA, RUGEZI, minutes=40, sailings=6, source=OURS),
    Crossing(BUGOLORA, BWISYA, minutes=75, sailings=2, source=OURS),
    Crossing(NYAKALIRO, KOME, minutes=45, sailings=4, source=OURS),
    Crossing(KAHUNDA, MAISOME, minutes=60, sailings=2, source=OURS),
)

# South, north, west, east in degrees. Rough boxes: near a shore they can be wrong.
ISLANDS = {
    "Ukerewe": (-2.160, -1.930, 32.780, 33.215),
    "Ukara": (-1.905, -1.780, 32.940, 33.130),
    "Kome": (-2.385, -2.230, 32.400, 32.560),
    "Maisome": (-2.380, -2.230, 31.930, 32.100),
}


def land_of(latitude: float, longitude: float) -> str:
    """The island on which a point around Mwanza lies, by rough boxes; "mainland" elsewhere."""
    for name, (south, north, west, east) in ISLANDS.items():
        if south <= latitude <= north and west <= longitude <= east:
            return name
    return "mainland"
