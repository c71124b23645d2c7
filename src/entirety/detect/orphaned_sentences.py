"""What the report says of bytes that no table refers to, and of the pictures found in them. Belongs to the check hidden-footage."""

from entirety.detect.hidden_innocent import ID, counted
from entirety.detect.sentences import say
from entirety.model.clip import Clip
from entirety.model.finding import Sentence
from entirety.model.further import Orphans

BY_ITEMS = "The file also has a table of items (`iloc`), which may refer to them and is not read here."


def claim(where: str, count: int, *, items: bool) -> Sentence:
    """What was found `where`, among or beside the listed pictures; `items`: the file has a table of items."""
    places = {
        "behind": "They lie behind every listed picture.",
        "before": "They lie before every listed picture.",
        "between": "They lie between two listed pictures.",
    }
    one, many = (
        f"The file holds {what} in bytes that no track refers to. {places[where]} {BY_ITEMS}"
        if items
        else f"The file holds {what} in bytes that no table refers to, so that no player shows {pronoun}. {places[where]}"
        for what, pronoun in (("1 coded picture", "it"), ("{count} coded pictures", "them"))
    )
    name = f"{ID}.orphaned.items" if items else f"{ID}.orphaned"
    return counted(f"{name}.{where}.claim", count, one.replace("They lie", "It lies"), many)


def meaning(new: int, *, items: bool) -> Sentence:
    """What it means that pictures were found, `new` of which are shown nowhere."""
    if items:
        text = "In our assessment these may be still pictures that the file keeps as items; then they say nothing about the recording."
        return say(f"{ID}.orphaned-items.inference", text)
    if not new:
        text = "In our assessment these are copies that a program left behind: everything in them is also shown."
        return say(f"{ID}.orphaned-copies.inference", text)
    text = (
        "In our assessment footage that was once part of a recording is still in the file, and its tables no longer lead to it. This results "
        "when a part is taken out by rewriting the tables, and also where a recording broke off or a device reuses its space. What it shows "
        "can be seen in the pictures beside this finding."
    )
    return say(f"{ID}.orphaned.inference", text)


def told(clip: Clip, orphans: Orphans, *, items: bool) -> Sentence:
    """What was done with bytes in which no picture could be decoded."""
    name, head = f"{ID}.orphaned-bytes", "No table refers to {size} bytes of the media data."
    if items:
        name, head = f"{name}.items", f"No track refers to {{size}} bytes of the media data. {BY_ITEMS}"
    if not orphans.complete:
        text = f"{head} Not all of them were searched: a bound was reached. Coded pictures recognised: {{coded}}; decoded: none."
        return say(f"{name}.bound.claim", text, size=orphans.size, coded=orphans.coded)
    if not orphans.readable:
        text = f"{head} They were not searched: pictures coded as {{codec}} are not looked for."
        return say(f"{name}.unsearched.claim", text, size=orphans.size, codec=clip.stream.codec)
    text = f"{head} Coded pictures recognised in them: {{coded}}; none could be decoded."
    return say(f"{name}.claim", text, size=orphans.size, coded=orphans.coded)
