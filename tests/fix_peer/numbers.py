"""The next MsgSeqNum in each direction, in a file where a later process shall go on."""

import json
import os


class Numbers:
    """With a path they are kept in a file, replaced whole, so that a kill leaves the old or the new."""

    def __init__(self, path=None):
        self._path = path
        self.next_out = 1
        self.next_in = 1
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            self.next_out, self.next_in = kept["next_out"], kept["next_in"]

    def take_out(self):
        """The number of the next message, used up from now on: one used twice is worse than one never
        used."""
        number = self.next_out
        self.next_out += 1
        self.save()
        return number

    def save(self):
        if not self._path:
            return
        fresh = f"{self._path}.new"
        with open(fresh, "w", encoding="utf-8") as file:
            json.dump({"next_out": self.next_out, "next_in": self.next_in}, file)
        os.replace(fresh, self._path)
