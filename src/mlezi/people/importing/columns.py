"""The columns a list of people may have."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from mlezi.audit.imports.kinds import Column, Context

NAME = Column("name", _("Name"), _("As the person writes it."), ("full_name", "jina", "jina_kamili"), required=True)
REST = (
    Column("code", _("Staff number"), _("Tells two people of one name apart."), ("staff_no", "check_number", "pf_no")),
    Column("uid", _("Identifier"), _("Only for files that Mlezi wrote.")),
    Column("cadre", _("Cadre"), _("Code or title of the programme's cadres."), ("profession", "kada")),
    Column("phone", _("Telephone"), also=("telephone", "mobile", "phone_number", "simu")),
    Column("email", _("E-mail"), also=("e_mail", "email_address", "barua_pepe")),
    Column("languages", _("Languages"), _("Codes with commas, the preferred first: sw, en."), ("language", "lugha")),
    Column("facility", _("Works at"), _("Name of the facility."), ("health_facility", "place", "site", "kituo")),
    Column("facility_code", _("Code of the place"), _("Needed where names repeat."), ("place_code", "site_code")),
    Column("district", _("District"), _("Where the facility lies, when names repeat."), ("council", "wilaya")),
    Column("started", _("Works there since"), also=("from", "started_on", "since", "tangu")),
    Column("left", _("Last day there"), also=("left_on", "until", "hadi")),
    Column("why_left", _("Why they left"), _("transfer, resigned, retired, studies, leave, died, other.")),
    Column("note", _("Note"), also=("remark", "maelezo")),
)


def columns(context: Context) -> Sequence[Column]:
    return (NAME, *REST)
