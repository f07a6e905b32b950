"""Figures bound to what they are about: subject, measure, time, speaker."""
