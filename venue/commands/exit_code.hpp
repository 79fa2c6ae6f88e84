// How the venue program ends. The numbers follow sysexits.h where it has one; a supervisor restarts after 70, 75
// and 76.
#pragma once

namespace venue::commands {

enum ExitCode : int {
    ok = 0,
    declined = 1,             ///< The venue said no, or what was asked for isn't there.
    usage = 64,               ///< The command line is wrong.
    journal_unreadable = 65,  ///< Corrupt, or written by a newer release; or `verify` found a fault.
    unavailable = 69,         ///< No venue answers on the control socket, or it takes nothing at the moment.
    internal = 70,
    archive_failed = 74,  ///< Files of an archive can't be written, or another archive is at work.
    journal_failed = 75,  ///< The database is away or said no.
    in_doubt = 75,        ///< A transfer may have been done: asking again under its id is safe.
    fence_lost = 76,      ///< Another venue writes this journal.
    configuration = 78,   ///< A file is wrong, or the address can't be listened on.
};

}  // namespace venue::commands
