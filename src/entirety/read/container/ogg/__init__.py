"""The reader of Ogg files: what a file declares, page by page."""

from entirety.read.container.ogg.reader import looks_like_ogg, read_ogg

__all__ = ["looks_like_ogg", "read_ogg"]
