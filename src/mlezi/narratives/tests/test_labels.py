"""What a text is called beside its quotes names nobody."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.narratives.models import Source

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("file", "label"),
    [
        ("Koshi 2", "Koshi 2"),
        ("Focus_Group Mwanza", "Focus_Group Mwanza"),
        ("Interview Asha Juma", "Interview 1"),
        ("Baraka-2", "Interview 1"),
        ("Dr Mushi", "Interview 1"),
        ("P1 0754123456", "Interview 1"),
    ],
)
def test_a_text_is_not_called_by_what_may_be_a_name_in_that_of_its_file(coders, sign_in, file, label):
    sent = {"kind": "interview", "files": SimpleUploadedFile(f"{file}.txt", b"P1: It helped.")}
    page = sign_in("gloria").post("/mwanza/texts/new/", sent, follow=True).content.decode()
    assert (Source.objects.get().label, Source.objects.get().file_name) == (label, f"{file}.txt")
    assert f"the file was {file}.txt" in page, "whoever opens it for coders decides"
