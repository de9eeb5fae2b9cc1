from dieuhanh.reports.compose.document import Document


def render(document: Document, **options: str):  # type: ignore[no-untyped-def]
    raise NotImplementedError
