"""images/: each image once, as annotators saw it, named by its hash. originals/: the files that those were made from."""

from annotation.exporters.data import Content, LabelRecord
from annotation.exporters.folder import Folder


class Writer:
    def __init__(self, content: Content, folder: Folder) -> None:
        self.content, self.folder = content, folder
        self.images: set[str] = set()

    def add(self, label: LabelRecord) -> None:
        for name in label.images:
            if name not in self.images:
                self.images.add(name)
                self.folder.write(f"images/{name}", self.content.read_image(name))

    def close(self) -> None:
        """Originals that are in images/ byte for byte are not written again."""
        self.folder.seen = self.content.seen(self.images)
        if read := self.content.read_original:
            for image in self.folder.seen:
                self.folder.write(f"originals/{image.original}", read(image.original))
