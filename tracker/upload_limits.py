"""How large an upload may be, in bytes: every limit on what a reader sends in one place.

What a file unpacks to is limited where it is unpacked, in `transcripts/formats/` and `tables/`.
"""

MEGABYTE = 1024 * 1024

#: a whole request, files included
REQUEST = 20 * MEGABYTE
#: the fields of a form without its files
FORM_FIELDS = 2 * MEGABYTE
#: beyond this the server itself cuts off; up to it the application answers in plain words
CUT_OFF = 64 * MEGABYTE
#: one transcript file; decimal megabytes, as file managers count, and so below the limit of a request
TRANSCRIPT = 20_000_000
#: one file of evidence
EVIDENCE = 10 * MEGABYTE
