"""The files of the tools that a scorer is trained with: each label is put into words once, for all of them."""

from dataclasses import replace
from typing import Protocol

from annotation.exporters.data import About, Content, LabelRecord
from annotation.exporters.folder import Folder
from annotation.exporters.training import internvl, pairs, sharegpt, swift
from annotation.exporters.training.templates import Example, Examples, Template, safe


def template_of(about: About) -> Template:
    return Template(about.manifest["template"], about.manifest["score_without_feedback"])


class Tool(Protocol):
    def add(self, label: LabelRecord, example: Example) -> None: ...
    def close(self) -> None: ...


class Writer:
    def __init__(self, content: Content, folder: Folder) -> None:
        self.folder = folder
        self.examples = Examples(content.about.rubrics, template_of(content.about))
        about = replace(content.about, rubrics=self.examples.rubrics)  # whose texts are safe
        self.tools: list[Tool] = [internvl.Writer(about, folder), sharegpt.Writer(about, folder), swift.Writer(about, folder)]
        self.pairs = pairs.Writer(about, folder)
        self.without_feedback = 0

    def add(self, label: LabelRecord) -> None:
        label = safe(label)
        example = self.examples.of_safe(label)
        self.without_feedback += self.examples.lacks_feedback(label)
        for tool in self.tools:
            tool.add(label, example)
        self.pairs.add(label)

    def close(self) -> None:
        self.pairs.close()
        for tool in self.tools:
            tool.close()
        self.folder.counts["without_feedback"] = self.without_feedback
