"""Texts of people and models as they may stand in a line of training data: what a tool takes for its own is made harmless."""

import re

# What may be a special token; which of these are, is looked up after that. It is fast since each part begins with a character.
CANDIDATE = re.compile(r"<[^\s<>\[\]{}]{1,80}>|\[/?\w{3,80}\]|\{\{\w{1,20}\}\}|###+")
# Words between angle brackets that a tokenizer or loader has as one token: places of images and other media, regions, turns,
# beginnings and ends. Models write such tokens into their responses, and people quote them.
ANGLED = re.compile(
    r"/?(?:"
    r"s|bos|eos|pad|unk|mask|cls|sep|sop|eop|soh|eoh|soa|eoa|soi|eoi|boi|boc|eoss|inst|sys|system|user|assistant|human|bot|"
    r"box|bbox|ref|ref-object|quad|point|slice|unit|seg|loc|cot-process|think|tools|endoftext|end_of_utterance|racm3:break|"
    r"tool_calls?|tool_responses?|extra_id_\d{1,4}|(?:loc|seg|row|col)_?\d{1,4}(?:_col_\d{1,4})?|"
    r"(?:[a-z0-9]{1,20}[_-]){0,4}"  # start_of_image
    r"(?:image|images|img|im|imagehere|imageholder|video|videos|audio|speech|vision|frame|patch|turn|unused|reserved|special)"
    r"\d{0,6}(?:[_-][a-z0-9]{1,20}){0,4}"  # image_1, IMG_CONTEXT
    r")",
    re.IGNORECASE,
)
BARRED = re.compile(r"[|｜].*[^|｜].*|.*[^|｜].*[|｜]")  # <|im_end|>, <|turn>, <turn|>, <｜User｜>
SQUARE = re.compile(  # [INST], [/INST], [IMG0], [TOOL_CALLS], [UNUSED_TOKEN_146]
    r"/?(?:INST|IMG|IMAGE|VIDEO|AUDIO|TOOL|AVAILABLE|SYSTEM|UNUSED|MASK|gMASK|sMASK|CLS|SEP|PAD|UNK|BOS|EOS|THINK)"
    r"\d{0,6}(?:_[A-Z0-9]{1,20}){0,4}"
)
# the places that LLaMA-Factory and ms-swift fill in their own templates
BRACED = re.compile(r"image|video|audio|content|query|response|system|idx|round0|round1", re.IGNORECASE)
HEADING = re.compile(r"\s*(?:score|feedback|criteria)", re.IGNORECASE)  # by which a reader finds the score


def literal(text: str) -> str:
    """The text with every special token made harmless: <image> becomes ‹image›, and `### Score` becomes `‹###› Score`."""
    return CANDIDATE.sub(harmless, text)


def harmless(match: re.Match[str]) -> str:
    found, inner = match[0], match[0][1:-1]
    token: object
    match found[0]:
        case "<":
            token = ANGLED.fullmatch(inner) or BARRED.fullmatch(inner)
        case "[":
            token = SQUARE.fullmatch(inner)
        case "{":
            inner = found[2:-2]
            token = BRACED.fullmatch(inner)
        case _:
            inner, token = found, HEADING.match(match.string, match.end())
    return f"‹{inner}›" if token else found
