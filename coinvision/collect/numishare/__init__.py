"""What Numishare says: its pages, tables and records as plain facts. No network is needed here.

    read_query_csv(text)      thousands of records at once
    read_feed(xml)            which records there are
    read_nuds(xml)            everything about one record; read_nuds_group: about many
    read_results_page(html)   what a visitor sees

Numishare is the software behind numismatics.org/search (the American Numismatic Society) and
numismatics.org/ocre. addresses.py says where all this lies on a site.
"""

from coinvision.collect.numishare.feed import read_feed
from coinvision.collect.numishare.nuds import read_nuds, read_nuds_group
from coinvision.collect.numishare.query_csv import read_query_csv
from coinvision.collect.numishare.results_page import read_results_page

__all__ = ["read_feed", "read_nuds", "read_nuds_group", "read_query_csv", "read_results_page"]
