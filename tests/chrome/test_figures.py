"""Figures of the story beside furniture: numbers behind labels, spans of dates, lists, captions that are all."""

from __future__ import annotations

import pytest

from normalizer.chrome import ChromeStage
from normalizer.edits import apply_edits

STANDARD = ChromeStage(lambda rule: rule != "chrome.key-points")
# Lines of furniture; every other line of the texts below must stay.
FURNITURE = (
    "Read also: Two ferries sold",
    "Photo: Family archive",
    "Photo: Port office",
    "Advertisement",
    "Comments (3)",
    "Share",
    "Home",
    "Home (2)",
    "12 comments",
    "14 May 2025 - 09:30",
    "Published: 12 May 2025 – Updated: 14 May 2025",
)
TEXTS = {
    "a phone number": "The kennels open again on Friday, their keeper said.\n\nContact: 01632 960 551\n\n"
    "They need straw.",
    "a short phone number": "The kennels open again on Friday.\n\nContact: 960551\n\nThey need straw.\nComments (3)",
    "Spanish phone number": "La perrera abre el viernes.\n\nContacto: 955 01 44 20\n\nFalta paja.\nShare",
    "German phone number": "Der Zwinger öffnet am Freitag.\n\nKontakt: 0361 960 22\n\nEs fehlt Stroh.",
    "French phone number": "Le chenil rouvre vendredi.\n\nContact : 01 99 00 44 20\n\nIl manque de la paille.",
    "Ukrainian phone number": "Розплідник відкриється у п'ятницю.\n\nКонтакти: 044 496 01 22\n\nБракує соломи.",
    "Russian phone number": "Питомник откроется в пятницу.\n\nКонтакты: 8 495 200 01 22\n\nНе хватает соломы.",
    "Italian phone number": "Il canile riapre venerdì.\n\nContatti: 06 5550 122\n\nManca la paglia.",
    "a row of a table": "Contact | 960 0144\nRent | 380\n\nThe mill house is let from June.",
    "a budget": "What the port spends\nThe port published its budget on Friday, in thousands.\nSport: 45\n"
    "Culture: 310\nBusiness: 8\nCranes: 900\nThe rest is saved.",
    "a budget of known words": "The port published its budget on Friday.\n\nCulture 310\n\nSport 45\n\n"
    "Politics 6\n\nBusiness 8",
    "a budget in a line": "The port published its budget on Friday.\n\nSport 45, culture 310, business 8\n\n"
    "The rest is saved.",
    "marks of a critic": "Four films were shown at the port on Friday.\n\nHome: 5\n\nThe Crane: 8",
    "medals": "The divers of the port counted again on Friday.\nNew: 12\nMore: 4\nTop: 1\nShare",
    "a poll": "The readers voted on the crane.\n\nComments: 355\n\nFor the crane: 210\n\nThe port decides in June.",
    "loot": "The thieves took these from the gallery, the police said.\nPrint: 60\nPainting: 2\nShare",
    "users of platforms": "So many people use them in the district, in thousands.\nFacebook 41\nInstagram 30\n"
    "TikTok 12\nShare",
    "users in a line": "So many use them, in thousands.\n\nFacebook: 41, Instagram: 30, TikTok: 12\n\nAll grow.\nShare",
    "dates of a life": "Peter Moll, who drew the first map of the port, died on Friday.\n\n"
    "2 April 1931 – 9 May 2025\n\nPhoto: Family archive\n\nHe leaves a daughter.",
    "dates of a life in figures": "Peter Moll, who drew the map, died on Friday.\n\n02.04.1931 – 09.05.2025\n\n"
    "Photo: Family archive\n\nHe leaves a daughter.",
    "German dates of a life": "Peter Moll ist am Freitag gestorben.\n\n2. April 1931 – 9. Mai 2025\n\n"
    "Photo: Family archive\n\nEr hinterlässt eine Tochter.",
    "Ukrainian dates of a life": "Петро Молл помер у п'ятницю.\n\n2 квітня 1931 – 9 травня 2025\n\n"
    "Photo: Family archive\n\nУ нього лишилася донька.",
    "days of a fair": "The fair of the port comes back.\n\n12–14 May 2025\n\nPhoto: Port office\n\nEntry is free.",
    "American days of a fair": "The fair of the port comes back.\n\nMay 12 – June 3, 2025\n\nPhoto: Port office\n\n"
    "Entry is free.",
    "Spanish days of a fair": "Vuelve la feria del puerto.\n\n12 a 14 de mayo de 2025\n\nPhoto: Port office\n\n"
    "Es gratis.",
    "Japanese days of a fair": "港の市が戻ってくる。\n\n2025年5月12日~5月14日\n\nPhoto: Port office\n\n入場は無料。",
    "opening hours": "The lighthouse can be climbed again.\nMonday 10:00–18:00\nTuesday 10:00–18:00\n"
    "Sunday 11:00–16:00\nPhoto: Port office",
    "days with opening hours": "The lighthouse can be climbed again.\n\nMon–Fri 10:00\n\nPhoto: Port office\n\n"
    "Entry is free.",
    "the last bullet": "The inspector found these out of order:\n- Cellar\n- Roof\n- Home\nRead also: Two ferries sold",
    "a programme": "Saturday\n18:30 The Crane\n20:15 Home\nAdvertisement\nSunday\n17:00 News",
    "the caption is the story": "Picture of the week\n"
    "A woman feeds gulls on the flooded quay of Whitby on Friday. Photo: Ada Lunn/AFP\nShare",
    "two captions are the story": "Pictures of the week\n"
    "A woman feeds gulls on the flooded quay on Friday. Photo: Ada Lunn/AFP\n"
    "A man sells eels from a cart in Cork on Monday. Photo: Ada Lunn/AFP\nAdvertisement",
    "a number of the desk": "The port asks for tips on the lost crane.\n\nComments: 960551\n\nIt is red.\nShare",
    "an agency's sign-off": "The crane fell at noon.\nIts owner denies it. /TASS/\nNobody was hurt.\nShare",
    "a Russian sign-off": "Кран упал в полдень.\nПогибли два человека. /ТАСС/\nShare",
    "a background note": "Кран упав опівдні.\nДовідка: Вітбі — місто на півночі.\nНіхто не постраждав.\nShare",
    "an hour": "The crane lifted the last stone on Friday.\n\n9.00 Uhr\n\nAdvertisement\n\nIt was cold.",
    "a programme of hours": "The brass band plays twice.\n12 h 30\nAdvertisement\n17 h 45\nEntry is free.",
    "a length": "How long the crane was still, it said.\n\n4 hours\n\nRead also: Two ferries sold\n\nNobody was hurt.",
    "networks": "The port bans three networks from Monday, its master said.\n\nFacebook\n\nInstagram\n\nX\n\n"
    "Telegram stays.",
    "places": "The envoys named where they sail next.\n\nUkraine\n\nEurope\n\nAsia\n\nThey leave on Friday.",
    "offices": "Der Hafen nannte die Ressorts, die sparen.\n\nKultur\n\nSport\n\nWirtschaft\n\nDie anderen nicht.",
    "Ukrainian offices": "Порт назвав відділи, що заощаджують.\n\nКультура\n\nСпорт\n\nІнші — ні.",
    "more to come": "The crane fell at noon.\nMore to follow.\nShare",
}
CREDITED = {
    "Crane falls on quay of Whitby — owner denies it. ": "Photo: Ada Lunn/AFP",
    "Crane falls on quay of Whitby, two are hurt. ": "Photo: Port office",
    "Crane falls on quay of Whitby at 4 am ": "(Getty Images)",
    "Crane falls on quay of Whitby: the repair costs 400 pounds ": "(photo: Reuters)",
}
# Bare counts and dates of the page go as before.
GOES = {
    "a count in brackets": "The port opened a crane on Friday, its master said.\nIt lifts forty tons.\n\nHome (2)\n"
    "Share",
    "a bare count": "The port opened a crane on Friday, its master said.\nIt lifts forty tons.\n\n12 comments\nShare",
    "a date and a time": "The crane opens\n14 May 2025 - 09:30\nPhoto: Port office\nThe port opened a crane on Friday.",
    "published and updated": "The crane opens\nPublished: 12 May 2025 – Updated: 14 May 2025\n"
    "The port opened a crane on Friday.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_figures_of_the_story_stay(text: str) -> None:
    left = apply_edits(text, STANDARD.edits(text))
    lost = [line for line in text.split("\n") if line not in FURNITURE and line not in left.split("\n")]
    assert lost == []
    assert STANDARD.edits(left) == []


@pytest.mark.parametrize("said", CREDITED)
def test_a_headline_that_says_more_below_loses_its_credit_alone(said: str) -> None:
    text = f"Crane falls on quay of Whitby\n\n{said}{CREDITED[said]}\n\nThe brigade came at noon."
    left = apply_edits(text, STANDARD.edits(text))
    assert left == f"Crane falls on quay of Whitby\n\n{said.rstrip()}\n\nThe brigade came at noon."
    assert STANDARD.edits(left) == []


@pytest.mark.parametrize("text", GOES.values(), ids=list(GOES))
def test_counts_and_dates_of_the_page_go(text: str) -> None:
    left = apply_edits(text, STANDARD.edits(text)).split("\n")
    assert [line for line in left if line in FURNITURE] == []
