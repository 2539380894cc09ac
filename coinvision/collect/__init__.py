"""Collect coins from a Numishare site: politely, resumably, exactly.

    report = collect(Order(contact="me@museum.org"), folder="collections/ans")

This is the only room that opens the network. client.py asks (pace.py waits, robots.py knows what
a site forbids); numishare/ reads the answers; listing.py, records.py and pictures.py ask for what
is needed, journal.py remembers it, harvest.py keeps the order, report.py counts.
"""

from coinvision.collect.harvest import Order, collect
from coinvision.collect.report import Report

__all__ = ["Order", "Report", "collect"]
