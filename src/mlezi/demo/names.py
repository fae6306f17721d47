"""Made-up people: common first and family names of the lake region, combined at random."""

from __future__ import annotations

from random import Random

WOMEN = (
    "Anna Agnes Esther Neema Grace Happiness Mariam Zawadi Rehema Salome Pendo Joyce Upendo Tatu Furaha Halima "
    "Sophia Veronica Rose Modesta Leticia Consolata Rahel Suzana Sikujua Kabula Minza Nyamizi Holo Kwandu"
).split()
MEN = (
    "John Joseph Emmanuel Daniel Peter Paul Juma Hamisi Elias Samwel Yohana Musa Charles Deus Faustine Kulwa "
    "Doto Masanja Shija Maduhu Mathias Simon Revocatus Boniface Thomas Gabriel Said Abel Isaya Lucas"
).split()
FAMILIES = (
    "Mabula Ngassa Makoye Bundala Luhende Masalu Mashauri Mhoja Nkwabi Kashindye Lugembe Malale Magesa Nyanda "
    "Kitula Machibya Sayi Lubinza Ndaki Mahona Budeba Ntemi Malongo Mihayo Kadala Ndalahwa Lusana Misana Mkama "
    "Mugasa Bwire Chacha Marwa Wambura Nyerere Magoti Manyama Majura Mugeta Kisusi Zephania Kahindi Bulugu Seni "
    "Gwesso Kishosha Lukuba Mayunga Nhumbi Polepole Sitta Tungu Wandiba Yegela"
).split()


def names(random: Random, count: int, *, share_of_women: float = 0.62) -> list[str]:
    """`count` different names, in an order that depends only on `random`."""
    found: dict[str, None] = {}
    while len(found) < count:
        first = random.choice(WOMEN if random.random() < share_of_women else MEN)
        middle = random.choice(MEN)
        found[f"{first} {middle[0]}. {random.choice(FAMILIES)}"] = None
    return list(found)
