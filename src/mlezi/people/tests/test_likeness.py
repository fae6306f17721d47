"""Spellings of one name are alike; names of two people are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.people.likeness import ALIKE, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Paulo Masanja", "Paul Masanja"),
        ("Zainabu Juma", "Zainab Juma"),
        ("Grace Mushi", "Mushi Grace"),
        ("Rehema Mwanri", "Lehema Mwanli"),
        ("Joseph Mathayo", "Yosef Matayo"),
        ("Khadija Shabani", "Hadija Shaban"),
        ("Neema J. Komba", "Neema Joseph Komba"),
        ("Mariam Chacha", "Maryam Chacha"),
        ("Anna  Ngowi", "Ana Ngowi"),
        ("Elizabeth Sanga", "Elisabeth Sanga"),
    ],
)
def test_one_name_in_two_spellings(one, other):
    assert likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grace Mushi", "Grace Komba"),
        ("Anna Ngowi", "Amina Salum"),
        ("Juma Hamisi", "Asha Hamisi"),
        ("Grace", "Grace Mushi"),
        ("", "Grace"),
    ],
)
def test_two_people(one, other):
    assert likeness(one, other) < ALIKE


@given(st.text(max_size=30), st.text(max_size=30))
def test_it_is_symmetric_and_between_0_and_1(one, other):
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, other) == likeness(other, one)
