"""Reads a version's generated cases, builds each case's message, and judges what came back. The file explains its language."""

from dataclasses import dataclass
from pathlib import Path

def path_of(version):
    """The cases of a version of FIX, like 4.4."""
    return Path(__file__).with_name(f"generated-cases-{version}.txt")


@dataclass(frozen=True)
class Case:
    line: int
    type: str
    mutations: tuple
    answer: tuple

    def __str__(self):
        return f"line {self.line}: {self.type} {'; '.join(self.mutations)}"


def load(text):
    """The valid message of each type, and the cases."""
    bases, cases = {}, []
    for number, line in enumerate(text.splitlines(), 1):
        word, _, rest = line.partition(" ")
        if word == "base":
            message_type, _, fields = rest.partition(" ")
            bases[message_type] = _fields(fields)
        elif word == "case":
            asked, answer = rest.split(" => ")
            message_type, _, mutations = asked.partition(" ")
            cases.append(Case(number, message_type, tuple(mutations.split("; ")), tuple(answer.split("|"))))
    return bases, cases


def _fields(text):
    """[(tag, value)] of "tag=value|tag=value"."""
    return [(int(tag), value) for tag, _, value in (field.partition("=") for field in text.split("|"))]


def mutated(base, mutations):
    """The base message's fields with the mutations applied in order."""
    fields = list(base)
    for mutation in mutations:
        how, _, what = mutation.partition(" ")
        if how == "without":
            tags = [int(tag) for tag in what.split(",")]
            fields = [field for field in fields if field[0] not in tags]
        elif how == "with":
            for tag, value in _fields(what):
                fields = _replaced(fields, tag, value)
        elif how == "again":
            fields += _fields(what)
        elif mutation != "as is":
            raise ValueError(f"no such mutation: {mutation}")
    return fields


def _replaced(fields, tag, value):
    place = next((place for place, field in enumerate(fields) if field[0] == tag), len(fields))
    return fields[:place] + [(tag, value)] + fields[place + 1:]


def filled(fields, words):
    """The fields with @new, @open and @now replaced by what they stand for."""
    return [(tag, words.get(value, value)) for tag, value in fields]


def difference(answer, words, message):
    """What the message lacks of the answer that is due; None when nothing."""
    for field in answer:
        separator = "~" if "~" in field.partition("=")[0] else "="
        tag, _, value = field.partition(separator)
        wanted = words.get(value, value)
        found = message.all(int(tag))
        if separator == "=" and wanted not in found or separator == "~" and not any(wanted in each for each in found):
            return f"{tag} is {found or 'missing'}, not {wanted}, in {message}"
    return None
