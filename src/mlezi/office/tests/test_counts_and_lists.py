"""A count opens to a list of as many; what a reader may not open is not offered as records."""

import re
from datetime import date

from mlezi.evaluation.models import SiteFigure
from mlezi.programmes.models import Enrolment
from mlezi.testing import cast


def test_mentees_and_mentors_on_the_desk_open_to_just_them(world, month, sign_in):
    chiku = sign_in("chiku")
    desk = chiku.get("/mwanza/desk/").content.decode()

    for part in ("mentee", "mentor"):
        address = f"/mwanza/people/?part={part}"
        counted = re.search(rf'figure-value">(\d+)</p>(?:(?!figure-value).)*{re.escape(address)}"', desk, re.S)[1]
        listed = re.search(r"(\d+) rows?\b", chiku.get(address).content.decode())[1]
        assert counted == listed, part


def test_who_takes_part_elsewhere_is_not_listed_as_that_here(world, sign_in):
    grace = cast.person("Grace", "nurse", world.igoma)
    Enrolment.objects.create(programme=world.programme, person=grace, part="registered", from_on=cast.START)
    Enrolment.objects.create(programme=world.other, person=grace, part="mentee", from_on=cast.START)
    chiku = sign_in("chiku")

    assert "Grace" in chiku.get("/mwanza/people/").content.decode()
    assert "Grace" not in chiku.get("/mwanza/people/?part=mentee").content.decode()
    Enrolment.objects.filter(programme=world.programme, person=grace).update(to_on=cast.START)
    assert "Grace" in chiku.get("/mwanza/people/?part=left").content.decode()


def test_a_figure_of_persons_offers_no_records_to_those_who_see_counts_alone(world, month, sign_in):
    """Neema, of the ministry, sees how many were supported, and not whom; of needs she may open each."""
    page = sign_in("neema").get("/mwanza/districts/NYA/").content.decode()

    assert 'How it is counted<span class="visually-hidden">: People supported' in page
    assert 'Open the records<span class="visually-hidden">: Needs open' in page


def test_a_facilitys_own_figures_stand_each_in_its_column_also_where_a_month_tells_less(world, month, sign_in):
    for measure, when, value in (("clients", 3, 1500), ("deliveries", 3, 30), ("deliveries", 4, 34)):
        SiteFigure.objects.create(
            programme=world.programme, place=world.igoma, month=date(2026, when, 1), measure=measure, value=value
        )
    page = sign_in("eliya").get("/mwanza/facilities/IGO/").content.decode()
    table = page.split("own figures</h2>")[1].split("</table>")[0]
    rows = [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in table.split("<tr>")[1:]
    ]

    assert rows[0][:3] == ["Month", "Clients", "Deliveries"]
    assert rows[1][:3] == ["Apr 2026", "–not known", "34"]
    assert rows[2][:3] == ["Mar 2026", "1,500", "30"]
