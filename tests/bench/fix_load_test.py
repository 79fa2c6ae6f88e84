#!/usr/bin/python3
"""Proves that the load generator can't flatter: a server that misbehaves once, in one way, must fail the run.

Each test scripts one answer of a small FIX server and expects the generator's verdict. To add one, copy
test_a_rejected_order_fails_the_run: name the fault, return the answer's bytes, name the words of the verdict.
Usage: fix_load_test.py FIX_LOAD
"""
import json
import socket
import subprocess
import sys
import tempfile
import threading
import unittest

SEPARATOR = "\x01"
BOOK = 100
FAULTY_ANSWER = 3 * BOOK  # by then the book is full and the round is being measured
FIX_LOAD = sys.argv.pop() if len(sys.argv) > 1 else "fix_load"


def message(seq_num, fields):
    kind, *rest = fields
    body = "".join(field + SEPARATOR for field in [kind, "49=VENUE", "56=LOAD1", f"34={seq_num}", *rest])
    framed = f"8=FIX.4.4{SEPARATOR}9={len(body)}{SEPARATOR}{body}".encode()
    return framed + f"10={sum(framed) % 256:03}{SEPARATOR}".encode()


def report(request, exec_type):
    return ["35=8", f"150={exec_type}", f"39={exec_type}", f"11={request['11']}"]


def right_answer(request):
    return report(request, "0" if request["35"] == "D" else "4")


class ScriptedServer(threading.Thread):
    """Confirms everything, but for one answer, which `fault(server, request)` gives as bytes."""

    def __init__(self, fault=None):
        super().__init__(daemon=True)
        self.fault = fault
        self.seq_num = 0
        self.answers = 0
        self.requests = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]

    def numbered(self, fields):
        self.seq_num += 1
        return message(self.seq_num, fields)

    def run(self):
        with self.listener, self.listener.accept()[0] as connection:
            try:
                self.serve(connection)
            except ConnectionError:
                pass  # a generator that has found a fault doesn't wait for the rest

    def serve(self, connection):
        unread = b""
        while received := connection.recv(65536):
            *whole, unread = split_messages(unread + received)
            connection.sendall(b"".join(self.answer(request) for request in whole))

    def answer(self, request):
        self.requests.append(request)
        if request["35"] == "A":
            return self.numbered(["35=A", "98=0", "108=30"])
        if request["35"] == "5":
            return self.numbered(["35=5"])
        if request["35"] == "0":
            return b""
        self.answers += 1
        if self.fault and self.answers == FAULTY_ANSWER:
            return self.fault(self, request)
        return self.numbered(right_answer(request))


def split_messages(received):
    """Whole messages as field maps, then the bytes of the unfinished one. No value of ours holds a trailer."""
    messages = []
    while (end := received.find(b"\x0110=")) >= 0 and len(received) >= end + 8:
        fields = received[:end + 7].decode().split(SEPARATOR)
        messages.append(dict(field.split("=", 1) for field in fields))
        received = received[end + 8:]
    return [*messages, received]


def play(server, *options):
    server.start()
    with tempfile.NamedTemporaryFile("w") as logins:
        logins.write("LOAD1 load1 sesame load1\n")
        logins.flush()
        return subprocess.run(
            [FIX_LOAD, "--port", str(server.port), "--sessions-file", logins.name, "--book", str(BOOK), "--window",
             "16", "--settle-ms", "0", "--measure-ms", "500", "--silence-ms-max", "1000", *options],
            capture_output=True, text=True, timeout=60, check=False)


