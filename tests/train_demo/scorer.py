"""A vision-language model small enough for a processor: LLaVA's architecture with random weights, and a byte tokenizer.

Nothing is downloaded: the model is made from a configuration, and the tokenizer learns its merges from the training lines. It can
write any bytes; a line that stands in every prompt, as those of the rubric do, becomes one token, so that prompts are short.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from tokenizers import Regex, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration

PAD, END, IMAGE = "<pad>", "<end>", "<image>"
VOCABULARY = 2048
OFTEN = 20  # how often two tokens must stand side by side before they are merged
SIZE, PATCH = 48, 12  # pixels
PATCHES = (SIZE // PATCH) ** 2  # tokens that an image becomes
GREY = 0.0  # the middle of what a pixel can be
LONGEST_ANSWER = 40  # tokens
SPREAD = 0.1  # of the random weights: what suits thousands of dimensions lets too little through with 64


def byte_tokenizer(texts: Iterable[str]) -> Tokenizer:
    """Byte-level byte-pair encoding in which no token goes beyond a line."""
    tokenizer = Tokenizer(models.BPE())
    lines = pre_tokenizers.Split(Regex(r"\n"), behavior="merged_with_previous")
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([lines, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        min_frequency=OFTEN,
        special_tokens=[PAD, END, IMAGE],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def small_model(tokenizer: Tokenizer, *, longest: int) -> LlavaForConditionalGeneration:
    """`longest` is how many tokens a prompt and its answer have at most. Weights come from torch's seed."""
    eyes = CLIPVisionConfig(
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        image_size=SIZE,
        patch_size=PATCH,
        initializer_range=SPREAD,
    )
    words = LlamaConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=64,
        intermediate_size=160,
        num_hidden_layers=2,
        initializer_range=SPREAD,
        num_attention_heads=4,
        max_position_embeddings=longest,
        pad_token_id=tokenizer.token_to_id(PAD),
        bos_token_id=None,
        eos_token_id=tokenizer.token_to_id(END),
        tie_word_embeddings=False,
    )
    return LlavaForConditionalGeneration(
        LlavaConfig(
            vision_config=eyes,
            initializer_range=SPREAD,
            text_config=words,
            image_token_index=tokenizer.token_to_id(IMAGE),
            image_seq_length=PATCHES,
            vision_feature_layer=-1,
            vision_feature_select_strategy="default",
        )
    )


def pixels(path: Path) -> torch.Tensor:
    """3 x SIZE x SIZE, from -1 to 1, of what a plain reader sees."""
    with Image.open(path) as image:
        values = np.asarray(image.convert("RGB").resize((SIZE, SIZE)), dtype=np.float32)
    return torch.from_numpy(values).permute(2, 0, 1) / 127.5 - 1


def with_patches(prompt: str) -> str:
    """An image takes as many tokens as it has patches."""
    return prompt.replace(IMAGE, IMAGE * PATCHES)


def padded(rows: Sequence[Sequence[int]], value: int, *, left: bool) -> torch.Tensor:
    width = max(map(len, rows))
    return torch.tensor(
        [[value] * (width - len(row)) * left + list(row) + [value] * (width - len(row)) * (not left) for row in rows]
    )
