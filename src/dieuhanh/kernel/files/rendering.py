"""Drawing one page of a PDF, in a process of its own: ``python rendering.py FILE PAGE WIDTH OUT``.

A file that somebody sent may be made to crash or to stall whoever draws it; here that ends this
process and nothing else. It prints how many pages the file has. PAGE 0 only counts. Nothing of
the program is imported, so that it starts at once.
"""

import sys

import pypdfium2

#: Most dots of one picture: a page that says it is a hundred metres high is drawn smaller.
MOST_DOTS = 8_000_000
SHADES = 32


def draw(path: str, page: int, width: int, out: str) -> int:
    """Draw a page (from 1) ``width`` dots wide as PNG into ``out``; how many pages there are."""
    document = pypdfium2.PdfDocument(path)
    if page:
        sheet = document[page - 1]
        across, down = sheet.get_size()
        scale = min(width / across, (MOST_DOTS / (across * down)) ** 0.5)
        picture = sheet.render(scale=scale).to_pil().convert("RGB")
        picture.quantize(SHADES, dither=0).save(out, "PNG", optimize=True)
    return len(document)


if __name__ == "__main__":
    print(draw(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]))
