"""The built service as a child process, on a port and a database of its own."""
import json
import os
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Service:
    def __init__(self, binary, key=None, options=()):
        self.binary, self.key, self.options, self.process = binary, key, options, None
        self.folder = tempfile.TemporaryDirectory(prefix="practice-page-")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"

    def start(self, path="/readyz"):
        """Waits until `path` is answered well."""
        environment = dict(os.environ)
        if self.key:
            environment["EMOTION_SERVER_API_KEY"] = self.key
        self.log = open(os.path.join(self.folder.name, "log"), "ab")
        command = [self.binary, "--port", str(self.port), "--database", os.path.join(self.folder.name, "sessions.sqlite"), *self.options]
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment)
        self.wait(path)
        return self

    def wait(self, path, seconds=60):
        limit = time.monotonic() + seconds
        while time.monotonic() < limit:
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(self.base + path, timeout=2):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        with open(os.path.join(self.folder.name, "log"), "rb") as log:
            raise RuntimeError(f"the service is not ready: {log.read()[-2000:].decode(errors='replace')}")

    def kill(self):
        """Ends it as a crash would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=40)
        self.log.close()

    def ask(self, path, sent=None):
        """What the service answers, to a POST where there is something to send."""
        request = urllib.request.Request(self.base + path)
        if sent is not None:
            request.data = json.dumps(sent).encode()
            request.add_header("Content-Type", "application/json")
        if self.key:
            request.add_header("Authorization", f"Bearer {self.key}")
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
