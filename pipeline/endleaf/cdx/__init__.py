"""Indexes of captures: CDX and CDXJ, their keys (SURT), and finding a record by them."""
