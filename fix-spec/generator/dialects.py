"""Writes venue/fix/dialect_tables.hpp and one dialect_VERSION.cpp for each version."""

from generator import versions
from generator.cpp import filled, quoted, snake_case, table, wrapped
from generator.dictionary import Dictionary, Field, Member, Message
from generator.versions import LEFT_OUT, ORD_STATUS, Report, Value, Version


def header(known: list[Version]) -> str:
    return filled("dialect_tables.hpp", declarations="\n".join(
        f"extern const std::array<Dialect, 2> {version.identifier}_dialects;" for version in known))


def source(version: Version, known: list[Version]) -> str:
    inbound = [message for message in version.spec.messages if message.direction == "in"]
    plain, extended = (_LeftOut(version, known, extensions) for extensions in (False, True))
    return filled("dialect.cpp", version=version.name, identifier=version.identifier,
                  begin_string=quoted(version.begin_string), appl_ver_id=quoted(version.appl_ver_id),
                  message_tables="\n".join(_message_tables(message) for message in inbound),
                  message_uses="\n".join(_message_use(message) for message in inbound),
                  messages=table("std::string_view", "messages", _messages(version.spec)),
                  left_out_tables="\n".join([*plain.tables, *extended.tables]),
                  left_out="\n".join([table("LeftOut", "left_out", plain.rows),
                                      table("LeftOut", "left_out_with_extensions", extended.rows)]),
                  value_tables="\n".join(_value_table(value) for value in version.values),
                  fewer_values=table("FewerValues", "fewer_values", map(_fewer_values, version.values)),
                  report_kinds=table("ReportKind", "report_kinds", map(_report_kind, version.reports)),
                  logon_has_username="true" if _has(version.spec, "Logon", "Username") else "false")


def _numbers(members: list[Member]) -> list[str]:
    return [str(number) for number in sorted(member.field.number for member in members)]


def _message_tables(message: Message) -> str:
    name = snake_case(message.name)
    rules = (f'{{{rule.field.number}, {rule.when.number if rule.when else 0}, {quoted(rule.equals)}, '
             f'{rule.unless.number if rule.unless else 0}}}' for rule in message.rules)
    return "\n".join([
        table("int", f"{name}_supported", _numbers(message.with_use("supported"))),
        table("int", f"{name}_refused", _numbers(message.with_use("refused"))),
        table("Requirement", f"{name}_requirements", rules)])


def _message_use(message: Message) -> str:
    name = snake_case(message.name)
    tables = (f"{name}_{kind}" for kind in ("supported", "refused", "requirements"))
    return f'    MessageUse{{{quoted(message.type)},\n{wrapped(tables, 15)[:-1]}}},'


def _messages(spec: Dictionary) -> list[str]:
    return [quoted(message_type) for message_type in sorted(message.type for message in spec.messages)]


class _LeftOut:
    """One table for each message that lacks something, and a row that names it."""

    def __init__(self, version: Version, known: list[Version], extensions: bool):
        end = "_with_extensions" if extensions else ""
        lacking = {version.spec.typed(kind): tags
                   for kind, tags in versions.left_out(version, known, extensions).items() if tags}
        named = {message.type: f"{snake_case(message.name)}_left_out{end}" for message in lacking}
        self.tables = [table("int", named[message.type], map(str, tags)) for message, tags in lacking.items()]
        self.rows = [f"{{{quoted(kind)}, {name}}}" for kind, name in named.items()]


def _value_table(value: Value) -> str:
    codes = sorted(_code(value.field, known.enum) for known in value.field.values if _is_sent(value.field, known.enum))
    return table("int", f"{snake_case(value.field.name)}_known", map(str, codes))


def _is_sent(field: Field, enum: str) -> bool:
    return field.type == "INT" or len(enum) == 1


def _code(field: Field, enum: str) -> int:
    return int(enum) if field.type == "INT" else ord(enum)


def _fewer_values(value: Value) -> str:
    others = -1 if value.others == LEFT_OUT else _code(value.field, value.others)
    return f"{{{value.field.number}, {snake_case(value.field.name)}_known, {others}}}"


def _report_kind(report: Report) -> str:
    letters = [report.told, report.transaction, "=" if report.exec_type == ORD_STATUS else report.exec_type or report.told,
               report.untouched]
    return "{" + ", ".join(f"'{letter}'" if letter else r"'\0'" for letter in letters) + "}"


def _has(spec: Dictionary, message: str, field: str) -> bool:
    return any(member.field.name == field and not member.extension for member in spec.message(message).members)
