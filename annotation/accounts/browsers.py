"""A browser in words, without its version: enough for its owner to know it again."""

# in this order: Edge says that it is Chrome, which says that it is Safari
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "Chrome/": "Chrome", "CriOS/": "Chrome"}
BROWSERS |= {"Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
}
SYSTEMS |= {"Linux": "Linux"}


def in_words(user_agent: str) -> str:
    """Empty for what is no known browser."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return ", ".join(filter(None, (browser, system)))
