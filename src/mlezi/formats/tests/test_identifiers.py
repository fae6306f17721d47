"""Words that look like a patient's name or number."""

import pytest

from mlezi.formats.identifiers import looks_like_a_patient


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call her on 0754 123 456 tomorrow", "phone"),
        ("simu +255 754123456", "phone"),
        ("NIDA 19900101141010000112", "number"),
        ("MRN 00412/26 was missing", "register"),
        ("The patient Rehema bled after delivery", "name"),
        ("Mtoto wa Neema alipumua vizuri", "name"),
        ("Mama Zawadi asked for it", "name"),
        ("the patient 2024/118/77 was referred", "register"),
        ("Mgonjwa namba 4512 alipewa rufaa", "register"),
        ("Well, my name is Rehema Juma.", "name"),
        ("Naitwa José, muuguzi", "name"),
    ],
)
def test_traces_are_found(text, kind):
    assert looks_like_a_patient(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "We practised with the bag and mask for 45 minutes.",
        "Next visit on 2026-03-31, at 10:30.",
        "Mama mjamzito alipimwa shinikizo la damu 120/80.",
        "Ordered 1500 gloves, 20 kits.",
        "The patient was seen by two nurses.",
        "A patient 120/80 and a client 45 minutes late.",
        "",
    ],
)
def test_plain_words_are_left_alone(text):
    assert looks_like_a_patient(text) == ""