class FixLoadTest(unittest.TestCase):
    def expect_failure(self, fault, words):
        done = play(ScriptedServer(fault))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn(words, done.stderr)
        self.assertNotIn("result", done.stdout)
        self.assertNotIn("sesame", done.stderr)

    def test_an_honest_server_is_counted(self):
        server = ScriptedServer()
        done = play(server)
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(result["answers"], result["places"] + result["cancels"])
        self.assertAlmostEqual(result["places"] / result["answers"], 0.5, delta=0.05)
        # Filling, draining and emptying are answered too, and are not counted.
        self.assertGreater(server.answers, result["answers"] + BOOK)

    def test_an_idle_session_says_nothing_but_hello_and_goodbye(self):
        server = ScriptedServer()
        done = play(server, "--idle")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual([request["35"] for request in server.requests], ["A", "5"])
        result = json.loads(done.stdout.splitlines()[-1])
        self.assertEqual(result["answers"], 0)
        self.assertGreater(result["logon_us"], 0)

    def test_the_answers_so_far_are_told_as_they_come(self):
        done = play(ScriptedServer(), "--tell-every-ms", "100")
        self.assertEqual(done.returncode, 0, done.stderr)
        *steps, result = map(json.loads, done.stdout.splitlines())
        self.assertEqual([step["step"] for step in steps], ["measuring", *["counted"] * 4, "measured"])
        answers = [step["answers"] for step in steps]
        self.assertEqual(answers, sorted(answers))
        self.assertEqual((answers[0], answers[-1]), (0, result["answers"]))
        self.assertGreater(answers[-1], answers[1])

    def test_every_order_is_cancelled_once_and_no_id_is_used_twice(self):
        server = ScriptedServer()
        self.assertEqual(play(server).returncode, 0)
        placed = [request["11"] for request in server.requests if request["35"] == "D"]
        cancelled = [request["41"] for request in server.requests if request["35"] == "F"]
        ids = [request["11"] for request in server.requests if "11" in request]
        self.assertEqual(sorted(placed), sorted(cancelled))
        self.assertEqual(len(ids), len(set(ids)))

    def test_no_buy_can_meet_a_sell(self):
        server = ScriptedServer()
        play(server)
        prices = {"1": [], "2": []}
        for request in server.requests:
            if request["35"] == "D":
                prices[request["54"]].append(int(request["44"].replace(".", "")))
        self.assertLess(max(prices["1"]), min(prices["2"]))

    def test_the_logon_resets_and_proves_who_it_is(self):
        server = ScriptedServer()
        play(server)
        logon = server.requests[0]
        self.assertEqual([logon[tag] for tag in ("34", "141", "553", "554")], ["1", "Y", "load1", "sesame"])

    def test_a_continued_session_goes_on_at_its_numbers(self):
        with tempfile.NamedTemporaryFile("w+") as numbers:
            numbers.write("LOAD1 41 7\n")
            numbers.flush()
            server = ScriptedServer()
            server.seq_num = 6
            done = play(server, "--numbers-file", numbers.name)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(server.requests[0]["34"], "41")
            self.assertNotIn("141", server.requests[0])
            numbers.seek(0)
            last = int(server.requests[-1]["34"])
            self.assertEqual(numbers.read(), f"LOAD1 {last + 1} {server.seq_num + 1}\n")

    def test_a_test_request_is_answered(self):
        server = ScriptedServer(lambda server, request: server.numbered(["35=1", "112=are you there"]) +
                                server.numbered(right_answer(request)))
        self.assertEqual(play(server).returncode, 0)
        self.assertIn("are you there", [request.get("112") for request in server.requests])

    def test_a_rejected_order_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(report(request, "8")), "150=8")

    def test_a_cancel_reject_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(["35=9", f"11={request['11']}"]), "35=9")

    def test_a_session_reject_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(["35=3", f"45={request['34']}"]), "35=3")

    def test_a_business_reject_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(["35=j", f"45={request['34']}"]), "35=j")

    def test_a_trade_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(report(request, "F")), "150=F")

    def test_the_wrong_confirmation_fails_the_run(self):
        def swap(server, request):
            return server.numbered(report(request, "4" if request["35"] == "D" else "0"))
        self.expect_failure(swap, "confirmed as cancelled, or a cancel as placed")

    def test_a_report_told_twice_fails_the_run(self):
        def tell_twice(server, request):
            return server.numbered(right_answer(request)) + server.numbered(right_answer(request))
        self.expect_failure(tell_twice, "awaits none")

    def test_a_request_that_is_never_answered_fails_the_run(self):
        self.expect_failure(lambda server, request: b"", "no answer for too long")

    def test_a_gap_in_the_numbers_fails_the_run(self):
        def skip_one(server, request):
            server.seq_num += 1
            return server.numbered(right_answer(request))
        self.expect_failure(skip_one, "MsgSeqNum should be")

    def test_a_wrong_checksum_fails_the_run(self):
        def garble(server, request):
            return server.numbered(right_answer(request)).replace(b"49=VENUE", b"49=VENUF")
        self.expect_failure(garble, "wrong length or checksum")

    def test_a_logout_in_mid_run_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(["35=5", "58=goodbye"]), "58=goodbye")

    def test_someone_elses_report_fails_the_run(self):
        self.expect_failure(lambda server, request: server.numbered(["35=8", "150=0", "11=stranger"]), "stranger")


if __name__ == "__main__":
    unittest.main()
