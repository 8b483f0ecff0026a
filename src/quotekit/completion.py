"""Completion for shells, made from the command's own parser: no option is written down twice."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass

SHELLS = ("bash", "zsh", "fish")
_FILES = ("FILE", "PATH")
"""Metavars of arguments that are files."""
_BRIEF = re.compile(r"[;:] | \(")
"""What ends the part of a help text that fits beside a choice."""


@dataclass(frozen=True)
class _Argument:
    """An option, or what stands without one."""

    flags: tuple[str, ...]
    """"--format"; none for what stands without one."""
    about: str
    value: str
    """What its value is called; empty where it takes none."""
    choices: tuple[str, ...]
    is_file: bool
    is_repeatable: bool


@dataclass(frozen=True)
class _Command:
    name: str
    about: str
    arguments: tuple[_Argument, ...]

    @property
    def options(self) -> tuple[_Argument, ...]:
        return tuple(argument for argument in self.arguments if argument.flags)

    @property
    def places(self) -> tuple[_Argument, ...]:
        return tuple(argument for argument in self.arguments if not argument.flags)

    @property
    def flags(self) -> str:
        return " ".join(flag for option in self.options for flag in option.flags)


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script that makes a shell complete a command.

    Args:
        parser: The command's parser, with subcommands.
        shell: One of `SHELLS`.

    >>> parser = argparse.ArgumentParser("cook")
    >>> egg = parser.add_subparsers().add_parser("egg", help="cook an egg")
    >>> _ = egg.add_argument("--time", choices=["soft", "hard"])
    >>> print(script(parser, "fish").splitlines()[-1])
    complete -c cook -n '__fish_seen_subcommand_from egg' -l time -x -a 'soft hard'
    """
    commands = list(_commands(parser))
    main = _Command(parser.prog, "", tuple(_arguments(parser)))
    make = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return "\n".join(make(main, commands)) + "\n"


def _commands(parser: argparse.ArgumentParser) -> Iterator[_Command]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            about = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, command in action.choices.items():
                yield _Command(name, about.get(name, ""), tuple(_arguments(command)))


def _arguments(parser: argparse.ArgumentParser) -> Iterator[_Argument]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction) or action.help == argparse.SUPPRESS:
            continue
        takes_value = action.nargs != 0
        metavar = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        yield _Argument(
            flags=tuple(action.option_strings),
            about=_BRIEF.split(action.help or "")[0],
            value=metavar if takes_value else "",
            choices=tuple(map(str, action.choices or ())),
            is_file=metavar in _FILES,
            is_repeatable=isinstance(action, argparse._AppendAction),
        )


def _bash(main: _Command, commands: list[_Command]) -> Iterator[str]:
    function = f"_{main.name}"
    yield f"# Completion for bash. In ~/.bashrc: source <({main.name} completion bash)"
    yield f"{function}() {{"
    yield "    local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}"
    yield "    local IFS=$' \\t\\n' command= words= word"
    # bash makes three words of --format=csv.
    yield '    if [[ $current == "=" ]]; then current=; elif [[ $before == "=" ]]; then'
    yield "        before=${COMP_WORDS[COMP_CWORD-2]}"
    yield "    fi"
    yield "    COMPREPLY=()"
    yield '    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do'
    yield '        case "$word" in'
    yield f"            {'|'.join(command.name for command in commands)}) command=$word; break ;;"
    yield "        esac"
    yield "    done"
    yield '    case "$command:$before" in'
    for command in commands:
        for option in command.options:
            if option.value:
                patterns = "|".join(f"{command.name}:{flag}" for flag in option.flags)
                if option.choices:
                    yield f'        {patterns}) words="{" ".join(option.choices)}" ;;'
                elif option.is_file:
                    yield f"        {patterns}) return ;;"
                else:
                    yield f"        {patterns}) compopt +o default 2>/dev/null; return ;;"
    yield '        *) case "$command:$current" in'
    for command in commands:
        yield f'            {command.name}:-*) words="{command.flags}" ;;'
        choices = " ".join(choice for place in command.places for choice in place.choices)
        if choices:
            yield f'            {command.name}:*) words="{choices}" ;;'
        elif any(place.is_file for place in command.places):
            yield f"            {command.name}:*) return ;;"
    yield f'            :-*) words="{main.flags}" ;;'
    yield f'            :*) words="{" ".join(command.name for command in commands)}" ;;'
    yield "        esac ;;"
    yield "    esac"
    # Where this finds nothing, bash itself offers files.
    yield "    [[ $words ]] || compopt +o default 2>/dev/null"
    yield '    COMPREPLY=($(compgen -W "$words" -- "$current"))'
    yield "}"
    yield f"complete -o default -F {function} {main.name}"


