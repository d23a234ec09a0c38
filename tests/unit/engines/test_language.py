"""Telling English from other languages."""

import pytest

from assistant.engines.embedded.language import is_plainly_english, language

OTHERS = {
    "French": "Elle nous explique toujours pourquoi les plans changent et elle me donne du travail qui me fait "
    "progresser. Quand il y a un problème, elle ne nous écoute pas assez.",
    "German": "Sie erklärt uns immer, warum sich die Pläne ändern, und gibt mir Aufgaben, an denen ich wachsen kann. "
    "Wenn etwas schiefgeht, will er zuerst wissen, wer schuld war.",
    "Spanish": "Ella siempre nos explica por qué cambian los planes y me da trabajo que me hace crecer, pero no me "
    "escucha cuando hay problemas en el turno de noche.",
    "Turkish": "Planların neden değiştiğini bize her zaman anlatıyor ve bana beni geliştiren işler veriyor, ama sorun "  # noqa: RUF001 - other languages have other letters
    "olduğunda bizi pek dinlemiyor.",
    "Chinese": "她总是向我们解释计划改变的原因，也给我一些能让我成长的工作。但是出了问题的时候她不太听我们说话。",  # noqa: RUF001 - other languages have other letters
}
ENGLISH = [
    "She always explains why plans change, and she gives me work that stretches me a little.",
    "pls get us boots that dont leak, been asking since march, nobody on nights gets listened to",
    "Decisions take too long. We wait for weeks, and by the time we hear back the customer has gone.",
    "Jürgen and Zoë in the Łódź office explain things well, and they are there when we need them.",
]


@pytest.mark.parametrize("tongue", OTHERS)
def test_another_language_is_told_from_english(tongue):
    """It is left unread rather than misread."""
    assert language([OTHERS[tongue]]) == "und"


@pytest.mark.parametrize("text", ENGLISH)
def test_everyday_english_is_english(text):
    """Also in lower case, without apostrophes, and with names from elsewhere."""
    assert language([text]) == "en"


@pytest.mark.parametrize("texts", [[], [""], ["All fine, thanks"], ["\U0001f44d\U0001f44d"], ["10/10"], ["Sí", "OK"]])
def test_a_few_words_in_latin_letters_count_as_english(texts):
    """Too little to tell, and most who write so little write English here."""
    assert language(texts) == "en"


@pytest.mark.parametrize("text", ["Could talk more", "Nothing bad happens", "Decisions take ages with her"])
def test_a_short_english_sentence_is_known_by_words_that_no_other_language_has(text):
    """Enough to say it back in an English conversation."""
    assert is_plainly_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Das will er so",
        "No he querido",
        "Als man in Not war",
        "Il me do la main",
        "Whiteboard",
        "Meeting mit the Kollegen aus Graz",
    ],
)
def test_a_few_words_that_other_languages_write_alike_do_not_tell(text):
    """Nor does one English word among others."""
    assert not is_plainly_english(text)


@pytest.mark.parametrize("text", ["她很好", "Она слушает", "彼女は聞く"])
def test_a_few_words_in_another_script_do_not(text):
    """The letters alone tell."""
    assert language([text]) == "und"


def test_all_messages_are_judged_together():
    """A greeting in English does not make a conversation English, a foreign word does not make it foreign."""
    assert language(["Hi there", OTHERS["French"], "Thanks"]) == "und"
    assert language(["Grüß dich", *ENGLISH[:2], "Gracias"]) == "en"
