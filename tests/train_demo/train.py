"""Trains the small model on a release's train split and scores its check split.

python -m tests.train_demo.train RELEASE RESULT [--blind] reads nothing but the release's folder. --blind shows the model grey in
place of every image.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch.nn import functional
from transformers import LlavaForConditionalGeneration

from tests.train_demo.lines import Line, read_lines, result_file
from tests.train_demo.scorer import (
    END,
    GREY,
    LONGEST_ANSWER,
    PAD,
    byte_tokenizer,
    padded,
    pixels,
    small_model,
    with_patches,
)

SEED = 6
STEPS, BATCH = 450, 32
PEAK_RATE = 3e-3
NOISE = 0.1  # of pixels, which go from -1 to 1
IGNORED = -100  # a token that the loss leaves out


class Examples:
    """The lines as tensors: tokens of prompts and of answers, and the pixels of the images in their order."""

    def __init__(self, lines: Sequence[Line], tokenizer: Tokenizer, *, blind: bool) -> None:
        end = tokenizer.token_to_id(END)
        self.prompts = [encoded.ids for encoded in tokenizer.encode_batch([with_patches(line.prompt) for line in lines])]
        self.answers = [[*encoded.ids, end] for encoded in tokenizer.encode_batch([line.answer for line in lines])]
        self.images = [torch.stack([pixels(path) for path in line.images]) for line in lines]
        if blind:
            self.images = [torch.full_like(images, GREY) for images in self.images]

    @property
    def longest(self) -> int:
        return max(len(prompt) + len(answer) for prompt, answer in zip(self.prompts, self.answers, strict=True))


def train(model: LlavaForConditionalGeneration, examples: Examples, tokenizer: Tokenizer) -> list[float]:
    """The loss of each step, taken over the answers alone."""
    chance = torch.Generator().manual_seed(SEED)
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, total_steps=STEPS, pct_start=0.1)
    losses, order = [], torch.empty(0, dtype=torch.long)
    for step in range(STEPS):
        if len(order) < BATCH:
            order = torch.randperm(len(examples.prompts), generator=chance)
        batch, order = order[:BATCH].tolist(), order[BATCH:]
        loss = answer_loss(model, examples, batch, tokenizer.token_to_id(PAD))
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
        if step % 50 == 49:
            print(f"step {step + 1}: loss {sum(losses[-50:]) / 50:.3f}", file=sys.stderr, flush=True)
    return losses


def answer_loss(model: LlavaForConditionalGeneration, examples: Examples, batch: Sequence[int], pad: int) -> torch.Tensor:
    rows = [examples.prompts[index] + examples.answers[index] for index in batch]
    targets = [[IGNORED] * len(examples.prompts[index]) + examples.answers[index] for index in batch]
    tokens, wanted = padded(rows, pad, left=True), padded(targets, IGNORED, left=True)
    keep = max(len(examples.answers[index]) for index in batch) + 1
    logits = model(
        input_ids=tokens,
        attention_mask=(tokens != pad).long(),
        pixel_values=varied(torch.cat([examples.images[index] for index in batch])),
        logits_to_keep=keep,
    ).logits
    return functional.cross_entropy(logits[:, :-1].flatten(0, 1), wanted[:, -keep + 1 :].flatten(), ignore_index=IGNORED)


def varied(images: torch.Tensor) -> torch.Tensor:
    """Turned over, lighter or darker, and noisy: still the same number of shapes on paper of the same colour, and never quite the
    image that was shown before, so that none can be learnt by heart."""
    images = images.flip([axis for axis in (-1, -2) if torch.rand(()) < 0.5])
    images = images.transpose(-1, -2) if torch.rand(()) < 0.5 else images
    return images * (1 + 2 * NOISE * torch.randn(len(images), 1, 1, 1)) + NOISE * torch.randn_like(images)


def answers(model: LlavaForConditionalGeneration, examples: Examples, tokenizer: Tokenizer) -> list[str]:
    """What the model writes after each prompt, the likeliest token at a time."""
    model.eval()
    pad, texts = tokenizer.token_to_id(PAD), []
    for start in range(0, len(examples.prompts), 100):
        tokens = padded(examples.prompts[start : start + 100], pad, left=True)
        written = model.generate(
            input_ids=tokens,
            attention_mask=(tokens != pad).long(),
            pixel_values=torch.cat(examples.images[start : start + 100]),
            max_new_tokens=LONGEST_ANSWER,
            do_sample=False,
        )
        texts += tokenizer.decode_batch(written[:, tokens.shape[1] :].tolist())
    return texts


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("release", type=Path)
    arguments.add_argument("result", type=Path)
    arguments.add_argument("--blind", action="store_true")
    chosen = arguments.parse_args()
    torch.set_num_threads(1)  # the two trainings run side by side
    torch.manual_seed(SEED)
    begin = time.process_time()
    lines = read_lines(chosen.release, "train")
    tokenizer = byte_tokenizer(text for line in lines for text in (line.prompt, line.answer))
    examples = Examples(lines, tokenizer, blind=chosen.blind)
    model = small_model(tokenizer, longest=examples.longest + LONGEST_ANSWER)
    print(f"{len(lines)} lines of at most {examples.longest} tokens, {model.num_parameters():,} weights", file=sys.stderr)
    train(model, examples, tokenizer)
    check = read_lines(chosen.release, "check")
    texts = answers(model, Examples(check, tokenizer, blind=chosen.blind), tokenizer)
    result = result_file(chosen.release, {line.id: text for line, text in zip(check, texts, strict=True)})
    chosen.result.write_text(json.dumps(result, indent=1))
    print(f"{time.process_time() - begin:.0f} s of processor time", file=sys.stderr)


if __name__ == "__main__":
    main()