def _zsh(main: _Command, commands: list[_Command]) -> Iterator[str]:
    function = f"_{main.name}"
    yield f"#compdef {main.name}"
    yield f"# Completion for zsh. In ~/.zshrc, after compinit: source <({main.name} completion zsh)"
    yield f"{function}() {{"
    yield "    local curcontext=$curcontext state line"
    yield "    typeset -A opt_args"
    yield "    local -a commands"
    yield "    commands=("
    for command in commands:
        yield f"        {_quoted(f'{command.name}:{command.about}')}"
    yield "    )"
    yield "    _arguments -C \\"
    for option in main.options:
        yield f"        {_zsh_argument(option)} \\"
    yield "        '1:command:->command' \\"
    yield "        '*::argument:->argument'"
    yield "    case $state in"
    yield "        command) _describe command commands ;;"
    yield "        argument)"
    yield "            case $line[1] in"
    for command in commands:
        yield f"                {command.name})"
        yield "                    _arguments \\"
        lines = [_zsh_argument(argument) for argument in command.arguments]
        yield from (f"                        {line} \\" for line in lines[:-1])
        yield f"                        {lines[-1]}"
        yield "                    ;;"
    yield "            esac ;;"
    yield "    esac"
    yield "}"
    # As a file in $fpath it is called; sourced, it is made known.
    yield f'if [[ "$funcstack[1]" == "{function}" ]]; then {function} "$@"; else compdef {function} {main.name}; fi'


def _zsh_argument(argument: _Argument) -> str:
    about = argument.about
    for char in "\\[]:":
        about = about.replace(char, f"\\{char}")
    what = f"({' '.join(argument.choices)})" if argument.choices else "_files" if argument.is_file else " "
    if not argument.flags:
        return _quoted(f"{'*' if argument.is_file else '1'}:{argument.value}:{what}")
    value = f":{argument.value}:{what}" if argument.value else ""
    flags = argument.flags
    if len(flags) > 1:
        return f"{_quoted('(' + ' '.join(flags) + ')')}{{{','.join(flags)}}}{_quoted(f'[{about}]{value}')}"
    return _quoted(f"{'*' if argument.is_repeatable else ''}{flags[0]}{'=' if value else ''}[{about}]{value}")


def _fish(main: _Command, commands: list[_Command]) -> Iterator[str]:
    name = main.name
    yield f"# Completion for fish. In ~/.config/fish/config.fish: {name} completion fish | source"
    yield f"complete -c {name} -f"
    for option in main.options:
        yield f"complete -c {name} -n __fish_use_subcommand {_fish_argument(option)}"
    for command in commands:
        yield f"complete -c {name} -n __fish_use_subcommand -a {command.name} -d {_fish_quoted(command.about)}"
    for command in commands:
        for argument in command.arguments:
            yield f"complete -c {name} -n '__fish_seen_subcommand_from {command.name}' {_fish_argument(argument)}"


def _fish_argument(argument: _Argument) -> str:
    parts = [f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}" for flag in argument.flags]
    if argument.is_file:
        parts.append("-r -F" if argument.flags else "-F")
    elif argument.value and argument.flags:
        parts.append("-x")
    if argument.choices:
        parts.append(f"-a {_fish_quoted(' '.join(argument.choices))}")
    if argument.about and argument.flags:
        parts.append(f"-d {_fish_quoted(argument.about)}")
    return " ".join(parts)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
