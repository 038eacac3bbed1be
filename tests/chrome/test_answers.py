"""Answers, lists and datelines beside furniture: what a line of the story announces is the story's."""

from __future__ import annotations

import pytest

from normalizer.chrome import ChromeStage
from normalizer.edits import apply_edits

STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")
# Lines of furniture; every other line of the texts below must stay.
FURNITURE = (
    "Read more: Bakers raise the price of rye",
    "Read also: Who will lead the groups",
    "Читайте також: Хто балотується",
    "Lire aussi : Le prix du seigle baisse",
    "Lesen Sie auch: Brotpreise steigen",
    "Photo: AFP",
    "Photo: BelTA",
    "Comments (3)",
    "Share",
    "Subscribe to our newsletter",
)
TEXTS = {
    "the date answers a question": "Five questions about the mill\nWhen does it open?\nOn 1 January 2026.\n"
    "Read more: Bakers raise the price of rye\nFor how long?\nTen years, with an option for five more.",
    "the date follows a colon": "The council has set the date of the vote on the mill:\n28 December 2025\nPhoto: AFP\n"
    "Voters abroad may vote by post, the council said.",
    "date and time follow a colon": "The match was put off because of the storm. New date:\n"
    "Friday, 12 December, 19:00\nSubscribe to our newsletter",
    "the only date": "The mill opens for the first time on this day, after forty years of silence in the valley:\n"
    "4 March 2025, 10:12\nThe queue will stand there from dawn.",
    "a title with a part": "Video: The miller speaks about flour (Part Two)\nThe miller speaks for an hour.",
    "Ukrainian date": "Комісія призначила дату виборів у громаді:\n26 жовтня 2025 року\n"
    "Читайте також: Хто балотується\nГолосування триватиме один день, сказав голова.",
    "French date": "Quand le moulin ouvre-t-il ?\nLe 1er janvier 2026.\nLire aussi : Le prix du seigle baisse",
    "German date": "Wann öffnet die Mühle?\nAm 1. Januar 2026.\nLesen Sie auch: Brotpreise steigen\nZehn Jahre.",
    "a list of menu words": "The council set up three working groups, it said:\nEconomy\nCulture\nSport\n"
    "Read also: Who will lead the groups",
    "platforms are answers": "Which company bought Instagram?\nFacebook.\nShare\n"
    "Which network did she leave?\nTwitter.\nRead also: Who will lead the groups",
    "a menu word is an answer": "Where was the cat seen last?\nHome.\nRead also: Who will lead the groups",
    "a diary": "5 May 1943\nBread.\nRead also: Who will lead the groups\n6 May 1943\nNothing.",
    "prices": "A loaf of rye cost this on Friday:\n2.40 roubles\nPhoto: BelTA\nA year ago:\n1.90 roubles\nComments (3)",
    "an appeal of the police": "Fraudsters posed as bank clerks in Holm last week, police said.\n\n"
    "See https://police.example/fraud and write to fraud@police.example with any details.\n\nThere are more victims.",
    "a refrain": 'The mayor\nThe mayor said no.\nThe mayor said no.\n"No," the mayor said.',
    "a refrain without end": "Mayor in town\n\n" + "Mr Ash spoke to the press in town on Monday.\n" * 170,
    "a headline without end": "Mayor in town\n\n" + "Mayor in town again today\n" * 170,
}


@pytest.mark.parametrize("name", TEXTS)
def test_what_the_story_announces_stays(name: str) -> None:
    text = TEXTS[name]
    output = apply_edits(text, STANDARD.edits(text))
    assert output.split() == "\n".join(line for line in text.split("\n") if line not in FURNITURE).split()
    assert STANDARD.edits(output) == []


STORY = (
    "The mill grinds again",
    "The mill on the river began to grind for the first time in forty years, and the queue stood there from dawn.",
    "The stones came from the next valley, and the wheel was made from drawings that were kept in the museum.",
)


@pytest.mark.parametrize(
    "line",
    [
        "Read the material by Northern Post for more details about the mill.",
        "For details on the price of flour, see the Northern article.",
        "Read more on this topic in our article.",
        "Mehr über die Mühle erfahren Sie im Beitrag der Neuen Nordpost.",
        "Раніше ми писали: Млин шукає мірошника",
        "Ранее мы писали: Мельница ищет мельника",
        "Photo: The miller at the wheel (Museum of the Valley)",
        "Черга біля млина. Фото: Державна служба з надзвичайних ситуацій",
        "Kolejka przed młynem. Źródło: PAP / Jan Kowalski",
        "Puede interesarle: El molino, en cifras",
    ],
)
def test_footers_and_captions_of_more_shapes_go(line: str) -> None:
    text = "\n".join((*STORY, line))
    assert apply_edits(text, STANDARD.edits(text)) == "\n".join(STORY)
