"""The monthly brief is one printed page, tagged, made of the same figures as the screen."""


def test_the_brief_is_one_page_of_pdf(world, month, sign_in):
    answer = sign_in("eliya").get("/mwanza/districts/NYA/brief.pdf")

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert answer.content.count(b"/Type /Page\n") + answer.content.count(b"/Type/Page/") <= 1


def test_daudi_gets_no_brief(world, month, sign_in):
    assert sign_in("daudi").get("/mwanza/districts/NYA/brief.pdf").status_code == 404
    assert sign_in("eliya").get("/mwanza/districts/MAG/brief.pdf").status_code == 404  # not Eliya's district


def test_the_first_month_of_the_calendar_has_a_brief_too(month, sign_in):
    assert sign_in("eliya").get("/mwanza/districts/NYA/brief.pdf?period=0001-01").status_code == 200
