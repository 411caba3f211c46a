"""A mail server of our own on this machine, which behaves as the test wants."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

#: What a server may do with a mail.
TAKES, SILENT, DROPS, DROPS_AFTER_TAKING = "takes", "silent", "drops", "drops after taking"
#: Answers to a recipient or to the whole mail, by address: “nobody@x.vn”: “550 no such person”.


@dataclass
class MailServer:
    """What it took, and how it behaves from now on."""

    port: int = 0
    behaves: str = TAKES
    refuses: dict[str, str] = field(default_factory=dict)
    refuses_text: str = ""
    connections: int = 0
    taken: list[EmailMessage] = field(default_factory=list)

    def to(self) -> list[str]:
        """To whom what it took goes, in order."""
        return [message["To"] for message in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    """One connection: as much SMTP as smtplib speaks."""

    def handle(self):
        """Answer until the other side leaves."""
        server: MailServer = self.server.state
        server.connections += 1
        if server.behaves == SILENT:
            self.rfile.read(1)
            return
        if server.behaves == DROPS:
            return
        self._say("220 here")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"QUIT":
                self._say("221 bye")
                return
            if word == b"DATA":
                self._say("354 go on")
                if not self._take(server):
                    return
            elif word == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                self._say(server.refuses.get(address, "250 ok"))
            else:
                self._say("250 ok")

    def _take(self, server: MailServer) -> bool:
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line.removeprefix(b".")
        if server.refuses_text:
            self._say(server.refuses_text)
            return True
        server.taken.append(message_from_bytes(text, policy=policy.default))
        if server.behaves == DROPS_AFTER_TAKING:
            return False
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    block_on_close = False

    def handle_error(self, request, client_address):
        """The other side went away in the middle: nothing to say."""


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A server that listens while the block runs."""
    state = MailServer()
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.state, state.port = state, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
