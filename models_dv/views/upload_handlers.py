"""How the bytes of an upload are taken in: no more than a file may have, and in words when the disk is full."""

import logging
from io import BytesIO

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from models_dv.domain.file_refusals import MAX_BYTES

logger = logging.getLogger(__name__)


class CappedUploadHandler(FileUploadHandler):
    """First in line: lets through just enough of a too large file for its size to be seen, drops the rest."""

    def receive_data_chunk(self, raw_data, start):
        """``start`` counts what came, not what was let through."""
        return raw_data if start <= MAX_BYTES else None

    def file_complete(self, file_size):
        """The handlers behind make the file."""
        return None


class DiskUploadHandler(TemporaryFileUploadHandler):
    """Django's own; a disk without place gives a file marked ``not_kept`` instead of an error page."""

    not_kept = False

    def new_file(self, *args, **kwargs):
        """Open the temporary file."""
        self.not_kept, self.file = False, None
        self._tried(super().new_file, *args, **kwargs)

    def receive_data_chunk(self, raw_data, start):
        """Write, unless writing has failed before."""
        if not self.not_kept:
            self._tried(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size):
        """The file, or an empty one that says it was not kept."""
        file = None if self.not_kept else self._tried(super().file_complete, file_size)
        if not self.not_kept:
            return file
        if self.file:
            self.file.close()
        file = InMemoryUploadedFile(BytesIO(), self.field_name, self.file_name, self.content_type, 0, None)
        file.not_kept = True
        return file

    def _tried(self, act, *args, **kwargs):
        try:
            return act(*args, **kwargs)
        except OSError:
            logger.exception("An upload could not be written")
            self.not_kept = True
            return None
