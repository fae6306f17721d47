"""Programmes, cohorts, enrolment, and who is what, where and when."""
