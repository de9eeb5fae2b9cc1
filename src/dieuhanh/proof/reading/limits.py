"""How much is read at most. A report is far below all of these; what is above them was made to
hurt, or is no report."""

#: A file as it stands on the disk.
FILE_BYTES = 100_000_000
#: A text: some 1,500 pages, and three times their lines.
CHARACTERS = 5_000_000
LINES = 200_000
#: One line of a text: a long report in a single line still passes.
LINE_CHARACTERS = 1_000_000
#: A web page with its marks.
HTML_CHARACTERS = 20_000_000
#: Pages of a PDF, and how long they may take together.
PAGES = 2_000
PDF_SECONDS = 30.0
#: A stream of a PDF, unpacked, to its size in the file; that of a page packs ten to one at best.
STREAM_RATIO = 60
#: A DOCX is an archive: its members, their sizes unpacked, and how many times smaller packed.
MEMBERS = 5_000
UNPACKED_BYTES = 200_000_000
PACKED_RATIO = 200
#: Below this a high ratio does no harm: empty templates pack very well.
HARMLESS_BYTES = 2_000_000
#: Elements inside elements; Word stays below 60.
XML_DEPTH = 200
