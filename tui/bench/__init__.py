"""Measuring only: how fast a folder loads, opens and answers, and how well events are found."""
